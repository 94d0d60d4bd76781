"""`fortnight run`: the app on this machine, with nothing to configure."""

import sys
from typing import Annotated

import typer


def run(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy in front speaks https.")] = False,
) -> None:
    """Start Fortnight: keys, database, migrations, server."""
    from app.cli.serving import listen, prepare, public_url, say, serve, set_up_link  # noqa: PLC0415 - heavy

    listening = listen(host, port)
    overrides = public_url(listening.getsockname()[1])
    house = prepare({**overrides, "behind_proxy": True} if behind_proxy else overrides)
    link = set_up_link(house)

    def ready() -> None:
        say(f"Open {house.settings.public_url}")
        if link:
            say(f"First account, once, within 24 hours: {link}")

    sys.exit(serve(house, listening, ready))
