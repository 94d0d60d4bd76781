"""How the people of the demo share, each in a way of their own, through an invitation and a yes; and what one of
them wrote for their sessions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.access import Person
from app.domain.sharing import USUAL, Field, Scope
from app.models.experiments import Experiment
from app.models.reviews import NextStep, ReviewUpdate
from app.models.session_pages import AgendaPut, CheckPut, PageShow
from app.models.sharings import ConsentPut, SessionDates, SharingCreate, SupportCreate
from app.services import client_sessions, invitations, reviews, session_pages, sharings, supporting
from app.services.house import House

TEXT_VERSION = 3


@dataclass(frozen=True)
class Shares:
    """What one of them shares, what they made of it, and in how many days the two meet."""

    fields: Scope
    meets_in_days: int
    conclusion: str = ""
    next_step: NextStep | None = None
    agenda: tuple[str, ...] = ()
    checks: tuple[tuple[int, int | None, int, str], ...] = ()
    """After sessions a week apart, the oldest first: heard, what matters, the way of working, words."""


WORDS: Scope = frozenset[Field]({"starred_notes", "prediction", "conclusion"})
SHARES: dict[str, Shares] = {
    "robin": Shares(
        USUAL | WORDS | {"own_measures"},
        meets_in_days=1,
        conclusion="The days I took it were lighter, and the fog was thinner. I want to ask about it.",
        next_step="ask_prescriber",
        agenda=("How to begin the talk about the dose", "The evenings", "What to tell at work, if anything"),
        checks=((6, 5, 7, "A bit quick at the end."), (8, None, 7, ""), (8, 8, 9, "I said the thing about work.")),
    ),
    "kim": Shares(USUAL | {"starred_notes", "prediction"}, meets_in_days=3),
    "mika": Shares(frozenset[Field]({"mood", "sleep", "like_myself", "question"}), meets_in_days=6),
}
"""By name; whoever is not here shares nothing, which is as good."""


SUPPORTED, SUPPORTER = "kim", "jo"
"""Whose friend reads along, and that friend."""
CLOSE: Scope = frozenset[Field]({"mood", "doses", "starred_notes"})


@dataclass(frozen=True)
class Someone:
    """A person and the key under which their own lies."""

    person: Person
    key: DataKey


def share(
    house: House, therapist: Someone, client: Someone, experiment: Experiment, name: str, *, now: datetime
) -> None:
    """As both would do it, on one evening. For somebody who shares nothing, nothing."""
    chosen = SHARES.get(name)
    if chosen is None:
        return
    with unit_of_work(house.engine) as session:
        made = invitations.invite(
            session, house.vault, house.settings.public_url, therapist.person, therapist.key, "Theo", now=now
        )
    with unit_of_work(house.engine, by=client.person.id) as session:
        yes = SharingCreate(
            code=str(made.code),
            experiment_id=experiment.id,
            fields=sharings.listed(chosen.fields),
            called=name.capitalize(),
            text_version=TEXT_VERSION,
        )
        sharing = sharings.begin(session, house.vault, client.person, client.key, yes, now=now)
        if chosen.conclusion:
            said = ReviewUpdate(conclusion=chosen.conclusion, next_step=chosen.next_step, base_revision=0)
            reviews.put(session, experiment, client.key, said, now=now)
        meets_on = now.date() + timedelta(days=chosen.meets_in_days)
        meets = SessionDates.model_validate({"next_on": meets_on.isoformat(), "zone": "UTC"})
        client_sessions.note(session, therapist.person, therapist.key, sharing.id, meets, now=now)
        _write_pages(session, client, sharing.id, chosen, meets_on, now=now)


def _write_pages(
    session: Session, client: Someone, sharing_id: UUID, chosen: Shares, meets_on: date, *, now: datetime
) -> None:
    """The list for the session to come and the answers after those before it, all shown."""
    sharing = session_pages.own(session, client.person, sharing_id, to_change=True)
    shown = PageShow(shown=True, base_revision=1)
    if chosen.agenda:
        said = {"lines": chosen.agenda, "session_on": meets_on.isoformat(), "zone": "UTC", "base_revision": 0}
        agenda = AgendaPut.model_validate(said)
        session_pages.put_agenda(session, sharing, client.key, 1, agenda, now=now)
        session_pages.show(session, sharing, client.key, "agenda", 1, shown, now=now)
    for number, answers in enumerate(chosen.checks, 1):
        on = meets_on - timedelta(weeks=len(chosen.checks) + 1 - number)
        after = dict(zip(("heard", "matters", "fit", "words"), answers, strict=True))
        check = CheckPut.model_validate({**after, "session_on": on.isoformat(), "base_revision": 0})
        session_pages.put_check(session, sharing, client.key, number, check, now=now)
        session_pages.show(session, sharing, client.key, "check", number, shown, now=now)


def invite_close(house: House, client: Someone, *, now: datetime) -> str:
    """The token of a client's invitation to somebody close to them."""
    with unit_of_work(house.engine) as session:
        made = invitations.invite(
            session,
            house.vault,
            house.settings.public_url,
            client.person,
            client.key,
            SUPPORTED.capitalize(),
            now=now,
        )
    return made.token


def share_close(
    house: House, client: Someone, supporter: Someone, experiment: Experiment, *, now: datetime
) -> None:
    """They say yes, then the client chooses."""
    with unit_of_work(house.engine, by=client.person.id) as session:
        name = SupportCreate(name=SUPPORTER.capitalize())
        yes = supporting.accept(session, house.vault, supporter.person, supporter.key, name, now=now)
        sharing = sharings.own(session, client.person, yes.id)
        chosen = ConsentPut(
            fields=sharings.listed(CLOSE), text_version=TEXT_VERSION, base_revision=sharing.revision
        )
        sharings.give(session, sharing, experiment, client.key, chosen, now=now)
