"""The small parts that resources are made of, as R4 spells them (hl7.org/fhir/R4/datatypes.html)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid5

Json: TypeAlias = dict[str, Any]

NAMESPACE = UUID("6f0d6c0e-5f0a-5c55-9a6e-3d9d3b1d7a41")
"""Ours alone. Of an id that is made in it (RFC 4122, version 5) nobody can tell of which row it was made."""
UUIDS = "urn:ietf:rfc:3986"
"""As the system of an identifier: its value is a URI by itself (4.0.1, Identifier.system)."""
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def identity(*named: object) -> str:
    """The same id for the same thing each time it is taken along."""
    return str(uuid5(NAMESPACE, "|".join(str(each) for each in named)))


def urn(identity: str) -> str:
    return f"urn:uuid:{identity}"


def refer(resource: Mapping[str, Any]) -> Json:
    """A reference to a resource of the same Bundle, by its fullUrl."""
    return {"reference": urn(resource["id"]), "type": resource["resourceType"]}


def line(words: str) -> str:
    """Words as an R4 string takes them: `[ \\r\\n\\t\\S]+`, without signs that nobody sees."""
    seen = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in words)
    return " ".join(seen.split())


def said(words: str) -> Json:
    """A CodeableConcept that is only words: no code of anybody's says just this."""
    return {"text": line(words)}


def coded(system: str, code: str, display: str | None = None) -> Json:
    """A CodeableConcept with one code."""
    coding = {"system": system, "code": code}
    return {"coding": [{**coding, "display": display} if display else coding]}


def instant(moment: datetime) -> str:
    """To the second, with its zone: both an instant and a dateTime."""
    return moment.isoformat(timespec="seconds")


def on(day: date | None) -> Json:
    """`effective[x]` of a local day. A day without a date says that it is not known: where an element is required,
    that is how it is left out (R4, extension data-absent-reason; of a Period, which may hold that alone)."""
    if day is None:
        return {"effectivePeriod": {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}}
    return {"effectiveDateTime": day.isoformat()}


def period(start: str | None, end: str | None) -> Json:
    return {name: each for name, each in (("start", start), ("end", end)) if each is not None}
