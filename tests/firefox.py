"""A real Firefox with a profile of its own, driven over Marionette's own socket: no geckodriver, no other package.

A message is its length in bytes, a colon, and JSON: `[0, id, command, parameters]` there, `[1, id, error, result]`
back. See https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html; the commands are those of
WebDriver (https://www.w3.org/TR/webdriver2/), and `chrome` is the browser's own window.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
MISSING = "No Firefox here. Install firefox-esr, or name one in FORTNIGHT_FIREFOX."
START_SECONDS = 90  # a busy machine starts slowly
WAIT_MS = 20_000

# What is switched off would only look for the internet.
QUIET: dict[str, bool | int | str] = {
    "marionette.port": 0,  # any that is free: Firefox writes it into the profile
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "startup.homepage_welcome_url": "",
    "toolkit.telemetry.enabled": False,
}


def installed() -> str | None:
    """The one in FORTNIGHT_FIREFOX, else the system's."""
    return os.environ.get("FORTNIGHT_FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)


class FirefoxError(Exception):
    """What Firefox answered instead of a result."""


class Firefox:
    """One window. What is looked for is waited for."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rb")
        self._id = 0
        assert self._read()["marionetteProtocol"] == 3
        self.say("WebDriver:NewSession", capabilities={})
        self.say("WebDriver:SetTimeouts", implicit=WAIT_MS, script=WAIT_MS, pageLoad=3 * WAIT_MS)

    def say(self, command: str, **parameters: Any) -> Any:
        """One command and its result. Raises `FirefoxError`."""
        self._id += 1
        message = json.dumps([0, self._id, command, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error is not None:
            raise FirefoxError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def go(self, url: str) -> None:
        self.say("WebDriver:Navigate", url=url)

    def run(self, script: str, *args: Any) -> Any:
        """What a script `return`s; a promise is waited for."""
        return self.say("WebDriver:ExecuteScript", script=script, args=list(args))

    def find(self, xpath: str) -> str:
        """The first of them, once there is one."""
        try:
            found: dict[str, str] = self.say("WebDriver:FindElement", using="xpath", value=xpath)
        except FirefoxError as error:
            raise AssertionError(f"{error}\nThe page says: {self.run('return document.body.innerText')}") from None
        return next(iter(found.values()))

    def click(self, xpath: str) -> None:
        """As a person does: it must be in view, and nothing may cover it."""
        self.say("WebDriver:ElementClick", id=self.find(xpath))

    @contextmanager
    def chrome(self) -> Iterator[None]:
        """The browser's own window instead of the page."""
        self.say("Marionette:SetContext", value="chrome")
        try:
            yield
        finally:
            self.say("Marionette:SetContext", value="content")

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            one = self._stream.read(1)
            if not one:
                raise FirefoxError("Firefox has hung up")
            length += one
        return json.loads(self._stream.read(int(length[:-1])))


@contextmanager
def firefox(program: str, folder: Path, settings: Mapping[str, bool | int | str]) -> Iterator[Firefox]:
    """Firefox without a window on the screen. `folder`: its profile, its home and what it says go there."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(n)}, {json.dumps(v)});\n" for n, v in {**QUIET, **settings}.items()]
    (profile / "user.js").write_text("".join(lines))
    said = folder / "firefox.log"
    # Root's Firefox refuses a home that is somebody else's.
    environment = {**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with said.open("wb") as log:
        process = subprocess.Popen(
            [
                program,
                "--headless",
                "--marionette",
                "--remote-allow-system-access",
                "--no-remote",
                "--profile",
                str(profile),
                "about:blank",
            ],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        port = _port(process, profile / "MarionetteActivePort", said)
        with closing(socket.create_connection(("127.0.0.1", port), timeout=4 * WAIT_MS / 1000)) as connection:
            browser = Firefox(connection)
            with closing(browser._stream):
                yield browser
                with suppress(FirefoxError, OSError):
                    browser.say("Marionette:Quit", flags=["eForceQuit"])
                    process.wait(20)
    finally:
        _end(process)


def _port(process: "subprocess.Popen[bytes]", file: Path, said: Path) -> int:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, ValueError):
            return int(file.read_text())
        time.sleep(0.05)
    how = "is still starting" if process.poll() is None else f"has ended with {process.returncode}"
    raise AssertionError(f"Firefox {how}: {said.read_text(errors='replace')[-2000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Its whole session, which holds it and its children and nothing else."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)
