"""Every table, so that `base.metadata` is whole wherever this package is imported."""

from app.models import (
    accounts,
    check_ins,
    experiments,
    invitations,
    key_checks,
    login_sessions,
    safety_plans,
)

__all__ = [
    "accounts",
    "check_ins",
    "experiments",
    "invitations",
    "key_checks",
    "login_sessions",
    "safety_plans",
]
