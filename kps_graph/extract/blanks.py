"""Where the cells stand that a unit of work leaves blank: there its author is to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.document import Cell, Places, Span
from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.text import is_blank
from kps_graph.extract.units import Draft

__all__ = ["blank_columns", "mark_blanks"]

#: What the cells of a column state of a unit, as the places of its values are called.
_VALUES: Final = {"L": "level", "P": "indicators", "K": "knowledge", "S": "skills"}


def mark_blanks(rows: Sequence[BodyRow], roots: Iterable[Draft]) -> None:
    """Gives every unit without units below it the places of its blank cells.

    A task that has rows of its own has the place where these name no activity.
    """
    roots = list(roots)
    for task in roots:
        if where := _first(rows, sorted(task.rows), "U1"):
            task.places.setdefault("activities", where)
    for unit, above in _leaves(roots, ()):
        stated = {
            "L": any(u.level is not None for u in (*above, unit)),
            "P": bool(unit.indicators),
            "K": _needs("K", unit, above),
            "S": _needs("S", unit, above),
        }
        for role, value in _VALUES.items():
            if not stated[role] and (where := _first(rows, sorted(unit.rows), role)):
                unit.places.setdefault(value, where)


def blank_columns(rows: Sequence[BodyRow]) -> Places:
    """The first blank cell of the columns of K and of S; if none is, where the column begins."""
    found = {}
    for role in "KS":
        begins = next((_place(r, r.cells[role]) for r in rows if role in r.cells), None)
        found[_VALUES[role]] = _first(rows, range(len(rows)), role) or begins
    return tuple((value, where) for value, where in found.items() if where)


def _leaves(
    units: Iterable[Draft], above: tuple[Draft, ...]
) -> Iterator[tuple[Draft, tuple[Draft, ...]]]:
    for unit in units:
        if unit.children:
            yield from _leaves(unit.children, (*above, unit))
        else:
            yield unit, above


def _needs(kind: str, unit: Draft, above: Sequence[Draft]) -> bool:
    return any(u.needs[kind] for u in (*above, unit)) or any(p.needs[kind] for p in unit.indicators)


def _first(rows: Sequence[BodyRow], among: Iterable[int], role: str) -> Span | None:
    """The first blank cell of ``role`` in the rows ``among``; None if there is none."""
    for index in among:
        cell = rows[index].cells.get(role)
        if cell is not None and is_blank(cell.text):
            return _place(rows[index], cell)
    return None


def _place(row: BodyRow, cell: Cell) -> Span | None:
    """Where ``cell`` of ``row`` stands; a blank cell has no text to tell."""
    if cell.paragraphs:
        return cell.paragraphs[0].span
    near = next((p.span for c in row.cells.values() for p in c.paragraphs), None)
    return None if near is None else replace(near, row=cell.row, column=cell.column)
