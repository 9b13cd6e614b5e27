"""Spreadsheets (XLSX, ODS, CSV and TSV) to a Document: a table for each sheet."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.errors import TooLarge, Undecodable, UnknownFormat
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.odt_styles import Styles
from kps_graph.readers.package import Package, count
from kps_graph.readers.rows import BROKEN, SAVE, read_rows, refuse_bombs
from kps_graph.readers.sheet_marks import (
    Noted,
    has_struck_runs,
    hidden_in_ods,
    hidden_in_xlsx,
    kept,
    paragraph_in_ods,
    strikes,
)
from kps_graph.words import parser_reason

if TYPE_CHECKING:
    from lxml import etree
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["UNCOUNTED", "read_sheets"]

#: What stands for a formula whose value the file does not hold.
UNCOUNTED: Final = "\ufffc"
#: The end of a formula with no value behind it, whatever prefix the names have.
_WITHOUT_VALUE: Final = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_sheets(data: bytes, source: str, limits: Limits = DEFAULT) -> Document:
    """The sheets of a spreadsheet as tables, each after a paragraph that is its name.

    A formula whose value the program that wrote the file did not save reads as
    :data:`UNCOUNTED`. Hidden sheets, rows and columns are read as the others, and listed; what is
    struck out is left out, and a warning.

    Raises:
        SourceError: if it is no spreadsheet, damaged or too large.
    """
    limits.check("bytes", len(data), source)
    budget = Budget(source, limits)
    if not data.startswith(b"PK"):
        lines = tuple(
            _cell(_Sheet(source, 1, ""), number, column, text)
            for number, row in read_rows(data, source, limits)
            for column, text in enumerate(row, 1)
        )
        return Document(source, (Table(1, lines),), "csv")
    package = Package(data, source, limits)
    refuse_bombs(package, limits)
    noted = Noted()
    if "xl/workbook.xml" in package:
        sheets, format = _xlsx(data, package, budget, noted), "xlsx"
    elif b"opendocument.spreadsheet" in package.read("mimetype"):
        sheets, format = _ods(package, budget, noted), "ods"
    else:
        raise UnknownFormat(
            "a table in CSV, TSV, .xlsx or .ods is expected", source=source, hint=SAVE
        )
    blocks: list[Table | Paragraph] = []
    for number, (name, cells) in enumerate(sheets, 1):
        blocks += [Paragraph(name, Span(source, table=number)), Table(number, cells, merged=True)]
    hidden = tuple(replace(span, source=source) for span in noted.hidden)
    return Document(source, tuple(blocks), format, warnings=tuple(noted.struck), hidden=hidden)


class _Sheet(NamedTuple):
    """Which sheet a cell stands in: the file, its number and its name."""

    source: str
    table: int
    name: str

    def span(self, row: int, column: int) -> Span:
        letters, left = "", column
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        pointer = f"{self.name}!{letters}{row}" if self.name else ""
        return Span(self.source, table=self.table, row=row, column=column, pointer=pointer)


def _cell(sheet: _Sheet, row: int, column: int, text: str, down: int = 1, across: int = 1) -> Cell:
    span = sheet.span(row, column)
    lines = tuple(Paragraph(line.strip(), span) for line in text.splitlines() if line.strip())
    return Cell(row, column, lines, down, across)


def _xlsx(
    data: bytes, package: Package, budget: Budget, noted: Noted
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    import openpyxl

    source, runs = package.source, has_struck_runs(package)
    try:
        with warnings.catch_warnings():  # of validations and the like, which are not read
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=runs)
            # to read it once more, for the formulas, takes as long again
            whole = openpyxl.load_workbook(io.BytesIO(data)) if _has_uncounted(data) else None
        whole_cells = strikes(values)
        sheets = [
            (
                sheet.title,
                tuple(
                    _of_sheet(
                        sheet,
                        whole[sheet.title] if whole else None,
                        _Sheet(source, number, sheet.title),
                        budget,
                        noted if whole_cells or runs else None,
                    )
                ),
            )
            for number, sheet in enumerate(values.worksheets, 1)
        ]
        for number, sheet in enumerate(values.worksheets, 1):
            noted.hidden += hidden_in_xlsx(sheet, number)
    except TooLarge:
        raise
    except BROKEN as error:
        raise Undecodable(
            "a damaged workbook ({reason})",
            reason=parser_reason(str(error)),
            source=source,
            hint=SAVE,
        ) from error
    yield from sheets


def _has_uncounted(data: bytes) -> bool:
    """Whether a formula in a workbook may have no value: a cell ends behind it, or behind nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _WITHOUT_VALUE.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
        )


