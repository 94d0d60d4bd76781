"""Links to a page that was made: the client makes and closes them; whoever has one reads without an account.

The link is `/s#TOKEN`. A browser keeps the fragment to itself; the page at `/s` is the same for everybody and
sends the token when somebody taps "Open". From then on a cookie reads, for a quarter of an hour.
"""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.briefs import as_pdf
from app.api.deps import FRESH, CurrentClient, HouseDep, Now, OwnExperiment, OwnKey, SessionDep, cookie_name, reads
from app.api.visitors import VisitorDep, set_cookie
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import NotFound
from app.models.share_links import LinkOpen, LinkOpened, ShareLinkCreate, ShareLinkMade, ShareLinkPublic
from app.rendering import reading
from app.services import briefs, exports, link_openings, share_links
from app.services.house import House
from app.services.link_openings import Reading

router = APIRouter(prefix="/api/experiments/{experiment_id}/briefs/{brief_id}/links", tags=["link"])
opening = APIRouter(prefix="/api/links", tags=["link"])
page = APIRouter(prefix="/s", tags=["link"])
MOST_COOKIES = 20
UNCACHED = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


@router.get("")
def list_links(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, brief_id: UUID
) -> list[ShareLinkPublic]:
    """The links to this copy, and who opened them when."""
    return share_links.list_of(session, experiment, key, brief_id, now=now)


@router.post("", status_code=201, dependencies=[FRESH])
def make_link(
    house: HouseDep,
    session: SessionDep,
    person: CurrentClient,
    experiment: OwnExperiment,
    key: OwnKey,
    now: Now,
    brief_id: UUID,
    body: ShareLinkCreate,
) -> ShareLinkMade:
    """A link that opens this copy for anybody who has it. It is shown this once."""
    origin = house.settings.origin
    return share_links.make(session, person, experiment, key, origin, brief_id, body, now=now)


@router.delete("/{link_id}", status_code=204)
def close_link(session: SessionDep, experiment: OwnExperiment, now: Now, brief_id: UUID, link_id: UUID) -> None:
    """It opens nothing any more, from the next request on."""
    share_links.close(session, experiment, brief_id, link_id, now=now)


@opening.post("/open")
@reads
def open_link(
    request: Request, house: HouseDep, visitor: VisitorDep, now: Now, body: LinkOpen, response: Response
) -> LinkOpened:
    """For whoever has a link: read the page it leads to, for a quarter of an hour. The client sees that it was
    opened."""
    house.openings.take(visitor.address, now=now)
    every = _cookie(house, "")
    brought = [value for name, value in request.cookies.items() if name.startswith(every)][:MOST_COOKIES]
    opened = link_openings.open_link(house, body, visitor.user_agent, brought, now=now)
    if opened.token is not None:
        set_cookie(response, house, _cookie(house, opened.id.hex), opened.token, link_openings.LASTS)
    return LinkOpened(page=f"{page.prefix}/page/{opened.id.hex}")


def _cookie(house: House, opening: str) -> str:
    """The name of a reader's cookie. Each opening has one of its own: two pages in one browser, of two people, are
    two."""
    return f"{cookie_name(house)}-link-{opening[:8]}"


def _read(request: Request, house: HouseDep, now: Now, opening: str) -> Reading:
    token = request.cookies.get(_cookie(house, opening), "")
    try:
        opening_id = UUID(hex=opening)
    except ValueError:
        raise NotFound(link_openings.CLOSED) from None
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return link_openings.read(session, house.vault, opening_id, token, now=now)


@page.head("/page/{opening}", include_in_schema=False)
@page.get("/page/{opening}")
def read_page(request: Request, house: HouseDep, now: Now, opening: str) -> Response:
    """The page as plain HTML: no script is needed to read it. What is not open says so, whatever the reason."""
    try:
        found = _read(request, house, now, opening)
        if request.method == "HEAD":  # asked every few seconds by whoever reads
            return _html("", 200)
        said = {**briefs.as_data(found.copy), "at": f"{page.prefix}/page/{opening}"}
    except NotFound:
        return _closed(request)
    html = reading.page(said, _built(request), found.closes_at, found.again_until)
    return _html(html, 200)


@page.get("/page/{opening}/pdf")
def read_pdf(request: Request, house: HouseDep, now: Now, opening: str) -> Response:
    """The same page as a tagged PDF."""
    try:
        found = _read(request, house, now, opening)
    except NotFound:
        return _closed(request)
    # Of one client's links one file at a time, beside the client's own.
    turn = ("links", found.account_id)
    exports.take_turn(house, turn, now=now)
    try:
        answer = as_pdf(found.copy)
    finally:
        exports.give_back(house, turn)
    answer.headers.update(UNCACHED)
    return answer


def _built(request: Request) -> tuple[str, ...]:
    built: tuple[str, ...] = request.app.state.reading
    return built


def _closed(request: Request) -> Response:
    return _html(reading.closed(_built(request)), 404)


def _html(body: str, status: int) -> Response:
    return Response(body, status, media_type="text/html; charset=utf-8", headers=UNCACHED)
