"""Joins the codes that a page or line cuts apart: ``K0`` at the end of a cell, ``2 統計`` in the next.

The beginning goes to where the text of the code stands. Where it is no code without its other half,
that is certain; whether ``K1`` before ``2 統計`` is, the rest of the document tells, and where it does
not, the place is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.document import Cell, Document, Paragraph, Table
from kps_graph.extract.codes import Code, parse_code
from kps_graph.extract.columns import body_columns
from kps_graph.extract.findings import Notes
from kps_graph.extract.printed_codes import PrintedCodes
from kps_graph.extract.text import MARKS, shortened

__all__ = ["with_whole_codes"]

#: The beginning of a code at the end of a text, as far as no code is longer.
_BEGUN: Final = re.compile(
    r"(?:^|(?<=[\s、，,；;。]))(?P<letter>[TOPKSAＴＯＰＫＳＡ])(?:\d{1,2}(?:[.．]\d{1,2}){0,2}[.．]?)?$"
)
#: How a text begins that goes on with the numbers of a code.
_REST: Final = re.compile(r"[.．]?\d{1,3}(?:[.．]\d{1,2}){0,3}(?=[\s：:、\u3400-\u9fff])")
_DIGITS: Final = frozenset("0123456789.．")
#: Numbers that stand for no count: with a leading zero, or several.
_NUMBERED: Final = re.compile(r"0\d|\d+[.．]\d")
#: What else in a cell is a code.
_CODE: Final = re.compile(r"(?<![A-Za-z0-9])[TOPKSAＴＯＰＫＳＡ]\d{1,3}(?:[.．]\d{1,3})*")
#: How much of a text a finding names.
_SHOWN: Final = 24


def with_whole_codes(document: Document, notes: Notes) -> Document:
    """``document`` with each code that is cut where its text stands; doubtful ones are noted."""
    joiner = _Joiner(PrintedCodes(document), notes)
    blocks = list(document.blocks)
    before: int | None = None
    for n, block in enumerate(blocks):
        if not isinstance(block, Table):
            before = before if not block.text.strip() else None
            continue
        blocks[n] = block = joiner.within(block)
        if before is not None:
            upper = blocks[before]
            if isinstance(upper, Table) and (begun := _begun(upper)):
                blocks[before], blocks[n] = joiner.across(upper, block, begun)
        before = n
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def _begun(table: Table) -> dict[int, Cell]:
    """The cells at the lower edge of ``table`` that end with the beginning of a code, by column."""
    last = max((c.row + c.rowspan for c in table.cells), default=0)
    edge = (c for c in table.cells if c.paragraphs and c.row + c.rowspan == last)
    return {c.column: c for c in edge if _BEGUN.search(c.paragraphs[-1].text.rstrip())}


def _first_row(table: Table) -> Sequence[Cell]:
    """The first row below the headings, which the top of a page may repeat."""
    rows = list(table.rows())
    skip = 0
    for at in range(min(len(rows), 3)):
        if (columns := body_columns(rows, at)) is not None:
            skip = at + columns.depth
            break
    return next(iter(rows[skip:]), ())


@dataclass(frozen=True, slots=True)
class _Joiner:
    """Joins the halves of codes by what is ``printed`` in their document."""

    printed: PrintedCodes
    notes: Notes

    def across(self, upper: Table, lower: Table, begun: Mapping[int, Cell]) -> tuple[Table, Table]:
        """Both tables, the beginnings of codes moved to the cells that go on with them."""
        above: dict[Cell, Cell] = {}
        below: dict[Cell, Cell] = {}
        for cell in _first_row(lower):
            one = begun.get(cell.column)
            if one is None or not cell.paragraphs:
                continue
            whole = self._halves(one.paragraphs, cell.paragraphs)
            if whole is not None:
                above[one] = replace(one, paragraphs=whole[0])
                below[cell] = replace(cell, paragraphs=whole[1])
        if not above:
            return upper, lower
        return (
            replace(upper, cells=tuple(above.get(c, c) for c in upper.cells)),
            replace(lower, cells=tuple(below.get(c, c) for c in lower.cells)),
        )

    def within(self, table: Table) -> Table:
        """``table`` with the codes whole that the end of a line or paragraph cuts in a cell."""
        cells = tuple(map(self._within, table.cells))
        return table if cells == table.cells else replace(table, cells=cells)

    def _within(self, cell: Cell) -> Cell:
        paragraphs = cell.paragraphs
        for n in range(len(paragraphs) - 1, 0, -1):
            if paragraphs[n].text[:1] in _DIGITS and paragraphs[n].gap != "":
                whole = self._halves(paragraphs[:n], paragraphs[n:])
                if whole is not None:
                    paragraphs = (*whole[0], *whole[1])
        return cell if paragraphs is cell.paragraphs else replace(cell, paragraphs=paragraphs)

    def _halves(
        self, one: Sequence[Paragraph], two: Sequence[Paragraph]
    ) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]] | None:
        """Both texts with the code whole in the second; None if that does not go on with it."""
        *before, last = one
        first, *after = two
        begun, rest = _BEGUN.search(last.text.rstrip()), _REST.match(first.text)
        if begun is None or rest is None:
            return None
        whole = parse_code(begun[0] + rest[0])
        if whole is None:
            return None
        upper, lower = ("\n".join(p.text for p in part) for part in (one, two))
        stem = parse_code(begun[0])
        if stem is None or stem.raw is not None or whole.raw is not None or rest[0][0] in ".．":
            if not _is_cut(begun, rest[0], upper):
                return None
        elif not self._joined(stem, whole, upper.rstrip(), lower[rest.end() :], first):
            return None
        left = replace(last, text=last.text[: begun.start()].rstrip())
        right = replace(first, text=begun[0] + first.text, soft=False, gap=None)
        return (*before, *([left] if left.text else ())), (right, *after)

    def _joined(self, stem: Code, whole: Code, upper: str, lower: str, place: Paragraph) -> bool:
        """Whether two halves, each of which may stand by itself, are one code."""
        if re.match(rf"{MARKS.pattern}{stem.kind}\s?\d", upper) is None:
            return False  # K1 among skills: the end of a name
        above, below = (_codes(text, stem.kind) for text in (upper[: -len(stem.text)], lower))
        joined = self.printed.joined(
            stem,
            whole,
            lower.strip(),
            above[-1] if above else None,
            below[0] if below else None,
        )
        if joined is None:
            digits = whole.text[len(stem.text) :]
            value = shortened(f"{stem.text} {digits}{lower}".split("\n", 1)[0], _SHOWN)
            self.notes.add("E03", place.span, value=value, code=stem.text)
        return joined is True


def _codes(text: str, kind: str) -> list[Code]:
    """The codes of ``kind`` in a text, in order."""
    found = (parse_code(match[0], kind) for match in _CODE.finditer(text))
    return [code for code in found if code is not None]


def _is_cut(begun: re.Match[str], rest: str, text: str) -> bool:
    """Whether what a text ends with is no code, and with ``rest`` it is one for certain."""
    stem = begun[0]
    if stem == begun["letter"]:  # vitamin K
        return _NUMBERED.match(rest) is not None or re.match(rf"\s*{stem}\s?\d", text) is not None
    return parse_code(stem) is None or stem[-1] in ".．" or rest[0] in ".．"
