"""What the readers of markup formats share: collecting paragraphs, and placing table cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Final

from kps_graph.document import Block, Cell, Drawing, Paragraph, Span, Table
from kps_graph.readers.limits import Budget
from kps_graph.readers.notices import HIDDEN, PICTURE, Notice
from kps_graph.words import Sentence

__all__ = ["Flow", "Grid"]


#: More columns than any page shows.
_MOST_COLUMNS: Final = 1000
#: How much of the text before a picture tells where it stands.
_SHOWN: Final = 20


class Flow:
    """Collects running text into paragraphs, for the document or for one cell."""

    def __init__(self, span: Span, budget: Budget) -> None:
        self.blocks: list[Block] = []
        self._budget = budget
        self.span = span
        #: What is struck out, each passage with its place.
        self.struck: list[Notice] = []
        #: What is printed before the next text: the number of a list item.
        self.prefix = ""
        self._parts: list[str] = []
        self._struck: list[str] = []
        self._depth: int | None = None
        self._heading = 0
        self._soft = False

    def text(self, text: str | None) -> None:
        """Adds to the paragraph that is open."""
        if text:
            self._parts.append(text)

    def strike(self, text: str | None) -> None:
        """Takes in text that is struck out: it is left out, and said once for each place."""
        if text:
            self._struck.append(text)

    def line_break(self) -> None:
        """Ends the line; what follows may merely go on with it."""
        self._flush()
        self._soft = bool(self.blocks)

    def start(
        self,
        *,
        depth: int | None = None,
        heading: int = 0,
        soft: bool = False,
        line: int | None = None,
    ) -> None:
        """Ends what is open and begins a paragraph of this kind."""
        self._flush()
        self._depth, self._heading, self._soft = depth, heading, soft and bool(self.blocks)
        if line is not None:
            self.span = replace(self.span, line=line)

    def add(self, table: Table) -> None:
        """Ends what is open and adds a table."""
        self.start()
        self.blocks.append(table)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Ends what is open; the paragraphs collected."""
        self.start()
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))

    def drawing(self, text: str) -> Drawing:
        """A drawing here of which ``text`` is said."""
        behind = self.clean("".join(self._parts))
        last = self.blocks[-1] if self.blocks and not behind else None
        return Drawing(text, self.span, last.text if isinstance(last, Paragraph) else behind)

    def picture(self, name: str) -> Notice:
        """The notice of a picture or drawing here: outside tables, with what stands before it."""
        if self.span.table is not None:
            return PICTURE, name, self.span
        text = self.clean("".join(self._parts))
        last = self.blocks[-1] if self.blocks and not text else None
        if isinstance(last, Table):
            return (
                PICTURE,
                Sentence("{name}, below table {number}", name=name, number=last.index),
                self.span,
            )
        text = text or (last.text if last is not None else "")
        if not text:
            return PICTURE, Sentence("{name}, above all text", name=name), self.span
        shown = text[:_SHOWN] + "…" * (len(text) > _SHOWN)
        return PICTURE, Sentence("{name}, behind “{text}”", name=name, text=shown), self.span

    def _flush(self) -> None:
        struck = self.clean("".join(self._struck))
        self._struck.clear()
        if struck:
            self._leave_out(struck)
        text = self.clean("".join(self._parts))
        self._parts.clear()
        if text:
            self._budget.line()
            self.blocks.append(
                Paragraph(self.prefix + text, self.span, self._depth, self._heading, self._soft)
            )
            self.prefix, self._soft = "", False

    def _leave_out(self, text: str) -> None:
        if self.struck and self.struck[-1][2] == self.span:
            text = f"{self.struck.pop()[1]}；{text}"
        self.struck.append((HIDDEN, text, self.span))

    def clean(self, text: str) -> str:
        """White space as the format means it."""
        return text.strip()


class Grid:
    """Places the cells of one table, and checks their number before making them."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._cells: list[Cell] = []
        self.row = 0

    def add(self, column: int, flow: Flow | None, rowspan: int = 1, colspan: int = 1) -> int:
        """Adds a cell at ``column`` of the current row; returns its number for :meth:`extend`."""
        self._budget.spend(rowspan * colspan)
        paragraphs = flow.paragraphs() if flow is not None else ()
        self._cells.append(Cell(self.row, column, paragraphs, rowspan, colspan))
        return len(self._cells) - 1

    def extend(self, number: int) -> None:
        """Lets cell ``number`` reach down to the current row."""
        cell = self._cells[number]
        self._budget.spend(cell.colspan)
        self._cells[number] = replace(cell, rowspan=self.row - cell.row + 1)

    def clip(self, rows: int, since: int = 0) -> None:
        """Ends cells from number ``since`` on at row ``rows``, where the table ends."""
        self._cells[since:] = [
            c if c.row + c.rowspan - 1 <= rows else replace(c, rowspan=max(1, rows - c.row + 1))
            for c in self._cells[since:]
        ]

    def __len__(self) -> int:
        return len(self._cells)

    def table(self, index: int, widths: Iterable[float] = ()) -> Table:
        """The table, its cells in reading order; widths that are not all positive are not kept."""
        cells = tuple(sorted(self._cells, key=lambda c: (c.row, c.column)))
        given = tuple(islice(widths, _MOST_COLUMNS))
        return Table(index, cells, merged=True, widths=given if all(given) else ())
