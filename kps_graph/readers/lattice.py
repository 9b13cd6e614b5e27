"""Tables from ruling lines: which boxes do they close? Pure geometry, no PDF library.

Coordinates are points from the upper left corner of the page, downwards. Lines are clustered
into a grid; neighbouring fields of the grid that no line separates are one cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = ["Box", "Lattice", "Rule", "lattices"]

#: Lines closer than this are one grid line (double lines, separate borders of neighbours).
_NEAR: Final = 4.0
#: How far two lines may miss each other and still meet.
_TOUCH: Final = 3.0
#: Pieces of one line lie this close to its axis.
_COLLINEAR: Final = 0.2
#: Lines shorter than this close no cell.
_SHORT: Final = 4.0


class Rule(NamedTuple):
    """A line: its place ``at`` across its direction, and where it begins and ends along it."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A cell: grid rows and columns from 1, and its edges on the page."""

    row: int
    column: int
    rowspan: int
    colspan: int
    left: float
    top: float
    right: float
    bottom: float


class Lattice:
    """One table: its cells, and which cell a point lies in."""

    def __init__(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        boxes: Sequence[tuple[int, int, int, int]],
        closed: Sequence[bool],
    ) -> None:
        self._closed = closed
        # Grid lines that bound no cell count neither as rows nor as columns.
        column = {x: n for n, x in enumerate(sorted({x for b in boxes for x in b[::2]}), 1)}
        row = {y: n for n, y in enumerate(sorted({y for b in boxes for y in b[1::2]}), 1)}
        self.boxes = [
            Box(
                row[y0],
                column[x0],
                row[y1] - row[y0],
                column[x1] - column[x0],
                xs[x0],
                ys[y0],
                xs[x1],
                ys[y1],
            )
            for x0, y0, x1, y1 in boxes
        ]
        self.left, self.right, self.top, self.bottom = xs[0], xs[-1], ys[0], ys[-1]
        self._xs, self._ys = xs, ys
        self._owner = {
            (x, y): number
            for number, (x0, y0, x1, y1) in enumerate(boxes)
            for x in range(x0, x1)
            for y in range(y0, y1)
        }

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the columns."""
        return tuple(right - left for left, right in pairwise(self._xs))

    def hanging(self, x: float) -> int | None:
        """The number of the cell at ``x`` of the last row, if no line closes it below."""
        column = min(bisect_right(self._xs, x), len(self._xs) - 1) - 1
        if column < 0 or self._closed[column]:
            return None
        return self._owner.get((column, len(self._ys) - 2))

    def continues(self, other: Lattice) -> bool:
        """Whether it may be the next page's part of the ``other`` table: the columns agree."""
        return len(self._xs) == len(other._xs) and all(
            abs(a - b) <= _TOUCH for a, b in zip(self._xs, other._xs, strict=True)
        )

    def locate(self, x: float, y: float) -> int | None:
        """The number of the cell around a point, None outside the table."""
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return None
        # what lies on the last line belongs to the last column or row
        column = bisect_right(self._xs, x, 0, len(self._xs) - 1) - 1
        row = bisect_right(self._ys, y, 0, len(self._ys) - 1) - 1
        return self._owner.get((column, row))


