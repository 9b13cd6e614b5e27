"""Reads one cell of outputs, indicators, K or S with what the document says of its codes."""

from __future__ import annotations

from collections.abc import Callable

from kps_graph.document import Cell
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.codes import Candidate
from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Content, Piece, content
from kps_graph.extract.strays import OTHER, named

__all__ = ["read_cell"]


def read_cell(
    cell: Cell,
    role: str,
    expect: Callable[[Candidate, str], int],
    book: Codebook,
    notes: Notes,
    before: Piece | None = None,
) -> Content:
    """The content of a cell of ``role``, in which codes of the kind beside it may stray.

    ``before`` is the last piece on the page before, if the cell may go on with it.
    """
    read = content(
        cell.paragraphs,
        role + OTHER[role],
        expect,
        book.styles[role],
        book.defined,
        before.code if before is not None else None,
    )
    named(read, notes)
    return read
