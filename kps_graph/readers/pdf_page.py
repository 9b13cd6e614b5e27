"""One PDF page as runs of characters and ruling lines: the only place that speaks to PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kps_graph.errors import Undecodable
from kps_graph.readers.lattice import Rule
from kps_graph.readers.limits import Limits

__all__ = ["Page", "Run", "pages"]

#: A path at most this thick is a line.
_THIN: Final = 3.0
#: Forms in forms are followed to this depth.
_FORMS: Final = 8
#: What PDFium puts for a hyphen at the end of a line.
_HYPHENS: Final = "\x02\ufffe"


class Run(NamedTuple):
    """Characters that stand next to one another on one line."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(slots=True)
class Page:
    """What is drawn on one page, in points from its upper left corner, downwards."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    images: int = 0
    unreadable: int = 0


def pages(data: bytes, source: str, limits: Limits) -> Iterator[Page]:
    """The pages of a PDF, one at a time; PDFium must not be used from two threads at once.

    Raises:
        Undecodable: if it is damaged or protected by a password.
        TooLarge: if it has too many pages, or too much on a page.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Undecodable("protected by a password", source=source,
                              hint="save it without the password") from error
        raise Undecodable("a damaged or incomplete PDF", source=source,
                          hint="download it again, or print it to a new PDF") from error
    try:
        count = len(document)
        limits.check("pages", count, source)
        for number in range(1, count + 1):
            yield _page(document.raw, number, source, limits)
    finally:
        document.close()


def _page(document: Any, number: int, source: str, limits: Limits) -> Page:
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        raise Undecodable(f"page {number} is damaged", source=source,
                          hint="download it again, or print it to a new PDF")
    try:
        page = Page(number, raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle))
        turn = _turn(raw.FPDFPage_GetRotation(handle), page)
        text = raw.FPDFText_LoadPage(handle)
        try:
            limits.check("marks", raw.FPDFText_CountChars(text), source)
            _read_text(text, page, turn)
        finally:
            raw.FPDFText_ClosePage(text)
        objects = _Objects(page, turn, source, limits)
        objects.read(
            raw.FPDFPage_CountObjects(handle), lambda n: raw.FPDFPage_GetObject(handle, n))
        _add_spaces(page, objects.spaces)
        return page
    finally:
        raw.FPDF_ClosePage(handle)


_Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]


def _turn(rotation: int, page: Page) -> _Turn:
    """From PDF's left, bottom, right, top to left, top, right, bottom as the page is shown."""
    width, height = page.width, page.height
    if rotation == 1:
        return lambda left, bottom, right, top: (bottom, left, top, right)
    if rotation == 2:
        return lambda left, bottom, right, top: (width - right, bottom, width - left, top)
    if rotation == 3:
        return lambda left, bottom, right, top: (
            width - top, height - right, width - bottom, height - left)
    return lambda left, bottom, right, top: (left, height - top, right, height - bottom)


def _characters(text: Any) -> str:
    """All characters of a page by their PDFium index."""
    count = raw.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    found = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
    if len(found) == count:
        return found
    # Characters beyond the basic plane and those without a code upset the count.
    codes = (raw.FPDFText_GetUnicode(text, n) for n in range(count))
    return "".join(chr(c) if c < 0xD800 or 0xDFFF < c < 0x110000 else "\ufffd" for c in codes)


def _read_text(text: Any, page: Page, turn: _Turn) -> None:
    """Collects runs: a gap, another line or a space that PDFium made up ends one."""
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    box, generated = raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    run: list[str] = []
    left = right = top = bottom = middle = height = 0.0

    def flush() -> None:
        if run:
            page.runs.append(Run("".join(run), left, right, top, bottom))
            run.clear()

    for n, char in enumerate(_characters(text)):
        if char in "\r\n" or (char == " " and generated(text, n)):
            flush()
            continue
        if char in "\0\ufffd":
            page.unreadable += 1
            char = "\ufffd"
        elif char in _HYPHENS:
            char = "-"
        box(text, n, pointer)
        x0, y0, x1, y1 = turn(rect.left, rect.bottom, rect.right, rect.top)
        if not run or abs((y0 + y1) / 2 - middle) > 0.3 * height or not (
                -0.6 * height < x0 - right < 0.2 * height):
            flush()
            left, right, top, bottom = x0, x1, y0, y1
            middle, height = (y0 + y1) / 2, max(1.0, y1 - y0)
        elif x1 > right:
            right = x1
        run.append(char)
    flush()


