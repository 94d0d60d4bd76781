"""The session of this browser: sign in, find the way back, sign out."""

from functools import partial

from fastapi import APIRouter, Response

from app.api.deps import Believed, CurrentAccount, HouseDep, Now, SessionDep
from app.api.hashing import hashing
from app.api.visitors import ConfirmingAccount, VisitorDep, forget, recognise, remember, sender
from app.models.accounts import PasswordConfirm
from app.models.login_sessions import Recovered, Recovery, SessionPublic, SignIn
from app.services import accounts, login_sessions, sign_in
from app.services.house import with_room

router = APIRouter(prefix="/api/session", tags=["session"])


@router.post("")
async def enter(house: HouseDep, visitor: VisitorDep, now: Now, body: SignIn, response: Response) -> SessionPublic:
    """Sign in. One answer for a name that is not there and a password that does not fit."""
    account, started = await hashing(
        partial(with_room, house, partial(sign_in.enter, house, body, visitor, now=now)),
        sender(house, visitor, body.sign_in, now),
    )
    remember(response, house, visitor, account, started, now=now)
    return SessionPublic(account=account)


@router.post("/recovery")
async def recover(house: HouseDep, visitor: VisitorDep, now: Now, body: Recovery, response: Response) -> Recovered:
    """A new password by one of the ten codes. Every other device is signed out."""
    recovered, started = await hashing(
        partial(with_room, house, partial(sign_in.recover, house, body, visitor, now=now)),
        sender(house, visitor, body.sign_in, now),
    )
    remember(response, house, visitor, recovered.account, started, now=now)
    return recovered


@router.post("/confirm", status_code=204)
async def confirm(house: HouseDep, person: ConfirmingAccount, now: Now, body: PasswordConfirm) -> None:
    """My password once more: what is shared or taken along asks for one that was said in the last five minutes."""
    await hashing(partial(accounts.confirm_here, house, person, body.password, now=now), str(person.id))


@router.get("")
def get_session(
    session: SessionDep, house: HouseDep, person: CurrentAccount, visitor: VisitorDep, now: Now, response: Response
) -> SessionPublic:
    """Who is signed in here."""
    account = accounts.get(session, house.vault, person)
    recognise(response, house, visitor, account, now=now)
    return SessionPublic(account=account)


@router.delete("", status_code=204)
def leave(house: HouseDep, visitor: VisitorDep, believed: Believed, response: Response) -> None:
    """Sign out. Possible also with a session that is long over: what is on the phone must go all the same."""
    if visitor.token:
        login_sessions.leave(house, visitor.token, believed)
    forget(response, house)
