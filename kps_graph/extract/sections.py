"""Sorts the rows and paragraphs of a Document into the sections of a standard.

The sections are told apart by their official labels, row by row, since some documents give each
section a table of its own and others put everything into one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kps_graph.document import Cell, Document, Paragraph, Table
from kps_graph.extract.findings import Notes
from kps_graph.extract.text import compact, label, solid

__all__ = ["BodyRow", "Sections", "sections"]

_UNIT: Final = re.compile(
    r"^(工作任務|工作活動|工作職責|主要職責|工作項目|工作步驟|主要任務|工作細項)"
)
_HEAD_LABELS: Final = (
    "職能基準代碼",
    "職能基準名稱",
    "所屬類別",
    "職類別",
    "職業別",
    "行業別",
    "工作描述",
    "基準級別",
    "職類別代碼",
    "職業別代碼",
    "行業別代碼",
)
#: What the header of a standard begins with.
_FIRST: Final = ("職能基準代碼", "職能基準名稱", "職能基準名稱(擇一填寫)")
#: How a line of the header begins that is no row of a table.
_HEAD_FIELDS: Final = tuple(f"{x}:" for x in _HEAD_LABELS)
_ATTITUDE: Final = re.compile(r"^(職能內涵)?[(]?(a[=:]?)?\s*(attitude)?態度[)]?$|^職能內涵\(a")
_ATTITUDE_CODE: Final = re.compile(r"[AＡ]\s?\d{1,2}(?![\d.])")
_NOTES: Final = re.compile(r"^(說明與補充事項|說明及補充事項|補充說明|說明與補充)[:：]?$")
_FOOTER: Final = re.compile(r"^第\d+頁[,，、/]?(總?共\d+頁)?$")

#: A column that only counts the rows.
_COUNT: Final = re.compile(r"^(項次|序號|編號|no\.?)$")
#: The columns of a body table in their usual order, the units aside.
ROLES: Final = ("O", "P", "L", "K", "S")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A grid row of a body table.

    Attributes:
        cells: the cell that covers each role's column in this row (``U0``, ``U1``, ... for the
            units, then O P L K S); a role is missing where the row has no such cell.
        number: its 1-based row in the table.
        table: its table's number in the document.
        first: whether it is the first body row of its table, so that it may go on with the last
            row of the table before.
        merged: whether the table states which cells are merged.
    """

    cells: Mapping[str, Cell]
    number: int
    table: int
    first: bool
    merged: bool

    def starts(self, role: str) -> Cell | None:
        """The cell of ``role`` if it begins in this row."""
        cell = self.cells.get(role)
        return cell if cell is not None and cell.row == self.number else None


@dataclass(slots=True)
class Sections:
    """The rows and paragraphs of a document by section."""

    versions: list[tuple[dict[str, int], list[Cell]]] = field(default_factory=list)
    header: list[list[Cell]] = field(default_factory=list)
    body: list[BodyRow] = field(default_factory=list)
    attitudes: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    titles: list[Paragraph] = field(default_factory=list)
    preface: list[Paragraph] = field(default_factory=list)
    layout: tuple[str, ...] = ()


def _nonblank(row: list[Cell]) -> list[Cell]:
    return [c for c in row if c.text.strip()]


def _said(row: list[Cell]) -> str:
    """The text of a row without white space."""
    return compact("".join(cell.text for cell in row))


def _role(text: str) -> str | None:
    """The role that a header cell gives its column: U, O, P, L, K, S, KS or A; None if none."""
    name = label(text)
    if _UNIT.match(name) and len(name) <= 12:
        return "U"
    if name.startswith(("工作產出", "產出")):
        return "O"
    if name.startswith("行為指標"):
        return "P"
    if re.match(r"^(職能)?級別$", name):
        return "L"
    if re.match(r"^職能內涵\(?a|^\(?a=?attitude", name):
        return "A"
    if re.match(r"^(職能內涵)?\(?(k=?|知識)", name) and ("知識" in name or "knowledge" in name):
        return "K"
    if re.match(r"^(職能內涵)?\(?(s=?|技能)", name) and ("技能" in name or "skill" in name):
        return "S"
    if re.match(r"^職能內涵(\(?k[,、/]?s\)?)?$", name):
        return "KS"
    return None


def _version_columns(row: list[Cell]) -> dict[str, int] | None:
    """The columns of a version table's header row, or None if the row is none."""
    names = {label(c.text): c.column for c in row}
    if "版本" not in names or not any(n in names for n in ("狀態", "更新說明", "職能基準代碼")):
        return None
    return names


