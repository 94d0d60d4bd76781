"""The medicine-fit gate: `compare` is reached only by the listed paths, and nothing is guessed."""

from itertools import chain, combinations, product

import pytest
from app.core import catalogue
from app.domain.medicines import Gate, Pattern, gate, look_up
from app.services.medicine_table import medicine_table, suggestions
from hypothesis import given
from hypothesis import strategies as st

TABLE = medicine_table()
FITS = (
    "under_18",
    "pregnant",
    "bipolar_or_psychosis",
    "past_seizure",
    "recent_attempt_or_hospital",
    "other_medicine_changed",
    "rather_not_say",
    "none",
)
WAYS_IN = ("every_day", "some_days", "stopped", "never_started", "rather_not_say", None)


def ask(medicine: str | None, **given_: object) -> Gate:
    """A gate where nothing but the medicine stands in the way, unless said otherwise."""
    said: dict[str, object] = {
        "pattern": "daily",
        "fits": ["none"],
        "prescriber_told": False,
        "way_in": "every_day",
        "length_days": 14,
    }
    return gate(TABLE, medicine, **{**said, **given_})  # type: ignore[arg-type]


# (generic name, action daily, action now and then): every row of the project's table.
ROWS = [
    ("lithium", "O", "O"),
    ("clozapine", "O", "O"),
    ("alprazolam", "O", "O"),
    ("lorazepam", "O", "O"),
    ("clonazepam", "O", "O"),
    ("diazepam", "O", "O"),
    ("zopiclone", "O", "O"),
    ("zolpidem", "O", "O"),
    ("lamotrigine", "O", "O"),
    ("valproate", "O", "O"),
    ("carbamazepine", "O", "O"),
    ("topiramate", "O", "O"),
    ("phenelzine", "O", "O"),
    ("moclobemide", "O", "O"),
    ("clonidine", "O", "O"),
    ("guanfacine", "O", "O"),
    ("prazosin", "O", "O"),
    ("doxazosin", "O", "O"),
    ("disulfiram", "O", "O"),
    ("naltrexone", "O", "O"),
    ("propranolol", "O", "C"),
    ("methadone", "O", "O"),
    ("buprenorphine", "O", "O"),
    ("tramadol", "O", "O"),
    ("gabapentin", "O", "O"),
    ("pregabalin", "O", "O"),
    ("quetiapine", "P", "P"),
    ("risperidone", "P", "P"),
    ("olanzapine", "P", "P"),
    ("aripiprazole", "N", "N"),
    ("cariprazine", "N", "N"),
    ("paliperidone palmitate", "N", "N"),
    ("paroxetine", "P", "P"),
    ("venlafaxine", "P", "P"),
    ("desvenlafaxine", "P", "P"),
    ("duloxetine", "P", "P"),
    ("fluvoxamine", "P", "P"),
    ("sertraline", "P", "P"),
    ("citalopram", "P", "P"),
    ("escitalopram", "P", "P"),
    ("mirtazapine", "P", "P"),
    ("amitriptyline", "P", "P"),
    ("clomipramine", "P", "P"),
    ("trazodone", "P", "P"),
    ("bupropion", "P", "P"),
    ("fluoxetine", "N", "N"),
    ("vortioxetine", "N", "N"),
    ("atomoxetine", "P", "P"),
    ("methylphenidate", "C", "C"),
    ("lisdexamfetamine", "C", "C"),
    ("hydroxyzine", "O", "C"),
    ("melatonin", "O", "C"),
]

