"""Documents and grids as plain data, for comparison in tests."""

from kps_graph.document import Table
from tests.support.render import GridTable


def paras(paragraphs):
    """Paragraphs as text, with ``depth>`` for list items, ``~`` for soft ones, ``#`` headings."""
    return [
        "#" * p.heading
        + ("" if p.depth is None else f"{p.depth}> ")
        + ("~" if getattr(p, "soft", False) else "")
        + p.text
        for p in paragraphs
    ]


def cells(table):
    """Cells as (row, column, rowspan, colspan, paragraphs)."""
    return [
        (
            c.row,
            c.column,
            c.rowspan,
            c.colspan,
            paras(c.paras if isinstance(table, GridTable) else c.paragraphs),
        )
        for c in table.cells
    ]


def blocks(found):
    """A document's or a grid's blocks: a list of cells for a table, a string for a paragraph."""
    return [cells(b) if isinstance(b, Table | GridTable) else paras([b])[0] for b in found]
