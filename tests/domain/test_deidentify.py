"""Nothing planted survives, nothing else is touched, twice is once; in any script, and in time with the text."""

import re
import time
import unicodedata

import pytest
from app.domain import deidentify
from app.domain.deidentify import joined
from app.domain.identifiers import KINDS
from hypothesis import example, given
from hypothesis import strategies as st

NAMES = ["Anna Berg", "R.", "Dr. José Brandt", "李明", "Jo", "מירב עמית", "Łukasz", "Søren", "🌸", "👩🏽‍🦱"]
RULES = deidentify.make(NAMES, ["the bakery", "Blue Lamp"])


def said(text: str) -> str:
    return joined(RULES.apply(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna's mother, ANNA BERG, Annas dog.", "[name]'s mother, [name], [name] dog."),
        ("Annabel and the bergs stay with Rita.", "Annabel and the [name] stay with Rita."),
        ("R. said that Rita and Jo came; so did Joanna.", "[name] said that Rita and [name] came; so did Joanna."),
        ("Dr Brandt, José, jose, JOSE\u0301, Jo\u00adsé", "Dr [name], [name], [name], [name], [name]"),
        ("Dr. Weber and Mrs Ida Lang-Roth; a dr. from Rome", "Dr. [name] and Mrs [name]; a dr. from Rome"),
        ("Frau Özil, the doctor. Then I left.", "Frau [name], the doctor. Then I left."),
        ("我见李明了", "我见[name]了"),
        ("ומירב וגם לעמית", "ו[name] וגם ל[name]"),
        ("Lukasz and ŁUKASZ, Łukasz; Soren", "[name] and [name], [name]; [name]"),
        ("👩🏽‍🦱 said, 🌸🌸", "[name] said, [name][name]"),
        ("to anna.berg@example.org: see https://x.org/a?b=1.", "to [e-mail]: see [link]."),
        ("www.example.de, example.com/abc and @anna_b", "[link], [link] and [account]"),
        ("at practice-mueller.de. Then", "at [link]. Then"),
        ("See example.co.uk.", "See [link]."),
        ("Mueller.De, EXAMPLE.COM/a, example.com-based", "[link], [link], [link]-based"),
        ("fine.It was 3.5 or so. Well...no.", "fine.It was 3.5 or so. Well...no."),
        ("2026-03-12, 12.3.2026 10:30, 12/3/26", "[date], [date], [date]"),
        ("12 March 2026, the 3rd of May, March 12, June 2025", "[date], the [date], [date], [date]"),
        ("12 März 2024, im 12. Mai, 3. Dezember", "[date], im [date], [date]"),
        ("on 12.3. she left, vom 12.3.-15.3. (1.12.)", "on [date] she left, vom [date]-[date] ([date])"),
        ("am 12.3. Dann, seit 1. 4.", "am [date] Dann, seit [date]"),
        ("born 05/1990, in 1990-05.", "born [date], in [date]."),
        ("I slept 7.5. Then 32.3. and 12.13. or 1.2.3.", "I slept 7.5. Then 32.3. and 12.13. or 1.2.3."),
        ("3/5, 12/3, 12.3, v2.10, 5/1990 and 2010-13", "3/5, 12/3, 12.3, v2.10, 5/1990 and 2010-13"),
        ("２０２６－０３－１２ and ١٢/٣/٢٠٢٦", "[date] and [date]"),
        ("she may 10 times, in March, in 2025", "she may 10 times, in March, in 2025"),
        ("+49 (0)30 1234567, 555-123-4567", "[phone], [phone]"),
        ("7 8 7 6 5 4 3 2 and 5/10, 120/80 at 22:10", "7 8 7 6 5 4 3 2 and 5/10, 120/80 at 22:10"),
        ("93 years old, aged 91, 89 years old", "[over 89] years old, aged [over 89], 89 years old"),
        ("born in 1931, moved in 1960", "born in [year of birth], moved in 1960"),
        ("12 Baker Street, Hauptstraße 5, PO Box 12", "[address], [address], [address]"),
        ("SW1A 1AA, K1A 0B1, 90210, AB123456", "[postcode], [postcode], [number], [number]"),
        ("at 10.0.0.12 the  Bakery", "at [number] [removed]"),
        ("in the blue  lamp; BLUE LAMPS", "in the [removed]; BLUE LAMPS"),
        ("", ""),
    ],
)
def test_what_goes_and_what_stays(text: str, left: str) -> None:
    assert said(text) == left
    assert said(left) == left


def test_what_touches_goes_together() -> None:
    assert said("a party at the bakery.org@example.org") == "a party at [removed]"
    assert said("12.3.2026 0170 1234567") == "[date] [phone]"
    assert said("Anna2026-03-12") == "[name][date]", "what was glued to it is looked at again"


