"""The medicine-fit gate: what may be compared for this medicine and this person. Pure.

`look_up` finds a medicine by its generic name and never guesses. `gate` is the only way to a mode:

    action   O observe only · P prescriber first · N not meaningful · C comparison can be meaningful
    mode     "compare" when the class allows it or the prescriber knows, and nothing else stands in the way;
             "notice_only" in every other case: unknown medicine, no medicine, no half-life on file (carry-over
             could not be computed), stopped or never started, under ten days.

The facts (`MedicineTable`) are read from `app/data/medicines.toml` by `app/services/medicine_table.py`.
Half-lives are approximate, in hours. Nothing here advises on a dose.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from app.domain.words import Say

Action = Literal["O", "P", "N", "C"]
Mode = Literal["compare", "notice_only"]
Pattern = Literal["daily", "as_needed"]
Grade = Literal["emergency", "today", "visit"]
Confidence = Literal["A", "B", "C"]
GateCap = Literal["prescriber_first", "as_needed"]

SHORTEST_COMPARED_DAYS = 10
_STRICTER: Mapping[Action, int] = {"C": 0, "P": 1, "N": 2, "O": 3}
_NOT_TAKING = ("stopped", "never_started")


@dataclass(frozen=True)
class Source:
    """A public page that was read on `checked_on`, and what it says in our words."""

    url: str
    says: str
    confidence: Confidence
    checked_on: date


@dataclass(frozen=True)
class HalfLife:
    """Hours. `high_h` is the longest of the range, an active metabolite included: carry-over uses it."""

    low_h: float
    high_h: float


@dataclass(frozen=True)
class Step:
    """The medicine's own line from `after` days (or doses) not taken in a row. `say` is a catalogue key."""

    after: int
    unit: Literal["days", "doses"]
    say: str
    daily_only: bool = False


@dataclass(frozen=True)
class Symptom:
    """One line behind the chip "something new or worrying", and how soon to seek help."""

    id: str
    grade: Grade


@dataclass(frozen=True)
class MedicineClass:
    key: str
    action: Action
    action_as_needed: Action | None = None
    asks_pattern: bool = False
    knows_first: bool = False
    own_line: str | None = None
    steps: tuple[Step, ...] = ()
    worrying: tuple[Symptom, ...] = ()
    kinds: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def name(self) -> Say:
        return Say(f"medicine-class-{self.key}")

    @property
    def reason(self) -> Say:
        return Say(f"medicine-reason-{self.key}")

    def action_for(self, pattern: Pattern | None) -> Action:
        """Unanswered is the stricter of the two: nobody is compared for not having said."""
        if self.action_as_needed is None or pattern == "daily":
            return self.action
        if pattern == "as_needed":
            return self.action_as_needed
        return max(self.action, self.action_as_needed, key=_STRICTER.__getitem__)


@dataclass(frozen=True)
class Medicine:
    name: str
    class_key: str
    half_life: HalfLife | None = None
    source: Source | None = None
    at_least: Action = "C"
    lasting_form_of: str | None = None
    """The class of its tablets, for an injection, implant or patch: what that class warns of goes for it too."""


@dataclass(frozen=True)
class MedicineTable:
    """All facts. `by_name` is keyed by `plain` names, spelling variants included."""

    classes: Mapping[str, MedicineClass]
    by_name: Mapping[str, Medicine]
    always_worrying: tuple[Symptom, ...]
    reviewed_by_clinician: bool


@dataclass(frozen=True)
class Gate:
    """What Fortnight may do with one medicine. Made by `gate` alone.

    `texts` in the order to show them; `blocked_by` is the first thing that stands in the way of a comparison
    (None in compare mode). `held`: nothing does any more, but something once did (see the function `held`).
    `high_h` of `half_life` is what carry-over is computed with. `confidence` is the worse of the reason's and the
    half-life's; `checked_on` is given only where both were read somewhere.
    """

    action: Action
    mode: Mode
    known: bool
    class_key: str | None
    class_name: Say
    reason: Say
    texts: tuple[Say, ...]
    blocked_by: Say | None
    needs_pattern: bool = False
    asks_prescriber: bool = False
    as_needed: bool = False
    held: bool = False
    caps: tuple[GateCap, ...] = ()
    half_life: HalfLife | None = None
    own_line: Say | None = None
    steps: tuple[Step, ...] = ()
    worrying: tuple[Symptom, ...] = ()
    facts: tuple[Say, ...] = ()
    kinds: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()
    confidence: Confidence = "C"
    checked_on: date | None = None
    reviewed_by_clinician: bool = False

    @property
    def offers_energy(self) -> bool:
        """Energy is offered with any antidepressant or stimulant."""
        return bool(self.kinds & {"antidepressant", "stimulant"})


