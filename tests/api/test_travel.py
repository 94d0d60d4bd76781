"""Check-ins from anywhere: the day is judged where the phone is, by the day end of the experiment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine

from tests.cast import Cast
from tests.sharing import by_hand

# One zone for each offset and rule there is in the night of Europe's change, and at an ordinary hour.
NIGHTS = (
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # Europe springs forward at 01:00; 03:30 in Berlin
    datetime(2026, 10, 25, 0, 59, tzinfo=UTC),  # and falls back: 02:59, for the first time
    datetime(2026, 3, 8, 10, 30, tzinfo=UTC),  # California, half an hour after the change
    datetime(2026, 6, 15, 11, 59, tzinfo=UTC),
)


def zones_at(now: datetime) -> list[str]:
    by_offset = {now.astimezone(ZoneInfo(name)).utcoffset(): name for name in sorted(available_timezones())}
    return list(by_offset.values())


def today_there(now: datetime, zone: str) -> date:
    """By arithmetic on the offset: four hours before now, there."""
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return (now.replace(tzinfo=None) + offset - timedelta(hours=4)).date()


@pytest.mark.parametrize("now", NIGHTS, ids=lambda now: f"{now:%m-%d %H:%M}")
@pytest.mark.parametrize("home", ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_wherever_the_phone_is_its_own_today_is_taken_and_its_tomorrow_is_not(
    shared_cast: Cast, now: datetime, home: str
) -> None:
    with time_machine.travel(now - timedelta(days=7), tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started(zone=home)
    zones = zones_at(now)
    assert len(zones) > 30
    revisions: dict[str, int] = {}
    with time_machine.travel(now, tick=False):
        for zone in zones:
            today = today_there(now, zone)
            body: dict[str, Any] = {"zone": zone, "written_at": now.isoformat(), "note": f"from {zone}"}
            base = revisions.get(today.isoformat(), 0)
            taken = player.put(experiment, today.isoformat(), base=base, **body)
            assert taken.status_code == 200, (zone, taken.text)
            assert (taken.json()["zone"], taken.json()["clock_skewed"]) == (zone, False)
            revisions[today.isoformat()] = base + 1
            refused = player.put(experiment, (today + timedelta(days=1)).isoformat(), **body)
            assert (refused.status_code, refused.json()["code"]) == (422, "day-in-future"), zone
    assert len(revisions) == 2  # somewhere it is always another day


def test_the_evening_after_a_flight_over_the_date_line(shared_cast: Cast) -> None:
    """Started in Auckland, flown to Los Angeles: the same evening is there a second time and stays one day."""
    landed = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)  # 17:00 on the 10th in Auckland, 22:00 on the 9th there
    with time_machine.travel(landed - timedelta(days=3), tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started(zone="Pacific/Auckland")
    with time_machine.travel(landed, tick=False):
        at_home: dict[str, Any] = {"zone": "Pacific/Auckland", "written_at": landed.isoformat()}
        away: dict[str, Any] = {"zone": "America/Los_Angeles", "written_at": landed.isoformat()}
        assert player.put(experiment, "2026-06-10", **at_home, mood=5).status_code == 200
        assert player.put(experiment, "2026-06-09", **away, mood=4).status_code == 200
        assert player.put(experiment, "2026-06-10", base=1, **away, mood=6).json()["code"] == "day-in-future"
        rows = player.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()["check_ins"]
    assert {row["day"]: row["answers"]["mood"] for row in rows} == {"2026-06-10": 5, "2026-06-09": 4}


def test_the_last_day_can_be_written_to_its_very_end_and_after(shared_cast: Cast) -> None:
    """The day ends at 04:00 of a night with 25 hours; what is late is taken all the same."""
    begin = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started(zone="Europe/Berlin", length_days=13)
    assert experiment["end_on"] == "2026-10-24"
    url = f"/api/experiments/{experiment['id']}"
    for now, status in (
        (datetime(2026, 10, 25, 2, 59, 59, tzinfo=UTC), "running"),  # 03:59:59, the clock has been set back
        (datetime(2026, 10, 25, 3, 0, 0, tzinfo=UTC), "finished"),
    ):
        with time_machine.travel(now, tick=False):
            assert player.http.get(url).json()["status"] == status
            body: dict[str, Any] = {"zone": "Europe/Berlin", "written_at": now.isoformat(), "note": status}
            base = 0 if status == "running" else 1
            assert player.put(experiment, "2026-10-24", base=base, **body).status_code == 200
            after = player.put(experiment, "2026-10-25", **body)
            assert after.json()["code"] == "day-after-end"


@pytest.mark.parametrize("years", [-3, 3])
def test_a_clock_that_is_years_off_loses_nothing_and_is_flagged(shared_cast: Cast, years: int) -> None:
    now = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started()
        written = now.replace(year=now.year + years)
        answer = player.put(experiment, "2026-06-10", written_at=written.isoformat(), note="kept")
    assert answer.status_code == 200
    assert answer.json()["clock_skewed"] is True
    assert answer.json()["received_at"] == "2026-06-10T18:00:00Z"


@pytest.mark.parametrize("medicine", ["methylphenidate", "lithium"])
def test_a_traveller_a_day_ahead_sees_the_day_they_wrote(shared_cast: Cast, medicine: str) -> None:
    """It is the 10th at home in Los Angeles and the 11th in Tokyo, where the phone is."""
    now = datetime(2026, 6, 10, 20, 0, tzinfo=UTC)
    with time_machine.travel(now - timedelta(days=3), tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started(zone="America/Los_Angeles", medicine=medicine)
    url = f"/api/experiments/{experiment['id']}"
    with time_machine.travel(now, tick=False):
        body: dict[str, Any] = {"zone": "Asia/Tokyo", "written_at": now.isoformat(), "mood": 6, "dose": "taken"}
        assert player.put(experiment, "2026-06-11", **body).status_code == 200
        compared = player.http.get(f"{url}/comparison")
        drawn = player.http.get(f"{url}/figures")
        exported = by_hand(player, lambda: player.http.get(f"{url}/export"))
    assert (compared.status_code, drawn.status_code, exported.status_code) == (200, 200, 200)
    assert compared.json()["result"] == ("notice_only" if medicine == "lithium" else "not_yet")
    assert [(row["date"], row["dose"]) for row in compared.json()["log"]][-1] == ("2026-06-11", "taken")
    rows = next(each for each in drawn.json()["figures"] if each["key"] == "in-order")["table"]["rows"]
    assert rows[-1] == ["Thu 11 Jun", "6"]
    with time_machine.travel(now, tick=False):
        assert player.http.post(f"{url}/stop").status_code == 200
        stopped = player.http.get(f"{url}/comparison").json()
    assert stopped["log"][-1]["date"] == "2026-06-11", "written before the stop"
    at_home: dict[str, Any] = {"zone": "America/Los_Angeles", "written_at": now.isoformat()}
    with time_machine.travel(now + timedelta(days=1), tick=False):
        corrected = player.put(experiment, "2026-06-11", base=1, **at_home, mood=7, dose="taken")
        assert corrected.status_code == 200, "what counts can be put right from anywhere"
        assert player.http.get(f"{url}/comparison").json()["log"][-1]["date"] == "2026-06-11"


@pytest.mark.parametrize(("minutes", "status"), [(-1, 200), (1, 422)])
def test_a_traveller_a_day_ahead_sends_what_was_written_before_the_stop(
    shared_cast: Cast, minutes: int, status: int
) -> None:
    """Written without a network on the 11th in Tokyo, stopped at home on the 10th: by the phone's own time."""
    stop = datetime(2026, 6, 10, 20, 0, tzinfo=UTC)
    with time_machine.travel(stop - timedelta(days=3), tick=False):
        player = shared_cast.player("una", "client")
        experiment = player.started(zone="America/Los_Angeles")
    with time_machine.travel(stop, tick=False):
        player.http.post(f"/api/experiments/{experiment['id']}/stop")
    with time_machine.travel(stop + timedelta(days=2), tick=False):
        written = (stop + timedelta(minutes=minutes)).isoformat()
        body: dict[str, Any] = {"zone": "Asia/Tokyo", "written_at": written, "mood": 6}
        assert player.put(experiment, "2026-06-11", **body).status_code == status
        assert player.put(experiment, "2026-06-12", **body).status_code == 422
        log = player.http.get(f"/api/experiments/{experiment['id']}/comparison").json()["log"]
    assert log[-1]["date"] == ("2026-06-11" if status == 200 else "2026-06-10")
