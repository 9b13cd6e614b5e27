"""One PDF page as runs of characters and ruling lines: the only place that speaks to PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kps_graph.errors import Undecodable
from kps_graph.readers.lattice import Rule
from kps_graph.readers.limits import Limits
from kps_graph.words import Sentence

__all__ = ["Page", "Run", "pages"]

#: A path at most this thick is a line.
_THIN: Final = 3.0
#: Forms in forms are followed to this depth.
_FORMS: Final = 8
#: What PDFium puts for a hyphen at the end of a line, and for a character without a code.
_REPAIRS: Final = {0x02: "-", 0xFFFE: "-", 0x00: "\ufffd"}
_WORDS: Final = re.compile(r"(?P<space>\s+)|(?P<word>\S+)")


class Run(NamedTuple):
    """Characters that stand next to one another on one line.

    ``top`` and ``bottom`` are those of a plain character on the baseline: the boxes that fonts
    give differ by half a line, and a font that stands in for a missing glyph moves single words.
    """

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
            raise Undecodable(
                "protected by a password",
                source=source,
                hint=Sentence("save it without the password"),
            ) from error
        raise Undecodable(
            "a damaged or incomplete PDF",
            source=source,
            hint=Sentence("download it again, or print it to a new PDF"),
        ) from error
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
        raise Undecodable(
            "page {number} is damaged",
            number=number,
            source=source,
            hint=Sentence("download it again, or print it to a new PDF"),
        )
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
        objects.read(handle, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
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
            width - top,
            height - right,
            width - bottom,
            height - left,
        )
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
    """Collects runs: a gap, another line or a space that PDFium made up ends one.

    Asking for the place of a character costs more than all else, so only the first and the last
    of a word are asked, unless their distance shows that something lies between.
    """
    characters = _characters(text)
    page.unreadable = characters.count("\0") + characters.count("\ufffd")
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    locate, generated = raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    x, y = ctypes.c_double(), ctypes.c_double()

    def baseline(n: int) -> float:
        raw.FPDFText_GetCharOrigin(text, n, x, y)
        return turn(x.value, y.value, x.value, y.value)[1]

    run = _OpenRun(page, baseline)

    def box(n: int) -> tuple[float, float, float, float]:
        locate(text, n, pointer)
        return turn(rect.left, rect.bottom, rect.right, rect.top)

    for word in _WORDS.finditer(characters):
        start, end = word.span()
        if word.lastgroup == "space":
            for n in range(start, end):
                if characters[n] in "\r\n" or generated(text, n):
                    run.flush()
                else:
                    run.space(characters[n])
            continue
        first = box(start)
        last = box(end - 1) if end > start + 1 else first
        high, wide = first[3] - first[1], last[2] - first[0]
        if abs(first[1] + first[3] - last[1] - last[3]) < 0.6 * high and (
            0 < wide <= 1.2 * high * (end - start)
        ):
            run.add(word[0].translate(_REPAIRS), (first[0], first[1], last[2], first[3]), start)
        else:
            for n in range(start, end):
                run.add(characters[n].translate(_REPAIRS), box(n), n)
    run.flush()


class _OpenRun:
    """The run that is being collected."""

    def __init__(self, page: Page, baseline: Callable[[int], float]) -> None:
        self._page = page
        self._baseline = baseline
        self._first = 0
        self._parts: list[str] = []
        self._box = (0.0, 0.0, 0.0, 0.0)

    def add(self, text: str, box: tuple[float, float, float, float], number: int) -> None:
        """Goes on with the run if the text stands next to it on its line, else begins another.

        ``number`` is PDFium's of the first character.
        """
        left, top, right, bottom = self._box
        high = bottom - top
        gap = box[0] - right
        near = (0.9 if self._parts and self._parts[-1].isspace() else 0.2) * high
        if (
            self._parts
            and -0.6 * high < gap < near
            and (abs(box[1] + box[3] - top - bottom) < 0.6 * high)
        ):
            self._box = (left, top, max(right, box[2]), bottom)
        else:
            self.flush()
            self._box, self._first = box, number
        self._parts.append(text)

    def space(self, text: str) -> None:
        """Adds white space that the file has."""
        if self._parts:
            self._parts.append(text)

    def flush(self) -> None:
        """Ends the run."""
        if self._parts:
            left, top, right, bottom = self._box
            text, base = "".join(self._parts), self._baseline(self._first)
            if top < base < bottom:  # not so where text runs upwards
                high = bottom - top
                if "\u2e80" <= text[0] <= "\uffee":
                    high = min(high, 1.5 * (right - left) / len(text.rstrip()))
                top, bottom = base - 0.8 * high, base + 0.2 * high
            self._page.runs.append(Run(text, left, right, top, bottom))
            self._parts.clear()


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
        for n in range(number):
            obj = get(holder, n)
            kind = kind_of(obj)
            if kind == text:
                self._space(obj, matrix)
            elif kind == path:
                self._path(obj, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._page.images += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORMS:
                self.read(
                    obj,
                    raw.FPDFFormObj_CountObjects,
                    raw.FPDFFormObj_GetObject,
                    depth + 1,
                    _times(_matrix(obj), matrix),
                )

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