@dataclass(frozen=True)
class _Person:
    pattern: Pattern | None
    fits: Collection[str] | None
    prescriber_told: bool
    way_in: str | None
    length_days: int
    at_least: Action = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at_least", _fits_action(self.fits))


def gate(
    table: MedicineTable,
    medicine: str | None,
    *,
    pattern: Pattern | None,
    fits: Collection[str] | None,
    prescriber_told: bool,
    way_in: str | None,
    length_days: int,
) -> Gate:
    """The gate for one experiment. Every argument as the client gave it; None is unanswered.

    `fits` unanswered, empty or "rather not say" is treated like any fit but bipolar or psychosis: O.
    """
    person = _Person(pattern, fits, prescriber_told, way_in, length_days)
    found = look_up(table, medicine) if medicine else None
    if found is None:
        return _unknown(table, person, named=bool(medicine and medicine.strip()))
    kind = _kind(table, found)
    action = max(kind.action_for(pattern), found.at_least, person.at_least, key=_STRICTER.__getitem__)
    blocked = _blocked(found, kind, action, person)
    as_needed = pattern == "as_needed"
    sources = (*kind.sources, *((found.source,) if found.source else ()))
    confidence = _confidence(kind, found)
    return Gate(
        action=action,
        mode="compare" if blocked is None else "notice_only",
        known=True,
        class_key=kind.key,
        class_name=kind.name,
        reason=kind.reason,
        texts=_texts(kind, action, blocked, person),
        blocked_by=blocked,
        needs_pattern=kind.asks_pattern,
        asks_prescriber=action == "P" or (action == "C" and kind.knows_first),
        as_needed=as_needed,
        caps=() if blocked else _caps(action, as_needed=as_needed),
        half_life=found.half_life,
        own_line=Say(kind.own_line) if kind.own_line else None,
        steps=tuple(step for step in kind.steps if not (step.daily_only and as_needed)),
        worrying=(*kind.worrying, *table.always_worrying),
        facts=tuple(Say(key) for key in kind.facts),
        kinds=kind.kinds,
        sources=sources,
        confidence=confidence,
        checked_on=min(source.checked_on for source in sources) if confidence != "C" else None,
        reviewed_by_clinician=table.reviewed_by_clinician,
    )


def held(found: Gate) -> Gate:
    """The same gate, closed: the fortnight once ran under one that allowed no comparison, and stays so.

    Days that were lived under "these are not compared" are not compared afterwards, whatever is changed.
    """
    if found.mode == "notice_only":
        return found
    blocked = Say("medicine-held")
    texts = tuple(say for say in found.texts if say.key != "medicine-may-be-the-gap")
    return replace(found, mode="notice_only", held=True, blocked_by=blocked, caps=(), texts=(*texts, blocked))


def _unknown(table: MedicineTable, person: _Person, *, named: bool) -> Gate:
    blocked = Say("medicine-unknown" if named else "medicine-none-named")
    return Gate(
        action="O",
        mode="notice_only",
        known=False,
        class_key=None,
        class_name=Say("medicine-class-unknown"),
        reason=Say("medicine-reason-unknown"),
        texts=(blocked,),
        blocked_by=blocked,
        as_needed=person.pattern == "as_needed",
        worrying=table.always_worrying,
        reviewed_by_clinician=table.reviewed_by_clinician,
    )


def _kind(table: MedicineTable, found: Medicine) -> MedicineClass:
    """Its class. A lasting form keeps the lines of its own class: only action and reason are replaced."""
    kind = table.classes[found.class_key]
    if found.lasting_form_of is None:
        return kind
    return replace(
        table.classes[found.lasting_form_of],
        key=kind.key,
        action=kind.action,
        action_as_needed=None,
        asks_pattern=False,
        knows_first=False,
        sources=kind.sources,
    )


def _fits_action(fits: Collection[str] | None) -> Action:
    answers = set(fits or ())
    if answers == {"none"}:
        return "C"
    return "P" if answers - {"none"} == {"bipolar_or_psychosis"} else "O"


