"""A workbook of a course with the codes of another version of its standard, the changes marked."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kps_graph.annotations.remarks import AUTHOR
from kps_graph.courses.migrate import Link, Migration
from kps_graph.printable import printable, spreadsheet_text
from kps_graph.standards.versions import Change, Status
from kps_graph.words import Language

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["STATUS", "migrated", "said"]

STATUS: Final[Mapping[str, tuple[str, str]]] = {
    Status.KEPT: ("保留", "kept"),
    Status.MOVED: ("移動", "moved"),
    Status.RENUMBERED: ("改號", "renumbered"),
    Status.REWORDED: ("改寫", "re-worded"),
    Status.CHANGED: ("調整", "changed"),
    Status.GONE: ("刪除", "gone"),
    Status.NEW: ("新增待教", "new, to be taught"),
}
_UNKNOWN: Final = ("原版沒有此代碼", "not in the old version")
_HEADS: Final = (
    ("課程單元", "結果", "原代碼", "新代碼", "原內容", "新內容", "儲存格"),
    ("module", "status", "old code", "new code", "old text", "new text", "cell"),
)
#: A range that is none, of which a course has no link.
_UNREAD: Final = "C03"
_TITLE: Final = ("版本對照", "versions")
_CHANGED: Final = "FFF3D6"


def said(link: Link, lang: Language) -> str:
    """What became of a link, in a word."""
    return lang.pick(STATUS[link.change.status] if link.change else _UNKNOWN)


def migrated(data: bytes, migration: Migration, lang: Language) -> bytes:
    """The workbook in ``data`` with the new codes, changed cells marked, and a sheet that lists all.

    In a cell that is written anew, what is not understood stays as it is written; what is gone is
    taken out of it and told in its comment. The sheet at the end has every link and all that is new.
    """
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(io.BytesIO(data))
    by_cell: dict[str, list[Link]] = defaultdict(list)
    for link in migration.links:
        by_cell[link.span.pointer].append(link)
    unread: dict[str, list[str]] = defaultdict(list)
    for finding in migration.course.findings:
        if finding.rule == _UNREAD:
            unread[finding.span.pointer].append(finding.value)
    for pointer, links in by_cell.items():
        sheet, _, cell = pointer.rpartition("!")
        if sheet not in book.sheetnames or not any(map(_differs, links)):
            continue
        place = book[sheet][cell]
        codes = [link.new_code if link.change else link.written for link in links]
        codes += unread[pointer]
        place.value = "、".join(dict.fromkeys(filter(None, codes))) or None
        place.fill = PatternFill("solid", fgColor=_CHANGED)
        texts = (_told(link, lang) for link in links if _differs(link))
        place.comment = Comment("\n".join(texts)[:8000], AUTHOR, height=200, width=420)
    _basis(book, migration)
    _listed(book, migration, lang)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _differs(link: Link) -> bool:
    return link.change is None or link.change.status is not Status.KEPT


def _told(link: Link, lang: Language) -> str:
    change = link.change
    codes = " → ".join(dict.fromkeys(filter(None, (link.written, link.new_code))))
    lines = [f"{said(link, lang)} {codes}"]
    if change and change.old and change.new and "text" in change.differences:
        lines += [f"- {change.old.text}", f"+ {change.new.text}"]
    elif change and change.old and change.new is None:
        lines.append(f"- {change.old.text}")
    return printable("\n".join(lines))


def _basis(book: Workbook, migration: Migration) -> None:
    """The cell that names the standard names the new one."""
    old, new = migration.version.old.code, migration.version.new.code
    stated = migration.course.facts.get("standard")
    if not (old and new and stated):
        return
    sheet, _, cell = stated.span.pointer.rpartition("!")
    if sheet in book.sheetnames and isinstance(text := book[sheet][cell].value, str):
        name = migration.version.new.name
        renamed = text.replace(old, new).replace(migration.version.old.name, name)
        book[sheet][cell].value = renamed


def _listed(book: Workbook, migration: Migration, lang: Language) -> None:
    from openpyxl.styles import Alignment, Font

    title = lang.pick(_TITLE)
    if title in book.sheetnames:
        del book[title]
    sheet = book.create_sheet(title)
    rows: Iterable[Sequence[str]] = (
        *(_row(link, lang) for link in migration.links),
        *(_new(change, lang) for change in migration.added),
    )
    sheet.append(list(lang.pick(_HEADS)))
    for row in rows:
        sheet.append([spreadsheet_text(value) for value in row])
    for column, width in zip("ABCDEFG", (24, 14, 10, 10, 50, 50, 18), strict=True):
        sheet.column_dimensions[column].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _row(link: Link, lang: Language) -> Sequence[str]:
    change = link.change
    old = change.old.text if change and change.old else ""
    new = change.new.text if change and change.new else ""
    status = said(link, lang)
    return (link.module, status, link.written, link.new_code, old, new, link.span.pointer)


def _new(change: Change, lang: Language) -> Sequence[str]:
    return ("", lang.pick(STATUS[Status.NEW]), "", change.part.code, "", change.part.text, "")
