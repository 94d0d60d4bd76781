"""By which rules of time zones the queue was worked out: of what is there nobody knows, so it is done again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("reminder_plan", sa.Column("zone_rules", sa.String(), nullable=True))
