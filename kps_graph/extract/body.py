"""Reads the body table: units, outputs, indicators, and where level, K and S attach.

The rows of all page tables are one sequence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kps_graph.document import Places
from kps_graph.extract.assemble import assemble
from kps_graph.extract.attachments import Attachments
from kps_graph.extract.blanks import blank_columns, mark_blanks
from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Piece
from kps_graph.extract.statements import Statements
from kps_graph.extract.units import UnitTree
from kps_graph.model import Element, Unit

__all__ = ["Body", "body"]


@dataclass(frozen=True, slots=True)
class Body:
    """What the body holds.

    Attributes:
        places: where the columns of K and S are blank for the first time.
    """

    tasks: tuple[Unit, ...]
    knowledge: tuple[Element, ...]
    skills: tuple[Element, ...]
    places: Places


def body(
    rows: Sequence[BodyRow],
    listed: Mapping[str, Sequence[Piece]],
    glyphs: bool,
    notes: Notes,
) -> Body:
    """The units, K and S of the body rows.

    Args:
        rows: of all body tables, in order.
        listed: the K and S of a list by code that stands apart from the units.
        glyphs: whether the document writes its bullets as text, so that a list item without one
            at the top of a page is the rest of the item before.
        notes: takes what is odd.
    """
    book = Codebook(rows)
    tree = UnitTree(notes, book)
    statements = Statements(tree, book, glyphs, notes)
    attachments = Attachments(rows, tree, book, glyphs, notes)
    for role in "KS":
        book.read(piece.code for piece in listed.get(role, ()))
    for index, row in enumerate(rows):
        tree.row(row, index)
        statements.row(row, index)
        attachments.row(row, index)
    roots = tree.roots()
    statements.settle()
    notes.settle()
    attachments.finish(roots, listed)
    mark_blanks(rows, roots)
    return Body(
        tuple(assemble(r) for r in roots),
        attachments.elements["K"].finish(),
        attachments.elements["S"].finish(),
        blank_columns(rows),
    )
