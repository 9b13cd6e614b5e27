"""PDF to a Document: the ruled tables of each page, and the lines between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from kps_graph.document import Block, Cell, Document, Span, Table
from kps_graph.errors import Undecodable
from kps_graph.readers.lattice import Box, Lattice, Rule, lattices
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.notices import (
    HIDDEN,
    PAGE_FOOTER,
    PICTURE,
    SCANNED,
    SLANTED,
    UNKNOWN_GLYPHS,
    Notice,
)
from kps_graph.readers.pdf_lines import Breaks, Line, lines, paragraphs
from kps_graph.readers.pdf_marks import Area, Glyph, Page, Run
from kps_graph.readers.pdf_page import pages
from kps_graph.readers.pdf_struck import rules_through, without_struck
from kps_graph.readers.pdf_turned import is_stacked, on_its_side, turned
from kps_graph.words import Sentence

__all__ = ["read_pdf"]

_PAGE_NUMBER: Final = re.compile(
    r"\s*(第\s*\d+\s*頁\s*[，,、/／]?\s*[（(]?\s*(總共|共|全)?\s*\d*\s*頁?\s*[)）]?"
    r"|page\s+\d+(\s*(of|/)\s*\d+)?|[-–—]?\s*\d+\s*([/／]\s*\d+)?\s*[-–—]?)\s*",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")
#: Headers and footers stand within an inch, or this part of the page, of either end.
_MARGIN: Final = 0.12
_INCH: Final = 72.0
_MM: Final = 25.4 / _INCH


def read_pdf(data: bytes, source: str, limits: Limits = DEFAULT) -> Document:
    """The tables and lines of a PDF with a text layer.

    A table that goes over several pages is one Table a page. Repeated page headers and footers
    and page numbers are left out and reported.

    Raises:
        Undecodable: if it is damaged, protected, or has no text (a scan).
        TooLarge: if it has too many pages, or too much on one.
    """
    budget = Budget(source, limits)
    found, notices = list[_Sorted](), list[Notice]()
    for drawn in pages(data, source, limits):
        found.append(_sorted(drawn, budget))
        notices += ((rule, text, Span(source, drawn.number)) for rule, text in drawn.comments)
    notices += _gaps(found, source)
    if not any(p.lines or p.texts for p in found):
        if any(p.images for p in found):
            raise Undecodable(
                "a scanned PDF: it has images but no text layer",
                source=source,
                hint=Sentence("run character recognition (OCR) on it first"),
            )
        raise Undecodable("a PDF without any text", source=source)
    notices += _drop_furniture(found, source)
    for page, following in pairwise(found):
        page.adopt(following)
    notices += _left_out(found, source)
    cells = [{place: lines(runs) for place, runs in page.texts.items()} for page in found]
    breaks = Breaks.of(
        [
            *(g for p, c in zip(found, cells, strict=True) for g in p.groups(c)),
            *((p.lines, p.left, p.right) for p in found),
        ]
    )
    blocks: list[Block] = []
    tables = 0
    open_lines: _Open = {}
    for page, within in zip(found, cells, strict=True):
        for block in page.blocks(within, breaks, open_lines, source, tables):
            tables += isinstance(block, Table)
            blocks.append(block)
        open_lines = page.open(within)
    return Document(source, tuple(blocks), "pdf", encoding="", warnings=tuple(notices))


#: The lines of cells by (table, cell).
_Cells: TypeAlias = Mapping[tuple[int, int], Sequence[Line]]
#: The last line in each column of the table that a page ends with, by the column's left edge.
_Open: TypeAlias = Mapping[int, Line]


@dataclass(slots=True)
class _Sorted:
    """A page with its text sorted into the cells of its tables and the lines outside."""

    number: int
    width: float
    height: float
    images: list[Area]
    shapes: list[Area]
    unreadable: int
    tables: list[Lattice]
    texts: dict[tuple[int, int], list[Run]]
    lines: list[Line]
    #: The cells that are read downwards, what is struck out in each (None: outside tables), and
    #: what is not upright and no content.
    down: set[tuple[int, int]]
    struck: dict[tuple[int, int] | None, str]
    slanted: str

    def adopt(self, following: _Sorted) -> None:
        """Puts text that hangs out of a cell cut by the page end back into it.

        Browsers and WeasyPrint leave such a table open below, and draw its sides only as far as
        the row's own text goes while that of merged cells goes on.
        """
        last = self.tables[-1] if self.tables else None
        if last is None or not following.tables or not following.tables[0].continues(last):
            return
        kept = []
        for line in self.lines:
            cells = [last.hanging((run.left + run.right) / 2) for run in line.runs]
            if line.middle < last.bottom or None in cells:
                kept.append(line)
                continue
            for run, cell in zip(line.runs, cells, strict=True):
                if cell is not None:
                    self.texts.setdefault((len(self.tables) - 1, cell), []).append(run)
        self.lines = kept

    def leave_out_struck(self, rules: Sequence[Rule], loose: list[Run]) -> list[Run]:
        """Leaves out what lines go through; the runs outside tables without it."""
        texts: list[tuple[tuple[int, int] | None, list[Run]]] = [*self.texts.items(), (None, loose)]
        for place, runs in texts:
            kept, struck = without_struck(runs, rules)
            if not struck:
                continue
            self.struck[place] = struck
            if place is None:
                loose = kept
            elif any(not run.text.isspace() for run in kept):
                self.texts[place] = kept
            else:
                del self.texts[place]
        return loose

    def turn(self, glyphs: Sequence[Glyph]) -> None:
        """Turns what is read downwards in its cell; keeps apart what is not upright elsewhere."""
        sideways: dict[tuple[int, int], list[Glyph]] = {}
        left_out = []
        for glyph in glyphs:
            x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            place = _place(self.tables, x, y) if on_its_side(glyph) else None
            if place is None:
                left_out.append(glyph.text)
            else:
                sideways.setdefault(place, []).append(glyph)
        self.slanted = "".join(left_out)
        stacked: dict[tuple[int, int], list[Glyph]] = {
            place: [] for place, runs in self.texts.items() if is_stacked(runs)
        }
        for place, found in {**stacked, **sideways}.items():
            box = self.tables[place[0]].boxes[place[1]]
            runs, upright = turned(box, found, self.texts.get(place, ()))
            # beside lines that lie, what stands on its side is a line below them
            low = max((run.bottom for run in upright), default=0.0)
            moved = [r._replace(top=r.top + low, bottom=r.bottom + low) for r in runs]
            self.texts[place] = [*upright, *moved]
            if not upright:
                self.down.add(place)

    @property
    def left(self) -> float:
        """Where the lines outside tables begin."""
        return min((line.left for line in self.lines), default=0.0)

    @property
    def right(self) -> float:
        """How far lines and tables reach."""
        return max(
            [*(line.right for line in self.lines), *(t.right for t in self.tables)], default=0.0
        )

    def groups(self, cells: _Cells) -> Iterator[tuple[Sequence[Line], float, float]]:
        """The lines of each cell with its edges."""
        for (table, cell), found in cells.items():
            yield found, *self.edges(table, cell)

    def edges(self, table: int, cell: int) -> tuple[float, float]:
        """Between what the lines of a cell stand."""
        box = self.tables[table].boxes[cell]
        if (table, cell) in self.down:
            return box.left, box.left + box.bottom - box.top
        return box.left, box.right

    def place(self, place: tuple[int, int] | None, source: str, tables: int) -> Span:
        """Where a cell stands, if ``tables`` came before this page; a place outside of any is it."""
        if place is None:
            return Span(source, self.number)
        box = self.tables[place[0]].boxes[place[1]]
        used = [n for n in range(len(self.tables)) if any(t == n for t, _ in self.texts)]
        table = tables + used.index(place[0]) + 1 if place[0] in used else None
        return Span(source, self.number, table, box.row, box.column)

    def open(self, cells: _Cells) -> _Open:
        """What the cells at the end of the page end with: the next page may go on with it."""
        last = len(self.tables) - 1
        return {
            round(self.tables[table].boxes[cell].left): found[-1]
            for (table, cell), found in sorted(cells.items())
            if table == last and found
        }

    def blocks(
        self, cells: _Cells, breaks: Breaks, before: _Open, source: str, tables: int
    ) -> Iterator[Block]:
        """Tables and paragraphs from the top down; ``tables`` came before this page."""
        used = [n for n in range(len(self.tables)) if any(t == n for t, _ in cells)]
        tops = [self.tables[n].top for n in used]
        between: list[list[Line]] = [[] for _ in range(len(used) + 1)]
        for line in self.lines:
            between[bisect_right(tops, line.middle)].append(line)
        for at, loose in enumerate(between):
            left = min((line.left for line in loose), default=0.0)
            yield from paragraphs(
                loose, left, self.right, Span(source, page=self.number), breaks, ends=at < len(used)
            )
            if at < len(used):
                yield self._table(
                    used[at],
                    cells,
                    breaks,
                    {} if at else before,
                    Span(source, self.number, tables + at + 1),
                )

    def _table(
        self, number: int, cells: _Cells, breaks: Breaks, before: _Open, place: Span
    ) -> Table:
        def cell(at: int, box: Box) -> Cell:
            lines = cells.get((number, at))
            if not lines:
                return Cell(box.row, box.column, (), box.rowspan, box.colspan)
            span = Span(place.source, place.page, place.table, box.row, box.column)
            found = paragraphs(
                lines, *self.edges(number, at), span, breaks, before.get(round(box.left))
            )
            return Cell(box.row, box.column, tuple(found), box.rowspan, box.colspan)

        lattice = self.tables[number]
        whole = tuple(cell(at, box) for at, box in enumerate(lattice.boxes))
        return Table(place.table or 1, whole, place.page, merged=True, widths=lattice.widths)


def _sorted(page: Page, budget: Budget) -> _Sorted:
    budget.limits.check(
        "cells", (len(page.horizontal) + 1) * (len(page.vertical) + 1) // 8, budget.source
    )
    struck = rules_through(page.runs, page.horizontal)
    borders = [r for r in page.horizontal if r not in struck] if struck else page.horizontal
    tables = lattices(borders, page.vertical)
    texts: dict[tuple[int, int], list[Run]] = {}
    loose: list[Run] = []
    for table in tables:
        budget.spend(sum(b.rowspan * b.colspan for b in table.boxes))
    for run in page.runs:
        for piece, place in _placed(run, tables):
            (loose if place is None else texts.setdefault(place, [])).append(piece)
    texts = {
        place: runs for place, runs in texts.items() if any(not r.text.isspace() for r in runs)
    }
    found = _Sorted(
        page.number,
        page.width,
        page.height,
        page.images,
        page.shapes,
        page.unreadable,
        tables,
        texts,
        [],
        set(),
        {},
        "",
    )
    if struck:
        loose = found.leave_out_struck(struck, loose)
    found.turn(page.glyphs)
    found.lines = lines(loose)
    return found


def _placed(run: Run, tables: list[Lattice]) -> Iterator[tuple[Run, tuple[int, int] | None]]:
    """A run with its table and cell, cut where it goes over a cell's edge."""
    inked = len(run.text.rstrip()) or 1
    step = (run.right - run.left) / inked
    middle = (run.top + run.bottom) / 2
    place = _place(tables, run.left + step / 2, middle)
    end = run.right - step / 2
    if (place is not None and tables[place[0]].boxes[place[1]].right >= end) or (
        place is None and _place(tables, end, middle) is None
    ):
        yield run, place
        return
    start = 0
    for n in range(1, inked):
        here = _place(tables, run.left + step * (n + 0.5), middle)
        if here != place:
            yield (
                Run(
                    run.text[start:n],
                    run.left + step * start,
                    run.left + step * n,
                    run.top,
                    run.bottom,
                ),
                place,
            )
            start, place = n, here
    yield Run(run.text[start:], run.left + step * start, run.right, run.top, run.bottom), place


