"""Queries answered apart, in a worker process that ends at a limit and is kept for the next one."""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, Final

from kps_graph.errors import QueryTimeout, QueryTooLarge, StoreError
from kps_graph.oxigraph.session import Question, Refused, Session
from kps_graph.store.bounds import Bounds
from kps_graph.store.embedded import not_sparql, unreadable
from kps_graph.words import Sentence
from kps_graph.workers.kept import Kept
from kps_graph.workers.limits import Cause, Died

__all__ = ["Apart", "lost"]

_TRY: Final = Sentence(
    "name what is looked for more closely, let the parts of the query share variables, add LIMIT, "
    "or allow more with --timeout (timeout= in Python)"
)
_LESS: Final = Sentence(
    "ask for less at once: no ORDER BY, DISTINCT or GROUP BY over everything; or allow more with "
    "--memory (memory= in Python)"
)


class Apart:
    """The workers that answer queries about a store on disk; each waits for the next question.

    Args:
        place: the directory of the database.
    """

    __slots__ = ("_idle", "_open", "_place")

    def __init__(self, place: str) -> None:
        self._place = place
        self._open = True
        self._idle: list[Kept[Question | None, Any]] = []

    def parts(self, question: Question, bounds: Bounds) -> Generator[Any, None, None]:
        """The head of an answer and its parts; only the time that the engine takes counts."""
        worker = self._idle.pop() if self._idle else Kept(Session(self._place))
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
            if worker.alive and self._open:
                self._idle.append(worker)
            elif worker.alive:
                worker.stop()

    def close(self) -> None:
        """Ends the workers."""
        self._open = False
        while self._idle:
            self._idle.pop().stop()


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
