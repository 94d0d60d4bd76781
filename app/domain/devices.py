"""Which device a session belongs to, as coarsely as a person needs to know their own again.

Only a browser family and a system are kept, never the version or the model. A User-Agent is whatever the
sender says.
"""

from dataclasses import dataclass

# First match wins: most browsers also carry the names of the ones they are like.
BROWSERS = (
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """Proper names, the same in every language; empty where not known."""

    browser: str = ""
    system: str = ""


def device(user_agent: str) -> Device:
    """`device("Mozilla/5.0 (Android 15; …) … Firefox/153.0")` is Firefox, Android."""
    return Device(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