def _place(tables: list[Lattice], x: float, y: float) -> tuple[int, int] | None:
    for number, table in enumerate(tables):
        if (cell := table.locate(x, y)) is not None:
            return number, cell
    return None


def _drop_furniture(found: list[_Sorted], source: str) -> Iterator[Notice]:
    """Takes page headers, footers and numbers out of the lines, and reports them."""
    repeated = _repeated(found)
    for page in found:
        kept = []
        for line in page.lines:
            if _is_furniture(line, page, repeated):
                yield PAGE_FOOTER, line.text.strip(), Span(source, page=page.number)
            else:
                kept.append(line)
        page.lines = kept


def _repeated(found: list[_Sorted]) -> set[tuple[str, int]]:
    """Lines at one height of the margin of at least two pages, the same but for their digits."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in found:
        seen.update({_key(line) for line in page.lines if _in_margin(line, page)})
    return {key for key, times in seen.items() if times >= max(2, len(found) // 2)}


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text.strip()), round(line.middle / 4)


def _in_margin(line: Line, page: _Sorted) -> bool:
    margin = max(_INCH, _MARGIN * page.height)
    return not margin < line.middle < page.height - margin


def _is_furniture(line: Line, page: _Sorted, repeated: set[tuple[str, int]]) -> bool:
    return _in_margin(line, page) and (
        _key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text) is not None
    )


def _gaps(found: list[_Sorted], source: str) -> Iterator[Notice]:
    """Pages that are images, and characters whose font does not say what they are."""
    for page in found:
        if page.images and not page.lines and not page.texts:
            yield SCANNED, "", Span(source, page=page.number)
        if page.unreadable:
            yield UNKNOWN_GLYPHS, str(page.unreadable), Span(source, page=page.number)


def _left_out(found: list[_Sorted], source: str) -> Iterator[Notice]:
    """What is struck out, and once for the whole document what is not upright or drawn."""
    said: set[object] = set()
    tables = 0
    for page in found:
        for place, text in page.struck.items():
            yield HIDDEN, text, page.place(place, source, tables)
        if page.slanted and page.slanted not in said:
            said.add(page.slanted)
            yield SLANTED, page.slanted, Span(source, page=page.number)
        for area in (*page.images, *page.shapes) if page.lines or page.texts else ():
            key = tuple(round(edge / 8) for edge in area)
            if key in said:  # on every page at one place: a logo, a frame
                continue
            said.add(key)
            x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
            size = f"{(area.right - area.left) * _MM:.0f}×{(area.bottom - area.top) * _MM:.0f} mm"
            yield PICTURE, size, page.place(_place(page.tables, x, y), source, tables)
        tables += len({table for table, _ in page.texts})