HALF_LIVES = {
    "lithium": (18, 36),
    "clozapine": (12, 12),
    "alprazolam": (11, 11),
    "lorazepam": (12, 14),
    "clonazepam": (30, 40),
    "clonidine": (12, 17),
    "prazosin": (2, 3),
    "doxazosin": (22, 22),
    "disulfiram": (60, 120),
    "naltrexone": (4, 13),
    "propranolol": (3, 6),
    "methadone": (8, 59),
    "buprenorphine": (24, 42),
    "pregabalin": (5, 7),
    "quetiapine": (7, 7),
    "risperidone": (20, 20),
    "olanzapine": (30, 30),
    "aripiprazole": (75, 75),
    "paroxetine": (21, 21),
    "venlafaxine": (3, 13),
    "desvenlafaxine": (11, 11),
    "duloxetine": (12, 12),
    "fluvoxamine": (16, 16),
    "sertraline": (26, 26),
    "citalopram": (35, 35),
    "escitalopram": (30, 30),
    "mirtazapine": (20, 40),
    "nortriptyline": (10, 40),
    "trazodone": (5, 9),
    "bupropion": (21, 21),
    "fluoxetine": (96, 384),
    "vortioxetine": (66, 66),
    "atomoxetine": (5, 21),
    "methylphenidate": (2, 4),
    "lisdexamfetamine": (10, 13),
    "hydroxyzine": (20, 20),
    "melatonin": (1, 6),
}


@pytest.mark.parametrize(("medicine", "daily", "as_needed"), ROWS)
def test_every_row_has_its_action(medicine: str, daily: str, as_needed: str) -> None:
    assert ask(medicine, pattern="daily").action == daily
    assert ask(medicine, pattern="as_needed").action == as_needed
    assert ask(medicine, pattern=None).action == ("O" if "O" in (daily, as_needed) else daily)


@pytest.mark.parametrize(("medicine", "hours"), HALF_LIVES.items())
def test_half_lives_are_those_of_the_table(medicine: str, hours: tuple[float, float]) -> None:
    half_life = ask(medicine).half_life
    assert half_life is not None
    assert (half_life.low_h, half_life.high_h) == hours


def test_a_half_life_over_40_hours_is_never_understated() -> None:
    for medicine in ("diazepam", "clomipramine"):
        half_life = ask(medicine).half_life
        assert half_life is not None
        assert half_life.high_h > 40


def _all_fits() -> list[list[str] | None]:
    return [None, *(list(chosen) for chosen in chain.from_iterable(combinations(FITS, n) for n in (0, 1, 2)))]


def _may_compare(medicine: str, pattern: Pattern | None, fits: list[str] | None, told: bool) -> bool:
    """The listed paths, written a second time from the table, for people in a fortnight of 14 days."""
    kind = look_up(TABLE, medicine)
    assert kind is not None
    if kind.half_life is None:
        return False
    only = set(fits or []) - {"none"}
    if not fits or only - {"bipolar_or_psychosis"}:
        return False
    if kind.class_key in {"beta-blocker", "as-needed"}:
        return pattern == "as_needed" and (told or not only)
    prescriber_first = {"antipsychotic", "short-antidepressant", "antidepressant", "bupropion", "atomoxetine"}
    return told and kind.class_key in prescriber_first | {"stimulant"}


def test_compare_is_reached_only_by_the_listed_paths() -> None:
    one_each = {medicine.class_key: medicine.name for medicine in suggestions(TABLE) if medicine.half_life}
    no_half_life = {medicine.class_key: medicine.name for medicine in suggestions(TABLE) if not medicine.half_life}
    seen = {"compare": 0, "notice_only": 0}
    patterns: tuple[Pattern | None, ...] = ("daily", "as_needed", None)
    medicines = sorted({*one_each.values(), *no_half_life.values()})
    told_or_not = (False, True)
    for medicine, pattern, fits, told, way_in, length in product(
        medicines, patterns, _all_fits(), told_or_not, WAYS_IN, (9, 10, 14)
    ):
        found = ask(medicine, pattern=pattern, fits=fits, prescriber_told=told, way_in=way_in, length_days=length)
        wanted = (
            way_in not in {"stopped", "never_started"}
            and length >= 10
            and _may_compare(medicine, pattern, fits, told)
        )
        assert (found.mode == "compare") is wanted, (medicine, pattern, fits, told, way_in, length)
        assert (found.blocked_by is None) is wanted
        assert bool(found.caps) is (wanted and (found.action == "P" or pattern == "as_needed"))
        assert not (found.mode == "compare" and found.action in {"O", "N"})
        seen[found.mode] += 1
    assert min(seen.values()) > 400


