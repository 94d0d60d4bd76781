"""The page for a prescriber as a PDF: one sheet, tagged, made to be kept, in any script, and never markup."""

import io
import socket
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from app.domain import brief, measures
from app.domain.report import Result
from app.domain.words import Say
from app.rendering import pdf
from app.rendering.brief import NOT_TAKING
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from typst import TypstError

from tests.fakes import sink
from tests.rendering.briefs import ON, data, drawn, made
from tests.rendering.factories import RESULTS, build
from tests.rendering.factories import fortnight as design

SVG = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("result", RESULTS)
def test_every_result_is_one_page_with_everything_that_can_be_written(result: Result, paper: str) -> None:
    """Each field as long as it may be."""
    told = {
        **{"called": "Wilhelmina " * 5, "prescriber": "Doctor Longname " * 3, "visit_on": ON},
        **{"strength": "20 mg in the morning and at noon, modified", "since": "the spring of 2024, on and off"},
        **{"changed": "Another dose of it since the new year, and night shifts. " * 3},
        "words": "I feel calm, but behind glass on some of the days. " * 7,
        "questions": ["Could the flat feeling come from this medicine, or from being tired all the time?"] * 6,
        "class_words": ["A line of the class. " * 8],
    }
    report = replace(design(result), question="Am I flatter on the days I take it, or is it the weather? " * 4)
    found = "".join(drawn(made(report, **told), paper).split())
    for words in (
        "behindglassonsome",
        "nightshifts.",
        "Couldtheflatfeeling",
        "isittheweather?",
        "Alineoftheclass.",
    ):
        assert words in found


@pytest.mark.parametrize("words", ["x" * 400, "https://" + "example.org/" * 30])
def test_a_word_without_an_end_stays_on_the_paper(words: str) -> None:
    [sheet] = PdfReader(io.BytesIO(pdf.draw("brief", data(made(design("notice_only"), words=words))))).pages
    lines = sheet.extract_text().replace("\u200b", "").splitlines()
    assert words in "".join(lines)
    assert max(len(line) for line in lines if line in words) < 100


@pytest.mark.parametrize(
    "told",
    [
        {"words": "a\n" * 200, "questions": ["Why?"]},
        {"words": "sad\n\n" * 80, "questions": ["Why?\nWhen?"] * 6, "changed": "c\n" * 100},
        {"words": "中文字体" * 100, "questions": ["中文字体" * 20] * 6, "changed": "中文字体" * 25},
        {"words": "مرحبا بكم " * 40, "questions": ["مرحبا بكم " * 16] * 6},
    ],
)
@pytest.mark.parametrize("result", ["cannot_tell", "notice_only"])
def test_many_lines_and_wide_letters_are_one_page_too(result: Result, told: dict[str, Any]) -> None:
    report = replace(design(result), question="Am I flatter on the days I take it? " * 13)
    drawn(made(report, **told), "us-letter")


def test_a_long_diary_with_every_field_full_is_one_page_too() -> None:
    """28 days, three panels, eight measures, six side effects, and each day without it by its name."""
    named = {f"a side effect with a name that is long, number {n}": dict.fromkeys(range(28), 2) for n in range(6)}
    keys = ("mood", "sleep_hours", "sleep_quality", "like_myself", "energy", "own1", "own2", "own3")
    chosen = [
        measures.own(key, "a name as long as may be") if key[:3] == "own" else measures.standard(key)
        for key in keys
    ]
    answers: dict[str, list[float | None]] = {key: [3.0, 5.0] * 14 for key in keys}
    report = build("notice_only", answers, ["ink"] * 28, chosen=chosen, side_effects=named)
    log = tuple(replace(row, dose="not_taken", dose_reason="forgot") for row in report.log)
    always = (Say("safety-standing", {"days": 28}), Say("safety-onset", {"days": 28}), Say("safety-gap-effect"))
    report = replace(
        report, log=log, sentences=(Say("safety-not-yet"), *always), question="Am I flatter now? " * 26
    )
    told: dict[str, Any] = {
        "words": "I feel calm but behind glass. " * 13,
        "changed": "Another dose, and so. " * 9,
    }
    told |= {"called": "W " * 30, "prescriber": "D " * 30, "visit_on": ON, "told_on": ON}
    told |= {"strength": "m " * 30, "since": "s " * 30, "class_words": ["A line of the class. " * 8]}
    questions = ["Could the flat feeling come from this medicine, or from being tired? " * 2] * 6
    drawn(made(report, **told, questions=questions), "us-letter")


@pytest.mark.parametrize("way_in", sorted(NOT_TAKING))
def test_whoever_does_not_take_it_reads_no_usual_time(way_in: str) -> None:
    found = made(design("notice_only"), way_in=way_in, stopped_on=date(2026, 2, 1))
    labels = [line.label for line in found.about]
    assert "Usual time" not in labels
    assert ("Stopped on" in labels) is (way_in == "stopped")


def test_a_nickname_is_quoted_and_a_name_is_not() -> None:
    assert made(design("cannot_tell")).title == "Two weeks with methylphenidate"
    assert (
        made(design("cannot_tell"), medicine="the white one", known=False).title
        == "Two weeks with “the white one”"
    )


def test_effects_without_an_answer_say_so() -> None:
    found = made(design("cannot_tell")).effects
    assert found is not None
    rows: Any = found.table["rows"]
    assert rows[0][:3] == ["Dry mouth", "5 days", "a lot"]


def test_the_commonest_reason_stands_first_and_no_reason_last() -> None:
    report = design("cannot_tell")
    why = iter([None, "ran_out", None, None, "forgot", "forgot"])
    log = tuple(
        replace(row, dose="not_taken", dose_reason=next(why)) if row.number <= 6 else replace(row, dose=None)
        for row in report.log
    )
    found = brief.without(replace(report, log=log))
    assert (len(found.rows), found.reasons) == (6, (("forgot", 2), ("ran_out", 1), ("unsaid", 3)))


