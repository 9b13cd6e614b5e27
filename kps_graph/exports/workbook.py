"""A workbook of plain sheets: headings that stay, filters, texts that wrap."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from kps_graph.printable import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Row", "Sheet", "add_sheet", "workbook"]

#: As many characters as a cell can hold.
_MOST: Final = 32767

Row: TypeAlias = Sequence["str | int | None"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook.

    Attributes:
        title: what it is called.
        heads: its headings.
        widths: of its columns, in characters.
        rows: its rows.
        tints: the colour of a row by one of its values.
    """

    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Row]
    tints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def workbook(title: str, sheets: Sequence[Sheet], cut: str = "…") -> bytes:
    """The workbook; every text is a text, never a formula or a link.

    A text that is too long for a cell ends with ``cut``.
    """
    import xlsxwriter  # slow to import, and seldom needed where there is a choice of formats

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "author": "kps-graph"})
    for sheet in sheets:
        add_sheet(book, sheet, cut)
    book.close()
    return out.getvalue()


def add_sheet(book: Workbook, made: Sheet, cut: str = "…") -> None:
    """Writes ``made`` as one more sheet of ``book``."""
    sheet = book.add_worksheet(made.title)
    head = book.add_format({"bold": True, "bg_color": "#DFE9F4", "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    tinted = {
        value: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour})
        for value, colour in made.tints.items()
    }
    for column, (name, width) in enumerate(zip(made.heads, made.widths, strict=True)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, width)
    for number, row in enumerate(made.rows, 1):
        style = next((tinted[v] for v in row if isinstance(v, str) and v in tinted), plain)
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, style, cut)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(made.rows)), len(made.heads) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | int | None,
    style: Format,
    cut: str,
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        text = printable(value)
        if len(text) > _MOST:
            text = text[: _MOST - len(cut)] + cut
        sheet.write_string(row, column, text, style)
