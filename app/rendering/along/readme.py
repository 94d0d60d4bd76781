"""README.txt: what is in the archive, in plain words, and how the table is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.catalogue import DEFAULT_LOCALE, text
from app.rendering import wording
from app.rendering.along import days
from app.rendering.along.told import Told

NAME = "README.txt"
KINDS = {
    NAME: "archive-file-readme",
    "fortnight.json": "archive-file-json",
    "check-ins.csv": "archive-file-csv",
    "fhir.json": "archive-file-fhir",
    "fortnight.ics": "archive-file-ics",
}
BOM = "\ufeff"


@dataclass(frozen=True)
class Left:
    """What is not as whole as it could be. `covered`: there is a result, and the client keeps it covered.
    `more_briefs`: there are more pages than `most_briefs`. `briefs_unreadable`, `plan_unreadable`: what does not
    open any more."""

    most_briefs: int
    covered: bool = False
    more_briefs: bool = False
    briefs_unreadable: bool = False
    plan_unreadable: bool = False


def readme(told: Told, names: Sequence[str], left: Left) -> bytes:
    """`names`: of the files that are in it. With CRLF and a byte order mark: it is read on any machine."""
    blocks = [_head(told, left), _files(names, left), _columns(), _signs()]
    return (BOM + "\r\n\r\n".join("\r\n".join(block) for block in blocks) + "\r\n").encode()


def _head(told: Told, left: Left) -> list[str]:
    made = wording.long_date(told.made_at.date(), DEFAULT_LOCALE)
    broken = sum(day.state == "unreadable" for day in told.days)
    return [
        text("archive-title"),
        "",
        text("archive-made", date=made, time=f"{told.made_at:%H:%M}"),
        _span(told),
        text("archive-yours"),
        *([text("archive-covered")] if left.covered else []),
        *([text("archive-plan-unreadable")] if left.plan_unreadable else []),
        *([text("archive-unreadable", count=broken)] if broken else []),
        *([text("archive-briefs-unreadable")] if left.briefs_unreadable else []),
        text("archive-no-secrets"),
    ]


def _span(told: Told) -> str:
    if told.span is None:
        return text("archive-days-none")
    if not told.dated:
        return text("archive-days-counted")
    first, last = (wording.long_date(day, DEFAULT_LOCALE) for day in told.span)
    return text("archive-days", **{"from": first, "to": last})


def _files(names: Sequence[str], left: Left) -> list[str]:
    title = text("reminder-calendar-name")
    said = [f"  {name}: {text(KINDS.get(name, 'archive-file-brief'), title=title)}" for name in names]
    more = [text("archive-file-briefs-most", most=left.most_briefs)] if left.more_briefs else []
    return [text("archive-files"), "", *said, *more]


def _columns() -> list[str]:
    return [text("archive-columns"), "", *_each_column(), "", text("archive-columns-empty")]


def _each_column() -> Iterator[str]:
    """A line for each; one for all of the client's own words, and one for all side effects."""
    for name in days.BEFORE:
        yield _column(name)
    yield f"  own1: …: {text('archive-column-own')}"
    yield f"  side_effect: …: {text('archive-column-side-effect')}"
    for name in days.AFTER:
        yield _column(name)


def _column(name: str) -> str:
    key = name.replace("_", "-")
    return f"  {name}: {text(f'archive-column-{key}')}"


def _signs() -> list[str]:
    return [text("archive-apostrophe"), text("archive-apostrophe-back"), text("archive-comma")]
