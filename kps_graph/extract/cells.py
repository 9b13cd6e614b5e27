"""Reads one cell of outputs, indicators, K or S with what the document says of its codes."""

from __future__ import annotations

from collections.abc import Callable

from kps_graph.document import Cell
from kps_graph.extract.codebook import Codebook
from kps_graph.extract.codes import Candidate
from kps_graph.extract.findings import Notes
from kps_graph.extract.pieces import Content, content
from kps_graph.extract.strays import OTHER, named

__all__ = ["read_cell"]


def read_cell(
    cell: Cell,
    role: str,
    expect: Callable[[Candidate, str], int],
    book: Codebook,
    notes: Notes,
) -> Content:
    """The content of a cell of ``role``, in which codes of the kind beside it may stray."""
    read = content(cell.paragraphs, role + OTHER[role], expect, book.styles[role], book.defined)
    named(read, notes)
    return read
