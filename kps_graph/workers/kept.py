"""One worker for one caller, who waits for each answer: kept for the next job, ended at a limit."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from kps_graph.words import Sentence
from kps_graph.workers.limits import Cause, Died, Limits, bounds_itself
from kps_graph.workers.process import Worker

__all__ = ["Kept"]

Job = TypeVar("Job")
Result = TypeVar("Result")

#: Seconds between two looks at a worker that cannot bound its own memory, or at Ctrl-C.
_WATCHING: Final = 0.1
_STARTING: Final = 60.0


class Kept(Generic[Job, Result]):
    """A worker that starts at once and does one job after another until it is stopped.

    Args:
        function: importable by name, or a value that can be called and sent between processes.
        memory: what the process may use, in bytes, if it is not the function that sees to it; 0 for any.

    Attributes:
        alive: whether it can be given a job.
    """

    def __init__(self, function: Callable[[Job], Result], memory: int = 0) -> None:
        self._heard: queue.SimpleQueue[tuple[Worker[Job, Result], Any]] = queue.SimpleQueue()
        self._worker = Worker(function, Limits(float("inf"), memory), self._heard, quiet=True)
        self.alive = True

    def do(self, job: Job, seconds: float | None, memory: int) -> Result | Died:
        """What comes of a job; a worker that is lost, or too slow, or interrupted, is stopped.

        Args:
            job: sent to the worker.
            seconds: how long is waited, once the worker has started; None for ever.
            memory: bytes, where a worker has to be watched; 0 for any number.
        """
        try:
            self._worker.give(job)
            said = None if self._worker.started else self._said(_STARTING, 0)
            if not isinstance(said, Died):
                self._worker.begin()
                said = self._said(seconds, memory)
        except BaseException:  # Ctrl-C too
            self.stop()
            raise
        if isinstance(said, Died):
            self.stop()
        return said

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self.alive = False
        self._worker.stop()

    def _said(self, seconds: float | None, memory: int) -> Any:
        """What the worker says next, or why it is not waited for any longer."""
        end = time.monotonic() + seconds if seconds is not None else float("inf")
        while (left := end - time.monotonic()) > 0:
            patience = left if bounds_itself() else min(left, _WATCHING)
            try:
                return self._heard.get(timeout=min(patience, threading.TIMEOUT_MAX))[1]
            except queue.Empty:
                if hungry := self._worker.hungry(memory):
                    return hungry
        return Died(
            Sentence("it took longer than {seconds:g} seconds", seconds=seconds or 0.0), Cause.TIME
        )
