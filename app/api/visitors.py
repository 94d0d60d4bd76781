"""Who is at the door before anybody is signed in, and the cookie that says so afterwards."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.api.deps import HouseDep, Now, SessionToken, cookie_name
from app.core.addresses import networks, sender
from app.core.db import unit_of_work
from app.domain.access import Person
from app.services import login_sessions
from app.services.accounts import Visitor
from app.services.house import House
from app.services.login_sessions import Started

LONGEST_USER_AGENT = 400


def _visitor(request: Request, house: HouseDep) -> Visitor:
    peer = request.client.host if request.client else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return Visitor(
        address=sender(peer, forwarded, networks(house.settings.trusted_proxies)),
        user_agent=request.headers.get("user-agent", "")[:LONGEST_USER_AGENT],
        token=request.cookies.get(cookie_name(house)),
    )


VisitorDep = Annotated[Visitor, Depends(_visitor)]


def _confirming(house: HouseDep, token: SessionToken, now: Now) -> Person:
    with unit_of_work(house.engine, read_only=True) as session:
        return login_sessions.find(session, token, now=now)


# The signed-in person, for services that hash a password between transactions of their own: asking for
# `CurrentAccount` there would hold a second transaction open meanwhile.
ConfirmingAccount = Annotated[Person, Depends(_confirming)]


def remember(response: Response, house: House, started: Started) -> None:
    """Set the session cookie: for this host only, out of reach of scripts, never sent from another site."""
    response.set_cookie(
        cookie_name(house),
        started.token,
        max_age=int(started.lasts.total_seconds()),
        path="/",
        secure=house.settings.secure,
        httponly=True,
        samesite="strict",
    )


def forget(response: Response, house: House) -> None:
    """Take the cookie back and have the browser's HTTP cache emptied.

    Not `"storage"`: that would unregister the service worker, and help must open offline and signed out.
    """
    response.delete_cookie(
        cookie_name(house), path="/", secure=house.settings.secure, httponly=True, samesite="strict"
    )
    response.headers["Clear-Site-Data"] = '"cache"'
