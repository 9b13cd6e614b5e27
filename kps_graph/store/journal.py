"""The text of a store while it is filled: N-Quads in a file, as they came, until all is loaded."""

from __future__ import annotations

from pathlib import Path

__all__ = ["Journal"]


class Journal:
    """N-Quads in a file, in the order in which they came.

    Graphs that are removed meanwhile are left out at the end: it happens to few.
    """

    __slots__ = ("_gone", "_out", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._out = path.open("wb")
        #: graph, as it ends a line -> how far the file reached when it was removed
        self._gone: dict[bytes, int] = {}

    def add(self, nquads: bytes) -> None:
        """Adds N-Quads, each with the end of its line."""
        self._out.write(nquads)

    def remove(self, graph: str) -> None:
        """Removes all that a graph holds so far."""
        self._gone[f"<{graph}> .\n".encode()] = self._out.tell()

    def close(self) -> None:
        """Lets go of the file."""
        self._out.close()

    def finished(self) -> Path:
        """The file, with what is left; nothing can be added any more."""
        self.close()
        if not self._gone:
            return self._path
        left = self._path.with_suffix(".left.nq")
        with self._path.open("rb") as lines, left.open("wb") as out:
            at, gone = 0, self._gone
            for line in lines:
                at += len(line)
                # no IRI holds a space, so that the last but one begins the graph
                if at > gone.get(line[line.rfind(b" ", 0, -3) + 1 :], 0):
                    out.write(line)
        return left.replace(self._path)
