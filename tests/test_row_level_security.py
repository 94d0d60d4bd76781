"""Row-level security (decision 0025): a statement that forgets to ask whose a row is finds nobody else's. Raw SQL
through the app's own engine, on PostgreSQL."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from app.cli import doctor
from app.core import clock, config, row_security
from app.core.db import make_engine, unit_of_work
from app.core.row_security import HOUSE, OPTION, By, acting, to_begin_with
from app.models.base import metadata
from app.services import delivery_counts, due
from app.services.house import House, open_house
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from tests.cast import Cast, Player, days_ago
from tests.conftest import POSTGRES
from tests.logs import logging_on
from tests.sharing import choose, resume, shared
from tests.worlds import World, client_world, therapist_world

pytestmark = pytest.mark.parametrize("shared_house", ["postgresql"], indirect=True, scope="module")
FORTNIGHT = "(SELECT account_id FROM experiment WHERE experiment.id = experiment_id)"
OWNER = {
    "experiment": "account_id",
    "check_in": FORTNIGHT,
    "reflection": FORTNIGHT,
    "review": FORTNIGHT,
    "visit": FORTNIGHT,
    "brief": FORTNIGHT,
    "share_link": "account_id",
    "link_opening": "(SELECT account_id FROM share_link WHERE share_link.id = link_id)",
    "offer": FORTNIGHT,
    "offers_off": "account_id",
    "reminder_plan": "account_id",
    "reminder": FORTNIGHT,
    "safety_plan": "account_id",
    "session_note": "account_id",
    "session_page": "(SELECT client_id FROM sharing WHERE sharing.id = sharing_id)",
}
"""Every table that is protected, and whose its rows are."""
FREE = {
    "account": "asked before anybody is known",
    "recovery_code": "asked before anybody is known",
    "login_session": "asked before anybody is known",
    "sign_in_attempts": "about nobody: keyed hashes",
    "calendar_feed": "found by a secret address, with nobody signed in",
    "invitation": "found by a code, with nobody signed in",
    "sharing": "of two people; the policies themselves ask it",
    "consent": "of two people; the policies themselves ask it",
    "reading": "of two people: written by the one, shown to the other",
    "push_subscription": "a device that changes hands is found under somebody else",
    "notification": "a queue, for the house alone",
    "delivery_count": "numbers about nobody",
    "push_worker": "about nobody",
    "key_check": "about nobody",
}


@pytest.fixture(scope="module")
def ana(shared_cast: Cast) -> World:
    return client_world(shared_cast, "ana")


@pytest.fixture(scope="module")
def theo(shared_cast: Cast) -> World:
    return therapist_world(shared_cast, "theo")


@pytest.fixture(scope="module")
def engine(shared_house: House, ana: World, theo: World) -> Engine:
    """Of a house in which there is something in every table."""
    return shared_house.engine


def seen(engine: Engine, by: By | None, table: str, what: str = "*") -> list[str]:
    with acting(engine, by).connect() as connection:
        return [str(row[0]) for row in connection.execute(text(f"SELECT {what} FROM {table}"))]  # noqa: S608


def test_every_table_is_protected_or_says_why_not(engine: Engine) -> None:
    """A new table decides: in a migration as 0014 does it, or here."""
    held = "relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    with engine.connect() as connection:
        protected = set(connection.execute(text(f"SELECT {held}")).scalars())
    assert protected == set(OWNER)
    assert set(metadata.tables) - protected == set(FREE)


@pytest.mark.parametrize("table", OWNER)
def test_whoever_does_not_say_for_whom_finds_nothing_and_writes_nothing(engine: Engine, table: str) -> None:
    assert seen(engine, HOUSE, table), "a table without a row proves nothing"
    assert seen(engine, None, table) == []
    for change in changes(table):
        with engine.begin() as connection:
            assert connection.execute(text(change)).rowcount == 0
    for by in (None, UUID(int=0)):
        refused(engine, by, table)


def changes(table: str) -> list[str]:
    column = metadata.tables[table].c[0].name
    return [change.format(table, column) for change in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}")]


def refused(engine: Engine, by: By | None, table: str) -> None:
    """A row that is there cannot be written by them, as one of their own or as it stands."""
    with acting(engine, HOUSE).connect() as connection:
        row = connection.execute(metadata.tables[table].select()).mappings().first()
    with pytest.raises(ProgrammingError) as caught, acting(engine, by).begin() as connection:
        connection.execute(metadata.tables[table].insert(), dict(row or {}))
    assert isinstance(caught.value.orig, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("table", OWNER)
def test_everybody_finds_their_own_and_nobody_elses(engine: Engine, table: str, shared_cast: Cast) -> None:
    owners = seen(engine, HOUSE, table, OWNER[table])
    strangers = [shared_cast.player("sam", role).id for role in ("client", "therapist", "supporter")]
    for owner in {UUID(owner) for owner in owners}:
        assert seen(engine, owner, table, OWNER[table]) == [owner.hex] * owners.count(owner.hex)
    for stranger in strangers:
        assert seen(engine, stranger, table) == []
        refused(engine, stranger, table)


def test_whom_it_acted_for_ends_with_a_transaction(engine: Engine, ana: World) -> None:
    with engine.connect() as connection:
        for said, found in ((to_begin_with({OPTION: ana.owner.id.hex}), 3), (None, 0)):
            with connection.begin():
                if said:
                    connection.exec_driver_sql(said)
                assert connection.execute(text("SELECT count(*) FROM experiment")).scalar_one() == found


class Reading:
    """What a reader finds by raw SQL, of a client who has a page of everything."""

    def __init__(self, engine: Engine, cast: Cast, world: World) -> None:
        self.client, self.world, self.engine = world.owner, world, engine
        self.reader: Player = cast.player("reader", "therapist")
        self.sharing = ""

    def share(self, fields: list[str]) -> None:
        if not self.sharing:
            self.sharing = shared(self.client, self.reader, self.world.ended, fields)["id"]
            return
        assert choose(self.client, self.sharing, self.world.ended["id"], fields).status_code == 200

    def found(self) -> dict[str, int]:
        """How many rows, by table; tables without any left out."""
        counts = {table: len(seen(self.engine, self.reader.id, table)) for table in OWNER}
        return {table: count for table, count in counts.items() if count}


@pytest.fixture
def reading(engine: Engine, shared_cast: Cast, ana: World) -> Iterator[Reading]:
    yield Reading(engine, shared_cast, ana)


def test_a_reader_finds_what_a_consent_is_about(reading: Reading, engine: Engine) -> None:
    assert reading.found() == {}
    reading.share(["mood"])
    assert reading.found() == {"experiment": 1, "check_in": 14}
    ended = UUID(reading.world.ended["id"]).hex
    assert seen(engine, reading.reader.id, "experiment", "id") == [ended]
    assert set(seen(engine, reading.reader.id, "check_in", "experiment_id")) == {ended}
    reading.share(["mood", "balance", "conclusion", "visit"])
    assert reading.found() == {"experiment": 1, "check_in": 14, "reflection": 1, "review": 1, "visit": 1}
    assert seen(engine, reading.reader.id, "reflection", "kind") == ["balance"]
    pages = f"/api/sharings/{reading.sharing}/session-pages"
    for number in (1, 2):
        said = {"lines": ["the mornings"], "zone": "UTC", "base_revision": 0, "session_on": days_ago(number)}
        assert reading.client.http.put(f"{pages}/agenda/{number}", json=said).status_code == 200
    shown = {"shown": True, "base_revision": 1}
    assert reading.client.http.put(f"{pages}/agenda/2/shown", json=shown).status_code == 200
    assert seen(engine, reading.reader.id, "session_page", "number") == ["2"]


def test_a_reader_changes_nothing(reading: Reading, engine: Engine) -> None:
    reading.share(["mood", "balance", "conclusion", "visit"])
    assert set(reading.found()) == {"experiment", "check_in", "reflection", "review", "visit"}
    for table in reading.found():
        for change in changes(table):
            with acting(engine, reading.reader.id).begin() as connection:
                assert connection.execute(text(change)).rowcount == 0
        refused(engine, reading.reader.id, table)


def test_withdrawn_paused_or_ended_is_found_no_more(reading: Reading) -> None:
    reading.share(["mood"])
    whole = {"experiment": 1, "check_in": 14}
    http, sharing = reading.client.http, f"/api/sharings/{reading.sharing}"
    assert http.post(f"{sharing}/pause").status_code == 204
    assert reading.found() == {}
    assert resume(reading.client, reading.sharing).status_code == 204
    assert reading.found() == whole
    assert http.delete(f"{sharing}/experiments/{reading.world.ended['id']}").status_code == 204
    assert reading.found() == {}
    reading.share(["mood"])
    assert reading.found() == whole
    assert http.delete(sharing).status_code == 204
    assert reading.found() == {}


def by_a_superuser(house: House) -> tuple[str, str]:
    """The URL of the same database for one, and their name."""
    url = make_url(POSTGRES).set(database=make_url(house.settings.database_url).database)
    with psycopg.connect(POSTGRES) as server:
        user = server.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone()
    if user is None:
        pytest.skip("FORTNIGHT_TEST_POSTGRES names no superuser")
    return url.render_as_string(hide_password=False), str(user[0])


def test_a_superuser_is_held_by_nothing_and_the_doctor_says_so(shared_house: House, ana: World) -> None:
    url, user = by_a_superuser(shared_house)
    loose = make_engine(config.load({}, database_url=url).sqlalchemy_url, 4)
    assert seen(loose, None, "experiment")
    with loose.connect() as connection, shared_house.engine.connect() as ordinary:
        assert row_security.not_held(connection) == user
        assert row_security.not_held(ordinary) is None
    loose.dispose()
    with unit_of_work(shared_house.engine, by=HOUSE, read_only=True) as session:
        standing = delivery_counts.standing(session, now=clock.now())
    found, usual = (doctor.problems(shared_house, standing, free) for free in (user, None))
    [problem] = set(found) - set(usual)
    assert user in problem and "docs/operating.md" in problem


def test_a_start_as_a_superuser_says_so_once(shared_house: House, capsys: pytest.CaptureFixture[str]) -> None:
    settings = shared_house.settings
    for url, times in ((by_a_superuser(shared_house)[0], 1), (settings.database_url, 0)):
        with logging_on():
            open_house(config.load({}, data=settings.data, database_url=url, threads=4)).close()
            assert capsys.readouterr().err.count("row-level security does not hold") == times


def test_reminders_move_on_by_their_index_below_the_policies(engine: Engine) -> None:
    """A value that is worked out on the way would be compared above the policy: with every row of the table."""
    moves = due._move_on(engine.dialect)._sql
    with acting(engine, HOUSE).connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of a handful of rows it reads them all
        connection.exec_driver_sql("SET LOCAL enable_hashjoin = off")
        connection.exec_driver_sql("SET LOCAL enable_mergejoin = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {moves}", {"rows": "[]"}).scalars().all()
    assert any("Index Cond" in line and "nexts." in line for line in plan), "\n".join(plan)
