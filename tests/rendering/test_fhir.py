"""A Bundle that any R4 reader takes: required elements, value sets, dates, references; and nobody's name.

The rules are written out from the specification (hl7.org/fhir/R4), apart from the code that makes the resources.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from app.domain import measures
from app.domain.sharing import FIELDS
from app.rendering.along.told import ReaderTold, Told
from app.rendering.fhir import bundle, document

from tests.rendering.told import COUNTED, DRAFT, FIRST, MADE, PLAIN, WRITTEN, consent, day

# Each resource: the elements that have to be there ("a|b": one of them), and the ones that may be.
ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "Patient": (set(), {"identifier"}),
    "Practitioner": (set(), {"name"}),
    "RelatedPerson": ({"patient"}, {"name"}),
    "MedicationStatement": (
        {"status", "medicationCodeableConcept", "subject"},
        {"effectivePeriod", "dateAsserted", "informationSource"},
    ),
    "MedicationAdministration": (
        {"status", "medicationCodeableConcept", "subject", "effectiveDateTime|effectivePeriod"},
        {"statusReason", "supportingInformation", "performer", "note"},
    ),
    "Observation": (
        {"status", "code"},
        {"category", "subject", "effectiveDateTime", "performer", "valueQuantity", "note"},
    ),
    "Questionnaire": ({"status"}, {"url", "name", "title", "subjectType", "date", "item"}),
    "QuestionnaireResponse": ({"status"}, {"questionnaire", "subject", "authored", "author", "source", "item"}),
    "Consent": (
        {"status", "scope", "category", "policyRule|policy"},
        {"patient", "dateTime", "performer", "provision"},
    ),
}
LISTS = {
    *("identifier", "name", "statusReason", "supportingInformation", "performer", "note", "category", "item"),
    *("subjectType", "coding", "extension", "actor", "entry", "answer"),
}
# But where R4 gives one name to a list here and to a single value there.
SINGLE = {("Questionnaire", "name"), ("Provision", "code")}
STATUS = {
    "MedicationStatement": {
        *("active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"),
    },
    "MedicationAdministration": {
        *("in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"),
    },
    "Observation": {
        *(
            "registered",
            "preliminary",
            "final",
            "amended",
            "corrected",
            "cancelled",
            "entered-in-error",
            "unknown",
        ),
    },
    "Questionnaire": {"draft", "active", "retired", "unknown"},
    "QuestionnaireResponse": {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    "Consent": {"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"},
}
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
CODES = {
    TERMINOLOGY + "observation-category": {
        *("social-history", "vital-signs", "imaging", "laboratory", "procedure", "survey", "exam", "therapy"),
        "activity",
    },
    TERMINOLOGY + "consentscope": {"adr", "research", "patient-privacy", "treatment"},
    TERMINOLOGY + "v3-ActCode": {"OPTIN", "OPTOUT"},
    TERMINOLOGY + "v3-ParticipationType": {"PRCP", "IRCP"},
    "http://loinc.org": {"93832-4", "59284-0"},
    "http://unitsofmeasure.org": {"h"},
}
ITEM_TYPES = {
    *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url"),
    *("choice", "open-choice", "attachment", "reference", "quantity"),
}
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
INSTANT = re.compile(DATE.pattern + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
STRING = re.compile(r"[ \r\n\t\S]+")
DATES = {
    "effectiveDateTime",
    "dateAsserted",
    "date",
    "authored",
    "dateTime",
    "start",
    "end",
    "timestamp",
    "valueDate",
}


def values(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value with the names that lead to it."""
    yield path, value
    if isinstance(value, dict):
        for name, each in value.items():
            yield from values(each, (*path, name))
    elif isinstance(value, list):
        for each in value:
            yield from values(each, path)


def resources(told: Told, kind: str | None = None) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in bundle(told)["entry"]]
    return [each for each in found if kind in {None, each["resourceType"]}]


def check(told: Told) -> None:
    """Everything that holds of any Bundle."""
    whole = json.loads(document(told))
    assert whole == bundle(told)
    assert (whole["resourceType"], whole["type"]) == ("Bundle", "collection")
    assert INSTANT.fullmatch(whole["timestamp"])
    urls = [entry["fullUrl"] for entry in whole["entry"]]
    assert len(urls) == len(set(urls)), "bdl-7"
    for entry in whole["entry"]:
        check_resource(entry["resource"], entry["fullUrl"])
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in whole["entry"]}
    for path, value in values(whole):
        check_value(path, value)
        if path[-1:] == ("reference",) and isinstance(value, str):
            assert value in kinds, path
        if isinstance(value, dict) and isinstance(value.get("reference"), str):
            assert value["type"] == kinds[value["reference"]]
    check_answers(told)


