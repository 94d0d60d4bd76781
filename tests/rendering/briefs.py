"""Pages for a prescriber, made of a report and of what is told beside it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.brief import PARTS
from app.domain.report import Report
from app.models.briefs import BriefPage
from app.rendering import pdf
from app.rendering.brief import Page, Told, page
from pypdf import PdfReader

ON = date(2026, 3, 16)
NOBODY = Told(
    called="",
    prescriber="",
    visit_on=None,
    medicine="methylphenidate",
    known=True,
    strength="",
    usual_time="morning",
    since="",
    changed="",
    stopped_on=None,
    told_on=None,
    way_in="some_days",
    words="",
    not_told="",
    questions=(),
    class_words=(),
)


def made(report: Report, **told: Any) -> Page:
    return page(report, replace(NOBODY, **told), PARTS, made_on=ON)


def data(found: Page) -> dict[str, Any]:
    """As `services.briefs.as_data` gives it."""
    said = BriefPage.model_validate(found, from_attributes=True).model_dump(mode="json")
    heads = dict.fromkeys(("question", "words", "not_told", "questions", "without", "limits", "decided"), "Head")
    return {**said, "heads": heads, "language": "en", "foot": "Foot", "paper": "a4"}


def drawn(found: Page, paper: str = "a4") -> str:
    [sheet] = PdfReader(io.BytesIO(pdf.draw("brief", {**data(found), "paper": paper}))).pages
    return sheet.extract_text()
