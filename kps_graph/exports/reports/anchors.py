"""Which words of a document a finding is about: in its cell, at its code, at its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from kps_graph.document import Span
from kps_graph.report import Finding

__all__ = ["Anchor", "Words", "anchor", "find"]

Paragraph = TypeVar("Paragraph")

#: The name of a node whose code another one has already.
_AGAIN: Final = re.compile(r"~\d+$")

#: A stretch of text: the first and last piece concerned, each with an offset in it.
Words: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Anchor(Generic[Paragraph]):
    """Where a comment goes: a paragraph, and the words in it; None for the whole of it."""

    paragraph: Paragraph
    words: Words | None


def anchor(
    finding: Finding,
    placed: Sequence[tuple[Span, Paragraph]],
    pieces: Callable[[Paragraph], Sequence[str]],
) -> Anchor[Paragraph]:
    """Where in ``placed``, which is not empty, the comment about ``finding`` goes.

    In the cell of the finding, else in the text outside the tables; there to the paragraph that is
    the value, to the value behind the code, to either, or to the first paragraph that is not
    blank. Of several that are alike to the last one, where the second use of a code is at fault.
    """
    again = _AGAIN.search(finding.focus) is not None
    near = _near(finding.span, placed)
    best, score, where = None, 0, None
    for paragraph in near:
        texts = pieces(paragraph)
        code = find(texts, finding.code)
        value = find(texts, finding.value, code[0] if code else None) or find(texts, finding.value)
        whole = "".join(texts).strip() == finding.value
        now = (2 if code else 0) + (1 if value else 0) + (3 if value and whole else 0)
        if now > score or (again and now == score > 0):
            best, score, where = paragraph, now, value or code
    if best is not None:
        return Anchor(best, where)
    filled = (p for p in near if "".join(pieces(p)).strip())
    return Anchor(next(filled, near[0]), None)


def _near(span: Span, placed: Sequence[tuple[Span, Paragraph]]) -> list[Paragraph]:
    """The paragraphs of the line or cell, or of as much around it as there is text in."""
    if span.table is None and span.line is not None:
        found = [p for s, p in placed if s.line == span.line]
        if found:
            return found
    if span.pointer:
        found = [p for s, p in placed if s.pointer == span.pointer]
        if found:
            return found
    wanted = (span.table, span.row, span.column)
    for size in (3, 2, 1):
        if None in wanted[:size]:
            continue
        found = [p for s, p in placed if (s.table, s.row, s.column)[:size] == wanted[:size]]
        if found:
            return found
    outside = [p for s, p in placed if s.table is None]
    return outside or [p for _, p in placed]


def find(pieces: Sequence[str], wanted: str, since: tuple[int, int] | None = None) -> Words | None:
    """Where ``wanted`` stands in ``pieces``, white space aside; a code is not part of another.

    Args:
        pieces: the text of a paragraph as it is cut into elements.
        wanted: what to look for; "" is found nowhere.
        since: the position from which on to look.
    """
    sought = "".join(wanted.split())
    if not sought or sought not in "".join("".join(pieces).split()):
        return None
    places = [
        (i, at) for i, piece in enumerate(pieces) for at, c in enumerate(piece) if not c.isspace()
    ]
    text = "".join(pieces[i][at] for i, at in places)
    start = 0 if since is None else next((n for n, p in enumerate(places) if p >= since), 0)
    while (begin := text.find(sought, start)) >= 0:
        end = begin + len(sought)
        if not (
            _joined(text[begin - 1 : begin], sought[0])
            or _joined(sought[-1], text[end : end + 1])
            or (
                sought[-1].isdigit()
                and text[end : end + 1] == "."
                and text[end + 1 : end + 2].isdigit()
            )
        ):
            i, at = places[end - 1]
            return places[begin], (i, at + 1)
        start = begin + 1
    return None


def _joined(one: str, other: str) -> bool:
    """Whether two characters belong to one word or number."""
    return bool(
        one and other and one.isascii() and other.isascii() and one.isdigit() and other.isdigit()
    )
