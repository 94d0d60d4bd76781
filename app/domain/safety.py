"""When self-observation steps aside. Pure; the phone runs the twin, `frontend/src/lib/safety.ts`.

Both are tested by `tests/cases/safety.json`. Thresholds are judgement, unvalidated; the operator may set them.
Only the comparison is ever set aside: logging and past dots stay. Free text is never read here.

Where the phone has its rules from: `for_phone` makes one plain object of the thresholds, the two personal
facts (bipolar or psychosis; the client's own floor) and what the medicine brings (its own lines, its list
behind the chip). It travels with the experiment, beside the gate, and is kept on the phone with it.

Nothing is stored: which card was shown in full follows from the answers, so server and phone agree.

- a day *fires* `thoughts`, `mood` or `sleep`, in this order of weight;
- the heaviest one of the day is a full card, if none was full in the seven days before; else one quiet line.
  One exception, on the side of care: a "yes" to the thoughts question is only quietened by an earlier card
  for such a "yes", never by a card about mood or sleep;
- beside a full card the next one of the same day is a quiet line.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any, Literal

from app.domain.medicines import Gate, Step, Symptom

Card = Literal["thoughts", "mood", "sleep"]


@dataclass(frozen=True)
class Thresholds:
    """Moods and energy on 0 to 10, sleep in hours, the rest in days. From the table of rules."""

    low_mood: int = 2
    low_within_days: int = 3
    mood_drop: float = 4
    mood_drop_after: int = 5
    usual_low: float = 3
    usual_low_floor: int = 0
    short_sleep: float = 4
    sleep_drop: float = 2.5
    sleep_drop_after: int = 5
    high: int = 8
    nights: int = 2
    nights_bipolar: int = 1
    quiet_days: int = 7


@dataclass(frozen=True)
class Rules:
    """What holds for one person and one medicine. `own_floor`: a mood the client chose as the line, or None."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    bipolar: bool = False
    own_floor: int | None = None
    steps: tuple[Step, ...] = ()
    worrying: tuple[Symptom, ...] = ()


@dataclass(frozen=True)
class DayAnswers:
    """What the rules look at in one local day. None is unanswered and is never guessed."""

    day: date
    mood: int | None = None
    sleep_hours: float | None = None
    energy: int | None = None
    dose: str | None = None
    thoughts: str | None = None
    worrying: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """What one day's check-in shows. `gap` is unfolded on the dose card; without it the card stays folded.

    `quiet_again`: the quiet line's own card was full within the week, so that the line may say "still". Without
    it the line speaks for the first time, and says what the card would have said.
    """

    card: Card | None = None
    quiet: Card | None = None
    quiet_again: bool = False
    dose_card: bool = False
    gap: Step | None = None
    worrying: tuple[Symptom, ...] = ()
    sets_aside: bool = False


def rules_for(
    gate: Gate,
    fits: Collection[str] | None,
    thresholds: Thresholds | None = None,
    own_floor: int | None = None,
) -> Rules:
    """The rules for one experiment. `fits` as the client gave it."""
    return Rules(
        thresholds=thresholds or Thresholds(),
        bipolar="bipolar_or_psychosis" in (fits or ()),
        own_floor=own_floor,
        steps=gate.steps,
        worrying=gate.worrying,
    )


def for_phone(rules: Rules) -> dict[str, Any]:
    """The rules as plain JSON: {thresholds, bipolar, own_floor, steps: [...], worrying: [...]}."""
    return asdict(rules)


def look(days: Iterable[DayAnswers], day: date, rules: Rules) -> Look:
    """What to show for the check-in of `day`, given every day written so far (later ones are left out)."""
    past = _in_order(days, until=day)
    if not past or past[-1].day != day:
        return Look()
    today = past[-1]
    worrying = tuple(symptom for symptom in rules.worrying if symptom.id in today.worrying)
    fired = _fired(past, len(past) - 1, rules)
    *_, (card, quiet, quiet_again) = _cards(past, rules)
    return Look(
        card=card,
        quiet=quiet,
        quiet_again=quiet_again,
        dose_card=today.dose == "not_taken",
        gap=_gap(past, rules.steps),
        worrying=worrying,
        sets_aside=bool(fired) or _seek_help(worrying),
    )


def cards_on(days: Iterable[DayAnswers], rules: Rules) -> tuple[tuple[date, Card], ...]:
    """Every day with a full card, and which one it was, in order."""
    every = _in_order(days)
    replayed = zip(every, _cards(every, rules), strict=True)
    return tuple((answers.day, card) for answers, (card, _, _) in replayed if card is not None)


