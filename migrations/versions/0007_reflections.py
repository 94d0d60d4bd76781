"""Pages to write on beside the days, and what of them was offered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.CHAR(32)
INSTANT = sa.String(27)
KINDS = "kind IN ('balance', 'rulers', 'words')"


def _belongs_to(table: str, parent: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "reflection",
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_reflection_kind_known")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_reflection_counts_from_one")),
        _belongs_to("reflection", "experiment", "experiment_id"),
        sa.PrimaryKeyConstraint("experiment_id", "kind", "day", name="pk_reflection"),
    )
    op.create_table(
        "offer",
        sa.Column("id", ID, nullable=False),
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("declined_at", INSTANT, nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_offer_kind_known")),
        _belongs_to("offer", "experiment", "experiment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_experiment_id", "offer", ["experiment_id"])
    op.create_table(
        "offers_off",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("off_at", INSTANT, nullable=False),
        _belongs_to("offers_off", "account", "account_id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_offers_off"),
    )
