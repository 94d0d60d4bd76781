"""The page for a prescriber in words: one value that screen, print and PDF draw, so that none can differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.catalogue import has, text
from app.domain import brief
from app.domain.brief import Part
from app.domain.report import Report, Spread
from app.domain.words import Say
from app.rendering import svg, wording
from app.rendering.figures import WIDTH, Table, fortnight
from app.rendering.figures.parts import Look
from app.rendering.wire import table_payload

MOST_EFFECTS = 8
"""Side effects in the table; how many came after them is said."""
NOT_TAKING = frozenset({"stopped", "never_started"})


@dataclass(frozen=True)
class Told:
    """What the client says beside the report; all of it may be empty."""

    called: str
    prescriber: str
    visit_on: date | None
    medicine: str
    known: bool
    """By a name that the prescriber knows, not only by what the client calls it."""
    strength: str
    usual_time: str | None
    since: str
    changed: str
    stopped_on: date | None
    told_on: date | None
    """When the prescriber was told, as the client says."""
    way_in: str | None
    words: str
    not_told: str
    questions: Sequence[str]
    class_words: Sequence[str]
    """The medicine class's own wording."""


@dataclass(frozen=True)
class Line:
    label: str
    text: str


@dataclass(frozen=True)
class Chart:
    title: str
    sentence: str
    svg: str
    paper: str
    table: Mapping[str, object]


@dataclass(frozen=True)
class Grid:
    """A table with its heading."""

    title: str
    table: Mapping[str, object]
    note: str = ""


@dataclass(frozen=True)
class Page:
    """Everything that stands on it, in its order; what was not ticked is not in it."""

    title: str
    made_by: str
    period: str
    about: tuple[Line, ...]
    question: str
    words: str
    not_told: str
    questions: tuple[str, ...]
    result_title: str
    result: tuple[str, ...]
    chart: Chart | None
    sides: Grid | None
    ranges: Grid | None
    without: str
    effects: Grid | None
    not_logged: str
    limits: tuple[str, ...]
    made_on: date


def page(report: Report, told: Told, parts: Sequence[Part], *, made_on: date, locale: str = "en") -> Page:
    """`report`: made of these parts only. `made_on`: the client's own day."""
    writer = _Writer(report, told, frozenset(parts), Look(report, locale), made_on)
    return writer.page()