def check_resource(resource: dict[str, Any], url: str) -> None:
    kind = resource["resourceType"]
    required, optional = ELEMENTS[kind]
    names = set(resource) - {"resourceType", "id"}
    for wanted in required:
        assert names & set(wanted.split("|")), (kind, wanted)
    known = optional | {name for wanted in required for name in wanted.split("|")}
    assert names <= known, (kind, names - known)
    assert ID.fullmatch(resource["id"])
    assert url == f"urn:uuid:{resource['id']}"
    assert UUID(resource["id"]).version == 5
    if kind in STATUS:
        assert resource["status"] in STATUS[kind], kind
    for name, value in resource.items():
        if name in LISTS and (kind, name) not in SINGLE:
            assert isinstance(value, list), (kind, name)


def check_value(path: tuple[str, ...], value: Any) -> None:
    name = path[-1] if path else ""
    assert value not in (None, "", [], {}), path
    if name in DATES:
        assert DATE.fullmatch(value) or INSTANT.fullmatch(value), (path, value)
    if isinstance(value, str):
        assert STRING.fullmatch(value) and value == value.strip(), (path, value)
    if isinstance(value, dict) and {"system", "code"} <= set(value):
        assert value["code"] in CODES[value["system"]], path


def check_answers(told: Told) -> None:
    """Each answer is one to a question of the Questionnaire that it names, of its type and between its ends."""
    for response in resources(told, "QuestionnaireResponse"):
        [asked] = [each for each in resources(told, "Questionnaire") if each["url"] == response["questionnaire"]]
        items = {item["linkId"]: item for item in asked["item"]}
        assert len(items) == len(asked["item"]), "que-2"
        for item in items.values():
            assert item["type"] in ITEM_TYPES
            assert item["text"]
        links = [item["linkId"] for item in response["item"]]
        assert links == [link for link in items if link in links], "in the order of the questions, each once"
        for item in response["item"]:
            [(kind, answer)] = item["answer"][0].items()
            question = items[item["linkId"]]
            assert kind == f"value{question['type'].capitalize()}"
            for end in question.get("extension", []):
                [limit] = [each for name, each in end.items() if name != "url"]
                assert answer >= limit if end["url"].endswith("minValue") else answer <= limit


STOPPED = replace(PLAIN, way_in="stopped", stopped_on=FIRST, last_on=FIRST - timedelta(days=1))
SCALED = replace(
    PLAIN,
    measures=(replace(measures.standard("mood"), minimum=-0.5, maximum=1.5, step=0.25, low=None, high=None),),
    days=(day(1, ratings={"mood": -0.25}),),
)
ODD = replace(
    PLAIN,
    label="\u00ad \u200b",
    medicine=" two\r\n words\x07 ",
    effects=("=1+1", "<b>\x00 x"),
    measures=(measures.own("own1", "\u2028", "a", "", "b"), measures.standard("mood")),
    readers=(ReaderTold(UUID(int=3), "\u200b", "therapist", (consent(fields=()),)),),
)
FORTNIGHTS = {
    "plain": PLAIN,
    "counted": COUNTED,
    "draft": DRAFT,
    "stopped": STOPPED,
    "never": replace(PLAIN, way_in="never_started"),
    "unsaid": replace(PLAIN, way_in="rather_not_say", label=None, medicine=None),
    "scaled": SCALED,
    "odd": ODD,
    "shared": replace(PLAIN, readers=(ReaderTold(UUID(int=1), "B", "therapist", (consent(fields=FIELDS),)),)),
}


@pytest.mark.parametrize("told", FORTNIGHTS.values(), ids=FORTNIGHTS.keys())
def test_it_is_r4(told: Told) -> None:
    check(told)


def test_what_is_not_r4_is_seen() -> None:
    """Teeth: a wrong code, a missing element, a reference to nowhere, a date that is none."""
    [consented, *_] = resources(PLAIN, "Consent")
    with pytest.raises(AssertionError):
        check_resource({**consented, "status": "given"}, f"urn:uuid:{consented['id']}")
    del consented["policyRule"]
    with pytest.raises(AssertionError):
        check_resource(consented, f"urn:uuid:{consented['id']}")
    with pytest.raises(AssertionError):
        check_value(("x", "effectiveDateTime"), "1.3.2027")
    with pytest.raises(AssertionError):
        check_value(("x",), {"system": TERMINOLOGY + "consentscope", "code": "privacy"})
    with pytest.raises(AssertionError):
        check_value(("x",), [])


def test_each_dose_is_one_and_a_gap_is_none() -> None:
    given = resources(PLAIN, "MedicationAdministration")
    said = [(each["effectiveDateTime"], each["status"], "statusReason" in each, "note" in each) for each in given]
    assert said == [
        ("2027-03-01", "completed", False, False),
        ("2027-03-02", "completed", False, True),
        ("2027-03-03", "not-done", True, False),
        ("2027-03-07", "completed", False, False),
    ]
    assert given[2]["statusReason"] == [{"text": "side effects"}]
    assert given[1]["note"] == [{"text": "A different amount"}]
    assert not any("dosage" in each for each in given), "mad-1: nobody was asked how much"