@given(st.text(max_size=40), st.sampled_from(["daily", "as_needed", None]), st.booleans())
def test_no_medicine_or_an_unknown_one_is_notice_only(name: str, pattern: Pattern | None, told: bool) -> None:
    if look_up(TABLE, name) is not None:
        return
    found = ask(name, pattern=pattern, prescriber_told=told)
    assert (found.action, found.mode, found.known, found.caps) == ("O", "notice_only", False, ())


@pytest.mark.parametrize("fits", [[name] for name in FITS if name not in {"none", "bipolar_or_psychosis"}])
def test_any_other_answer_but_none_makes_it_observe_only(fits: list[str]) -> None:
    for medicine in ("methylphenidate", "sertraline", "fluoxetine"):
        assert ask(medicine, fits=fits, prescriber_told=True).action == "O"
    assert ask("methylphenidate", fits=None, prescriber_told=True).action == "O"
    assert ask("methylphenidate", fits=[], prescriber_told=True).action == "O"


def test_bipolar_or_psychosis_is_at_least_prescriber_first() -> None:
    found = ask("melatonin", pattern="as_needed", fits=["bipolar_or_psychosis"], prescriber_told=True)
    assert (found.action, found.mode) == ("P", "compare")
    assert found.caps == ("prescriber_first", "as_needed")
    assert ask("melatonin", pattern="as_needed", fits=["bipolar_or_psychosis"]).mode == "notice_only"
    assert ask("lithium", fits=["bipolar_or_psychosis"]).action == "O"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sertraline 50 mg", "sertraline"),
        ("SERTRALINE hydrochloride tablets 100mg", "sertraline"),
        ("  sertraline  ", "sertraline"),
        ("Sértraline", "sertraline"),
        ("Lithium carbonate 400 mg", "lithium"),
        ("Sodium valproate", "valproate"),
        ("valproate sodium", "valproate"),
        ("amphetamine", "amfetamine"),
        ("Dextroamphetamine", "dexamfetamine"),
        ("Venlafaxine XL 75 mg", "venlafaxine"),
        ("buprenorphine/naloxone", "buprenorphine"),
        ("melatonin 2 mg prolonged release", "melatonin"),
    ],
)
def test_names_are_found_however_they_are_written(typed: str, name: str) -> None:
    found = look_up(TABLE, typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "typed",
    ["", " ", "50 mg", "sertralin", "sertralina", "sertraline and quetiapine", "sertraline/quetiapine",
     "olanzapine fluoxetine", "not sertraline", "my pill", "lithum", "paroxetine or sertraline", "mg", "sodium"],
)  # fmt: skip
def test_near_misses_and_two_at_once_are_unknown(typed: str) -> None:
    assert look_up(TABLE, typed) is None


@pytest.mark.parametrize(
    ("typed", "action"),
    [("aripiprazole long-acting injection", "N"), ("Risperidone depot", "N"), ("haloperidol decanoate", "N"),
     ("naltrexone implant", "O"), ("clonidine patch", "O"), ("methylphenidate patch", "N")],
)  # fmt: skip
def test_injections_implants_and_patches_are_never_taken_for_tablets(typed: str, action: str) -> None:
    found = ask(typed, prescriber_told=True)
    assert (found.class_key, found.action, found.mode) == ("long-acting", action, "notice_only")