def set_aside_on(days: Iterable[DayAnswers], rules: Rules) -> tuple[date, ...]:
    """Every day that set the comparison aside, in order; it stays so until the client resumes after the last."""
    every = _in_order(days)
    chosen = []
    for index, answers in enumerate(every):
        worrying = tuple(symptom for symptom in rules.worrying if symptom.id in answers.worrying)
        if _fired(every, index, rules) or _seek_help(worrying):
            chosen.append(answers.day)
    return tuple(chosen)


def _in_order(days: Iterable[DayAnswers], until: date | None = None) -> tuple[DayAnswers, ...]:
    return tuple(sorted((row for row in days if until is None or row.day <= until), key=lambda row: row.day))


def _seek_help(worrying: Iterable[Symptom]) -> bool:
    return any(symptom.grade != "visit" for symptom in worrying)


def _fired(days: Sequence[DayAnswers], index: int, rules: Rules) -> tuple[Card, ...]:
    """What the day at `index` fires, heaviest first."""
    fired: list[Card] = []
    if days[index].thoughts == "yes":
        fired.append("thoughts")
    if _low_twice(days, index, rules):
        fired.append("mood")
    if _little_sleep_much_energy(days, index, rules):
        fired.append("sleep")
    return tuple(fired)


def _cards(days: Sequence[DayAnswers], rules: Rules) -> Iterator[tuple[Card | None, Card | None, bool]]:
    """(full card, quiet line, whether that line's card was full within the week) of each day in turn: which cards
    were full before it decides."""
    gap = timedelta(days=rules.thresholds.quiet_days)
    full_on: dict[Card, date] = {}
    card: Card | None
    quiet: Card | None
    for index, answers in enumerate(days):
        fired = _fired(days, index, rules)
        if not fired:
            yield None, None, False
            continue
        within = {kind for kind, day in full_on.items() if answers.day - day < gap}
        if (fired[0] in within) if fired[0] == "thoughts" else within:
            card, quiet = None, fired[0]
        else:
            card, quiet = fired[0], fired[1] if len(fired) > 1 else None
            full_on[card] = answers.day
        yield card, quiet, quiet in within


def _low_twice(days: Sequence[DayAnswers], index: int, rules: Rules) -> bool:
    """This rated day is low, and so is another within the same three calendar days."""
    if not _low(days, index, rules):
        return False
    since = days[index].day - timedelta(days=rules.thresholds.low_within_days - 1)
    return any(days[other].day >= since and _low(days, other, rules) for other in range(index))


def _low(days: Sequence[DayAnswers], index: int, rules: Rules) -> bool:
    mood, limits = days[index].mood, rules.thresholds
    if mood is None:
        return False
    earlier = [row.mood for row in days[:index] if row.mood is not None]
    usual = median(earlier) if len(earlier) >= limits.mood_drop_after else None
    if usual is not None and usual <= limits.usual_low:
        return mood <= (limits.usual_low_floor if rules.own_floor is None else rules.own_floor)
    return mood <= limits.low_mood or (usual is not None and usual - mood >= limits.mood_drop)


def _little_sleep_much_energy(days: Sequence[DayAnswers], index: int, rules: Rules) -> bool:
    """Two nights running (one if bipolar or psychosis): nights of consecutive calendar days."""
    nights = rules.thresholds.nights_bipolar if rules.bipolar else rules.thresholds.nights
    for back in range(nights):
        at = index - back
        if at < 0 or days[at].day != days[index].day - timedelta(days=back):
            return False
        if not _short_and_high(days, at, rules.thresholds):
            return False
    return True


def _short_and_high(days: Sequence[DayAnswers], index: int, limits: Thresholds) -> bool:
    row = days[index]
    high = max(row.mood or 0, row.energy or 0) >= limits.high
    if row.sleep_hours is None or not high:
        return False
    earlier = [other.sleep_hours for other in days[:index] if other.sleep_hours is not None]
    usual = median(earlier) if len(earlier) >= limits.sleep_drop_after else None
    return row.sleep_hours <= limits.short_sleep or (
        usual is not None and usual - row.sleep_hours >= limits.sleep_drop
    )


def _gap(past: Sequence[DayAnswers], steps: Sequence[Step]) -> Step | None:
    """The medicine's own line after this dose not taken, if its number is reached.

    Counted are days with "not taken" back to the last dose taken (in whole or in part). A day not logged, not
    due or not said is neither: it adds nothing and ends nothing.
    """
    if past[-1].dose != "not_taken":
        return None
    count = 0
    for row in reversed(past):
        if row.dose in {"taken", "different_amount"}:
            break
        count += row.dose == "not_taken"
    reached = [step for step in steps if step.after <= count]
    return max(reached, key=lambda step: step.after, default=None)