def _add_spaces(page: Page, spaces: list[tuple[float, float]]) -> None:
    """Puts spaces that are drawn on their own, which PDFium's text leaves out, after their run."""
    if not spaces:
        return
    ends: dict[int, list[int]] = {}
    for n, run in enumerate(page.runs):
        ends.setdefault(round(run.right), []).append(n)
    for x, y in spaces:
        near = (n for at in range(round(x) - 1, round(x) + 2) for n in ends.get(at, ()))
        for n in near:
            run = page.runs[n]
            if run.top < y < run.bottom and not run.text.endswith(" "):
                page.runs[n] = run._replace(text=run.text + " ")
                break


class _Objects:
    """Collects the ruling lines of a page, and the spaces drawn on their own; forms included."""

    def __init__(self, page: Page, turn: _Turn, source: str, limits: Limits) -> None:
        self._page, self._turn, self._source, self._limits = page, turn, source, limits
        self.spaces: list[tuple[float, float]] = []
        self._marks = 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def _spend(self, marks: int) -> None:
        self._marks += max(0, marks)
        self._limits.check("marks", self._marks, self._source)

    def read(self, count: int, get: Callable[[int], Any], depth: int = 0,
             matrix: tuple[float, ...] | None = None) -> None:
        """Reads ``count`` objects; those of a form go through its ``matrix``."""
        self._spend(count)
        for n in range(count):
            obj = get(n)
            kind = raw.FPDFPageObj_GetType(obj)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(obj, matrix)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self._space(obj, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._page.images += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORMS:
                self.read(raw.FPDFFormObj_CountObjects(obj),
                          lambda n, form=obj: raw.FPDFFormObj_GetObject(form, n),  # type: ignore[misc]
                          depth + 1, _times(_matrix(obj), matrix))

    def _space(self, obj: Any, matrix: tuple[float, ...] | None) -> None:
        """A text without any extent is a space."""
        left, bottom, right, top = self._edges
        if raw.FPDFPageObj_GetBounds(obj, left, bottom, right, top) and left.value == right.value:
            x0, y0, x1, y1 = _through(matrix, left.value, bottom.value, right.value, top.value)
            x, y, _, _ = self._turn(x0, y0, x1, y1)
            self.spaces.append((x, y))

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
            self._shapes(obj, segments, _times(_matrix(obj), matrix), stroked)

    def _shapes(self, obj: Any, segments: int, matrix: tuple[float, ...], stroked: bool) -> None:
        """Reads a path piece by piece; a lone filled area is background, not a border."""
        parts: list[list[tuple[float, float]]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for n in range(segments):
            segment = raw.FPDFPath_GetPathSegment(obj, n)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([])
            parts[-1].append(_point(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                parts[-1].append(parts[-1][0])
        for part in parts:
            xs, ys = [p[0] for p in part], [p[1] for p in part]
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
                self._line(min(xs), min(ys), max(xs), max(ys))
            elif stroked or len(parts) > 1:
                for (ax, ay), (bx, by) in pairwise(part):
                    if min(abs(bx - ax), abs(by - ay)) <= _THIN / 3:
                        self._line(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        left, top, right, bottom = self._turn(x0, y0, x1, y1)
        width, height = right - left, bottom - top
        if width > height:
            self._page.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif height > width:
            self._page.vertical.append(Rule((left + right) / 2, top, bottom))


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
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)


def _point(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _through(matrix: tuple[float, ...] | None, x0: float, y0: float, x1: float, y1: float
             ) -> tuple[float, float, float, float]:
    if matrix is None:
        return x0, y0, x1, y1
    ax, ay = _point(matrix, x0, y0)
    bx, by = _point(matrix, x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
