"""A worker that answers queries about a store on disk: it may be ended, and the store is unharmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kps_graph.oxigraph.evaluation import Asked, Head, Part, answer
from kps_graph.workers.limits import allow, in_use

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Question", "Refused", "Session"]


class Question(NamedTuple):
    """What is asked, and how many bytes of memory the answer may take (0: unlimited)."""

    asked: Asked
    memory: int = 0


class Refused(NamedTuple):
    """Why there is no answer, in the engine's words.

    Attributes:
        syntax: whether the text is no query; else the store cannot be read.
        reason: in the engine's words.
    """

    syntax: bool
    reason: str


class Session:
    """Answers one question after the other, each part by part as they are asked for.

    Args:
        place: the directory of the database.
    """

    __slots__ = ("_idle", "_parts", "_place", "_store")

    def __init__(self, place: str) -> None:
        self._place = place
        self._store: ox.Store | None = None
        self._parts: Iterator[Head | Part] = iter(())
        self._idle = 0

    def __call__(self, question: Question | None) -> Head | Part | Refused | None:
        """The first part of the answer to ``question``, or the next of the one before (None).

        Nothing comes after the last part.
        """
        try:
            if question is not None:
                self._parts = iter(())  # lets go of an answer that was not read to its end
                store = self._opened()
                allow(self._idle, question.memory)
                self._parts = answer(store, question.asked)
            return next(self._parts, None)
        except SyntaxError as error:
            return Refused(True, str(error))
        except (OSError, RuntimeError) as error:
            return Refused(False, str(error))

    def _opened(self) -> ox.Store:
        if self._store is None:
            import pyoxigraph as ox

            self._store = ox.Store.read_only(self._place)
            self._idle = in_use()
        return self._store
