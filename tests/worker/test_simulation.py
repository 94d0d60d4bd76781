"""SECURITY.md, M4: nothing missed, nothing early, nothing shown twice, whatever the clocks and the workers do."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from app.services.house import House

from tests.domain import clocks
from tests.worker.simulation import Trouble, run_day

# A spring night in Europe, an autumn night in America, and the one on which Greenland's clocks skip midnight.
NIGHTS = (date(2027, 3, 28), date(2027, 11, 7))


# On PostgreSQL each look of two workers is a round trip, a day of them a minute and a half: one day, as it is the
# same code.
DAYS = [*(("sqlite", on) for on in NIGHTS), ("postgresql", NIGHTS[0])]


@pytest.mark.parametrize(("house", "on"), DAYS, ids=str, indirect=["house"])
def test_a_day_with_two_workers_that_crash(house: House, on: date) -> None:
    number = 900 if house.engine.dialect.name == "sqlite" else 400
    found = run_day(house, clocks.SOME, on, number, Trouble(crash=0.005, busy=0.03), seed=on.toordinal())
    assert found.expected > number
    assert (found.missed, found.early, found.unasked, found.shown_twice) == (0, 0, 0, 0), found
    assert found.crashes > 0, "nothing went wrong, so this showed nothing"
    assert 0 < found.sent_again <= 200 * found.crashes, found
    assert found.latest <= 300, found


@pytest.mark.nightly
def test_a_hundred_thousand_in_every_zone_on_each_day_of_change(house: House) -> None:
    """Of 2027. PostgreSQL takes a tenth of them: it is the same code, and slower."""
    names = sorted(available_timezones())
    number = 100_000 if house.engine.dialect.name == "sqlite" else 10_000
    for on in clocks.days_of_change(names, 2027):
        found = run_day(house, names, on, number, Trouble(), seed=on.toordinal())
        print(on, found, flush=True)
        assert (found.missed, found.early, found.unasked, found.shown_twice) == (0, 0, 0, 0), found
        assert found.latest <= 300, found
