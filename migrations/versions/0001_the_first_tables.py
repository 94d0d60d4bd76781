"""The first tables: accounts and how they sign in, experiments, check-ins, the plan.

Ids are 32 hex digits, instants and dates are ISO 8601 text: the same on SQLite and PostgreSQL.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.CHAR(32)
INSTANT = sa.String(27)
DAY = sa.String(10)


def _belongs_to(table: str, parent: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "key_check",
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kek_id", name="pk_key_check"),
    )
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("sign_in_index", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("role IN ('client', 'therapist')", name=op.f("ck_account_role_known")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("sign_in_index", name="uq_account_sign_in_index"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        _belongs_to("recovery_code", "account", "account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])
    op.create_table(
        "login_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("idle_ends_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        _belongs_to("login_session", "account", "account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
        sa.UniqueConstraint("token_hash", name="uq_login_session_token_hash"),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_sign_in_attempts"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_by", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('setup', 'client', 'therapist')", name=op.f("ck_invitation_kind_known")),
        _belongs_to("invitation", "account", "invited_by"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_invited_by", "invitation", ["invited_by"])
    op.create_table(
        "experiment",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("start_on", DAY, nullable=True),
        sa.Column("length_days", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("day_end", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("comparison_opened_at", INSTANT, nullable=True),
        sa.CheckConstraint("length_days BETWEEN 7 AND 28", name=op.f("ck_experiment_length_known")),
        sa.CheckConstraint(
            "started_at IS NULL OR start_on IS NOT NULL", name=op.f("ck_experiment_started_has_a_day")
        ),
        _belongs_to("experiment", "account", "account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_experiment"),
    )
    op.create_index("ix_experiment_account_id", "experiment", ["account_id"])
    op.create_table(
        "check_in",
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.CheckConstraint("revision >= 1 AND cursor >= 1", name=op.f("ck_check_in_counts_from_one")),
        sa.CheckConstraint("length(day) = 10", name=op.f("ck_check_in_day_is_a_date")),
        _belongs_to("check_in", "experiment", "experiment_id"),
        sa.PrimaryKeyConstraint("experiment_id", "day", "revision", name="pk_check_in"),
    )
    op.create_index("ix_check_in_experiment_id_cursor", "check_in", ["experiment_id", "cursor"], unique=True)
    op.create_table(
        "safety_plan",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _belongs_to("safety_plan", "account", "account_id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_safety_plan"),
    )