def test_what_stands_instead_means_itself() -> None:
    """Also where somebody is called like it."""
    rules = deidentify.make(["Name Date"], ["removed"])
    left = joined(rules.apply("[name], [date] and [removed]: Date is removed"))
    assert left == "[name], [date] and [removed]: [name] is [removed]"


def test_every_kind_has_its_pattern() -> None:
    text = (
        "the bakery a@b.org www.a.org @abc 1.2.2026 born in 1931 aged 95 1 High Street SW1A 1AA Anna "
        "+49 30 1234567, 123456"
    )
    assert {piece.kind for piece in RULES.apply(text)} == {None, *KINDS}


# Whatever the text -----------------------------------------------------------------------------------------------

PLANTED = [
    *("Anna Berg", "anna", "BERG's", "Brandt", "josé", "the Bakery", "anna.berg@example.org", "@anna_berg"),
    *("https://example.org/anna", "2026-03-12", "12.3.2026", "12/3/2026", "12 March 2026", "March 12", "李明"),
    *("+49 30 1234567", "0170-1234567", "12 Baker Street", "SW1A 1AA", "192.168.10.12", "1234567890"),
]
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
dangerous = st.text(
    st.sampled_from("Ana Brg'’.@+-/()[]0123\u0301\u200d\u00ad\u202eßſİ李明नी😀<&#$*_`\\\n"), max_size=60
)
texts = anything | dangerous


@given(texts, st.sampled_from(PLANTED), texts)
def test_nothing_planted_survives(before: str, planted: str, after: str) -> None:
    left = said(f"{before} {planted} {after}")
    again = re.sub("|".join(re.escape(f"[{kind}]") for kind in KINDS), "\0", left)
    whole = f"{before} \0 {after}"
    assert again.count(planted) <= whole.count(planted)
    kept = [piece.text for piece in RULES.apply(f"{before} {planted} {after}") if piece.kind is None]
    assert not any(planted in text for text in kept)


@given(texts)
@example("[name]")
@example("[[name]]Anna12345")
@example("Anna" * 50 + "12345")
def test_twice_is_once_and_what_is_kept_is_kept_byte_for_byte(text: str) -> None:
    pieces = RULES.apply(text)
    assert "".join(piece.text for piece in pieces) == text
    assert said(joined(pieces)) == joined(pieces)
    assert all(piece.text for piece in pieces)


@given(st.text(st.sampled_from("abc deé नमस्ते مرحبا 中文 \n,;!?"), max_size=300))
def test_what_is_no_identifier_stays(text: str) -> None:
    assert said(text) == text


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4), texts)
def test_any_name_and_any_word_can_be_given(names: list[str], remove: list[str], text: str) -> None:
    rules = deidentify.make(names, remove)
    left = joined(rules.apply(text))
    assert joined(rules.apply(left)) == left
    assert joined(rules.apply(text.replace("[", "("))) == joined(rules.apply(text.replace("[", "(")))


@given(
    st.sampled_from(["Anna", "Brandt", "José"]), st.sampled_from(["NFC", "NFD"]), st.sampled_from("'’.,;:!?)\n ")
)
def test_a_name_is_found_however_it_is_spelt(name: str, form: str, after: str) -> None:
    for spelt in (name, name.upper(), name.lower(), "\u200b".join(name)):
        kept = said(f"so {unicodedata.normalize(form, spelt)}{after}came")  # type: ignore[arg-type]
        assert kept == f"so [name]{after}came"


@pytest.mark.parametrize("unseen", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200b" * 2])
def test_what_cannot_be_seen_makes_no_difference_in_a_name(unseen: str) -> None:
    for spelt in (f"Anna{unseen}Berg", f"Anna{unseen} Berg", f"An{unseen}na Be{unseen}rg{unseen}"):
        assert said(f"so {spelt} came") == "so [name] came"
    assert said(f"Anna{unseen}came, the{unseen}bakery") == f"[name]{unseen}came, [removed]"


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a.",
        "@",
        "a@",
        "1.",
        "1 ",
        "+(",
        "A ",
        "Anna",
        "anna 1",
        "\u0301",
        "March ",
        "[name",
        "www.",
        "0",
        "x'",
        "-",
        "a-",
        "a.b-",
        ".de",
        "a.de.",
        "a--.",
        "1.2.",
        "\u200b",
        "Anna\u200b",
    ],
)
def test_a_long_text_takes_its_time_and_no_more(unit: str) -> None:
    """Steps, not seconds: ten times the text in far less than a hundred times the time."""

    def takes(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.thread_time()  # what others do meanwhile on this machine does not count
        RULES.apply(text)
        return time.thread_time() - began

    takes(1000)
    short, long = min(takes(3000) for _ in range(3)), min(takes(30000) for _ in range(2))
    assert long < 50 * short + 0.05
