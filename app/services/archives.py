"""Everything of one fortnight as one archive: the complete export, and what other programs and people read.

What it is drawn of is read in one short transaction and opened; the files are made while the archive is sent,
outside of any. The result is in `fortnight.json` alone, and there where the client may see it; nothing in the
other files was worked out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import lifecycle, measures, schedule
from app.domain.report import Measure
from app.models.briefs import BriefCopy
from app.models.experiments import Experiment
from app.models.sharings import ConsentPublic, SharingPublic
from app.rendering import fhir, ics, pdf, table_csv
from app.rendering.along import days as table
from app.rendering.along import readme
from app.rendering.along.packed import Entry, packed
from app.rendering.along.told import ConsentTold, DayTold, ReaderTold, State, Told
from app.services import briefs, check_ins, exports, plans, reports, sharings
from app.services.check_ins import Days, StoredDay
from app.services.house import House

MOST_BRIEFS = 5
"""Pages for a prescriber that are drawn: each takes a moment. The export has all of them."""


@dataclass(frozen=True)
class Gathered:
    """All that the files are drawn of but the export. `copies`: those that open, the newest first."""

    told: Told
    copies: tuple[BriefCopy, ...]
    left: readme.Left


def gather(house: House, experiment: Experiment, key: DataKey, *, now: datetime) -> Gathered:
    """What does not open any more is left out or empty, as in the export."""
    with unit_of_work(house.engine, by=experiment.account_id, read_only=True) as session:
        days = check_ins.days_of(session, experiment, key)
        shared = sharings.of_experiment(session, experiment, key)
        copies = briefs.latest(session, experiment, key, MOST_BRIEFS + 1)
    looked = plans.look(experiment, key)
    drawn = copies[:MOST_BRIEFS]
    left = readme.Left(
        most_briefs=MOST_BRIEFS,
        covered=looked.sealed.covered and experiment.status(now) in lifecycle.ENDED,
        more_briefs=len(copies) > MOST_BRIEFS,
        briefs_unreadable=any(copy.page is None for copy in drawn),
        plan_unreadable=looked.unreadable,
    )
    told = _told(experiment, looked, days, shared, now=now)
    return Gathered(told, tuple(copy for copy in drawn if copy.page is not None), left)


def parts(
    house: House, experiment: Experiment, key: DataKey, around: exports.Frame, gathered: Gathered
) -> Iterator[bytes]:
    """The ZIP, one piece after another. `around`: the export but for its check-ins."""
    return packed(_entries(house, experiment, key, around, gathered))


def _entries(
    house: House, experiment: Experiment, key: DataKey, around: exports.Frame, gathered: Gathered
) -> Iterator[Entry]:
    """Each file is made when it is its turn."""
    told = gathered.told
    span = told.span if told.dated else None
    pages = {f"brief-{copy.page_id.lower()}.pdf": copy for copy in gathered.copies}
    names = [readme.NAME, "fortnight.json", "check-ins.csv", "fhir.json"]
    names += [*(["fortnight.ics"] if span else []), *pages]
    yield Entry(readme.NAME, [readme.readme(told, names, gathered.left)])
    yield Entry("fortnight.json", exports.parts(house, experiment, key, around))
    yield Entry("check-ins.csv", table_csv.written(table.header(told), table.rows(told)))
    yield Entry("fhir.json", [fhir.document(told)])
    if span:
        yield Entry("fortnight.ics", [ics.over_days(f"fortnight|{told.id}", *span, told.made_at)])
    for name, copy in pages.items():
        yield Entry(name, [pdf.draw("brief", briefs.as_data(copy))])


def _told(
    experiment: Experiment, looked: plans.Opened, days: Days, shared: list[SharingPublic], *, now: datetime
) -> Told:
    plan, sealed, window = looked.plan, looked.sealed, experiment.window
    return Told(
        id=experiment.id,
        person=experiment.account_id,
        made_at=now,
        set_at=experiment.started_at or experiment.created_at,
        dated=plans.counted_from(sealed) is None,
        first_on=window.start_on if window else None,
        last_on=window.last_on if window else None,
        label=plan.medicine_label,
        medicine=plan.medicine,
        way_in=plan.way_in,
        stopped_on=plan.stopped_on,
        usual_time=plan.usual_time,
        measures=(*reports.measures_of(plan, sealed, days), *_unnamed(looked, days)),
        effects=tuple(dict.fromkeys([*plan.side_effects, *_effects(days)])),
        days=tuple(_days(experiment, sealed, days, now=now)),
        readers=tuple(_reader(sharing, now=now) for sharing in shared),
    )


def _unnamed(looked: plans.Opened, days: Days) -> Iterator[Measure]:
    """The client's own measures that were answered and whose names are not known."""
    named = {each.key for each in looked.plan.own_measures}
    answered = {key for stored in days.values() for key in _rated(stored, looked.sealed)}
    for key in measures.OWN:
        if key in answered and key not in named:
            yield measures.own(key, key)


def _effects(days: Days) -> Iterator[str]:
    for stored in days.values():
        yield from stored.answers.side_effects


def _rated(stored: StoredDay, sealed: plans.Sealed) -> dict[str, float]:
    return reports.ratings(stored, reports.scales_of(sealed))


def _days(experiment: Experiment, sealed: plans.Sealed, days: Days, *, now: datetime) -> Iterator[DayTold]:
    """Each day of the fortnight up to a stop, and any other that was written."""
    window = experiment.window
    if window is None:
        return
    counted = plans.counted_from(sealed)
    first = 1 if counted is None else counted
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    for day in sorted({*filter(window.holds, window.days), *days}):
        number = first + (day - window.start_on) // timedelta(days=1)
        yield _day(day, number, days.get(day), sealed, today)


def _day(day: date, number: int, stored: StoredDay | None, sealed: plans.Sealed, today: date) -> DayTold:
    if stored is None or stored.unreadable:
        state: State = "unreadable" if stored else "to_come" if day > today else "not_logged"
        return DayTold(day, number, state)
    answers = stored.answers
    return DayTold(
        day=day,
        number=number,
        state="logged" if stored.logged else "not_logged",
        written_at=stored.at,
        hard_day=answers.hard_day,
        dose=answers.dose,
        dose_reason=answers.dose_reason,
        ratings=_rated(stored, sealed),
        effects=answers.side_effects,
        effects_words=answers.side_effects_words,
        worrying=tuple(answers.worrying or ()),
        thoughts=answers.thoughts,
        anything_else=answers.anything_else,
        note=answers.note,
        note_starred=answers.note_starred,
    )


def _reader(sharing: SharingPublic, *, now: datetime) -> ReaderTold:
    consents = tuple(_consent(each, sharing, now=now) for each in sharing.consents)
    return ReaderTold(sharing.id, sharing.name, sharing.role, consents)


def _consent(consent: ConsentPublic, sharing: SharingPublic, *, now: datetime) -> ConsentTold:
    living = consent.withdrawn_at is None and (consent.ends_at is None or consent.ends_at > now)
    return ConsentTold(
        fields=tuple(consent.fields),
        given_at=consent.given_at,
        ends_at=consent.ends_at,
        withdrawn_at=consent.withdrawn_at,
        held=living and sharing.paused_at is None,
    )
