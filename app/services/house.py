"""What a running Fortnight holds: settings, database, vault, the check-in writer. Made once, passed along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar, get_type_hints

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from app.core import ballast, db, row_security, schema
from app.core.config import Settings, WrongSettings
from app.core.forgetting import Forgetter
from app.core.group_commit import GroupWriter, Together
from app.core.logging import log
from app.core.turns import Turns
from app.core.vault import KeyMissing, SealBroken, Vault, open_vault
from app.domain.attempts import CALENDAR, OPENINGS
from app.domain.safety import Thresholds
from app.models.accounts import Account
from app.models.check_ins import CheckInPublic
from app.models.key_checks import KeyCheck
from app.services import check_in_put, push_set_up
from app.services.check_in_put import Put
from app.services.paces import Pace
from app.services.push_set_up import PushSetUp

T = TypeVar("T")


@dataclass(frozen=True)
class House:
    settings: Settings
    engine: Engine
    vault: Vault
    writer: GroupWriter
    put_together: Together[Put, CheckInPublic]
    thresholds: Thresholds
    forgetter: Forgetter
    push: PushSetUp
    exporting: Turns = field(default_factory=Turns)
    calendars: Pace = field(default_factory=partial(Pace, CALENDAR, "calendar-too-often"))
    openings: Pace = field(default_factory=partial(Pace, OPENINGS, "links-too-often"))

    def close(self) -> None:
        """Finish what waits, then let go of the database."""
        self.writer.close()
        self.forgetter.close()
        self.engine.dispose()


def open_house(settings: Settings) -> House:
    """Keys, database, schema: everything a door needs.

    Raises `WrongSettings`, `KeyMissing`, `UnsafeDatabase`, `SchemaTooNew`, `PermissionError`, `OSError`.
    """
    limits = thresholds(settings.safety_thresholds)
    _make_private(settings.data)
    vault = open_vault(settings.data / "keys")
    push = push_set_up.read(settings)
    engine = db.make_engine(settings.sqlalchemy_url, settings.threads)
    try:
        db.check_durability(engine)
        schema.upgrade(engine)
        with db.unit_of_work(engine) as session:
            _check_keys(session, vault)
            free_user = row_security.not_held(session.connection())
    except BaseException:
        engine.dispose()
        raise
    if free_user is not None:
        log.warning("database", state="row-level security does not hold", user=free_user)
    if engine.dialect.name == "sqlite":
        ballast.keep(settings.data)
    saving = partial(check_in_put.put_together, dialect=engine.dialect, vault=vault)
    return House(settings, engine, vault, GroupWriter(engine), saving, limits, Forgetter(engine), push)


def with_room(house: House, work: Callable[[], T]) -> T:
    """`work`, and where the disk is full once more with the room that was kept aside for it. The next start keeps
    some again. Only for what must work on a full disk: signing in and out."""
    try:
        return work()
    except DBAPIError as error:
        if not db.is_full(error) or not ballast.give_up(house.settings.data):
            raise
    return work()


OURS = (ballast.NAME, "keys", "fortnight.sqlite3", ".fortnight-demo", "lost+found")


def _make_private(folder: Path) -> None:
    """The data folder for its owner alone (0700), and the database in it (0600), which a copy brought back is not.

    Raises `PermissionError` where it holds what is not ours: a folder that others use is not taken from them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        foreign = sorted(path.name for path in folder.iterdir() if not path.name.startswith(OURS))
        if foreign:
            raise PermissionError(
                f"{folder} holds other things too ({foreign[0]}), and others on this machine can read it. "
                "Name a folder of its own in FORTNIGHT_DATA, or run chmod 700 on this one"
            )
        folder.chmod(0o700)
    for path in folder.glob("fortnight.sqlite3*"):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def thresholds(said: Mapping[str, float]) -> Thresholds:
    """The built-in table with what the operator says of it. Raises `WrongSettings`."""
    kinds, name = get_type_hints(Thresholds), "FORTNIGHT_SAFETY_THRESHOLDS"
    unknown = ", ".join(sorted(set(said) - set(kinds)))
    if unknown:
        raise WrongSettings(f"{name}: there is no {unknown}. There are: {', '.join(kinds)}.")
    broken = ", ".join(key for key, value in said.items() if kinds[key] is int and value % 1)
    if broken:
        raise WrongSettings(f"{name}: a whole number is needed for {broken}.")
    return Thresholds(**{key: kinds[key](value) for key, value in said.items()})


def _check_keys(session: Session, vault: Vault) -> None:
    """Fail closed on a wrong key: the word sealed at the first start must open with today's key files, and no
    account may be sealed with a key that is not there."""
    schema.one_at_a_time(session.connection())
    missing = set(session.scalars(select(col(Account.kek_id)).distinct())) - set(vault.kek_ids)
    if missing:
        raise KeyMissing(f"key {min(missing)} is not in the data folder, and accounts are sealed with it")
    for kek_id in vault.kek_ids:
        known = session.get(KeyCheck, kek_id)
        if known is None:
            session.add(KeyCheck(kek_id=kek_id, sealed=vault.sealed_check(kek_id)))
            continue
        try:
            vault.check(kek_id, known.sealed)
        except SealBroken as error:
            raise KeyMissing(
                f"key {kek_id} in the data folder is not the one this database was sealed with"
            ) from error
