"""Sharing: invitations that two people meet by, who may read what, and who has read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.CHAR(32)
INSTANT = sa.String(27)


def _belongs_to(table: str, parent: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("invitation", sa.Column("code_index", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("invitation", sa.Column("used_by", ID, nullable=True))
    op.add_column("invitation", sa.Column("paired_at", INSTANT, nullable=True))
    op.create_index("uq_invitation_code_index", "invitation", ["code_index"], unique=True)
    op.create_table(
        "sharing",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("reader_id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reader_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('therapist', 'supporter')", name=op.f("ck_sharing_role_known")),
        _belongs_to("sharing", "account", "client_id"),
        _belongs_to("sharing", "account", "reader_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sharing"),
        sa.UniqueConstraint("client_id", "reader_id", name="uq_sharing_client_id_reader_id"),
    )
    op.create_index("ix_sharing_reader_id", "sharing", ["reader_id"])
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("sharing_id", ID, nullable=False),
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name=op.f("ck_consent_withdrawn_after_given")
        ),
        _belongs_to("consent", "sharing", "sharing_id"),
        _belongs_to("consent", "experiment", "experiment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_sharing_id", "consent", ["sharing_id"])
    op.create_index("ix_consent_experiment_id", "consent", ["experiment_id"])
    op.create_index(
        "uq_consent_now",
        "consent",
        ["sharing_id", "experiment_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "reading",
        sa.Column("id", ID, nullable=False),
        sa.Column("consent_id", ID, nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        _belongs_to("reading", "consent", "consent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    op.create_index("ix_reading_consent_id", "reading", ["consent_id"])
