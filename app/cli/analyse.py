"""`./fortnight analyse`: the comparison of ANALYSIS on a diary from anywhere, for people who study diaries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from app.cli.diary_file import Diary
    from app.domain.report import Numbers, Report

MOST_ERRORS = 20


def analyse(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A table with one row for each day.")],
    day: Annotated[str, typer.Option(metavar="COLUMN", help="Dates (2026-03-01) or whole numbers.")],
    dose: Annotated[
        str,
        typer.Option(
            metavar="COLUMN",
            help="1/0, yes/no, taken/not taken, or as --taken and --not-taken say. Blank: not logged.",
        ),
    ],
    measure: Annotated[str, typer.Option(metavar="COLUMN", help="The rating. Blank: not rated.")],
    taken: Annotated[
        list[str] | None,
        typer.Option(metavar="VALUES", help="Dose values that mean taken, with commas; alone: the rest not."),
    ] = None,
    not_taken: Annotated[
        list[str] | None,
        typer.Option(metavar="VALUES", help="Dose values that mean not taken; alone: the rest taken."),
    ] = None,
    step: Annotated[float, typer.Option(metavar="S", help="The step of the rating scale.")] = 1.0,
    half_life: Annotated[
        float | None,
        typer.Option(metavar="HOURS", help="Longest half-life; the dose is assumed to be taken before day 1."),
    ] = None,
    lag: Annotated[
        int, typer.Option(min=0, max=1, help="1: a dose written on a day counts for the next day.")
    ] = 0,
    skip: Annotated[int, typer.Option(min=0, max=2, help="Days set aside after a switch.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare the days with and without a dose in any diary."""
    from app.cli import diary_file  # noqa: PLC0415

    for name, value in (("--step", step), ("--half-life", half_life)):
        if value is not None and not 1e-6 <= value <= 1e6:
            _refuse(f"{name} is a number above 0, up to a million.")
    try:
        words = diary_file.DoseWords.told(taken or (), not_taken or ())
        diary = diary_file.read(file, day=day, dose=dose, measure=measure, words=words)
    except diary_file.UnreadableDiary as error:
        _refuse(*error.sentences)
    report = _report(diary, measure, step=step, half_life=half_life, lag=lag, skip=skip)
    if as_json:
        typer.echo(json.dumps(_as_json(report), allow_nan=False, ensure_ascii=False, indent=1))
    else:
        typer.echo(_as_text(report, diary, file.name, measure, dose))


def _refuse(*sentences: str) -> None:
    for sentence in sentences[:MOST_ERRORS]:
        typer.echo(sentence, err=True)
    if len(sentences) > MOST_ERRORS:
        typer.echo(f"… and {len(sentences) - MOST_ERRORS} rows more.", err=True)
    raise typer.Exit(2)


def _report(diary: Diary, name: str, *, step: float, half_life: float | None, lag: int, skip: int) -> Report:
    from app.cli.diary_file import MEASURE  # noqa: PLC0415
    from app.domain.analysis import Plan  # noqa: PLC0415
    from app.domain.compare import compare  # noqa: PLC0415
    from app.domain.report import Measure  # noqa: PLC0415
    from app.domain.words import Say  # noqa: PLC0415

    ratings = [rating for entry in diary.entries for rating in entry.ratings.values()] or [0.0]
    scale = Measure(MEASURE, Say("result-own-words", {"words": name}), min(ratings), max(ratings), step)
    plan = Plan(
        start=diary.start,
        length_days=diary.length_days,
        measures=(scale,),
        primary=MEASURE,
        mode="compare",
        action="C",
        way_in="some_days",
        half_life_hours=half_life,
        kept_elsewhere=True,
        told_lag=1 if lag else 0,
        skip=(0, 1, 2)[skip],
        counted_from=diary.counted_from,
    )
    return compare(plan, diary.entries, ended=True)


def _as_json(report: Report) -> dict[str, Any]:
    numbers = _numbers(report)
    trend = numbers.trend
    return {
        "result": report.result,
        **{
            key: getattr(numbers, key)
            for key in ("n_on", "n_off", "switches", "mean_on", "mean_off", "difference")
        },
        **{key: getattr(numbers, key) for key in ("estimate", "lower", "upper")},
        "trend": {"estimate": trend.estimate, "lower": trend.lower, "upper": trend.upper} if trend else None,
        **{key: getattr(numbers, key) for key in ("permutation_p", "permutation_kind", "nap", "pairs")},
        "recovery": numbers.recovery,
        "sentences": _sentences(report),
    }


def _as_text(report: Report, diary: Diary, file: str, measure: str, dose: str) -> str:
    from textwrap import fill  # noqa: PLC0415

    from app.core.catalogue import text  # noqa: PLC0415

    numbers = _numbers(report)
    lines = [
        f"{file}: “{measure}” by “{dose}”, {diary.length_days} days, {report.counts.rated} rated",
        "",
        text(report.title),
        *(fill(sentence, 88, initial_indent="  ", subsequent_indent="  ") for sentence in _sentences(report)),
        "",
        f"  {'':<30}{'on':>10}{'off':>10}",
        f"  {'days compared':<30}{numbers.n_on:>10}{numbers.n_off:>10}",
        f"  {'mean':<30}{_number(numbers.mean_on):>10}{_number(numbers.mean_off):>10}",
        f"  {'median':<30}{_number(numbers.median_on):>10}{_number(numbers.median_off):>10}",
        "",
    ]
    rows = {
        "changes between on and off": str(numbers.switches),
        "mean on minus mean off": _number(numbers.difference),
        "recovery": "not asked" if numbers.recovery is None else _number(numbers.recovery),
    }
    if numbers.trend:
        trend = numbers.trend
        rows |= {
            "estimate, 95 % interval": _range(numbers.estimate, numbers.lower, numbers.upper),
            "the same with a trend": _range(trend.estimate, trend.lower, trend.upper),
            "correlation of dose and time": _number(numbers.cor_on_time),
            "AR(1) phi": _number(numbers.phi),
            "permutation p": f"{numbers.permutation_p:.4g} ({numbers.permutation_kind})",
            "NAP": f"{_number(numbers.nap)} of {numbers.pairs} pairs",
        }
    if report.caps:
        rows["capped by"] = ", ".join(cap.replace("_", " ") for cap in report.caps)
    return "\n".join([*lines, *(f"  {name:<30}{value:>10}" for name, value in rows.items())])


def _sentences(report: Report) -> list[str]:
    from app.core.catalogue import text  # noqa: PLC0415

    return [text(say) for say in report.sentences]


def _numbers(report: Report) -> Numbers:
    assert report.numbers is not None, "a diary that is compared has numbers"  # noqa: S101
    return report.numbers


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _range(estimate: float | None, lower: float | None, upper: float | None) -> str:
    return f"{_number(estimate)}  ({_number(lower)} to {_number(upper)})"
