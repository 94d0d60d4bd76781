"""Every string that a client can read keeps the project's words, is easy to read, and is in the catalogue."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from app.core import catalogue
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from tests.language import MEASURED_FROM_WORDS, not_said, reading_grade, syllables, words

HOUSE = Path(__file__).parents[1]
FILES = sorted(catalogue.LOCALES.glob("*/*.ftl"))
ENGLISH = [path for path in FILES if path.parent.name == "en"]
SNAPSHOT = Path(__file__).parent / "safety_snapshot.json"
GRADE_OF_A_FILE = 7.0  # a reading age of about 12
GRADE_OF_A_STRING = 9.5  # one longer string may be harder than its neighbours, but not by much


def strings(path: Path) -> Iterator[tuple[str, str]]:
    """(key, text) for every message: once with the default variants, and once more for each other variant."""
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, fluent.Message | fluent.Term):
            for pattern in (entry.value, *(attribute.value for attribute in entry.attributes)):
                if pattern is not None:
                    yield from ((entry.id.name, text) for text in _readings(pattern))


def _readings(pattern: fluent.Pattern) -> list[str]:
    """The pattern as a person reads it. Variables become a number, which is a word like any other."""
    whole = ""
    others: list[str] = []
    for element in pattern.elements:
        if isinstance(element, fluent.TextElement):
            whole += element.value
        elif isinstance(element.expression, fluent.StringLiteral):
            whole += element.expression.parse()["value"]
        elif isinstance(element.expression, fluent.SelectExpression):
            for variant in element.expression.variants:
                first, *more = _readings(variant.value)
                others += [*more, first] if not variant.default else more
                whole += first if variant.default else ""
        else:
            whole += "7"
    return [whole, *others]


def english() -> Iterator[tuple[str, str, str]]:
    for path in ENGLISH:
        for key, text in strings(path):
            yield path.name, key, text


def test_every_catalogue_file_parses_and_no_key_is_twice() -> None:
    for locale in catalogue.locales():
        catalogue.check(catalogue.LOCALES / locale)


def test_every_locale_has_the_same_keys() -> None:
    keys = {
        locale: {key for path in FILES if path.parent.name == locale for key, _ in strings(path)}
        for locale in catalogue.locales()
    }
    for locale, found in keys.items():
        assert found == keys["en"], locale


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.name)
def test_no_string_says_what_we_do_not_say(path: Path) -> None:
    broken = [
        f"{key}: {', '.join(rules)}: {text}"
        for key, text in strings(path)
        if not key.startswith("safety-") and (rules := not_said(text))
    ]
    assert broken == []


def test_safety_texts_are_pinned() -> None:
    """Exempt from the word list, and so pinned word for word: a change is made in two places, on purpose."""
    pinned = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    found = {
        entry.id.name: " ".join(path.read_text(encoding="utf-8")[entry.span.start : entry.span.end].split())
        for path in ENGLISH
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body
        if isinstance(entry, fluent.Message) and entry.span and entry.id.name.startswith("safety-")
    }
    assert found == pinned


SHARED = HOUSE.parent / "shared"
VERBATIM = {
    "MEDICINES.md": (
        "safety-fits-question",
        "safety-skipping",
        "safety-dose-not-taken",
        "safety-little-sleep",
        "safety-contact",
        "safety-not-reviewed",
        "safety-prescriber-told",
        "safety-chip",
        "safety-grade-emergency",
        "safety-grade-visit",
    ),
    "ANALYSIS.md": ("safety-weeks-and-months", "safety-gate-as-needed", "safety-as-needed", "safety-gap-effect"),
    "crisis_lines.json": ("card-emergency-text",),
}


@pytest.mark.skipif(not SHARED.exists(), reason="the project's shared folder is not here")
def test_whole_safety_texts_stand_in_the_plan_word_for_word() -> None:
    for name, keys in VERBATIM.items():
        plan = " ".join((SHARED / name).read_text(encoding="utf-8").split())
        for key in keys:
            assert catalogue.text(key) in plan, key


def test_no_exclamation_mark_even_in_pinned_texts() -> None:
    assert [key for _, key, text in english() if "!" in text] == []


def test_quotes_are_curly_outside_pinned_texts() -> None:
    straight = [f"{name} {key}: {text}" for name, key, text in english() if re.search(r"[\"']", text)]
    assert [line for line in straight if " safety-" not in line] == []


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.name)
def test_quotes_and_apostrophes_are_curly(path: Path) -> None:
    """But for the pinned texts, which keep what the plan has."""
    straight = [
        f"{key}: {text}" for key, text in strings(path) if not key.startswith("safety-") and straight_in(text)
    ]
    assert straight == []


def straight_in(text: str) -> bool:
    return '"' in text or "'" in text


def test_planted_straight_quotes_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x.ftl"
    path.write_text('a = { $n ->\n    [one] Don\'t\n   *[other] { "" }“fine”, isn’t it\n }\nb = a "word"\n')
    assert [straight_in(text) for _, text in strings(path)] == [False, True, True]


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.name)
def test_each_file_reads_at_about_12(path: Path) -> None:
    longer = [text for _, text in strings(path) if len(words(text)) >= MEASURED_FROM_WORDS]
    if longer:
        assert reading_grade(" ".join(f"{text}." for text in longer)) <= GRADE_OF_A_FILE


def test_no_longer_string_of_ours_is_hard_to_read() -> None:
    hard = [
        f"{name} {key} ({reading_grade(text):.1f}): {text}"
        for name, key, text in english()
        if not key.startswith("safety-")
        and len(words(text)) >= MEASURED_FROM_WORDS
        and reading_grade(text) > GRADE_OF_A_STRING
    ]
    assert hard == []


def test_what_the_fact_files_say_keeps_to_the_words_too() -> None:
    """The sources' summaries are shown beside the gate."""
    data = tomllib.loads((HOUSE / "app" / "data" / "medicines.toml").read_text(encoding="utf-8"))
    says = [source["says"] for source in data["source"].values()]
    assert [(text, rules) for text in says if (rules := not_said(text))] == []


