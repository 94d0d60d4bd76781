"""The hours of a plan stand in the plan: its rule needs them all, and whoever fires one reminder has its plan."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

HOURS = {
    "sqlite": "SELECT group_concat(at) FROM (SELECT at FROM reminder WHERE experiment_id = {} ORDER BY at)",
    "postgresql": "SELECT string_agg(at, ',' ORDER BY at) FROM reminder WHERE experiment_id = {}",
}


def upgrade() -> None:
    op.add_column("reminder_plan", sa.Column("times", sa.String(), nullable=False, server_default=sa.text("''")))
    hours = HOURS[op.get_bind().dialect.name].format("reminder_plan.experiment_id")
    op.execute(f"UPDATE reminder_plan SET times = coalesce(({hours}), '')")  # noqa: S608 - our own words
