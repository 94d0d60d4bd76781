"""Links by which a page for a prescriber is read, who opened them, and when a password was last said."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.CHAR(32)
INSTANT = sa.String(27)
THE_HOUSE = "(SELECT current_setting('app.uid', true)) = 'house'"
ME = "(SELECT current_setting('app.uid', true)::character(32))"
POLICIES = {
    "share_link": f"account_id = {ME}",
    "link_opening": f"link_id = ANY (ARRAY(SELECT id FROM share_link WHERE account_id = {ME}))",  # noqa: S608 - ours
}


def upgrade() -> None:
    op.create_table(
        "share_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("brief_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("most_openings", sa.Integer(), nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_share_link_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["brief.id"], name="fk_share_link_brief_id_brief", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
        sa.UniqueConstraint("token_hash", name="uq_share_link_token_hash"),
    )
    op.create_index("ix_share_link_account_id", "share_link", ["account_id"])
    op.create_index("ix_share_link_brief_id", "share_link", ["brief_id"])
    op.create_table(
        "link_opening",
        sa.Column("id", ID, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["share_link.id"], name="fk_link_opening_link_id_share_link", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link_opening"),
        sa.UniqueConstraint("token_hash", name="uq_link_opening_token_hash"),
    )
    op.create_index("ix_link_opening_link_id", "link_opening", ["link_id"])
    op.add_column("login_session", sa.Column("confirmed_at", INSTANT, nullable=True))
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, mine in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY writer ON {table} USING ({THE_HOUSE} OR {mine})")
