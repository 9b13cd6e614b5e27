"""What stands in a cell before its first code: the rest of an item, or items without a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Piece, Segment

__all__ = ["continued", "note_joined", "uncoded"]


def uncoded(lead: Iterable[Segment]) -> list[Piece]:
    """Pieces without codes: one per paragraph or bullet; a soft line goes on with the last."""
    pieces: list[Piece] = []
    for segment in lead:
        if pieces and segment.soft and not segment.bullet:
            pieces[-1].extend([segment])
        else:
            pieces.append(Piece(None, segment.span, segment.text))
    return pieces


def continued(lead: Sequence[Segment], glyphs: bool) -> list[Segment]:
    """The lead of a cell at the top of a page, its first part unbulleted if it goes on.

    ``glyphs`` is whether the document writes its bullets as text.
    """
    first, *rest = lead
    if glyphs and first.bullet and not first.glyph:
        first = Segment(first.text, first.span, soft=first.soft)
    return [first, *rest]


def note_joined(pieces: Iterable[Piece], notes: Notes) -> None:
    """Notes the paragraphs without a code that were taken for more of the item before."""
    for piece in pieces:
        for segment in piece.joined:
            notes.add(
                "E27",
                segment.span,
                value=segment.text,
                code=piece.code.text if piece.code else "",
            )
