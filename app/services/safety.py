"""When self-observation steps aside: the rules of `domain/safety` over what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.core.vault import DataKey
from app.domain.medicines import Gate
from app.domain.safety import Card, DayAnswers, Rules, Thresholds, cards_on, rules_for, set_aside_on
from app.models.experiments import Experiment, Plan, SafetyRulesPublic, ThresholdsPublic
from app.services import check_ins
from app.services.check_ins import Days, StoredDay
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


@dataclass(frozen=True)
class Looked:
    """One experiment, opened, with the days that count."""

    experiment: Experiment
    sealed: Sealed
    rules: Rules
    days: Days


def cards(looked: Looked) -> tuple[tuple[date, Card], ...]:
    """The full cards that were shown, by the days that they were shown for."""
    return cards_on((_answers(stored) for stored in looked.days.values()), looked.rules)


def set_aside(session: Session, looked: Sequence[Looked], key: DataKey) -> set[UUID]:
    """Which of these are set aside: once a rule fires, until the client resumes the comparison; and again for a
    day that fires anew.

    Resuming answers what the server knew at that moment: a day filled in or changed later speaks for itself. What
    was known then is read only where something came later.
    """
    resumed = {each.experiment.id: each.sealed.comparison_resumed_at for each in looked}
    later = {
        each.experiment.id: at
        for each in looked
        if (at := resumed[each.experiment.id]) and any(stored.received_at > at for stored in each.days.values())
    }
    then = check_ins.days_until(session, [each.experiment for each in looked], key, later)
    aside = set()
    for each in looked:
        identity = each.experiment.id
        known: Days | None = each.days if resumed[identity] else None
        if identity in later:
            known = check_ins.counted(each.experiment, then[identity])
        if _is_set_aside(each.days, known, each.rules):
            aside.add(identity)
    return aside


def _is_set_aside(days: Days, known: Days | None, rules: Rules) -> bool:
    """`known`: the days when the client resumed; None: never. A day that does not open could be one that fires."""
    if known is None:
        return bool(_fired(days, rules) or _closed(days))
    return bool(_fired(days, rules) - _fired(known, rules) or _closed(days) - _closed(known))


def _fired(days: Days, rules: Rules) -> set[date]:
    return set(set_aside_on((_answers(stored) for stored in days.values()), rules))


def _closed(days: Days) -> set[date]:
    return {day for day, stored in days.items() if stored.unreadable}


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
