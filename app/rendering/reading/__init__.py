"""The page for a prescriber as plain HTML, for whoever opened a link: no script is needed to read it.

Jinja escapes everything but the drawing, which is ours (`rendering.svg` escapes what a person wrote).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from app.core.catalogue import DEFAULT_LOCALE, text
from app.rendering import wording


def page(said: Mapping[str, Any], built: Sequence[str], closes_at: datetime, again_until: datetime | None) -> str:
    """`said`: the page as `services.briefs.as_data` gives it. `built`: the styles and the script of the build.
    `again_until`: the last moment at which the link opens it again, None where it does not."""
    again = again_until and wording.long_date(again_until.date(), DEFAULT_LOCALE)
    return _written("page.html", built, page=said, closes=closes_at.isoformat(), again=again)


def closed(built: Sequence[str]) -> str:
    """What stands there for everybody who may not read, whatever the reason."""
    return _written("closed.html", built)


def _written(name: str, built: Sequence[str], **given: Any) -> str:
    styles = [each for each in built if each.endswith(".css")]
    scripts = [each for each in built if each.endswith(".js")]
    written: str = (
        _environment()
        .get_template(name)
        .render(say=text, language=DEFAULT_LOCALE, styles=styles, scripts=scripts, **given)
    )
    return written


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only who opens a link needs it

    return Environment(
        loader=PackageLoader("app.rendering.reading", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
