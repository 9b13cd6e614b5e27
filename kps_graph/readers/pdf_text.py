"""The text of one PDF page as runs of characters, through PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from typing import Any, Final

import pypdfium2.raw as raw

from kps_graph.readers.pdf_marks import Glyph, Page, Run, Turn, full_widths

__all__ = ["add_spaces", "read_text"]

#: What PDFium puts for a hyphen at the end of a line, and for a character without a code.
_REPAIRS: Final = {0x02: "-", 0xFFFE: "-", 0x00: "\ufffd"}
#: Less than this many degrees are no matter.
_UPRIGHT: Final = 4
_WORDS: Final = re.compile(r"(?P<space>\s+)|(?P<word>\S+)")


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


def read_text(text: Any, page: Page, turn: Turn, turned: int) -> None:
    """Collects runs: a gap, another line or a space that PDFium made up ends one.

    Asking for the place of a character costs more than all else, so only the first and the last
    of a word are asked, unless their distance shows that something lies between.

    Args:
        text: PDFium's text of the page.
        page: takes the runs, and the glyphs that are not upright on it.
        turn: to the page as it is shown.
        turned: what the page itself is turned by, in degrees clockwise.
    """
    characters = _characters(text)
    page.unreadable = characters.count("\0") + characters.count("\ufffd")
    characters = characters.translate(_REPAIRS)
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

    angle_of, upright = raw.FPDFText_GetCharAngle, math.radians(-turned % 360)
    leaning = _leaning(text, turned)

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
        # characters of one height side by side are upright
        level = last is not first and first[3] == last[3] and first[0] < last[0]
        if level or angle_of(text, start) == upright:
            high, wide = first[3] - first[1], last[2] - first[0]
            if abs(first[1] + first[3] - last[1] - last[3]) < 0.6 * high and (
                0 < wide <= 1.2 * high * (end - start)
            ):
                run.add(word[0], (first[0], first[1], last[2], first[3]), start)
                continue
        for n in range(start, end):
            if angle := leaning(n):
                run.flush()
                page.glyphs.append(Glyph(characters[n], *box(n), angle))
            else:
                run.add(characters[n], box(n), n)
    run.flush()


def _leaning(text: Any, turned: int) -> Callable[[int], int]:
    """Tells what a character is turned by on the page, in degrees; 0 if next to nothing."""
    matrix = raw.FS_MATRIX()
    angle_of, upright = raw.FPDFText_GetCharAngle, math.radians(-turned % 360)

    def leaning(n: int) -> int:
        stated = angle_of(text, n)
        if stated == upright or stated < 0:  # it has none
            return 0
        # that angle is of the upright strokes, which lean in italics; the baseline's is meant
        raw.FPDFText_GetMatrix(text, n, matrix)
        degrees = round(math.degrees(math.atan2(-matrix.b, matrix.a)) + turned) % 360
        return degrees if _UPRIGHT <= degrees <= 360 - _UPRIGHT else 0

    return leaning


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
                wide = 1.5 * (right - left)
                if "\u2e80" <= text[0] <= "\uffee" and wide < high * len(text):
                    high = min(high, wide / full_widths(text.rstrip()))
                top, bottom = base - 0.8 * high, base + 0.2 * high
            self._page.runs.append(Run(text, left, right, top, bottom))
            self._parts.clear()


def add_spaces(page: Page, spaces: list[tuple[float, float]]) -> None:
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
