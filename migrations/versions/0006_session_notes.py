"""Session notes: what a therapist writes down of a session, under their own key."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.CHAR(32)
INSTANT = sa.String(27)


def _belongs_to(parent: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_session_note_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "session_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("sharing_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _belongs_to("sharing", "sharing_id"),
        _belongs_to("account", "account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_session_note"),
    )
    op.create_index("ix_session_note_sharing_id", "session_note", ["sharing_id"])
    op.create_index("ix_session_note_account_id", "session_note", ["account_id"])
