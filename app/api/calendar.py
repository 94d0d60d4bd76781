"""Reminders as a calendar: the secret address, and what is found at it."""

from fastapi import APIRouter, Response

from app.api.deps import CurrentClient, HouseDep, Now, SessionDep
from app.models.calendar_feeds import CalendarFeedMade, CalendarFeedPublic
from app.services import calendar_feeds

router = APIRouter(prefix="/calendar", tags=["calendar"])
feed = APIRouter(tags=["calendar"])


@router.get("")
def get_calendar(session: SessionDep, person: CurrentClient) -> CalendarFeedPublic:
    return calendar_feeds.get(session, person)


@router.post("", status_code=201)
def make_calendar(house: HouseDep, session: SessionDep, person: CurrentClient, now: Now) -> CalendarFeedMade:
    """A new address; the one before it ends. It is shown this once."""
    return calendar_feeds.make(session, person, house.settings.origin, now=now)


@router.delete("", status_code=204)
def revoke_calendar(session: SessionDep, person: CurrentClient) -> None:
    calendar_feeds.revoke(session, person)


@feed.head("/calendar/{token}.ics", include_in_schema=False)
@feed.get("/calendar/{token}.ics")
def read_calendar(session: SessionDep, now: Now, token: str) -> Response:
    """For a calendar, which brings nothing but the address."""
    body = calendar_feeds.read(session, token, now=now)
    return Response(body, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})
