"""The medicine-fit gate over HTTP: asked while a plan is being written, before anything is saved."""

from fastapi import APIRouter

from app.api.deps import CurrentClient
from app.models.medicines import GatePublic, MedicineFit, MedicinePublic
from app.services import gates

router = APIRouter(prefix="/api", tags=["medicines"])


@router.get("/medicines")
def list_medicines(person: CurrentClient) -> list[MedicinePublic]:
    """Names to suggest while typing."""
    return gates.list_medicines()


@router.post("/medicine-fit")
def ask_medicine_fit(person: CurrentClient, body: MedicineFit) -> GatePublic:
    """What may be compared for this medicine and this person. Nothing is stored."""
    return gates.public(gates.of(body))
