"""The Bundle: every resource under a `urn:uuid` of its own, to which the others refer (R4 4.0.1, Bundle, bdl-7 and
"resolving references in bundles"). It says nothing of who the patient is but a number made for it."""

import json
from collections.abc import Iterator

from app.rendering.along.told import Told
from app.rendering.fhir import consents, medicine, ratings
from app.rendering.fhir.elements import UUIDS, Json, identity, instant, urn


def bundle(told: Told) -> Json:
    """Ids depend on what they stand for alone: the same fortnight taken along twice is the same resources."""
    return {
        "resourceType": "Bundle",
        "id": identity(told.id, "Bundle", instant(told.made_at)),
        "type": "collection",
        "timestamp": instant(told.made_at),
        "entry": [{"fullUrl": urn(each["id"]), "resource": each} for each in _resources(told)],
    }


def document(told: Told) -> bytes:
    """The file: JSON in UTF-8, as application/fhir+json has it."""
    return json.dumps(bundle(told), ensure_ascii=False, indent=1).encode()


def _resources(told: Told) -> Iterator[Json]:
    patient = _patient(told)
    yield patient
    if stated := medicine.statement(told, patient):
        yield stated
        yield from medicine.administrations(told, patient, stated)
    yield from ratings.sleep(told, patient)
    asked = ratings.questionnaire(told)
    if answered := list(ratings.responses(told, patient, asked)):
        yield asked
        yield from answered
    yield from consents.shared(told, patient)


def _patient(told: Told) -> Json:
    """No name, no date of birth: a pseudonym that is the same in each of their fortnights."""
    numbered = identity("Patient", told.person)
    return {
        "resourceType": "Patient",
        "id": numbered,
        "identifier": [{"use": "secondary", "system": UUIDS, "value": urn(numbered)}],
    }
