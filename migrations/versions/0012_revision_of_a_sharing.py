"""A sharing counts its steps: whatever lets somebody see more says which one it has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("sharing", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
