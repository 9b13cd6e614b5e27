"""Reads the cells of level, K and S, and attaches each to what it covers.

Such a cell covers a *run* of rows: as far as its merged cell reaches, or, where merging is not
stated, as far as the cells below it are blank within one task. It is attached to the widest units
that the run covers whole, and to single indicators where it covers only part of a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kps_graph.document import Cell, Span
from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.cells import read_cell
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.cover import prefers_upper, rows_of, targets_of
from kps_graph.extract.elements import Elements
from kps_graph.extract.findings import Notes
from kps_graph.extract.header import level as read_level
from kps_graph.extract.leads import continued, note_joined, uncoded
from kps_graph.extract.pieces import Piece, Segment
from kps_graph.extract.strays import OTHER, apart
from kps_graph.extract.text import is_blank, solid
from kps_graph.extract.units import Draft, Placed, UnitTree
from kps_graph.extract.vacancies import vacant
from kps_graph.folding import fold
from kps_graph.model import Level
from kps_graph.placeholders import placeholder

__all__ = ["Attachments"]

_NEEDED: Final = {"K": "knowledge", "S": "skills"}


@dataclass(slots=True, eq=False)
class _Run:
    """The content of a level, K or S cell and the rows that it covers."""

    rows: set[int]
    span: Span
    pieces: list[Piece] = field(default_factory=list)
    level: Level = None


def _fresh(rows: Sequence[BodyRow], role: str) -> bool | None:
    """Whether a second unit of a task has a cell of its own in this column, as a rule.

    Seen in the rows that begin a unit in the middle of a table, where no page break confuses it;
    None if there are none.
    """
    own = shared = 0
    for row in rows:
        last = max((r for r in row.cells if r.startswith("U")), default="")
        first = row.starts("U0")
        unit = row.starts(last) if last else None
        if (
            row.first
            or unit is None
            or not unit.text.strip()
            or (last != "U0" and first is not None and first.text.strip())
        ):
            continue
        cell = row.starts(role)
        if cell is not None and cell.text.strip():
            own += 1
        else:
            shared += 1
    return None if own == shared else own > shared


class Attachments:
    """Holds the open run of each column, and all runs so far.

    Attributes:
        elements: the K and the S that their cells name.
    """

    __slots__ = (
        "_book",
        "_covered",
        "_fresh",
        "_glyphs",
        "_here",
        "_notes",
        "_runs",
        "_tree",
        "_upper",
        "elements",
    )

    def __init__(
        self,
        rows: Sequence[BodyRow],
        tree: UnitTree,
        book: Codebook,
        glyphs: bool,
        notes: Notes,
    ) -> None:
        self._tree = tree
        self._book = book
        self._glyphs = glyphs
        self._notes = notes
        self._fresh = {role: _fresh(rows, role) for role in "KS"}
        self.elements = {kind: Elements(kind, notes) for kind in "KS"}
        self._runs: dict[str, list[_Run]] = {"L": [], "K": [], "S": []}
        self._upper: dict[str, bool] = {}
        self._covered: dict[Draft, set[int]] = {}
        self._here: dict[str, _Run | None] = {"L": None, "K": None, "S": None}

    def row(self, row: BodyRow, index: int) -> None:
        """Reads the level, K and S of ``row``, the body row number ``index``."""
        has_level = bool((c := row.starts("L")) and c.text.strip())
        for role in ("L", "K", "S"):
            self._attach(role, row, index, has_level)

    def _attach(self, role: str, row: BodyRow, index: int, has_level: bool) -> None:
        run = self._here[role]
        cell = row.starts(role)
        if cell is None and role in row.cells:
            if run is not None:
                run.rows.add(index)
            return
        # a row whose trailing tabs were trimmed has no cell here at all: it is blank
        if cell is None or not cell.text.strip():
            new_task = self._tree.began == 0
            if run is None or new_task or (row.merged and not row.first):
                self._here[role] = None
            else:
                run.rows.add(index)
                if role != "L" and has_level and not row.merged and self._tree.began is not None:
                    self._notes.add("E11", run.span, unit=self._tree.here[0].title)
            return
        if role == "L":
            self._level(row, index, cell)
        else:
            self._elements_cell(role, row, index, cell, has_level)

    def _level(self, row: BodyRow, index: int, cell: Cell) -> None:
        self._notes.placed += solid(cell.text)
        text = " ".join(p.text for p in cell.paragraphs)
        span = cell.paragraphs[0].span
        value = None if vacant(text, span, self._notes) else read_level(text)
        run = self._here["L"]
        if run is not None and row.first and self._tree.began is None and run.level == value:
            run.rows.add(index)
            return
        if value is None:
            self._here["L"] = None
            return
        run = _Run({index}, span, level=value)
        self._runs["L"].append(run)
        self._here["L"] = run

    def _elements_cell(
        self, role: str, row: BodyRow, index: int, cell: Cell, has_level: bool
    ) -> None:
        self._notes.placed += solid(cell.text)
        run = self._here[role]
        before = run.pieces[-1] if run is not None and run.pieces and row.first else None
        read = read_cell(cell, role, self._book.element, self._book, self._notes, before)
        self._book.read(piece.code for piece in read.pieces)
        own, strays = apart(read.pieces, role, self._notes)
        rows = {index}  # what strays into the cell covers what the cell covers
        if strays:
            self._runs[OTHER[role]].append(_Run(rows, strays[0].span, strays))
        lead: tuple[Segment, ...] = read.lead
        if run is not None and run.pieces and self._may_go_on(run, row, lead, own):
            if lead:
                if self._tree.began == 0 and not own:
                    note_joined(run.pieces[-1], lead, self._notes)
                run.pieces[-1].extend(continued(lead, self._glyphs))
                lead = ()
                if self._tree.began != 0 or not own:
                    self._grow(run, role, index, own)
                    return
            elif self._same_cell(role, run, own, has_level):
                self._grow(run, role, index, own)
                return
        pieces = [
            p for p in (*uncoded(lead), *own) if p.code or not vacant(p.text, p.span, self._notes)
        ]
        run = _Run(rows, cell.paragraphs[0].span, pieces)
        self._here[role] = run if pieces or strays else None
        if pieces:
            self._runs[role].append(run)

    def _may_go_on(
        self, run: _Run, row: BodyRow, lead: Sequence[Segment], pieces: Sequence[Piece]
    ) -> bool:
        """Whether a cell may go on with the one that was open before, which a page end has cut.

        Beside a new task it does if it begins without a code where elements have codes.
        """
        if self._tree.began == 0:
            coded = run.pieces[-1].code is not None
            return row.first and coded and bool(lead) and placeholder(lead[0].text) is None
        return row.first or (not row.merged and self._tree.began is None and bool(lead))

    def _grow(self, run: _Run, role: str, index: int, pieces: Iterable[Piece]) -> None:
        """Adds a row and the pieces that are not yet there to ``run``."""
        known = {
            (p.code.numbers, text) for p in run.pieces if p.code for text in (fold(p.text), "")
        }
        fresh = [p for p in pieces if p.code is None or (p.code.numbers, fold(p.text)) not in known]
        run.pieces.extend(fresh)
        run.rows.add(index)

    def _same_cell(self, role: str, run: _Run, pieces: Sequence[Piece], has_level: bool) -> bool:
        """Whether codes at the top of a page belong to the cell that was open on the page before.

        They do if nothing new begins in the row; if a unit begins, it depends on whether units
        have cells of their own in this document, or, failing that, on a level of its own.
        """
        known = {p.code.numbers for p in run.pieces if p.code}
        if self._tree.began is None:
            repeated = all(p.code and p.code.numbers in known for p in pieces)
            return repeated or not has_level
        fresh = self._fresh[role]
        return not has_level if fresh is None else not fresh

    def finish(self, roots: Sequence[Draft], listed: Mapping[str, Sequence[Piece]]) -> None:
        """Attaches every run to the units and indicators that it covers.

        What is ``listed`` by code gives the names of elements that cells only refer to.
        """
        self._covered = rows_of(roots)
        for run in self._runs["L"]:
            self._give_level(self._targets("L", roots, run), run)
        for role in "KS":
            elements = self.elements[role]
            referred = [(run, elements.refer(run.pieces)) for run in self._runs[role]]
            elements.refer(listed.get(role, ()))
            undefined = elements.undefined()
            for run, codes in referred:
                lost = not undefined.isdisjoint(codes) or any(is_blank(p.name) for p in run.pieces)
                for target in self._targets(role, roots, run):
                    target.needs[role].extend(c for c in codes if c not in target.needs[role])
                    if lost:
                        target.places[_NEEDED[role]] = run.span

    def _targets(self, role: str, roots: Sequence[Draft], run: _Run) -> list[Draft | Placed]:
        upper = self._upper.get(role)
        if upper is None:
            upper = prefers_upper(self._covered, (run.rows for run in self._runs[role]))
            self._upper[role] = upper
        targets = list(targets_of(roots, self._covered, run.rows, upper))
        if not targets:
            self._unattached(role, run)
        return targets

    def _unattached(self, role: str, run: _Run) -> None:
        value = str(run.level) if role == "L" else "、".join(p.name for p in run.pieces)
        self._notes.add("E01", run.span, value=value)

    def _give_level(self, targets: Iterable[Draft | Placed], run: _Run) -> None:
        for target in targets:
            if target.level is not None and target.level != run.level:
                self._notes.add("E14", run.span, value=str(target.level), other=str(run.level))
            target.level, target.places["level"] = run.level, run.span
