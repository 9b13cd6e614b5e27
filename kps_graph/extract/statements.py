"""Reads outputs (O) and indicators (P), and puts each into the unit that its code says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kps_graph.document import Cell
from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.cells import read_cell
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.codes import Candidate
from kps_graph.extract.findings import Notes
from kps_graph.extract.leads import continued, note_joined, note_uncoded, uncoded
from kps_graph.extract.numbers import number_before
from kps_graph.extract.pieces import Piece, Segment
from kps_graph.extract.strays import OTHER, apart
from kps_graph.extract.surroundings import Before
from kps_graph.extract.text import solid
from kps_graph.extract.units import Draft, Placed, UnitTree
from kps_graph.extract.vacancies import vacant
from kps_graph.placeholders import placeholder

__all__ = ["Statements"]

_FINISHED: Final = re.compile(r"[。；;.!?！？]\s*$")


class Statements:
    """Collects what the O and P cells state, and settles it when all units are known."""

    __slots__ = ("_book", "_glyphs", "_last", "_loose", "_notes", "_tree")

    def __init__(self, tree: UnitTree, book: Codebook, glyphs: bool, notes: Notes) -> None:
        self._tree = tree
        self._book = book
        self._glyphs = glyphs
        self._notes = notes
        self._last: dict[str, Piece] = {}
        self._loose: dict[str, list[tuple[Placed, list[Draft]]]] = {"O": [], "P": []}

    def row(self, row: BodyRow, index: int) -> None:
        """Reads the O and P cells that begin in ``row``, the body row number ``index``."""
        for role in "OP":
            cell = row.starts(role)
            if cell is not None and cell.text.strip():
                self._cell(role, row, index, cell)

    def settle(self) -> None:
        """Puts all of them into the units."""
        for role, placed in self._loose.items():
            defined = {p.piece.code.numbers for p, _ in placed if p.piece.code and p.piece.text}
            for item, here in placed:
                code = item.piece.code
                if item.piece.text or code is None or code.numbers not in defined:
                    self._settle(role, item, here)  # else it is a mere reference

    def _cell(self, role: str, row: BodyRow, index: int, cell: Cell) -> None:
        self._notes.placed += solid(cell.text)
        last = self._last.get(role)
        before = last if row.first else None
        read = read_cell(cell, role, self._belongs, self._book, self._notes, before)
        own, strays = apart(read.pieces, role, self._notes)
        for piece in strays:
            self._loose[OTHER[role]].append((Placed(piece, index), list(self._tree.here)))
        lead: Sequence[Segment] = read.lead
        if lead and last is not None and self._is_cut(last, row, lead, own):
            if self._tree.began == 0 and not own:
                note_joined(last, lead, self._notes)
            lead = self._go_on(last, lead)
        pieces = [*uncoded(lead), *own]
        for piece in pieces:
            if piece.code is None and vacant(piece.text, piece.span, self._notes):
                continue
            self._loose[role].append((Placed(piece, index), list(self._tree.here)))
            self._last[role] = piece

    def _go_on(self, last: Piece, lead: Sequence[Segment]) -> Sequence[Segment]:
        """Adds the lead of a cell at the top of a page to the item it is the rest of.

        What is left over: where items have no codes, a paragraph each, only an unfinished one
        goes on.
        """
        if last.code is not None:
            last.extend(continued(lead, self._glyphs))
            return ()
        first, *rest = lead
        if _FINISHED.search(last.text) or number_before(first.text)[0]:
            return lead
        last.extend(continued([first], self._glyphs))
        return rest

    def _is_cut(
        self, last: Piece, row: BodyRow, lead: Sequence[Segment], pieces: Sequence[Piece]
    ) -> bool:
        """Whether text before the first code of a cell is the rest of the ``last`` item.

        A cell that holds several units may be cut so that one of them begins on the new page.
        """
        if self._tree.began is None:
            return row.first or not row.merged
        if not row.first or last.code is None or placeholder(lead[0].text) is not None:
            return False
        return (
            bool(pieces)
            or (row.merged and self._tree.began > 0)
            or not (_FINISHED.search(last.text) or number_before(lead[0].text)[0])
        )

    def _belongs(self, candidate: Candidate, after: str) -> int:
        """A code of the row's own units is expected; one of no known unit is not."""
        unit = candidate.code.unit
        if candidate.ends and candidate.before is Before.LIST:
            own = any(u.numbers[: len(unit)] == unit for u in self._tree.here if u.code)
            return 2 if own else -4  # what is named of another unit is text
        usual = self._book.depth
        if usual and len(candidate.code.numbers) != usual and not candidate.ends:
            return -4
        if any(u.numbers[: len(unit)] == unit for u in self._tree.here if u.code):
            return 2
        return 0 if self._tree.find(unit) else -2

    def _settle(self, role: str, placed: Placed, here: list[Draft]) -> None:
        """Puts an O or P into the unit that its code says, else into that of its row."""
        piece = placed.piece
        code = piece.code
        unit = here[0] if here else None
        if code is None:
            numbers = unit.numbers if unit else ()
            note_uncoded(piece, piece.text, role, numbers, self._notes)
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
