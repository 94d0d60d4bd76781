"""`fortnight bench NAME`: measure something of this Fortnight on this machine, as ratios within one run."""

import importlib
import sys
from typing import Annotated

import typer

from app.core.schema import ROOT

BENCHES = {
    "check-in": "benchmarks.check_in.bench",
    "page": "benchmarks.page.bench",
    "analysis": "benchmarks.analysis",
    "enumeration": "benchmarks.enumeration",
    "push": "benchmarks.push.bench",
    "due": "benchmarks.due",
    "summary": "benchmarks.summary",
    "report": "benchmarks.brief.bench",
}


def bench(
    name: Annotated[str, typer.Argument(help=", ".join(BENCHES))],
    json: Annotated[bool, typer.Option("--json", help="One line of JSON at the end.")] = False,
    postgres: Annotated[str, typer.Option(help="check-in only: the URL of an empty PostgreSQL database.")] = "",
) -> None:
    """Measure, and print a table or, with --json, one line."""
    if name not in BENCHES:
        typer.echo(f"There is no bench {name!r}. There are: {', '.join(BENCHES)}.", err=True)
        sys.exit(2)
    sys.path.insert(0, str(ROOT))
    measure = importlib.import_module(BENCHES[name])
    if name == "check-in":
        measure.main(as_json=json, postgres=postgres)
    else:
        measure.main(json)
