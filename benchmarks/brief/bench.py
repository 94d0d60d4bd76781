"""`./fortnight bench report`: the page for a prescriber as a PDF, and the archive of a fortnight.

The PDF is drawn by typst as the app draws it, and beside it by WeasyPrint from the page as HTML (what is read by
a link), in one run: cold is a process that has imported nothing, warm the median of the drawings after the first,
each with other words. The archive is asked for over HTTP in one process with SQLite on the disk, with three pages
in it. WeasyPrint has a Python of its own in `.setup/weasyprint`, pinned by hash; it needs Pango on the machine.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.schema import ROOT
from app.domain.brief import PARTS
from app.main import create_app
from app.models.briefs import BriefCreate
from app.models.visits import VisitPut
from app.rendering import reading
from app.services import briefs, demo, visits
from app.services.house import House, open_house
from starlette.testclient import TestClient

from benchmarks import summary
from benchmarks.people import client
from benchmarks.report import progress, show

DAYS = 14
COLD, WARM = 5, 30
PAGES = 3
HERE = Path(__file__).parent
TOOL = ROOT / ".setup" / "weasyprint"
SAID: dict[str, Any] = {
    **{"called": "R. B.", "prescriber": "Dr Lind", "strength": "20 mg", "since": "March"},
    "words": "I feel calm, but behind glass on some days.",
    "questions": ["Could what I noticed come from this medicine?", "What might staying on it look like?"],
    "on_page": list(PARTS),
}


def main(as_json: bool = False) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder) / "data", database_url=""))
        token = client(house).started.token
        at, page = _with_pages(house, token)
        data, html = Path(folder) / "page.json", Path(folder) / "page.html"
        data.write_text(json.dumps(page), "utf-8")
        html.write_text(_as_html(page), "utf-8")
        progress("typst")
        rows = [{"path": "page by typst", **_drawn([sys.executable, "-P"], "typst", data)}]
        progress("WeasyPrint")
        rows.append({"path": "page by WeasyPrint", **_drawn([str(_tool())], "weasyprint", html)})
        progress("archive")
        rows.append({"path": f"archive, {DAYS} days, {PAGES} pages", **_archive(house, token, at)})
    typst, weasy, archive = rows
    ratios = {
        "cold_ms": typst["cold_ms"],
        "warm_ms": typst["warm_ms"],
        "vs_weasyprint": weasy["warm_ms"] / typst["warm_ms"],
        "vs_weasyprint_cold": weasy["cold_ms"] / typst["cold_ms"],
        "archive_ms": archive["warm_ms"],
        "peak_mib": typst["peak_mib"],
    }
    show("report", rows, ratios, as_json=as_json)


def _with_pages(house: House, token: str) -> tuple[str, dict[str, Any]]:
    """A fortnight with a page that was made a few times: its address, and the page as the template has it."""
    now = clock.now()
    owner = demo.someone(house, token, now=now)
    start_on = now.date() - timedelta(days=DAYS)
    begun = summary.fortnight(house, owner, start_on)
    demo.write(house, token, begun.id, summary.written(start_on, now.date()))
    for number in range(PAGES):
        with unit_of_work(house.engine, by=HOUSE) as session:
            body = VisitPut(**{**SAID, "words": f"{SAID['words']} ({number})"}, base_revision=number)
            visits.put(session, begun, owner.key, body, now=now)
            seen = briefs.preview(session, begun, owner.key, house.thresholds, now=now).stamp
            made = briefs.make(session, begun, owner.key, house.thresholds, BriefCreate(seen=seen), now=now)
    return f"/api/experiments/{begun.id}/archive", briefs.as_data(made)


def _as_html(page: dict[str, Any]) -> str:
    """The page that a link opens, with its styles in it."""
    dist = ROOT / "frontend" / "dist"
    built = json.loads((dist / "ahead.json").read_text("utf-8"))["Reading"]
    styles = "".join((dist / name).read_text("utf-8") for name in built if name.endswith(".css"))
    html = reading.page({**page, "at": f"/s/page/{uuid4().hex}"}, [], clock.now(), None)
    return html.replace("</head>", f"<style>{styles}</style></head>")


def _drawn(python: list[str], by: str, file: Path) -> dict[str, Any]:
    runs = [_run(python, by, file, 0 if number else WARM) for number in range(COLD)]
    return {**runs[0], "cold_ms": median(run["cold_ms"] for run in runs)}


def _run(python: list[str], by: str, file: Path, number: int) -> dict[str, Any]:
    done = subprocess.run(
        [*python, str(HERE / "drawn.py"), by, str(file), str(number or 1)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _tool() -> Path:
    python = TOOL / "bin" / "python"
    if not python.exists():
        venv.create(TOOL, with_pip=True)
    pinned = ["install", "--quiet", "--require-hashes", "-r", str(HERE / "tools" / "requirements.lock")]
    subprocess.run([str(python), "-m", "pip", *pinned], check=True)
    return python


def _archive(house: House, token: str, at: str) -> dict[str, Any]:
    with TestClient(create_app(house), base_url=house.settings.public_url) as http:
        http.cookies.set("fortnight", token)
        times = []
        for _ in range(1 + WARM // 3):
            begun = time.perf_counter()
            answer = http.get(at, headers={"Sec-Fetch-Site": "same-origin"})
            times.append(1000 * (time.perf_counter() - begun))
            if answer.status_code != 200:
                raise SystemExit(f"{at} answered {answer.status_code}: this measures nothing.")
    return {"cold_ms": times[0], "warm_ms": median(times[1:]), "kb": len(answer.content) / 1000}
