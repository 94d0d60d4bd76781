"""Who was let read, and what: one Consent for each version of the client's choice.

R4 4.0.1, Consent: status, scope and category are required, a policy or policyRule by ppc-1, a patient by ppc-2,
role and reference of an actor. The codes are those of the specification's own example (consent-example-signature),
the category is LOINC 59284-0 of the value set consent-category. RelatedPerson requires its patient.

The links to a page for a prescriber are no Consent: whoever has one reads by it, and nobody knows who that is.
"""

from collections.abc import Iterator

from app.core.catalogue import text
from app.rendering.along.told import ConsentTold, ReaderTold, Told
from app.rendering.fhir.elements import TERMINOLOGY, Json, coded, identity, instant, line, period, refer, said

CATEGORY = ("http://loinc.org", "59284-0")


def shared(told: Told, patient: Json) -> Iterator[Json]:
    """Each reader, followed by what they were let read, counted from the first version on."""
    for reader in told.readers:
        whom = _reader(told, reader, patient)
        yield whom
        for number, consent in enumerate(reversed(reader.consents), start=1):
            yield _consent(identity(told.id, "Consent", reader.id, number), consent, patient, whom)


def _reader(told: Told, reader: ReaderTold, patient: Json) -> Json:
    name = line(reader.name)
    named: Json = {"name": [{"text": name}]} if name else {}
    if reader.role == "supporter":
        identified = identity(told.id, "RelatedPerson", reader.id)
        return {"resourceType": "RelatedPerson", "id": identified, "patient": refer(patient), **named}
    return {"resourceType": "Practitioner", "id": identity(told.id, "Practitioner", reader.id), **named}


def _consent(identified: str, consent: ConsentTold, patient: Json, whom: Json) -> Json:
    end = consent.withdrawn_at or consent.ends_at
    fields = [said(text(f"sharing-field-{field}")) for field in consent.fields]
    return {
        "resourceType": "Consent",
        "id": identified,
        "status": "active" if consent.held else "inactive",
        "scope": coded(TERMINOLOGY + "consentscope", "patient-privacy", "Privacy Consent"),
        "category": [coded(*CATEGORY)],
        "patient": refer(patient),
        "dateTime": instant(consent.given_at),
        "performer": [refer(patient)],
        "policyRule": coded(TERMINOLOGY + "v3-ActCode", "OPTIN"),
        "provision": {
            "type": "permit",
            "period": period(instant(consent.given_at), instant(end) if end else None),
            "actor": [{"role": coded(TERMINOLOGY + "v3-ParticipationType", "PRCP"), "reference": refer(whom)}],
            **({"code": fields} if fields else {}),
        },
    }
