"""Where one standard ends and another begins in one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.extract.columns import version_columns
from kps_graph.extract.labels import BRIEF, field_of, role_of
from kps_graph.extract.text import compact
from kps_graph.extract.text import label as label_of

__all__ = ["another_begins", "has_body", "lines_of", "may_begin"]

#: What a header tells of a standard; two of them make a header.
_TELLING: Final = frozenset(
    ("code", "name", "name:職業", "name:職類", "name:職能單元", "description", "level", "category")
)
_NAMED: Final = frozenset(("name", "name:職業", "name:職類", "name:職能單元"))
_NAMES: Final = ("name:職業", "name:職類", "name:職能單元", "name")
_TITLE: Final = re.compile(r".{0,40}(職能(基準|單元)|competency(standard|unit)).{0,40}", re.I)
#: What parts the labels and values of one line.
_PARTS: Final = re.compile(r"[\s：:，,；;、。]")
#: No label is longer.
_LABEL: Final = 60
#: How far before a header its title and versions may begin, in lines.
_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table or a paragraph: the cells of it that are not blank.

    Attributes:
        block: the number of its table or paragraph among the document's blocks.
        row: its 1-based row, 0 for a paragraph.
    """

    block: int
    row: int
    cells: Sequence[Cell]
    heading: bool = False

    @property
    def text(self) -> str:
        """All of it without white space."""
        return compact("".join(c.text for c in self.cells))

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.cells[0].paragraphs[0].span if self.cells else Span()


def lines_of(document: Document) -> Iterator[Line]:
    """The lines of a document in order, blank ones left out."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for row, cells in enumerate(block.rows(), 1):
                filled = [c for c in cells if c.text.strip()]
                if filled:
                    yield Line(number, row, filled)
        elif block.text.strip():
            yield Line(number, 0, [_inline(block)], block.heading > 0)


def _inline(paragraph: Paragraph) -> Cell:
    return Cell(1, 1, (paragraph,))


def another_begins(lines: Sequence[Line], at: int, known: Iterable[str]) -> tuple[str, Span] | None:
    """The name of another standard that begins at line ``at``, and its place; None if none does.

    It begins with its title or its versions, if it has them, else with its header. A header whose
    lines are all among the ``known`` ones is the same standard's, repeated on another page.
    """
    start = at
    while start < min(len(lines), at + _REACH) and _field(lines[start]) is None:
        if not _leads(lines, at, start):
            return None
        start += 1
    header: list[Line] = []
    gap = 0
    for line in lines[start : start + _REACH]:
        if _field(line) is not None:
            header.append(line)
            gap = 0
        elif (gap := gap + 1) > 1:
            break
    same = set(known)
    if all(line.text in same for line in header):
        return None
    told = set().union(*map(_fields, header)) & _TELLING
    name = _name(header)
    if len(told) < 2 and not (
        told & _NAMED and has_body(lines[start + 1 : start + 2]) and not _stated(name, same)
    ):
        return None
    return name, lines[at].span


def _fields(line: Line) -> set[str | None]:
    """The fields of the header that a line is about, which may hold several of them."""
    texts = [c.text for c in line.cells[1:] if len(c.text) < _LABEL]
    if len(line.cells) == 1 and not line.row:
        texts = [part for part in _PARTS.split(line.cells[0].text) if len(part) < _LABEL]
    further = {field_of(text) for text in texts}
    return {_field(line), *(f for f in further if f is not None and not f.startswith("name"))}


def has_body(lines: Iterable[Line]) -> bool:
    """Whether one of ``lines`` has the headings of a body."""
    return any(sum(role_of(c.text) is not None for c in x.cells) >= 3 for x in lines)


def _stated(name: str, known: set[str]) -> bool:
    """Whether ``name`` stands in the ``known`` lines of the header."""
    return any(compact(name) in line for line in known)


def _leads(lines: Sequence[Line], at: int, here: int) -> bool:
    """Whether a line may stand before a header: a title, or a row of the versions."""
    line = lines[here]
    if not line.row:
        return line.heading or _TITLE.fullmatch(line.text) is not None
    if version_columns(line.cells) is not None:
        return True
    return any(
        before.block == line.block and version_columns(before.cells) is not None
        for before in lines[max(at, here - _REACH) : here]
    )


def may_begin(cells: Sequence[Cell], heading: bool, row: bool) -> bool:
    """Whether a line is of a kind that another standard may begin with; a cheap first look."""
    text = cells[0].paragraphs[0].text
    if text[:1] in "TOPKSA" and text[1:2].isdigit():
        return False
    line = Line(0, int(row), cells, heading)
    return _field(line) is not None or _leads([line], 0, 0)


def _field(line: Line) -> str | None:
    """The field of the header that a line is about."""
    first = line.cells[0]
    text = first.paragraphs[0].text
    if line.row:
        whole = field_of(first.text) if len(first.text) < 60 else None
        if whole is None:
            whole = BRIEF.get(label_of(first.text[:60]))
        return whole if whole is not None else field_of(text.partition("：")[0][:60])
    label, colon, _ = text.replace(":", "：", 1).partition("：")
    return field_of(label) or BRIEF.get(label_of(label)) if colon and len(label) < 60 else None


def _name(header: Sequence[Line]) -> str:
    """How the other standard is called: by its name, else its code, else its first line."""
    values: dict[str | None, str] = {}
    for line in header:
        cells = line.cells
        for cell, following in pairwise(cells):
            key = field_of(cell.text) if len(cell.text) < 60 else None
            key = key or BRIEF.get(label_of(cell.text[:60]))
            if key in (*_NAMES, "code") and field_of(following.text) is None:
                values.setdefault(key, following.text.strip())
        if len(cells) == 1 and ("：" in cells[0].text or ":" in cells[0].text):
            label, _, value = cells[0].text.replace(":", "：", 1).partition("：")
            values.setdefault(field_of(label) or BRIEF.get(label_of(label)), value.strip())
    for key in (*_NAMES, "code"):
        if values.get(key):
            return values[key]
    return header[0].cells[-1].text.strip()
