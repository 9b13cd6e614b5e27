"""The rows of a body table: for every role the cell that covers its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kps_graph.document import Cell, Paragraph, Table
from kps_graph.extract.columns import Columns
from kps_graph.extract.text import INVISIBLE, MARKS, compact

__all__ = ["BodyPlace", "BodyRow", "Grid", "is_remark", "joined_code", "role_cells"]

#: What a border that runs through codes leaves of them, or all of one; and one that is cut for certain.
_HALF: Final = re.compile(r"[TOPKSA]?(?:\d{1,2}[.．]?){0,4}")
_BEGUN: Final = re.compile(r"[TOPKSA](?:0|(?:\d{1,2}[.．]){1,3})?")
_NUMBERS: Final = re.compile(r"\d{1,2}(?:[.．]\d{1,2})*")
_REST: Final = re.compile(rf"{_NUMBERS.pattern}(?=[\s：:、])")
_BETWEEN: Final = re.compile(r"[\s、，,;；]+")
#: A list's number before a code, and characters without width within one.
_NUMBERED_CODE: Final = re.compile(
    r"(?:^|(?<=[\s。；;]))(?:[(（]?[0-9０-９]{1,2}[)）.．、]|[①-⑳])\s*(?=[TOPKSA]\s?[.．]?\s?\d)"
)
_WITHIN_CODE: Final = re.compile(
    rf"(?:(?<=[TOPKSA])|(?<=[TOPKSA0-9.]))(?:{INVISIBLE.pattern})+(?=[0-9.])"
)
#: Where a cell of K and S goes over from one kind to the other.
_OTHER_KIND: Final = re.compile(r"(?:^|(?<=[\s、，,;；]))(?=[KSＫＳ]\s?[0-9０-９]{1,2})")
#: What people write below the last row of a table, in its first column.
_REMARK: Final = re.compile(
    r"[※＊*]?\s*[（(]?(?:附?註|備註|備考|附記|資料來源)\s*[0-9０-９一二三四五]{0,2}\s*[）)]?\s*[：:]"
)
#: What a row of sums begins with, and what no other cell of it has.
_SUM: Final = re.compile(
    r"\s*(?:(?:總|合|小|共)計|(?:sub|grand )?total)\s*[：:]?\s*", re.IGNORECASE
)
_CODED: Final = re.compile(r"[TOPKSA]\s?[.．]?\s?\d")
#: The code that a paragraph begins with.
_KIND: Final = re.compile(rf"{MARKS.pattern}(?P<kind>[TOPKSA])\s?(?P<numbers>\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A grid row of a body table.

    Attributes:
        cells: the cell that covers each role's column in this row (``U0``, ``U1``, ... for the
            units, then O P L K S A); a role is missing where the row has no such cell.
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


def is_remark(filled: Sequence[Cell]) -> bool:
    """Whether nothing but a remark on the table, or sums, stands in the cells of a row that are not blank."""
    if not filled:
        return False
    first, *others = filled
    if _SUM.fullmatch(first.text):
        return not any(_CODED.search(cell.text) for cell in others)
    return not others and first.column == 1 and _REMARK.match(first.text) is not None


class Grid:
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


class BodyPlace(NamedTuple):
    """Where a row stands: its table, its number, and whether it is the first below headings."""

    grid: Grid
    number: int
    table: Table
    first: bool


def role_cells(columns: Columns, grid: Grid, number: int) -> tuple[dict[str, Cell], list[Cell]]:
    """The cells of row ``number`` by role, and those that were read to make them.

    The code in a column of its own is put before its text; a cell of both K and S is parted, and
    one that covers several columns, since a border is gone, among these.
    """
    cells: dict[str, Cell] = {}
    read: list[Cell] = []
    for role, column in columns.roles.items():
        cell = grid.at(number, column)
        code = grid.at(number, columns.codes[role]) if role in columns.codes else None
        read.extend(c for c in (cell, code) if c is not None)
        if code is not None and code is not cell and code.row == number and code.paragraphs:
            cell = joined_code(code, cell, number, column)
        others = {c for r, c in columns.roles.items() if r != role}
        for further in columns.more.get(role, ()):
            beside = grid.at(number, further)
            if beside is None or others & {*range(further, beside.column + beside.colspan)}:
                continue
            if beside is not cell and beside.row == number:
                read.append(beside)
                cell = _side_by_side(cell, beside, number, column)
        if cell is None:
            continue
        if cell.row == number:
            cell = _plain(cell)
        if role == "KS":
            cells["K"], cells["S"] = _parted(cell)
        else:
            cells[role] = cell
    wide: dict[tuple[int, int], list[str]] = {}
    for role, cell in cells.items():
        if cell.colspan > 1 and role in columns.roles:
            wide.setdefault((cell.row, cell.column), []).append(role)
    for roles in wide.values():
        if len(roles) > 1:
            cells |= _shared_out(cells[roles[0]], roles)
    return cells, read


def _shared_out(cell: Cell, roles: Sequence[str]) -> dict[str, Cell]:
    """The parts of a cell that covers several columns: each paragraph where its code belongs.

    One without a code goes with the one before, the first with the first column.
    """
    parts: dict[str, list[Paragraph]] = {role: [] for role in roles}
    role = roles[0]
    for paragraph in cell.paragraphs:
        code = _KIND.match(paragraph.text)
        if code is not None:
            depth = code["numbers"].count(".")
            kind = f"U{depth}" if code["kind"] == "T" else code["kind"]
            role = kind if kind in parts else role
        elif "L" in parts and compact(paragraph.text).isdigit():
            parts["L"].append(paragraph)
            continue
        parts[role].append(paragraph)
    return {role: replace(cell, paragraphs=tuple(found)) for role, found in parts.items()}


def _side_by_side(cell: Cell | None, beside: Cell, number: int, column: int) -> Cell | None:
    """The cell of a row with what stands in a further column of the same role."""
    if not beside.paragraphs:
        return cell
    if cell is None or cell.row != number:
        return Cell(number, column, beside.paragraphs, beside.rowspan, 1)
    if cell.paragraphs and all(_HALF.fullmatch(p.text.strip()) for p in cell.paragraphs):
        return joined_code(cell, beside, number, column)
    first, *others = beside.paragraphs
    return replace(cell, paragraphs=(*cell.paragraphs, replace(first, soft=False), *others))


def joined_code(code: Cell, text: Cell | None, number: int, column: int) -> Cell:
    """The cell ``text`` with the codes of the cell ``code`` before its paragraphs, one each.

    Where their numbers differ, all codes stand before all paragraphs: nothing is paired by guess.
    """
    if text is None or text.row != number or not text.paragraphs:
        return Cell(number, column, code.paragraphs, code.rowspan, 1)
    codes = _whole(
        replace(p, text=part)
        for p in code.paragraphs
        for part in _BETWEEN.split(p.text.strip())
        if part
    )
    starts = [n for n, p in enumerate(text.paragraphs) if n == 0 or not p.soft]
    if len(codes) == 1:
        starts = starts[:1]
    elif len(codes) != len(starts):
        starts = list(range(len(text.paragraphs)))  # a line each, though lines may be soft
    paragraphs = list(text.paragraphs)
    if len(codes) != len(starts):
        return replace(text, paragraphs=(*codes, *paragraphs))
    for at, stated in zip(starts, codes, strict=True):
        paragraphs[at] = _coded(stated, paragraphs[at])
    return replace(text, paragraphs=tuple(paragraphs))


def _whole(parts: Iterable[Paragraph]) -> list[Paragraph]:
    """The codes of a column too narrow for them, each in one: ``K0`` and ``1``."""
    codes: list[Paragraph] = []
    for part in parts:
        if codes and _BEGUN.fullmatch(codes[-1].text) and _NUMBERS.fullmatch(part.text):
            codes[-1] = replace(codes[-1], text=codes[-1].text + part.text)
        else:
            codes.append(part)
    return codes


def _coded(code: Paragraph, text: Paragraph) -> Paragraph:
    if compact(text.text).startswith(compact(code.text)):
        return text
    one, two = code.text.strip(), text.text.lstrip()
    cut = _BEGUN.fullmatch(one) and _REST.match(two)
    return replace(text, text=f"{one}{'' if cut else ' '}{two}", soft=False)


def _plain(cell: Cell) -> Cell:
    """``cell`` without list numbers before codes (``1. P1.1.1``) and invisible characters in them."""
    texts = [p.text for p in cell.paragraphs]
    plain = [_NUMBERED_CODE.sub("", text) for text in texts]
    plain = [text if text.isprintable() else _WITHIN_CODE.sub("", text) for text in plain]
    if plain == texts:
        return cell
    paragraphs = zip(cell.paragraphs, plain, strict=True)
    return replace(cell, paragraphs=tuple(replace(p, text=text) for p, text in paragraphs))


def _parted(cell: Cell) -> tuple[Cell, Cell]:
    """The K and the S of a cell that holds both; what has no code goes with what stands before."""
    parts: dict[str, list[Paragraph]] = {"K": [], "S": []}
    kind = "K"
    for paragraph in cell.paragraphs:
        for piece in _pieces(paragraph):
            code = re.match(r"[KSＫＳ](?=\s?[0-9０-９])", piece.text.lstrip("•●□ "))
            if code:
                kind = "K" if code[0] in "KＫ" else "S"
            parts[kind].append(piece)
    return (
        replace(cell, paragraphs=tuple(parts["K"])),
        replace(cell, paragraphs=tuple(parts["S"])),
    )


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """``paragraph`` cut where its codes change from one kind to the other."""
    begin, kind = 0, ""
    for match in _OTHER_KIND.finditer(paragraph.text):
        at = match.start()
        letter = paragraph.text[at]
        if kind and letter != kind and paragraph.text[begin:at].strip():
            yield replace(paragraph, text=paragraph.text[begin:at].strip(), gap=None)
            begin = at
        kind = letter
    yield replace(paragraph, text=paragraph.text[begin:].strip(), soft=paragraph.soft and not begin)
