"""A diary that counts its days has no dates: everywhere they keep the numbers that the diary gave them."""

from typing import Any

from tests.api.test_diaries import COMPARED, bring, mapping_of, result_of
from tests.cast import Cast
from tests.sharing import choose, shared


def counted(cast: Cast) -> dict[str, Any]:
    rows = [f"{n},{'yes' if n % 3 else 'no'},{4 + n % 4}" for n in range(20)]
    draft = cast.ana.draft(**COMPARED)
    window = {"start_on": 3, "length_days": 14}
    made: dict[str, Any] = bring(
        cast.ana, draft, csv="\n".join(["date,took it,how I felt", *rows]), mapping=mapping_of(), window=window
    ).json()
    return made


def test_counted_days_keep_the_numbers_of_the_diary(cast: Cast) -> None:
    made = counted(cast)
    assert made["counted_from"] == 3
    listed = cast.ana.http.get("/api/experiments").json()
    assert [each["counted_from"] for each in listed] == [3]
    found = result_of(cast.ana, made)
    assert found["counted_from"] == 3
    figures = cast.ana.http.get(f"/api/experiments/{made['id']}/figures").json()
    (drawn,) = [figure for figure in figures["figures"] if figure["key"] == "in-order"]
    for table in (figures["days"], drawn["table"]):
        assert [row[0] for row in table["rows"]] == [f"Day {n}" for n in range(3, 17)]


def test_whom_it_is_shared_with_sees_no_date_of_it_either(cast: Cast) -> None:
    made, newest = counted(cast), cast.ana.started()
    sharing = shared(cast.ana, cast.theo, made, ["mood"])
    assert choose(cast.ana, sharing["id"], newest["id"], ["mood"]).status_code == 200
    [earlier] = cast.theo.http.get(f"/api/clients/{sharing['id']}").json()["earlier"]
    assert (earlier["id"], earlier["start_on"], earlier["last_on"]) == (made["id"], None, None)


def test_days_with_dates_are_not_counted(cast: Cast) -> None:
    made = bring(cast.ana, cast.ana.draft(**COMPARED)).json()
    assert (made["counted_from"], result_of(cast.ana, made)["counted_from"]) == (None, None)
