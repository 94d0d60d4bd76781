"""The comparison over HTTP: what a fortnight shows, in sentences, as figures, and whole as a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.api.deps import FRESH, HouseDep, Limits, Now, OwnExperiment, OwnKey, SessionDep, Shown
from app.api.encodings import zipped
from app.api.files import streamed
from app.core.vault import SealBroken
from app.domain.errors import NotFound, Refused
from app.domain.report import Report
from app.models.experiments import Cover, ExperimentPublic
from app.models.reports import ComparisonPublic, FigurePublic, FiguresPublic, TablePublic
from app.rendering.figures import NARROWEST, all_figures, day_table
from app.rendering.plotly_check import checked
from app.rendering.wire import figure_payload, table_payload
from app.services import exports, report_words, reports

router = APIRouter(prefix="/api/experiments/{experiment_id}", tags=["comparison"])


def _report_if_begun(
    house: HouseDep, session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> Report | None:
    """My report, its first opening noted; None for a draft. What is drawn of it needs no transaction."""
    if experiment.started_at is None:
        return None
    report = reports.build(session, experiment, key, limits, now=now)
    session.commit()
    reports.note_opening(house.engine, experiment, report, now=now)
    return report


ReportIfBegun = Annotated[Report | None, Depends(_report_if_begun)]


def _own_report(report: ReportIfBegun) -> Report:
    if report is None:
        raise Refused("not-started")
    return report


def _frame(
    house: HouseDep, session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> exports.Frame:
    """The export but for its check-ins. Where the plan does not open any more it hands over what there is."""
    try:
        report = reports.build(session, experiment, key, limits, now=now) if experiment.started_at else None
    except (SealBroken, Refused):  # a covered result is no more in the file than on the screen
        report = None
    frame = exports.frame(session, experiment, key, limits, report, now=now)
    session.commit()
    if report is not None:
        reports.note_opening(house.engine, experiment, report, now=now)
    return frame


OwnReport = Annotated[Report, Depends(_own_report)]
Around = Annotated[exports.Frame, Depends(_frame)]


@router.get("/comparison")
def get_comparison(report: OwnReport) -> ComparisonPublic:
    """Result, sentences, description and numbers. The first look at an ended fortnight is stamped."""
    return report_words.comparison(report)


@router.get("/figures", response_model=FiguresPublic)
def get_figures(
    request: Request,
    response: Response,
    report: OwnReport,
    width: Annotated[int, Query(ge=NARROWEST, le=1200)] = 328,
    definition: Annotated[bool, Query(description="false: only what is drawn, at half the weight")] = True,
) -> Response:
    """Every chart: its sentence, its definition in Plotly's schema, its SVG, and its table. By far the largest
    answer that a screen waits for; of the request only a number goes into it, and that as the places of lines."""
    figures = [FigurePublic.model_validate(figure_payload(figure)) for figure in all_figures(report, width=width)]
    if not definition:
        figures = [figure.model_copy(update={"figure": None}) for figure in figures]
    days = TablePublic.model_validate(table_payload(day_table(report)))
    return zipped(request, FiguresPublic(days=days, figures=figures), response)


@router.get("/figures/{name}/plotly")
def get_plotly_figure(
    report: OwnReport,
    name: Annotated[str, Path(max_length=40)],
    width: Annotated[int, Query(ge=NARROWEST, le=1200)] = 328,
) -> dict[str, Any]:
    """One chart through the plotly package, for plotly.js to take over."""
    found = next((figure for figure in all_figures(report, width=width) if figure.key == name), None)
    if found is None:
        raise NotFound()
    return checked(found)


@router.get("/export", dependencies=[FRESH])
def get_export(
    house: HouseDep,
    experiment: OwnExperiment,
    key: OwnKey,
    now: Now,
    around: Around,
) -> Response:
    """Everything of this fortnight as one JSON file: the plan, every check-in, the report where there is one."""
    parts = exports.parts(house, experiment, key, around)
    return streamed(house, experiment.account_id, parts, "application/json; charset=utf-8", "json", now=now)


@router.put("/comparison/cover")
def cover_comparison(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, shown: Shown, body: Cover
) -> ExperimentPublic:
    """Keep the result covered until we look at it together, or look now."""
    reports.cover(session, experiment, key, covered=body.covered)
    return shown(experiment)


@router.post("/comparison/resume")
def resume_comparison(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, shown: Shown
) -> ExperimentPublic:
    """Take up a comparison that was set aside while things were hard."""
    reports.resume(session, experiment, key, now=now)
    return shown(experiment)
