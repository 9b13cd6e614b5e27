"""Which column of a table holds what: told by the headings, and where they are silent by the cells.

A heading is known, blank, or one's own. A blank one is filled in from the usual order of the
columns. Under one's own the cells decide: if they begin with codes of one kind, they are of that
kind; if not, the column is no part of the standard. A column of codes belongs to the column whose
codes it holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from kps_graph.document import Cell
from kps_graph.extract.codes import parse_code
from kps_graph.extract.labels import (
    COUNT,
    KIND,
    LISTED,
    LISTED_IN_ONE,
    RECORD,
    VERSION_COLUMNS,
    code_heading,
    role_of,
)
from kps_graph.extract.text import MARKS, compact, label

__all__ = ["Columns", "body_columns", "is_list_heading", "is_record", "version_columns"]

#: The columns of a body table in their usual order, the units aside.
ROLES: Final = ("O", "P", "L", "K", "S")
#: The longest heading.
_LONGEST: Final = 60
#: No heading is longer, whatever white space it has.
_FAR: Final = 200
#: The longest heading over several lines that is none of the official ones.
_SHORT: Final = 12
#: How many cells below a heading tell what the column holds.
_ENOUGH: Final = 20
#: What a further column of outputs, indicators, K or S is called.
_OF_ITEMS: Final = re.compile("知識|技能|職能內涵|產出|指標")
_CODED: Final = re.compile(rf"{MARKS.pattern}([TOPKSA])(?:\s?[.．])?\s?\d")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a body table.

    Attributes:
        roles: the column of each role: ``U0``, ``U1``, … for the units, O P L K S, A, and KS for
            one that holds both.
        more: further columns of one role: two of K side by side.
        codes: the column in which the codes of a role stand by themselves.
        counts: the columns that only count the rows.
        others: the heading cells of columns that are no part of a standard.
        headings: of the unit columns.
        content: what stands in the cells of headings and is none.
        depth: how many rows the headings take.
    """

    roles: Mapping[str, int]
    more: Mapping[str, tuple[int, ...]]
    codes: Mapping[str, int]
    counts: frozenset[int]
    others: Mapping[int, Cell]
    headings: tuple[str, ...]
    content: tuple[Cell, ...]
    depth: int

    @property
    def width(self) -> int:
        """The last column that has a role."""
        return max(self.roles.values(), default=0)


@dataclass(slots=True)
class _Draft:
    """What is known of each column so far, by its number."""

    cells: dict[int, Cell] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)


def version_columns(row: Iterable[Cell]) -> dict[str, int] | None:
    """The columns of a version table's heading row, or None if the row is none.

    What has neither code nor name nor status of the versions is a record of updates.
    """
    # no heading is as long as the texts of a body, which need not be looked at
    names = {label(c.text): c.column for c in row if len(c.text) <= _FAR}
    if not _has(names, "version") or not any(_has(names, k) for k in ("code", "name", "status")):
        return None
    return names


def is_record(row: Sequence[Cell]) -> bool:
    """Whether ``row`` is the heading of a record of updates: versions or dates, and what changed."""
    names = [label(c.text) for c in row]
    if len(names) < 2 or any(_has(names, k) for k in ("code", "name", "status")):
        return False
    dated = _has(names, "version") or _has(names, "date")
    return dated and all(
        RECORD.fullmatch(n) or any(_has([n], k) for k in ("version", "date", "note")) for n in names
    )


def _has(names: Iterable[str], key: str) -> bool:
    return any(n.startswith(VERSION_COLUMNS[key]) and len(n) <= _LONGEST for n in names)


def is_list_heading(row: Sequence[Cell]) -> bool:
    """Whether ``row`` is the heading of a list of K and S by code: 代碼 beside 職能內涵."""
    if len(row) == 1:
        return LISTED_IN_ONE.fullmatch(label(row[0].text)) is not None
    codes = [c for c in row if code_heading(c.text) is not None]
    texts = [c for c in row if role_of(c.text) in ("K", "S", "KS", "A")]
    named = [c for c in row if LISTED.fullmatch(label(c.text))]
    beside = [c for c in row if COUNT.fullmatch(label(c.text)) or KIND.fullmatch(label(c.text))]
    return bool(codes and (texts or named)) and len(
        {*map(id, (*codes, *texts, *named, *beside))}
    ) == len(row)


