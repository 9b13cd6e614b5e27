"""A standard set as the table of the official template, for sources that have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kps_graph.document import Block, Cell, Document, Paragraph, Table
from kps_graph.model import (
    Attitude,
    Element,
    Indicator,
    Level,
    Output,
    Standard,
    Unit,
    place_of,
    references,
)

__all__ = ["official_table"]

_HEADINGS: Final = (
    "工作產出",
    "行為指標",
    "職能級別",
    "職能內涵 (K=knowledge 知識)",
    "職能內涵 (S=skills 技能)",
)
#: How wide the columns of the body are, to each other, in the official template.
_BODY: Final = (4, 4, 4, 8, 1.6, 6, 6)
_LEVEL, _K, _S = 5, 6, 7


def official_table(standard: Standard, source: str) -> Document:
    """``standard`` as a document: its header, its units, its attitudes and its notes.

    Every paragraph has the place of what it shows. Levels, K and S stand beside what they are
    attached to; K and S that no unit refers to stand in a row of their own at the end.
    """
    blocks: list[Block] = [_header(standard), _body(standard)]
    if standard.attitudes:
        blocks.append(
            _column(
                3,
                "職能內涵 (A=attitude 態度)",
                [
                    _coded(a, f"{a.name}：{a.definition}" if a.definition else a.name)
                    for a in standard.attitudes
                ],
            )
        )
    if standard.notes:
        blocks.append(
            _column(
                4,
                "說明與補充事項",
                [
                    p
                    for n in standard.notes
                    for p in (
                        Paragraph(n.text, n.span),
                        *(Paragraph(i.text, i.span, depth=0) for i in n.items),
                    )
                ],
            )
        )
    return Document(source, tuple(blocks))


def _header(standard: Standard) -> Table:
    stated = standard.classification
    rows: list[tuple[str, list[Paragraph]]] = [
        ("職能基準代碼", [Paragraph(standard.code or "", standard.span)]),
        (
            f"職能基準名稱（{standard.name_kind or '職業'}）",
            [Paragraph(standard.name, place_of(standard, "name"))],
        ),
        *(
            (title, [Paragraph(f"{c.code} {c.name}".strip(), c.span) for c in classes])
            for title, classes in (
                ("職類別", stated.job_category),
                ("職業別", stated.occupation),
                ("行業別", stated.industry),
            )
        ),
        ("工作描述", [Paragraph(standard.description or "", place_of(standard, "description"))]),
        ("基準級別", [Paragraph(_shown(standard.level), place_of(standard, "level"))]),
        *(
            (
                f"版本 {v.version}",
                [
                    Paragraph(
                        " ".join(filter(None, (v.code, v.name, v.status, v.update_note, v.date))),
                        v.span,
                    )
                ],
            )
            for v in standard.versions
        ),
    ]
    cells = [
        cell
        for number, (title, content) in enumerate(rows, 1)
        for cell in (
            Cell(number, 1, (Paragraph(title),)),
            Cell(number, 2, tuple(p for p in content if p.text)),
        )
    ]
    return Table(1, tuple(cells), merged=True, widths=(3, 10))


def _column(index: int, title: str, content: Sequence[Paragraph]) -> Table:
    return Table(index, (Cell(1, 1, (Paragraph(title),)), Cell(2, 1, tuple(content))), merged=True)


def _body(standard: Standard) -> Table:
    layout = [*standard.layout.split("/"), "", ""]
    heads = (layout[0] or "主要職責", layout[1] or "工作任務", *_HEADINGS)
    grid = _Grid(standard)
    for column, head in enumerate(heads, 1):
        grid.put(1, column, [Paragraph(head)])
    row = 2
    for task in standard.tasks:
        row = grid.unit(task, 1, row)
    row = grid.unused(row)
    cells = tuple(grid.cells(row - 1, len(heads)))
    return Table(2, cells, merged=True, widths=_BODY)


class _Grid:
    """Places units from top to bottom, and what is attached to them beside them."""

    def __init__(self, standard: Standard) -> None:
        self._elements = {
            _K: dict(zip(references(standard.knowledge), standard.knowledge, strict=True)),
            _S: dict(zip(references(standard.skills), standard.skills, strict=True)),
        }
        self._used: set[tuple[int, str]] = set()
        self._content: dict[tuple[int, int], tuple[list[Paragraph], int]] = {}
        self._taken: dict[tuple[int, int], tuple[int, int]] = {}

    def put(self, row: int, column: int, content: list[Paragraph], rows: int = 1) -> None:
        """Puts a cell, which covers ``rows`` rows."""
        self._content[row, column] = content, rows
        for covered in range(row, row + rows):
            self._taken[covered, column] = row, column

    def unit(self, unit: Unit, depth: int, row: int) -> int:
        """Puts a unit and those below it; the row after it."""
        own = any(p.level is not None or p.knowledge or p.skills for p in unit.indicators)
        groups = [[p] for p in unit.indicators] if own else [list(unit.indicators)]
        if unit.indicators or unit.outputs or not unit.units:
            end = row + max(1, len(groups))
            self.put(row, 3, [_coded(o, o.name) for o in unit.outputs], end - row)
            for at, group in enumerate(groups, row):
                self.put(at, 4, [_coded(p, p.text) for p in group])
                if own:
                    for indicator in group:
                        self._attach(indicator, at, at + 1)
            if depth > 1:
                self.put(row, 2, [_coded(unit, unit.name)], end - row)
        else:
            end = row
        for child in unit.units:
            end = self.unit(child, depth + 1, end)
        if depth == 1:
            self.put(row, 1, [_coded(unit, unit.name)], end - row)
        elif unit.units and (row, 2) in self._content:  # a layer between stands above its first
            content, rows = self._content[row, 2]
            if not (unit.indicators or unit.outputs):
                self._content[row, 2] = [_coded(unit, unit.name), *content], rows
        self._attach(unit, row, end)
        return end

    def unused(self, row: int) -> int:
        """Puts what no unit refers to; the row after it."""
        rest = {
            column: [
                p
                for name, e in known.items()
                if (column, name) not in self._used
                for p in _element(e)
            ]
            for column, known in self._elements.items()
        }
        if not any(rest.values()):
            return row
        for column, content in rest.items():
            self.put(row, column, content)
        return row + 1

    def _attach(self, holder: Unit | Indicator, row: int, end: int) -> None:
        level = [Paragraph(_shown(holder.level), place_of(holder, "level"))]
        self._fill(_LEVEL, [] if holder.level is None else level, row, end)
        for column, codes in ((_K, holder.knowledge), (_S, holder.skills)):
            self._used.update((column, code) for code in codes)
            known = self._elements[column]
            self._fill(
                column,
                [
                    p
                    for code in codes
                    for p in (
                        _element(known[code]) if code in known else [Paragraph(code, holder.span)]
                    )
                ],
                row,
                end,
            )

    def _fill(self, column: int, content: list[Paragraph], row: int, end: int) -> None:
        """Puts ``content`` beside those rows that have nothing of their own yet."""
        if not content:
            return
        free = [r for r in range(row, end) if (r, column) not in self._taken]
        if not free:
            at = self._taken[row, column]
            there, rows = self._content[at]
            self._content[at] = [*content, *there], rows
        for start, stop in _runs(free):
            self.put(start, column, content, stop - start)

    def cells(self, rows: int, columns: int) -> Iterator[Cell]:
        """The cells in reading order, blank ones where nothing was put."""
        for row in range(1, rows + 1):
            for column in range(1, columns + 1):
                if (row, column) in self._content:
                    content, height = self._content[row, column]
                    yield Cell(row, column, tuple(p for p in content if p.text), height)
                elif (row, column) not in self._taken:
                    yield Cell(row, column)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers as (first, one past the last)."""
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], numbers[i - 1] + 1
            start = i


def _coded(part: Unit | Output | Indicator | Element | Attitude, text: str) -> Paragraph:
    return Paragraph(f"{part.raw_code or part.code or ''} {text}".strip(), part.span)


def _element(element: Element) -> list[Paragraph]:
    return [
        _coded(element, element.name),
        *(Paragraph(i.text, i.span, depth=0) for i in element.items),
    ]


def _shown(level: Level) -> str:
    return "" if level is None else str(level)
