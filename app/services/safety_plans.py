"""The client's own three-line plan: read and written, nobody else's business."""

from datetime import datetime

from sqlmodel import Session

from app.core.vault import DataKey
from app.domain.access import Person
from app.domain.errors import Conflict
from app.models.safety_plans import SafetyPlan, SafetyPlanPublic, SafetyPlanUpdate

VERSION = 1
NONE_YET = SafetyPlanPublic(
    notice_first="", what_helps="", who_i_call="", country=None, revision=0, updated_at=None
)


def _place(person: Person, revision: int) -> str:
    return f"safety_plan|{person.id.hex}|{revision}"


def get(session: Session, person: Person, key: DataKey) -> SafetyPlanPublic:
    """The plan, or empty lines at revision 0."""
    row = session.get(SafetyPlan, person.id)
    if row is None:
        return NONE_YET
    opened = key.open(row.sealed, _place(person, row.revision))
    opened.pop("v")
    return SafetyPlanPublic(**opened, revision=row.revision, updated_at=row.updated_at)


def put(
    session: Session, person: Person, key: DataKey, body: SafetyPlanUpdate, *, now: datetime
) -> SafetyPlanPublic:
    """Replace it. Raises `Conflict` (plan-conflict) with the stored plan if another device was first."""
    row = session.get(SafetyPlan, person.id, with_for_update=True)
    if (row.revision if row else 0) != body.base_revision:
        stored = get(session, person, key)
        raise Conflict("plan-conflict", {"stored": stored.model_dump(mode="json")})
    if row is None:
        row = SafetyPlan(account_id=person.id, revision=0, sealed=b"", updated_at=now)
    row.revision += 1
    words = body.model_dump(mode="json", exclude={"base_revision"})
    row.sealed = key.seal({"v": VERSION, **words}, _place(person, row.revision))
    row.updated_at = now
    session.add(row)
    session.flush()
    return get(session, person, key)
