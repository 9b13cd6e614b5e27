"""Many jobs in worker processes, each ending in a result or in what became of its worker."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol, TypeVar

from kps_graph.errors import KpsError
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died, Limits, bounds_itself
from kps_graph.workers.process import Worker
from kps_graph.workers.working import Ready

__all__ = ["Run", "in_process", "run", "usual", "work_here"]

Job = TypeVar("Job")
Result = TypeVar("Result")

#: Seconds between two looks at the memory of workers that cannot bound it themselves.
_WATCHING: Final = 0.1


class Run(Protocol):
    """A way to do many jobs: :func:`run` in worker processes, :func:`in_process` without any."""

    def __call__(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], workers: int, limits: Limits
    ) -> Iterator[tuple[Job, Result | Died]]:
        """Each job with its result, or with what became of its worker; in any order."""
        ...


def in_process(
    function: Callable[[Job], Result], jobs: Iterable[Job], workers: int, limits: Limits
) -> Iterator[tuple[Job, Result | Died]]:
    """Applies ``function`` to every job in this process, one after the other, without limits."""
    yield from ((job, function(job)) for job in jobs)


def work_here() -> bool:
    """Whether this process is to do all jobs itself: ``KPS_WORKERS=0``, for tests and debuggers."""
    return os.environ.get("KPS_WORKERS") == "0"


def usual() -> Run:
    """The way to do jobs where nobody chooses another."""
    return in_process if work_here() else run


def run(
    function: Callable[[Job], Result], jobs: Iterable[Job], workers: int, limits: Limits
) -> Iterator[tuple[Job, Result | Died]]:
    """Applies ``function`` to every job in worker processes; yields results as they come.

    Args:
        function: importable by name from a module; its result is sent between processes.
        jobs: taken one at a time.
        workers: how many processes.
        limits: per job.

    Raises:
        KpsError: if the workers die one after another before they have begun.
    """
    waiting = iter(jobs)
    heard: queue.SimpleQueue[tuple[Worker[Job, Result], Any]] = queue.SimpleQueue()
    crew: dict[Worker[Job, Result], None] = {}
    stillborn = 0

    def next_for(worker: Worker[Job, Result] | None) -> None:
        """Gives the next job, if there is one, to a worker: to a new one if there is none."""
        for job in waiting:
            worker = worker or Worker(function, limits, heard)
            crew[worker] = None
            worker.give(job)
            return

    try:
        for _ in range(workers):
            next_for(None)
        while any(worker.job is not None for worker in crew):
            for worker, said in _said(list(crew), heard):
                if worker.job is None:
                    continue  # it was ended, and its pipe closes
                if isinstance(said, Ready):
                    worker.begin()
                    continue
                stillborn = 0 if worker.started else stillborn + 1
                if stillborn > workers:
                    raise KpsError(
                        "the worker processes cannot be started",
                        hint=Sentence("see what they print on standard error"),
                    )
                done, worker.job = worker.job, None
                if lost := isinstance(said, Died):
                    del crew[worker]
                    worker.stop()
                next_for(None if lost else worker)
                yield done, said
    finally:
        for worker in crew:
            worker.stop()


def _said(
    crew: list[Worker[Job, Result]],
    heard: queue.SimpleQueue[tuple[Worker[Job, Result], Any]],
) -> Iterator[tuple[Worker[Job, Result], Any]]:
    """What the next worker says; those whose job has to be ended, if none says anything in time."""
    deadline = min(worker.deadline for worker in crew if worker.job is not None)
    patience = max(0.0, deadline - time.monotonic())
    if not bounds_itself():
        patience = min(patience, _WATCHING)
    try:
        yield heard.get(timeout=patience)
    except queue.Empty:
        for worker in crew:
            if worker.job is not None and (reason := worker.overdue()):
                yield worker, reason
