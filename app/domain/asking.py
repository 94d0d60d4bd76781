"""Three things worth asking, for two people who look at a fortnight together.

Open questions by documented rules from what is shared, in the order of `RULES`: the first three that apply. No
rule reads what a text says; none names a direction, holds what was expected against what came, or tells anybody
what to do. The last rules always apply, so there are three whatever is shared.
"""

from collections.abc import Callable, Iterator

from app.domain.report import Report
from app.domain.rounding import spoken
from app.domain.sentences import at_start, rated
from app.domain.words import Say

ASKED = 3
NIGHTS_DIFFER_HOURS = 3.0
"""From so far apart on, the nights are asked about: the difference between 5 and 8 hours."""
_UNSETTLED = frozenset({"cannot_tell", "no_variation", "carry_over", "too_few_days", "one_block"})


def worth_asking(report: Report, *, ended: bool) -> tuple[Say, ...]:
    """Exactly three, for a report as it is shared."""
    said: list[Say] = []
    for rule in RULES:
        for question in rule(report, ended):
            if len(said) < ASKED:
                said.append(question)
    return tuple(said)


def _worrying(report: Report, ended: bool) -> Iterator[Say]:
    """Something new or worrying was chosen: that comes before everything else."""
    if any(row.worrying for row in report.log):
        yield Say("asking-worrying")


def _settled(report: Report, ended: bool) -> Iterator[Say]:
    """What the days said, once they are over, without a word on which way."""
    if report.result == "stands_out":
        yield Say("asking-stands-out")
    elif report.result in _UNSETTLED:
        yield Say("asking-unsettled")


def _starred(report: Report, ended: bool) -> Iterator[Say]:
    """A note that the person starred; it stands whole elsewhere and is not quoted here."""
    if any(row.note for row in report.log):
        yield Say("asking-note")


def _side_effect(report: Report, ended: bool) -> Iterator[Say]:
    """The side effect that came up on most days, in the person's own name for it."""
    names = [effect.name for row in report.log for effect in row.side_effects]
    if names:
        commonest = max(dict.fromkeys(names), key=names.count)
        yield Say("asking-side-effect", {"name": commonest, "n": names.count(commonest)})


def _question(report: Report, ended: bool) -> Iterator[Say]:
    if report.question:
        yield Say("asking-question")


def _both_kinds(report: Report, ended: bool) -> Iterator[Say]:
    """Days with the dose and days without it: what life produced, asked about without a why."""
    doses = {row.dose for row in report.log}
    if {"taken", "not_taken"} <= doses:
        yield Say("asking-both-kinds")


def _own_measure(report: Report, ended: bool) -> Iterator[Say]:
    """A measure in the person's own word, where it was rated at all."""
    answered = {summary.measure for summary in report.summaries}
    own = [each for each in report.measures if "words" in each.name.args and each.key in answered]
    if own:
        yield Say("asking-own-measure", {"name": own[0].name.args["words"]})


def _nights(report: Report, ended: bool) -> Iterator[Say]:
    for summary in report.summaries:
        if summary.measure == "sleep_hours" and summary.highest - summary.lowest >= NIGHTS_DIFFER_HOURS:
            measure = report.measure("sleep_hours")
            yield Say(
                "asking-nights",
                {
                    "measure": at_start(measure),
                    "low": spoken(summary.lowest),
                    "high": rated(summary.highest, measure),
                },
            )


def _hard_days(report: Report, ended: bool) -> Iterator[Say]:
    if any(row.hard_day for row in report.log):
        yield Say("asking-hard-days")


def _always(report: Report, ended: bool) -> Iterator[Say]:
    yield Say("asking-first")
    if report.result not in _UNSETTLED:  # asked already
        yield Say("asking-watching-over" if ended else "asking-watching")
    yield Say("asking-worth-over" if ended else "asking-worth")
    yield Say("asking-else")


RULES: tuple[Callable[[Report, bool], Iterator[Say]], ...] = (
    _worrying,
    _settled,
    _starred,
    _side_effect,
    _question,
    _both_kinds,
    _own_measure,
    _nights,
    _hard_days,
    _always,
)
