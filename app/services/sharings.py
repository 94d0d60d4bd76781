"""Sharing, as the client does it: saying yes to somebody, field by field; changing, pausing, ending it; seeing who
has read.

A sharing without a consent lets nobody read anything: a supporter who has said yes waits for the client's choice.

A consent is one version of a choice. Changing it ends that version and begins another in the same transaction, so
what was shared at any moment can be told later, and nobody ever reads by two.

Whatever lets somebody see more says from which revision it was tapped, and is refused where another step came
first: a yes, a "share again" or "doses too" that arrives late undoes no end. What lets them see less always goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, update
from sqlmodel import Session, col

from app.core.vault import DataKey, Vault
from app.domain.access import Person
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.sharing import FIELDS, Field, Reader, Scope
from app.models.base import UtcDateTime
from app.models.experiments import Experiment
from app.models.session_pages import SessionPage
from app.models.sharings import (
    Consent,
    ConsentGive,
    ConsentPublic,
    ConsentPut,
    Reading,
    ReadingPublic,
    SeenFrom,
    Sharing,
    SharingCreate,
    SharingPublic,
)
from app.services import experiments, pairings, sharing_names

SUPPORTED_FOR = timedelta(days=30)
"""A supporter's consent ends by itself after so long unless it is renewed."""
ONE_SESSION = timedelta(minutes=90)
"""For so long at most doses are shown for a session; the client can end it at any moment."""


@dataclass(frozen=True)
class Two:
    """The keys of both, and how each sees the other: the client is `called` so, the reader's `name` is that."""

    client: DataKey
    reader: DataKey
    called: str
    name: str


