"""A fortnight as the files of an archive are drawn of it: an ordinary one, and one where nothing is plain."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain import measures
from app.rendering.along.told import ConsentTold, DayTold, ReaderTold, Told

FIRST = date(2027, 3, 1)
MADE = datetime(2027, 3, 15, 19, 30, 5, 123456, tzinfo=UTC)
WRITTEN = datetime(2027, 3, 1, 21, 0, 0, 7, tzinfo=UTC)
DOSES = ("taken", "different_amount", "not_taken", "not_due", "rather_not_say", None, "taken")


def day(number: int, **said: Any) -> DayTold:
    return DayTold(FIRST + timedelta(days=number - 1), number, "logged", **{"written_at": WRITTEN, **said})


def consent(**said: Any) -> ConsentTold:
    plain: dict[str, Any] = {
        "fields": ("mood", "doses"),
        "given_at": WRITTEN,
        "ends_at": None,
        "withdrawn_at": None,
    }
    return ConsentTold(**{**plain, "held": True, **said})


READERS = (
    ReaderTold(UUID(int=1), "Dr. Brandt", "therapist", (consent(), consent(withdrawn_at=WRITTEN, held=False))),
    ReaderTold(UUID(int=2), "Mia", "supporter", (consent(ends_at=MADE, held=False),)),
)
PLAIN = Told(
    id=UUID(int=7),
    person=UUID(int=8),
    made_at=MADE,
    set_at=WRITTEN,
    dated=True,
    first_on=FIRST,
    last_on=FIRST + timedelta(days=13),
    label="the white one",
    medicine="methylphenidate",
    way_in="some_days",
    stopped_on=None,
    usual_time="morning",
    measures=(
        *map(measures.standard, measures.STANDARD),
        measures.own("own1", "flat", "not flat", "", "very flat"),
    ),
    effects=("dry mouth", "=1+1"),
    days=(
        *(
            day(
                number,
                dose=dose,
                dose_reason="side_effects" if dose == "not_taken" else None,
                ratings={"mood": number % 11, "sleep_hours": 7.5, "own1": 3},
                effects={"dry mouth": 1, "=1+1": None},
                note='Slept late,\r\nthen "walked".',
            )
            for number, dose in enumerate(DOSES, start=1)
        ),
        DayTold(FIRST + timedelta(days=7), 8, "unreadable"),
        DayTold(FIRST + timedelta(days=8), 9, "not_logged"),
    ),
    readers=READERS,
)
COUNTED = replace(PLAIN, dated=False)
DRAFT = replace(
    PLAIN,
    first_on=None,
    last_on=None,
    label=None,
    medicine=None,
    way_in=None,
    usual_time=None,
    effects=(),
    days=(),
    readers=(),
)