def _columns(rows: list[list[Cell]]) -> tuple[dict[str, int], list[str]] | None:
    """The column of each role from one or two header rows, and the headings of the unit columns.

    A blank heading is filled in from the usual order of the columns.
    """
    cells = [c for row in rows for c in row]
    known: dict[int, str] = {}
    headings: dict[int, str] = {}
    for cell in cells:
        role = _role(cell.text)
        if role is None:
            continue
        if role == "KS":
            if cell.colspan > 1:
                known.setdefault(cell.column, "K")
                known.setdefault(cell.column + cell.colspan - 1, "S")
            continue
        known[cell.column] = role
        if role == "U":
            headings[cell.column] = compact(cell.text)
    if len(set(known.values()) & {"U", "O", "P", "L", "K", "S"}) < 3:
        return None
    width = max(c.column + c.colspan - 1 for c in cells)
    known |= {c.column: "#" for c in cells if c.column not in known and _COUNT.match(label(c.text))}
    roles = [known.get(c, "") for c in range(1, width + 1)]
    _fill(roles)
    columns: dict[str, int] = {}
    units = 0
    for column, role in enumerate(roles, 1):
        if role == "U":
            columns[f"U{units}"] = column
            units += 1
        elif role and role not in columns:
            columns[role] = column
    return columns, [headings.get(columns[f"U{i}"], "") for i in range(units)]


def _fill(roles: list[str]) -> None:
    """Gives runs of unlabelled columns the roles that their labelled neighbours leave open."""
    order = ["U", *ROLES]
    i = 0
    while i < len(roles):
        end = i
        while end < len(roles) and not roles[end]:
            end += 1
        if end > i:
            before = next((r for r in reversed(roles[:i]) if r in order), None)
            after = next((r for r in roles[end:] if r in order), None)
            low = order.index(before) if before else 0
            high = order.index(after) if after else len(order)
            fitting = [r for r in ROLES if r not in roles and low < order.index(r) < high]
            units = ["U"] * max(0, end - i - len(fitting)) if before in (None, "U") else []
            for column, role in zip(range(i, end), [*units, *fitting], strict=False):
                roles[column] = role
        i = max(end, i + 1)


def sections(document: Document, notes: Notes) -> Sections:
    """The sections of ``document``; what belongs to none is noted and kept as a title."""
    result = Sections()
    state = _State(result, notes)
    for block in document.blocks:
        if isinstance(block, Table):
            state.table(block)
        else:
            state.paragraph(block)
    return result


