"""The medicine-fit gate for one plan, in sentences. Every way to a comparison leads through here."""

from typing import Protocol

from app.core.catalogue import text
from app.domain.medicines import Gate, gate, held
from app.domain.words import Say
from app.models.medicines import (
    Fit,
    GatePublic,
    HalfLifePublic,
    MedicinePublic,
    Pattern,
    PrescriberTold,
    Said,
    SourcePublic,
    StepPublic,
    SymptomPublic,
    WayIn,
)
from app.services.medicine_table import medicine_table, suggestions


class Asked(Protocol):
    """What the gate asks: a plan has it, and so has the question before there is one."""

    @property
    def medicine(self) -> str | None: ...
    @property
    def pattern(self) -> Pattern | None: ...
    @property
    def fits(self) -> list[Fit] | None: ...
    @property
    def prescriber_told(self) -> PrescriberTold | None: ...
    @property
    def way_in(self) -> WayIn | None: ...
    @property
    def length_days(self) -> int: ...


def of(asked: Asked) -> Gate:
    """The gate's decision for what was asked."""
    return _gate(asked, prescriber_told=asked.prescriber_told is not None)


def _gate(asked: Asked, *, prescriber_told: bool) -> Gate:
    return gate(
        medicine_table(),
        asked.medicine,
        pattern=asked.pattern,
        fits=asked.fits,
        prescriber_told=prescriber_told,
        way_in=asked.way_in,
        length_days=asked.length_days,
    )


def of_fortnight(asked: Asked, *, noticed: bool) -> Gate:
    """The gate that a fortnight runs under. `noticed`: it once ran under one that allowed no comparison."""
    found = of(asked)
    return held(found) if noticed else found


def only_notices(asked: Asked) -> bool:
    """True where no comparison is possible, even once the prescriber knows.

    Telling the prescriber half-way is the one change that may open a running fortnight: it is the honest way
    on, says nothing about the days, and caps the result like every change (ANALYSIS.md, Inputs).
    """
    return _gate(asked, prescriber_told=True).mode == "notice_only"


def _said(say: Say) -> Said:
    return Said(key=say.key, text=text(say))


def public(found: Gate) -> GatePublic:
    """The decision as the phone shows it."""
    return GatePublic(
        action=found.action,
        mode=found.mode,
        known=found.known,
        class_key=found.class_key,
        class_name=text(found.class_name),
        reason=text(found.reason),
        texts=[_said(say) for say in found.texts],
        blocked_by=_said(found.blocked_by) if found.blocked_by else None,
        needs_pattern=found.needs_pattern,
        asks_prescriber=found.asks_prescriber,
        as_needed=found.as_needed,
        caps=list(found.caps),
        half_life=HalfLifePublic.model_validate(found.half_life) if found.half_life else None,
        own_line=text(found.own_line) if found.own_line else None,
        steps=[StepPublic(after=step.after, unit=step.unit, text=text(step.say)) for step in found.steps],
        worrying=[
            SymptomPublic(id=symptom.id, grade=symptom.grade, text=text(f"safety-worrying-{symptom.id}"))
            for symptom in found.worrying
        ],
        facts=[text(fact) for fact in found.facts],
        offers_energy=found.offers_energy,
        sources=[SourcePublic.model_validate(source) for source in found.sources],
        confidence=found.confidence,
        checked_on=found.checked_on,
        reviewed_by_clinician=found.reviewed_by_clinician,
    )


def list_medicines() -> list[MedicinePublic]:
    """Every medicine the gate knows, for suggestions while typing."""
    table = medicine_table()
    return [
        MedicinePublic(
            name=medicine.name,
            class_key=medicine.class_key,
            class_name=text(table.classes[medicine.class_key].name),
            needs_pattern=table.classes[medicine.class_key].asks_pattern,
        )
        for medicine in suggestions(table)
    ]