def _of_sheet(
    sheet: Worksheet,
    formulas: Worksheet | None,
    place: _Sheet,
    budget: Budget,
    noted: Noted | None,
) -> Iterator[Cell]:
    """The cells of a sheet; ``noted`` is told what is struck out, and None where nothing is."""
    spans = {
        (area.min_row, area.min_col): (area.size["rows"], area.size["columns"])
        for area in sheet.merged_cells.ranges
    }
    for row in sheet.iter_rows():
        budget.spend(len(row))
        for cell in row:
            where = (cell.row, cell.column)
            text = _shown(kept(cell, noted, place.span(*where)) if noted else cell.value)
            if not text and formulas and formulas.cell(*where).data_type == "f":
                text = UNCOUNTED
            if text or where in spans:
                yield _cell(place, *where, text, *spans.get(where, (1, 1)))


def _shown(value: object) -> str:
    """A value as the sheet shows it: whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _ods(package: Package, budget: Budget, noted: Noted) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    content = package.xml("content.xml")
    if content is None:
        raise Undecodable(
            "an OpenDocument file without a table in it", source=package.source, hint=SAVE
        )
    styles = Styles(content, package.xml("styles.xml"))
    for number, sheet in enumerate(content.iter(f"{_TABLE}table"), 1):
        name = sheet.get(f"{_TABLE}name", "")
        noted.hidden += hidden_in_ods(sheet, styles, number)
        place = _Sheet(package.source, number, name)
        yield name, tuple(_of_ods(sheet, place, budget, styles, noted))


def _of_ods(
    sheet: etree._Element, place: _Sheet, budget: Budget, styles: Styles, noted: Noted
) -> Iterator[Cell]:
    row = 1
    for element in sheet.iter(f"{_TABLE}table-row"):
        times = count(element.get(f"{_TABLE}number-rows-repeated"))
        cells: list[tuple[int, str, int, int]] = []
        for column, text, struck, down, across in _of_row(element, budget, styles):
            noted.strike(struck, place.span(row, column))
            cells.append((column, text, down, across))
        # what is repeated to the end of the sheet is blank
        for again in range(times if cells else 0):
            budget.spend(len(cells))
            yield from (_cell(place, row + again, *cell) for cell in cells)
        row += times


def _of_row(
    element: etree._Element, budget: Budget, styles: Styles
) -> Iterator[tuple[int, str, str, int, int]]:
    """Each cell of a row: its column, text, what is struck out, and how many rows and columns it covers."""
    column = 1
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = count(cell.get(f"{_TABLE}number-columns-repeated"))
        lines = list(_paragraphs(cell, styles))
        text = "\n".join(kept for kept, _ in lines)
        struck = " ".join(out for _, out in lines)
        if not text and cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            text = UNCOUNTED
        down = count(cell.get(f"{_TABLE}number-rows-spanned"))
        across = count(cell.get(f"{_TABLE}number-columns-spanned"))
        if (text or struck or (down, across) != (1, 1)) and not cell.tag.endswith(
            "covered-table-cell"
        ):
            budget.spend(times)
            for again in range(times):
                yield column + again, text, struck, down, across
        column += times


def _paragraphs(cell: etree._Element, styles: Styles) -> Iterator[tuple[str, str]]:
    """The text of each paragraph of a cell that stays, and what is struck out."""
    struck = styles.strikes(cell.get(f"{_TABLE}style-name"), False)
    for paragraph in cell.iterchildren(f"{_TEXT}p"):
        for gap in paragraph.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            blanks = " " * min(count(gap.get(f"{_TEXT}c")), 100)
            mark = "\n" if gap.tag.endswith("line-break") else blanks
            gap.text = mark
        yield paragraph_in_ods(paragraph, styles, struck)
