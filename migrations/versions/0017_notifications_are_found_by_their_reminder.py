"""The unique constraint of notifications begins with the reminder, so it finds them by it as well: an index of
the reminder alone was one more to write for each notification, and read by nobody."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.drop_index("ix_notification_reminder_id", "notification")