@pytest.mark.parametrize(
    "name",
    ["buprenorphine", "fentanyl", "clonidine", "selegiline", "methylphenidate", "naltrexone", "risperidone",
     "propranolol", "clonazepam"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["patch", "implant", "long-acting injection"])
def test_a_lasting_form_keeps_what_its_own_class_warns_of(name: str, form: str) -> None:
    tablets, lasting = ask(name), ask(f"{name} {form}")
    for kept in ("steps", "worrying", "own_line", "kinds", "facts", "offers_energy"):
        assert getattr(lasting, kept) == getattr(tablets, kept), kept
    assert lasting.reason.key == "medicine-reason-long-acting"
    assert (lasting.half_life, lasting.sources, lasting.needs_pattern) == (None, (), False)


def test_an_antipsychotic_list_is_shown_for_antipsychotics_alone() -> None:
    rigid = "fever-stiffness-confusion"
    assert rigid in [symptom.id for symptom in ask("haloperidol decanoate").worrying]
    assert rigid not in [symptom.id for symptom in ask("fentanyl patch").worrying]
    assert [step.say for step in ask("fentanyl patch").steps] == ["safety-gap-opioid"]


def test_the_medicine_own_lines_come_with_the_gate() -> None:
    assert [(step.after, step.unit) for step in ask("clozapine").steps] == [(2, "days")]
    assert [(step.after, step.unit) for step in ask("guanfacine").steps] == [(2, "doses")]
    assert [step.after for step in ask("lamotrigine").steps] == [3, 5]
    assert [step.after for step in ask("tramadol").steps] == [3]
    assert [step.after for step in ask("prazosin").steps] == [3]
    for medicine in ("lorazepam", "zolpidem", "pregabalin"):
        assert [step.after for step in ask(medicine, pattern="daily").steps] == [1]
        assert [step.after for step in ask(medicine, pattern=None).steps] == [1]
        assert ask(medicine, pattern="as_needed").steps == ()
    assert ask("sertraline").steps == ()


def test_the_standing_sentence_stands_first_for_antipsychotics() -> None:
    for medicine in ("quetiapine", "aripiprazole", "clozapine"):
        assert ask(medicine).texts[0].key == "safety-weeks-and-months"
    assert ask("sertraline").texts[0].key == "safety-skipping"


def test_energy_is_offered_with_antidepressants_and_stimulants() -> None:
    assert [ask(name).offers_energy for name in ("sertraline", "phenelzine", "methylphenidate")] == [True] * 3
    assert not ask("quetiapine").offers_energy


def test_a_source_is_named_only_with_the_day_it_was_read() -> None:
    for medicine in suggestions(TABLE):
        found = ask(medicine.name)
        assert found.reviewed_by_clinician is False
        assert all(source.url.startswith("http") and source.says for source in found.sources)
        assert (found.checked_on is None) is (found.confidence == "C")
        if not found.sources:
            assert found.confidence == "C"


def test_every_key_of_the_table_has_its_words() -> None:
    for kind in TABLE.classes.values():
        keys = [kind.name.key, kind.reason.key, *kind.facts, *(step.say for step in kind.steps)]
        keys += [kind.own_line] if kind.own_line else []
        keys += [f"safety-worrying-{symptom.id}" for symptom in (*kind.worrying, *TABLE.always_worrying)]
        for key in keys:
            assert catalogue.has(key), key
    for medicine, pattern, told in product(
        ("quetiapine", "hydroxyzine", "x", None), ("as_needed", None), (True, False)
    ):
        found = ask(medicine, pattern=pattern, prescriber_told=told)
        for say in (*found.texts, *found.facts, found.reason, found.class_name):
            assert catalogue.text(say)


@pytest.mark.parametrize(
    ("medicine", "pattern", "way", "says", "never_says"),
    [
        ("melatonin", None, "some_days", "medicine-pattern-open", "medicine-observe-only"),
        ("melatonin", "daily", "every_day", "medicine-daily", "medicine-observe-only"),
        ("propranolol", None, "some_days", "medicine-pattern-open", "medicine-observe-only"),
        ("propranolol", "daily", "every_day", "medicine-observe-only", "medicine-daily"),
        ("lorazepam", None, "some_days", "medicine-observe-only", "medicine-pattern-open"),
        ("sertraline", None, "never_started", "medicine-not-taking", "safety-skipping"),
        ("sertraline", None, "stopped", "safety-skipping", "medicine-observe-only"),
    ],
)
def test_a_gap_is_called_risky_only_where_one_is(
    medicine: str, pattern: Pattern | None, way: str, says: str, never_says: str
) -> None:
    keys = [said.key for said in ask(medicine, pattern=pattern, way_in=way).texts]
    assert says in keys
    assert never_says not in keys
