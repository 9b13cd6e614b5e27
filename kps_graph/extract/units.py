"""Builds the tree of units (T, T.x, T.x.y) from the unit columns of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kps_graph.document import Paragraph, Span
from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.codes import Candidate, Code
from kps_graph.extract.findings import Notes
from kps_graph.extract.leads import note_uncoded
from kps_graph.extract.numbers import number_before
from kps_graph.extract.pieces import Piece, content
from kps_graph.extract.strays import named
from kps_graph.extract.text import join, solid
from kps_graph.extract.vacancies import vacant
from kps_graph.folding import fold
from kps_graph.model import Level
from kps_graph.placeholders import Placeholder, placeholder

#: What is written behind a name that is printed again on the next page.
_GOES_ON: Final = re.compile(r"\s*[（(]\s*(續|續前頁|承上頁)\s*[）)]\s*$")

__all__ = ["Draft", "Placed", "UnitTree"]


@dataclass(slots=True, eq=False)
class Placed:
    """An O or P where it was printed: its piece and the row."""

    piece: Piece
    row: int
    level: Level = None
    places: dict[str, Span] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=lambda: {"K": [], "S": []})


@dataclass(slots=True, eq=False)
class Draft:
    """A unit while it is being built.

    Attributes:
        printed_under: the unit whose rows it was printed in; its code may say another.
        rows: the body rows that it stands in itself, those of its children not counted.
    """

    code: Code | None
    name: str
    span: Span
    printed_under: Draft | None
    children: list[Draft] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    outputs: list[Placed] = field(default_factory=list)
    indicators: list[Placed] = field(default_factory=list)
    level: Level = None
    places: dict[str, Span] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=lambda: {"K": [], "S": []})

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its code; empty if it has none."""
        return self.code.numbers if self.code else ()

    @property
    def title(self) -> str:
        """Its code, or its name where it has none: what messages call it."""
        return self.code.text if self.code else self.name


