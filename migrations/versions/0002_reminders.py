"""Reminders: what was chosen, what is due, where devices are reached, and what became of it in numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.CHAR(32)
INSTANT = sa.String(27)
DAY = sa.String(10)


def _belongs_to(table: str, parent: str, column: str, key: str = "id") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.{key}"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("account", sa.Column("push_test_at", INSTANT, nullable=True))
    op.create_table(
        "reminder_plan",
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("every_other", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=True),
        sa.Column("quiet_until", sa.String(), nullable=True),
        sa.Column("paused_until", DAY, nullable=True),
        sa.Column("not_on", DAY, nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("zone_before", sa.String(), nullable=True),
        sa.Column("zone_since", DAY, nullable=True),
        sa.Column("zone_from", ID, nullable=True),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_reminder_plan_weekdays_known")),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)", name=op.f("ck_reminder_plan_quiet_is_whole")
        ),
        sa.CheckConstraint(
            "words IN ('minute', 'hello', 'note', 'name', 'blank')", name=op.f("ck_reminder_plan_words_known")
        ),
        _belongs_to("reminder_plan", "experiment", "experiment_id"),
        _belongs_to("reminder_plan", "account", "account_id"),
        sa.ForeignKeyConstraint(
            ["zone_from"],
            ["login_session.id"],
            name="fk_reminder_plan_zone_from_login_session",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("experiment_id", name="pk_reminder_plan"),
    )
    op.create_index("ix_reminder_plan_account_id", "reminder_plan", ["account_id"])
    op.create_index("ix_reminder_plan_zone_from", "reminder_plan", ["zone_from"])
    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("experiment_id", ID, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("next_due_at", INSTANT, nullable=True),
        sa.Column("next_day", DAY, nullable=True),
        sa.Column("stale_at", INSTANT, nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("fired_day", DAY, nullable=True),
        sa.Column("again_on", DAY, nullable=True),
        sa.Column("again", sa.Integer(), nullable=False),
        _belongs_to("reminder", "reminder_plan", "experiment_id", "experiment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
    )
    op.create_index("ix_reminder_experiment_id", "reminder", ["experiment_id"])
    op.create_index("ix_reminder_next_due_at", "reminder", ["next_due_at"])
    op.create_table(
        "push_subscription",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("endpoint_index", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("shown_at", INSTANT, nullable=True),
        sa.Column("refused_at", INSTANT, nullable=True),
        _belongs_to("push_subscription", "account", "account_id"),
        _belongs_to("push_subscription", "login_session", "session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_push_subscription"),
        sa.UniqueConstraint("endpoint_index", name="uq_push_subscription_endpoint_index"),
    )
    op.create_index("ix_push_subscription_account_id", "push_subscription", ["account_id"])
    op.create_index("ix_push_subscription_session_id", "push_subscription", ["session_id"])
    op.create_table(
        "notification",
        sa.Column("id", ID, nullable=False),
        sa.Column("reminder_id", ID, nullable=True),
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("stale_at", INSTANT, nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _belongs_to("notification", "reminder", "reminder_id"),
        _belongs_to("notification", "push_subscription", "subscription_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
        sa.UniqueConstraint(
            "reminder_id",
            "subscription_id",
            "day",
            "turn",
            name="uq_notification_reminder_id_subscription_id_day_turn",
        ),
    )
    op.create_index("ix_notification_reminder_id", "notification", ["reminder_id"])
    op.create_index("ix_notification_subscription_id", "notification", ["subscription_id"])
    op.create_index("ix_notification_next_try_at", "notification", ["next_try_at"])
    op.create_table(
        "delivery_count",
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("on_day", "host", "outcome", name="pk_delivery_count"),
    )
    op.create_table(
        "push_worker",
        sa.Column("id", ID, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_push_worker"),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        _belongs_to("calendar_feed", "account", "account_id"),
        sa.PrimaryKeyConstraint("account_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )
