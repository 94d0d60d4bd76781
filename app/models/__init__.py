"""Every table, so that `base.metadata` is whole wherever this package is imported."""

from app.models import (
    accounts,
    calendar_feeds,
    check_ins,
    experiments,
    invitations,
    key_checks,
    login_sessions,
    notifications,
    push_subscriptions,
    reminders,
    safety_plans,
)

__all__ = [
    "accounts",
    "calendar_feeds",
    "check_ins",
    "experiments",
    "invitations",
    "key_checks",
    "login_sessions",
    "notifications",
    "push_subscriptions",
    "reminders",
    "safety_plans",
]
