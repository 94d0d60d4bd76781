"""Settings: `FORTNIGHT_*` variables, each also as `FORTNIGHT_*_FILE`; every one has a working default."""

import json
import os
from collections.abc import Mapping
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.core.addresses import networks

PREFIX = "FORTNIGHT_"
# Beside the code, wherever the command was given from: a second start must find what the first one wrote.
HOME = Path(__file__).resolve().parents[2]


class WrongSettings(Exception):
    """What is wrong, one sentence for each setting. A sentence never repeats the value: it may be a secret."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseModel):
    """What an operator may set. Unknown `FORTNIGHT_` names are ignored so that newer files start older code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = HOME / "data"
    database_url: str = ""
    public_url: str = "http://localhost:8000"
    behind_proxy: bool = False
    trusted_proxies: str = ""
    signup: Literal["closed", "open"] = "closed"
    threads: int = Field(default=20, ge=4, le=200)
    safety_thresholds: dict[str, FiniteFloat] = {}
    push: Literal["web", "console", "off"] = "web"
    push_contact: str = ""
    push_hosts: str = ""
    push_ca: Path | None = None
    vapid_private_key: str = Field(default="", repr=False)
    metrics_token: str = Field(default="", repr=False)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        try:
            networks(value)
        except ValueError:
            raise ValueError("must be addresses or networks, such as 127.0.0.1, 10.0.0.0/8") from None
        return value

    @field_validator("metrics_token")
    @classmethod
    def _long_and_plain(cls, value: str) -> str:
        if value and not (len(value) >= 16 and value.isascii() and value.isprintable() and " " not in value):
            raise ValueError("must be 16 or more plain characters, without spaces")
        return value

    @field_validator("database_url")
    @classmethod
    def _sqlite_or_postgresql(cls, value: str) -> str:
        wanted = ValueError("must look like postgresql://user:password@host/name, or sqlite:////a/file")
        try:
            name = make_url(value).drivername if value else "sqlite"
        except (ArgumentError, ValueError):
            raise wanted from None
        if name not in {"sqlite", "postgres", "postgresql", "postgresql+psycopg"}:
            raise wanted
        return value

    @field_validator("safety_thresholds", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        try:
            return json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise ValueError('must be JSON, such as {"low_mood": 1}') from None

    @field_validator("public_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must look like https://fortnight.example.org")
        if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
            raise ValueError("must be an origin only: no path, no query, no user name")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _https_outside_this_machine(self) -> "Settings":
        if not self.secure and not is_loopback(self.public_host):
            raise ValueError(
                "FORTNIGHT_PUBLIC_URL is not on this machine and not https: check-ins would travel in the "
                "clear. Use https, or --behind-proxy where a proxy in front does."
            )
        return self

    @cached_property
    def secure(self) -> bool:
        """True where browsers reach us over https, so that cookies can be `__Host-`: by our own address, or by
        that of the proxy in front."""
        return self.origin.startswith("https://")

    @cached_property
    def origin(self) -> str:
        """Where browsers find us. A proxy in front speaks https whatever scheme the address was given with."""
        if self.behind_proxy and not is_loopback(self.public_host):
            return "https://" + self.public_url.partition("://")[2]
        return self.public_url

    @cached_property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @cached_property
    def sqlalchemy_url(self) -> str:
        """The database, SQLite in the data folder unless told otherwise; PostgreSQL always through psycopg."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'fortnight.sqlite3'}"
        for name in ("postgresql://", "postgres://"):
            if self.database_url.startswith(name):
                return "postgresql+psycopg://" + self.database_url.removeprefix(name)
        return self.database_url

    @cached_property
    def allowed_hosts(self) -> frozenset[str]:
        """Names this server answers to (without port)."""
        local = {"localhost", "127.0.0.1", "::1"} if is_loopback(self.public_host) else {"localhost"}
        return frozenset({self.public_host, *local})


def is_loopback(host: str) -> bool:
    """True for `localhost` and the loopback addresses."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def given(name: str, environ: Mapping[str, str] | None = None) -> str | None:
    """What the environment says of one setting: itself, else what the file holds that `NAME_FILE` names.

    Raises `WrongSettings` for a file that cannot be read.
    """
    source = os.environ if environ is None else environ
    key = PREFIX + name.upper()
    if key in source:
        return source[key]
    if key + "_FILE" not in source:
        return None
    try:
        return Path(source[key + "_FILE"]).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise WrongSettings(f"{key}_FILE: the file is not text in UTF-8.") from None
    except OSError as error:
        raise WrongSettings(f"{key}_FILE: the file cannot be read ({error.strerror}).") from None


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from the environment, `overrides` over them. Raises `WrongSettings`."""
    said = {name: given(name, environ) for name in Settings.model_fields if name not in overrides}
    try:
        return Settings(**{name: value for name, value in said.items() if value is not None}, **overrides)
    except ValidationError as error:
        raise WrongSettings(*map(_sentence, error.errors(include_url=False))) from None


def _sentence(problem: ErrorDetails) -> str:
    where, _, inside = ".".join(map(str, problem["loc"])).partition(".")
    what = problem["msg"].removeprefix("Value error, ")
    name = f"{PREFIX}{where.upper()}{f', {inside}' if inside else ''}: " if where else ""
    return f"{name}{what[0].lower() if name else what[0]}{what[1:].rstrip('.')}."
