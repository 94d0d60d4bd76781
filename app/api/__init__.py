"""The whole surface on one screen. Every route is below `/api`; health stands at the root.

/sign-up /accounts /account            making, changing and deleting an account
/session /sessions                     signing in and out; the password once more; one's own devices
/invitations                           links that allow an account to be made
/experiments                           list, draft, change, delete; start, pause, resume, stop; one from a file
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

# In the order in which they are tried: putting a check-in comes most often.
ROUTERS: tuple[APIRouter, ...] = (
    check_ins.writing,
    accounts.router,
    session.router,
    login_sessions.router,
    invitations.router,
    experiments.router,
    check_ins.router,
    comparison.router,
    archive.router,
    diaries.router,
    reflections.router,
    offers.router,
    sharings.router,
    clients.router,
    reviews.router,
    briefs.router,
    share_links.router,
    share_links.opening,
    session_notes.router,
    session_pages.router,
    medicines.router,
    safety_plan.router,
    reminders.router,
    push_subscriptions.router,
    calendar.router,
    health.router,
    metrics.router,
    calendar.feed,
    share_links.page,
)


def install(app: FastAPI) -> None:
    """Every route as a route of the app itself, made once however many apps there are.

    An app that includes routers makes each of their routes anew at its first request (a tenth of a second), and
    walks through them twice for every one.
    """
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
