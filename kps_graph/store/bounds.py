"""What a query may use, and an answer that is read while it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from kps_graph.store.rows import NO_LISTS, Rows, Term, by_entry

__all__ = ["FREE", "Bounds", "GraphStream", "RowStream", "Streamed", "streamed", "whole"]

Row: TypeAlias = tuple["Term | None", ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may use.

    Attributes:
        seconds: how long its answer may be waited for; None for ever.
        memory: bytes that the engine may use for it; 0 for any number.
        rows: how many rows, or triples, are read: no more are asked of the engine; None for all.
    """

    seconds: float | None = None
    memory: int = 0
    rows: int | None = None


#: None at all.
FREE: Final = Bounds()


#: How many rows come together where they are made here.
_PART: Final = 1000


class RowStream:
    """The rows of a SELECT, read once while they come.

    Attributes:
        columns: their names.
        parts: some rows after others, as they come.
        lists: the columns whose texts are lists between bars, and what their entries are.
    """

    __slots__ = ("columns", "lists", "parts")

    def __init__(self, columns: tuple[str, ...], parts: Iterator[list[Row]]) -> None:
        self.columns = columns
        self.lists = NO_LISTS
        self.parts = parts

    def __iter__(self) -> Iterator[Row]:
        """The rows one by one."""
        for part in self.parts:
            yield from part

    def long(self, most: int | None = None) -> RowStream:
        """A row for each entry of its lists, ``most`` in all: see :meth:`Rows.long`."""
        each = islice(by_entry(self.columns, self, self.lists), most)
        return RowStream(self.columns, iter(lambda: list(islice(each, _PART)), []))

    def rows(self) -> Rows:
        """All rows, in memory."""
        return Rows(self.columns, tuple(self), self.lists)


class GraphStream:
    """The graph of a CONSTRUCT or DESCRIBE, read once while it comes.

    Attributes:
        parts: lines of N-Triples.
    """

    __slots__ = ("parts",)

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts = parts

    def ntriples(self) -> bytes:
        """All of it, in memory."""
        return b"".join(self.parts)


#: The answer to any query while it comes: rows, a truth value, or a graph.
Streamed: TypeAlias = "RowStream | GraphStream | bool"


def whole(answer: Streamed) -> Rows | bytes | bool:
    """An answer in memory."""
    if isinstance(answer, RowStream):
        return answer.rows()
    return answer.ntriples() if isinstance(answer, GraphStream) else answer


def streamed(answer: Rows | bytes | bool) -> Streamed:
    """An answer that is in memory already."""
    if isinstance(answer, Rows):
        return RowStream(answer.columns, iter([list(answer.terms)]))
    return GraphStream(iter([answer])) if isinstance(answer, bytes) else answer