@dataclass(frozen=True)
class _Writer:
    report: Report
    told: Told
    parts: frozenset[Part]
    look: Look
    made_on: date

    def page(self) -> Page:
        report, told, parts = self.report, self.told, self.parts
        rated = bool(report.measures)
        return Page(
            title=self._title(),
            made_by=self._made_by(),
            period=self._period(),
            about=tuple(self._about()),
            question=report.question,
            words=told.words if "words" in parts else "",
            not_told=told.not_told if "not_told" in parts else "",
            questions=tuple(told.questions) if "questions" in parts else (),
            result_title=self._result_title() if rated else "",
            result=tuple(self._read(say) for say in brief.about_days(report)) if rated else (),
            chart=self._chart() if rated or "doses" in parts else None,
            sides=self._sides(),
            ranges=self._ranges() if rated else None,
            without=self._without() if "doses" in parts else "",
            effects=self._effects(),
            not_logged=self._not_logged(),
            limits=(*self._limits(), self._say("brief-observed")),
            made_on=self.made_on,
        )

    def _say(self, key: str, /, **args: str | int | float | Say) -> str:
        return text(key, self.look.locale, **args)

    def _read(self, say: Say) -> str:
        """As somebody else reads it. Where it tells a reason that is not ticked, it says only that it holds."""
        if say.key in brief.OF_REASONS and "reasons" not in self.parts:
            return self._say("brief-cap-of-these-days")
        return text(self._other(say), self.look.locale)

    def _other(self, say: Say) -> Say:
        key = say.key.replace("safety-", "safety-brief-").replace("result-", "brief-result-")
        args = {name: self._other(arg) if isinstance(arg, Say) else arg for name, arg in say.args.items()}
        return Say(key if has(key, self.look.locale) else say.key, args)

    def _date(self, day: date) -> str:
        return wording.long_date(day, self.look.locale)

    # The head of the page

    def _title(self) -> str:
        report, told = self.report, self.told
        days = len(report.come)
        if "medicine" not in self.parts or not told.medicine:
            return self._say("brief-title-plain", days=days)
        kind = "without" if told.way_in in NOT_TAKING else "with"
        medicine = told.medicine if told.known else self._say("brief-nickname", label=told.medicine)
        return self._say("brief-title", days=days, medicine=medicine, kind=kind)

    def _made_by(self) -> str:
        told = self.told
        made = self._say("brief-made-by", who=told.called) if told.called else self._say("brief-made")
        visit = [self._say("brief-for", who=told.prescriber)] if told.prescriber else []
        visit += [self._say("brief-on", date=self._date(told.visit_on))] if told.visit_on else []
        return " ".join([made, *visit])

    def _period(self) -> str:
        report = self.report
        if not report.come or not report.dated:
            return self._say("brief-days", n=len(report.come))
        first, last = report.come[0].date, report.come[-1].date
        if first == last:
            return self._date(first)
        same_month = (first.year, first.month) == (last.year, last.month)
        within = "month" if same_month else "year" if first.year == last.year else "years"
        return self._say(
            "brief-period",
            day=first.day,
            month=first.month,
            year=str(first.year),
            within=within,
            last=self._date(last),
        )

    def _about(self) -> list[Line]:
        """The medicine, and what the prescriber was told."""
        told = self.told
        if "medicine" not in self.parts:
            return []
        usual = self._say(f"experiment-usual-time-{told.usual_time}") if told.usual_time else ""
        stopped = self._date(told.stopped_on) if told.way_in == "stopped" and told.stopped_on else ""
        lines = {
            "medicine": told.medicine,
            "strength": told.strength,
            "time": "" if told.way_in in NOT_TAKING else usual,
            "since": told.since,
            "stopped": stopped,
            "changed-line": told.changed,
        }
        said = [Line(self._say(f"brief-{name}"), value) for name, value in lines.items() if value]
        if told.way_in == "never_started":
            said.append(Line(self._say("brief-medicine-state"), self._say("brief-never-started")))
        return [*said, *self._prescriber_told()]

    def _prescriber_told(self) -> list[Line]:
        """That there are days without it is what was told: it is of the doses too."""
        on = self.told.told_on
        if on is None or "doses" not in self.parts:
            return []
        words = self._say("safety-prescriber-told")
        return [Line(self._say("brief-told"), self._say("brief-told-on", words=words, date=self._date(on)))]

    # The days

    def _result_title(self) -> str:
        title = self._read(self.report.title)
        measure = wording.name(self.report.primary_measure, self.look.locale)
        return self._say("brief-result-title", measure=measure, title=title) if self.report.comparison else title

    def _chart(self) -> Chart | None:
        """One figure at two widths: words on a phone are as large as on paper."""
        paper, phone = (fortnight.draw(replace(self.look, width=width)) for width in (fortnight.PAPER, WIDTH))
        if paper is None or phone is None:
            return None
        return Chart(
            title=text(paper.title, paper.locale),
            sentence=paper.sentence,
            svg=svg.draw(phone),
            paper=svg.draw(paper, "paper"),
            table=table_payload(paper.table),
        )

    def _sides(self) -> Grid | None:
        """The primary measure by its plain means, the others as ranges with n: never sorted by how they differ."""
        comparison, look = self.report.comparison, self.look
        if comparison is None:
            return None
        means = (self._mean(group.mean, group.n) for group in (comparison.on, comparison.off))
        rows = [(look.name(self.report.primary_measure), *means)]
        for other in comparison.others:
            if other.on.n or other.off.n:
                cells = (self._spread(other.measure, spread) for spread in (other.on, other.off))
                rows.append((look.name(self.report.measure(other.measure)), *cells))
        return self._grid("sides", ("measure", "on-days", "off-days"), rows, self._say("brief-sides-note"))

    def _grid(self, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], note: str = "") -> Grid:
        heads = tuple(self._say(f"brief-{column}") for column in columns)
        return Grid(self._say(f"brief-{name}"), table_payload(Table(heads, tuple(rows))), note)

    def _mean(self, mean: float, n: int) -> str:
        return self._say("brief-mean", mean=wording.average(mean), days=wording.days(n, self.look.locale))

    def _spread(self, measure: str, spread: Spread) -> str:
        if not spread.n or spread.lowest is None or spread.highest is None:
            return ""
        found = wording.span(spread.lowest, spread.highest, self.report.measure(measure), self.look.locale)
        return self._say("brief-range", range=found, days=wording.days(spread.n, self.look.locale))

    def _ranges(self) -> Grid | None:
        """Where the days do not stand side by side: each measure over all days."""
        report, look = self.report, self.look
        if report.comparison or not report.summaries:
            return None
        rows = []
        for one in report.summaries:
            measure = report.measure(one.measure)
            spans = ((one.middle_low, one.middle_high), (one.lowest, one.highest))
            cells = (wording.span(low, high, measure, look.locale) for low, high in spans)
            rows.append((look.name(measure), *cells, wording.days(one.n, look.locale)))
        return self._grid("ranges", ("measure", "mostly", "lowest-highest", "rated"), rows)

    def _without(self) -> str:
        """How many days, and why. Where no chart may show which, they are named: a row of the log, in words."""
        found, look = brief.without(self.report), self.look
        why = [self._say("brief-reason", reason=reason, n=n) for reason, n in found.reasons]
        said = ", ".join(why) if "reasons" in self.parts else ""
        if not found.rows:
            return self._say("brief-without-none")
        n, counted = len(found.rows), self.report.counted_from
        if self.report.drawn.marks:
            return self._say("brief-without", n=n, reasons=said) if said else ""
        names = [wording.day_name(row.date, row.number, look.locale, counted_from=counted) for row in found.rows]
        given = "given" if said else "none"
        return self._say("brief-without-on", n=n, days=", ".join(names), reasons=given, said=said)

    def _effects(self) -> Grid | None:
        if "side_effects" not in self.parts:
            return None
        look, effects = self.look, brief.effects(self.report)
        rows = [
            (
                wording.heading(wording.plain(one.name)),
                wording.days(one.days, look.locale),
                self._say("brief-bother", bother="unsaid" if one.worst is None else one.worst),
                wording.day_name(
                    one.first.date, one.first.number, look.locale, counted_from=self.report.counted_from
                ),
            )
            for one in effects[:MOST_EFFECTS]
        ]
        if not rows:
            return self._grid("effects", (), (), self._say("brief-effects-none"))
        more = len(effects) - len(rows)
        note = self._say("brief-effects-more", n=more) if more else ""
        return self._grid("effects", ("effect", "noted", "worst", "first"), rows, note)

    def _not_logged(self) -> str:
        n = len(brief.empty_days(self.report))
        if not n:
            return ""
        said = self._say("brief-not-logged", n=n, length=len(self.report.come))
        return f"{said} {self._say('brief-not-logged-doses')}" if "doses" in self.parts else said

    def _limits(self) -> list[str]:
        said = [self._read(say) for say in brief.limits(self.report)]
        return [*said, *(self.told.class_words if "medicine" in self.parts else ())]
