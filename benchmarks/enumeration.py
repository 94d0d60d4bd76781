"""`./fortnight bench enumeration`: whether a door's answer takes longer, or shorter, where the name exists.

SECURITY.md, T17: 400 tries of each, in pairs; either the medians differ by less than 5 ms, or the Mann-Whitney
test sees no difference at p > 0.01. The whole app in one process, on SQLite; the counts of attempts are emptied
before each try, so that nobody has to wait.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from app.core import config
from app.core.db import unit_of_work
from app.main import create_app
from app.models.login_sessions import SignInAttempts
from app.services.house import open_house
from sqlalchemy import delete
from starlette.testclient import TestClient

from benchmarks.people import client
from benchmarks.report import progress, show

TRIES = 400
NOBODY = "nobody-0000"
WRONG = "not the password"


def main(as_json: bool = False) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder) / "data", database_url=""))
        known = client(house).created.account.sign_in
        with TestClient(create_app(house), base_url=house.settings.public_url) as http:

            def ask(path: str, more: dict[str, Any], name: str) -> float:
                with unit_of_work(house.engine) as session:
                    session.execute(delete(SignInAttempts))
                begun = time.perf_counter()
                answer = http.post(path, json={"sign_in": name, **more}, headers={"Sec-Fetch-Site": "same-origin"})
                took = time.perf_counter() - begun
                if answer.status_code != 401:
                    raise SystemExit(f"{path} answered {answer.status_code}: this measures nothing.")
                return 1000 * took

            rows, ratios = _measured(known, ask)
    show("enumeration", rows, ratios, as_json=as_json)


def _measured(
    known: str, ask: Callable[[str, dict[str, Any], str], float]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from scipy.stats import mannwhitneyu  # type: ignore[import-untyped]

    flows = {
        "sign-in": ("/api/session", {"password": WRONG}),
        "recovery": ("/api/session/recovery", {"recovery_code": "2222-2222-2222", "new_password": WRONG}),
    }
    rows: list[dict[str, Any]] = []
    ratios: dict[str, Any] = {}
    for flow, (path, more) in flows.items():
        progress(f"{flow}: {TRIES} pairs")
        times: dict[str, list[float]] = {known: [], NOBODY: []}
        for number in range(TRIES + 5):
            for name in (known, NOBODY) if number % 2 else (NOBODY, known):
                took = ask(path, more, name)
                if number >= 5:  # the first ones load what the others find
                    times[name].append(took)
        rows += [
            {"path": f"{flow}: {who}", "ms": median(times[name])}
            for who, name in (("a name that exists", known), ("nobody's", NOBODY))
        ]
        ratios[f"{flow}_difference_ms"] = round(median(times[known]) - median(times[NOBODY]), 3)
        ratios[f"{flow}_mann_whitney_p"] = round(float(mannwhitneyu(times[known], times[NOBODY]).pvalue), 3)
    return rows, ratios
