"""A direct route reads its body from the bytes; what it refuses, it refuses as every other route does."""

import json
from typing import Annotated, Any
from uuid import UUID

import pytest
from app.api.direct import DirectRoute
from app.models.base import Day
from app.models.check_ins import CheckInPut
from fastapi import Query, Response

from tests.cast import Cast, days_ago

DAY = {"base_revision": 0, "zone": "UTC", "written_at": "2026-01-01T00:00:00Z"}
PATH = "/experiments/{experiment_id}/check-ins/{day}"


async def fits(experiment_id: UUID, day: Day, body: CheckInPut) -> Response:
    return Response()


async def asks_the_query(day: Day, body: CheckInPut, since: Annotated[int, Query()] = 0) -> Response:
    return Response()


async def has_no_body(experiment_id: UUID, day: Day) -> Response:
    return Response()


def waits(experiment_id: UUID, day: Day, body: CheckInPut) -> Response:
    return Response()


def fortnight(cast: Cast) -> dict[str, Any]:
    """Ana's, whichever test asks first."""
    found: list[dict[str, Any]] = cast.ana.http.get("/api/experiments").json()
    return found[0] if found else cast.ana.started()


def test_any_other_signature_is_found_out_while_the_app_is_assembled() -> None:
    DirectRoute(PATH, fits, methods=["PUT"])
    for endpoint in (asks_the_query, has_no_body, waits):
        with pytest.raises(TypeError, match="cannot be a direct route"):
            DirectRoute(PATH, endpoint, methods=["PUT"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "not-json"),
        (b"", "not-json"),
        (b'{"mood": "\\ud800"}', "not-json"),
        (b'{"mood": NaN}', "invalid-input"),
        (b'{"written_at": "secret"}', "invalid-input"),
        (json.dumps({**DAY, "mood": 11}).encode(), "invalid-input"),
        (json.dumps({**DAY, "own": {"secret": 1}}).encode(), "invalid-input"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_and_not_repeated(shared_cast: Cast, body: bytes, code: str) -> None:
    experiment = fortnight(shared_cast)
    url = f"/api/experiments/{experiment['id']}/check-ins/{days_ago(0)}"
    answer = shared_cast.ana.http.put(url, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "secret" not in answer.text
    assert bool(answer.json().get("errors")) is (code == "invalid-input")


def test_a_path_that_does_not_fit_is_refused(shared_cast: Cast) -> None:
    experiment = fortnight(shared_cast)
    day = shared_cast.ana.http.put(f"/api/experiments/{experiment['id']}/check-ins/tomorrow", json=DAY)
    assert (day.status_code, day.json()["errors"][0]["field"]) == (422, "day")
    unknown = shared_cast.ana.http.put(f"/api/experiments/nobody/check-ins/{days_ago(0)}", json=DAY)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
