"""The cast: Ana (a client), Theo (her therapist), Mia (her sister), Sam (a stranger), Nobody. Each speaks to the
real app."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import Any
from uuid import UUID

from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.vault import DataKey
from app.main import create_app
from app.models.accounts import Account, AccountCreate
from app.models.login_sessions import LoginSession
from app.services import accounts, invitations
from app.services.house import House
from fastapi import FastAPI
from sqlalchemy import update
from sqlmodel import col
from starlette.testclient import TestClient

PASSWORD = "a lamp and a paper diary"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Player:
    """One person: an HTTP client with their cookie, and what tests need to look behind the curtain."""

    id: UUID
    sign_in: str
    recovery_codes: list[str]
    http: TestClient
    key: DataKey
    password: str = PASSWORD

    def draft(self, **plan: Any) -> dict[str, Any]:
        """A draft through the API; `plan` over an ordinary one."""
        answer = self.http.post("/api/experiments", json={**PLAN, **plan})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def started(self, **plan: Any) -> dict[str, Any]:
        """A started experiment through the API."""
        made = self.draft(**plan)
        answer = self.http.post(f"/api/experiments/{made['id']}/start")
        assert answer.status_code == 200, answer.text
        begun: dict[str, Any] = answer.json()
        return begun

    def put(self, experiment: dict[str, Any], day: str, *, base: int = 0, **answers: Any) -> Any:
        """Put one day; returns the raw answer."""
        body = {"base_revision": base, "written_at": clock.now().isoformat(), "zone": "UTC", **answers}
        return self.http.put(f"/api/experiments/{experiment['id']}/check-ins/{day}", json=body)


PLAN: dict[str, Any] = {
    "question": "Am I foggier on the days I take it?",
    "way_in": "some_days",
    "medicine": "methylphenidate",
    "medicine_label": "the white one",
    "pattern": "daily",
    "fits": ["none"],
    "prescriber_told": {"told_on": "2026-01-10"},
    "usual_time": "morning",
    "primary": "mood",
    "zone": "UTC",
}


class Cast:
    """Opens the app once; each person is made when a test first asks for them."""

    def __init__(self, house: House, *, for_long: bool = False) -> None:
        """`for_long`: nobody is asked for their password again, as the tests go on for longer than a sign-in is
        fresh."""
        self.house, self.for_long = house, for_long
        self.app: FastAPI = create_app(house)
        self._open: list[TestClient] = []

    def __enter__(self) -> "Cast":
        return self

    @cached_property
    def ana(self) -> Player:
        return self.player("ana", "client")

    @cached_property
    def theo(self) -> Player:
        return self.player("theo", "therapist")

    @cached_property
    def mia(self) -> Player:
        return self.player("mia", "supporter")

    @cached_property
    def sam(self) -> Player:
        return self.player("sam", "client")

    @cached_property
    def nobody(self) -> TestClient:
        return self.visitor()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for http in self._open:
            http.close()

    def visitor(self, token: str | None = None) -> TestClient:
        """A browser of its own, with a session cookie if a token is given."""
        cookies = {"fortnight": token} if token else None
        base = self.house.settings.public_url
        http = TestClient(
            self.app, base_url=base, headers=SAME_ORIGIN, cookies=cookies, raise_server_exceptions=False
        )
        self._open.append(http)
        return http

    def player(self, name: str, role: Any, *, now: datetime | None = None) -> Player:
        """A fresh account of this role, signed in (from `now` on, if it is to be long ago)."""
        moment = now or clock.now()
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            made = invitations.create(session, self.house.settings.public_url, role, now=clock.now())
        wanted = AccountCreate(token=made.token, role=role, name=name, password=PASSWORD)
        visitor = accounts.Visitor(address="127.0.0.1", user_agent="test")
        signed_up = accounts.create(self.house, wanted, visitor, now=moment)
        with unit_of_work(self.house.engine, by=HOUSE, read_only=True) as session:
            row = session.get(Account, signed_up.created.account.id)
            assert row is not None
            key = accounts.data_key(self.house.vault, row)
        if self.for_long:
            with unit_of_work(self.house.engine, by=HOUSE) as session:
                theirs = update(LoginSession).where(col(LoginSession.account_id) == row.id)
                session.execute(theirs.values(confirmed_at=moment + timedelta(days=1)))
        return Player(
            id=row.id,
            sign_in=signed_up.created.account.sign_in,
            recovery_codes=signed_up.created.recovery_codes,
            http=self.visitor(signed_up.started.token),
            key=key,
        )


def days_ago(number: int) -> str:
    """A date in UTC, by the day that ends at 04:00, `number` days before today."""
    today = (clock.now() - timedelta(hours=4)).date()
    return (today - timedelta(days=number)).isoformat()
