"""What every bench prints: a table for a person, or one JSON line at the end."""

import json
import sys
from typing import Any


def progress(line: str) -> None:
    """What it is doing now, to standard error."""
    print(line, file=sys.stderr, flush=True)


def show(name: str, rows: list[dict[str, Any]], ratios: dict[str, Any], *, as_json: bool) -> None:
    """Print rows (`path` and its figures) and ratios."""
    if as_json:
        print(json.dumps({"name": name, "rows": rows, "ratios": ratios}))
        return
    figures = list(dict.fromkeys(key for row in rows for key in row if key != "path"))
    width = max(len(str(row["path"])) for row in rows) + 2
    print(f"\n{'':{width}}" + "".join(f"{figure:>14}" for figure in figures))
    for row in rows:
        print(f"{row['path']:{width}}" + "".join(f"{_short(row.get(figure)):>14}" for figure in figures))
    print()
    for key, value in ratios.items():
        print(f"{key:>32}  {_short(value)}")


def _short(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.0f}"
    return str(value)
