"""From what is stored to the one `Report` that screen, figures and export draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import dropwhile

from sqlalchemy import Engine, update
from sqlmodel import Session, col

from app.core.catalogue import has
from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import lifecycle, measures, schedule
from app.domain.analysis import Entry
from app.domain.analysis import Plan as AnalysisPlan
from app.domain.compare import compare
from app.domain.errors import Refused
from app.domain.medicines import Gate
from app.domain.report import Measure, Report, SideEffect
from app.domain.safety import Thresholds
from app.domain.sharing import Moment
from app.domain.words import Say
from app.models.experiments import Experiment, Plan
from app.services import check_ins, gates, plans, safety
from app.services.check_ins import Days, StoredDay, is_answer

COMPARED = frozenset({"stands_out", "cannot_tell", "no_variation", "carry_over", "too_few_days", "one_block"})


@dataclass(frozen=True)
class Gathered:
    """Everything of a fortnight that a report is made of, opened."""

    plan: AnalysisPlan
    entries: tuple[Entry, ...]
    moment: Moment
    looked: safety.Looked


def build(session: Session, experiment: Experiment, key: DataKey, limits: Thresholds, *, now: datetime) -> Report:
    """The report of an experiment as its owner has it. Reads only; whoever shows it calls `note_opening` first.

    Raises `Refused`: not-started for a draft, result-covered while the client keeps it so.
    """
    found = gather(session, experiment, key, limits, now=now)
    moment = found.moment
    if moment.covered:
        raise Refused("result-covered")
    return compare(
        found.plan,
        found.entries,
        ended=moment.ended,
        ended_on=moment.ended_on,
        today=moment.today,
        set_aside=moment.set_aside,
        comparison_opened_at=moment.comparison_opened_at,
    )


def gather(
    session: Session, experiment: Experiment, key: DataKey, limits: Thresholds, *, now: datetime
) -> Gathered:
    """What `build` works with. Raises `Refused` (not-started) for a draft."""
    window = experiment.window
    if experiment.started_at is None or window is None:
        raise Refused("not-started")
    sealed = plans.open_sealed(experiment, key)
    plan = plans.plan_of(experiment, sealed)
    gate = gates.of_fortnight(plan, noticed=sealed.noticed)
    days = check_ins.counted(experiment, check_ins.days_of(session, experiment, key))
    looked = safety.Looked(experiment, sealed, safety.rules(plan, gate, limits), days)
    revisions = _revisions(session, experiment, key, days)
    return Gathered(
        _plan(experiment, plan, sealed, gate, days),
        tuple(_entry(revisions[day], plan.primary or "mood", scales_of(sealed)) for day in days),
        Moment(
            ended=experiment.status(now) in lifecycle.ENDED,
            ended_on=max([window.stopped_on, *days]) if window.stopped_on else None,
            today=schedule.local_day(now, experiment.zone, experiment.day_end),
            set_aside=experiment.id in safety.set_aside(session, [looked], key),
            comparison_opened_at=experiment.comparison_opened_at,
            covered=sealed.covered and experiment.status(now) in lifecycle.ENDED,
        ),
        looked,
    )


def _revisions(
    session: Session, experiment: Experiment, key: DataKey, days: Days
) -> Mapping[date, Sequence[StoredDay]]:
    """The revisions of each day that matter, oldest first: which answer changed when is asked only where
    something came in after the comparison was opened."""
    opened_at = experiment.comparison_opened_at
    after = {day for day, stored in days.items() if opened_at is not None and stored.received_at > opened_at}
    whole = check_ins.revisions_of(session, experiment, key, after)
    return {day: whole.get(day, [stored]) for day, stored in days.items()}


def note_opening(engine: Engine, experiment: Experiment, report: Report, *, now: datetime) -> None:
    """Stamp `comparison_opened_at` at the first look at a report that marks any rating by its dose: an answer
    written after that moment is kept, marked, and caps the result (ANALYSIS.md 11).

    A short transaction of its own: a report that is built or drawn must not hold up check-ins (SQLite has one
    writer), and only the first look writes at all.
    """
    if report.result not in COMPARED or experiment.comparison_opened_at is not None:
        return
    unopened = (col(Experiment.id) == experiment.id, col(Experiment.comparison_opened_at).is_(None))
    with unit_of_work(engine, by=experiment.account_id) as session:
        session.execute(update(Experiment).where(*unopened).values(comparison_opened_at=now))


def resume(session: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> None:
    """The client takes up a comparison that a safety card had set aside."""
    sealed = plans.open_sealed(experiment, key)
    plans.store(experiment, sealed.model_copy(update={"comparison_resumed_at": now}), key)
    session.add(experiment)
    session.flush()


def cover(session: Session, experiment: Experiment, key: DataKey, *, covered: bool) -> None:
    """The client keeps the result covered until it is looked at together, or looks now."""
    sealed = plans.open_sealed(experiment, key)
    plans.store(experiment, sealed.model_copy(update={"covered": covered}), key)
    session.add(experiment)
    session.flush()


def _plan(
    experiment: Experiment,
    plan: Plan,
    sealed: plans.Sealed,
    gate: Gate,
    days: Days,
) -> AnalysisPlan:
    assert experiment.start_on is not None  # noqa: S101 - see build
    brought = sealed.diary or {}
    prediction = (plan.prediction.direction, plan.prediction.points) if plan.prediction else None
    return AnalysisPlan(
        start=experiment.start_on,
        length_days=experiment.length_days,
        measures=measures_of(plan, sealed, days),
        primary=plan.primary or "mood",
        mode=gate.mode,
        action=gate.action,
        pattern=plan.pattern,
        way_in=plan.way_in,
        usual_time=plan.usual_time,
        kept_elsewhere=sealed.diary is not None,
        told_lag=brought.get("lag"),
        skip=brought.get("skip", 0),
        half_life_hours=gate.half_life.high_h if gate.half_life else None,
        stimulant="stimulant" in gate.kinds,
        gap_effect="gap_effect" in gate.kinds,
        works_over_weeks="onset" in gate.kinds,
        standing_first="weeks_first" in gate.kinds,
        question=plan.question,
        medicine_label=plan.medicine_label or plan.medicine or "",
        prescriber_told_on=plan.prescriber_told.told_on if plan.prescriber_told else None,
        prediction=prediction,
        hope=plan.hope,
        changed_after_start=bool(sealed.changes),
        held=gate.held,
        looked_back=_looked_back(experiment, sealed),
        brought_back=sealed.brought_back is not None,
        empty_cells=(empty["days"], empty["dose"]) if (empty := brought.get("empty_cells")) else None,
        counted_from=plans.counted_from(sealed),
    )


def _looked_back(experiment: Experiment, sealed: plans.Sealed) -> bool:
    """As it was decided at the start. Before that was kept it followed from the zone of the day."""
    if sealed.looked_back is not None:
        return sealed.looked_back
    assert experiment.start_on is not None and experiment.started_at is not None  # noqa: S101 - see build
    begun_on = schedule.local_day(experiment.started_at, experiment.zone, experiment.day_end)
    return sealed.diary is not None or experiment.start_on < begun_on


def measures_of(plan: Plan, sealed: plans.Sealed, days: Days) -> tuple[Measure, ...]:
    """Mood and sleep hours always; the others where they are primary, offered, the client's own, or answered.

    On a diary's own scale the ends keep no names of ours: nobody said what they meant.
    """
    scales = scales_of(sealed)
    answered = {key for stored in days.values() for key in ratings(stored, scales)}
    wanted = {"mood", "sleep_hours", plan.primary, *(plan.measures_offered or ()), *answered}
    own = {each.key: each for each in plan.own_measures}
    chosen: list[Measure] = [measures.standard(key) for key in measures.STANDARD if key in wanted]
    for key in measures.OWN:
        if key in own:
            each = own[key]
            chosen.append(measures.own(key, each.name, each.low, each.middle, each.high))
    return tuple(
        replace(
            each,
            minimum=scales[each.key]["minimum"],
            maximum=scales[each.key]["maximum"],
            step=scales[each.key]["step"],
            low=None,
            middle=None,
            high=None,
        )
        if each.key in scales
        else each
        for each in chosen
    )


def scales_of(sealed: plans.Sealed) -> dict[str, dict[str, float]]:
    """Which measures of an imported diary have a scale of their own (see `services/diaries`)."""
    scales: dict[str, dict[str, float]] = (sealed.diary or {}).get("scales", {})
    return scales


def ratings(stored: StoredDay, scales: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The answered measures of one day. What has its own scale is only ever read from `scaled`: an ordinary
    answer to it, written later, is on another scale and would not compare."""
    answers = stored.answers
    found: dict[str, float | None] = {key: getattr(answers, key) for key in measures.STANDARD}
    found |= {str(key): value for key, value in answers.own.items()}
    found = {key: value for key, value in found.items() if key not in scales}
    found |= stored.payload.get("scaled", {})
    return {key: float(value) for key, value in found.items() if value is not None}


