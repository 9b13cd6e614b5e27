"""A store on disk whose free queries are answered in a worker process, which ends at a limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kps_graph.sparql import Dataset
from kps_graph.store.bounds import FREE, Bounds, GraphStream, RowStream, Streamed
from kps_graph.store.embedded import EmbeddedStore, asked
from kps_graph.store.rows import Term

if TYPE_CHECKING:
    from kps_graph.store.apart import Apart

__all__ = ["BoundedStore"]


class BoundedStore(EmbeddedStore):
    """A store on disk; :meth:`stream` asks it in a worker, which is kept for the next question."""

    __slots__ = ("_apart",)

    def __init__(self, engine: Any, place: Path | None = None) -> None:
        super().__init__(engine, place)
        self._apart: Apart | None = None

    def stream(self, text: str, bounds: Bounds = FREE, dataset: Dataset | None = None) -> Streamed:
        """The answer to any query while it comes.

        Raises:
            QuerySyntax: as :meth:`query`.
            QueryTimeout, QueryTooLarge: here or while it is read, when it meets a bound.
        """
        # few commands ask a query that needs a worker, and what starts one takes long to import
        from kps_graph.oxigraph.session import Question
        from kps_graph.store.apart import Apart
        from kps_graph.workers.pool import work_here

        if work_here() or self._place is None:
            return super().stream(text, bounds, dataset)
        _ = self._store  # refuses what is closed
        self._apart = self._apart or Apart(self._place)
        question = Question(asked(text, bounds.rows, dataset), bounds.memory)
        parts = self._apart.parts(question, bounds)
        head = next(parts)
        if head.truth is not None:
            parts.close()
            return bool(head.truth)
        if head.columns is None:
            return GraphStream(parts)
        return RowStream(head.columns, _terms(parts))

    def close(self) -> None:
        """Lets go of the database and ends the workers."""
        super().close()
        if self._apart:
            self._apart.close()


def _terms(parts: Iterator[Any]) -> Iterator[list[tuple[Term | None, ...]]]:
    for part in parts:
        yield [tuple(None if t is None else Term(*t) for t in row) for row in part]