def _blocked(found: Medicine, kind: MedicineClass, action: Action, person: _Person) -> Say | None:
    """The first thing that stands in the way of a comparison, or None."""
    if person.way_in in _NOT_TAKING:
        return Say("medicine-not-taking")
    if person.at_least == "O":
        return Say("medicine-fits-observe")
    if action == "O":
        return _observed(kind, person)
    if action == "N":
        return Say("medicine-not-meaningful")
    if person.length_days < SHORTEST_COMPARED_DAYS:
        return Say("medicine-too-short")
    if found.half_life is None:
        return Say("medicine-no-half-life")
    if (action == "P" or kind.knows_first) and not person.prescriber_told:
        return Say("medicine-prescriber-first")
    return None


def _observed(kind: MedicineClass, person: _Person) -> Say:
    """Why days are only noticed. A gap is called risky only where one is known to be."""
    if kind.action_as_needed not in (None, "O"):
        if person.pattern is None:
            return Say("medicine-pattern-open")
        if kind.own_line is None:
            return Say("medicine-daily")
    return Say("medicine-observe-only")


def _caps(action: Action, *, as_needed: bool) -> tuple[GateCap, ...]:
    first: tuple[GateCap, ...] = ("prescriber_first",) if action == "P" else ()
    return (*first, "as_needed") if as_needed else first


def _texts(kind: MedicineClass, action: Action, blocked: Say | None, person: _Person) -> tuple[Say, ...]:
    said = [Say("safety-weeks-and-months")] if "weeks_first" in kind.kinds else []
    # Who never started has nothing to skip or to stop.
    if action == "P" and person.way_in != "never_started":
        said.append(Say("safety-skipping"))
        if person.prescriber_told and blocked is None:
            said.append(Say("medicine-may-be-the-gap"))
    if blocked is not None:
        said.append(blocked)
    if person.pattern == "as_needed":
        said.append(Say("safety-gate-as-needed"))
    return tuple(said)


def _confidence(kind: MedicineClass, found: Medicine) -> Confidence:
    """The worse of two: how the class's reason and how the half-life are known. C: not read anywhere."""
    reason: Confidence = max((source.confidence for source in kind.sources), default="C")
    if found.half_life is None:
        return reason
    half_life: Confidence = found.source.confidence if found.source else "C"
    return max(reason, half_life)


# Finding a medicine by what a person types. Strength, form, release and salt are let go; any other word that
# is left over makes it unknown, so a near miss or two medicines at once never match.
_UNITS = "mg mcg µg μg ug microgram micrograms milligram milligrams g gram grams ml iu me x"
_FORMS = "tablet tablets tab tabs capsule capsules cap caps pill pills drops liquid oral solution syrup"
_RELEASE = "xl xr er sr mr la cr ir retard prolonged extended modified immediate slow release"
_SALTS = (
    "hydrochloride hcl hydrobromide hbr fumarate hemifumarate maleate mesylate mesilate besylate besilate "
    "tosylate tartrate citrate carbonate sodium potassium dipotassium oxalate succinate sulfate sulphate "
    "phosphate acetate malate pamoate embonate dimesylate dimesilate hydrogen"
)
_LET_GO = frozenset(f"{_UNITS} {_FORMS} {_RELEASE} {_SALTS}".split())
_LONG_ACTING_WORDS = (
    "injection injections injectable inj depot lai implant implants patch patches transdermal decanoate "
    "palmitate lauroxil"
)
_LONG_ACTING = frozenset(_LONG_ACTING_WORDS.split())
LONG_ACTING_CLASS = "long-acting"


def plain(name: str) -> str:
    """Lower case, no accents, words only: "Sertraline 50 mg" and "sertralina…" become comparable text."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W\d_]+", letters))


def look_up(table: MedicineTable, name: str) -> Medicine | None:
    """The medicine by generic name, or None. Case, accents, strength, form and salt do not matter."""
    words = plain(name)
    if words in table.by_name:
        return table.by_name[words]
    kept = [word for word in words.split() if word not in _LET_GO]
    long_acting = bool(_LONG_ACTING & set(kept))
    if long_acting:
        kept = [word for word in kept if word not in _LONG_ACTING | {"long", "acting"}]
    found = table.by_name.get(" ".join(kept))
    if found is None or not long_acting:
        return found
    at_least: Action = "O" if table.classes[found.class_key].action == "O" else "N"
    return Medicine(found.name, LONG_ACTING_CLASS, at_least=at_least, lasting_form_of=found.class_key)
