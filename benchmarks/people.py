"""Somebody to measure with."""

import secrets

from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Role
from app.models.accounts import AccountCreate
from app.services import accounts, invitations
from app.services.accounts import SignedUp
from app.services.house import House


def client(house: House) -> SignedUp:
    """A fresh client, signed in, with a password that nobody knows."""
    return _somebody(house, "client", "ana")


def therapist(house: House) -> SignedUp:
    """The same for a therapist."""
    return _somebody(house, "therapist", "theo")


def _somebody(house: House, role: Role, name: str) -> SignedUp:
    now = clock.now()
    with unit_of_work(house.engine, by=HOUSE) as session:
        invitation = invitations.create(session, house.settings.public_url, role, now=now)
    wanted = AccountCreate(token=invitation.token, role=role, name=name, password=secrets.token_hex(8))
    return accounts.create(house, wanted, accounts.Visitor(address="127.0.0.1", user_agent=""), now=now)
