"""The whole surface on one screen. Every route is below `/api`; health stands at the root.

/sign-up /accounts /account            making, changing and deleting an account
/session /sessions                     signing in and out; the password once more; one's own devices
/invitations                           links that allow an account to be made
/experiments                           list, draft, change, delete; start, pause, resume, stop
/experiments/{id}/check-ins            one day at a time; what is new since a cursor
/experiments/{id}/comparison           result, figures, export
/experiments/{id}/archive              everything of it as a ZIP
/experiments/{id}/shared-view          what somebody would see
/experiments/{id}/review               looking at the result together
/experiments/{id}/reflections          pages to write on: the balance, the rulers, own words
/experiments/{id}/visit                what a client prepares for a visit to their prescriber
/experiments/{id}/brief /briefs        the page for it: as it would be, and each copy made; PDF
/experiments/{id}/briefs/{id}/links    links by which a copy is read; who opened them
/links                                 whoever has one opens it
/experiments/{id}/offer /offers        one of them offered, seldom; turned down, turned off
/sharings                              whom a client lets read what, and who read
/sharings/{id}/session-pages           what a client writes for a session, and after one
/clients                               what clients share, as their therapist reads it
/clients/{id}/session-pages            what of that is shown to the therapist
/clients/{id}/notes                    a therapist's own notes of their sessions
/clients/{id}/supervision              the same without who it is about: looked at, then as a file
/experiments/{id}/reminders            hours, days, quiet hours; off and on
/reminders                             what a notification can be answered with: later, not today
/push /push-subscriptions              which devices push reaches; trying one out
/calendar                              the same hours as a calendar, by a secret address
/medicines /medicine-fit               the gate
/diaries                               bringing a diary that was kept elsewhere
/safety-plan                           the client's own three lines

At the root also: /calendar/{token}.ics for calendars, /s/page/{opening} for whoever opened a link, /metrics for
the operator.
"""

from fastapi import APIRouter, FastAPI

from app.api import (
    accounts,
    archive,
    briefs,
    calendar,
    check_ins,
    clients,
    comparison,
    diaries,
    experiments,
    health,
    invitations,
    login_sessions,
    medicines,
    metrics,
    offers,
    push_subscriptions,
    reflections,
    reminders,
    reviews,
    safety_plan,
    session,
    session_notes,
    session_pages,
    share_links,
    sharings,
)

api = APIRouter(prefix="/api")
api.include_router(accounts.router)
api.include_router(session.router)
api.include_router(login_sessions.router)
api.include_router(invitations.router)
api.include_router(experiments.router)
api.include_router(check_ins.router)
api.include_router(comparison.router)
api.include_router(archive.router)
api.include_router(diaries.router)
api.include_router(reflections.router)
api.include_router(offers.router)
api.include_router(sharings.router)
api.include_router(clients.router)
api.include_router(reviews.router)
api.include_router(briefs.router)
api.include_router(share_links.router)
api.include_router(share_links.opening)
api.include_router(session_notes.router)
api.include_router(session_pages.router)
api.include_router(medicines.router)
api.include_router(safety_plan.router)
api.include_router(reminders.router)
api.include_router(push_subscriptions.router)
api.include_router(calendar.router)

root = APIRouter()
root.include_router(health.router)
root.include_router(metrics.router)
root.include_router(calendar.feed)
root.include_router(share_links.page)


def install(app: FastAPI) -> None:
    """Every route, in the order in which they are tried.

    Putting a check-in comes most often and stands first, as a route of the app itself: it is found by one
    expression, where a route below included routers costs a walk through them, twice.
    """
    app.router.routes.extend(check_ins.writing.routes)
    app.include_router(api)
    app.include_router(root)
