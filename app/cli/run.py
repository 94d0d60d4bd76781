"""`fortnight run`: the app on this machine, with nothing to configure."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.demo import MARK

if TYPE_CHECKING:
    from app.core.config import Settings

ONE_FOR_ALL = (
    "Behind a proxy everybody seems to come from one address, so the limits on sign-ins and new accounts count "
    "them all together: name the proxy's address in FORTNIGHT_TRUSTED_PROXIES."
)


def run(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy in front speaks https.")] = False,
) -> None:
    """Start Fortnight: keys, database, migrations, server."""
    from app.cli.serving import (  # noqa: PLC0415 - heavy
        aside,
        listen,
        prepare,
        public_url,
        say,
        serve,
        set_up_link,
    )

    listening = listen(host, port)
    overrides = public_url(listening.getsockname()[1])
    if behind_proxy:
        overrides["behind_proxy"] = True
    house = prepare(overrides, check=_not_of_the_demo)
    if one_for_all(house.settings):
        aside(ONE_FOR_ALL)
    link = set_up_link(house)

    def ready() -> None:
        say(f"Open {house.settings.public_url}")
        if link:
            say(f"First account, once, within 24 hours: {link}")

    sys.exit(serve(house, listening, ready))


def one_for_all(settings: "Settings") -> bool:
    """Whether a proxy in front hides who asks. An https address means that there is one: Fortnight speaks http."""
    return (settings.behind_proxy or settings.secure) and not settings.trusted_proxies.strip(", ")


def _not_of_the_demo(settings: "Settings") -> None:
    from app.core.config import WrongSettings  # noqa: PLC0415 - heavy

    if (settings.data / MARK).exists():
        raise WrongSettings(
            f"{settings.data} was made by the demo, which empties it at each start: name another folder in "
            "FORTNIGHT_DATA."
        )