class UnitTree:
    """Reads the unit columns row by row; :meth:`roots` gives the finished tree.

    Attributes:
        here: the units that the current row belongs to: the deepest ones begun so far, several
            where one cell holds several codes.
        began: the depth (0 for T) of the outermost unit that begins in the current row, or None.
    """

    __slots__ = ("_all", "_before", "_book", "_column", "_last", "_notes", "began", "here")

    def __init__(self, notes: Notes, book: Codebook) -> None:
        self._book = book
        self._all: list[Draft] = []
        self._column: dict[int, Draft] = {}
        self._last: dict[int, Draft] = {}  # by the table's column, which is no depth
        self._before: dict[int, Draft] = {}  # the same, as the row found it
        self._notes = notes
        self.here: list[Draft] = []
        self.began: int | None = None

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._all)

    def find(self, numbers: tuple[int, ...]) -> Draft | None:
        """The first unit with these numbers."""
        return next((u for u in self._all if u.code and u.numbers == numbers), None)

    def row(self, row: BodyRow, index: int) -> None:
        """Reads the unit cells that begin in ``row``, the body row number ``index``."""
        self.began = None
        self._before = self._last
        depth = 0
        while f"U{depth}" in row.cells or f"U{depth + 1}" in row.cells:
            cell = row.starts(f"U{depth}")
            if cell is not None and cell.text.strip():
                self._cell(row, depth, cell.paragraphs)
            depth += 1
        for unit in self.here:
            unit.rows.add(index)

    def _cell(self, row: BodyRow, depth: int, paragraphs: tuple[Paragraph, ...]) -> None:
        read = content(paragraphs, "T", self._expect, self._book.styles["T"])
        named(read, self._notes)
        self._notes.placed += sum(solid(p.text) for p in paragraphs)
        begun: list[Draft] = []
        lead = read.lead
        current = (self._before if row.first and read.pieces else self._last).get(depth)
        if lead and current is not None and self._goes_on(current, row, bool(read.pieces)):
            for segment in lead:
                if fold(segment.text) != fold(current.name):
                    current.name = join(current.name, segment.text, segment.gap)
        elif lead:
            name = ""
            for segment in lead:
                name = join(name, segment.text, segment.gap)
            if placeholder(name) is Placeholder.NONE and vacant(name, lead[0].span, self._notes):
                pass  # as good as a blank cell
            elif current is not None and fold(name) == fold(current.name) and self.began is None:
                begun.append(current)
            else:
                number, name = number_before(name)
                piece = Piece(None, lead[0].span, name, number=number)
                begun.append(self._begin(None, name, piece.span, depth))
                if placeholder(name) is None:
                    note_uncoded(piece, name, "T", (), self._notes)
        for piece in read.pieces:
            assert piece.code is not None
            begun.append(self._coded(piece, depth))
        if begun:
            self._last = {d: unit for d, unit in self._last.items() if d < depth}
            self._last[depth] = begun[-1]
            self.here = [u for u in begun if not any(o.printed_under is u for o in begun)]

    def _goes_on(self, current: Draft, row: BodyRow, coded: bool) -> bool:
        """Whether text before any code is the rest of a name that a page end has cut.

        It is beside a new task if units are ``coded`` in its cell. Where units have no codes, one
        with a level of its own is another.
        """
        if not row.first or (self.began is not None and not coded):
            return False
        level = row.starts("L")
        return current.code is not None or level is None or not level.text.strip()

    def _coded(self, piece: Piece, column: int) -> Draft:
        """The unit of a coded piece: a new one, or the one that is merely printed again."""
        code = piece.code
        assert code is not None
        depth = len(code.numbers) - 1
        for unit in reversed(self._all):
            if (
                unit.code
                and unit.numbers == code.numbers
                and (not piece.text or fold(unit.name) == fold(_GOES_ON.sub("", piece.text)))
            ):
                self._column[depth] = self._column[column] = unit
                return unit
        if code.raw:
            self._notes.add("E03", piece.span, value=code.raw, code=code.text)
        return self._begin(code, piece.text, piece.span, depth)

    def _begin(self, code: Code | None, name: str, span: Span, depth: int) -> Draft:
        above = [self._column[d] for d in range(depth) if d in self._column]
        unit = Draft(code, name, span, above[-1] if above else None)
        self._all.append(unit)
        self._column[depth] = unit
        for deeper in [d for d in self._column if d > depth]:
            del self._column[deeper]
        self.began = depth if self.began is None else min(self.began, depth)
        return unit

    def _expect(self, candidate: Candidate, after: str) -> int:
        """A unit below the current task, or the next task, is what comes next."""
        numbers = candidate.code.numbers
        current = self._column.get(0)
        if candidate.doubtful and not self._book.unit(numbers):
            return -3
        if not candidate.letter:
            return 1 if self._book.unit(numbers[:-1]) else -6
        if current is None or not current.code:
            return 1
        if len(numbers) > 1:
            return 1 if numbers[0] in (current.numbers[0], current.numbers[0] + 1) else -2
        return 2 if numbers[0] in (current.numbers[0], current.numbers[0] + 1) else 0

    def _agreed(self) -> set[tuple[int, ...]]:
        """The numbers by which all units under one parent, and no others, name that parent."""
        by_parent: dict[int, set[tuple[int, ...]]] = {}
        by_numbers: dict[tuple[int, ...], set[int]] = {}
        for unit in self._all:
            if wanted := unit.numbers[:-1]:
                by_parent.setdefault(id(unit.printed_under), set()).add(wanted)
                by_numbers.setdefault(wanted, set()).add(id(unit.printed_under))
        return {
            wanted
            for wanted, parents in by_numbers.items()
            if len(parents) == 1 and all(len(by_parent[p]) == 1 for p in parents)
        }

    def roots(self) -> list[Draft]:
        """The units of the first level, every other unit below its parent.

        A unit goes where its code says; if there is no such parent, where it was printed.
        """
        roots: list[Draft] = []
        agreed = self._agreed()
        for unit in self._all:
            parent = unit.printed_under
            wanted = unit.numbers[:-1]
            if unit.code and wanted and (parent is None or parent.numbers != wanted):
                by_code = self.find(wanted)
                if by_code is not None and by_code is not unit:
                    if parent is not None:
                        self._notes.add(
                            "E02",
                            unit.span,
                            code=unit.code.text,
                            value=unit.name,
                            row=parent.title,
                            unit=by_code.title,
                        )
                    parent = by_code
                elif parent is None or (not parent.code and wanted not in agreed):
                    # else rule 4 says so, or E04 that the one parent has no code
                    self._notes.add(
                        "E07",
                        unit.span,
                        code=unit.code.text,
                        value=unit.name,
                        unit="T" + ".".join(map(str, wanted)),
                    )
            elif unit.code and not wanted:
                parent = None
            (parent.children if parent else roots).append(unit)
        return roots
