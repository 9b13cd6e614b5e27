"""Reads the body table: units, outputs, indicators, and where level, K and S attach.

The rows of all page tables are one sequence. A cell of the level, K or S column covers a *run* of
rows: as far as its merged cell reaches, or, where merging is not stated, as far as the cells
below it are blank within one task. It is attached to the widest units that the run covers whole,
and to single indicators where it covers only part of a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kps_graph.document import Cell, Span
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.codes import Candidate
from kps_graph.extract.cover import prefers_upper, targets_of
from kps_graph.extract.elements import Elements
from kps_graph.extract.findings import Notes
from kps_graph.extract.header import level as read_level
from kps_graph.extract.pieces import Content, Piece, Segment, content
from kps_graph.extract.sections import BodyRow
from kps_graph.extract.strays import OTHER, apart, named
from kps_graph.extract.text import is_blank, solid
from kps_graph.extract.units import Draft, Placed, UnitTree
from kps_graph.model import Element, Indicator, Level, Output, Unit

__all__ = ["Body", "body"]

_NEEDED: Final = {"K": "knowledge", "S": "skills"}


@dataclass(frozen=True, slots=True)
class Body:
    """What the body holds."""

    tasks: tuple[Unit, ...]
    knowledge: tuple[Element, ...]
    skills: tuple[Element, ...]


@dataclass(slots=True, eq=False)
class _Run:
    """The content of a level, K or S cell and the rows that it covers."""

    rows: set[int]
    span: Span
    pieces: list[Piece] = field(default_factory=list)
    level: Level = None


def body(rows: Sequence[BodyRow], glyphs: bool, notes: Notes) -> Body:
    """The units, K and S of the body rows.

    Args:
        rows: of all body tables, in order.
        glyphs: whether the document writes its bullets as text, so that a list item without one
            at the top of a page is the rest of the item before.
        notes: takes what is odd.
    """
    reader = _Reader(notes, glyphs, {role: _fresh(rows, role) for role in "KS"}, Codebook(rows))
    for index, row in enumerate(rows):
        reader.row(row, index)
    return reader.finish()


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


class _Reader:
    """Holds where the reading of the body stands."""

    __slots__ = (
        "_book",
        "_elements",
        "_fresh",
        "_glyphs",
        "_here",
        "_last",
        "_loose",
        "_notes",
        "_runs",
        "_tree",
    )

    def __init__(
        self, notes: Notes, glyphs: bool, fresh: dict[str, bool | None], book: Codebook
    ) -> None:
        self._notes = notes
        self._book = book
        self._glyphs = glyphs
        self._fresh = fresh
        self._tree = UnitTree(notes, book)
        self._elements = {kind: Elements(kind, notes) for kind in "KS"}
        self._runs: dict[str, list[_Run]] = {"L": [], "K": [], "S": []}
        self._last: dict[str, Piece] = {}
        self._loose: dict[str, list[tuple[Placed, list[Draft]]]] = {"O": [], "P": []}
        self._here: dict[str, _Run | None] = {"L": None, "K": None, "S": None}

    def row(self, row: BodyRow, index: int) -> None:
        """Reads one row: its units, then its outputs and indicators, then what is attached."""
        self._tree.row(row, index)
        for role in "OP":
            cell = row.starts(role)
            if cell is not None and cell.text.strip():
                self._place(role, row, index, cell)
        has_level = bool((c := row.starts("L")) and c.text.strip())
        for role in ("L", "K", "S"):
            self._attach(role, row, index, has_level)

    # -- outputs and indicators ------------------------------------------------------------

    def _place(self, role: str, row: BodyRow, index: int, cell: Cell) -> None:
        self._notes.placed += solid(cell.text)
        read = self._read(cell, role, self._belongs)
        own, strays = apart(read.pieces, role, self._notes)
        for piece in strays:
            self._loose[OTHER[role]].append((Placed(piece, index), list(self._tree.here)))
        goes_on = row.first or not row.merged
        lead = read.lead
        if (
            lead
            and role in self._last
            and goes_on
            and (self._tree.began is None or self._cut(role, row, own))
        ):
            self._last[role].extend(self._continued(lead))
            lead = ()
        pieces = [*_uncoded(lead), *own]
        for piece in pieces:
            if piece.code is None and is_blank(piece.text):
                continue
            self._loose[role].append((Placed(piece, index), list(self._tree.here)))
            self._last[role] = piece

    def _read(self, cell: Cell, role: str, expect: Callable[[Candidate, str], int]) -> Content:
        """The content of a cell of ``role``, in which codes of the kind beside it may stray."""
        style, defined = self._book.styles[role], self._book.defined
        read = content(cell.paragraphs, role + OTHER[role], expect, style, defined)
        named(read, self._notes)
        return read

    def _cut(self, role: str, row: BodyRow, pieces: Sequence[Piece]) -> bool:
        """Whether text before the first code at the top of a page is the rest of the item before.

        A cell that holds several units may be cut so that one of them begins on the new page.
        """
        return (
            row.first
            and self._tree.began != 0
            and self._last[role].code is not None
            and (bool(pieces) or row.merged)
        )

    def _belongs(self, candidate: Candidate, after: str) -> int:
        """A code of the row's own units is expected; one of no known unit is not."""
        unit = candidate.code.unit
        usual = self._book.depth()
        if usual and len(candidate.code.numbers) != usual:
            return -4
        if any(u.numbers[: len(unit)] == unit for u in self._tree.here if u.code):
            return 2
        return 0 if self._tree.find(unit) else -2

    def _continued(self, lead: Sequence[Segment]) -> list[Segment]:
        """The lead of a cell at the top of a page, its first part unbulleted if it goes on."""
        first, *rest = lead
        if self._glyphs and first.bullet and not first.glyph:
            first = Segment(first.text, first.span, soft=first.soft)
        return [first, *rest]

    # -- level, K, S -----------------------------------------------------------------------

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
        value = read_level(" ".join(p.text for p in cell.paragraphs))
        span = cell.paragraphs[0].span
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
        read = self._read(cell, role, self._book.element)
        self._book.read(piece.code for piece in read.pieces)
        own, strays = apart(read.pieces, role, self._notes)
        run = self._here[role]
        may_go_on = (
            run is not None
            and self._tree.began != 0
            and (row.first or (not row.merged and self._tree.began is None and bool(read.lead)))
        )
        lead: tuple[Segment, ...] = read.lead
        if may_go_on and run is not None and run.pieces:
            if lead:
                run.pieces[-1].extend(self._continued(lead))
                self._grow(run, role, index, own)
                return
            if self._same_cell(role, run, own, has_level):
                self._grow(run, role, index, own)
                return
        pieces = [p for p in (*_uncoded(lead), *own) if p.code or not is_blank(p.text)]
        if not pieces:
            self._here[role] = None
            return
        run = _Run({index}, cell.paragraphs[0].span, pieces)
        self._runs[role].append(run)
        self._here[role] = run
        if strays:
            self._runs[OTHER[role]].append(_Run(run.rows, strays[0].span, strays))

    def _grow(self, run: _Run, role: str, index: int, pieces: Iterable[Piece]) -> None:
        """Adds a row and the pieces that are not yet there to ``run``."""
        known = {p.code.numbers for p in run.pieces if p.code}
        fresh = [p for p in pieces if p.code is None or p.code.numbers not in known]
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

    # -- the end ---------------------------------------------------------------------------

    def finish(self) -> Body:
        """The units with everything in its place."""
        roots = self._tree.roots()
        for role, placed in self._loose.items():
            defined = {p.piece.code.numbers for p, _ in placed if p.piece.code and p.piece.text}
            for item, here in placed:
                code = item.piece.code
                if item.piece.text or code is None or code.numbers not in defined:
                    self._settle(role, item, here)  # else it is a mere reference
        for role, runs in self._runs.items():
            upper = prefers_upper(roots, (run.rows for run in runs))
            for run in runs:
                targets = list(targets_of(roots, run.rows, upper))
                if not targets:
                    self._unattached(role, run)
                if role == "L":
                    self._give_level(targets, run)
                    continue
                elements = self._elements[role]
                codes = elements.refer(run.pieces)
                lost = any(elements.undefined(c) for c in codes)
                for target in targets:
                    target.needs[role].extend(c for c in codes if c not in target.needs[role])
                    if lost:
                        target.places[_NEEDED[role]] = run.span
        return Body(
            tuple(_unit(r) for r in roots),
            self._elements["K"].finish(),
            self._elements["S"].finish(),
        )

    def _unattached(self, role: str, run: _Run) -> None:
        value = str(run.level) if role == "L" else "、".join(p.name for p in run.pieces)
        self._notes.add("E01", run.span, value=value)

    def _give_level(self, targets: Iterable[Draft | Placed], run: _Run) -> None:
        for target in targets:
            if target.level is not None and target.level != run.level:
                self._notes.add("E14", run.span, value=str(target.level), other=str(run.level))
            target.level, target.places["level"] = run.level, run.span

    def _settle(self, role: str, placed: Placed, here: list[Draft]) -> None:
        """Puts an O or P into the unit that its code says, else into that of its row."""
        piece = placed.piece
        code = piece.code
        unit = here[0] if here else None
        if code is None:
            self._notes.add("E04", piece.span, value=piece.text)
        else:
            if code.raw:
                self._notes.add("E03", piece.span, value=code.raw, code=code.text)
            unit = self._by_code(placed, here) or unit
        if unit is None:
            self._notes.add("E01", piece.span, value=piece.text, code=code.text if code else "")
            size = solid(piece.text)
            self._notes.unplaced += size
            self._notes.placed -= size
            return
        (unit.outputs if role == "O" else unit.indicators).append(placed)

    def _by_code(self, placed: Placed, here: list[Draft]) -> Draft | None:
        code, span = placed.piece.code, placed.piece.span
        assert code is not None
        exact = [u for u in here if u.numbers == code.unit]
        within = [u for u in here if u.code and u.numbers[: len(code.unit)] == code.unit]
        if exact or within:
            return (exact or within)[0]
        wanted = self._tree.find(code.unit)
        if wanted is not None:
            self._notes.add(
                "E02",
                span,
                code=code.text,
                value=placed.piece.text,
                unit="T" + ".".join(map(str, code.unit)),
                row=here[0].title if here else "—",
            )
        return wanted


