"""A page that believes in one account while the browser's cookie is another's is told so, and nothing is done.

It can happen: two tabs, of which one has not heard that somebody else signed in in the other.
"""

from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from tests.access import RULES
from tests.cast import PASSWORD, Cast, days_ago
from tests.contents import contents

HEADER = "Fortnight-Account"


def test_whoever_says_who_they_are_and_is_somebody_else_gets_nothing(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(3))
    cast.ana.http.headers[HEADER] = str(cast.sam.id)
    before = contents(cast)
    asked = 0
    for context in iter_route_contexts(cast.app.routes):
        for method in context.methods or ():
            path = context.path or ""
            rule = RULES.get((method, path))
            if rule is None or rule.who == "anyone":
                continue
            url = path.replace("{experiment_id}", experiment["id"]).replace("{day}", days_ago(1))
            answer = cast.ana.http.request(method, url, json=body_of(path) if method in {"PUT", "POST"} else None)
            assert (answer.status_code, answer.json()["code"]) == (401, "other-account"), (method, path)
            asked += 1
    assert asked > 20
    assert contents(cast) == before


def body_of(path: str) -> dict[str, Any]:
    if path.endswith("{day}"):
        return {"base_revision": 0, "written_at": "2026-11-23T22:10:00Z", "zone": "UTC", "mood": 5}
    return {"password": PASSWORD}


@pytest.mark.parametrize("said", ["", "nobody", "0" * 5000])
def test_a_word_that_is_no_account_is_another_account(cast: Cast, said: str) -> None:
    answer = cast.ana.http.get("/api/session", headers={HEADER: said})
    assert answer.status_code == 401


def test_the_same_account_is_let_in(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(3))
    cast.ana.http.headers[HEADER] = str(cast.ana.id)
    assert cast.ana.http.get("/api/session").status_code == 200
    assert cast.ana.put(experiment, days_ago(1), mood=5).status_code == 200


def test_signing_out_ends_no_session_of_somebody_else(cast: Cast) -> None:
    answer = cast.ana.http.delete("/api/session", headers={HEADER: str(cast.sam.id)})
    assert (answer.status_code, answer.json()["code"]) == (401, "other-account")
    assert "set-cookie" not in answer.headers
    assert cast.ana.http.get("/api/session").status_code == 200
    answer = cast.ana.http.delete("/api/session", headers={HEADER: str(cast.ana.id)})
    assert answer.status_code == 204
    assert cast.visitor("a token of nobody").delete("/api/session", headers={HEADER: "x"}).status_code == 204


def test_what_a_page_may_ask_for_before_it_knows_who_is_here_says_whose_it_is(cast: Cast) -> None:
    one = f"/api/experiments/{cast.ana.started(start_on=days_ago(3))['id']}"
    for path in ("/api/session", "/api/experiments", one, f"{one}/comparison", f"{one}/figures"):
        assert cast.ana.http.get(path).headers.get_list(HEADER) == [str(cast.ana.id)], path
    assert HEADER not in cast.nobody.get("/api/session").headers
    assert HEADER not in cast.sam.http.get(one).headers