@pytest.mark.parametrize(
    ("way_in", "status"),
    [
        ("every_day", "active"),
        ("some_days", "active"),
        ("stopped", "stopped"),
        ("never_started", "not-taken"),
        ("rather_not_say", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_medicine_is_said_as_they_said_it(way_in: str | None, status: str) -> None:
    [stated] = resources(replace(PLAIN, way_in=way_in, stopped_on=FIRST), "MedicationStatement")
    assert stated["status"] == status
    assert stated["medicationCodeableConcept"] == {
        "coding": [{"display": "methylphenidate"}],
        "text": "the white one",
    }


def test_without_a_medicine_and_a_dose_there_is_no_statement() -> None:
    assert [each["resourceType"] for each in resources(DRAFT)] == ["Patient"]


def test_sleep_is_loinc_in_hours() -> None:
    first = resources(PLAIN, "Observation")[0]
    assert first["code"]["coding"] == [
        {"system": "http://loinc.org", "code": "93832-4", "display": "Sleep duration"}
    ]
    hours = {"value": 7.5, "unit": "h", "system": "http://unitsofmeasure.org", "code": "h"}
    assert (first["valueQuantity"], first["effectiveDateTime"]) == (hours, "2027-03-01")


def test_ratings_are_answers_to_our_own_questions() -> None:
    [asked] = resources(PLAIN, "Questionnaire")
    texts = {item["linkId"]: item["text"] for item in asked["item"]}
    assert texts["mood"] == "Mood: 0 is “worst I know”, 10 is “best I know”"
    assert texts["own1"] == "flat: 0 is “not flat”, 10 is “very flat”"
    assert texts["side_effect_1"] == "dry mouth: 0 is “not at all”, 3 is “a lot”"
    assert "sleep_hours" not in texts
    third = resources(PLAIN, "QuestionnaireResponse")[2]
    answers = {item["linkId"]: item["answer"] for item in third["item"]}
    assert answers == {
        "day_number": [{"valueInteger": 3}],
        "day": [{"valueDate": "2027-03-03"}],
        "mood": [{"valueInteger": 3}],
        "own1": [{"valueInteger": 3}],
        "side_effect_1": [{"valueInteger": 1}],
    }
    assert len(resources(PLAIN, "QuestionnaireResponse")) == 7, "none for a day without a rating"


def test_a_diary_that_counts_its_days_says_no_date() -> None:
    text = document(COUNTED).decode()
    days = {(FIRST + timedelta(days=number)).isoformat() for number in range(14)}
    on_its_days = {each for each in days if f'"{each}"' in text}
    assert on_its_days == set()
    [first, *_] = resources(COUNTED, "MedicationAdministration")
    assert first["effectivePeriod"]["extension"][0]["valueCode"] == "unknown"
    assert first["note"] == [{"text": "Day 1"}]


def test_a_consent_is_each_version_of_what_was_shared() -> None:
    found = resources(PLAIN, "Consent")
    assert [each["status"] for each in found] == ["inactive", "active", "inactive"]
    assert [each["text"] for each in found[0]["provision"]["code"]] == ["Mood", "Doses"]
    assert found[1]["provision"]["period"] == {"start": "2027-03-01T21:00:00+00:00"}
    assert found[2]["provision"]["period"]["end"] == "2027-03-15T19:30:05+00:00"
    assert [each["name"] for each in resources(PLAIN, "Practitioner")] == [[{"text": "Dr. Brandt"}]]


def test_ids_are_the_same_each_time_and_no_row_is_named() -> None:
    later = replace(PLAIN, made_at=MADE + timedelta(days=3))
    ids = [entry["fullUrl"] for entry in bundle(PLAIN)["entry"]]
    assert ids == [entry["fullUrl"] for entry in bundle(later)["entry"]]
    another = replace(PLAIN, id=UUID(int=9))
    same = set(ids) & {entry["fullUrl"] for entry in bundle(another)["entry"]}
    assert same == {ids[0]}, "the person is the same, and nothing else"
    text = document(PLAIN).decode()
    assert not any(str(row) in text for row in (PLAIN.id, PLAIN.person, *(each.id for each in PLAIN.readers)))


def test_the_patient_has_no_name_and_words_stay_out() -> None:
    words = replace(
        PLAIN,
        days=(
            day(1, ratings={"mood": 3}, note="cnrnote", anything_else="cnrelse", thoughts="yes", hard_day=True),
            day(2, ratings={"mood": 3}, effects_words="cnrwords", worrying=("cnrsign",), written_at=WRITTEN),
        ),
    )
    [patient] = resources(words, "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    assert "cnr" not in document(words).decode()