def _uncoded(lead: Iterable[Segment]) -> list[Piece]:
    """Pieces without codes: one per paragraph or bullet; a soft line goes on with the last."""
    pieces: list[Piece] = []
    for segment in lead:
        if pieces and segment.soft and not segment.bullet:
            pieces[-1].extend([segment])
        else:
            pieces.append(Piece(None, segment.span, segment.text))
    return pieces


def _unit(draft: Draft) -> Unit:
    """The finished unit."""
    code = draft.code
    return Unit(
        code=code.text if code else None,
        name=draft.name,
        level=draft.level,
        knowledge=tuple(draft.needs["K"]),
        skills=tuple(draft.needs["S"]),
        outputs=tuple(
            Output(_text(p), p.piece.text, _raw(p), p.piece.span) for p in _ordered(draft.outputs)
        ),
        indicators=tuple(
            Indicator(
                _text(p),
                p.piece.text,
                p.level,
                tuple(p.needs["K"]),
                tuple(p.needs["S"]),
                _raw(p),
                p.piece.span,
                tuple(p.places.items()),
            )
            for p in _ordered(draft.indicators)
        ),
        units=tuple(_unit(c) for c in draft.children),
        raw_code=code.raw if code else None,
        span=draft.span,
        places=tuple(draft.places.items()),
    )


def _ordered(placed: list[Placed]) -> list[Placed]:
    """In printed order, except that one printed in another unit's row goes by its number."""
    rows = [p.row for p in placed]
    if rows == sorted(rows):
        return placed
    codes = [p.piece.code for p in placed]
    if any(c is None for c in codes):
        return placed
    return sorted(placed, key=lambda p: p.piece.code.numbers if p.piece.code else ())


def _text(placed: Placed) -> str | None:
    return placed.piece.code.text if placed.piece.code else None


def _raw(placed: Placed) -> str | None:
    return placed.piece.code.raw if placed.piece.code else None
