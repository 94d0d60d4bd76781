"""When self-observation steps aside: the rules of `domain/safety` over what is stored."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain import schedule
from app.domain.medicines import Gate
from app.domain.safety import DayAnswers, Rules, Thresholds, rules_for, set_aside_on
from app.models.experiments import Experiment, Plan, SafetyRulesPublic, ThresholdsPublic
from app.services.check_ins import StoredDay
from app.services.plans import Sealed


def rules(plan: Plan, gate: Gate, limits: Thresholds) -> Rules:
    """What holds for one experiment."""
    return rules_for(gate, plan.fits, limits, plan.mood_floor)


def public(rules: Rules) -> SafetyRulesPublic:
    return SafetyRulesPublic(
        thresholds=ThresholdsPublic.model_validate(rules.thresholds),
        bipolar=rules.bipolar,
        own_floor=rules.own_floor,
    )


def is_set_aside(
    days: Mapping[date, Sequence[StoredDay]], sealed: Sealed, experiment: Experiment, rules: Rules
) -> bool:
    """True from the day a rule fires until the client resumes the comparison on that day or a later one."""
    fired = set_aside_on((_answers(revisions[-1]) for revisions in days.values()), rules)
    if not fired or sealed.comparison_resumed_at is None:
        return bool(fired)
    return fired[-1] > schedule.local_day(sealed.comparison_resumed_at, experiment.zone, experiment.day_end)


def _answers(stored: StoredDay) -> DayAnswers:
    answers = stored.answers
    return DayAnswers(
        day=stored.day,
        mood=answers.mood,
        sleep_hours=answers.sleep_hours,
        energy=answers.energy,
        dose=answers.dose,
        thoughts=answers.thoughts,
        worrying=tuple(answers.worrying or ()),
    )
