"""What is drawn on one PDF page beside its text: ruling lines, pictures and lone spaces."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias

import pypdfium2.raw as raw

from kps_graph.readers.lattice import Rule
from kps_graph.readers.limits import Limits
from kps_graph.readers.pdf_marks import Area, Page, Turn

__all__ = ["Objects"]

#: A path at most this thick is a line.
_THIN: Final = 3.0
#: The sides of a box whose corners are round have at least this part of its length.
_MOST: Final = 0.8
#: Forms in forms are followed to this depth.
_FORMS: Final = 8
#: Pictures smaller than this are bullets and the like.
_SMALL: Final = 16.0

Point: TypeAlias = tuple[float, float]
#: A line's left, lower, right and upper end.
Side: TypeAlias = tuple[float, float, float, float]


class Objects:
    """Collects the ruling lines of a page, and the spaces drawn on their own; forms included."""

    def __init__(self, page: Page, turn: Turn, source: str, limits: Limits) -> None:
        self._page, self._turn, self._source, self._limits = page, turn, source, limits
        self.spaces: list[tuple[float, float]] = []
        self._marks = 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def _spend(self, marks: int) -> None:
        self._marks += max(0, marks)
        self._limits.check("marks", self._marks, self._source)

    def read(
        self,
        holder: Any,
        count: Callable[[Any], int],
        get: Callable[[Any, int], Any],
        depth: int = 0,
        matrix: tuple[float, ...] | None = None,
    ) -> None:
        """Reads the objects of a page, or those of a form through its ``matrix``."""
        number = count(holder)
        self._spend(number)
        kind_of, path, text = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT
        bounds, (left, bottom, right, top) = raw.FPDFPageObj_GetBounds, self._edges
        for n in range(number):
            obj = get(holder, n)
            kind = kind_of(obj)
            if kind == text:
                # a text without any extent is a space; most objects of a page are texts
                if bounds(obj, left, bottom, right, top) and left.value == right.value:
                    edges = _through(matrix, left.value, bottom.value, right.value, top.value)
                    self.spaces.append(self._turn(*edges)[:2])
            elif kind == path:
                self._path(obj, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(obj, matrix, self._page.images)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORMS:
                self.read(
                    obj,
                    raw.FPDFFormObj_CountObjects,
                    raw.FPDFFormObj_GetObject,
                    depth + 1,
                    _times(_matrix(obj), matrix),
                )

    def _picture(self, obj: Any, matrix: tuple[float, ...] | None, into: list[Area]) -> None:
        """Keeps where a picture stands, unless it is as small as a bullet."""
        left, bottom, right, top = self._edges
        if raw.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            edges = _through(matrix, left.value, bottom.value, right.value, top.value)
            area = Area(*self._turn(*edges))
            if min(area.right - area.left, area.bottom - area.top) >= _SMALL:
                into.append(area)

    def _path(self, obj: Any, matrix: tuple[float, ...] | None) -> None:
        raw.FPDFPath_GetDrawMode(obj, self._fill, self._stroke)
        stroked, filled = bool(self._stroke.value), bool(self._fill.value)
        if not stroked and not filled:
            return
        left, bottom, right, top = self._edges
        if not raw.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            return
        x0, y0, x1, y1 = _through(matrix, left.value, bottom.value, right.value, top.value)
        segments = raw.FPDFPath_CountSegments(obj)
        if min(x1 - x0, y1 - y0) <= _THIN:
            self._line(x0, y0, x1, y1)
        elif stroked or segments > 5:
            self._spend(segments)
            if self._shapes(obj, segments, _times(_matrix(obj), matrix), stroked):
                self._picture(obj, matrix, self._page.shapes)

    def _shapes(self, obj: Any, segments: int, matrix: tuple[float, ...], stroked: bool) -> bool:
        """Reads a path piece by piece; a lone filled area is background, not a border.

        Whether it is a drawing: it has curves, or is an area with slanted sides. What is drawn so,
        as the outlines of letters are, has no borders, unless a frame's corners are round.
        """
        parts, curved = _parts(obj, segments, matrix)
        extents = [_extent(part) for part in parts]
        if (stroked or not curved) and all(map(_is_thin, extents)):  # nearly every border is so
            for whole in extents:
                self._line(*whole)
            return curved
        slanted = any(_is_slanted(one, other) for part in parts for one, other in pairwise(part))
        if not stroked and (curved or slanted):
            return True
        sides: list[Side] = []
        for part, whole in zip(parts, extents, strict=True):
            if _is_thin(whole):
                self._line(*whole)
                continue
            straight = [_extent(two) for two in pairwise(part) if _is_straight(*two)]
            if not stroked:
                bounds = len(parts) > 1
            elif part[0] == part[-1]:
                bounds = _is_frame(whole, straight)
            else:
                bounds = not curved and not slanted
            if bounds:
                sides += straight
        for side in sides:
            if stroked or any(_is_beside(side, other) for other in sides):
                self._line(*side)
        return curved

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        left, top, right, bottom = self._turn(x0, y0, x1, y1)
        width, height = right - left, bottom - top
        if width > height:
            self._page.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif height > width:
            self._page.vertical.append(Rule((left + right) / 2, top, bottom))


def _parts(obj: Any, segments: int, matrix: tuple[float, ...]) -> tuple[list[list[Point]], bool]:
    """The corners of each piece of a path, and whether it has curves."""
    parts: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    curved = False
    for n in range(segments):
        segment = raw.FPDFPath_GetPathSegment(obj, n)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(_point(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    return parts, curved


def _extent(points: Sequence[Point]) -> Side:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(whole: Side) -> bool:
    """Whether a piece is a line, drawn as an area or not."""
    return min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN


def _is_straight(one: Point, other: Point) -> bool:
    """Whether the line between two points is level or upright."""
    return min(abs(other[0] - one[0]), abs(other[1] - one[1])) <= _THIN / 3


def _is_slanted(one: Point, other: Point) -> bool:
    """Whether it is neither, and longer than a border's corner."""
    return min(abs(other[0] - one[0]), abs(other[1] - one[1])) > _THIN


def _is_frame(whole: Side, sides: Sequence[Side]) -> bool:
    """Whether two sides each way go along most of a piece, as a box's do, its corners round or not."""
    return all(
        sum(side[n + 2] - side[n] >= _MOST * (whole[n + 2] - whole[n]) for side in sides) >= 2
        for n in (0, 1)
    )


def _is_beside(one: Side, other: Side) -> bool:
    """Whether two sides of filled areas bound a line: they run along each other, close together."""
    if one is other:
        return False
    shared = [min(one[n + 2], other[n + 2]) - max(one[n], other[n]) for n in (0, 1)]
    across, along = sorted(shared)
    return along > _THIN and across >= -_THIN


def _matrix(obj: Any) -> tuple[float, ...]:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(obj, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(one: tuple[float, ...], other: tuple[float, ...] | None) -> tuple[float, ...]:
    """First ``one``, then ``other``."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _point(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _through(
    matrix: tuple[float, ...] | None, x0: float, y0: float, x1: float, y1: float
) -> tuple[float, float, float, float]:
    if matrix is None:
        return x0, y0, x1, y1
    ax, ay = _point(matrix, x0, y0)
    bx, by = _point(matrix, x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
