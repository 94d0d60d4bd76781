"""`fortnight invite`: a link with which one person can make an account. Nothing is shared by it."""

from enum import StrEnum
from typing import Annotated

import typer


class Role(StrEnum):
    client = "client"
    therapist = "therapist"


def invite(
    role: Annotated[Role, typer.Option(help="What the new account is for.")] = Role.client,
    port: Annotated[int, typer.Option(help="The port that `run` was given.")] = 8000,
) -> None:
    """Print a link, good for one account and for three days. It is shown this once."""
    from app.cli.serving import aside, prepare, public_url  # noqa: PLC0415 - heavy
    from app.core import clock  # noqa: PLC0415
    from app.core.db import unit_of_work  # noqa: PLC0415
    from app.services import invitations  # noqa: PLC0415

    house = prepare(public_url(port), say=aside)
    try:
        with unit_of_work(house.engine) as session:
            made = invitations.create(session, house.settings.public_url, role.value, now=clock.now())
    finally:
        house.close()
    typer.echo(made.link)
    typer.echo(f"One {role.value} account, until {made.expires_at:%d %B %Y, %H:%M} UTC.", err=True)
