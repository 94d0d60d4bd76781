"""Session notes for supervision, without what says who somebody is: the preview and the files are this one value.

Sessions are numbered over all notes that open and counted in days from the first; no date is in it. What rules
find and what the therapist names is taken out of every text (`domain/deidentify`), anew at each asking: nothing of
it is stored.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlmodel import Session

from app.core.catalogue import text
from app.core.vault import DataKey, Vault
from app.domain import deidentify
from app.domain.access import Person
from app.domain.deidentify import Piece, Rules
from app.domain.errors import NotFound
from app.domain.identifiers import Kind
from app.models.session_notes import (
    MomentPublic,
    Part,
    PiecePublic,
    RemovalPublic,
    SaidPart,
    SessionNotePublic,
    SupervisionAsk,
    SupervisionPublic,
    SupervisionSession,
)
from app.models.sharings import Sharing
from app.services import accounts, pairings, session_notes

MOMENT_PARTS: tuple[Part, ...] = ("words", "situation", "affect", "theme", "intensity")


def build(
    session: Session, vault: Vault, person: Person, sharing: Sharing, key: DataKey, ask: SupervisionAsk
) -> SupervisionPublic:
    """What would leave, and what was taken out of it. Raises `NotFound` where a note is not there."""
    written = session_notes.list_of(session, sharing, key)
    in_order = written.notes[::-1]
    if not set(ask.notes) <= {note.id for note in in_order}:
        raise NotFound()
    sign_in = accounts.get(session, vault, person).sign_in
    names = [written.called, sign_in, sign_in.rpartition("-")[0], *pairings.names_given(session, person, key)]
    rules = deidentify.make(names, ask.remove)
    chosen = [(number, note) for number, note in enumerate(in_order, 1) if note.id in set(ask.notes)]
    first = in_order[0]
    sessions = [
        SupervisionSession(title=_title(number, note, first), parts=list(_parts(note, ask.parts, rules)))
        for number, note in chosen
    ]
    return SupervisionPublic(
        title=text("supervision-title"),
        intro=text("supervision-intro"),
        sessions=sessions,
        removals=_removals(sessions),
    )


def as_text(made: SupervisionPublic) -> str:
    """The same as plain text."""
    lines = [made.title, "", made.intro]
    for session in made.sessions:
        lines += ["", "", session.title]
        for part in session.parts:
            lines += [""] if part.first else []
            lines.append(f"{part.label}: {_left(part)}")
    return "\n".join([*lines, ""])


def as_data(made: SupervisionPublic) -> dict[str, object]:
    """The same for the template of the PDF."""
    return {
        "title": made.title,
        "intro": made.intro,
        "language": "en",
        "foot": text("supervision-foot"),
        "sessions": [
            {"title": session.title, "moments": list(_moments(session.parts))} for session in made.sessions
        ],
    }


def _moments(parts: Sequence[SaidPart]) -> Iterator[list[dict[str, str]]]:
    moment: list[dict[str, str]] = []
    for part in parts:
        if part.first and moment:
            yield moment
            moment = []
        moment.append({"label": part.label, "text": _left(part)})
    if moment:
        yield moment


def _title(number: int, note: SessionNotePublic, first: SessionNotePublic) -> str:
    if note.id == first.id:
        return text("supervision-first")
    return text("supervision-session", n=number, days=(note.session_on - first.session_on).days)


def _parts(note: SessionNotePublic, parts: Sequence[Part], rules: Rules) -> Iterator[SaidPart]:
    for moment in note.moments:
        first = True
        for part in MOMENT_PARTS:
            said = _said(moment, part) if part in parts else ""
            if said:
                yield _part(part, said, rules, first=first)
                first = False
    if "reflection" in parts and note.reflection.strip():
        yield _part("reflection", note.reflection, rules, first=True)


def _said(moment: MomentPublic, part: Part) -> str:
    if part == "intensity":
        return "" if moment.intensity is None else text("supervision-intensity", value=moment.intensity)
    said: str = getattr(moment, part)
    return said if said.strip() else ""


def _part(part: Part, said: str, rules: Rules, *, first: bool) -> SaidPart:
    return SaidPart(
        part=part,
        label=text(f"supervision-part-{part}"),
        first=first,
        pieces=[_piece(each) for each in rules.apply(said)],
    )


def _piece(piece: Piece) -> PiecePublic:
    return PiecePublic(text=piece.shown, was=piece.text if piece.kind else None, kind=piece.kind)


def _left(part: SaidPart) -> str:
    return "".join(piece.text for piece in part.pieces)


def _removals(sessions: Sequence[SupervisionSession]) -> list[RemovalPublic]:
    """In the order in which they stand, each once."""
    found: Counter[tuple[str, Kind]] = Counter(
        (piece.was, piece.kind)
        for session in sessions
        for part in session.parts
        for piece in part.pieces
        if piece.was is not None and piece.kind is not None
    )
    return [
        RemovalPublic(was=was, kind=kind, why=text(f"supervision-kind-{kind.replace(' ', '-')}"), times=times)
        for (was, kind), times in found.items()
    ]
