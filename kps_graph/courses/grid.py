"""The cells of a course table by row and column, and tables that are laid out otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from kps_graph.courses.codes import pieces
from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.folding import fold

__all__ = ["alike", "grid", "is_mark", "marked", "one_line", "place", "transposed"]

#: What people put where a module teaches a part.
_MARK: Final = re.compile(r"[●○◎■✓✔√☑vxo*1是有]|yes", re.IGNORECASE)


def grid(table: Table) -> Iterator[dict[int, Cell]]:
    """The rows of a table by column, a merged cell in each row and column that it covers."""
    reaching: dict[int, Cell] = {}
    for number, cells in enumerate(table.rows(), 1):
        row = {n: cell for n, cell in reaching.items() if cell.row + cell.rowspan > number}
        for cell in cells:
            row |= dict.fromkeys(range(cell.column, cell.column + cell.colspan), cell)
        reaching = row
        yield row


def place(cell: Cell, source: str, table: int) -> Span:
    """Where a cell stands."""
    if cell.paragraphs and cell.paragraphs[0].span != Span():
        return cell.paragraphs[0].span
    return Span(source, table=table, row=cell.row, column=cell.column)


def is_mark(text: str) -> bool:
    """Whether a cell has nothing but a mark: ●, V, ✓."""
    return _MARK.fullmatch(text.strip()) is not None


def one_line(text: str) -> str:
    """``text`` with single blanks."""
    return " ".join(text.split())


def alike(a: str, b: str) -> float:
    """How much two names have in common, from 0 to 1."""
    return SequenceMatcher(None, fold(a), fold(b)).ratio()


def transposed(document: Document) -> Document:
    """The tables with rows for columns, as of a table that has a column for each module."""
    return replace(
        document,
        blocks=tuple(
            _turned(b) if isinstance(b, Table) and _headed_aside(b) else b for b in document.blocks
        ),
    )


def _headed_aside(table: Table) -> bool:
    """Whether the first column may be a heading: there is no number in it."""
    first = [c.text for c in table.cells if c.column == 1]
    return len(first) > 1 and not any(re.search(r"\d", text) for text in first)


def _turned(table: Table) -> Table:
    cells = (
        Cell(c.column, c.row, c.paragraphs, c.colspan, c.rowspan)
        for c in sorted(table.cells, key=lambda c: (c.column, c.row))
    )
    return replace(table, cells=tuple(cells), widths=())


def marked(document: Document) -> Document:
    """The matrices of codes against modules, with a mark where one teaches a code, as lists."""
    return replace(
        document,
        blocks=tuple(
            block
            for each in document.blocks
            for block in (
                (each,) if isinstance(each, Paragraph) else _listed(each, document.source)
            )
        ),
    )


def _listed(table: Table, source: str) -> Iterator[Table]:
    """A list of the modules of a matrix, with a row for each; nothing for another table."""
    heads: dict[int, Cell] = {}
    taught: dict[int, list[Paragraph]] = {}
    for row in grid(table):
        filled = {n: cell for n, cell in row.items() if cell.text.strip()}
        first = min(filled, default=0)
        if not first:
            continue
        codes = [code for piece in pieces(filled[first].text) for code in piece.codes]
        marks = {n for n, cell in filled.items() if is_mark(cell.text)}
        if len(codes) != 1 and not taught:
            heads = {n: cell for n, cell in filled.items() if n != first}
        for n in marks & heads.keys() if len(codes) == 1 else ():
            span = place(filled[n], source, table.index)
            taught.setdefault(n, []).append(Paragraph(codes[0], span))
    if len(taught) > 1:
        cells = [_said(1, 1, "單元名稱"), _said(1, 2, "代碼")]
        for number, n in enumerate((n for n in heads if n in taught), 2):
            cells.append(replace(heads[n], row=number, column=1, rowspan=1, colspan=1))
            cells.append(Cell(number, 2, tuple(taught[n])))
        yield Table(table.index, tuple(cells), merged=True)


def _said(row: int, column: int, text: str) -> Cell:
    return Cell(row, column, (Paragraph(text, Span()),))
