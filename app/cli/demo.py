"""`fortnight demo`: a filled practice to look at, made anew at each start, on this machine only."""

import json as json_
import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

MARK = ".fortnight-demo"


def demo(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON when ready.")] = False,
) -> None:
    """Make a therapist and four invented clients, say who can sign in, and serve."""
    from app.cli.serving import aside, listen, prepare, say, serve  # noqa: PLC0415 - heavy
    from app.core import clock  # noqa: PLC0415
    from app.services.demo import fill  # noqa: PLC0415

    folder = Path(os.environ.get("FORTNIGHT_DATA", "demo-data")).expanduser().absolute()
    refusal = _empty(folder)
    if refusal:
        typer.echo(refusal, err=True)
        sys.exit(2)
    listening = listen("127.0.0.1", port)
    url = f"http://localhost:{port}"
    house = prepare({"data": folder, "public_url": url, "database_url": ""}, say=aside if json else say)
    accounts = fill(house, now=clock.now())

    def ready() -> None:
        if json:
            shown = [{"role": each.role, "sign_in": each.sign_in, "password": each.password} for each in accounts]
            typer.echo(json_.dumps({"url": url, "accounts": shown}))
            return
        typer.echo(f"Open {url}\nEverybody here is invented. Until the next start, these can sign in:")
        for each in accounts:
            typer.echo(f"  {each.role:10} {each.sign_in:14} {each.password}")

    sys.exit(serve(house, listening, ready))


def _empty(folder: Path) -> str | None:
    """Make the folder empty and ours. A sentence instead if it holds something the demo did not make."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        return f"{folder} holds something that the demo did not make, so it stays as it is. Name another folder."
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    (folder / MARK).write_text("Made anew by every `fortnight demo`.\n", encoding="utf-8")
    return None
