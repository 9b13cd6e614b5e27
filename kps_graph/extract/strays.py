"""Parts what stands in a cell: the items of its column, and those that stray in from another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Content, Piece

__all__ = ["OTHER", "apart", "named"]

#: The kind that is easily put into the column of another.
OTHER: Final = {"K": "S", "S": "K", "O": "P", "P": "O"}
_COLUMNS: Final = {"K": "知識（K）", "S": "技能（S）", "O": "工作產出", "P": "行為指標"}

#: What a text without a code is called.
_BEFORE: Final = "—"


def apart(pieces: Iterable[Piece], role: str, notes: Notes) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a cell that belong into the column ``role``, and those that do not (E28)."""
    own: list[Piece] = []
    strays: list[Piece] = []
    for piece in pieces:
        if piece.code is None or piece.code.kind == role:
            own.append(piece)
            continue
        strays.append(piece)
        notes.add(
            "E28",
            piece.span,
            code=piece.code.text,
            value=piece.text,
            row=_COLUMNS[role],
            unit=_COLUMNS[OTHER[role]],
        )
    return own, strays


def named(read: Content, notes: Notes) -> None:
    """Notes the paragraphs without a code that were taken for more of the item before (E27)."""
    for piece in read.pieces:
        code = piece.code.text if piece.code else ""
        for segment in piece.joined:
            notes.add("E27", segment.span, value=segment.text, code=code, row=code or _BEFORE)
    doubted(read, notes)


def doubted(read: Content, notes: Notes) -> None:
    """Notes what may have been read wrongly.

    That is what looks like a code and was not taken for one (E27), and digits that may be those of
    the code or those of the name (E03).
    """
    for piece in read.pieces:
        if piece.code is None:
            continue
        kind, numbers = piece.code.kind, piece.code.numbers
        notes.doubts.read(kind, numbers, piece.text)
        if piece.doubt and not piece.code.raw:
            notes.add("E03", piece.span, value=piece.doubt, code=piece.code.text)
            notes.doubts.doubt(notes.noticed[-1], kind, numbers, piece.others)
    joined = {segment.text for piece in read.pieces for segment in piece.joined}
    for missed in read.missed:
        if not any(missed.text.rstrip("…") in text for text in joined):
            code = missed.code
            notes.add("E27", missed.span, value=missed.text, code=code, row=code or _BEFORE)
