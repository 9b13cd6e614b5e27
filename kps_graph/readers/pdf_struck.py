"""Text that a line is drawn through: it is left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kps_graph.readers.lattice import Rule
from kps_graph.readers.pdf_lines import WIDE
from kps_graph.readers.pdf_marks import Run

__all__ = ["rules_through", "without_struck"]


#: Twice the distance between a line and the middle of the tallest text that it strikes.
_TALLEST: Final = 24.0
#: How far a line through text may reach beyond it.
_BEYOND: Final = 2.5
#: Between these parts of its height a line through a run strikes it out; an underline is lower.
_HIGHEST: Final = 0.25
_LOWEST: Final = 0.74
#: Latin characters that are about half as wide as others.
_NARROW: Final = frozenset("ijltfrI.,:;'!|()[]")


def rules_through(runs: Sequence[Run], rules: Sequence[Rule]) -> list[Rule]:
    """The horizontal lines that go through the middle of text and no further, by height."""
    bands = _bands(runs)
    near = [rule for rule in rules if _within(bands, rule.at)]
    by_middle = sorted(runs, key=_middle) if near else []
    found: list[Rule] = []
    crossed: dict[float, list[tuple[float, float]]] = {}
    for rule in near:
        extents = crossed.get(rule.at)
        if extents is None:
            extents = crossed[rule.at] = _extents(by_middle, rule.at)
        if any(
            left - _BEYOND <= rule.start and rule.end <= right + _BEYOND for left, right in extents
        ):
            found.append(rule)
    return sorted(found)


def _bands(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Between which heights lines may strike text, from the top down."""
    bands: list[tuple[float, float]] = []
    for begin, end in sorted(
        (top + _HIGHEST * (bottom - top), top + _LOWEST * (bottom - top))
        for top, bottom in {(run.top, run.bottom) for run in runs}
    ):
        if bands and begin <= bands[-1][1]:
            bands[-1] = bands[-1][0], max(bands[-1][1], end)
        else:
            bands.append((begin, end))
    return bands


def _within(bands: Sequence[tuple[float, float]], at: float) -> bool:
    """Whether one of the ``bands`` has the height ``at``."""
    n = bisect_right(bands, (at, float("inf")))
    return n > 0 and bands[n - 1][1] >= at


def _middle(run: Run) -> float:
    """Twice its height on the page."""
    return run.top + run.bottom


def _extents(by_middle: Sequence[Run], at: float) -> list[tuple[float, float]]:
    """From where to where there is text whose middle is at this height, small gaps included."""
    found: list[tuple[float, float]] = []
    near = []
    for run in by_middle[bisect_left(by_middle, 2 * at - _TALLEST, key=_middle) :]:
        if _middle(run) > 2 * at + _TALLEST:
            break
        high = run.bottom - run.top
        if run.top + _HIGHEST * high <= at <= run.top + _LOWEST * high:
            near.append(run)
    for run in sorted(near, key=lambda r: r.left):
        if found and run.left - found[-1][1] < 0.6 * (run.bottom - run.top):
            found[-1] = found[-1][0], max(found[-1][1], run.right)
        else:
            found.append((run.left, run.right))
    return found


def without_struck(runs: Sequence[Run], rules: Sequence[Rule]) -> tuple[list[Run], str]:
    """The runs without the parts that one of the ``rules`` goes through, and those parts."""
    kept: list[Run] = []
    struck: list[str] = []
    for run in runs:
        for part, out in _parts(run, rules):
            if out:
                struck.append(part.text)
            elif part.text:
                kept.append(part)
    return kept, "".join(struck).strip()


def _width(character: str) -> float:
    """How wide a character is in most fonts, as a part of a Chinese one."""
    if WIDE.match(character):
        return 1.0
    if character.isspace() or character in _NARROW:
        return 0.28
    return 0.66 if character.isupper() else 0.53


def _parts(run: Run, rules: Sequence[Rule]) -> Iterator[tuple[Run, bool]]:
    """A run cut where a line through it begins and ends, each part with whether it is struck."""
    high = run.bottom - run.top
    through = []
    # the middle of the characters: higher than an underline, lower than a border above
    for rule in rules[bisect_left(rules, Rule(run.top + _HIGHEST * high, 0.0, 0.0)) :]:
        if rule.at > run.top + _LOWEST * high:
            break
        if rule.start < run.right and rule.end > run.left:
            through.append(rule)
    if not through:
        yield run, False
        return
    ends = [run.left]
    for character in run.text:
        ends.append(ends[-1] + _width(character))  # a space at the end is none
    inked = ends[len(run.text.rstrip())] - run.left or 1.0
    step = (run.right - run.left) / inked
    ends = [min(run.right, run.left + step * (end - run.left)) for end in ends]
    marks = [
        any(r.start <= (start + end) / 2 <= r.end for r in through) for start, end in pairwise(ends)
    ]
    start = 0
    for n in range(1, len(marks) + 1):
        if n == len(marks) or marks[n] != marks[start]:
            part = Run(run.text[start:n], ends[start], ends[n], run.top, run.bottom)
            yield part, marks[start]
            start = n
