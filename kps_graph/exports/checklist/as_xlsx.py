"""The checklist as a workbook: a row for each condition, and what the document says on a second sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

import xlsxwriter

from kps_graph.exports.checklist.shown import Condition, Group, Review, counted, groups, words
from kps_graph.printable import printable
from kps_graph.rules.opinions import COLUMNS, VERDICTS
from kps_graph.words import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write"]

#: The columns of the first sheet, and their widths in characters.
_COLUMNS: Final = {
    "aspect": 11,
    "col-condition": 10,
    "text": 30,
    "result": 12,
    "found": 42,
    "col-verdict": 11,
    "col-note": 28,
    "col-reviewer": 11,
    "col-date": 12,
    "col-check": 9,
}
_DOCUMENT: Final = {"kind": 14, "content": 80, "place": 18, "col-condition": 11}
#: As many findings stand in a cell, whose row could not be higher.
_SHOWN: Final = 6
_MOST: Final = 32767
#: A line of text, and the highest row that there can be, in points.
_LINE: Final = 15.5
_HIGHEST: Final = 409.0
_TINTS: Final = {"met": "#E3F2E8", "not_met": "#FBE3E6", "ask": "#FFF6DC"}


def write(review: Review, lang: Language) -> bytes:
    """The form."""
    own, found = words(lang), groups(review, lang)
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
    # equal forms are equal files
    title, created = f"{own['form']} {review.title}", datetime(1980, 1, 1)
    book.set_properties({"title": title, "author": "kps-graph", "created": created})
    styles = _styles(book)
    sheet = book.add_worksheet(own["form"][:31])
    verdicts = [lang.pick(pair) for pair in VERDICTS]
    _form(sheet, review, found, own, styles, counted(review, lang), verdicts)
    _document(book.add_worksheet(own["doc"]), found, own, styles)
    book.close()
    return out.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#A0A8B0"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({**plain, "bold": True, "bg_color": "#DFE9F4"}),
        "plain": book.add_format(plain),
        "filled": book.add_format({**plain, "num_format": "@", "locked": False}),
        "check": book.add_format({**plain, "font_size": 6, "font_color": "#666666"}),
        "changed": book.add_format({**plain, "bold": True, "bg_color": "#F6CDD3"}),
        "small": book.add_format({"font_color": "#444444"}),
        **{kind: book.add_format({**plain, "bg_color": tint}) for kind, tint in _TINTS.items()},
    }


def _form(
    sheet: Worksheet,
    review: Review,
    found: Sequence[Group],
    own: Mapping[str, str],
    styles: Mapping[str, Format],
    summary: str,
    verdicts: Sequence[str],
) -> None:
    """The first sheet: what it is about, and a row for each condition."""
    sheet.write_string(0, 0, own["form"], styles["title"])
    for column, key in ((2, "code"), (4, "name")):
        sheet.write_string(1, column, own[f"id-{key}"], styles["head"])
        _text(sheet, 2, column, getattr(review, key), styles["plain"])
    sheet.write_string(3, 0, printable(f"{review.file}　{summary}"), styles["small"])
    sheet.write_string(4, 0, own["keep"], styles["small"])
    for column, (key, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(5, column, own[key], styles["head"])
    sheet.set_row(5, _height([own[key] for key in _COLUMNS], _COLUMNS.values(), 1))
    row = 5
    for group in found:
        for condition in group.conditions:
            row += 1
            cells = _cells(group, condition, own)
            for column, (text, style) in enumerate(cells):
                _text(sheet, row, column, text, styles[style])
            sheet.set_row(row, _height([text for text, _ in cells], _COLUMNS.values(), 3))
    at = list(_COLUMNS).index("col-verdict")
    sheet.data_validation(
        6,
        at,
        row,
        at,
        {"validate": "list", "source": verdicts, "error_type": "warning"},
    )
    _paper(sheet, 6)
    sheet.repeat_rows(5)
    sheet.set_footer("&C&P / &N")


def _cells(group: Group, condition: Condition, own: Mapping[str, str]) -> list[tuple[str, str]]:
    """The texts of a row, each with its style."""
    findings = [
        f"• {text}（{place}）" if place else f"• {text}" for _, text, place in condition.findings
    ]
    if len(findings) > _SHOWN:
        rest = f"… {own['more']} {len(findings) - _SHOWN} → {own['doc']}"
        findings = [*findings[:_SHOWN], rest]
    below = f"→ {own['doc']}" if condition.parts else ""
    evidence = "\n".join([*findings, *filter(None, [condition.missing, below])])
    opinion = condition.opinion
    result = condition.result
    if condition.changed:
        result = f"{result}\n{own['changed-short']}"
        evidence = f"{own['changed']}\n{evidence}".strip()
    return [
        (group.title, "plain"),
        (condition.number, "plain"),
        (condition.text, "plain"),
        (result, "changed" if condition.changed else condition.kind),
        (evidence, "plain"),
        *((getattr(opinion, key), "filled") for key in list(COLUMNS)[1:5]),
        (condition.check, "check"),
    ]


def _document(
    sheet: Worksheet,
    found: Sequence[Group],
    own: Mapping[str, str],
    styles: Mapping[str, Format],
) -> None:
    """The second sheet: every finding and every excerpt with its place, to be filtered."""
    for column, (key, width) in enumerate(_DOCUMENT.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, own[key], styles["head"])
    sheet.set_row(0, _height([own[key] for key in _DOCUMENT], _DOCUMENT.values(), 1))
    row = 0
    for condition in (c for group in found for c in group.conditions):
        lines = [(own["found"], text, place) for _, text, place in condition.findings]
        for part in condition.parts:
            if part.see:
                lines.append((part.title, f"→ {part.see}", ""))
            lines += [(part.title, "　" * depth + text, at) for text, at, depth in part.lines]
        for line in lines:
            row += 1
            for column, text in enumerate((*line, condition.number)):
                _text(sheet, row, column, text, styles["plain"])
            sheet.set_row(row, _height(line, _DOCUMENT.values(), 1))
    sheet.autofilter(0, 0, max(1, row), len(_DOCUMENT) - 1)
    _paper(sheet, 1)
    sheet.repeat_rows(0)


def _height(texts: Iterable[str], widths: Iterable[int], least: int) -> float:
    """The height of a row in points, since not every program finds it by itself."""
    lines = (
        sum(ceil((_width(line) + 1) / width) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )
    return min(_HIGHEST, _LINE * max(least, *lines) + 4)


def _width(text: str) -> int:
    """How many columns of a terminal a text takes, which is about what it takes in a cell."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def _paper(sheet: Worksheet, head: int) -> None:
    """A4 across, as wide as a page; the heads stay in view."""
    sheet.freeze_panes(head, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Writes a text, which is never a formula; a cell can hold no more than so much of it."""
    if text:
        sheet.write_string(row, column, printable(text)[:_MOST], style)
    else:
        sheet.write_blank(row, column, None, style)
