"""What a valid request says, for each route that takes a body: by the world in which it is asked."""

from typing import Any

from app.core import clock
from app.models.experiments import Plan

from tests.briefs import look
from tests.cast import PASSWORD, days_ago
from tests.push_device import push_device
from tests.sharing import seen_from
from tests.worlds import Json, World


def plan(world: World, **more: Any) -> Json:
    return {"question": "Is it the tablet?", "primary": "mood", "zone": "UTC", **more}


def whole_plan(world: World) -> Json:
    fields = {name: world.running[name] for name in Plan.model_fields}
    return {**fields, "hope": "sleep", "base_revision": world.running["revision"]}


def check_in(world: World) -> Json:
    return {
        "base_revision": 0,
        "written_at": clock.now().isoformat(),
        "zone": "UTC",
        "mood": 3,
        "own": {"own1": 2},
        "note": "written by whoever asks",
    }


def diary_csv() -> str:
    rows = [f"{days_ago(20 - number)},{'yes' if number % 2 else 'no'},{5 + number % 3}" for number in range(14)]
    return "\n".join(["date,took it,mood", *rows])


def diary(world: World) -> Json:
    return {
        "csv": diary_csv(),
        "mapping": {
            "day": "date",
            "dose": "took it",
            "dose_values": {"yes": "taken", "no": "not_taken"},
            "measures": {"mood": {"column": "mood", "minimum": 0, "maximum": 10, "step": 1}},
        },
        "window": {"start_on": days_ago(20), "length_days": 14},
    }


def new_account(world: World) -> Json:
    return {"token": world.other_invitation_token, "role": "client", "name": "new", "password": PASSWORD}


def enter(world: World) -> Json:
    return {"sign_in": world.owner.sign_in, "password": PASSWORD}


def recover(world: World) -> Json:
    code = world.owner.recovery_codes[0]
    return {"sign_in": world.owner.sign_in, "recovery_code": code, "new_password": "another long password"}


def password(_world: World) -> Json:
    return {"password": PASSWORD}


def reminders(world: World) -> Json:
    return {
        "base_revision": 1 if world.canary.startswith("CANARY") else 0,
        "zone": "UTC",
        "on": True,
        "times": ["21:00"],
    }


def some_device(_world: World) -> Json:
    return push_device("a device of whoever asks")


def some_fields(_world: World) -> Json:
    return {"fields": ["mood", "doses"], "text_version": 1}


def from_here(world: World) -> Json:
    return seen_from(world.owner, world.sharing_id)


def other_fields(world: World) -> Json:
    return {**some_fields(world), **from_here(world)}


def next_session(_world: World) -> Json:
    return {"next_on": "2026-03-12", "zone": "UTC"}


def some_review(_world: World) -> Json:
    return {"conclusion": "what they made of it", "next_step": "go_on", "base_revision": 0}


def new_support(world: World) -> Json:
    return {"code": world.code, "name": "whoever asks"}


def new_sharing(world: World) -> Json:
    who = {"code": world.code, "experiment_id": world.running["id"], "called": "whoever asks"}
    return {**who, **some_fields(world)}


def a_note(_world: World) -> Json:
    said = {"words": "I am two people.", "theme": "two people", "intensity": 7}
    return {"session_on": days_ago(1), "moments": [said], "base_revision": 0}


def changed_note(world: World) -> Json:
    return {**a_note(world), "base_revision": 1}


def some_supervision(world: World) -> Json:
    return {"notes": [world.note_id], "parts": ["words", "theme"], "remove": ["kitchen"]}


def balance(world: World) -> Json:
    """Of the running fortnight nothing is written today yet; of the ended one it is."""
    return {"lines": [{"cell": "not_good", "words": f"{world.canary} clear", "weight": 4}], "base_revision": 0}


def a_visit(_world: World) -> Json:
    return {"words": "to say", "on_page": ["words"], "base_revision": 0}


def a_brief(world: World) -> Json:
    return {"seen": look(world.owner, world.ended)["stamp"]}


def an_agenda(_world: World) -> Json:
    return {"lines": ["the mornings"], "session_on": "2026-03-12", "zone": "UTC", "base_revision": 0}


def a_check(_world: World) -> Json:
    return {"session_on": "2026-03-05", "heard": 8, "matters": 7, "fit": 9, "base_revision": 0}
