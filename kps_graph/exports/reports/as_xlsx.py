"""A workbook: the findings, their counts by rule, and the files, each on a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import xlsxwriter

from kps_graph.exports.reports.checked import COLUMNS, Checked, printable
from kps_graph.exports.reports.words import words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

__all__ = ["write"]

#: As many characters as a cell can hold.
_MOST: Final = 32767
_WIDTHS: Final = {"message": 60, "value": 40, "title": 40, "basis": 28, "example": 50,
                  "file": 28, "standard": 18, "name": 24}
#: The tint of a row by severity, beside the word.
_TINTS: Final = {"violation": "#FBE3E6", "warning": "#FFF3D6", "info": "#E6EFFB",
                 "error": "#F6CDD3"}

_OUTCOMES: Final = {"loaded": "checked", "failed": "unreadable", "duplicate": "duplicate"}

_Row = Sequence["str | int | None"]


def write(checked: Checked) -> bytes:
    """The workbook; every text is a text, never a formula or a link."""
    own = words(checked.lang)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False})
    book.set_properties({"title": own["report"], "author": "kps-graph"})
    _sheet(book, checked, own["findings"], COLUMNS, checked.rows())
    by_rule: list[_Row] = [[rule, own[str(severity)], count, checked.title(rule),
                            checked.basis(rule)] for severity, rule, count in checked.by_rule()]
    by_rule += [["", "", None, line.strip(), ""] for line in checked.said]
    _sheet(book, checked, own["by-rule"], ("rule", "severity", "count", "title", "basis"), by_rule)
    _sheet(book, checked, own["files"],
           ("file", "outcome", "standard", "name", "violation", "warning", "info", "message"), [
        [s.path, own[_OUTCOMES[s.outcome]], s.code, s.name,
         *counts.values(), checked.reason(s)] for s, counts in checked.per_file()])
    book.close()
    return out.getvalue()


def _sheet(book: Workbook, checked: Checked, title: str, keys: Sequence[str],
           rows: Sequence[_Row]) -> None:
    own = words(checked.lang)
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bg_color": "#DFE9F4", "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    tinted = {own[k]: book.add_format({"text_wrap": True, "valign": "top", "bg_color": colour})
              for k, colour in _TINTS.items()}
    for column, key in enumerate(keys):
        sheet.write_string(0, column, own[key], head)
        sheet.set_column(column, column, _WIDTHS.get(key, 9))
    for number, row in enumerate(rows, 1):
        style = next((tinted[v] for v in row if isinstance(v, str) and v in tinted), plain)
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, style, own["truncated"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(keys) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: str | int | None,
          style: Format, cut: str) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        text = printable(value)
        if len(text) > _MOST:
            text = text[:_MOST - len(cut)] + cut
        sheet.write_string(row, column, text, style)