def _entry(revisions: Sequence[StoredDay], primary: str, scales: Mapping[str, Mapping[str, float]]) -> Entry:
    """One day for the analysis: the newest answers, and when the last one was written, of all and of those that
    enter the comparison: the primary rating, the dose, and why it was not taken."""
    newest = revisions[-1]
    answers = newest.answers

    def counting(stored: StoredDay) -> object:
        return ratings(stored, scales).get(primary), stored.answers.dose, stored.answers.dose_reason

    return Entry(
        date=newest.day,
        dose=answers.dose,
        dose_reason=answers.dose_reason,
        ratings=ratings(newest, scales),
        side_effects=tuple(SideEffect(name, bother) for name, bother in answers.side_effects.items()),
        effects_words=answers.side_effects_words,
        worrying=tuple(_sign(each) for each in answers.worrying or ()),
        anything_else=answers.anything_else,
        hard_day=bool(answers.hard_day),
        note=answers.note,
        note_starred=answers.note_starred,
        logged=newest.logged,
        unreadable=newest.unreadable,
        written_at=_last_changed(revisions, counting),
        changed_at=_last_changed(revisions, _said),
    )


def _sign(chosen: str) -> Say:
    """A worrying sign in words; one that no list of ours has (an older app's) as it was sent."""
    say = Say(f"safety-worrying-{chosen}")
    return say if has(say.key) else Say("result-own-words", {"words": chosen})


def _last_changed(revisions: Sequence[StoredDay], part: Callable[[StoredDay], object]) -> datetime | None:
    """When this part of a day's answers last became another. None: nothing was ever answered."""
    last: object = None
    changed_at: datetime | None = None
    for stored in dropwhile(lambda each: not each.logged, revisions):
        if changed_at is None or part(stored) != last:
            last, changed_at = part(stored), stored.at
    return changed_at


def _said(stored: StoredDay) -> object:
    """Every answer of a day, without what is unanswered."""
    return {name: value for name, value in stored.payload.items() if is_answer(name, value)}
