"""What stands in a cell before its first code: the rest of an item, or items without a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kps_graph.extract.findings import Notes
from kps_graph.extract.numbers import number_before, numbered_parts
from kps_graph.extract.pieces import Piece, Segment

__all__ = ["continued", "note_joined", "note_uncoded", "uncoded"]

#: What the items of each column are numbered by.
_WANTED: Final = {"T": "T1", "O": "O1.1.1", "P": "P1.1.1", "K": "K01", "S": "S01", "A": "A01"}


def uncoded(lead: Iterable[Segment]) -> list[Piece]:
    """Pieces without codes: one per paragraph, bullet or number; a soft line goes on with the last.

    A number before an item is no part of its text.
    """
    pieces: list[Piece] = []
    wanted = 1
    for segment in lead:
        parts = numbered_parts(segment.text)
        for n, part in enumerate(parts):
            number, text = number_before(part, wanted)
            wanted += bool(number)
            if pieces and n == 0 and segment.soft and not segment.bullet and not number:
                pieces[-1].extend([segment])
            else:
                pieces.append(Piece(None, segment.span, text, number=number))
    return pieces


def note_uncoded(piece: Piece, text: str, role: str, unit: Sequence[int], notes: Notes) -> None:
    """Notes an item without a code: by itself, or with all of its column if it has a number.

    ``unit`` are the numbers of the unit that an O or P belongs to, as far as they are known.
    """
    if not piece.number:
        notes.add("E04", piece.span, value=text)
        return
    wanted = _WANTED[role]
    if role in "OP" and unit:
        wanted = f"{role}{'.'.join(map(str, unit))}.1"
    notes.numbered(role, piece.span, piece.number, wanted)


def note_joined(last: Piece, lead: Sequence[Segment], notes: Notes) -> None:
    """Notes text without a code that was taken for the rest of the ``last`` item, not for another."""
    code = last.code.text if last.code else ""
    text = "\n".join(segment.text for segment in lead)
    notes.add("E27", lead[0].span, value=text, code=code, row=code)


def continued(lead: Sequence[Segment], glyphs: bool) -> list[Segment]:
    """The lead of a cell at the top of a page, its first part unbulleted if it goes on.

    ``glyphs`` is whether the document writes its bullets as text.
    """
    first, *rest = lead
    if glyphs and first.bullet and not first.glyph:
        first = Segment(first.text, first.span, soft=first.soft)
    return [first, *rest]