def body_columns(rows: Sequence[Sequence[Cell]], at: int) -> Columns | None:
    """The columns of a body table whose headings stand in row ``at`` (0-based); None if they do not."""
    filled = [c for c in rows[at] if c.text.strip()]
    if len(filled) < 3 and not (filled and at + 1 < len(rows)):
        return None
    roles = [_role(c) for c in filled]
    if not any(roles):
        return None
    below = [c for c in rows[at + 1] if c.text.strip()] if at + 1 < len(rows) else []
    two = (
        bool(below)
        and any(c.rowspan > 1 or r == "KS" for c, r in zip(filled, roles, strict=True))
        and all(_role(c) for c in below)
    )
    depth = 2 if two else 1
    cells = [c for row in rows[at : at + depth] for c in row]
    draft = _known(cells)
    if len(set(draft.roles.values()) & {"U", "O", "P", "L", "K", "S"}) < 3:
        return None
    under = _Below(rows[at + depth :])
    codes = _code_columns(draft, under)
    counts = {
        c
        for c, cell in draft.cells.items()
        if c not in draft.roles and c not in codes and COUNT.fullmatch(label(cell.text))
    }
    _by_content(draft, codes, counts, under)
    width = max(c.column + c.colspan - 1 for c in cells)
    others = {
        c: cell
        for c, cell in draft.cells.items()
        if cell.text.strip() and not {c} & (draft.roles.keys() | codes.keys() | counts)
    }
    apart = {
        covered
        for c in (*codes, *counts, *others)
        for covered in range(c, c + draft.cells[c].colspan)
        if covered not in draft.roles
    }
    order = ["#" if c in apart else draft.roles.get(c, "") for c in range(1, width + 1)]
    _fill(order)
    content = tuple(filter(None, map(_content_of, cells)))
    found = _columns(order, draft, codes, counts, depth)
    return replace(
        found,
        content=content,
        others={
            column: cell
            for column, cell in others.items()
            if len(cell.text) <= _LONGEST and not _CODED.match(cell.text)
        },
    )


def _role(cell: Cell) -> str | None:
    text = _heading_of(cell)
    if not 0 < len(text) <= _LONGEST or (text[0] in "TOPKSA" and text[1:2].isdigit()):
        return None
    return role_of(text)


def _heading_of(cell: Cell) -> str:
    """The text of a heading; its first paragraph, if content has come into its cell."""
    text = cell.text
    if len(cell.paragraphs) < 2 or role_of(text) is not None:
        return text
    return cell.paragraphs[0].text if role_of(cell.paragraphs[0].text) is not None else text


def _content_of(cell: Cell) -> Cell | None:
    """What stands in the cell of a heading and is none; None if nothing does."""
    text = cell.text
    heading = _heading_of(cell)
    if len(heading) > _LONGEST or _CODED.match(text):
        return cell
    if heading == text and (role_of(text) is not None or len(compact(text)) <= _SHORT):
        return None
    return Cell(cell.row, cell.column, cell.paragraphs[1:]) if len(cell.paragraphs) > 1 else None


def _known(cells: Iterable[Cell]) -> _Draft:
    """The roles that the headings state; a heading over several columns is that of the first."""
    draft = _Draft()
    for cell in cells:
        role = _role(cell)
        if role == "KS" and cell.colspan > 1:
            draft.roles.setdefault(cell.column, "K")
            draft.roles.setdefault(cell.column + cell.colspan - 1, "A" if cell.colspan > 2 else "S")
            if cell.colspan > 2:
                draft.roles.setdefault(cell.column + 1, "S")
            continue
        draft.cells[cell.column] = cell
        if role is not None:
            draft.roles[cell.column] = role
    both = [column for column, role in draft.roles.items() if role == "KS"]
    if len(both) > 1:  # 職能內涵 twice: the order of the columns tells which is which
        for column in both:
            del draft.roles[column]
            draft.cells[column] = Cell(draft.cells[column].row, column)
    return draft


