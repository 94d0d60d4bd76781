"""What schemathesis makes up from the OpenAPI document: what fits it, and what does not."""

import json
import time
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure
from schemathesis.core.result import Ok

from tests.cast import Cast
from tests.test_inputs import JSON, Sender, Watch, less

ANY_TEXT = {"GET /calendar/{token}.ics", "GET /s/page/{opening}", "GET /s/page/{opening}/pdf"}
"""Their parameter may be anything: what is nobody's is not there."""


def made_up(cast: Cast, *, examples: int, mode: GenerationMode) -> Watch:
    sender = Sender(cast)
    schema = schemathesis.openapi.from_dict(cast.app.openapi())
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        try:
            _run(sender, found.ok(), examples, mode)
        except Unsatisfiable:  # it takes nothing that could be wrong
            assert mode is GenerationMode.NEGATIVE
            operation = found.ok()
            if operation.label not in ANY_TEXT:
                assert not (operation.body or operation.path_parameters or operation.query), operation.label
    return sender.watch


def _run(sender: Sender, operation: Any, examples: int, mode: GenerationMode) -> None:
    method, path = operation.method.upper(), operation.path

    @seed(14)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        ids = dict(case.path_parameters or {})
        if "experiment_id" in ids and method != "DELETE":
            ids["experiment_id"] = sender.running["id"]
        case.path_parameters = ids
        body = case.body if isinstance(case.body, dict | list | str | int | float | None) else None
        if isinstance(body, dict) and "base_revision" in body and path.endswith("/{day}"):
            body = {**body, "base_revision": sender.revisions["/check-ins/{day}"]}
        who = sender.who(path).http
        request = who.build_request(
            method,
            case.formatted_path,
            params={name: str(value) for name, value in (case.query or {}).items()},
            content=None if body is None else json.dumps(body).encode(),
            headers=JSON,
        )
        if (method, path) == ("DELETE", "/api/session"):
            request.headers["Cookie"] = "fortnight=somebody-else"
        began = time.perf_counter()
        answer = sender.watch.look(who.send(request), began, f"{method} {path} {str(body)[:200]}")
        if answer.status_code < 300:
            operation.validate_response(answer)
        if answer.status_code == 200 and path.endswith("/{day}"):
            sender.revisions["/check-ins/{day}"] = answer.json()["revision"]
        elif answer.status_code == 201 and path == "/api/experiments":
            sender.read_back(answer.json()["id"])

    run()


def test_what_fits(cast: Cast) -> None:
    """Whatever is answered with success has the shape that the document promises."""
    watch = made_up(cast, examples=9 // less(cast), mode=GenerationMode.POSITIVE)
    assert watch.seen > 200 / less(cast)
    assert watch.statuses[200] + watch.statuses[201] > 20 / less(cast)


def test_what_does_not_fit(cast: Cast) -> None:
    watch = made_up(cast, examples=9 // less(cast), mode=GenerationMode.NEGATIVE)
    assert watch.seen > 150 / less(cast)
    assert watch.statuses[422] > 50 / less(cast)


@pytest.mark.nightly
@pytest.mark.parametrize("mode", GenerationMode)
def test_much_of_both(cast: Cast, mode: GenerationMode) -> None:
    floor = {GenerationMode.POSITIVE: 30_000, GenerationMode.NEGATIVE: 10_000}
    assert made_up(cast, examples=1000, mode=mode).seen > floor[mode]


def test_an_answer_of_another_shape_is_seen(cast: Cast) -> None:
    """Teeth: what the document promises is what is looked for."""
    schema = schemathesis.openapi.from_dict(cast.app.openapi())
    answer = cast.ana.http.get("/api/experiments")
    schema["/api/experiments"]["GET"].validate_response(answer)
    with pytest.raises(Failure):
        schema["/api/session"]["GET"].validate_response(answer)
