"""Joins the codes that a page cuts apart: ``K0`` at the end of a cell, ``2 統計`` in the next table.

The beginning goes to the next page, where the text of the code stands. Only what is no code without
its other half is moved: ``K1`` before ``2 統計`` may be a reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.document import Cell, Document, Table
from kps_graph.extract.codes import parse_code
from kps_graph.extract.columns import body_columns

__all__ = ["with_whole_codes"]

#: The beginning of a code at the end of a text, as far as no code is longer.
_BEGUN: Final = re.compile(
    r"(?:^|(?<=[\s、，,；;。]))(?P<letter>[TOPKSAＴＯＰＫＳＡ])(?:\d{1,2}(?:[.．]\d{1,2}){0,2}[.．]?)?$"
)
#: How a text begins that goes on with the numbers of a code.
_REST: Final = re.compile(r"[.．]?\d{1,3}(?:[.．]\d{1,2}){0,3}(?=[\s：:、\u3400-\u9fff])")
#: Numbers that stand for no count: with a leading zero, or several.
_NUMBERED: Final = re.compile(r"0\d|\d+[.．]\d")


def with_whole_codes(document: Document) -> Document:
    """``document`` with each code that a page cuts in the table where its text stands."""
    blocks = list(document.blocks)
    before: int | None = None
    for n, block in enumerate(blocks):
        if not isinstance(block, Table):
            before = before if not block.text.strip() else None
            continue
        if before is not None:
            upper = blocks[before]
            if isinstance(upper, Table) and (begun := _begun(upper)):
                blocks[before], blocks[n] = _joined(upper, block, begun)
        before = n
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def _begun(table: Table) -> dict[int, Cell]:
    """The cells at the lower edge of ``table`` that end with the beginning of a code, by column."""
    last = max((c.row + c.rowspan for c in table.cells), default=0)
    edge = (c for c in table.cells if c.paragraphs and c.row + c.rowspan == last)
    return {c.column: c for c in edge if _BEGUN.search(c.paragraphs[-1].text.rstrip())}


def _joined(upper: Table, lower: Table, begun: Mapping[int, Cell]) -> tuple[Table, Table]:
    """Both tables, the beginnings of codes moved to the cells that go on with them."""
    above: dict[Cell, Cell] = {}
    below: dict[Cell, Cell] = {}
    for cell in _first_row(lower):
        one = begun.get(cell.column)
        if one is not None and (halves := _halves(one, cell)) is not None:
            above[one], below[cell] = halves
    if not above:
        return upper, lower
    return (
        replace(upper, cells=tuple(above.get(c, c) for c in upper.cells)),
        replace(lower, cells=tuple(below.get(c, c) for c in lower.cells)),
    )


def _first_row(table: Table) -> Sequence[Cell]:
    """The first row below the headings, which the top of a page may repeat."""
    rows = list(table.rows())
    skip = 0
    for at in range(min(len(rows), 3)):
        if (columns := body_columns(rows, at)) is not None:
            skip = at + columns.depth
            break
    return next(iter(rows[skip:]), ())


def _halves(one: Cell, two: Cell) -> tuple[Cell, Cell] | None:
    """Both cells with the code whole in the second; None if the second does not go on with it."""
    if not two.paragraphs:
        return None
    *before, last = one.paragraphs
    first, *after = two.paragraphs
    begun, rest = _BEGUN.search(last.text.rstrip()), _REST.match(first.text)
    if begun is None or rest is None:
        return None
    whole = parse_code(begun[0] + rest[0])
    if whole is None or not _is_cut(begun, rest[0], one.text):
        return None
    left = replace(last, text=last.text[: begun.start()].rstrip())
    right = replace(first, text=begun[0] + first.text, soft=False, gap=None)
    return (
        replace(one, paragraphs=(*before, *([left] if left.text else ()))),
        replace(two, paragraphs=(right, *after)),
    )


def _is_cut(begun: re.Match[str], rest: str, text: str) -> bool:
    """Whether what a text ends with is no code, and with ``rest`` it is one for certain."""
    stem = begun[0]
    if stem == begun["letter"]:  # vitamin K
        return _NUMBERED.match(rest) is not None or re.match(rf"\s*{stem}\s?\d", text) is not None
    return parse_code(stem) is None or stem[-1] in ".．" or rest[0] in ".．"
