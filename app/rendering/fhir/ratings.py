"""What was rated: hours of sleep as an Observation, everything else as answers to a Questionnaire of our own.

R4 4.0.1: Observation requires status and code; sleep is LOINC 93832-4 in hours (UCUM `h`). Questionnaire requires
status, and of an item linkId and type; an `integer` or `decimal` has its ends in the extensions minValue and
maxValue. QuestionnaireResponse requires status, and of an item linkId.

The questions are the words of Fortnight's own check-in, and of the client; no scale of anybody's is in it. What
was written in words, a hard day, thoughts and worrying signs are not in here: they are in the other files.
"""

from collections.abc import Iterator

from app.core.catalogue import text
from app.domain.report import Measure
from app.domain.words import Say
from app.rendering.along.told import DayTold, Told
from app.rendering.fhir.elements import TERMINOLOGY, Json, coded, identity, instant, line, on, refer, urn
from app.rendering.fhir.medicine import day_note

LOINC = "http://loinc.org"
SLEEP = ("93832-4", "Sleep duration")
UCUM = "http://unitsofmeasure.org"
HOURS = "sleep_hours"
END = "http://hl7.org/fhir/StructureDefinition/"
MOST_BOTHER = 3


def sleep(told: Told, patient: Json) -> Iterator[Json]:
    for day in told.days:
        if HOURS not in day.ratings:
            continue
        notes = day_note(told, day)
        yield {
            "resourceType": "Observation",
            "id": identity(told.id, "Observation", HOURS, day.day),
            "status": "final",
            "category": [coded(TERMINOLOGY + "observation-category", "survey", "Survey")],
            "code": {**coded(LOINC, *SLEEP), "text": text("result-measure-sleep-hours")},
            "subject": refer(patient),
            **(on(day.day) if told.dated else {}),
            "performer": [refer(patient)],
            "valueQuantity": {"value": _number(day.ratings[HOURS]), "unit": "h", "system": UCUM, "code": "h"},
            **({"note": notes} if notes else {}),
        }


def questionnaire(told: Told) -> Json:
    """Which day it is about, each measure that was offered, and how much each side effect bothered."""
    called = identity(told.id, "Questionnaire")
    rated = [
        _rating(each.key, _asked(each), each.minimum, each.maximum, whole=_whole(each)) for each in _asks(told)
    ]
    return {
        "resourceType": "Questionnaire",
        "id": called,
        "url": urn(called),
        "name": "FortnightRatings",
        "title": text("archive-ratings"),
        "status": "active",
        "subjectType": ["Patient"],
        "date": instant(told.set_at),
        "item": [
            {"linkId": "day_number", "text": text("archive-day-number"), "type": "integer"},
            {"linkId": "day", "text": text("archive-day-date"), "type": "date"},
            *rated,
            *(_rating(_effect(place), _bother(name), 0, MOST_BOTHER) for place, name in enumerate(told.effects)),
        ],
    }


def responses(told: Told, patient: Json, asked: Json) -> Iterator[Json]:
    """Of each day on which something was rated."""
    texts = {item["linkId"]: item["text"] for item in asked["item"]}
    whole = {item["linkId"] for item in asked["item"] if item["type"] == "integer"}
    for day in told.days:
        rated = [*_ratings(told, day), *_bothers(told, day)]
        if not rated:
            continue
        given = [
            ("day_number", {"valueInteger": day.number}),
            *([("day", {"valueDate": day.day.isoformat()})] if told.dated else []),
            *(
                (key, {"valueInteger": int(it)} if key in whole else {"valueDecimal": _number(it)})
                for key, it in rated
            ),
        ]
        yield {
            "resourceType": "QuestionnaireResponse",
            "id": identity(told.id, "QuestionnaireResponse", day.day),
            "questionnaire": asked["url"],
            "status": "completed",
            "subject": refer(patient),
            **({"authored": instant(day.written_at)} if day.written_at else {}),
            "author": refer(patient),
            "source": refer(patient),
            "item": [{"linkId": key, "text": texts[key], "answer": [answer]} for key, answer in given],
        }


def _asks(told: Told) -> list[Measure]:
    return [each for each in told.measures if each.key != HOURS]


def _asked(measure: Measure) -> str:
    """The name of a measure, with what stands at its ends."""
    least, most = measure.minimum, measure.maximum
    if measure.low is None or measure.high is None:
        return line(text("archive-scale", name=measure.name, least=least, most=most))
    return _named(measure.name, least, measure.low, most, measure.high)


def _bother(effect: str) -> str:
    return _named(effect, 0, Say("check-in-bother-0"), MOST_BOTHER, Say("check-in-bother-3"))


def _named(name: str | Say, least: float, low: Say, most: float, high: Say) -> str:
    return line(text("archive-scale-named", name=name, least=least, low=low, most=most, high=high))


def _rating(key: str, asked: str, least: float, most: float, *, whole: bool = True) -> Json:
    kind = "integer" if whole else "decimal"
    value = f"value{kind.capitalize()}"
    ends = (("minValue", least), ("maxValue", most))
    return {
        "extension": [{"url": END + name, value: _number(end)} for name, end in ends],
        "linkId": key,
        "text": asked,
        "type": kind,
    }


def _whole(measure: Measure) -> bool:
    return all(float(each).is_integer() for each in (measure.minimum, measure.maximum, measure.step))


def _ratings(told: Told, day: DayTold) -> list[tuple[str, float]]:
    return [(each.key, day.ratings[each.key]) for each in _asks(told) if each.key in day.ratings]


def _bothers(told: Told, day: DayTold) -> list[tuple[str, float]]:
    found = ((_effect(place), day.effects.get(name)) for place, name in enumerate(told.effects))
    return [(key, bother) for key, bother in found if bother is not None]


def _effect(place: int) -> str:
    """A client's own word is no linkId: they are counted, in the order in which they stand."""
    return f"side_effect_{place + 1}"


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
