"""Bringing a diary: looking at it, and turning a window of it into an experiment that is looked back on.

How an imported day is kept: a measure on Fortnight's own scale is an ordinary answer. On any other scale the
number stands in the day's sealed payload under `scaled: {measure key: number}`, and the experiment's sealed
payload keeps the scale:

    diary: {scales: {measure key: {minimum, maximum, step}}, dated, counted_from, lag, skip, columns, mapping,
            reading}

`dated` is False where the diary counts its days, and `counted_from` is then the number of the first; `columns`,
`mapping` and `reading` (how the export of another app was read) are remembered for the next time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.core.catalogue import text
from app.core.vault import DataKey
from app.domain import diary, diary_formats, measures, schedule
from app.domain.access import Person
from app.domain.diary_columns import Described, Suggested, describe, suggest, value_key
from app.domain.diary_formats import daylio
from app.domain.diary_formats.joining import Converted, Told
from app.domain.diary_table import Table, Trouble, Unreadable
from app.domain.errors import Invalid, Refused
from app.models.check_ins import Answers
from app.models.diaries import (
    DiaryColumn,
    DiaryIn,
    DiaryMapping,
    DiaryMood,
    DiaryPreview,
    DiaryPreviewIn,
    DiaryReading,
    DiaryRecognised,
    DiaryScale,
    DiarySpan,
    DiarySuggested,
    DiaryTrouble,
    DiaryValue,
)
from app.models.experiments import Experiment, OwnMeasure, Plan
from app.services import check_ins, plans

LONGEST_OWN_NAME = 40
USUAL_ENDS = ((0, 10), (0, 100))
NOTHING = Suggested(None, None, None, None, (), {})


def preview(session: Session, person: Person, key: DataKey, body: DiaryPreviewIn) -> DiaryPreview:
    """What is in the text. Nothing is kept."""
    reading = body.reading
    try:
        if reading.app is None:
            app = diary_formats.recognise(body.csv)
            reading = (app and _told_before(_brought(session, person, key), app)) or reading
        read = _read(body.csv, reading)
    except Unreadable as error:
        return DiaryPreview(
            columns=[],
            rows=0,
            days=None,
            errors=_said(error.troubles),
            suggested=_suggested(NOTHING),
            remembered=None,
        )
    table, converted = read.table, read.converted
    described = describe(table)
    found = _offered(suggest(described), converted)
    day_column = body.day or found.day
    troubles, days = _days(table, day_column, body.day_format)
    return DiaryPreview(
        columns=[_column(each, converted) for each in described],
        rows=len(table.rows),
        days=days,
        errors=_said(troubles, converted),
        suggested=_suggested(found),
        remembered=_remembered(_brought(session, person, key), table),
        doses=_doses(table, day_column, body),
        recognised=_recognised(read, reading),
    )


def bring(session: Session, experiment: Experiment, key: DataKey, body: DiaryIn, *, now: datetime) -> None:
    """Make a draft a diary that is looked back on: all of its days in one transaction, or none.

    The question, the measure and the usual time are asked before; the medicine decides at the gate, as always.

    Raises `Refused` where it is no draft, `Invalid` (invalid-input) where a choice is missing and `Invalid`
    (diary-unreadable) with every row that cannot be read.
    """
    if experiment.status(now) != "draft":
        raise Refused()
    sealed = plans.open_sealed(experiment, key)
    plan = plans.plan_of(experiment, sealed)
    _check_asked(plan, body.mapping)
    yesterday = schedule.local_day(now, experiment.zone, experiment.day_end) - timedelta(days=1)
    read = None
    try:
        read = _read(body.csv, body.reading.model_copy(update={"app": body.reading.app or "table"}))
        if read.converted is None and body.reading.app not in (None, "table"):
            raise Unreadable([Trouble(0, "", "not-that-app")])
        imported = diary.fortnight(
            read.table,
            _mapping(body.mapping),
            start=body.window.start_on,
            length_days=body.window.length_days,
            yesterday=yesterday,
        )
    except Unreadable as error:
        said = _said(error.troubles, read.converted if read else None)
        raise Invalid("diary-unreadable", tuple(each.model_dump() for each in said)) from error
    scales = _own_scales(body.mapping)
    empty = sum(found.dose_from_empty for found in imported.days)
    brought = {
        "scales": scales,
        "dated": imported.dated,
        "counted_from": body.window.start_on if isinstance(body.window.start_on, int) else None,
        "lag": body.mapping.lag,
        "skip": body.mapping.skip,
        "columns": [column.name for column in read.table.columns],
        "mapping": body.mapping.model_dump(mode="json"),
        "empty_cells": {"days": empty, "dose": body.mapping.dose_empty} if empty else None,
        "reading": body.reading.model_dump(mode="json"),
    }
    looked_back = plan.model_copy(
        update={
            "start_on": imported.start_on,
            "length_days": imported.length_days,
            "own_measures": _named(plan, body.mapping),
        }
    )
    plans.write_plan(
        experiment, sealed.model_copy(update={"diary": brought, "looked_back": True}), looked_back, key
    )
    experiment.started_at = now
    session.add(experiment)
    session.flush()
    days = [(found.date, *_kept(found, scales)) for found in imported.days]
    check_ins.add_imported(session, experiment, key, days, now=now)


def _check_asked(plan: Plan, mapping: DiaryMapping) -> None:
    missing = [name for name in ("primary", "usual_time") if getattr(plan, name) is None]
    if missing:
        raise Invalid(errors=tuple({"field": name, "code": "missing"} for name in missing))
    if plan.primary not in mapping.measures:
        raise Invalid(errors=({"field": "mapping.measures", "code": "primary-missing"},))


def _mapping(said: DiaryMapping) -> diary.DiaryMapping:
    return diary.DiaryMapping(
        day=said.day,
        day_format=said.day_format,
        dose=said.dose,
        dose_values={value_key(value): dose for value, dose in said.dose_values.items()},
        dose_empty=said.dose_empty,
        measures={
            key: (each.column, diary.Scale(each.minimum, each.maximum, each.step))
            for key, each in said.measures.items()
        },
    )


def _own_scales(mapping: DiaryMapping) -> dict[str, dict[str, float]]:
    """The scales that are not Fortnight's own."""
    scales = {}
    for key, each in mapping.measures.items():
        ours = measures.own(key, "") if key in measures.OWN else measures.standard(key)
        if (each.minimum, each.maximum, each.step) != (ours.minimum, ours.maximum, ours.step):
            scales[str(key)] = {"minimum": each.minimum, "maximum": each.maximum, "step": each.step}
    return scales


