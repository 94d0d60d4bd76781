"""A `Report` as the phone shows it, and whole for the export. Words come from the catalogue."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from app.core.catalogue import text
from app.domain import sentences
from app.domain.report import Group, LogRow, Report
from app.domain.words import Say
from app.models.medicines import Said
from app.models.reports import (
    ComparisonPublic,
    DescriptionPublic,
    GroupPublic,
    IntervalPublic,
    LogRowPublic,
    LogSideEffect,
    NumbersPublic,
    PredictionPublic,
    SummaryPublic,
)


def comparison(report: Report) -> ComparisonPublic:
    """What the result page says. No p, NAP, phi or trend: those are in the export (ANALYSIS.md 9)."""
    return ComparisonPublic(
        result=report.result,
        title=text(report.title),
        sentences=[Said(key=say.key, text=text(say)) for say in report.sentences],
        question=report.question,
        medicine_label=report.medicine_label,
        primary=report.primary,
        primary_name=text(report.primary_measure.name),
        caps=list(report.caps),
        description=_description(report),
        numbers=_numbers(report),
        prediction=_prediction(report),
        hope=report.hope,
        starred_note=report.starred_note,
        stopped_early=report.stopped_early,
        looked_back=report.looked_back,
        counted_from=report.counted_from,
        log=log(report),
    )


def log(report: Report) -> list[LogRowPublic]:
    """What was written apart from ratings, a row for every day."""
    return [_row(row) for row in report.log]


def _row(row: LogRow) -> LogRowPublic:
    as_it_is = set(LogRowPublic.model_fields) - {"side_effects", "worrying"}
    return LogRowPublic(
        **{name: getattr(row, name) for name in as_it_is},
        side_effects=[LogSideEffect(name=each.name, bother=each.bother) for each in row.side_effects],
        worrying=[text(sign) for sign in row.worrying],
    )


def _description(report: Report) -> DescriptionPublic:
    counts = report.counts
    return DescriptionPublic(
        length_days=counts.length,
        logged=counts.logged,
        rated=counts.rated,
        on=counts.on,
        off=counts.off,
        aside=dict(counts.aside) if counts.aside is not None else None,
        summaries=[
            SummaryPublic(**asdict(each), name=text(report.measure(each.measure).name))
            for each in report.summaries
        ],
    )


def _numbers(report: Report) -> NumbersPublic | None:
    if report.comparison is None:
        return None
    interval = report.comparison.interval
    return NumbersPublic(
        on=_group(report.comparison.on),
        off=_group(report.comparison.off),
        interval=IntervalPublic.model_validate(interval) if interval else None,
    )


def _group(group: Group) -> GroupPublic:
    return GroupPublic(n=group.n, mean=group.mean, median=group.median)


def _prediction(report: Report) -> PredictionPublic | None:
    if report.prediction is None:
        return None
    said = report.prediction
    words = text(sentences.expected(said, report.primary_measure))
    return PredictionPublic(direction=said.direction, points=said.points, signed=said.signed, text=words)


def export(report: Report, *, made_at: datetime) -> dict[str, Any]:
    """Everything the report holds, numbers for people who study diaries included, as plain JSON."""
    return {
        "format": "fortnight-report",
        "version": 1,
        "made_at": made_at.isoformat(),
        "report": _plain(report),
        "title": text(report.title),
        "sentences": [text(say) for say in report.sentences],
    }


def _plain(value: Any) -> Any:
    """Dataclasses as maps, sentences as text, dates as ISO 8601."""
    if isinstance(value, Say):
        return text(value)
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
