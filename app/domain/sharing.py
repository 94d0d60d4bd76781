"""What another person may see of a fortnight: the client chooses field by field, everything off until chosen.

Not a filter over a finished report: what is not shared is taken out of the plan and out of every day *before*
anything is worked out of them (`plan`, `entries`), and then the same code makes the same `Report` that the client
has. A number, a mark or a sentence that needs a field which is not shared cannot come about.

What is derived from doses (marks, results, their sentences, the medicine and its class) needs doses to be shared,
and the measure that answers the question. Without them the fortnight is shown as in "Notice only".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, get_args

from app.domain import measures
from app.domain.analysis import Entry, Plan
from app.domain.compare import compare
from app.domain.report import Report

Field = Literal[
    "mood",
    "sleep",
    "doses",
    "like_myself",
    "own_measures",
    "side_effects",
    "starred_notes",
    "balance",
    "question",
    "prediction",
    "safety_cards",
    "conclusion",
    "visit",
]
Scope = frozenset[Field]
Reader = Literal["therapist", "supporter"]

FIELDS: tuple[Field, ...] = get_args(Field)
"""In the order in which they are always given."""
USUAL: Scope = frozenset({"mood", "sleep", "doses", "like_myself", "side_effects", "question"})
"""Offered as one tap, and previewed like any other choice. What is in the client's own words beyond the question
stays to be chosen one by one."""

_MEASURES: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        "mood": ("mood",),
        "sleep": measures.SLEEP,
        "like_myself": ("like_myself",),
        "own_measures": ("energy", *measures.OWN),
    }
)


@dataclass(frozen=True)
class Moment:
    """When it is looked at, as `compare` asks for it."""

    ended: bool
    ended_on: date | None = None
    today: date | None = None
    set_aside: bool = False
    comparison_opened_at: datetime | None = None
    covered: bool = False
    """It is over, and the client keeps the result covered until it is looked at together."""


def effective(scope: Scope, reader: Reader, *, ended: bool, doses_now: bool = False) -> Scope:
    """What holds by now: a prediction is sealed from everyone until the end, and no supporter sees doses while a
    fortnight runs. `doses_now`: they are shown for this session, beyond what is shared."""
    scope |= frozenset({"doses"}) if doses_now else frozenset()
    sealed: Scope = frozenset() if ended else frozenset({"prediction"})
    kept: Scope = frozenset({"doses"}) if reader == "supporter" and not ended else frozenset()
    return scope - sealed - kept


def shared_measures(scope: Scope) -> frozenset[str]:
    """The keys of the measures that these fields hold."""
    return frozenset(key for field, keys in _MEASURES.items() if field in scope for key in keys)


def shown(plan: Plan, entries: Iterable[Entry], scope: Scope, moment: Moment) -> Report:
    """The report as somebody with this (effective) scope has it; the owner's where the scope holds it all.

    Without any measure there is nothing to draw: no `measures`, no sentences, and only the log says something.
    """
    whole = _answers(plan, scope, moment)
    days = [_entry(entry, scope, whole=whole) for entry in entries]
    report = compare(
        _plan(plan, scope, whole=whole),
        # A day of which nothing is shared is as good as not written: that it was is not shared either.
        [day for day in days if day.logged or day.unreadable],
        ended=moment.ended,
        ended_on=moment.ended_on,
        today=moment.today,
        set_aside=moment.set_aside,
        # When somebody looked, and in `_entry` when somebody wrote: each stays out by itself.
        comparison_opened_at=moment.comparison_opened_at if whole else None,
    )
    if shared_measures(scope).isdisjoint(measure.key for measure in plan.measures):
        return replace(report, measures=(), sentences=())
    return replace(report, sentences=()) if moment.covered else report


def _answers(plan: Plan, scope: Scope, moment: Moment) -> bool:
    """Whether the question can be answered of what is shared. That a comparison was set aside says that things
    were hard: whoever is not to see the safety cards sees a fortnight without a comparison."""
    hidden = moment.covered or (moment.set_aside and "safety_cards" not in scope)
    return "doses" in scope and plan.primary in shared_measures(scope) and not hidden


def _plan(plan: Plan, scope: Scope, *, whole: bool) -> Plan:
    keys = shared_measures(scope)
    # One is needed to reckon with; without any shared it has no rating, and is taken out of the report again.
    chosen = tuple(measure for measure in plan.measures if measure.key in keys) or (measures.standard("mood"),)
    about = plan.primary in keys
    kept = replace(
        plan,
        measures=chosen,
        primary=plan.primary if about else chosen[0].key,
        question=plan.question if "question" in scope else "",
        prediction=plan.prediction if "prediction" in scope and about else None,
        hope=None,
    )
    if whole:
        return kept
    with_doses = "doses" in scope
    # A plan of its own, so that what is added to plans later stays out until somebody decides.
    return Plan(
        start=kept.start,
        length_days=kept.length_days,
        measures=kept.measures,
        primary=kept.primary,
        question=kept.question,
        prediction=kept.prediction,
        medicine_label=plan.medicine_label if with_doses else "",
        prescriber_told_on=plan.prescriber_told_on if with_doses else None,
        # The sentence about weeks and months says something of the kind of medicine.
        stimulant=plan.stimulant or not with_doses,
        looked_back=plan.looked_back,
        brought_back=plan.brought_back,
        empty_cells=plan.empty_cells if with_doses else None,
        counted_from=plan.counted_from,
    )


def _entry(entry: Entry, scope: Scope, *, whole: bool) -> Entry:
    """One day with what is shared of it; every field is named, so that a new one stays out."""
    keys = shared_measures(scope)
    with_doses, with_effects = "doses" in scope, "side_effects" in scope
    note = entry.note if entry.note_starred and "starred_notes" in scope else None
    shared = Entry(
        date=entry.date,
        dose=entry.dose if with_doses else None,
        dose_reason=entry.dose_reason if with_doses else None,
        ratings={key: value for key, value in entry.ratings.items() if key in keys},
        side_effects=entry.side_effects if with_effects else (),
        effects_words=entry.effects_words if with_effects else None,
        worrying=entry.worrying if with_effects else (),
        hard_day=entry.hard_day and "mood" in scope,
        note=note,
        note_starred=note is not None,
        logged=False,
        unreadable=entry.unreadable and whole,
        written_at=entry.written_at if whole else None,
    )
    return replace(shared, logged=entry.logged and _says_anything(shared))


def _says_anything(entry: Entry) -> bool:
    return bool(
        entry.dose
        or entry.ratings
        or entry.side_effects
        or entry.effects_words
        or entry.worrying
        or entry.hard_day
        or entry.note
    )
