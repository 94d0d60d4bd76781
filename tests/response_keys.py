"""Which keys each route answers with, as its response model declares them: reviewed in `response_keys.json`.

A path is written `check_ins[].answers.mood`. What a person names themselves (`own`, `side_effects`) and what is
Plotly's own (`figure`) ends there.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI

REVIEWED = Path(__file__).parent / "response_keys.json"
# Maps with keys of somebody else's choosing.
OPEN = frozenset({"own", "side_effects", "scaled", "figure", "aside", "dose_values", "measures"})


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without references (our shapes have no cycles)."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _resolved(document, document["components"]["schemas"][name])
    whole = dict(schema)
    for word in ("anyOf", "allOf", "oneOf"):
        if word in whole:
            whole[word] = [_resolved(document, each) for each in whole[word]]
    if isinstance(whole.get("items"), dict):
        whole["items"] = _resolved(document, whole["items"])
    if "properties" in whole:
        whole["properties"] = {name: _resolved(document, each) for name, each in whole["properties"].items()}
    return whole


def _operation(app: FastAPI, key: tuple[str, str]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = app.openapi()["paths"].get(key[1], {}).get(key[0].lower())
    return found


def body_schema(app: FastAPI, key: tuple[str, str]) -> dict[str, Any] | None:
    """What a body may hold, references resolved; None where no body is read."""
    operation = _operation(app, key)
    if operation is None or "requestBody" not in operation:
        return None
    return _resolved(app.openapi(), operation["requestBody"]["content"]["application/json"]["schema"])


def declared(app: FastAPI, key: tuple[str, str]) -> set[str] | None:
    """The key paths of a success, None where the answer is no declared JSON object (a file, an empty one)."""
    operation = _operation(app, key)
    if operation is None:
        return None
    success = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    content = success.get("content", {}).get("application/json")
    paths = set(_declared(_resolved(app.openapi(), content["schema"]))) if content else set()
    return paths or None


def _declared(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    for option in schema.get("anyOf", [schema]):
        if "items" in option:
            yield from _declared(option["items"], path + "[]")
        for name, each in option.get("properties", {}).items():
            here = f"{path}.{name}".removeprefix(".")
            yield here
            if name not in OPEN or each.get("properties"):
                yield from _declared(each, here)


def found(value: Any, path: str = "") -> set[str]:
    """The key paths that an answer really has."""
    paths: set[str] = set()
    if isinstance(value, list):
        for each in value:
            paths |= found(each, path + "[]")
    elif isinstance(value, dict):
        for name, each in value.items():
            here = f"{path}.{name}".removeprefix(".")
            paths.add(here)
            if name not in OPEN:
                paths |= found(each, here)
    return paths


def all_declared(app: FastAPI) -> dict[str, list[str]]:
    keys = [(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods]
    return {f"{key[0]} {key[1]}": sorted(declared(app, key) or ()) for key in sorted(keys)}


def main() -> None:
    """Write the reviewed file anew. Read the difference before committing it."""
    from app.core import config
    from app.main import create_app
    from app.services.house import open_house

    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder)))
        text = json.dumps(all_declared(create_app(house)), indent=1) + "\n"
        house.close()
    REVIEWED.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{REVIEWED.name} written\n")


if __name__ == "__main__":
    main()
