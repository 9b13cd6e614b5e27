"""Finds what stands in the column of another kind: a skill among the knowledge, and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kps_graph.document import Paragraph
from kps_graph.extract.codes import candidates
from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Piece, content

#: Codes that nobody takes for anything else, even at the beginning of a mere line.
_PADDED: Final = re.compile(r"[KSＫＳ][0０]")
_PLAIN: Final = re.compile(rf"{_PADDED.pattern}|[OPＯＰ]\d+[.．]\d+[.．]\d")

__all__ = ["OTHER", "apart"]

#: The kind that is easily put into the column of another.
OTHER: Final = {"K": "S", "S": "K", "O": "P", "P": "O"}
_COLUMNS: Final = {"K": "知識（K）", "S": "技能（S）", "O": "工作產出", "P": "行為指標"}


def apart(
    paragraphs: Sequence[Paragraph], role: str, notes: Notes
) -> tuple[list[Paragraph], list[Piece]]:
    """The paragraphs of a cell that belong into the column ``role``, and the pieces that do not.

    A paragraph that begins with a code of the other kind, in a cell that has codes of its own, is
    taken for what the code says, with the paragraphs below it up to the next code. So is a whole
    cell, if each of its paragraphs begins with a padded code of the other kind (S01), which unlike
    others (S7 PLC) nobody takes for a product.
    """
    other = OTHER[role]
    own: list[Paragraph] = []
    strays: list[Paragraph] = []
    taking = False
    firsts = [p for p in paragraphs if not p.soft]
    if all(_begins(p, other) and _PADDED.match(p.text.strip()) for p in firsts):
        strays.extend(paragraphs)
    elif any(_begins(p, other) for p in paragraphs) and any(_begins(p, role) for p in paragraphs):
        for paragraph in paragraphs:
            taking = _begins(paragraph, other) or (taking and not _begins(paragraph, role))
            (strays if taking else own).append(paragraph)
    else:
        own.extend(paragraphs)
    pieces = list(content(strays, other).pieces)
    for piece in pieces:
        if piece.code:
            notes.add(
                "E28",
                piece.span,
                code=piece.code.text,
                value=piece.text,
                row=_COLUMNS[role],
                unit=_COLUMNS[other],
            )
    return own, pieces


def _begins(paragraph: Paragraph, kind: str) -> bool:
    """Whether a paragraph begins with a code of ``kind``; a plain one if it may be a mere line."""
    if paragraph.soft and not _PLAIN.match(paragraph.text):
        return False
    return any(c.first and c.weight > 0 for c in candidates(paragraph.text, kind, [(0, False)]))