def _kept(found: diary.ImportedDay, scales: dict[str, dict[str, float]]) -> tuple[Answers, dict[str, object]]:
    """One day: ordinary answers where the scale is Fortnight's own, the rest with their own scale."""
    plain = {key: _whole(value) for key, value in found.ratings.items() if key not in scales}
    own = {key: plain.pop(key) for key in measures.OWN if key in plain}
    scaled = {key: value for key, value in found.ratings.items() if key in scales}
    answers = Answers.model_validate({"dose": found.dose, "own": own, **plain})
    return answers, {"scaled": scaled} if scaled else {}


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _named(plan: Plan, mapping: DiaryMapping) -> list[OwnMeasure]:
    """A measure of one's own that has no name yet is called as its column is."""
    known = {each.key for each in plan.own_measures}
    added = [
        OwnMeasure(key=key, name=mapping.measures[key].column[:LONGEST_OWN_NAME])
        for key in ("own1", "own2", "own3")
        if key in mapping.measures and key not in known
    ]
    return sorted([*plan.own_measures, *added], key=lambda each: each.key)


def _days(table: Table, column: str | None, said: Any) -> tuple[tuple[Trouble, ...], DiarySpan | None]:
    found = table.column(column) if column else None
    if found is None:
        return (), None
    try:
        kind = diary.day_format(table, found, said)
    except Unreadable as error:
        return error.troubles, None
    span = diary.span(table, found, kind)
    return diary.day_troubles(table, found, kind), DiarySpan(first=span[0], last=span[1]) if span else None


def _doses(table: Table, day_name: str | None, body: DiaryPreviewIn) -> list[DiaryValue] | None:
    """The values of the dose column in the window that was asked about; None where none was."""
    day_column = table.column(day_name) if day_name else None
    dose_column = table.column(body.dose) if body.dose else None
    if day_column is None or dose_column is None or body.window is None:
        return None
    try:
        kind = diary.day_format(table, day_column, body.day_format)
    except Unreadable:
        return None
    start, length = body.window.start_on, body.window.length_days
    found = diary.doses_in(table, day_column, dose_column, kind, start=start, length_days=length)
    return [DiaryValue(value=value, count=count) for value, count in found]


def _read(csv: str, reading: DiaryReading) -> diary_formats.Read:
    """The table in a text, as it was said to be read. Raises `Unreadable`."""
    moods = {daylio.mood_key(name): level for name, level in reading.moods.items()}
    read = diary_formats.read_as(csv, Told(moods, reading.zero), ordinary=reading.app == "table")
    if reading.app in (None, "table", read.app):
        return read
    return replace(diary_formats.read_as(csv, Told(), ordinary=True), otherwise=True)


