"""When self-observation steps aside: the rules of `domain/safety` over what is stored."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.domain.medicines import Gate
from app.domain.safety import DayAnswers, Rules, Thresholds, rules_for, set_aside_on
from app.models.experiments import Plan, SafetyRulesPublic, ThresholdsPublic
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


def is_set_aside(days: Mapping[date, Sequence[StoredDay]], sealed: Sealed, rules: Rules) -> bool:
    """True once a rule fires, until the client resumes the comparison; and again for a day that fires anew.

    `days` are the ones that count: what is in no report must not rule over it. Resuming answers what the server
    knew at that moment: a day filled in or changed later speaks for itself.
    """
    fired = _fired(days, rules, until=None)
    resumed_at = sealed.comparison_resumed_at
    return bool(fired if resumed_at is None else fired - _fired(days, rules, until=resumed_at))


def _fired(days: Mapping[date, Sequence[StoredDay]], rules: Rules, *, until: datetime | None) -> set[date]:
    """The days that fire, by what had been received `until` then (None: by now)."""
    known = (
        [each for each in all_of_day if until is None or each.received_at <= until] for all_of_day in days.values()
    )
    return set(set_aside_on((_answers(revisions[-1]) for revisions in known if revisions), rules))


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
