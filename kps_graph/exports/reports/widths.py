"""How wide a page shows the columns of a document: as the document has them, and none too narrow to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from kps_graph.document import Table

__all__ = ["stylesheet", "widths"]

#: The widths of a table, by its columns up to a whole, of a column, and of one with findings in it,
#: in em: at least.
_TABLE, _WHOLE = 15.0, 60.0
_COLUMN: Final = 3.4
_NOTED: Final = 12.0
#: Where the document states no widths, a column is as wide as its longest text within these.
_SHORT, _LONG = 4, 40


def widths(table: Table, noted: Collection[int]) -> tuple[int, list[str]]:
    """The least width of a table in em, and the widths of its columns in percent.

    Args:
        table: the table.
        noted: the 1-based numbers of the columns in which cells with findings begin.
    """
    count = max((c.column + c.colspan - 1 for c in table.cells), default=0)
    shares = _shares(table, count)
    whole, wide = sum(shares) or 1.0, min(_WHOLE, _TABLE * count)
    columns = [
        max(wide * share / whole, _NOTED if at in noted else _COLUMN)
        for at, share in enumerate(shares, 1)
    ]
    total = sum(columns) or 1.0
    return round(total), [f"{100 * column / total:.2f}%" for column in columns]


def stylesheet(wide: Iterable[int]) -> str:
    """The rules for tables of these least widths; inline styles are not allowed on the page."""
    return "".join(f".t{width} {{ min-width: {width}em; }}\n" for width in sorted(set(wide)))


def _shares(table: Table, count: int) -> list[float]:
    """How wide the columns are to each other; what the document does not say is guessed."""
    if len(table.widths) >= count:
        return list(table.widths[:count])
    longest = [_SHORT] * count
    for cell in table.cells:
        if cell.colspan == 1:
            at = cell.column - 1
            longest[at] = max(longest[at], min(_LONG, len(cell.text)))
    return [float(length) for length in longest]
