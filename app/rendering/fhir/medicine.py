"""The medicine, and each dose that was noted.

R4 4.0.1, MedicationStatement: status, medication[x] and subject are required. MedicationAdministration: status,
medication[x], subject and effective[x]; status `not-done` takes a statusReason; a `dosage` needs an amount
(mad-1), which nobody is asked for, so a different amount is a note.

Not due, rather not say and not logged are no doses, and make nothing: a gap is never filled in.
"""

from collections.abc import Iterator

from app.core.catalogue import has, text
from app.rendering.along.told import DayTold, Told
from app.rendering.fhir.elements import Json, identity, instant, line, on, period, refer, said

STATUS = {
    "every_day": "active",
    "some_days": "active",
    "stopped": "stopped",
    "never_started": "not-taken",
}
"""Of a MedicationStatement, by where the client was with it when they set up the fortnight."""
DONE = {"taken": "completed", "different_amount": "completed", "not_taken": "not-done"}


def statement(told: Told, patient: Json) -> Json | None:
    """None where there is neither a medicine nor a dose."""
    if not (told.label or told.medicine) and not any(day.dose in DONE for day in told.days):
        return None
    return {
        "resourceType": "MedicationStatement",
        "id": identity(told.id, "MedicationStatement"),
        "status": STATUS.get(told.way_in or "", "unknown"),
        "medicationCodeableConcept": _medicine(told),
        "subject": refer(patient),
        **_when(told),
        "dateAsserted": instant(told.set_at),
        "informationSource": refer(patient),
    }


def administrations(told: Told, patient: Json, stated: Json) -> Iterator[Json]:
    for day in told.days:
        if day.dose not in DONE:
            continue
        notes = [*_amount(day), *day_note(told, day)]
        yield {
            "resourceType": "MedicationAdministration",
            "id": identity(told.id, "MedicationAdministration", day.day),
            "status": DONE[day.dose],
            **_reason(day),
            "medicationCodeableConcept": stated["medicationCodeableConcept"],
            "subject": refer(patient),
            "supportingInformation": [refer(stated)],
            **on(day.day if told.dated else None),
            "performer": [{"actor": refer(patient)}],
            **({"note": notes} if notes else {}),
        }


def day_note(told: Told, day: DayTold) -> list[Json]:
    """Which day it was, where days have no dates."""
    return [] if told.dated else [{"text": text("archive-day", number=day.number)}]


def _medicine(told: Told) -> Json:
    """By the client's own name for it, and beside that by the name under which the gate knows it. No code: nobody
    has said which strength or brand it is."""
    called = line(told.label or told.medicine or "") or text("check-in-dose-unnamed")
    known = line(told.medicine or "")
    return {**({"coding": [{"display": known}]} if known and known != called else {}), "text": called}


def _when(told: Told) -> Json:
    if told.way_in == "never_started":
        return {}
    if told.way_in == "stopped":
        return {"effectivePeriod": {"end": told.stopped_on.isoformat()}} if told.stopped_on else {}
    if not told.dated or told.span is None:
        return {}
    return {"effectivePeriod": period(*(day.isoformat() for day in told.span))}


def _reason(day: DayTold) -> Json:
    if day.dose != "not_taken" or day.dose_reason is None:
        return {}
    key = f"check-in-reason-{day.dose_reason.replace('_', '-')}"
    return {"statusReason": [said(text(key) if has(key) else day.dose_reason)]}


def _amount(day: DayTold) -> list[Json]:
    return [{"text": text("check-in-dose-different-amount")}] if day.dose == "different_amount" else []
