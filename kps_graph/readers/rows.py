"""Tables that people keep beside their documents, in text or in a workbook, as rows of texts."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kps_graph.errors import SourceError, TooLarge, Undecodable, UnknownFormat
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.package import Package
from kps_graph.readers.text import decode
from kps_graph.words import Sentence, parser_reason

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["BROKEN", "SAVE", "Row", "read_rows", "refuse_bombs"]

#: A row of a table: its number, from 1, and its cells.
Row = tuple[int, tuple[str, ...]]

SAVE: Final = Sentence("save the table as .xlsx, or as CSV in UTF-8")
#: So many lines show what stands between cells: titles may stand above the heading.
_FIRST: Final = 6
#: Tables of other programs, by how they begin.
_FOREIGN: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf")
#: The beginning of a cell in a sheet of a workbook, with any prefix.
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
#: What openpyxl raises on damaged workbooks.
BROKEN: Final = (
    zipfile.BadZipFile,
    LookupError,  # an encoding that nobody knows is one as well
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    OSError,
    EOFError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    RecursionError,
)


def read_rows(data: bytes, source: str, limits: Limits = DEFAULT) -> Iterator[Row]:
    """The rows of a table that are not blank: of CSV or TSV text, or of all sheets of an .xlsx.

    Args:
        data: the file; text in UTF-8, Big5, or Unicode with a byte order mark.
        source: its name, for messages.
        limits: how much is accepted.

    Raises:
        SourceError: if it is no such table, too large, or needs a package that is missing.
    """
    limits.check("bytes", len(data), source)
    if data.startswith(b"PK"):
        yield from _sheets(data, source, limits)
        return
    try:
        text = decode(data, source).text if not data.startswith(_FOREIGN) else None
    except UnknownFormat:
        text = None
    if text is None:
        raise UnknownFormat("a table in CSV, TSV or .xlsx is expected", source=source, hint=SAVE)
    limits.check("lines", text.count("\n"), source)
    yield from _lines(text, source, Budget(source, limits))


def _lines(text: str, source: str, budget: Budget) -> Iterator[Row]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 1
    try:
        for row in rows:
            budget.spend(len(row))
            if any(cell.strip() for cell in row):
                yield number, tuple(row)
            number = rows.line_num + 1
    except csv.Error as error:
        raise SourceError(
            "the file cannot be read: {reason}",
            reason=parser_reason(str(error)),
            source=source,
            line=rows.line_num,
        ) from error


def _delimiter(text: str) -> str:
    """What stands between the cells: in most of the first lines; of several a tab, then a comma."""
    lines = text.split("\n", _FIRST)[:_FIRST]
    found = {mark: sum(mark in line for line in lines) for mark in "\t,;"}
    if "\t" in lines[0] or found["\t"] > 1:
        return "\t"
    return ";" if found[";"] > found[","] else ","


def _sheets(data: bytes, source: str, limits: Limits) -> Iterator[Row]:
    package = Package(data, source, limits)
    if "xl/workbook.xml" not in package:
        raise UnknownFormat("a table in CSV, TSV or .xlsx is expected", source=source, hint=SAVE)
    refuse_bombs(package, limits)
    import openpyxl

    try:
        with warnings.catch_warnings():  # of validations and the like, which are not read
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = list(_cells(book, Budget(source, limits)))
    except TooLarge:
        raise
    except BROKEN as error:
        raise Undecodable(
            "a damaged workbook ({reason})",
            reason=parser_reason(str(error)),
            source=source,
            hint=SAVE,
        ) from error
    yield from found


def refuse_bombs(package: Package, limits: Limits) -> None:
    """Unpacks every member of a workbook first, since openpyxl knows no limits.

    Raises:
        TooLarge: if a member or the number of its cells exceeds the limits.
        Undecodable: if one is damaged, or declares entities.
    """
    cells = 0
    for member in package:
        data = package.read(member)
        if b"<!ENTITY" in data:
            raise Undecodable(
                "{member} declares XML entities, which no office program does",
                member=member,
                source=package.source,
                hint=SAVE,
            )
        if member.startswith("xl/worksheets/"):
            cells += sum(1 for _ in _CELL.finditer(data))
            limits.check("cells", cells, package.source)


def _cells(book: Workbook, budget: Budget) -> Iterator[Row]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file claims of its size may be wrong
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            budget.spend(len(row))
            cells = tuple("" if value is None else str(value) for value in row)
            if any(cell.strip() for cell in cells):
                yield number, cells
