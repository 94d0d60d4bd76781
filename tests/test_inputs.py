"""Whatever comes in: no fault, no echo, one shape of refusal, nothing left behind that later breaks a page.

The hand-made list (`bad_inputs`) goes into every field of every body, every segment and every header. The ordinary
run takes a share; `-m nightly` takes all. `test_made_up_inputs` adds what schemathesis makes up.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.reminders import Reminder
from sqlmodel import select

from tests.bad_inputs import (
    BODIES,
    CANARY,
    CONTENT_TYPES,
    DIGITS,
    HEADERS,
    QUERIES,
    SEGMENTS,
    VALUES,
    maps,
    places,
    with_key,
    with_raw,
)
from tests.briefs import make, prepare
from tests.cast import Cast, Player, days_ago
from tests.push_device import push_device
from tests.sharing import shared
from tests.whole_bodies import EXPERIMENT, SUPERVISION, WHOLE

SLOWEST = 5.0
JSON = {"Content-Type": "application/json"}
PROBLEM = {"type", "title", "status", "detail", "code", "request_id"}
MORE = {"errors", "base", "stored", "yours"}
ECHOES_ITS_OWN = {
    "check-in-conflict",
    "visit-conflict",
    "brief-changed",
    "plan-conflict",
    "note-conflict",
    "reflection-conflict",
    "session-page-conflict",
}  # bring back both texts: one must be chosen


PAGE = re.compile(r"(GET|HEAD) /s/page/")
"""For whoever opened a link; what is not open says so as a page."""


@dataclass
class Watch:
    """Looks at every answer, and counts them."""

    seen: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    def look(self, answer: Any, began: float, what: str) -> Any:
        took = time.perf_counter() - began
        self.seen += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, f"{what[:300]}: {answer.status_code}"
        assert took < SLOWEST, f"{what[:300]}: {took:.1f} s"
        for name, value in answer.headers.items():
            assert CANARY not in value, f"{what[:300]}: header {name}"
        if answer.status_code < 400:
            return answer
        if PAGE.match(what):
            assert CANARY not in answer.text and DIGITS not in answer.text, what[:300]
            return answer
        assert answer.headers["content-type"] == "application/problem+json", what[:300]
        if not answer.content:  # HEAD
            return answer
        body = answer.json()
        assert set(body) >= PROBLEM and set(body) <= PROBLEM | MORE, what[:300]
        assert body["status"] == answer.status_code
        if body["code"] not in ECHOES_ITS_OWN:
            assert CANARY not in answer.text and DIGITS not in answer.text, f"{what[:300]}: {answer.text[:300]}"
        return answer


NAMED = (
    "session_id",
    "invitation_id",
    "reminder_id",
    "subscription_id",
    "sharing_id",
    "note_id",
    "brief_id",
    "link_id",
    "opening",
    "kind",
    "number",
)
"""What names somebody's own in an address, apart from fortnight and day."""


