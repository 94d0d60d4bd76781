"""`fortnight demo`: a filled practice to look at, made anew at each start, on this machine only."""

import json as json_
import shutil
import sys
from pathlib import Path
from typing import IO, Annotated, Any

import typer

MARK = ".fortnight-demo"


def demo(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    json: Annotated[bool, typer.Option("--json", help="One line of JSON when ready.")] = False,
) -> None:
    """Make a therapist, four clients and a friend of one, all invented, say who can sign in, and serve."""
    from app.cli.serving import aside, listen, plainly, prepare, refuse, say, serve  # noqa: PLC0415 - heavy
    from app.core import clock, config  # noqa: PLC0415
    from app.services.demo import fill  # noqa: PLC0415

    listening = listen("127.0.0.1", port)
    url = f"http://localhost:{listening.getsockname()[1]}"
    try:
        ours: dict[str, Any] = {"data": place(), "public_url": url, "database_url": ""}
        folder = config.load(**ours).data
        mark = _claim(folder)
    except config.WrongSettings as error:
        refuse(*error.sentences)
    except _NotOurs as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"The demo cannot use {folder} ({plainly(error)}).")
    house = prepare(ours, say=aside if json else say)
    accounts = fill(house, now=clock.now())

    def ready() -> None:
        if json:
            shown = [{"role": each.role, "sign_in": each.sign_in, "password": each.password} for each in accounts]
            typer.echo(json_.dumps({"url": url, "accounts": shown}))
            return
        typer.echo(f"Open {url}\nEverybody here is invented. Until the next start, these can sign in:")
        for each in accounts:
            typer.echo(f"  {each.role:10} {each.sign_in:14} {each.password}")

    with mark:
        sys.exit(serve(house, listening, ready))


def place() -> Path:
    """Where the demo lives: where we are told, else beside the code, wherever the command was given from."""
    from app.core import config  # noqa: PLC0415

    return Path(config.given("data") or config.HOME / "demo-data")


class _NotOurs(Exception):
    """Why the demo must not touch this folder, as a sentence."""


def _claim(folder: Path) -> IO[str]:
    """Make the folder empty and ours, for as long as the returned mark stays open.

    The mark is locked before anything is taken away: under a demo that runs nothing is.
    """
    import fcntl  # noqa: PLC0415 - the launcher has said that this is no Windows

    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise _NotOurs(f"{folder} is not a folder. Name another one.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()) and ((folder / MARK).is_symlink() or not (folder / MARK).is_file()):
        raise _NotOurs(
            f"{folder} holds something that the demo did not make, so it stays as it is. Name another folder."
        )
    mark = (folder / MARK).open("a", encoding="utf-8")
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        mark.close()
        raise _NotOurs(
            f"A demo is running in {folder}. Stop it first, or name another folder in FORTNIGHT_DATA."
        ) from None
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()
    mark.truncate(0)
    mark.write("Made anew by every `fortnight demo`.\n")
    mark.flush()
    folder.chmod(0o700)
    return mark
