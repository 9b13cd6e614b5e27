"""What whoever looks at a course table does not see as it was read: left out, or read though hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from kps_graph.courses.notices import notice
from kps_graph.courses.values import Course
from kps_graph.document import Document, Span
from kps_graph.readers.notices import ASIDE, HIDDEN, SCANNED, SLANTED, UNKNOWN_GLYPHS, UNREADABLE
from kps_graph.report import Finding
from kps_graph.words import Bilingual

__all__ = ["unseen"]

#: What readers leave out, by what they notice.
_LEFT_OUT: Final = {
    HIDDEN: Bilingual("劃掉或隱藏的文字", "text that is struck out or hidden"),
    ASIDE: Bilingual("註腳", "a footnote"),
    SCANNED: Bilingual("只有影像的一頁", "a page that is an image"),
    SLANTED: Bilingual("斜置的文字", "text that is not upright"),
    UNKNOWN_GLYPHS: Bilingual("無法辨識的字", "characters that the file does not tell"),
    UNREADABLE: Bilingual("無法讀取的部分", "a part that cannot be read"),
}
#: A sheet, and a row or a column of it.
_Part: TypeAlias = "tuple[int | None, int | None, int | None]"
_SHEET: Final = Bilingual("工作表", "sheet")
_ROW: Final = Bilingual("列", "row")
_COLUMN: Final = Bilingual("欄", "column")


def unseen(course: Course, document: Document) -> Iterator[Finding]:
    """What was left out of ``course``, and the first cell of each hidden row, column and sheet that was read."""
    for rule, value, span in document.warnings:
        if what := _LEFT_OUT.get(rule):
            text = value if isinstance(value, str) else ""
            yield notice("C33", span, value=text, said=value, what=what)
    first = _first_cells(course) if document.hidden else {}
    for hidden in document.hidden:
        if cell := first.get((hidden.table, hidden.row, hidden.column)):
            what = _ROW if hidden.row else _COLUMN if hidden.column else _SHEET
            yield notice("C34", cell, what=what)


def _first_cells(course: Course) -> dict[_Part, Span]:
    """The first cell that was read of each sheet, row and column: a sheet may hide thousands."""
    first: dict[_Part, Span] = {}
    for cell in _places(course):
        for row, column in ((None, None), (cell.row, None), (None, cell.column)):
            first.setdefault((cell.table, row, column), cell)
    return first


def _places(course: Course) -> Iterator[Span]:
    """The cells that the modules of a course were read from, in their order."""
    for module in course.modules:
        yield module.span
        yield from (field.span for field in module.fields.values())
        yield from (reference.span for reference in module.references)
