"""`fortnight doctor`: what an operator should know, and what to mend. Changes nothing."""

import json as json_
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from app.services.delivery_counts import Standing
    from app.services.house import House

LATE = 300.0
"""Seconds: within so long each reminder is tried while something sends (SECURITY.md, R5)."""


MODES = {"web": "web", "console": "console: nothing leaves this machine", "off": "off"}


def doctor(json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False) -> None:
    """Look at the database, the keys and the reminders. Exit status 1 where something is wrong."""
    from app.cli.serving import aside, prepare  # noqa: PLC0415 - heavy
    from app.core import clock, row_security  # noqa: PLC0415
    from app.core.db import unit_of_work  # noqa: PLC0415
    from app.services import delivery_counts  # noqa: PLC0415

    house = prepare({}, say=aside)
    try:
        now = clock.now()
        with unit_of_work(house.engine, by=row_security.HOUSE, read_only=True) as session:
            standing = delivery_counts.standing(session, now=now)
            free_user = row_security.not_held(session.connection())
        wrong = problems(house, standing, free_user)
        lines = facts(house, standing, now)
    finally:
        house.close()
    if json:
        typer.echo(json_.dumps({"facts": dict(lines), "problems": wrong}))
    else:
        for name, value in lines:
            typer.echo(f"{name + ':':24}{value}")
        for sentence in wrong:
            typer.echo(f"To mend: {sentence}")
        if not wrong:
            typer.echo("Nothing to mend.")
    sys.exit(1 if wrong else 0)


def facts(house: "House", standing: "Standing", now: "datetime") -> list[tuple[str, str | int]]:
    """What is so, in the order in which it is asked."""
    told = standing.totals.get
    return [
        ("Database", house.engine.dialect.name),
        ("Address", house.settings.origin),
        ("Push", MODES[house.push.mode]),
        ("Push contact", house.push.contact or "none"),
        ("Something sends", "yes" if standing.sending else "no"),
        ("Queue late by", f"{standing.lag:.0f} s"),
        ("Waiting", standing.waiting),
        ("Sent", told("sent", 0)),
        ("Tried again", told("retry", 0)),
        ("Expired", told("expired", 0)),
        ("Devices gone", told("gone", 0)),
        ("Refused", told("refused", 0)),
    ]


def problems(house: "House", standing: "Standing", free_user: str | None = None) -> list[str]:
    """What to mend, as sentences. `free_user`: see `row_security.not_held`."""
    found = [house.push.problem] if house.push.problem else []
    if free_user is not None:
        found.append(
            f"Row-level security does not hold for the database user {free_user}, who is a superuser or has "
            "BYPASSRLS. Make an ordinary one: docs/operating.md, PostgreSQL."
        )
    if not standing.sending and house.engine.dialect.name == "postgresql" and not house.push.problem:
        found.append("Nothing sends reminders: start ./fortnight worker.")
    if standing.lag > LATE and standing.sending:
        found.append(f"Reminders are {standing.lag / 60:.0f} minutes late: look at the log of what sends them.")
    for host, at in sorted(standing.refused_by.items()):
        found.append(
            f"{host} refused this server's signature, last on {at:%d %B %Y, %H:%M} UTC. The VAPID key or "
            "FORTNIGHT_PUSH_CONTACT is wrong, or was changed after devices had subscribed. No device was "
            "forgotten."
        )
    if standing.totals.get("too_large"):
        found.append("A push was too large. That is a mistake of ours: please report it.")
    return found
