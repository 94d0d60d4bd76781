"""Looking at a result together: what the client keeps of it, and doses shown for one session."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.CHAR(32)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.add_column("consent", sa.Column("doses_until", INSTANT, nullable=True))
    op.create_table(
        "review",
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiment.id"], name="fk_review_experiment_id_experiment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("experiment_id", name="pk_review"),
    )
