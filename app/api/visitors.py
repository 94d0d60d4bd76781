"""Who is at the door before anybody is signed in, and the cookies that say so afterwards."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from app.api.deps import Believed, HouseDep, Now, SessionToken, cookie_name, known_cookie_name, playing
from app.core import addresses
from app.core.db import unit_of_work
from app.domain.access import Person
from app.models.accounts import AccountPublic
from app.services import known_devices, login_sessions
from app.services.accounts import Visitor
from app.services.house import House
from app.services.login_sessions import Started

LONGEST_USER_AGENT = 400


def _visitor(request: Request, house: HouseDep) -> Visitor:
    peer = request.client.host if request.client else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return Visitor(
        address=addresses.sender(peer, forwarded, addresses.networks(house.settings.trusted_proxies)),
        user_agent=request.headers.get("user-agent", "")[:LONGEST_USER_AGENT],
        token=request.cookies.get(cookie_name(house)),
        known=request.cookies.get(known_cookie_name(house), ""),
    )


VisitorDep = Annotated[Visitor, Depends(_visitor)]


def sender(house: House, visitor: Visitor, sign_in: str, now: datetime) -> str:
    """Whose sign-in this is, as far as it can be told: a device that is known with this name, else an address."""
    return known_devices.find(house.vault, visitor.known, sign_in, now=now) or visitor.address


def _confirming(house: HouseDep, token: SessionToken, believed: Believed, now: Now) -> Person:
    with unit_of_work(house.engine, read_only=True) as session:
        return login_sessions.find(session, token, believed, now=now)


# The signed-in person, for services that hash a password between transactions of their own: asking for
# `CurrentAccount` there would hold a second transaction open meanwhile.
ConfirmingAccount = Annotated[Person, Depends(_confirming)]
ConfirmingClient = Annotated[Person, playing(_confirming, "client")]
ConfirmingSupporter = Annotated[Person, playing(_confirming, "supporter")]
ConfirmingInvited = Annotated[Person, playing(_confirming, "client", "supporter")]


def remember(
    response: Response, house: House, visitor: Visitor, account: AccountPublic, started: Started, *, now: datetime
) -> None:
    """Set the session cookie, and the one by which this browser is known when it signs in again."""
    set_cookie(response, house, cookie_name(house), started.token, started.lasts)
    _mark(response, house, visitor, account, now)


def recognise(
    response: Response, house: House, visitor: Visitor, account: AccountPublic, *, now: datetime
) -> None:
    """Keep knowing a browser in which somebody is signed in, however long ago they signed in."""
    if known_devices.is_due(house.vault, visitor.known, account.sign_in, now=now):
        _mark(response, house, visitor, account, now)


def _mark(response: Response, house: House, visitor: Visitor, account: AccountPublic, now: datetime) -> None:
    known = known_devices.marked(house.vault, visitor.known, account.sign_in, now=now)
    set_cookie(response, house, known_cookie_name(house), known, known_devices.LASTS)


def set_cookie(response: Response, house: House, name: str, value: str, lasts: timedelta) -> None:
    """For this host only, out of reach of scripts, never sent from another site."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=house.settings.secure,
        httponly=True,
        samesite="strict",
    )


def forget(response: Response, house: House, *, known: bool = False) -> None:
    """Take the session cookie back and have the browser's HTTP cache emptied.

    Not `"storage"`: that would unregister the service worker, and help must open offline and signed out.
    """
    for name in (cookie_name(house), known_cookie_name(house))[: 2 if known else 1]:
        response.delete_cookie(name, path="/", secure=house.settings.secure, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache"'
