"""Session pages: what a client writes for a session, and after one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.CHAR(32)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "session_page",
        sa.Column("sharing_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shown_at", INSTANT, nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('agenda', 'check')", name=op.f("ck_session_page_kind_known")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_session_page_counts_from_one")),
        sa.CheckConstraint("shown_at IS NULL OR sealed IS NOT NULL", name=op.f("ck_session_page_shown_is_there")),
        sa.ForeignKeyConstraint(
            ["sharing_id"], ["sharing.id"], name="fk_session_page_sharing_id_sharing", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sharing_id", "kind", "number", name="pk_session_page"),
    )
