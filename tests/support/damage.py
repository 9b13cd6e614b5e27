"""Standards whose every text is marked, and documents of them that have come to harm."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from itertools import count

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kps_graph.extract import Extraction
from kps_graph.extract.interchange import to_data
from kps_graph.model import Standard
from tests.support.render import GridCell, GridTable, Para

#: Characters that stand in no other text: one of them says where a text went.
_FIRST = 0x3400
_TEXTS = ("name", "text", "definition", "description")


def is_mark(character: str) -> bool:
    """Whether a character is one of the marks."""
    return _FIRST <= ord(character) < 0x4DB6


def marked(standard: Standard) -> Standard:
    """``standard`` with marks of its own at the beginning, middle and end of each text."""
    marks = (chr(_FIRST + n) for n in count())

    def mark(text: str) -> str:
        middle = len(text) // 2
        return f"{next(marks)}{text[:middle]}{next(marks)}{text[middle:]}{next(marks)}"

    def walk(value):
        if isinstance(value, tuple):
            return tuple(walk(v) for v in value)
        if not is_dataclass(value) or type(value).__name__ in ("Span", "ClassCode", "Version"):
            return value
        changes = {}
        for f in fields(value):
            inner = getattr(value, f.name)
            if isinstance(inner, str) and f.name in _TEXTS:
                changes[f.name] = mark(inner)
            elif isinstance(inner, tuple) or is_dataclass(inner):
                changes[f.name] = walk(inner)
        return replace(value, **changes)

    return walk(standard)


def marks_in(blocks) -> set[str]:
    """The marks of a document."""
    paras = [p for b in blocks for c in getattr(b, "cells", ()) for p in c.paras]
    paras += [b for b in blocks if isinstance(b, Para)]
    return {c for p in paras for c in p.text if is_mark(c)}


def accounted(extraction: Extraction) -> set[str]:
    """The marks that came out, in the standard or in what a finding names."""
    texts = [json.dumps(to_data(extraction.standard), ensure_ascii=False)]
    texts += [f.value for f in extraction.findings]
    return {c for text in texts for c in text if is_mark(c)}


@st.composite
def damaged(draw, blocks):
    """The document ``blocks`` with one to three harms done to its tables."""
    blocks = list(blocks)
    at = [n for n, b in enumerate(blocks) if isinstance(b, GridTable)]
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.sampled_from(at))
        harm = draw(st.sampled_from(_HARMS))
        blocks[number] = harm(draw, blocks[number])
    return blocks


def samples(blocks, number: int, by: int = 1):
    """So many damaged documents, for a seed always the same: what a converter makes takes long."""
    made = []

    @seed(by)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged(blocks))
    def collect(harmed):
        made.append(harmed)

    collect()
    return made


def _merged(draw, table):
    """Two cells side by side, or one above the other, become one."""
    cells = list(table.cells)
    one = draw(st.sampled_from(cells))
    right = [
        c
        for c in cells
        if c.row == one.row and c.rowspan == one.rowspan and c.column == one.column + one.colspan
    ]
    below = [
        c
        for c in cells
        if c.column == one.column and c.colspan == one.colspan and c.row == one.row + one.rowspan
    ]
    if not right and not below:
        return table
    other = draw(st.sampled_from([*right, *below]))
    cells.remove(other)
    joined = replace(
        one,
        paras=one.paras + other.paras,
        rowspan=one.rowspan + other.rowspan * (other in below),
        colspan=one.colspan + other.colspan * (other in right),
    )
    cells[cells.index(one)] = joined
    return replace(table, cells=tuple(cells))


def _moved(draw, table):
    """Two columns change places, with their headings or without; a border between is gone."""
    width = len(table.widths)
    if width < 2 or any(c.colspan > 1 for c in table.cells):
        return table
    one, other = draw(st.permutations(range(1, width + 1)))[:2]
    above = draw(st.sampled_from([0, table.header]))
    swap = {one: other, other: one}
    return replace(
        table,
        cells=tuple(
            sorted(
                (
                    replace(c, column=swap.get(c.column, c.column)) if c.row > above else c
                    for c in table.cells
                ),
                key=lambda c: (c.row, c.column),
            )
        ),
    )


def _borderless(draw, table):
    """The border between two columns is gone in every row."""
    width = len(table.widths)
    if width < 2 or any(c.colspan > 1 for c in table.cells):
        return table
    left = draw(st.integers(1, width - 1))
    by_place = {(c.row, c.column): c for c in table.cells}
    cells: list[GridCell] = []
    for cell in table.cells:
        if cell.column == left:
            other = by_place.get((cell.row, left + 1))
            if other is None or other.rowspan != cell.rowspan:
                return table
            cells.append(replace(cell, paras=cell.paras + other.paras))
        elif cell.column != left + 1:
            cells.append(replace(cell, column=cell.column - (cell.column > left)))
    if any(c.column == left + 1 for c in table.cells if (c.row, left) not in by_place):
        return table
    widths = (*table.widths[: left - 1], sum(table.widths[left - 1 : left + 1]))
    return replace(table, cells=tuple(cells), widths=(*widths, *table.widths[left + 1 :]))


def _footer(draw, table):
    """A page's footer stands in a cell."""
    cells = list(table.cells)
    at = draw(st.integers(0, len(cells) - 1))
    footer = Para(draw(st.sampled_from(["第3頁，總共3頁", "3", "- 3 -", "Page 3 of 7"])))
    place = draw(st.integers(0, len(cells[at].paras)))
    paras = (*cells[at].paras[:place], footer, *cells[at].paras[place:])
    cells[at] = replace(cells[at], paras=paras)
    return replace(table, cells=tuple(cells))


def _headless(draw, table):
    """The first row, which holds the headings, is gone."""
    if not table.header or table.height < 2:
        return table
    return replace(
        table,
        cells=tuple(replace(c, row=c.row - 1) for c in table.cells if c.row > 1),
        header=0,
    )


_HARMS = (_merged, _moved, _borderless, _footer, _headless)