class Sender:
    """Sends to one route after another as the person who may use it; keeps what a route needs ready."""

    def __init__(self, cast: Cast) -> None:
        self.ana = cast.ana
        self.theo, self.mia = cast.theo, cast.mia
        self.watch = Watch()
        self.running = cast.ana.started(**EXPERIMENT)
        self.last_draft: str | None = None
        self.pages: dict[str, int] = {}
        reminders = f"/api/experiments/{self.running['id']}/reminders"
        cast.ana.http.put(reminders, json=WHOLE["PUT", "/api/experiments/{experiment_id}/reminders"])
        device = cast.ana.http.put("/api/push-subscriptions", json=push_device("hers")).json()["id"]
        with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
            reminder = session.exec(select(Reminder.id).order_by(Reminder.at)).first()
        self.revisions = {
            "/check-ins/{day}": 0,
            "/safety-plan": 0,
            "/reminders": 1,
            "/review": 0,
            "/visit": 1,
            "/notes/{note_id}": 0,
            "/api/sharings/{sharing_id}/experiments/{experiment_id}": 1,
        }
        sharing = shared(cast.ana, cast.theo, self.running, ["mood"])["id"]
        self.ids = {"{reminder_id}": str(reminder), "{subscription_id}": device, "{sharing_id}": sharing}
        self.ids["{note_id}"] = SUPERVISION["notes"][0]
        prepare(cast.ana, self.running)
        self.ids["{brief_id}"] = make(cast.ana, self.running)["id"]

    def who(self, path: str) -> Player:
        if path == "/api/clients":
            return self.mia
        return self.theo if path.startswith(("/api/invitations", "/api/clients")) else self.ana

    def revised(self, path: str) -> str | None:
        """What of `revisions` this is."""
        return next((end for end in self.revisions if path.endswith(end)), None)

    def address(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        """A real address, and what the body must say to get past the revision."""
        if path.endswith("/check-ins/{day}"):
            url = path.format(experiment_id=self.running["id"], day=days_ago(3))
            return url, {"base_revision": self.revisions["/check-ins/{day}"]}
        if (method, path) in {
            ("PUT", "/api/experiments/{experiment_id}"),
            ("POST", "/api/experiments/{experiment_id}/diary"),
        }:
            if self.last_draft:
                self.ana.http.delete(f"/api/experiments/{self.last_draft}")
            draft = self.ana.draft()
            self.last_draft = draft["id"]
            return path.format(experiment_id=draft["id"]), {"base_revision": draft["revision"]}
        known = self.revised(path)
        more = {"base_revision": self.revisions[known]} if known else {}
        if "/reflections/" in path or "/session-pages/" in path:
            more = {"base_revision": self.pages.get(path, 0)}
        path = path.replace("{kind}/{number}", "agenda/1").replace("{number}", "1")
        path = path.replace("{day}", days_ago(0))
        for name, identity in self.ids.items():
            path = path.replace(name, identity)
        return path.replace("{experiment_id}", self.running["id"]), more

    def send(self, method: str, path: str, url: str, text: str) -> None:
        began = time.perf_counter()
        answer = self.who(path).http.request(
            method,
            url,
            content=text.encode("utf-8", "surrogatepass"),
            headers={"Content-Type": "application/json"},
        )
        self.watch.look(answer, began, f"{method} {path} {text}")
        if answer.status_code >= 400:
            return
        if known := self.revised(path):
            self.revisions[known] = answer.json()["revision"]
            if known == "/notes/{note_id}":
                self.theo.http.get(url.rpartition("/")[0]).raise_for_status()
            if known == "/visit":
                self.ana.http.get(url.replace("/visit", "/brief")).raise_for_status()
        elif "/reflections/" in path:
            self.pages[path] = answer.json()[path.split("/")[-2]][-1]["revision"]
        elif path.endswith("/{number}"):
            kind = "agendas" if "/agenda/" in path else "checks"
            self.pages[path] = answer.json()[kind][-1]["revision"]
            self.theo.http.get(f"/api/clients/{self.ids['{sharing_id}']}/session-pages").raise_for_status()
        elif path.startswith("/api/experiments"):
            self.read_back(answer.json()["id"])

    def read_back(self, experiment_id: str) -> None:
        """What was taken can be shown: the page of it, its start, its result, its export and its archive."""
        base = f"/api/experiments/{experiment_id}"
        for method, url in (
            *(("GET", base), ("POST", f"{base}/start"), ("GET", f"{base}/comparison"), ("GET", f"{base}/figures")),
            *(("GET", f"{base}/export"), ("GET", f"{base}/archive"), ("DELETE", base)),
        ):
            began = time.perf_counter()
            self.watch.look(self.ana.http.request(method, url), began, f"{method} {url} after a write")


def less(cast: Cast) -> int:
    """On PostgreSQL the ordinary run takes a third: only what is stored in clear can meet another database."""
    return 1 if cast.house.engine.dialect.name == "sqlite" else 3


def operations(cast: Cast) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of the OpenAPI document."""
    paths = cast.app.openapi()["paths"]
    return [
        (method.upper(), path, operation)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


def test_the_list_covers_every_body_and_every_field(cast: Cast) -> None:
    """A new route or field must come here too."""
    document = cast.app.openapi()
    schemas = document["components"]["schemas"]
    with_body = {(method, path) for method, path, operation in operations(cast) if "requestBody" in operation}
    assert with_body == set(WHOLE)

    def named(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in schema:
            yield schemas[schema["$ref"].rpartition("/")[2]]
        for key in ("anyOf", "oneOf", "allOf"):
            for each in schema.get(key, ()):
                yield from named(each)
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                yield from named(schema[key])

    def check(schema: dict[str, Any], body: Any, where: str) -> None:
        assert set(schema["properties"]) == set(body), where
        for name, inner in schema["properties"].items():
            for shape in named(inner):
                held = body[name]
                if isinstance(held, list):
                    held = held[0]
                if isinstance(held, dict) and not set(held) <= set(shape["properties"]):
                    held = next(iter(held.values()))
                check(shape, held, f"{where}.{name}")

    for method, path, operation in operations(cast):
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            check(next(named(schema)), WHOLE[method, path], path)
    assert len(WHOLE) >= 14


def every_field(cast: Cast, *, share: int) -> Watch:
    """Each value at each place of each body, and as a key of each object; `share` 3 takes every third."""
    sender = Sender(cast)
    number = count()
    for (method, path), whole in WHOLE.items():
        for at in places(whole):
            for raw in VALUES:
                if next(number) % share == 0:
                    url, more = sender.address(method, path)
                    body = {**whole, **{name: value for name, value in more.items() if name in whole}}
                    sender.send(method, path, url, with_raw(body, at, raw))
        for at in maps(whole):
            for key in (raw for raw in VALUES if raw.startswith('"')):
                if next(number) % share == 0:
                    url, more = sender.address(method, path)
                    body = {**whole, **{name: value for name, value in more.items() if name in whole}}
                    sender.send(method, path, url, with_key(body, at, key, "1"))
    return sender.watch


def test_bad_values_in_every_field(cast: Cast) -> None:
    watch = every_field(cast, share=17 * less(cast))
    assert watch.seen > 400 / less(cast)
    assert watch.statuses[422] > 150 / less(cast)


@pytest.mark.nightly
def test_every_bad_value_in_every_field(cast: Cast) -> None:
    assert every_field(cast, share=1).seen > 8000


def test_bad_bodies_at_every_route(cast: Cast) -> None:
    sender = Sender(cast)
    for method, path, _ in operations(cast):
        if (method, path) in {
            ("DELETE", "/api/session"),
            ("POST", "/api/calendar"),
            ("DELETE", "/api/calendar"),
        }:
            continue  # take no body: they would do what they do
        for name, body in BODIES:
            if method == "GET" or (name == "nothing" and (method, path) not in WHOLE):
                continue
            nobodys = dict.fromkeys(NAMED, 0)
            url = path.format(experiment_id=sender.running["id"], day=days_ago(3), **nobodys)
            if (method, path) not in WHOLE:
                url = path.replace("{experiment_id}", "00000000-0000-4000-8000-000000000000")
            began = time.perf_counter()
            answer = sender.who(path).http.request(method, url, content=body, headers=JSON)
            sender.watch.look(answer, began, f"{method} {path} {name}")
            assert answer.status_code >= 400 or name in READABLE, f"{method} {path} {name}"


READABLE = {"a byte-order mark", "the same key often"}  # odd, and still one plain object


def test_bad_content_types(cast: Cast) -> None:
    sender = Sender(cast)
    for kind in CONTENT_TYPES:
        for (method, path), whole in WHOLE.items():
            nobodys = dict.fromkeys(NAMED, 0)
            url = path.format(experiment_id=sender.running["id"], day=days_ago(3), **nobodys)
            began = time.perf_counter()
            answer = sender.ana.http.request(
                method, url, content=json.dumps(whole), headers={"Content-Type": kind}
            )
            sender.watch.look(answer, began, f"{method} {path} as {kind}")
            assert answer.status_code in {404, 415}, f"{method} {path} as {kind}: {answer.status_code}"


def test_the_same_key_twice_is_read_once(cast: Cast) -> None:
    """The last one counts, as in every JSON reader of ours: what was checked is what is stored."""
    text = '{"question": "x", "length_days": 14, "length_days": 99}'
    assert cast.ana.http.post("/api/experiments", content=text, headers=JSON).status_code == 422
    text = '{"question": "x", "length_days": 99, "length_days": 14}'
    made = cast.ana.http.post("/api/experiments", content=text, headers=JSON)
    assert (made.status_code, made.json()["length_days"]) == (201, 14)


def test_bad_addresses_queries_and_headers(cast: Cast) -> None:
    sender = Sender(cast)
    http = cast.ana.http
    for method, path, _ in operations(cast):
        body = json.dumps(WHOLE[method, path]) if (method, path) in WHOLE else None
        names = [part for part in path.split("/") if part.startswith("{")]
        urls = [path.replace(name, bad) for name in names for bad in SEGMENTS]
        if method == "GET":
            urls += [f"{path}?{query}" for query in QUERIES]
        for url in urls:
            real = url.replace("{experiment_id}", sender.running["id"]).replace("{day}", days_ago(3))
            began = time.perf_counter()
            answer = http.request(method, real, content=body, headers=JSON)
            sender.watch.look(answer, began, f"{method} {real}")
    for name, value in HEADERS:
        for method, url in (("GET", "/api/experiments"), ("POST", "/api/medicine-fit"), ("GET", "/nowhere")):
            began = time.perf_counter()
            content = json.dumps(WHOLE["POST", "/api/medicine-fit"]) if method == "POST" else None
            raw = [(b"Content-Type", b"application/json"), (name.encode(), value.encode("latin-1"))]
            answer = http.request(method, url, content=content, headers=raw)
            sender.watch.look(answer, began, f"{method} {url} with {name}")
    for method in ("TRACE", "CONNECT", "PROPFIND", "PATCH", CANARY):
        began = time.perf_counter()
        sender.watch.look(http.request(method, "/api/experiments"), began, method)
    assert sender.watch.seen > 400


# Teeth: the watch sees what it is there for.


class Answer:
    def __init__(self, status: int, body: dict[str, Any], kind: str = "application/problem+json") -> None:
        self.status_code = status
        self.headers = {"content-type": kind}
        self.text = json.dumps(body)
        self.content = self.text.encode()
        self.json: Callable[[], dict[str, Any]] = lambda: body


GOOD = {**dict.fromkeys(PROBLEM, ""), "status": 422}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, {**GOOD, "status": 500}),
        Answer(422, {**GOOD, "detail": f"not {CANARY}"}),
        Answer(422, {**GOOD, "detail": f"not {DIGITS}"}),
        Answer(422, {**GOOD, "input": "x"}),
        Answer(422, {"detail": "x"}),
        Answer(422, GOOD, "application/json"),
        Answer(400, GOOD),
    ],
)
def test_the_watch_bites(answer: Answer) -> None:
    Watch().look(Answer(422, GOOD), time.perf_counter(), "as it should be")
    with pytest.raises(AssertionError):
        Watch().look(answer, time.perf_counter(), "as it should not be")
