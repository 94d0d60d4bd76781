"""Whether this server can send reminders, with which key, and to whom."""

from dataclasses import dataclass, field
from typing import Literal

from app.adapters.console_push import ConsolePush
from app.adapters.push import Push
from app.adapters.web_push import WebPush
from app.core import vapid
from app.core.config import Settings, WrongSettings
from app.core.vapid import VapidKey
from app.domain.push_endpoints import Hosts

NO_CONTACT = (
    "Reminders are off: push services ask for an address at which the operator can be reached. Set "
    "FORTNIGHT_PUSH_CONTACT to mailto:you@example.org, or FORTNIGHT_PUBLIC_URL to an https address."
)
SWITCHED_OFF = "Reminders are off: FORTNIGHT_PUSH says so."


@dataclass(frozen=True)
class PushSetUp:
    """`contact` is the `sub` of RFC 8292; without one Apple refuses every push, so nothing is offered then."""

    mode: Literal["web", "console", "off"]
    key: VapidKey
    contact: str | None
    hosts: Hosts
    ca: bytes | None = field(default=None, repr=False)

    @property
    def problem(self) -> str | None:
        """Why nothing is sent, as a sentence for the operator; None where it is."""
        if self.mode == "off":
            return SWITCHED_OFF
        return NO_CONTACT if self.mode == "web" and self.contact is None else None

    @property
    def public_key(self) -> str | None:
        """What browsers subscribe with; None where nothing is sent."""
        return None if self.problem else self.key.public

    def sender(self) -> Push | None:
        """A way to send, with connections of its own."""
        if self.problem:
            return None
        if self.mode == "console" or self.contact is None:
            return ConsolePush()
        return WebPush(self.key, self.contact, self.hosts, ca=self.ca)


def read(settings: Settings) -> PushSetUp:
    """The settings, and the key of the data folder, made at the first start. Raises `WrongSettings`."""
    try:
        hosts = Hosts.parse(settings.push_hosts)
    except ValueError as error:
        raise WrongSettings(f"FORTNIGHT_PUSH_HOSTS: {error}.") from None
    try:
        key = vapid.load(settings.data / "keys", settings.vapid_private_key or None)
    except ValueError as error:
        raise WrongSettings(f"FORTNIGHT_VAPID_PRIVATE_KEY: {error}.") from None
    try:
        ca = settings.push_ca.read_bytes() if settings.push_ca else None
    except OSError as error:
        raise WrongSettings(f"FORTNIGHT_PUSH_CA: the file cannot be read ({error.strerror}).") from None
    said = settings.push_contact or None
    contact = vapid.contact(settings.origin, said)
    if said and contact is None:
        raise WrongSettings(
            "FORTNIGHT_PUSH_CONTACT: must be mailto:you@example.org or an https address that others can reach."
        )
    return PushSetUp(settings.push, key, contact, hosts, ca)
