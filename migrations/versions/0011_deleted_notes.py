"""Deleted session notes: nothing sealed, and a row that says so."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("session_note") as anew:
        anew.alter_column("sealed", existing_type=sa.LargeBinary(), nullable=True)
