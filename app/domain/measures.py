"""The scales: least and most, step, unit, and the names that stand at both ends and in the middle."""

from app.domain.report import Measure
from app.domain.words import Say

STANDARD = ("mood", "sleep_hours", "sleep_quality", "like_myself", "energy")
OWN = ("own1", "own2", "own3")
SLEEP = ("sleep_hours", "sleep_quality")


def standard(key: str) -> Measure:
    """One of Fortnight's own measures by its key; KeyError for any other."""
    least, most, step = {
        "mood": (0, 10, 1),
        "sleep_hours": (0, 24, 0.5),
        "sleep_quality": (1, 5, 1),
        "like_myself": (0, 10, 1),
        "energy": (0, 10, 1),
    }[key]
    name = Say(f"result-measure-{key.replace('_', '-')}")
    if key == "sleep_hours":
        return Measure(key, name, least, most, step, unit="hours")
    # The names that stood on the check-in when the answer was given.
    asked = "quality" if key == "sleep_quality" else key.replace("_", "-")
    low, middle, high = (Say(f"check-in-{asked}-{at}") for at in (least, (least + most) // 2, most))
    return Measure(key, name, least, most, step, low=low, middle=middle, high=high)


def own(key: str, name: str, low: str = "", middle: str = "", high: str = "") -> Measure:
    """A measure in the client's words, 0 to 10; a step without a name stays unnamed."""
    return Measure(key, _own(name), 0, 10, 1, low=_named(low), middle=_named(middle), high=_named(high))


def _own(words: str) -> Say:
    return Say("result-own-words", {"words": words})


def _named(words: str) -> Say | None:
    return _own(words) if words else None
