"""Runs of characters to lines, and lines to paragraphs: what belongs together on a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kps_graph.document import Paragraph, Span
from kps_graph.readers.pdf_page import Run

__all__ = ["Line", "lines", "paragraphs", "state_spaces"]

_WIDE: Final = re.compile(
    r"[ᄀ-ᇿ⺀-⿟、-〿぀-㆏㐀-䶿一-鿿가-힯豈-﫿︰-﹏！-｠￠-￦\U00020000-\U0003ffff]")
#: A glyph that only ever begins an item; ``-`` and the like need a space after them.
_BULLET: Final = re.compile(
    r"[•●○◦▪▫■□◆◇▶▷►‣⁃∙·‧・➢➤✓✔☑※★☆\ue000-\uf8ff]|[-–—*+o]\s")
_LATIN_END: Final = re.compile(r"[A-Za-z0-9,.;:!?)%'\"&+]\s*$")
_LATIN_START: Final = re.compile(r"[A-Za-z0-9(&+'\"]")
#: Bullets that differ by less stand at one depth, in points.
_INDENT: Final = 3.0
#: What cannot be parted from the character after it, or before it, at the end of a line.
_OPENING: Final = "（(「『《〈【〔[{“‘"
_CLOSING: Final = "，。、；：！？）」』》〉】〕)]},.;:!?”’…%％"


@dataclass(slots=True)
class Line:
    """One visual line. A space at its end is one that the file has before the next line."""

    text: str
    left: float
    right: float
    middle: float
    runs: list[Run]


def lines(runs: Sequence[Run]) -> list[Line]:
    """The lines that runs form, from the top down."""
    rows: list[list[Run]] = []
    middle = height = 0.0
    for run in sorted(runs, key=lambda r: r.top + r.bottom):
        at = (run.top + run.bottom) / 2
        if not rows or at - middle > 0.4 * min(height, run.bottom - run.top):
            rows.append([])
            middle, height = at, run.bottom - run.top
        rows[-1].append(run)
    return [line for row in rows if (line := _line(row)) is not None]


def _line(row: list[Run]) -> Line | None:
    if len(row) > 1:
        row.sort(key=lambda r: r.left)
    inked = [run for run in row if not run.text.isspace()]
    if not inked:
        return None
    middle = (inked[0].top + inked[0].bottom) / 2
    right = max(run.right for run in inked) if len(inked) > 1 else inked[0].right
    return Line(_joined(row).lstrip(), inked[0].left, right, middle, row)


def _joined(row: Sequence[Run]) -> str:
    """One line's text; a gap is a space between Latin words, and anywhere if it is wide."""
    if len(row) == 1:
        return row[0].text
    parts = [row[0].text]
    for before, run in pairwise(row):
        gap, height = run.left - before.right, run.bottom - run.top
        if gap > 0.1 * height and not before.text[-1].isspace() and (
                gap > 0.5 * height
                or not (_WIDE.match(before.text[-1]) or _WIDE.match(run.text))):
            parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


def state_spaces(groups: Iterable[Sequence[Line]]) -> None:
    """Makes the space at the end of a line mean the same in every document.

    LibreOffice and Word write the space at which a line was broken, browsers and WeasyPrint do
    not. In a document where none follows a Latin word before another, each such break is one.
    """
    breaks = [line for group in groups for line, following in pairwise(group)
              if _LATIN_END.search(line.text) and _LATIN_START.match(following.text)]
    if not any(line.text[-1].isspace() for line in breaks):
        for line in breaks:
            line.text += " "


def paragraphs(found: Sequence[Line], left: float, right: float, span: Span,
               ends: bool = False) -> Iterator[Paragraph]:
    """Lines between two edges as paragraphs, soft where they may go on with the line before.

    A line that begins with a bullet starts a list item, as deep as it is indented among the
    bullets. A line after one that had ample room left for its first word, or after more than the
    usual distance, starts a paragraph. A space stays at the end of a line that the next one may
    go on with; that of the last line too, unless the text ``ends`` here for certain.
    """
    margin = max(0.0, min((line.left for line in found), default=left) - left)
    steps = [b.middle - a.middle for a, b in pairwise(found)]
    usual = min(steps, default=0.0)
    bullets = [_BULLET.match(line.text) is not None for line in found]
    indents = _indents([line.left for line, b in zip(found, bullets, strict=True) if b])
    soft = [n > 0 and not (bullets[n] or steps[n - 1] > 1.6 * usual
                           or right - margin - found[n - 1].right > _needed(line))
            for n, line in enumerate(found)]
    for n, line in enumerate(found):
        depth = bisect_right(indents, line.left) - 1 if bullets[n] else None
        text = line.text.rstrip()
        if text != line.text and (soft[n + 1] if n + 1 < len(found) else not ends):
            text += " "
        gap = None
        if soft[n]:
            gap = " " if found[n - 1].text[-1:].isspace() else ""
        yield Paragraph(text, span, depth, soft=soft[n], gap=gap)


def _indents(lefts: list[float]) -> list[float]:
    """Where the bullets of each depth begin."""
    found: list[float] = []
    for left in sorted(lefts):
        if not found or left - found[-1] > _INDENT:
            found.append(left)
    return found


def _needed(line: Line) -> float:
    """The width that the first word of a line would have taken on the line before."""
    text = line.text.strip()
    end = 1
    if not _WIDE.match(text):
        while end < len(text) and not text[end].isspace() and not _WIDE.match(text, end):
            end += 1
    elif text[0] in _OPENING:
        end = 2
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    em = (line.right - line.left) / max(0.5, _width(text))
    return em * (_width(text[:end]) + 1.2)


def _width(text: str) -> float:
    """In full-width characters."""
    wide = len(_WIDE.findall(text))
    return wide + 0.55 * (len(text) - wide)
