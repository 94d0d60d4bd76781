"""Another zone or day end while a fortnight runs: when a day ends changes, what was decided before does not."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.experiments import Experiment, Plan
from app.services import plans

from tests.api.test_comparison import DOSES, MOODS
from tests.cast import Cast, Player

BEGIN = datetime(2026, 5, 4, 14, 30, tzinfo=UTC)  # 2026-05-04 in Berlin, 04:30 on the 5th in Kiritimati
DAYS = 15


def put_plan(player: Player, experiment: dict[str, Any], **changes: Any) -> Any:
    url = f"/api/experiments/{experiment['id']}"
    now = player.http.get(url).json()
    plan = {name: now[name] for name in Plan.model_fields}
    return player.http.put(url, json={**plan, **changes, "base_revision": now["revision"]})


def begun(cast: Cast, **plan: Any) -> tuple[Player, dict[str, Any]]:
    with time_machine.travel(BEGIN, tick=False):
        player = cast.player("una", "client")
        return player, player.started(zone="Europe/Berlin", length_days=DAYS, **plan)


def logged(player: Player, experiment: dict[str, Any]) -> None:
    for number, (dose, mood) in enumerate(zip(DOSES, MOODS, strict=True)):
        now = BEGIN + timedelta(days=number)
        with time_machine.travel(now, tick=False):
            taken = "taken" if dose == "T" else "not_taken"
            day = (datetime.fromisoformat(experiment["start_on"]) + timedelta(days=number)).date().isoformat()
            written: dict[str, Any] = {"zone": "Europe/Berlin", "written_at": now.isoformat()}
            answer = player.put(experiment, day, mood=mood, dose=taken, sleep_hours=7.5, **written)
            assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "elsewhere", [{"zone": "Pacific/Kiritimati"}, {"zone": "Pacific/Pago_Pago"}, {"day_end": "23:00"}]
)
def test_what_was_planned_stays_planned_and_nothing_is_stamped(cast: Cast, elsewhere: dict[str, str]) -> None:
    player, experiment = begun(cast)
    logged(player, experiment)
    with time_machine.travel(BEGIN + timedelta(days=3), tick=False):
        moved = put_plan(player, experiment, **elsewhere)
        assert (moved.status_code, moved.json()["changes"]) == (200, [])
        assert {name: moved.json()[name] for name in elsewhere} == elsewhere
    with time_machine.travel(BEGIN + timedelta(days=DAYS + 2), tick=False):
        body = player.http.get(f"/api/experiments/{experiment['id']}/comparison").json()
    assert (body["looked_back"], body["caps"], body["result"]) == (False, [], "stands_out")


def test_what_was_looked_back_on_stays_so(cast: Cast) -> None:
    """Started in the evening of the 4th for the 3rd: west of there it would have been that very day."""
    player, experiment = begun(cast, start_on="2026-05-03")
    logged(player, experiment)
    with time_machine.travel(BEGIN + timedelta(days=3), tick=False):
        assert put_plan(player, experiment, zone="Pacific/Pago_Pago").status_code == 200
    with time_machine.travel(BEGIN + timedelta(days=DAYS + 2), tick=False):
        body = player.http.get(f"/api/experiments/{experiment['id']}/comparison").json()
    assert body["looked_back"] is True


def test_a_fortnight_from_before_this_was_kept_says_what_it_said(cast: Cast) -> None:
    player, experiment = begun(cast, start_on="2026-05-03")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        row = session.get_one(Experiment, UUID(experiment["id"]))
        sealed = plans.open_sealed(row, player.key)
        assert sealed.looked_back is True
        plans.store(row, sealed.model_copy(update={"looked_back": None}), player.key)
        session.add(row)
    with time_machine.travel(BEGIN + timedelta(days=DAYS + 2), tick=False):
        body = player.http.get(f"/api/experiments/{experiment['id']}/comparison").json()
    assert body["looked_back"] is True


LAST_DAY = datetime(2026, 5, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "elsewhere", "over"),
    [
        (13.99, {"zone": "Pacific/Kiritimati"}, False),  # 03:59 of the 19th there: still the evening of the 18th
        (14, {"zone": "Pacific/Kiritimati"}, True),
        (14, {"zone": "Pacific/Kiritimati", "length_days": 16}, False),  # with one more day it goes on
        (14, {"zone": "Pacific/Kiritimati", "day_end": "05:00"}, False),
        (25.9, {"day_end": "03:00"}, True),  # 03:54 on the 19th
        (25.9, {"day_end": "03:55"}, False),
        (25.9, {"zone": "Pacific/Pago_Pago"}, False),
    ],
)
def test_a_zone_or_day_end_never_ends_it_early(
    cast: Cast, hour: float, elsewhere: dict[str, Any], over: bool
) -> None:
    player, experiment = begun(cast)
    with time_machine.travel(LAST_DAY + timedelta(hours=hour), tick=False):
        url = f"/api/experiments/{experiment['id']}"
        before = player.http.get(url).json()
        assert before["status"] == "running"
        answer = put_plan(player, experiment, **elsewhere)
        if over:
            assert (answer.status_code, answer.json()["code"]) == (409, "would-be-over")
            assert "over at once" in answer.json()["detail"]
            assert player.http.get(url).json() == before
        else:
            assert (answer.status_code, answer.json()["status"]) == (200, "running"), answer.text
