"""Accounts over HTTP: making one, changing its password and codes, deleting it."""

from functools import partial

from fastapi import APIRouter, Response

from app.api.deps import HouseDep, Now, SessionDep
from app.api.hashing import hashing
from app.api.visitors import ConfirmingAccount, VisitorDep, forget, remember
from app.models.accounts import (
    AccountCreate,
    AccountCreated,
    PasswordChange,
    PasswordConfirm,
    RecoveryCodes,
    SignUpPublic,
)
from app.models.login_sessions import SessionPublic
from app.services import accounts

router = APIRouter(prefix="/api", tags=["accounts"])


@router.get("/sign-up")
def get_sign_up(session: SessionDep, house: HouseDep) -> SignUpPublic:
    """Whether an account can be made here without an invitation, and whether there is none yet."""
    return accounts.sign_up(session, house)


@router.post("/accounts", status_code=201)
async def create_account(
    house: HouseDep, visitor: VisitorDep, now: Now, body: AccountCreate, response: Response
) -> AccountCreated:
    """An account, signed in at once. The completed name and the recovery codes are shown this once."""
    made = await hashing(partial(accounts.create, house, body, visitor, now=now), visitor.address)
    remember(response, house, visitor, made.created.account, made.started, now=now)
    return made.created


@router.put("/account/password")
async def put_password(
    house: HouseDep,
    person: ConfirmingAccount,
    visitor: VisitorDep,
    now: Now,
    body: PasswordChange,
    response: Response,
) -> SessionPublic:
    """A new password. Every other device is signed out; this one gets a fresh session."""
    account, started = await hashing(
        partial(accounts.change_password, house, person, body, visitor, now=now), str(person.id)
    )
    remember(response, house, visitor, account, started, now=now)
    return SessionPublic(account=account)


@router.post("/account/recovery-codes")
async def renew_recovery_codes(
    house: HouseDep, person: ConfirmingAccount, now: Now, body: PasswordConfirm
) -> RecoveryCodes:
    """Ten new codes; the earlier ones stop working."""
    return await hashing(partial(accounts.renew_codes, house, person, body.password, now=now), str(person.id))


@router.delete("/account", status_code=204)
async def delete_account(
    house: HouseDep, person: ConfirmingAccount, now: Now, body: PasswordConfirm, response: Response
) -> None:
    """Everything that is mine, gone; also that this browser was known."""
    await hashing(partial(accounts.delete_account, house, person, body.password, now=now), str(person.id))
    forget(response, house, known=True)