class _Below:
    """The cells below the headings, by column."""

    __slots__ = ("_cells", "_rows")

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows
        self._cells: dict[int, list[Cell]] = {}

    def __call__(self, column: int) -> list[Cell]:
        """The first cells of ``column`` that are not blank."""
        if column not in self._cells:
            found = (c for row in self._rows for c in row if c.column == column and c.paragraphs)
            self._cells[column] = list(islice(found, _ENOUGH))
        return self._cells[column]

    def kind(self, column: int) -> str:
        """The kind of codes that most cells of ``column`` begin with, "" if they do not."""
        cells = self(column)
        kinds = Counter(m[1] for c in cells if (m := _CODED.match(c.paragraphs[0].text)))
        kind, times = kinds.most_common(1)[0] if kinds else ("", 0)
        return kind if 2 * times > len(cells) else ""

    def only_codes(self, column: int) -> str:
        """The kind of the codes that ``column`` consists of, "" if it has text."""
        kinds = set()
        for cell in self(column):
            for part in re.split(r"[\s、，,;；]+", cell.text.strip()):
                code = parse_code(part)
                kinds.add(code.kind if code else "")
        return kinds.pop() if len(kinds) == 1 else ""


def _code_columns(draft: _Draft, under: _Below) -> dict[int, int]:
    """The columns of mere codes, each with the column whose codes it holds."""
    found: dict[int, int] = {}
    for column, cell in [*draft.cells.items()]:
        stem = code_heading(cell.text)
        # the first column below a heading over two
        wide = cell.colspan > 1 and draft.roles.get(column) in ("U", "O", "P", "K", "S")
        if stem is None and not wide:
            continue
        kind = under.only_codes(column)
        if wide and kind:
            draft.roles[column + cell.colspan - 1] = draft.roles.pop(column)
            draft.cells[column + cell.colspan - 1] = cell
            found[column] = column + cell.colspan - 1
            continue
        if wide and draft.roles[column] != "U":
            for further in range(column + 1, column + cell.colspan):
                if further not in draft.cells:
                    draft.roles.setdefault(further, draft.roles[column])
        if stem is None or (not kind and not _role_of_stem(stem)):
            continue
        role = _role_of_stem(stem) or ("U" if kind == "T" else kind)
        texts = [c for c, r in draft.roles.items() if r in (role, "KS" if role in "KS" else role)]
        named = [c for c in texts if stem and label(draft.cells[c].text).startswith(stem)]
        nearest = min(named or texts, key=lambda c: (abs(c - column), c < column), default=None)
        if nearest is None:
            draft.roles[column] = role
        else:
            found[column] = nearest
    return found


def _role_of_stem(stem: str) -> str | None:
    return role_of(stem) if stem else None


def _by_content(draft: _Draft, codes: Mapping[int, int], counts: set[int], under: _Below) -> None:
    """Gives columns under headings of one's own the role that their cells speak for."""
    for column, cell in draft.cells.items():
        if column in draft.roles or column in codes or column in counts or not cell.text.strip():
            continue
        kind = under.kind(column)
        role = "U" if kind == "T" else kind
        taken = role in draft.roles.values() and not _OF_ITEMS.search(label(cell.text))
        if role and (role == "U" or not taken):
            draft.roles[column] = role


def _columns(
    roles: list[str],
    draft: _Draft,
    codes: Mapping[int, int],
    counts: set[int],
    depth: int,
) -> Columns:
    columns: dict[str, int] = {}
    more: dict[str, tuple[int, ...]] = {}
    headings: list[str] = []
    named: dict[int, str] = {}
    for column, role in enumerate(roles, 1):
        if role == "U":
            heading = draft.cells.get(column)
            named[column] = f"U{len(headings)}"
            headings.append("" if heading is None else _plain(_heading_of(heading)))
        elif role and role != "#" and role not in columns:
            named[column] = role
        elif role in ("O", "P", "K", "S"):
            more[role] = (*more.get(role, ()), column)
        if column in named:
            columns[named[column]] = column
    return Columns(
        columns,
        more,
        {named[text]: column for column, text in codes.items() if text in named},
        frozenset(counts),
        {},
        tuple(headings),
        (),
        depth,
    )


def _plain(heading: str) -> str:
    """A heading on one line, without the white space that sets Chinese ones apart."""
    return " ".join(heading.split()) if heading.isascii() else compact(heading)


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
            taken = {*roles, *("KS" if "KS" in roles else "")}
            fitting = [r for r in ROLES if r not in taken and low < order.index(r) < high]
            units = ["U"] * max(0, end - i - len(fitting)) if before in (None, "U") else []
            for column, role in zip(range(i, end), [*units, *fitting], strict=False):
                roles[column] = role
        i = max(end, i + 1)
