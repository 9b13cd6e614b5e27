"""The official table of a standard as cells: what stands beside what, and over how many rows.

A unit, a level, a K and an S stand once, beside all rows that they are attached to, as on the
form. What several units state in one cell of the document is one cell here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from kps_graph.document import Span
from kps_graph.model import Indicator, Level, Output, Standard, Unit, place_of
from kps_graph.standards.inherited import Holder, Inherited, tasks

__all__ = ["Cell", "depth", "grid", "widths"]

#: The columns beside those of the units: outputs, indicators, level, knowledge, skills.
_BESIDE: Final = 5
#: A column is no narrower than this share of the table, in percent: that of the level on the form.
_LEAST: Final = 6.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table.

    Attributes:
        kind: ``t`` task, ``x`` unit below one, ``o`` outputs, ``p`` indicators, ``lv`` level,
            ``k`` or ``s`` competencies, ``none`` nothing.
        rows, columns: how many it covers.
        units: the units of work beside which it stands, in order.
        parts: the unit, outputs or indicators in it.
        level: of a cell for one.
        references: of the K or S in it.
    """

    kind: str
    rows: int = 1
    columns: int = 1
    units: tuple[Unit, ...] = ()
    parts: tuple[Unit | Output | Indicator, ...] = ()
    level: Level = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its unit, and those of its indicators that have the same attached to them."""

    unit: Inherited[Unit]
    indicators: tuple[Inherited[Indicator], ...]
    first: bool

    @property
    def chain(self) -> tuple[Unit, ...]:
        return (*self.unit.above, self.unit.part)

    @property
    def holder(self) -> Holder:
        """What says the level, K and S of the row."""
        return self.indicators[0] if self.indicators else self.unit


def depth(standard: Standard) -> int:
    """How many columns of units the table has: two, or as many as there are layers."""
    return max([2, *(len(u.above) + 1 for t in tasks(standard) for u in t.walk())])


def widths(standard: Standard) -> list[str]:
    """How wide the columns are in the document, none too narrow to read; empty where it says not."""
    stated = standard.column_widths
    if len(stated) != depth(standard) + _BESIDE:
        return []
    columns = [max(_LEAST, width) for width in stated]
    return [f"{100 * width / sum(columns):.1f}%" for width in columns]


def grid(standard: Standard) -> list[list[list[Cell]]]:
    """The cells of each row of each task, every cell in the row that it begins in."""
    deep = depth(standard)
    return [_task(list(_lines(task)), deep) for task in tasks(standard)]


def _lines(unit: Inherited[Unit]) -> Iterator[_Line]:
    part = unit.part
    indicators = list(unit.indicators())
    if indicators or part.outputs or not part.units:
        groups = [tuple(g) for _, g in groupby(indicators, _attached)] or [()]
        for number, group in enumerate(groups):
            yield _Line(unit, group, number == 0)
    for below in unit.units():
        yield from _lines(below)


def _attached(indicator: Inherited[Indicator]) -> tuple[Any, ...]:
    """What the document attaches to an indicator itself, and in which cells."""
    own = indicator.part
    return (
        own.level,
        own.knowledge,
        own.skills,
        *(_place(own, value) for value in ("level", "knowledge", "skills") if _has(own, value)),
    )


def _has(holder: Unit | Indicator, value: str) -> bool:
    return getattr(holder, value) not in (None, ())


def _place(holder: Unit | Indicator, value: str) -> object:
    """The cell that a value stands in; the holder itself where the source has no cells."""
    span = place_of(holder, value)
    if span.table is None or span.row is None:
        return id(holder)
    return Span(page=span.page, table=span.table, row=span.row, column=span.column)


def _task(lines: Sequence[_Line], deep: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in lines]
    for column in range(deep):
        _units(lines, rows, column, deep)
    for at, line in enumerate(lines):
        if line.first:
            own = sum(1 for other in lines[at:] if other.unit.part is line.unit.part)
            outputs = line.unit.part.outputs
            rows[at].append(
                Cell("o" if outputs else "none", own, units=(line.unit.part,), parts=outputs)
            )
        parts = tuple(p.part for p in line.indicators)
        rows[at].append(Cell("p" if parts else "none", units=(line.unit.part,), parts=parts))
    _runs(lines, rows, lambda line: (line.holder.level, _stated(line, "level")), _level)
    _runs(lines, rows, lambda line: (line.holder.knowledge, _stated(line, "knowledge")), _knowledge)
    _runs(lines, rows, lambda line: (line.holder.skills, _stated(line, "skills")), _skills)
    return rows


def _units(lines: Sequence[_Line], rows: list[list[Cell]], column: int, deep: int) -> None:
    """Puts the units of one layer, each beside its rows; what is left of a short row is blank."""
    at = 0
    for _, run in groupby(lines, lambda line: tuple(map(id, line.chain[: column + 1]))):
        same = list(run)
        chain = same[0].chain
        if len(chain) > column:
            unit = chain[column]
            wide = deep - column if column and not unit.units else 1
            rows[at].append(Cell("x" if column else "t", len(same), wide, _below(same), (unit,)))
        elif len(chain) == column and (column == 1 or chain[-1].units):
            # a task or unit with rows of its own, before those below it
            rows[at].append(Cell("none", len(same), deep - column, _below(same)))
        at += len(same)


def _below(lines: Iterable[_Line]) -> tuple[Unit, ...]:
    return tuple({id(line.unit.part): line.unit.part for line in lines}.values())


def _stated(line: _Line, value: str) -> tuple[object, ...]:
    """The cells of the document that say a value of a row: all of K and S, the last of levels."""
    holders: list[Unit | Indicator] = [*line.chain, *(p.part for p in line.indicators[:1])]
    places = [_place(h, value) for h in holders if _has(h, value)]
    return tuple(places[-1:] if value == "level" else places)


def _runs(
    lines: Sequence[_Line],
    rows: list[list[Cell]],
    key: Callable[[_Line], tuple[Any, ...]],
    make: Callable[[Any, int, tuple[Unit, ...]], Cell],
) -> None:
    """Puts one cell beside neighbouring rows of which the same is said."""
    at = 0
    for (value, _), run in groupby(lines, key):
        same = list(run)
        rows[at].append(make(value, len(same), _below(same)))
        at += len(same)


def _level(value: Level, rows: int, units: tuple[Unit, ...]) -> Cell:
    return Cell("none" if value is None else "lv", rows, units=units, level=value)


def _knowledge(value: tuple[str, ...], rows: int, units: tuple[Unit, ...]) -> Cell:
    return Cell("k" if value else "none", rows, units=units, references=value)


def _skills(value: tuple[str, ...], rows: int, units: tuple[Unit, ...]) -> Cell:
    return Cell("s" if value else "none", rows, units=units, references=value)