EVIL = [
    '#panic() #read("/etc/hostname") #image("brief.typ") $x^2$ = not a heading',
    "<b>unclosed <script>alert(1)</script> \\ * _ ` ~ @ref // comment /* */ [name] {x}",
    '#import "@preview/cetz:0.3.0" "; #sys.inputs =HYPERLINK("http://localhost")',
    "<img src=http://127.0.0.1:9/x> file:///etc/hostname",
]


@pytest.mark.parametrize("words", EVIL)
def test_what_looks_like_markup_is_text_in_every_field(words: str) -> None:
    told = dict.fromkeys(("called", "prescriber", "strength", "since", "changed", "words", "medicine"), words)
    found = "".join(drawn(made(design("cannot_tell"), **told, questions=[words])).split())
    assert found.count("".join(words.split())) >= len(told)


ASKING = (
    '<img src="{at}"/>',
    '"/><image href="{at}"/><use xlink:href="{at}"/>',
    '#image("{at}") #import "{at}" #xml("{at}")',
    "</style>@import url({at});",
    "]]><!ENTITY x SYSTEM '{at}'>&x;",
)


def test_drawing_asks_no_server(tmp_path: Path) -> None:
    """Not for what somebody wrote, the name of a measure in the drawing of the days too; and a drawing that asks
    for something from elsewhere, a file of this machine or an address, is refused."""
    with sink() as door:
        at = f"http://127.0.0.1:{door.port}/x"
        words = " ".join(ASKING).format(at=at)
        own = measures.own("own1", ASKING[1].format(at=at))
        report = build("notice_only", {"own1": [3.0, 5.0] * 7}, ["ink"] * 14, chosen=[own])
        told = dict.fromkeys(("called", "prescriber", "strength", "since", "changed", "words", "medicine"), words)
        page = data(made(replace(report, question=words), **told, questions=[words]))
        assert at in page["chart"]["paper"]
        assert pdf.draw("brief", page).startswith(b"%PDF-")
        picture = tmp_path / "secret.svg"
        picture.write_text(f'<svg xmlns="{SVG}" viewBox="0 0 9 9"/>')
        for place in (at, picture.as_uri(), str(picture)):
            asking = f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><image href="{place}" width="9" height="9"/></svg>'
            with pytest.raises(TypstError, match="linked image"):
                pdf.draw("brief", {**page, "chart": {**page["chart"], "paper": asking}})
        assert door.connections == 0
        with socket.create_connection(("127.0.0.1", door.port)):
            pass
        while door.connections == 0:  # it does count who knocks
            time.sleep(0.01)


@pytest.mark.parametrize(
    "words",
    ["Grüße, Čeština, Ελληνικά, Кириллица", "中文 日本語 한국어", "ሰላም ⴰⵎⴰⵣⵉⵖ", "“quoted” – … ½ ☃ ★ →"],
)
def test_every_script_survives(words: str) -> None:
    assert "".join(words.split()) in "".join(drawn(made(design("cannot_tell"), words=words)).split())


SCRIPTS = "aZéßñΩж中日ひ한ქԱⴰሰᚠ𐌰𝔘😀🐶✓☃½€∑→“”‘’–…" + "#$\\*_`~@[]{}<>&\"'/=+-%|^;:"
WRITTEN = st.lists(st.text(st.sampled_from(SCRIPTS), min_size=1, max_size=12), max_size=20).map(" ".join)


def reads_back(typed: str) -> None:
    """Letters that join or run from right to left: `test_pdf.py`; a reader of PDFs may order them otherwise."""
    assert "".join(typed.split()) in "".join(drawn(made(design("cannot_tell"), words=typed)).split())


@settings(max_examples=60, deadline=None)
@given(WRITTEN)
def test_what_was_typed_is_what_is_read(typed: str) -> None:
    reads_back(typed)


@pytest.mark.nightly
@settings(max_examples=1000, deadline=None)
@given(WRITTEN)
def test_what_was_typed_is_what_is_read_a_thousand_times(typed: str) -> None:
    reads_back(typed)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_nothing_makes_a_page_fail(words: str) -> None:
    report = replace(design("notice_only"), question=words)
    told = {"words": words, "called": words[:60], "questions": [words]}
    assert pdf.draw("brief", data(made(report, **told))).startswith(b"%PDF-")


def test_it_is_tagged_for_those_who_cannot_see_and_made_to_be_kept() -> None:
    found = made(design("cannot_tell"), questions=["What then?"])
    reader = PdfReader(io.BytesIO(pdf.draw("brief", data(found))))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/OutputIntents"]
    assert "/EmbeddedFiles" not in root.get("/Names", {})
    said = str(root["/Metadata"].get_object().get_data())
    assert "pdfuaid" in said and "pdfaid" in said
    assert (reader.metadata and reader.metadata.title) == "Two weeks with methylphenidate"
    assert {"/Figure", "/Table", "/H1", "/L"} <= tags(root["/StructTreeRoot"])


def tags(node: Any) -> set[str]:
    """Every kind of element in the structure of a document."""
    inside = node.get("/K", []) if hasattr(node, "get") else []
    inside = inside.get_object() if hasattr(inside, "get_object") else inside
    found = {str(node["/S"])} if hasattr(node, "get") and "/S" in node else set()
    for each in inside if isinstance(inside, list) else [inside]:
        child = each.get_object() if hasattr(each, "get_object") else each
        found |= tags(child) if hasattr(child, "get") else set()
    return found
