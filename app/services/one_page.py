"""What a client writes of a fortnight on one page of its own, sealed under their key: a review, a visit.

Of two devices that write it at once, the second is shown what the first one wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from app.core.vault import DataKey
from app.domain.errors import Conflict, Refused
from app.models.base import ShapeIn
from app.models.brought_back import FilePage
from app.models.experiments import Experiment
from app.models.reviews import Review, ReviewPublic, ReviewUpdate
from app.models.visits import Visit, VisitPublic, VisitPut
from app.services.sealed_rows import UNREADABLE, opened

VERSION = 1
Row = TypeVar("Row", Review, Visit)
Shown = TypeVar("Shown", ReviewPublic, VisitPublic)


@dataclass(frozen=True)
class OnePage(Generic[Row, Shown]):
    """`name`: what a row is bound to, and what its conflict is called by. `none_yet`: the page at revision 0.
    `words`: what of it a client writes."""

    table: type[Row]
    name: str
    none_yet: Shown
    words: type[ShapeIn]

    def get(self, session: Session, experiment: Experiment, key: DataKey) -> Shown:
        """What is kept, or nothing at revision 0. One that does not open hides itself and nothing else."""
        row = session.scalar(select(self.table).where(col(self.table.experiment_id) == experiment.id))
        if row is None:
            return self.none_yet
        here = {"revision": row.revision, "updated_at": row.updated_at}
        said = opened(key, row.sealed, self._place(row), table=self.name, of=row.experiment_id)
        if said is None:
            return self.none_yet.model_copy(update={**here, "unreadable": True})
        # What a page could not hold when it was written is as in one that was never begun.
        whole = {**self.none_yet.model_dump(), **said, **here, "unreadable": False}
        return type(self.none_yet).model_validate(whole)

    def revisions(self, session: Session, experiments: Sequence[UUID]) -> dict[UUID, int]:
        """Of which fortnights something is kept, and how often it was written. One statement."""
        of = col(self.table.experiment_id)
        rows = session.execute(select(of, col(self.table.revision)).where(of.in_(experiments)))
        return dict(iter(rows))

    def put(
        self,
        session: Session,
        experiment: Experiment,
        key: DataKey,
        body: ReviewUpdate | VisitPut,
        *,
        now: datetime,
    ) -> Shown:
        """Replace it; the same words again change nothing. Raises `Refused` (not-started) for a draft, `Conflict`
        (<name>-conflict) with what is stored if another device was first."""
        if experiment.status(now) == "draft":
            raise Refused("not-started")
        row = session.get(self.table, experiment.id, with_for_update=True)
        stored = self.get(session, experiment, key)
        words = body.model_dump(mode="json", exclude={"base_revision"})
        if row and not stored.unreadable and stored.model_dump(mode="json", include=set(words)) == words:
            return stored
        if stored.revision != body.base_revision:
            raise Conflict(f"{self.name}-conflict", {"stored": stored.model_dump(mode="json")})
        if row is None:
            row = self.table(experiment_id=experiment.id, revision=0, sealed=b"", updated_at=now)
        row.revision += 1
        row.sealed = key.seal({"v": VERSION, **words}, self._place(row))
        row.updated_at = now
        session.add(row)
        session.flush()
        return self.get(session, experiment, key)

    def bring_back(self, session: Session, experiment: Experiment, key: DataKey, page: FilePage | None) -> None:
        """The page of a file as it stood there. Raises `ValidationError`."""
        if page is None or page.updated_at is None:
            return
        row = self.table(
            experiment_id=experiment.id, revision=page.revision, sealed=UNREADABLE, updated_at=page.updated_at
        )
        if not page.unreadable:
            said = page.words(self.words).model_dump(mode="json")
            row.sealed = key.seal({"v": VERSION, **said}, self._place(row))
        session.add(row)

    def _place(self, row: Review | Visit) -> str:
        return f"{self.name}|{row.experiment_id.hex}|{row.revision}"
