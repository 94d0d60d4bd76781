"""Only the dose values of the chosen days need a meaning."""

from typing import Any

from tests.api.test_diaries import COMPARED, bring, mapping_of, result_of
from tests.cast import Cast

ROWS = [f"{n},{150 - 37 * max(0, n - 13) if n > 6 else 75},{4 + n % 4}" for n in range(20)]
CSV = "\n".join(["date,took it,how I felt", *ROWS])


def looked_at(cast: Cast, **body: Any) -> dict[str, Any]:
    answer = cast.ana.http.post("/api/diaries/preview", json={"csv": CSV, "day": "date", **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_values_of_a_window_are_those_of_its_days(cast: Cast) -> None:
    assert looked_at(cast)["doses"] is None
    found = looked_at(cast, dose="took it", window={"start_on": 0, "length_days": 10})
    assert found["doses"] == [{"value": "75", "count": 7}, {"value": "150", "count": 3}]
    assert len(found["columns"][1]["distinct"]) > 2
    other_kind = looked_at(cast, dose="took it", window={"start_on": "2026-01-01", "length_days": 10})
    assert other_kind["doses"] == []
    assert looked_at(cast, dose="nothing", window={"start_on": 0, "length_days": 10})["doses"] is None


def test_values_outside_the_window_need_no_meaning(cast: Cast) -> None:
    draft = cast.ana.draft(**COMPARED)
    values = {"150": "taken", "75": "not_taken"}
    window = {"start_on": 0, "length_days": 14}
    answer = bring(cast.ana, draft, csv=CSV, mapping=mapping_of(dose_values=values), window=window)
    assert answer.status_code == 200, answer.text
    assert result_of(cast.ana, answer.json())["result"] == "one_block"