def test_every_problem_code_has_its_sentence() -> None:
    """Codes as the code names them: the defaults of the exceptions, and what is raised or answered by name."""
    by_default = r'code: str = "([a-z-]+)"'
    by_name = r'(?:Refused|Conflict|Invalid|problem)\((?:\d+, )?"([a-z]+(?:-[a-z]+)*)"'
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((HOUSE / "app").rglob("*.py")))
    codes = {*re.findall(by_default, source), *re.findall(by_name, source)}
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not catalogue.has(f"error-{code}")] == []


def test_cannot_tell_is_never_no_difference() -> None:
    for _, key, text in english():
        if "cannot-tell" in key:
            assert "no difference" not in text.replace("no difference at all", "")


def test_sentence_case() -> None:
    """No Title Case Labels: no second word with a capital, but for names."""
    names = {"Fortnight", "I", "SMS", "MAOI", "Z", "CSV", "PDF", "JSON"}
    shouting = [
        f"{key}: {text}"
        for _, key, text in english()
        if (rest := re.findall(r"(?<=[a-z] )([A-Z][\w-]*)", text))
        and all(word not in names for word in rest)
        and len(rest) >= len(words(text)) - 1
        and len(words(text)) > 1
    ]
    assert shouting == []


# Strings that would go round the catalogue. Honest limits: what a program puts together at run time is not seen.

PAGES = [*sorted((HOUSE / "frontend" / "src").rglob("*.svelte"))]
SPOKEN = r"(?:aria-label|aria-description|placeholder|title|alt|label|legend|hint|text)"


def bare_text(page: str) -> list[str]:
    """Letters in text nodes and spoken attributes of a Svelte page, outside of {expressions}."""
    page = re.sub(
        r"<(script|style)\b.*?</\1>|<!--.*?-->|<svelte:head>.*?</svelte:head>", "", page, flags=re.DOTALL
    )
    while (shorter := re.sub(r"\{[^{}]*\}", "", page)) != page:
        page = shorter
    spoken = re.findall(rf"\s{SPOKEN}=\"([^\"]*[A-Za-z][^\"]*)\"", page)
    page = re.sub(r"=>", "", page)
    nodes = [node.strip() for node in re.findall(r">([^<>]*)<", re.sub(r"\"[^\"]*\"", "", page))]
    return spoken + [node for node in nodes if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", node))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_screen_has_words_of_its_own(path: Path) -> None:
    assert bare_text(path.read_text(encoding="utf-8")) == []


SENTENCE = re.compile(r"^[A-Z][a-z’']* [a-z][\w’',:;-]*( [\w’',:;-]+)+[.?…]?$")
ROOMS = ("api", "services", "domain", "rendering", "models")
# What the invented people of the demo wrote is theirs: Fortnight says none of it.
NOT_OURS = {"demo_people.py", "demo_sharing.py", "metrics.py", "push_set_up.py"}  # the last two speak to operators


def python_sentences(source: str) -> list[str]:
    """String constants that read like sentences to a person, outside docstrings and raised or logged errors."""
    tree = ast.parse(source)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            lone = [child.value for child in body if isinstance(child, ast.Expr)]
            silent |= {value for value in lone if isinstance(value, ast.Constant)}
        if isinstance(node, ast.Raise | ast.Assert):
            silent |= set(ast.walk(node))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in {"log", "logger", "warnings"}:
            silent |= set(ast.walk(node))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in silent
        and SENTENCE.match(node.value)
    ]