def _offered(found: Suggested, converted: Converted | None) -> Suggested:
    """Of an export only what is called a mood is offered as the measure, and never a dose."""
    if converted is None:
        return found
    return replace(found, dose=None, dose_values={}, measure=converted.measure, others=())


def _recognised(read: diary_formats.Read, reading: DiaryReading) -> DiaryRecognised | None:
    if read.app is None:
        return None
    converted = read.converted
    return DiaryRecognised(
        app=read.app,
        converted=converted is not None,
        otherwise=read.otherwise,
        moods=[DiaryMood.model_validate(mood) for mood in converted.moods] if converted else [],
        zeros=converted.zeros if converted else 0,
        zero=reading.zero,
        left_out=converted.left_out if converted else 0,
    )


def _column(found: Described, converted: Converted | None) -> DiaryColumn:
    return DiaryColumn(
        name=found.column.name,
        letter=found.column.letter,
        kind=found.kind,
        filled=found.filled,
        examples=list(found.examples),
        formats=list(found.formats),
        minimum=found.minimum,
        maximum=found.maximum,
        step=found.step,
        scale=_known_scale(found, converted) or _first_guess(found),
        distinct=[DiaryValue(value=value, count=count) for value, count in found.distinct],
    )


def _known_scale(found: Described, converted: Converted | None) -> DiaryScale | None:
    """The scale that the app has, where the numbers of the column are on it."""
    scale = converted.scales.get(found.column.name) if converted else None
    if scale is None or found.minimum is None or found.maximum is None:
        return None
    if not scale.minimum <= found.minimum <= found.maximum <= scale.maximum:
        return None
    return DiaryScale(minimum=scale.minimum, maximum=scale.maximum, step=scale.step)


def _first_guess(found: Described) -> DiaryScale | None:
    """The smallest usual scale that holds every number, else the next whole numbers around them."""
    if found.minimum is None or found.maximum is None or found.step is None or found.kind == "day":
        return None
    low, high = next(
        ((low, high) for low, high in USUAL_ENDS if low <= found.minimum and found.maximum <= high),
        (found.minimum // 1, -(-found.maximum // 1)),
    )
    return DiaryScale(minimum=low, maximum=max(high, low + 1), step=min(found.step, 1))


def _suggested(found: Suggested) -> DiarySuggested:
    return DiarySuggested.model_validate(found)


def _brought(session: Session, person: Person, key: DataKey) -> Iterator[dict[str, Any]]:
    """What is remembered of the diaries of this person, the newest first."""
    rows = session.exec(
        select(Experiment)
        .where(Experiment.account_id == person.id, col(Experiment.started_at).is_not(None))
        .order_by(col(Experiment.started_at).desc())
    )
    for row in rows:
        brought = plans.look(row, key).sealed.diary
        if brought is not None:
            yield brought


def _remembered(diaries: Iterable[dict[str, Any]], table: Table) -> DiaryMapping | None:
    """What the same columns meant in the newest of these diaries."""
    columns = [column.name for column in table.columns]
    same = (each for each in diaries if each["columns"] == columns)
    return next((DiaryMapping.model_validate(each["mapping"]) for each in same), None)


def _told_before(diaries: Iterable[dict[str, Any]], app: str) -> DiaryReading | None:
    """What was said about the newest export of the same app."""
    told = (DiaryReading.model_validate(each["reading"]) for each in diaries if "reading" in each)
    return next((each for each in told if each.app == app), None)


def _said(troubles: Iterable[Trouble], converted: Converted | None = None) -> list[DiaryTrouble]:
    names = {column.letter: column.name for column in converted.table.columns} if converted else {}
    return [
        DiaryTrouble(
            row=each.row,
            column=each.column,
            code=each.code,
            text=f"{_place(each, names.get(each.column))}{_sentence(each)}",
        )
        for each in diary_formats.coded(converted, troubles)
    ]


def _sentence(trouble: Trouble) -> str:
    return text(f"diary-error-{trouble.code}")


def _place(trouble: Trouble, name: str | None) -> str:
    """`name`: of a column that the file itself does not have, where a letter would lead nowhere."""
    if trouble.row and name:
        return text("diary-place-named", row=trouble.row, name=name) + ": "
    if name:
        return text("diary-place-named-column", name=name) + ": "
    if trouble.row and trouble.column:
        return text("diary-place-cell", row=trouble.row, column=trouble.column) + ": "
    if trouble.row:
        return text("diary-place-row", row=trouble.row) + ": "
    if trouble.column:
        return text("diary-place-column", column=trouble.column) + ": "
    return ""
