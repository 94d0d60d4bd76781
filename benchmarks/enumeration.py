"""`./fortnight bench enumeration`: whether a door's answer takes longer, or shorter, where the name exists; and
whether a link that was closed is answered as fast as one that never was.

SECURITY.md, T17: 400 tries of each, in pairs; either the medians differ by less than 5 ms, or the Mann-Whitney
test sees no difference at p > 0.01. T5: 2,000 tries of a link, less than 2 ms. The whole app in one process, on
SQLite; the counts of attempts are emptied before each try, so that nobody has to wait.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from app.core import clock, config, security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.main import create_app
from app.models.briefs import Brief
from app.models.experiments import Experiment
from app.models.login_sessions import SignInAttempts
from app.models.share_links import ShareLink
from app.services.house import House, open_house
from sqlalchemy import delete, insert
from starlette.testclient import TestClient

from benchmarks.fortnights import fortnight
from benchmarks.people import client
from benchmarks.report import progress, show

TRIES = 400
LINK_TRIES = 2000
NOBODY = "nobody-0000"
WRONG = "not the password"
FLOWS: dict[str, tuple[str, dict[str, Any]]] = {
    "sign-in": ("/api/session", {"password": WRONG}),
    "recovery": ("/api/session/recovery", {"recovery_code": "2222-2222-2222", "new_password": WRONG}),
}
HERE = {"Sec-Fetch-Site": "same-origin"}


def main(as_json: bool = False) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder) / "data", database_url=""))
        known = client(house).created.account.sign_in
        with TestClient(create_app(house), base_url=house.settings.public_url) as http:

            def ask(path: str, more: dict[str, Any], name: str) -> float:
                with unit_of_work(house.engine, by=HOUSE) as session:
                    session.execute(delete(SignInAttempts))
                begun = time.perf_counter()
                answer = http.post(path, json={"sign_in": name, **more}, headers=HERE)
                took = time.perf_counter() - begun
                if answer.status_code != 401:
                    raise SystemExit(f"{path} answered {answer.status_code}: this measures nothing.")
                return 1000 * took

            def open_link(token: str) -> float:
                house.openings.forget()
                begun = time.perf_counter()
                answer = http.post("/api/links/open", json={"token": token}, headers=HERE)
                took = time.perf_counter() - begun
                if answer.status_code != 404:
                    raise SystemExit(f"a link answered {answer.status_code}: this measures nothing.")
                return 1000 * took

            names = {"a name that exists": known, "nobody's": NOBODY}
            rows: list[dict[str, Any]] = []
            ratios: dict[str, Any] = {}
            for flow, (path, more) in FLOWS.items():

                def try_name(who: str, path: str = path, more: dict[str, Any] = more) -> float:
                    return ask(path, more, names[who])

                found, apart = _paired(flow, list(names), TRIES, try_name)
                rows, ratios = rows + found, ratios | apart
            closed = _closed_link(house)
            tokens = {"closed": lambda: closed, "never was": security.new_token}
            found, apart = _paired("link", list(tokens), LINK_TRIES, lambda which: open_link(tokens[which]()))
            rows, ratios = rows + found, ratios | apart
    show("enumeration", rows, ratios, as_json=as_json)


def _paired(
    what: str, which: Sequence[str], tries: int, ask: Callable[[str], float]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The medians of two, asked by turns; how far apart they are, and whether chance explains it."""
    from scipy.stats import mannwhitneyu  # type: ignore[import-untyped]

    progress(f"{what}: {tries} pairs")
    times: dict[str, list[float]] = {each: [] for each in which}
    for number in range(tries + 5):
        for each in which if number % 2 else reversed(which):
            took = ask(each)
            if number >= 5:  # the first ones load what the others find
                times[each].append(took)
    first, second = times.values()
    rows = [{"path": f"{what}: {each}", "ms": median(found)} for each, found in times.items()]
    return rows, {
        f"{what}_difference_ms": round(median(first) - median(second), 3),
        f"{what}_mann_whitney_p": round(float(mannwhitneyu(first, second).pvalue), 3),
    }


def _closed_link(house: House) -> str:
    """The token of a link that was there once."""
    now, token = clock.now(), security.new_token()
    account = client(house).created.account.id
    with unit_of_work(house.engine, by=HOUSE) as session:
        mine = fortnight(uuid4(), account, now.date(), 14, "UTC", now)
        session.execute(insert(Experiment).values(**mine))
        page = Brief(id=uuid4(), experiment_id=mine["id"], made_at=now, sealed=b"")
        session.add(page)
        session.flush()
        session.add(
            ShareLink(
                id=uuid4(),
                account_id=account,
                brief_id=page.id,
                token_hash=security.token_hash(token),
                made_at=now,
                ends_at=now + timedelta(days=7),
                closed_at=now,
                sealed=b"",
            )
        )
    return token
