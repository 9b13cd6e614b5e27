"""Pairs of names as people write them into a table, read from its file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kps_graph.align.judging import Pair
from kps_graph.errors import Undecodable
from kps_graph.files import text_of
from kps_graph.words import Sentence

__all__ = ["read_pairs"]


def read_pairs(path: Path) -> list[Pair]:
    """The pairs in a TSV file with the columns ``kind``, ``a`` and ``b``, others ignored.

    A cell may be quoted as spreadsheets do; a byte order mark and either end of line are fine.

    Raises:
        SourceError: if the file cannot be read.
        Undecodable: with the line, if it is empty, or a column or a value is missing.
    """
    lines = text_of(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = Sentence("a tab separated file with the columns kind, a and b is expected")
    if not any(line.strip() for line in lines):
        raise Undecodable("the file is empty", source=path.name, hint=expected)
    heads = [h.strip() for h in _cells(lines[0])]
    for head in ("kind", "a", "b"):
        if heads.count(head) != 1:
            said = (
                Sentence("the column {head!r} stands twice", head=head)
                if head in heads
                else Sentence("the column {head!r} is missing", head=head)
            )
            raise Undecodable(said, source=path.name, line=1, hint=expected)
    return [
        _pair(heads, _cells(line), path.name, n)
        for n, line in enumerate(lines[1:], 2)
        if line.strip()
    ]


def _cells(line: str) -> list[str]:
    """The cells of a line; quotes around a whole cell are those of a spreadsheet."""
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
        for cell in line.split("\t")
    ]


def _pair(heads: Iterable[str], cells: Iterable[str], source: str, number: int) -> Pair:
    row = dict(zip(heads, cells, strict=False))
    kind, a, b = (row.get(h, "").strip() for h in ("kind", "a", "b"))
    if kind not in ("K", "S", "A"):
        raise Undecodable("{kind!r} is no kind: K, S or A", kind=kind, source=source, line=number)
    if not a or not b:
        raise Undecodable("a pair needs two texts", source=source, line=number)
    return Pair(kind, a, b)
