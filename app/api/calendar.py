"""Reminders as a calendar: the secret address, and what is found at it."""

from fastapi import APIRouter, Request, Response

from app.api.conditional import is_known
from app.api.deps import CurrentClient, HouseDep, Now, SessionDep
from app.models.calendar_feeds import CalendarFeedMade, CalendarFeedPublic
from app.rendering import ics
from app.services import calendar_feeds

router = APIRouter(prefix="/api/calendar", tags=["calendar"])
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
def read_calendar(request: Request, house: HouseDep, session: SessionDep, now: Now, token: str) -> Response:
    """For a calendar, which brings nothing but the address. It may keep what it was given, and asks each time
    whether that still holds: an address that was taken back ends at once."""
    entries = calendar_feeds.read(session, house.calendars, token, now=now)
    headers = {"Cache-Control": "private, no-cache", "ETag": f'W/"{ics.mark(entries)}"'}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    body = ics.calendar(entries, now)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
