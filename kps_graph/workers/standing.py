"""Workers that stand ready: started before they are needed, and kept for the next job."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from kps_graph.workers.kept import Kept
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import in_process, work_here

__all__ = ["Standing"]

Job = TypeVar("Job")
Result = TypeVar("Result")

#: So many wait for work; what more there are end when they are done.
_MOST: Final = 2


class Standing:
    """A way to do jobs, as :func:`kps_graph.workers.pool.run`, without waiting for a process to start.

    Args:
        prepare: what a worker does before its first job: it imports what jobs need. It is
            importable by name.
        memory: what a worker may use, in bytes; 0 for any.
    """

    def __init__(self, prepare: Callable[[], object], memory: int) -> None:
        self._prepare = prepare
        self._memory = memory
        self._ready: queue.SimpleQueue[Kept[Any, Any]] = queue.SimpleQueue()
        #: How many are in the queue, or will be, and are promised to nobody.
        self._free = 0
        self._closed = False
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Has a worker started, if none stands ready."""
        with self._lock:
            if self._free or self._closed or work_here():
                return
            self._free += 1
        threading.Thread(target=self._begin, daemon=True).start()

    def __call__(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], workers: int, limits: Limits
    ) -> Iterator[tuple[Job, Result | Died]]:
        """Each job with its result, or with what became of its worker, one after the other."""
        if work_here():
            yield from in_process(function, jobs, workers, limits)
            return
        for job in jobs:
            worker = self._taken()
            said = worker.do((function, job), limits.seconds, self._memory)
            self._returned(worker)
            yield job, said

    def close(self) -> None:
        """Ends the workers that wait."""
        with self._lock:
            self._closed = True
            self._free = 0
        while not self._ready.empty():
            self._ready.get().stop()

    def _begin(self) -> None:
        worker = self._new()
        worker.do((_called, self._prepare), None, self._memory)
        if self._closed:
            worker.stop()
        else:
            self._ready.put(worker)

    def _new(self) -> Kept[Any, Any]:
        return Kept(_done, self._memory)

    def _taken(self) -> Kept[Any, Any]:
        with self._lock:
            promised = self._free > 0
            self._free -= promised
        worker = self._ready.get() if promised else self._new()
        return worker if worker.alive else self._new()

    def _returned(self, worker: Kept[Any, Any]) -> None:
        with self._lock:
            keep = worker.alive and not self._closed and self._free < _MOST
            self._free += keep
        if keep:
            self._ready.put(worker)
        else:
            worker.stop()
        self.prepare()


def _done(job: tuple[Callable[[Any], Any], Any]) -> Any:
    """A worker's function: what a function makes of a value."""
    function, value = job
    return function(value)


def _called(function: Callable[[], object]) -> None:
    function()