def holds(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """When a consent lets somebody read. Joined into every statement that reads for another (SECURITY.md, T1)."""
    return (*_living(now), col(Sharing.paused_at).is_(None))


def _living(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A consent that was not ended; it may rest."""
    return (
        col(Consent.withdrawn_at).is_(None),
        or_(col(Consent.ends_at).is_(None), col(Consent.ends_at) > now),
    )


def shares(session: Session, sharing: Sharing, *, now: datetime) -> bool:
    """Whether something is shared by now, paused or not."""
    theirs = select(col(Consent.id)).where(col(Consent.sharing_id) == sharing.id, *_living(now)).limit(1)
    return session.scalar(theirs) is not None


def begin(
    session: Session, vault: Vault, person: Person, key: DataKey, body: SharingCreate, *, now: datetime
) -> SharingPublic:
    """The client's yes to whoever invited them, which uses the invitation up.

    Raises `NotFound` for an invitation that is not good, and for a fortnight that is not theirs; `Refused`
    (not-started) for a draft.
    """
    experiment = experiments.own(session, person, body.experiment_id, to_change=True)
    met = pairings.use(session, vault, person, body.code, now=now)
    two = Two(client=key, reader=met.key, called=body.called, name=met.name)
    sharing = between(session, person.id, met.inviter.id, met.role, two, now=now)
    if sharing.paused_at is not None:
        # This yes is to what was chosen with it: what rested does not come back beside it.
        end(session, sharing, now=now)
    _give(session, sharing, experiment, body, now=now)
    return _public(session, [sharing], key)[0]


def between(
    session: Session, client_id: UUID, reader_id: UUID, role: Reader, two: Two, *, now: datetime
) -> Sharing:
    """The sharing of these two, by the names that they have now; a new one if they never met. What was chosen, and
    whether it is paused, stays as it was. Held until the end of the transaction."""
    theirs = (col(Sharing.client_id) == client_id, col(Sharing.reader_id) == reader_id)
    sharing = session.scalar(select(Sharing).where(*theirs).with_for_update())
    if sharing is None:
        sharing = Sharing(
            id=uuid4(),
            client_id=client_id,
            reader_id=reader_id,
            role=role,
            sealed=b"",
            reader_sealed=b"",
            begun_at=now,
        )
    called, place = {"v": 1, "called": two.called}, sharing_names.reader_place(sharing)
    noted = two.reader.open(sharing.reader_sealed, place) if sharing.reader_sealed else {}
    sharing.sealed = two.client.seal({**called, "name": two.name}, sharing_names.own_place(sharing))
    sharing.reader_sealed = two.reader.seal({**noted, **called}, place)
    session.add(sharing)
    session.flush()
    return sharing


def list_own(session: Session, person: Person, key: DataKey) -> list[SharingPublic]:
    """Everybody whom the client ever let read, the newest first."""
    mine = select(Sharing).where(col(Sharing.client_id) == person.id)
    return _public(
        session, session.scalars(mine.order_by(col(Sharing.begun_at).desc(), col(Sharing.id))).all(), key
    )


def of_experiment(session: Session, experiment: Experiment, key: DataKey) -> list[SharingPublic]:
    """Who was ever let read this fortnight, and what of it: the client's own, for their file."""
    theirs = select(col(Consent.sharing_id)).where(col(Consent.experiment_id) == experiment.id)
    found = session.scalars(
        select(Sharing)
        .where(col(Sharing.client_id) == experiment.account_id, col(Sharing.id).in_(theirs))
        .order_by(col(Sharing.begun_at), col(Sharing.id))
    ).all()
    return [
        one.model_copy(update={"consents": [each for each in one.consents if each.experiment_id == experiment.id]})
        for one in _public(session, found, key)
    ]


def own(session: Session, person: Person, sharing_id: UUID) -> Sharing:
    """The client's own, held until the end of the transaction. Raises `NotFound`."""
    mine = select(Sharing).where(col(Sharing.id) == sharing_id, col(Sharing.client_id) == person.id)
    found = session.scalar(mine.with_for_update())
    if found is None:
        raise NotFound()
    return found


def give(
    session: Session, sharing: Sharing, experiment: Experiment, key: DataKey, body: ConsentPut, *, now: datetime
) -> SharingPublic:
    """Share this fortnight, or something else of it, from now on; what is shared already is so. Raises `Refused`
    (not-started) for a draft, `Conflict` (sharing-conflict) if another step came first."""
    if not _stands(session, sharing, experiment, body):
        _is_seen(session, sharing, key, body)
        _give(session, sharing, experiment, body, now=now)
    return _public(session, [sharing], key)[0]


def reads_all(
    session: Session, sharing: Sharing, experiment: Experiment, fields: Iterable[Field], *, now: datetime
) -> bool:
    """Whether they may read all of these by now, paused or not: giving them again lets nobody read more."""
    this = (col(Consent.sharing_id) == sharing.id, col(Consent.experiment_id) == experiment.id)
    consent = session.scalar(select(Consent).where(*this, *_living(now)))
    return consent is not None and scope_of(consent) >= frozenset(fields)


def withdraw(session: Session, sharing: Sharing, experiment: Experiment, *, now: datetime) -> None:
    """Nothing of this fortnight from now on. Done twice it is done."""
    _end(session, sharing, [experiment.id], now=now)
    _count(session, sharing)


def end(session: Session, sharing: Sharing, *, now: datetime) -> None:
    """Nothing at all from now on. A pause ends with it: there is nothing to go on with."""
    _end(session, sharing, None, now=now)
    sharing.paused_at = None
    _count(session, sharing)


def show_doses(
    session: Session, sharing: Sharing, experiment: Experiment, key: DataKey, body: SeenFrom, *, now: datetime
) -> SharingPublic:
    """Doses too, on the other's screen, for this session only. Raises `NotFound` where nothing is shared of this
    fortnight, and for a supporter; `Conflict` (sharing-conflict) if another step came first."""
    _is_seen(session, sharing, key, body)
    return _doses_until(session, sharing, experiment, key, now + ONE_SESSION, now=now)


def hide_doses(
    session: Session, sharing: Sharing, experiment: Experiment, key: DataKey, *, now: datetime
) -> SharingPublic:
    """The session is over, or was enough."""
    return _doses_until(session, sharing, experiment, key, None, now=now)


def _doses_until(
    session: Session,
    sharing: Sharing,
    experiment: Experiment,
    key: DataKey,
    until: datetime | None,
    *,
    now: datetime,
) -> SharingPublic:
    this = (col(Consent.sharing_id) == sharing.id, col(Consent.experiment_id) == experiment.id)
    consent = session.scalar(
        select(Consent)
        .join(Sharing, col(Sharing.id) == col(Consent.sharing_id))
        .where(*this, *holds(now), col(Sharing.role) == "therapist")
    )
    if consent is None:
        raise NotFound()
    # What was shown until now stays told.
    consent.doses_until = until or (min(now, consent.doses_until) if consent.doses_until else None)
    session.add(consent)
    _count(session, sharing)
    return _public(session, [sharing], key)[0]


def doses_now(consent: Consent, now: datetime) -> bool:
    return consent.doses_until is not None and consent.doses_until > now


def pause(session: Session, sharing: Sharing, *, now: datetime) -> None:
    """Nothing until it is taken up again; on the other side it reads like an end. Doses that were shown for a
    session do not come back with it."""
    shown = (col(Consent.sharing_id) == sharing.id, col(Consent.doses_until) > now)
    session.execute(update(Consent).where(*shown).values(doses_until=now))
    sharing.paused_at = sharing.paused_at or now
    _count(session, sharing)


def resume(session: Session, sharing: Sharing, key: DataKey, body: SeenFrom) -> None:
    """Raises `Conflict` (sharing-conflict) if another step came first; one that is not paused goes on."""
    if sharing.paused_at is None:
        return
    _is_seen(session, sharing, key, body)
    sharing.paused_at = None
    _count(session, sharing)


def reader_of(sharing: Sharing) -> Reader:
    """As what the one of the two reads who does."""
    return "supporter" if sharing.role == "supporter" else "therapist"


def scope_of(consent: Consent) -> Scope:
    """The fields of a version. One that this release does not know is shared with nobody."""
    return frozenset(field for field in FIELDS if field in consent.fields.split(","))


def listed(scope: Iterable[Field]) -> list[Field]:
    """In the order in which fields are always given."""
    chosen = frozenset(scope)
    return [field for field in FIELDS if field in chosen]


def _is_seen(session: Session, sharing: Sharing, key: DataKey, body: SeenFrom) -> None:
    if body.base_revision != sharing.revision:
        stored = _public(session, [sharing], key)[0]
        raise Conflict("sharing-conflict", {"stored": stored.model_dump(mode="json")})


def _count(session: Session, sharing: Sharing) -> None:
    sharing.revision += 1
    session.add(sharing)
    session.flush()


def _stands(session: Session, sharing: Sharing, experiment: Experiment, body: ConsentGive) -> bool:
    """Whether just this is shared by now without an end: said again after a lost answer it changes nothing."""
    this = (col(Consent.sharing_id) == sharing.id, col(Consent.experiment_id) == experiment.id)
    now = select(Consent).where(*this, col(Consent.withdrawn_at).is_(None), col(Consent.ends_at).is_(None))
    consent = session.scalar(now)
    asked = (",".join(listed(body.fields)), body.text_version)
    return consent is not None and (consent.fields, consent.text_version) == asked


def _give(session: Session, sharing: Sharing, experiment: Experiment, body: ConsentGive, *, now: datetime) -> None:
    if experiment.status(now) == "draft":
        raise Refused("not-started")
    if not shares(session, sharing, now=now):
        # Whoever begins again after an end begins with nothing shown of what they wrote for sessions.
        theirs = col(SessionPage.sharing_id) == sharing.id
        session.execute(update(SessionPage).where(theirs).values(shown_at=None))
    _end(session, sharing, [experiment.id], now=now)
    session.add(
        Consent(
            id=uuid4(),
            sharing_id=sharing.id,
            experiment_id=experiment.id,
            fields=",".join(listed(body.fields)),
            text_version=body.text_version,
            given_at=now,
            ends_at=now + SUPPORTED_FOR if sharing.role == "supporter" else None,
        )
    )
    _count(session, sharing)


def _end(session: Session, sharing: Sharing, of: Sequence[UUID] | None, *, now: datetime) -> None:
    theirs = [col(Consent.sharing_id) == sharing.id, col(Consent.withdrawn_at).is_(None)]
    if of is not None:
        theirs.append(col(Consent.experiment_id).in_(of))
    # One that has ended by itself ended then. One that another device gave while this one waited, its clock read
    # already, ends where it began: an end always goes.
    over = and_(col(Consent.ends_at).is_not(None), col(Consent.ends_at) < now)
    ended = (over, col(Consent.ends_at)), (col(Consent.given_at) > now, col(Consent.given_at))
    session.execute(
        update(Consent).where(*theirs).values(withdrawn_at=case(*ended, else_=literal(now, UtcDateTime)))
    )


def _public(session: Session, sharings: Sequence[Sharing], key: DataKey) -> list[SharingPublic]:
    identities = [sharing.id for sharing in sharings]
    consents = session.scalars(
        select(Consent)
        .where(col(Consent.sharing_id).in_(identities))
        .order_by(col(Consent.given_at).desc(), col(Consent.id))
    ).all()
    readings: defaultdict[UUID, list[ReadingPublic]] = defaultdict(list)
    theirs = select(Reading).where(col(Reading.consent_id).in_([consent.id for consent in consents]))
    for reading in session.scalars(theirs.order_by(col(Reading.read_at).desc(), col(Reading.id))):
        readings[reading.consent_id].append(ReadingPublic(read_at=reading.read_at, last_at=reading.last_at))
    versions: defaultdict[UUID, list[ConsentPublic]] = defaultdict(list)
    for consent in consents:
        versions[consent.sharing_id].append(
            ConsentPublic(
                experiment_id=consent.experiment_id,
                fields=listed(scope_of(consent)),
                text_version=consent.text_version,
                given_at=consent.given_at,
                ends_at=consent.ends_at,
                doses_until=consent.doses_until,
                withdrawn_at=consent.withdrawn_at,
                readings=readings[consent.id],
            )
        )
    return [_one(sharing, key, versions[sharing.id]) for sharing in sharings]


def _one(sharing: Sharing, key: DataKey, consents: list[ConsentPublic]) -> SharingPublic:
    said = sharing_names.names(sharing, key)
    return SharingPublic(
        id=sharing.id,
        revision=sharing.revision,
        name=said["name"],
        role=reader_of(sharing),
        called=said["called"],
        begun_at=sharing.begun_at,
        paused_at=sharing.paused_at,
        consents=consents,
    )