def test_no_sentence_in_python_goes_round_the_catalogue() -> None:
    found = {
        str(path.relative_to(HOUSE)): said
        for room in ROOMS
        for path in sorted((HOUSE / "app" / room).rglob("*.py"))
        if path.name not in NOT_OURS
        if (said := python_sentences(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def typescript_sentences(source: str) -> list[str]:
    """The same for TypeScript, outside comments, thrown errors and the console."""
    source = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", source, flags=re.DOTALL)
    source = re.sub(r"(?:new \w*(?:Error|Exception)|console\.\w+)\((?:[^()]|\([^()]*\))*\)", "", source)
    quoted = re.findall(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`", source)
    return [text for texts in quoted for text in texts if SENTENCE.match(text)]


def test_no_sentence_in_typescript_goes_round_the_catalogue() -> None:
    found = {
        str(path.relative_to(HOUSE)): said
        for path in sorted((HOUSE / "frontend" / "src").rglob("*.ts"))
        if not path.name.endswith((".test.ts", ".d.ts"))
        and (said := typescript_sentences(path.read_text(encoding="utf-8")))
    }
    assert found == {}


# Teeth: what is planted is found.


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("You missed a dose", "missed"),
        ("Two doses skipped", "skipped"),
        ("Your adherence this week", "adherence"),
        ("You should rest", "should"),
        ("You must answer", "must"),
        ("You need to log in", "need to"),
        ("Remember to take it", "remember to"),
        ("Start your trial", "trial"),
        ("Your treatment", "treatment"),
        ("We monitor nothing", "monitor"),
        ("Bad days", "good or bad days"),
        ("The difference is not significant", "significant"),
        ("So it works", "it works"),
        ("The medicine causes fog", "causes"),
        ("Mood improves", "improves"),
        ("Lower because of the medicine", "because of"),
        ("It is safe to skip", "safe to"),
        ("3 more days without it", "more days"),
        ("Take your medicine now", "dose advice"),
        ("Well done", "praise"),
        ("Day 7 of your streak", "streak"),
        ("Saved!", "exclamation mark"),
        ("Your adher\u00adence", "adherence"),
    ],
)
def test_planted_words_are_caught(planted: str, rule: str) -> None:
    assert rule in not_said(planted)


@pytest.mark.parametrize(
    "fine", ["not taken", "a dose not taken", "Nobody watches this", "an experiment", "my work"]
)
def test_our_own_words_are_not_caught(fine: str) -> None:
    assert not_said(fine) == ()


def test_a_word_hidden_in_a_variant_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "x.ftl"
    path.write_text("a = { $n ->\n    [one] One missed\n   *[other] { $n } days\n }\n")
    assert any("missed" in not_said(text) for _, text in strings(path))


def test_hard_sentences_measure_as_hard() -> None:
    hard = "Discontinuation of pharmacological interventions necessitates interdisciplinary coordination."
    easy = "You can stop at any time. What you wrote stays here. It is yours to keep or to take away."
    assert reading_grade(hard) > 15
    assert reading_grade(easy) < 4
    counted = {"day": 1, "table": 2, "same": 1, "medicine": 3, "prescriber": 3, "noticed": 2}
    assert {word: syllables(word) for word in counted} == counted


def test_planted_bare_text_is_found() -> None:
    assert bare_text("<p>Hello you</p>") == ["Hello you"]
    assert bare_text('<button aria-label="Close this">{t("x")}</button>') == ["Close this"]
    assert bare_text('<p>{#if a > 1}{t("x")}{:else}two words{/if}</p>') == ["two words"]
    assert bare_text('<p class="big">{t("a")} · {n}</p><script>let a = "words here";</script>') == []
    assert python_sentences('x = {"detail": "This is not in the catalogue."}') == ["This is not in the catalogue."]
    assert python_sentences('"""This is a docstring of it."""\nraise ValueError("This is for us alone")') == []
    assert typescript_sentences('const a = "This is not in it";') == ["This is not in it"]
    assert typescript_sentences('// "This is a comment only"\nthrow new Error("This is for us alone");') == []