@dataclass(slots=True)
class _State:
    """Where in a standard the reading stands.

    ``before`` is the section that the last heading of a body table stands in the middle of.
    """

    result: Sections
    notes: Notes
    mode: str = ""
    before: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def table(self, table: Table) -> None:
        """Sorts the rows of ``table``."""
        rows = list(table.rows())
        covering = _Grid(table)
        first = True
        skip = 0
        for number, row in enumerate(rows, 1):
            for cell in row:
                self.notes.read += solid(cell.text)
            if skip:
                skip -= 1
                continue
            filled = _nonblank(row)
            if not filled and self.mode != "body":
                continue
            if self.result.body and filled and _said(row) in map(_said, self.result.header):
                self.notes.placed += len(_said(row))  # the header, repeated on another page
                continue
            if self.mode == "another" or self._another(filled):
                self.notes.unplaced += len(_said(row))
                continue
            if consumed := self._heading(rows[number - 1 : number + 1], filled):
                for cell in [c for r in rows[number - 1 : number - 1 + consumed] for c in r]:
                    self.notes.placed += solid(cell.text)
                skip = consumed - 1
                first = True  # headings are repeated where a page begins
                continue
            if self._labelled(filled):
                continue
            if self.mode == "version":
                self.result.versions.append((self.versions, row))
            elif self.mode in ("header", ""):
                self.result.header.append(row)
            elif self.mode == "body":
                cells = {
                    r: c
                    for r, col in self.columns.items()
                    if r != "#" and (c := covering.at(number, col))
                }
                if (
                    len(cells) > 2
                    and len({id(c) for c in cells.values()}) == 1
                    and self._across(filled)
                ):
                    continue
                self._stray(row, set(map(id, cells.values())))
                self.result.body.append(BodyRow(cells, number, table.index, first, table.merged))
                first = False
            else:
                self._tail(filled)

    def _another(self, filled: list[Cell]) -> bool:
        """Sees the header of a second standard, with which the reading of this one ends."""
        if (
            not self.result.body
            or not filled
            or label(filled[0].text) not in _FIRST
            or (len(filled) > 2)
            or any(label(c.text).startswith("職能基準") for c in filled[1:])
        ):
            return False
        self.mode = "another"
        self.notes.add("E29", filled[0].paragraphs[0].span, value=filled[-1].text.strip())
        return True

    def _across(self, filled: list[Cell]) -> bool:
        """Takes a cell over all columns as what it goes on with, below the repeated headings."""
        if not filled:
            return True
        if not self.before and not _ATTITUDE_CODE.match(filled[0].text.strip()):
            return False
        self.mode = self.before or "attitudes"
        self._tail(filled)
        return True

    def _tail(self, cells: list[Cell]) -> None:
        """Adds the text of ``cells`` to the section that follows the body."""
        into = self.result.attitudes if self.mode == "attitudes" else self.result.notes
        into.extend(p for c in cells for p in c.paragraphs)

    def _heading(self, rows: list[list[Cell]], filled: list[Cell]) -> int:
        """Takes the row as the heading of a table if it is one: how many rows it consists of."""
        if (versions := _version_columns(filled)) is not None:
            self.mode, self.versions = "version", versions
            return 1
        two = (
            len(rows) > 1
            and all(_role(c.text) for c in _nonblank(rows[1]))
            and any(c.rowspan > 1 or _role(c.text) == "KS" for c in filled)
            and bool(_nonblank(rows[1]))
        )
        found = _columns(rows[:2] if two else rows[:1])
        if found is None:
            return 0
        self.before = self.mode if self.mode in ("attitudes", "notes") else ""
        self.mode = "body"
        self.columns, headings = found
        if not self.result.layout:
            self.result.layout = tuple(headings)
        return 2 if two else 1

    def _labelled(self, filled: list[Cell]) -> bool:
        """Sees a change of section in the row's first cell; True if the row is used up by it."""
        if not filled:
            return False
        name = label(filled[0].text)
        if _ATTITUDE.match(name):
            self.mode = "attitudes"
        elif _NOTES.match(name):
            self.mode = "notes"
        elif any(name.startswith(x) for x in _HEAD_LABELS) and self.mode in ("", "version"):
            self.mode = "header"
            return False
        else:
            return self._inline_label(filled)
        self.notes.placed += solid(filled[0].text)
        self._tail(filled[1:])
        return True

    def _inline_label(self, filled: list[Cell]) -> bool:
        """A cell that spans the table and begins with a section's label, its content below it."""
        if len(filled) != 1 or len(filled[0].paragraphs) < 2:
            return False
        head, *rest = filled[0].paragraphs
        for pattern, mode in ((_ATTITUDE, "attitudes"), (_NOTES, "notes")):
            if pattern.match(label(head.text)):
                self.mode = mode
                self.notes.placed += solid(head.text)
                (self.result.attitudes if mode == "attitudes" else self.result.notes).extend(rest)
                return True
        return False

    def _stray(self, row: list[Cell], known: set[int]) -> None:
        """Keeps the text of cells that stand in no column of the body."""
        for cell in row:
            if id(cell) in known or not cell.text.strip():
                continue
            if cell.column == self.columns.get("#") and cell.text.strip().isdigit():
                self.notes.placed += solid(cell.text)
            else:
                self.notes.unplaced += solid(cell.text)
                span = cell.paragraphs[0].span
                self.notes.add("E01", span, value=cell.text.strip())

    def paragraph(self, paragraph: Paragraph) -> None:
        """Sorts a paragraph outside tables."""
        name = label(paragraph.text)
        size = solid(paragraph.text)
        self.notes.read += size
        if self.mode == "another":
            self.notes.unplaced += size
        elif _ATTITUDE.match(name):
            self.mode = "attitudes"
            self.notes.placed += size
        elif _NOTES.match(name):
            self.mode = "notes"
            self.notes.placed += size
            # a repeated heading marks a page break inside the notes
            self.result.notes.append(Paragraph("", paragraph.span, heading=1))
        elif _FOOTER.match(name):
            self.notes.placed += size
        elif self.mode in ("", "version", "header") and name.startswith(_HEAD_FIELDS):
            self.result.preface.append(paragraph)
        elif self.mode == "attitudes" and not paragraph.heading:
            self.result.attitudes.append(paragraph)
        elif self.mode == "notes" and not paragraph.heading:
            self.result.notes.append(paragraph)
        elif paragraph.heading or not self.mode:
            self.result.titles.append(paragraph)
        else:
            self.result.preface.append(paragraph)


class _Grid:
    """Which cell of a table covers a place."""

    __slots__ = ("_cells",)

    def __init__(self, table: Table) -> None:
        self._cells: dict[tuple[int, int], Cell] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    self._cells.setdefault((row, column), cell)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers ``row``, ``column``."""
        return self._cells.get((row, column))
