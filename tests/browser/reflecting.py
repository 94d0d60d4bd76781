"""Pages written on three days, without waiting for them: a draft's own zone and day end say which day it is."""

from typing import Any

from tests.browser.conftest import PLAN, Person

# Each at least a day after the one before, whatever the hour is.
DAYS = (("Pacific/Pago_Pago", "23:59"), ("Etc/GMT+6", "04:00"), ("Pacific/Kiritimati", "00:00"))


def line(words: str, cell: str = "not_good", weight: int | None = None) -> dict[str, Any]:
    return {"cell": cell, "words": words, "weight": weight, "measure": None}


def pages(person: Person, fortnight: str) -> Any:
    answer = person.http.get(f"/api/experiments/{fortnight}/reflections")
    assert answer.status_code == 200, answer.text
    return answer.json()


def write(person: Person, fortnight: str, kind: str, **said: Any) -> None:
    """The page of today."""
    now = pages(person, fortnight)
    base = next((page["revision"] for page in now[kind] if page["day"] == now["today"]), 0)
    url = f"/api/experiments/{fortnight}/reflections/{kind}/{now['today']}"
    answer = person.http.put(url, json={**said, "base_revision": base})
    assert answer.status_code == 200, answer.text


def three_days(person: Person) -> str:
    """A fortnight that was stopped on its third day, with pages of before, the middle and after."""
    made = person.http.post("/api/experiments", json=PLAN).json()
    at = f"/api/experiments/{made['id']}"
    days: list[str] = []
    for number, (zone, day_end) in enumerate(DAYS):
        plan = {**PLAN, "zone": zone, "day_end": day_end, "base_revision": made["revision"]}
        if days:
            plan["start_on"] = days[0]
        answer = person.http.put(at, json=plan)
        assert answer.status_code == 200, answer.text
        made = answer.json()
        days.append(made["today"])
        lines = [
            line("clear head", weight=number + 2),
            line("sleep", "taking_good"),
            line("dry mouth", "taking_less"),
        ]
        write(person, made["id"], "balance", lines=lines[: number + 1])
        write(person, made["id"], "rulers", importance=4 + number, confidence=None if number == 1 else 8 - number)
        write(person, made["id"], "words", meaning=f"To be myself again, {number}.", miss="Laughing with Jo.")
    for step in ("start", "stop"):
        answer = person.http.post(f"{at}/{step}")
        assert answer.status_code == 200, answer.text
    assert len(set(days)) == 3
    found = pages(person, made["id"])["balance"]
    assert [page["part"] for page in found] == ["before", "middle", "after"], found
    return str(made["id"])
