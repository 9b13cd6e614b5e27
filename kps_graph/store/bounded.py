"""A store on disk whose free queries are answered in a worker process, which ends at a limit."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from time import monotonic
from typing import Any, Final

from kps_graph.errors import QueryTimeout, QueryTooLarge, StoreError
from kps_graph.oxigraph.session import Question, Refused, Session
from kps_graph.sparql import Dataset
from kps_graph.store.bounds import FREE, Bounds, GraphStream, RowStream, Streamed
from kps_graph.store.embedded import EmbeddedStore, asked, not_sparql, unreadable
from kps_graph.store.rows import Term
from kps_graph.words import Sentence
from kps_graph.workers.kept import Kept
from kps_graph.workers.limits import Cause, Died
from kps_graph.workers.pool import work_here

__all__ = ["BoundedStore", "lost"]

_TRY: Final = Sentence(
    "name what is looked for more closely, let the parts of the query share variables, add LIMIT, "
    "or allow more with --timeout (timeout= in Python)"
)
_LESS: Final = Sentence(
    "ask for less at once: no ORDER BY, DISTINCT or GROUP BY over everything; or allow more with "
    "--memory (memory= in Python)"
)


class BoundedStore(EmbeddedStore):
    """A store on disk; :meth:`stream` asks it in a worker, which is kept for the next question."""

    __slots__ = ("_idle",)

    def __init__(self, engine: Any, place: Path | None = None) -> None:
        super().__init__(engine, place)
        self._idle: list[Kept[Question | None, Any]] = []

    def stream(self, text: str, bounds: Bounds = FREE, dataset: Dataset | None = None) -> Streamed:
        """The answer to any query while it comes.

        Raises:
            QuerySyntax: as :meth:`query`.
            QueryTimeout, QueryTooLarge: here or while it is read, when it meets a bound.
        """
        if work_here() or self._place is None:
            return super().stream(text, bounds, dataset)
        _ = self._store  # refuses what is closed
        parts = self._parts(Question(asked(text, bounds.rows, dataset), bounds.memory), bounds)
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
        while self._idle:
            self._idle.pop().stop()

    def _parts(self, question: Question, bounds: Bounds) -> Generator[Any, None, None]:
        """The head of an answer and its parts; only the time that the engine takes counts."""
        worker = self._idle.pop() if self._idle else Kept(Session(str(self._place)))
        left = bounds.seconds
        job: Question | None = question
        try:
            while True:
                began = monotonic()
                said = worker.do(job, left, bounds.memory)
                if isinstance(said, Died):
                    raise lost(said, bounds)
                if isinstance(said, Refused):
                    raise (
                        not_sparql(said.reason)
                        if said.syntax
                        else unreadable(said.reason, self._place)
                    )
                if said is None:
                    return
                job = None
                if left is not None:
                    left = max(0.0, left - (monotonic() - began))
                yield said
        finally:
            if worker.alive and self._engine is not None:
                self._idle.append(worker)
            elif worker.alive:
                worker.stop()


def _terms(parts: Iterator[Any]) -> Iterator[list[tuple[Term | None, ...]]]:
    for part in parts:
        yield [tuple(None if t is None else Term(*t) for t in row) for row in part]


def lost(died: Died, bounds: Bounds) -> StoreError:
    """The error that says what became of a query."""
    if died.cause is Cause.TIME:
        return QueryTimeout(
            "the query was ended: it took longer than {seconds:g} seconds",
            seconds=bounds.seconds or 0.0,
            hint=_TRY,
        )
    if died.cause is Cause.MEMORY:
        return QueryTooLarge(
            "the query was ended: it needs more than {memory} MiB of memory",
            memory=bounds.memory >> 20,
            hint=_LESS,
        )
    return StoreError(
        "the engine broke off at this query: {reason}",
        reason=died.reason,
        hint=Sentence(
            "the store is unharmed; a query nested too deeply, or of tens of thousands of "
            "patterns, is too much for the engine: ask a simpler one"
        ),
    )
