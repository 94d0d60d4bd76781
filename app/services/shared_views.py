"""The one value that the client's preview and the reader's page both are: a fortnight as it is shared."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.core.catalogue import text
from app.core.vault import DataKey
from app.domain import schedule, sharing
from app.domain.asking import worth_asking
from app.domain.report import Measure, Report
from app.domain.rounding import spoken
from app.domain.safety import Thresholds
from app.domain.sentences import at_start, rated
from app.domain.sharing import Reader, Scope
from app.domain.words import Say
from app.models.experiments import Experiment
from app.models.medicines import Said
from app.models.reflections import SharedBalance
from app.models.reports import FigurePublic, TablePublic
from app.models.reviews import ConclusionPublic, ReviewPublic
from app.models.sharings import Dot, Glance, SharedCard, SharedPublic
from app.models.visits import SharedVisit
from app.rendering.figures import WIDTH, Figure, all_figures, day_table
from app.rendering.wire import figure_payload, table_payload
from app.services import reflections, report_words, reports, reviews, safety, sharings, visits


@dataclass(frozen=True)
class Shared:
    """A fortnight with nothing in it that its (effective) scope does not hold."""

    experiment: Experiment
    report: Report
    scope: Scope
    review: ReviewPublic
    visit: SharedVisit | None
    balance: list[SharedBalance]
    cards: list[SharedCard]
    covered: bool
    ended: bool
    today: date
    reader: Reader

    @property
    def ended_on(self) -> date | None:
        window = self.experiment.window
        return window.last_on if window and self.ended else None


def read(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    limits: Thresholds,
    scope: Scope,
    reader: Reader,
    *,
    now: datetime,
    doses_now: bool = False,
) -> Shared:
    """What is shared of a fortnight by this scope. Raises `Refused` (not-started) for a draft."""
    gathered = reports.gather(session, experiment, key, limits, now=now)
    moment = gathered.moment
    by_now = sharing.effective(scope, reader, ended=moment.ended, doses_now=doses_now)
    report = sharing.shown(gathered.plan, gathered.entries, by_now, moment)
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    review = reviews.get(session, experiment, key) if "conclusion" in by_now else reviews.NONE_YET
    visit = visits.shared(session, experiment, key) if "visit" in by_now else None
    balance = reflections.shared_balance(session, experiment, key) if "balance" in by_now else []
    cards = _cards(gathered, experiment) if "safety_cards" in by_now else []
    return Shared(
        experiment, report, by_now, review, visit, balance, cards, moment.covered, moment.ended, today, reader
    )


def _cards(gathered: reports.Gathered, experiment: Experiment) -> list[SharedCard]:
    window = experiment.window
    assert window is not None  # noqa: S101 - see `gather`
    shown = safety.cards(gathered.looked)
    return [SharedCard(date=day, number=window.number(day), card=card) for day, card in shown]


def public(shared: Shared) -> SharedPublic:
    """The same in words and pictures."""
    report, experiment = shared.report, shared.experiment
    assert experiment.start_on is not None and experiment.window is not None  # noqa: S101 - see `gather`
    rated_at_all = bool(report.measures)
    about = report_words.comparison(report) if rated_at_all else None
    return SharedPublic(
        fields=sharings.listed(shared.scope),
        question=report.question or None,
        medicine_label=report.medicine_label or None,
        primary=about.primary if about else None,
        glance=[_glance(report, each) for each in report.measures],
        # What is worth asking is for a session; somebody close is not to ask it at the table at home.
        asks=said(worth_asking(report, ended=shared.ended)) if shared.reader == "therapist" else [],
        covered=shared.covered,
        start_on=experiment.start_on,
        length_days=experiment.length_days,
        day_number=experiment.window.number(shared.today) if experiment.window.holds(shared.today) else None,
        ended=shared.ended,
        dated=report.dated,
        result=report.result if about else None,
        title=about.title if about else None,
        sentences=about.sentences if about else [],
        summaries=about.description.summaries if about else [],
        prediction=about.prediction if about else None,
        log=report_words.log(report),
        conclusion=_conclusion(shared),
        visit=shared.visit,
        balance=shared.balance,
        safety_cards=shared.cards,
        figures=[_figure(each) for each in all_figures(report, width=WIDTH)] if rated_at_all else [],
        days=TablePublic.model_validate(table_payload(day_table(report))),
    )


def said(sentences: tuple[Say, ...]) -> list[Said]:
    return [Said(key=each.key, text=text(each)) for each in sentences]


def _conclusion(shared: Shared) -> ConclusionPublic | None:
    review = shared.review
    if not (review.conclusion or review.next_step):
        return None
    return ConclusionPublic(words=review.conclusion, next_step=review.next_step)


def _glance(report: Report, measure: Measure) -> Glance:
    dots = [
        Dot(number=day.number, value=point.value, mark=point.mark)
        for day in report.come
        if (point := day.points.get(measure.key))
    ]
    return Glance(
        key=measure.key,
        name=text(measure.name),
        minimum=measure.minimum,
        maximum=measure.maximum,
        said=text(_range([dot.value for dot in dots], measure)),
        dots=dots,
    )


def _range(values: list[float], measure: Measure) -> Say:
    if not values:
        return Say("glance-none", {"measure": at_start(measure)})
    return Say(
        "glance-range",
        {
            "measure": at_start(measure),
            "spread": "one" if min(values) == max(values) else "range",
            "low": spoken(min(values)),
            "high": rated(max(values), measure),
            "n": len(values),
        },
    )


def _figure(figure: Figure) -> FigurePublic:
    return FigurePublic.model_validate({**figure_payload(figure), "figure": None})
