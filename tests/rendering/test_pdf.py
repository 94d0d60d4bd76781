"""A page on paper: what was written arrives as it was written, in any script, as text and never as markup."""

import io
import unicodedata
from typing import Any

import pytest
from app.rendering import pdf
from app.rendering.pdf import drawing
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader


def data(*texts: str) -> dict[str, Any]:
    moments = [[{"label": "Words", "text": text} for text in texts]]
    return {
        **{"title": "Notes for supervision", "language": "en", "intro": "What it is.", "foot": "What it is not."},
        "sessions": [{"title": "Session 1", "moments": moments}],
    }


def read(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


EVIL = [
    '#panic() #read("/etc/hostname") #image("page.typ") $x^2$ = not a heading',
    "<b>unclosed <script>alert(1)</script> \\ * _ ` ~ @ref // comment /* */ [name] {x}",
    '#import "@preview/cetz:0.3.0"',
    '"; #sys.inputs',
]


@pytest.mark.parametrize("text", EVIL)
def test_what_looks_like_markup_is_text(text: str) -> None:
    assert "".join(text.split()) in "".join(read(pdf.draw("supervision", data(text))).split())


@pytest.mark.parametrize(
    "text",
    ["Grüße, Čeština, Ελληνικά, Кириллица", "中文 日本語 한국어", "ሰላም ⴰⵎⴰⵣⵉⵖ", "☃ ★ → ∑", "“quoted” – dash…"],
)
def test_every_script_survives(text: str) -> None:
    assert text in read(pdf.draw("supervision", data(text)))


@pytest.mark.parametrize("text", ["नमस्ते", "مرحبا بالعالم", "שלום", "สวัสดี", "தமிழ்"])
def test_letters_that_join_survive(text: str) -> None:
    """A reader of PDFs may give the parts of a joined letter in another order, or twice."""
    found = unicodedata.normalize("NFKC", read(pdf.draw("supervision", data(text))))
    assert set(text) <= set(found)
    assert drawing.BOX not in found


def test_an_emoji_stays_one_also_of_a_phone_that_is_newer_than_this_python() -> None:
    found = read(pdf.draw("supervision", data("so 😀 and \U0001fae8 and 👩‍👩‍👧 \ue000\x07\uffff end")))
    assert "so 😀 and \U0001fae8 and 👩" in found
    assert "👧" in found and "end" in found and drawing.BOX not in found


def test_a_sign_without_a_letter_is_a_box_or_has_its_name() -> None:
    found = read(pdf.draw("supervision", data("so \U00012000 and \U0001faff end")))
    assert f"so {drawing.BOX} and {drawing.BOX} end" in found
    assert drawing._instead("😀") == "(grinning face)"


def drawings(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """The templates that were drawn for it, one after the other."""
    drawn: list[str] = []
    original = drawing._compile

    def counted(template: str, shown: Any) -> bytes | str:
        drawn.append(template)
        return original(template, shown)

    with monkeypatch.context() as patched:
        patched.setattr(drawing, "_compile", counted)
        assert pdf.draw("supervision", data(text)).startswith(b"%PDF-")
    return drawn


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "so 😀🐶🌍🎉🚀 and 👩‍👩‍👧 \ue000",
        "नमस्ते 中文 e\u0301 😀",
        "".join(map(chr, range(0x12000, 0x120A0))),
    ],
)
def test_signs_without_a_letter_cost_no_drawing_of_the_document(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    assert drawings(monkeypatch, text).count("supervision") == 1


def test_signs_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_THERE", set())
    assert drawings(monkeypatch, "so ½ and …") == ["signs", "supervision"]
    assert drawings(monkeypatch, "½ … ½") == ["supervision"]
    without = "so ½ and \U00012000"
    for _ in range(2):
        assert drawings(monkeypatch, without) == ["signs", "signs", "supervision"]
    assert f"so ½ and {drawing.BOX}" in read(pdf.draw("supervision", data(without)))


def test_the_document_is_drawn_three_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_signs", lambda text: iter(()))
    drawn = drawings(monkeypatch, "".join(map(chr, range(0x12000, 0x120A0))))
    assert drawn == ["supervision"] * 3


def test_what_cannot_be_printed_is_left_out() -> None:
    """What turns the direction of reading, too: one sign would show a whole line backwards."""
    found = read(pdf.draw("supervision", data("one\r\ntwo\tthree \u202efour\u2066 five\x00\x07")))
    assert "one\ntwo three four five" in found


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@example("\u200d)\u200d")
@example("")
@example("\n\n\n")
@example("".join(map(chr, range(0x12000, 0x120A0))))
def test_nothing_makes_a_page_fail(text: str) -> None:
    assert pdf.draw("supervision", data(text, text[::-1])).startswith(b"%PDF-")


def test_it_is_tagged_undated_and_in_our_letters() -> None:
    made = pdf.draw("supervision", data("words", "more " * 2000))
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) > 1
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Notes for supervision"
    assert reader.metadata.creation_date is None and reader.metadata.author is None
    assert b"pdfuaid:part" in made or "pdfuaid" in str(
        reader.xmp_metadata and reader.xmp_metadata.stream.get_data()
    )
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert all("AtkinsonHyperlegible" in font for font in fonts), fonts
    assert b"/EmbeddedFile" not in made


def test_another_fault_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError):
        pdf.draw("supervision", {"title": "no sessions"})
