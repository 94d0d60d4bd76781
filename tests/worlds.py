"""Worlds in which everybody hides something: somebody with something in every table, a canary in each text."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args
from uuid import UUID, uuid4

from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person
from app.models.invitations import Invitation
from app.models.login_sessions import LoginSession
from app.models.reminders import Reminder
from app.models.share_links import LinkOpen
from app.models.sharings import Consent
from app.services import invitations, link_openings, push_subscriptions
from sqlalchemy import select, update
from sqlmodel import col

from tests.briefs import link_to, make, prepare, token_of
from tests.cast import Cast, Player, days_ago
from tests.push_device import push_device
from tests.sharing import EVERYTHING, choose, invited, met, shared, supported

Json = dict[str, Any]
EXTRAS = ("device_id", "note_id", "brief_id", "link_id", "link_token")
Support = Literal["supporter", "supporter before", "supporter after", "supporter paused", "supporter ended"]
"""Shared with, of a running and an ended fortnight; nothing chosen so far; 30 days ago; paused; withdrawn."""


@dataclass(frozen=True)
class World:
    """One person with something in every table. `ids` by the name of a path parameter."""

    owner: Player
    draft: dict[str, Any]
    running: dict[str, Any]
    ended: dict[str, Any]
    session_id: str
    invitation_id: str
    other_invitation_token: str
    canary: str
    reminder_id: str
    device_id: str
    sharing_id: str
    code: str
    note_id: str
    brief_id: str
    link_id: str
    link_token: str


def client_world(cast: Cast, name: str) -> World:
    """A client with a draft, a running and an ended fortnight, a plan, and a canary in every text."""
    canary = f"CANARY-{name}-{uuid4().hex[:8]}"
    player = cast.player(name, "client")
    words: dict[str, Any] = {
        "question": f"{canary} question",
        "medicine_label": f"{canary} label",
        "own_measures": [{"key": "own1", "name": f"{canary} own", "low": "none", "middle": "some", "high": "all"}],
        "side_effects": [f"{canary} effect"],
        "hope": f"{canary} hope",
        "prediction": {"direction": "lower", "points": 1},
    }
    ended = player.started(start_on=days_ago(15), **words)
    for number in range(14):
        answer = player.put(
            ended,
            days_ago(15 - number),
            mood=7 - number % 3,
            dose="not_taken" if number % 3 else "taken",
            sleep_hours=7.5,
            own={"own1": 4},
            side_effects={f"{canary} effect": 1},
            note=f"{canary} note",
            note_starred=number == 4,
        )
        assert answer.status_code == 200, answer.text
    running = player.started(start_on=days_ago(3), **words)
    player.put(running, days_ago(2), mood=4, note=f"{canary} note")
    draft = player.draft(**words)
    lines = {"notice_first": f"{canary} line", "country": "DE", "base_revision": 0}
    assert player.http.put("/api/safety-plan", json=lines).status_code == 200
    remind = {"base_revision": 0, "zone": "UTC", "on": True, "times": ["08:00", "20:30"]}
    assert player.http.put(f"/api/experiments/{running['id']}/reminders", json=remind).status_code == 200
    device = player.http.put("/api/push-subscriptions", json=push_device(canary))
    assert device.status_code == 200, device.text
    assert player.http.post("/api/calendar").status_code == 201
    with unit_of_work(cast.house.engine, by=HOUSE) as session:  # a minute ago, so that the next one is not refused
        owner = Person(player.id, "client", uuid4(), clock.now(), "", b"")
        a_minute_ago = clock.now() - timedelta(minutes=1)
        push_subscriptions.test(session, owner, UUID(device.json()["id"]), now=a_minute_ago)
    reflect(player, ended, canary)
    made = {"conclusion": f"{canary} conclusion", "next_step": "go_on", "base_revision": 0}
    assert player.http.put(f"/api/experiments/{ended['id']}/review", json=made).status_code == 200
    to_say: dict[str, Any] = {
        "words": f"{canary} to say",
        "called": f"{canary} name",
        "questions": [f"{canary} question"],
        "not_told": f"{canary} untold",
        "answers": [{"they": f"{canary} they", "me": f"{canary} me"}],
        "options": [{"kind": "own", **dict.fromkeys(("name", "good", "less_good", "effort"), f"{canary} option")}],
        **{name: f"{canary} {name}" for name in ("in_the_way", "decided", "step")},
    }
    assert prepare(player, ended, **to_say).status_code == 200
    brief_id = make(player, ended)["id"]
    link = link_to(player, ended, brief_id)
    link_token = token_of(link)
    link_openings.open_link(cast.house, LinkOpen(token=link_token), "", now=clock.now())
    reader = cast.player(f"{name}s reader", "therapist")
    sharing = shared(player, reader, ended, EVERYTHING)
    assert reader.http.get(f"/api/clients/{sharing['id']}").status_code == 200
    for_sessions(player, sharing["id"], canary)
    code = invited(reader)["code"]
    # One with which this account was made, not said yes to.
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        waits = update(Invitation).where(col(Invitation.id) == UUID(invited(reader)["id"]))
        session.execute(waits.values(used_at=clock.now(), used_by=player.id))
    known = {"device_id": device.json()["id"], "brief_id": brief_id, "link_id": link["link"]["id"]}
    known["link_token"] = link_token
    return _world(cast, player, canary, draft, running, ended, sharing["id"], code, **known)


def for_sessions(player: Player, sharing_id: str, canary: str) -> None:
    """A list from before, one to come, and a check; all of them shown."""
    at = f"/api/sharings/{sharing_id}/session-pages"
    when = {"session_on": days_ago(2)}
    lists = [{"lines": [f"{canary} to say"], "zone": "UTC"}, {"lines": [f"{canary} once more"], "zone": "UTC"}]
    check = {**when, "heard": 7, "matters": 6, "fit": 8, "words": f"{canary} after it"}
    for page, said in (("agenda/1", {**lists[0], **when}), ("agenda/2", lists[1]), ("check/1", check)):
        answer = player.http.put(f"{at}/{page}", json={**said, "base_revision": 0})
        assert answer.status_code == 200, answer.text
        shown = player.http.put(f"{at}/{page}/shown", json={"shown": True, "base_revision": 1})
        assert shown.status_code == 200, shown.text


def reflect(player: Player, fortnight: Json, canary: str) -> None:
    """A page of each kind."""
    at = f"/api/experiments/{fortnight['id']}"
    pages: dict[str, dict[str, Any]] = {
        "balance": {"lines": [{"cell": "taking_less", "words": f"{canary} line", "weight": 2}]},
        "rulers": {"importance": 7, "confidence": 3},
        "words": {"meaning": f"{canary} meaning", "miss": f"{canary} miss"},
    }
    for kind, said in pages.items():
        answer = player.http.put(f"{at}/reflections/{kind}/{days_ago(0)}", json={**said, "base_revision": 0})
        assert answer.status_code == 200, answer.text


def therapist_world(cast: Cast, name: str) -> World:
    """A therapist with an invitation of their own and a client who shares; what a client would have besides does
    not exist."""
    player = cast.player(name, "therapist")
    code = invited(player)["code"]
    client = cast.player(f"{name}s client", "client")
    canary = f"CANARY-{name}-{uuid4().hex[:8]}"
    fortnight = client.started(question=f"{canary} question")
    sharing = shared(client, player, fortnight, EVERYTHING)
    for_sessions(client, sharing["id"], canary)
    note_id = str(uuid4())
    said = {"words": f"{canary} words", "situation": f"{canary} situation", "affect": f"{canary} affect"}
    note = {
        "session_on": days_ago(2),
        "moments": [{**said, "theme": f"{canary} theme", "intensity": 6}],
        "reflection": f"{canary} reflection",
        "base_revision": 0,
    }
    written = player.http.put(f"/api/clients/{sharing['id']}/notes/{note_id}", json=note)
    assert written.status_code == 200, written.text
    assert client.http.post(f"/api/experiments/{fortnight['id']}/offer").json() == {"kind": "words"}
    assert client.http.put("/api/offers", json={"on": False}).json() == {"on": False}
    nowhere = {"id": str(uuid4())}
    return _world(cast, player, canary, nowhere, fortnight, nowhere, sharing["id"], code, note_id=note_id)


def supporter_world(cast: Cast, name: str) -> World:
    """A supporter with a client who shares, and an invitation by another one."""
    player = cast.player(name, "supporter")
    client = cast.player(f"{name}s sister", "client")
    canary = f"CANARY-{name}-{uuid4().hex[:8]}"
    fortnight = client.started(question=f"{canary} question")
    sharing = supported(client, player, fortnight, EVERYTHING)
    code = invited(cast.player(f"{name}s brother", "client"))["code"]
    nowhere = {"id": str(uuid4())}
    return _world(cast, player, canary, nowhere, fortnight, nowhere, sharing["id"], code)


def supporters_of(cast: Cast, world: World) -> dict[Support, tuple[Player, str]]:
    """Supporters of this client in every state there is, each with the id of the sharing that is theirs."""
    made: dict[Support, tuple[Player, str]] = {}
    client = world.owner
    for state in get_args(Support):
        player = cast.player(state.split()[-1], "supporter")
        sharing = met(client, player)["id"]
        made[state] = (player, sharing)
        if state == "supporter before":
            continue
        for fortnight in (world.running, world.ended):
            answer = choose(client, sharing, fortnight["id"], EVERYTHING)
            assert answer.status_code == 200, answer.text
        assert player.http.get(f"/api/clients/{sharing}").status_code == 200
    ids = {state: sharing for state, (_, sharing) in made.items()}
    assert client.http.post(f"/api/sharings/{ids['supporter paused']}/pause").status_code == 204
    assert client.http.delete(f"/api/sharings/{ids['supporter ended']}").status_code == 204
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        over = update(Consent).where(col(Consent.sharing_id) == UUID(ids["supporter after"]))
        long_ago = clock.now() - timedelta(days=31)
        session.execute(over.values(given_at=long_ago, ends_at=clock.now() - timedelta(seconds=1)))
    return made


def _world(
    cast: Cast,
    player: Player,
    canary: str,
    draft: Json,
    running: Json,
    ended: Json,
    sharing_id: str,
    code: str,
    **known: str,
) -> World:
    """`known`: the ids of what not everybody has."""
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session_id = session.scalars(
            select(col(LoginSession.id)).where(col(LoginSession.account_id) == player.id)
        ).first()
        other = invitations.create(session, "http://localhost", "client", now=clock.now())
        mine = invitations.create(session, "http://localhost", "client", invited_by=player.id, now=clock.now())
        running_id = UUID(running["id"])
        reminder_id = session.scalars(
            select(col(Reminder.id)).where(col(Reminder.experiment_id) == running_id).order_by(col(Reminder.at))
        ).first()
    return World(
        player,
        draft,
        running,
        ended,
        str(session_id),
        str(mine.id),
        other.token,
        canary,
        str(reminder_id or uuid4()),
        sharing_id=sharing_id,
        code=code,
        **{name: known.get(name) or str(uuid4()) for name in EXTRAS},
    )
