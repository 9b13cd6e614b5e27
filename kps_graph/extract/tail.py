"""Reads what follows the body: attitudes (A 態度) and notes (說明與補充事項)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.document import Paragraph
from kps_graph.extract.findings import Notes
from kps_graph.extract.leads import note_uncoded
from kps_graph.extract.numbers import number_before
from kps_graph.extract.pieces import Piece, Segment, content
from kps_graph.extract.strays import doubted
from kps_graph.extract.text import join, solid, split_bullets
from kps_graph.extract.vacancies import vacant
from kps_graph.folding import fold
from kps_graph.model import Attitude, Item, Note

__all__ = ["attitudes", "notes_of"]

#: A line that can be nothing but the beginning of an attitude, be its code new or not.
_BEGINS: Final = re.compile(r"[AＡ][0０][0-9０-９]\s?[\u4e00-\u9fff]")
_ANOTHER: Final = re.compile(r"^[＊*※]?\s*[\u4e00-\u9fff、與及]{2,8}[：:]")
_NAMED: Final = re.compile(r"^(?P<name>[^：:。；;]{1,30}?)\s*[：:]\s*(?P<definition>.+)$", re.S)
#: A dash with blanks around it, or one as wide as a character.
_DASHED: Final = re.compile(
    r"^(?P<name>[^。；;]{1,30}?)(?:\s+[-–]+\s+|\s*[－—―─]+\s*)(?P<definition>.+)$", re.S
)


def attitudes(
    runs: Iterable[tuple[Sequence[Paragraph], bool]], listed: Iterable[Piece], notes: Notes
) -> list[Attitude]:
    """The attitudes: ``A01 謹慎細心：對於任務的…``, coded or not, each once.

    Args:
        runs: of paragraphs, each with whether it may go on with the run before it.
        listed: those of a list by code.
        notes: takes what is odd.
    """
    found: list[Attitude] = []
    for run in _whole_runs(runs):
        notes.placed += sum(solid(p.text) for p in run)
        read = content([replace(p, soft=p.soft and not _BEGINS.match(p.text)) for p in run], "A")
        doubted(read, notes)
        pieces = [
            *_uncoded(read.lead),
            *(p for piece in read.pieces for p in _parted(piece, notes)),
        ]
        for piece in pieces:
            _add(found, piece, notes)
    for piece in listed:
        _add(found, piece, notes)
    return found


def _whole_runs(
    runs: Iterable[tuple[Sequence[Paragraph], bool]],
) -> Iterable[list[Paragraph]]:
    """The runs, those that go on with the one before joined to it.

    A cell at the top of a page goes on with the one before if it does not begin with a code.
    """
    whole: list[list[Paragraph]] = []
    for paragraphs, goes_on in runs:
        if not paragraphs:
            continue  # a label with nothing beside it
        if goes_on and whole:
            first, *rest = paragraphs
            # where a line was cut, the source says what stood there
            cut = first.soft or (first.gap is not None and not _BEGINS.match(first.text))
            whole[-1] += [replace(first, soft=cut), *rest]
        else:
            whole.append(list(paragraphs))
    return whole


def _named(text: str) -> tuple[str, str | None]:
    """The name and the definition of an attitude: a colon parts them, else a dash."""
    match = _NAMED.match(text) or _DASHED.match(text)
    return (match["name"], match["definition"]) if match else (text, None)


def _add(found: list[Attitude], piece: Piece, notes: Notes) -> None:
    """Adds what ``piece`` says, unless it is there already: a column names it beside many units."""
    text = _whole(piece)
    if piece.code is None and vacant(text, piece.span, notes):
        return
    name, definition = _named(text)
    code, raw = (piece.code.text, piece.code.raw) if piece.code else (None, None)
    for at, other in enumerate(found):
        if piece.code is None and fold(other.name) == fold(name):
            same = definition is None or fold(other.definition or "") == fold(definition)
        elif code is not None and other.code == code:
            same = not name or not other.name or fold(other.name) == fold(name)
            same = same and (
                not (definition and other.definition) or fold(other.definition) == fold(definition)
            )
        else:
            continue
        if same:
            if (definition and not other.definition) or not other.name:
                found[at] = replace(other, name=name, definition=definition)
            return
    if raw and code:
        notes.add("E03", piece.span, value=raw, code=code)
    if code is None:
        note_uncoded(piece, name, "A", (), notes)
    found.append(Attitude(code, name, definition, raw, piece.span))


def _parted(piece: Piece, notes: Notes) -> list[Piece]:
    """``piece``, and those paragraphs in it that name another attitude but have no code."""
    parts = [piece]
    for segment in piece.joined:
        if _ANOTHER.match(segment.text):
            if len(parts) == 1:
                piece.name = piece.name[: piece.name.index(segment.text)].strip()
            parts.append(Piece(None, segment.span, segment.text.lstrip("＊*※ ")))
            continue
        code = piece.code.text if piece.code else ""
        notes.add("E27", segment.span, value=segment.text, code=code, row=code or "—")
        if len(parts) > 1:
            parts[-1].name = join(parts[-1].name, segment.text, segment.gap)
    return parts


def _whole(piece: Piece) -> str:
    text = piece.name
    for item in piece.items:
        text = join(text, item.text)
    return text


def _uncoded(lead: Iterable[Segment]) -> list[Piece]:
    """Attitudes without codes: each paragraph or bullet, or each ``name：`` after a soft break."""
    pieces: list[Piece] = []
    for segment in lead:
        begins = segment.bullet or not segment.soft or not pieces
        if segment.soft and re.match(r"^[\u4e00-\u9fff、與及]{2,12}[：:]", segment.text):
            begins = True
        number, text = number_before(segment.text)
        if begins or number:
            pieces.append(Piece(None, segment.span, text, number=number))
        else:
            pieces[-1].name = join(pieces[-1].name, segment.text, segment.gap)
    return pieces


def notes_of(paragraphs: Sequence[Paragraph], notes: Notes) -> list[Note]:
    """The notes with the lists below them.

    A nested item belongs to the note above it. A note that ends with a colon announces a list:
    what follows at its own depth, up to the next announcement, belongs to it too (where a page
    break has flattened the nesting, nothing else tells).
    """
    notes.placed += sum(solid(p.text) for p in paragraphs)
    found: list[Note] = []
    depth_of_note = 0
    nested = False
    for paragraph in paragraphs:
        for glyph, text in split_bullets(paragraph.text):
            # running text stands above every list
            depth = paragraph.depth + 1 if paragraph.depth is not None else int(glyph)
            announces = bool(re.search(r"[：:]$", text))
            last = found[-1] if found else None
            if last is not None and paragraph.soft and not glyph:
                found[-1] = _grown(last, text, paragraph.gap)
            elif last is not None and depth > depth_of_note:
                nested = True
                found[-1] = Note(last.text, (*last.items, Item(text, paragraph.span)), last.span)
            elif (
                last is not None
                and last.text.endswith(("：", ":"))
                and not announces
                and (not nested)
            ):
                found[-1] = Note(last.text, (*last.items, Item(text, paragraph.span)), last.span)
            else:
                found.append(Note(text, (), paragraph.span))
                depth_of_note, nested = depth, False
    return found


def _grown(note: Note, text: str, gap: str | None) -> Note:
    """``note`` with ``text`` joined to its end."""
    if note.items:
        last = note.items[-1]
        grown = Item(join(last.text, text, gap), last.span)
        return Note(note.text, (*note.items[:-1], grown), note.span)
    return Note(join(note.text, text, gap), (), note.span)
