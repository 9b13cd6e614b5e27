"""Sorts the rows and paragraphs of a Document into the sections of a standard.

The sections are told apart by their official labels, row by row, since some documents give each
section a table of its own and others put everything into one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from kps_graph.document import Cell, Document, Paragraph, Table
from kps_graph.extract.body_rows import BodyPlace, BodyRow, Grid, is_remark, role_cells
from kps_graph.extract.boundary import Line, another_begins, has_body, lines_of, may_begin
from kps_graph.extract.columns import (
    Columns,
    body_columns,
    is_list_heading,
    is_record,
    version_columns,
)
from kps_graph.extract.findings import Notes
from kps_graph.extract.labels import (
    ATTITUDES,
    ELEMENTS,
    FOOTER,
    NOTES,
    RECORDS,
    begins_field,
    heads,
    role_of,
)
from kps_graph.extract.lists import goes_on_list, heads_list, is_list, list_cells, list_groups
from kps_graph.extract.page_cuts import joined_at_page_ends
from kps_graph.extract.text import MARKS, compact, label, nonblank, said, solid

__all__ = ["Sections", "sections"]

_ATTITUDE_CODE: Final = re.compile(r"[AＡ]\s?\d{1,2}(?![\d.])")
_BODY_CODE: Final = re.compile(rf"{MARKS.pattern}[TOPKS]\s?\d")
#: What a column of mere counts holds.
_NUMBER: Final = re.compile(r"[(（]?[0-9０-９]{1,3}[)）.．、]?")
#: The longest label.
_LONGEST: Final = 80


@dataclass(slots=True)
class Sections:
    """The rows and paragraphs of a document by section.

    Attributes:
        attitudes: runs of paragraphs, each with whether it may go on with the run before.
        listed: the items of lists of K, S and A by code.
        columns: of the first body table that has some of units.
        others: the cells of columns that are no part of a standard, the heading first, by heading.
    """

    versions: list[tuple[dict[str, int], list[Cell]]] = field(default_factory=list)
    header: list[list[Cell]] = field(default_factory=list)
    body: list[BodyRow] = field(default_factory=list)
    attitudes: list[tuple[list[Paragraph], bool]] = field(default_factory=list)
    listed: list[list[Paragraph]] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    titles: list[Paragraph] = field(default_factory=list)
    preface: list[Paragraph] = field(default_factory=list)
    others: dict[str, list[Cell]] = field(default_factory=dict)
    columns: Columns | None = None


def sections(document: Document, notes: Notes) -> Sections:
    """The sections of ``document``; what belongs to none is noted and kept as a title."""
    document, result = joined_at_page_ends(document, notes), Sections()
    state = _State(document, result, notes)
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            state.table(number, block)
        else:
            state.paragraph(number, block)
    return result


@dataclass(slots=True)
class _State:
    """Where in a standard the reading stands.

    Attributes:
        before: the section that the last heading of a body table stands in the middle of.
        lines: all lines of the document, when they have been needed.
        headings: what the headings of the body tables so far say.
        recorded: whether the title of a record of updates stands above.
    """

    document: Document
    result: Sections
    notes: Notes
    mode: str = ""
    before: str = ""
    columns: Columns | None = None
    versions: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)
    recorded: bool = False

    def table(self, number: int, table: Table) -> None:
        """Sorts the rows of ``table``, the block ``number`` of the document."""
        rows = list(table.rows())
        grid = Grid(table)
        outside, recorded, self.recorded = self.mode, self.recorded, False
        if recorded and self.mode != "another":
            self.mode = "record"
        elif self.mode not in ("another", "") and is_list(rows):
            self.mode = "elements"
        elif self.mode == "body" and self._is_foreign(table, rows):
            self.mode = "foreign"
        first, skip = True, 0
        for at, row in enumerate(rows):
            for cell in row:
                self.notes.read += solid(cell.text)
            if skip:
                skip -= 1
                continue
            filled = nonblank(row)
            if not filled and self.mode != "body":
                continue
            if len(filled) == 1 and FOOTER.fullmatch(label(filled[0].text[:_LONGEST])):
                self.notes.placed += solid(filled[0].text)
                continue
            if self._begins_again(number, at + 1, filled):
                continue
            if consumed := self._heading(rows, at, filled):
                self.notes.placed += sum(solid(c.text) for r in rows[at : at + consumed] for c in r)
                skip = consumed - 1
                first = True  # headings are repeated where a page begins
                continue
            if self._labelled(filled):
                continue
            first = self._row(BodyPlace(grid, at + 1, table, first), row, filled) and first
        listed = self.mode == "elements" and outside in ("attitudes", "notes")
        if listed or self.mode in ("record", "foreign"):
            self.mode = outside

    def _row(self, place: BodyPlace, row: list[Cell], filled: list[Cell]) -> bool:
        """Sorts one row by the section it stands in; whether the next is still the first."""
        match self.mode:
            case "version":
                self.result.versions.append((self.versions, row))
            case "header" | "":
                self.result.header.append(row)
            case "body":
                return self._body_row(place, row, filled)
            case "elements":
                items = list_cells(filled)
                self.result.listed.extend(list_groups(items))
                self.notes.placed += len(said(filled)) - len(said(items))
            case "foreign":
                for cell in filled:
                    self._loose(cell)
            case _:
                self._tail(filled)
        return True

    def _body_row(self, place: BodyPlace, row: list[Cell], filled: list[Cell]) -> bool:
        assert self.columns is not None
        columns, number = self.columns, place.number
        cells, read = role_cells(columns, place.grid, number)
        given = set(map(id, read))
        if len(cells) > 2 and (len(given) == 1 or is_remark(filled)) and self._across(filled):
            return True
        if any(id(c) not in given for c in cells.values()):
            before = {id(c): c for c in read if c.row == number}
            after = {id(c): c for c in cells.values() if c.row == number}
            # numbers and codes that say what the text says too are in no cell any more
            self.notes.placed += sum(solid(c.text) for c in before.values())
            self.notes.placed -= sum(solid(c.text) for c in after.values())
        self._stray(row, given)
        attitude = cells.pop("A", None)
        table = place.table
        if attitude is not None and attitude.row == number and attitude.text.strip():
            goes_on = place.first and bool(self.result.body)
            self.result.attitudes.append((list(attitude.paragraphs), goes_on))
        self.result.body.append(BodyRow(cells, number, table.index, place.first, table.merged))
        return False

    def _is_foreign(self, table: Table, rows: list[list[Cell]]) -> bool:
        """Whether a table after the body is no part of it: it has no headings and fewer columns."""
        if self.columns is None or not table.merged:
            return False
        width = max((c.column + c.colspan - 1 for c in table.cells), default=0)
        if width >= self.columns.width or width == 1:
            return False
        return not any(
            self._section(nonblank(r)) or body_columns(rows, n) for n, r in enumerate(rows)
        )

    def _section(self, filled: list[Cell]) -> bool:
        """Whether a row begins a section by its label."""
        if not filled:
            return False
        first = filled[0].paragraphs[0].text
        return len(first) < 60 and bool(
            ATTITUDES.fullmatch(label(first)) or NOTES.fullmatch(label(first))
        )

    def _begins_again(
        self, block: int, row: int, filled: list[Cell], heading: bool = False
    ) -> bool:
        """Takes a line that belongs to another standard, or to this one's repeated header."""
        if self.mode == "another":
            self.notes.unplaced += sum(solid(c.text) for c in filled)
            return True
        if not self.result.body or self.mode == "header" or not filled:
            return False
        if not may_begin(filled, heading, row > 0):
            return False
        known = {said(r) for r in self.result.header}
        known |= {compact(p.text) for p in self.result.preface if heads(p.text)}
        self.lines = self.lines or list(lines_of(self.document))
        at = next(n for n, x in enumerate(self.lines) if (x.block, x.row) == (block, row))
        if (found := another_begins(self.lines, at, known)) is not None:
            if not known and not has_body(self.lines[at:]):
                self.mode = "header"  # the standard's own, below its body
                return False
            self.mode = "another"
            self.notes.add("E29", found[1], value=found[0])
            self.notes.unplaced += sum(solid(c.text) for c in filled)
            return True
        if row and said(filled) in known:
            self.notes.placed += len(said(filled))  # the header, repeated on another page
            return True
        return False

    def _across(self, filled: list[Cell]) -> bool:
        """Takes a cell over all columns: it goes on with what the headings interrupt, or is none.

        Where it has codes of the body, a border is gone.
        """
        if not filled:
            return True
        if not self.before and not _ATTITUDE_CODE.match(filled[0].text.strip()):
            if any(_BODY_CODE.match(p.text) for p in filled[0].paragraphs):
                return False
            self._loose(*filled)
            return True
        self.mode = self.before or "attitudes"
        self._tail(filled)
        return True

    def _tail(self, cells: list[Cell]) -> None:
        """Adds the text of ``cells`` to the section that follows the body."""
        if self.mode == "attitudes":
            paragraphs = [p for group in list_groups(cells) for p in group]
            self.result.attitudes.append((paragraphs, True))
            return
        first, *others = cells or [Cell(1, 1)]
        self.result.notes.extend(first.paragraphs)
        # what stands beside it in a row belongs to it
        self.result.notes.extend(
            replace(p, depth=0 if p.depth is None else p.depth + 1)
            for c in others
            for p in c.paragraphs
        )

    def _heading(self, rows: list[list[Cell]], at: int, filled: list[Cell]) -> int:
        """Takes the row as the heading of a table if it is one: how many rows it consists of."""
        if (versions := version_columns(filled)) is not None:
            self.mode, self.versions = "version", versions
            return 1
        found = body_columns(rows, at)
        if found is not None:
            self._repeated([c for row in rows[at : at + found.depth] for c in nonblank(row)], found)
            self._body_heading(found)
            return found.depth
        if self.mode not in ("header", "version") and is_record(filled):
            self.mode = "record"
            return 0
        if self.mode == "elements" and is_list_heading(filled):
            return 1
        return 0

    def _repeated(self, cells: list[Cell], found: Columns) -> None:
        """Sees to it that no text in the headings of a further page is lost."""
        known = {id(c) for c in found.others.values()} | {(c.row, c.column) for c in found.content}
        for cell in cells if self.headings else ():
            told = {said([cell]), id(cell), (cell.row, cell.column)} & (known | self.headings)
            if not told and role_of(cell.text) is None:
                self._loose(cell)
                self.notes.placed -= solid(cell.text)
        self.headings |= {said([c]) for c in cells}

    def _body_heading(self, found: Columns) -> None:
        self.before = self.mode if self.mode in ("attitudes", "notes") else ""
        self.mode = "body"
        self.columns = found
        if self.result.columns is None or not self.result.columns.headings:
            self.result.columns = found
        for cell in found.content:
            self._loose(cell)
            self.notes.placed -= solid(cell.text)  # all of the headings is placed
        for cell in found.others.values():
            self.result.others.setdefault(said([cell]), [cell])

    def _labelled(self, filled: list[Cell]) -> bool:
        """Sees a change of section in the row's first cell; True if the row is used up by it."""
        if not filled or len(filled[0].paragraphs[0].text) > _LONGEST:
            return False
        name = label(filled[0].text)
        if ATTITUDES.fullmatch(name):
            self.mode = "attitudes"
        elif NOTES.fullmatch(name):
            self.mode = "notes"
        elif len(filled) == 1 and self.result.body and ELEMENTS.fullmatch(name):
            self.mode = "elements"
        elif len(filled) == 1 and RECORDS.fullmatch(name):
            self.mode = "record"
        elif self._before_body and begins_field(filled[0].text):
            self.mode = "header"
            return False
        else:
            return self._inline_label(filled)
        self.notes.placed += solid(filled[0].text)
        if self.mode != "elements":
            self._tail(filled[1:])
        return True

    @property
    def _before_body(self) -> bool:
        """Whether the header may still begin: a record of updates may stand above it."""
        return self.mode in ("", "version") or (self.mode == "record" and not self.result.body)

    def _inline_label(self, filled: list[Cell]) -> bool:
        """A cell that spans the table and begins with a section's label, its content below it."""
        if len(filled) != 1 or len(filled[0].paragraphs) < 2:
            return False
        head, *rest = filled[0].paragraphs
        for pattern, mode in ((ATTITUDES, "attitudes"), (NOTES, "notes")):
            if pattern.fullmatch(label(head.text)):
                self.mode = mode
                self.notes.placed += solid(head.text)
                self._tail([replace(filled[0], paragraphs=tuple(rest))])
                return True
        return False

    def _stray(self, row: list[Cell], known: set[int]) -> None:
        """Keeps the text of cells that stand in no column of the body."""
        assert self.columns is not None
        for cell in row:
            if id(cell) in known or not cell.text.strip():
                continue
            if cell.column in self.columns.counts and _NUMBER.fullmatch(compact(cell.text)):
                self.notes.placed += solid(cell.text)
            elif (heading := self.columns.others.get(cell.column)) is not None:
                self.result.others[said([heading])].append(cell)
            else:
                self._loose(cell)

    def _loose(self, *cells: Cell) -> None:
        self.notes.unplaced += sum(solid(c.text) for c in cells)
        value = " ".join(c.text.strip() for c in cells)
        self.notes.add("E01", cells[0].paragraphs[0].span, value=value)

    def paragraph(self, number: int, paragraph: Paragraph) -> None:
        """Sorts a paragraph outside tables, the block ``number`` of the document."""
        name = label(paragraph.text) if len(paragraph.text) <= _LONGEST else ""
        size = solid(paragraph.text)
        self.notes.read += size
        if self._begins_again(number, 0, [Cell(1, 1, (paragraph,))], paragraph.heading > 0):
            return
        if ATTITUDES.fullmatch(name):
            self.mode = "attitudes"
            self.notes.placed += size
        elif NOTES.fullmatch(name):
            self.mode = "notes"
            self.notes.placed += size
            # a repeated heading marks a page break inside the notes
            self.result.notes.append(Paragraph("", paragraph.span, heading=1))
        elif self.result.body and heads_list(name, self.document.blocks[number + 1 :]):
            self.mode = "elements"
            self.notes.placed += size
        elif FOOTER.fullmatch(name) or RECORDS.fullmatch(name):
            self.notes.placed += size
            self.recorded = RECORDS.fullmatch(name) is not None
        elif self.mode in ("", "version", "header") and heads(paragraph.text):
            self.result.preface.append(paragraph)
        elif self.mode == "elements" and goes_on_list(paragraph):
            self.result.listed.append([paragraph])
        elif self.mode == "attitudes" and not paragraph.heading:
            self.result.attitudes.append(([paragraph], True))
        elif self.mode == "notes" and not paragraph.heading:
            self.result.notes.append(paragraph)
        elif paragraph.heading or not self.mode:
            self.result.titles.append(paragraph)
        else:
            self.result.preface.append(paragraph)
