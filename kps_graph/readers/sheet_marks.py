"""What a spreadsheet strikes out, and which of its rows, columns and sheets it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kps_graph.document import Span
from kps_graph.readers.notices import HIDDEN, Notice
from kps_graph.readers.odt_styles import Styles
from kps_graph.readers.package import Package, count

if TYPE_CHECKING:
    from lxml import etree
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "Noted",
    "has_struck_runs",
    "hidden_in_ods",
    "hidden_in_xlsx",
    "kept",
    "paragraph_in_ods",
    "strikes",
]

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: No more hidden rows or columns in one piece are looked at: those at the end of a sheet are blank.
_MOST: Final = 1000
_STRIKE: Final = re.compile(rb"<(?:\w+:)?strike\b")
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(slots=True)
class Noted:
    """What is noticed while the sheets of a file are read.

    Attributes:
        struck: what is struck out, with its cell.
        hidden: the sheets, rows and columns that are not shown.
    """

    struck: list[Notice] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)

    def strike(self, text: str, span: Span) -> None:
        """Takes in text that is struck out, and so is left out."""
        if text.strip():
            self.struck.append((HIDDEN, " ".join(text.split()), span))


def strikes(book: Workbook) -> bool:
    """Whether anything in a workbook may be struck out as a whole cell."""
    return any(font.strike for font in book._fonts)


def has_struck_runs(package: Package) -> bool:
    """Whether a part of a cell may be struck out."""
    texts = (n for n in package if n.startswith("xl/worksheets/") or n == "xl/sharedStrings.xml")
    return any(_STRIKE.search(package.read(name)) for name in texts)


def kept(cell: Cell | MergedCell, noted: Noted, span: Span) -> object:
    """The value of a cell without what is struck out in it.

    Args:
        cell: of a workbook.
        noted: is told what is.
        span: of the cell.
    """
    value: object = cell.value
    if value is not None and cell.has_style and cell.font.strike:
        noted.strike(str(value), span)
        return None
    if not isinstance(value, list):  # of runs, each with a font of its own
        return value
    runs = [(str(run), bool(getattr(getattr(run, "font", None), "strike", False))) for run in value]
    noted.strike("".join(text for text, struck in runs if struck), span)
    return "".join(text for text, struck in runs if not struck)


def paragraph_in_ods(paragraph: etree._Element, styles: Styles, struck: bool) -> tuple[str, str]:
    """The text of a paragraph that stays, and what of it is struck out."""
    texts = list(
        _runs(paragraph, styles, styles.strikes(paragraph.get(f"{_TEXT}style-name"), struck))
    )
    return "".join(t for t, out in texts if not out), "".join(t for t, out in texts if out)


def _runs(element: etree._Element, styles: Styles, struck: bool) -> Iterator[tuple[str, bool]]:
    yield element.text or "", struck
    for child in element:
        yield from _runs(child, styles, styles.strikes(child.get(f"{_TEXT}style-name"), struck))
        yield child.tail or "", struck


def hidden_in_xlsx(sheet: Worksheet, number: int) -> Iterator[Span]:
    """The sheet, its rows and its columns, that a workbook does not show."""
    if sheet.sheet_state != "visible":
        yield Span(table=number)
    for row, dimension in sheet.row_dimensions.items():
        if dimension.hidden:
            yield Span(table=number, row=row)
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            last = min(dimension.max or 0, (dimension.min or 1) + _MOST - 1)
            for column in range(dimension.min or 1, last + 1):
                yield Span(table=number, column=column)


def hidden_in_ods(sheet: etree._Element, styles: Styles, number: int) -> Iterator[Span]:
    """The same of a sheet in OpenDocument."""
    if styles.undisplayed(sheet.get(f"{_TABLE}style-name")):
        yield Span(table=number)
    yield from (Span(table=number, row=row) for row in _unseen(sheet, "row"))
    yield from (Span(table=number, column=column) for column in _unseen(sheet, "column"))


def _unseen(sheet: etree._Element, kind: str) -> Iterator[int]:
    at = 1
    for element in sheet.iter(f"{_TABLE}table-{kind}"):
        times = count(element.get(f"{_TABLE}number-{kind}s-repeated"))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(at, at + min(times, _MOST))
        at += times
