"""Text that does not run from left to right: written downwards in a cell, or laid over the page.

What stands on its side within a cell is content, as is Chinese written downwards: it is turned so
that its columns become lines. All other text that is not upright, a watermark for instance, is
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from kps_graph.readers.lattice import Box
from kps_graph.readers.pdf_marks import Glyph, Run

__all__ = ["is_stacked", "on_its_side", "turned"]

_DOWN: Final = 90
_UP: Final = 270
#: Degrees that text on its side may differ from it.
_ABOUT: Final = 3
#: More runs of one character than a narrow column of horizontal text has by chance.
_STACK: Final = 4


def on_its_side(glyph: Glyph) -> bool:
    """Whether a glyph is turned by a quarter."""
    return min(abs(glyph.angle - _DOWN), abs(glyph.angle - _UP)) <= _ABOUT


def is_stacked(runs: Sequence[Run]) -> bool:
    """Whether a cell is written downwards in several columns of upright characters."""
    if len(runs) < _STACK or any(len(run.text.strip()) > 1 for run in runs):
        return False
    below = sum(
        abs(a.left - b.left) < (b.right - b.left) / 2 and b.top > a.top for a, b in pairwise(runs)
    )
    columns = {round(run.left / 4) for run in runs}
    return len(columns) > 1 and below >= len(runs) - len(columns)


def turned(box: Box, glyphs: Sequence[Glyph], runs: Iterable[Run]) -> tuple[list[Run], list[Run]]:
    """The characters of a cell that is read downwards, turned to lie, and its upright runs.

    The lines that they form begin at the left edge of ``box`` and are as long as it is high.
    Upright characters, one below another, are read with those on their side; longer runs are
    lines of their own.
    """
    up = sum(abs(g.angle - _UP) <= _ABOUT for g in glyphs) > len(glyphs) / 2
    single = [run for run in runs if len(run.text.strip()) == 1]
    lying = [run for run in runs if len(run.text.strip()) > 1]
    if lying and not glyphs:
        return [], [*lying, *single]
    if up or lying:
        lying, single = [*lying, *single], []
    marks = [*glyphs, *(Glyph(r.text, r.left, r.top, r.right, r.bottom, 0) for r in single)]
    half = median(g.right - g.left for g in marks) / 2
    found = []
    for mark in marks:
        middle = (mark.left + mark.right) / 2  # the boxes of one column differ in width
        if up:
            start, end, at = box.bottom - mark.bottom, box.bottom - mark.top, middle
        else:
            start, end, at = mark.top - box.top, mark.bottom - box.top, box.right - middle
        found.append(Run(mark.text.strip(), box.left + start, box.left + end, at - half, at + half))
    return found, lying