def lattices(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Lattice]:
    """The tables that these lines draw, from the top down; a table in a cell is not one."""
    raw = list(vertical)
    found: list[Lattice] = []
    parts = [
        part
        for whole in _components(_merged(horizontal), _merged(raw))
        for part in _abutting(*whole, raw)
    ]
    for lines, columns in sorted(parts, key=_area, reverse=True):
        lattice = _lattice(lines, columns)
        if lattice is None:
            continue
        middle = (lattice.left + lattice.right) / 2, (lattice.top + lattice.bottom) / 2
        if all(other.locate(*middle) is None for other in found):
            found.append(lattice)
    return sorted(found, key=lambda t: (t.top, t.left))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces on one axis that touch, as one line."""
    done: list[Rule] = []
    axis: list[Rule] = []

    def flush() -> None:
        axis.sort(key=lambda r: r.start)
        current = axis[0]
        for piece in axis[1:]:
            if piece.start <= current.end + _TOUCH:
                current = Rule(current.at, current.start, max(current.end, piece.end))
            else:
                done.append(current)
                current = piece
        done.append(current)
        axis.clear()

    for rule in sorted(rules):
        if axis and rule.at - axis[-1].at > _COLLINEAR:
            flush()
        axis.append(rule)
    if axis:
        flush()
    return [r for r in done if r.end - r.start >= _SHORT]


_Lines = tuple[list[Rule], list[Rule]]


def _components(horizontal: list[Rule], vertical: list[Rule]) -> list[_Lines]:
    """Groups of lines that touch one another, with lines both ways.

    Upright lines that begin or end at one height belong together also where no line across joins
    them: a row that a page end cuts has none there.
    """
    parent = list(range(len(horizontal) + len(vertical)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if (
                v.start - _TOUCH <= h.at <= v.end + _TOUCH
                and h.start - _TOUCH <= v.at <= h.end + _TOUCH
            ):
                parent[root(i)] = root(j)
    for edge in (1, 2):
        ends = sorted((v[edge], j) for j, v in enumerate(vertical, len(horizontal)))
        for (here, i), (there, j) in pairwise(ends):
            if there - here <= 1:
                parent[root(i)] = root(j)
    groups: dict[int, _Lines] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    return [g for g in groups.values() if (g[0] and g[1]) or len(g[1]) >= 3]


def _area(lines: _Lines) -> float:
    left, right = _extent(*lines)
    top, bottom = _extent(*reversed(lines))
    return (right - left) * (bottom - top)


def _extent(along: list[Rule], across: list[Rule]) -> tuple[float, float]:
    """Where a table begins and ends in the direction of the lines ``along`` it."""
    starts = [r.start for r in along] + [r.at for r in across]
    return min(starts), max([r.end for r in along] + [r.at for r in across])


def _abutting(horizontal: list[Rule], vertical: list[Rule], raw: list[Rule]) -> list[_Lines]:
    """Splits tables that stand directly below one another.

    They show two lines over the full width close together, the end of one table and the
    beginning of the next, which no piece of a vertical line crosses. Where every cell has
    borders of its own, that is so between all rows; then nothing is split.
    """
    horizontal.sort()
    if any(
        0 < b.at - a.at <= _NEAR and min(a.end, b.end) - max(a.start, b.start) > _SHORT
        for a, b in pairwise(sorted(vertical))
    ):
        return [(horizontal, vertical)]
    left, right = _extent(horizontal, vertical)
    wide = [h.at for h in horizontal if h.start - left < _TOUCH and right - h.end < _TOUCH]
    cuts = [
        (a + b) / 2
        for a, b in pairwise(wide)
        if b - a <= _NEAR
        and not any(
            v.start < a - 1 and v.end > b + 1 and left - 1 <= v.at <= right + 1 for v in raw
        )
    ]
    if not cuts:
        return [(horizontal, vertical)]
    parts = []
    for top, bottom in zip([float("-inf"), *cuts], [*cuts, float("inf")], strict=True):
        lines = [h for h in horizontal if top < h.at <= bottom]
        sides = [
            Rule(v.at, max(v.start, top), min(v.end, bottom))
            for v in vertical
            if min(v.end, bottom) - max(v.start, top) > _SHORT
        ]
        if lines and sides:
            parts.append((lines, sides))
    return parts


def _lattice(horizontal: list[Rule], vertical: list[Rule]) -> Lattice | None:
    # The outer edges close the table even where they are not drawn (a row cut by the page end).
    xs, columns = _clusters(vertical, *_extent(horizontal, vertical))
    ys, rows = _clusters(horizontal, *_extent(vertical, horizontal))
    if len(xs) < 2 or len(ys) < 2:
        return None
    below = [
        [_covers(rows[j], xs[i], xs[i + 1]) for i in range(len(xs) - 1)] for j in range(len(ys))
    ]
    beside = [
        [_covers(columns[i], ys[j], ys[j + 1]) for j in range(len(ys) - 1)] for i in range(len(xs))
    ]
    boxes: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    last_x, last_y = len(xs) - 1, len(ys) - 1
    for y in range(last_y):
        for x in range(last_x):
            if (x, y) in taken:
                continue
            right = x + 1
            while right < last_x and (right, y) not in taken and not beside[right][y]:
                right += 1
            bottom = y + 1
            while (
                bottom < last_y
                and not any(below[bottom][x:right])
                and not any(beside[i][bottom] for i in range(x + 1, right))
            ):
                bottom += 1
            boxes.append((x, y, right, bottom))
            taken.update((i, j) for i in range(x, right) for j in range(y, bottom))
    return Lattice(xs, ys, boxes, below[-1])


def _clusters(rules: list[Rule], first: float, last: float) -> tuple[list[float], list[list[Rule]]]:
    """Grid lines in order, and the drawn lines of each; edges that are not drawn have none."""
    grouped: list[list[Rule]] = []
    for rule in sorted(rules):
        if grouped and rule.at - grouped[-1][0].at <= _NEAR:
            grouped[-1].append(rule)
        else:
            grouped.append([rule])
    lines = [((g[0].at + g[-1].at) / 2, sorted(g, key=lambda r: r.start)) for g in grouped]
    if not lines or first < lines[0][0] - _NEAR:
        lines.insert(0, (first, []))
    if last > lines[-1][0] + _NEAR:
        lines.append((last, []))
    return [at for at, _ in lines], [g for _, g in lines]


def _covers(rules: list[Rule], start: float, end: float) -> bool:
    """Whether the lines on one grid line, from left to right, reach from ``start`` to ``end``."""
    reached = start + _NEAR
    for _, begins, ends in rules:
        if begins > reached:
            break
        if ends + _TOUCH > reached:
            reached = ends + _TOUCH
    return reached >= end
