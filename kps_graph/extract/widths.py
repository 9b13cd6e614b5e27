"""How wide the columns of the body are to each other, as the document has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import isfinite
from typing import Final

from kps_graph.document import Table
from kps_graph.extract.body_rows import BodyRow, Grid
from kps_graph.extract.columns import ROLES, Columns

__all__ = ["column_widths"]

#: A column of a smaller share, in percent, is none that anyone could read: the widths are nonsense.
_LEAST: Final = 1.0


def column_widths(
    tables: Iterable[Table], columns: Columns | None, body: Sequence[BodyRow]
) -> tuple[float, ...]:
    """The widths of the columns of the units, then of O, P, level, K and S, in percent.

    They are those of the first table of the body, told by the first of its rows that has most
    units in cells of their own: the heading of one column may cover several of the grid. A column
    of mere codes counts with that of their texts. Empty where the document does not say how wide
    its columns are, or has not each of these.
    """
    if columns is None or not body:
        return ()
    table = next((t for t in tables if t.index == body[0].table), None)
    if table is None or not table.widths or not columns.roles.keys() >= {"U0", *ROLES}:
        return ()
    units = [role for role in sorted(columns.roles) if role[0] == "U"]
    grid, best = Grid(table), list[frozenset[int]]()
    for row in body:
        if row.table != table.index:
            break
        above, beside = (
            [_covered(grid, row.number, columns, role) for role in roles]
            for roles in (units, ROLES)
        )
        found = [*dict.fromkeys(above), *beside]
        seen = list(chain.from_iterable(found))
        apart = all(found) and len(set(seen)) == len(seen) and max(seen) <= len(table.widths)
        if apart and len(found) > len(best):
            best = found
    return _percent([sum(table.widths[c - 1] for c in covered) for covered in best])


def _covered(grid: Grid, row: int, columns: Columns, role: str) -> frozenset[int]:
    """The columns of the grid that the cells of ``role`` cover in a row; none if it has no cell."""
    of_role = [columns.roles[role], *columns.more.get(role, ())]
    if role in columns.codes:
        of_role.append(columns.codes[role])
    cells = [cell for column in of_role if (cell := grid.at(row, column)) is not None]
    return frozenset(c for cell in cells for c in range(cell.column, cell.column + cell.colspan))


def _percent(widths: Sequence[float]) -> tuple[float, ...]:
    """``widths`` in percent of them all; empty if they cannot be those of columns."""
    total = sum(widths)
    if not isfinite(total) or total <= 0:
        return ()
    shares = tuple(round(100 * width / total, 1) for width in widths)
    return shares if min(shares) >= _LEAST else ()
