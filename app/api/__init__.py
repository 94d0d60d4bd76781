"""The whole surface on one screen. Every route is below `/api`; health stands at the root.

/sign-up /accounts /account            making, changing and deleting an account
/session /sessions                     signing in and out; one's own devices
/invitations                           links that allow an account to be made
/experiments                           list, draft, change, delete; start, pause, resume, stop
/experiments/{id}/check-ins            one day at a time; what is new since a cursor
/experiments/{id}/comparison           result, figures, export
/experiments/{id}/reminders            hours, days, quiet hours; off and on
/reminders                             what a notification can be answered with: later, not today
/push /push-subscriptions              which devices push reaches; trying one out
/calendar                              the same hours as a calendar, by a secret address
/medicines /medicine-fit               the gate
/diaries                               bringing a diary that was kept elsewhere
/safety-plan                           the client's own three lines

At the root also: /calendar/{token}.ics for calendars, /metrics for the operator.
"""

from fastapi import APIRouter, FastAPI

from app.api import (
    accounts,
    calendar,
    check_ins,
    comparison,
    diaries,
    experiments,
    health,
    invitations,
    login_sessions,
    medicines,
    metrics,
    push_subscriptions,
    reminders,
    safety_plan,
    session,
)

api = APIRouter(prefix="/api")
api.include_router(accounts.router)
api.include_router(session.router)
api.include_router(login_sessions.router)
api.include_router(invitations.router)
api.include_router(experiments.router)
api.include_router(check_ins.router)
api.include_router(comparison.router)
api.include_router(diaries.router)
api.include_router(medicines.router)
api.include_router(safety_plan.router)
api.include_router(reminders.router)
api.include_router(push_subscriptions.router)
api.include_router(calendar.router)

root = APIRouter()
root.include_router(health.router)
root.include_router(metrics.router)
root.include_router(calendar.feed)


def install(app: FastAPI) -> None:
    """Every route, in the order in which they are tried.

    Putting a check-in comes most often and stands first, as a route of the app itself: it is found by one
    expression, where a route below included routers costs a walk through them, twice.
    """
    app.router.routes.extend(check_ins.writing.routes)
    app.include_router(api)
    app.include_router(root)
