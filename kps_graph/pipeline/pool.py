"""Worker processes that may die: one job each at a time, with limits on time and memory.

A pool of the standard library is lost when one of its workers is; here only the file that killed
its worker is. Nor does a worker run the script that asked for it again, as those of the library
do: a script, a notebook and standard input can all start them.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing as mp
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Final, Generic, Protocol, TypeVar

from kps_graph.errors import KpsError
from kps_graph.words import Sentence

__all__ = ["Died", "Limits", "Run", "in_process", "run", "work"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_GRACE: Final = 0.5
#: Seconds that a worker may take to start; they are not the file's.
_STARTING: Final = 60.0
#: How a worker begins: with our search path, on the connection that it inherits.
_BEGIN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from kps_graph.pipeline.pool import work; work(int(sys.argv[1]))"
)
_HUNGRY: Final = Sentence("it needs more memory than one file may use")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use: seconds of wall time, and bytes of address space (0: unlimited)."""

    seconds: float = 120.0
    memory: int = 6 * 2**30


@dataclass(frozen=True, slots=True)
class Died:
    """What became of a job whose worker was lost."""

    reason: Sentence


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


class _Ready:
    """What a worker sends when it has started."""


class _Worker(Generic[Job, Result]):
    """One process and the job that it works on."""

    __slots__ = ("connection", "deadline", "job", "process", "started")

    def __init__(self, function: Callable[[Job], Result], limits: Limits) -> None:
        self.connection, other = mp.Pipe()
        inherited = other.fileno()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, str(inherited), json.dumps(sys.path)],
            pass_fds=[inherited],
            stdin=subprocess.DEVNULL,
        )
        other.close()
        with contextlib.suppress(OSError):  # if it is dead, that will be seen
            self.connection.send((function, limits.memory))
        self.job: Job | None = None
        self.deadline = float("inf")
        self.started = False

    def give(self, job: Job, limits: Limits) -> None:
        with contextlib.suppress(OSError):  # if it is dead, that will be seen
            self.connection.send(job)
        self.job = job
        self.deadline = time.monotonic() + (limits.seconds if self.started else _STARTING)

    def begin(self, limits: Limits) -> None:
        self.started = True
        self.deadline = time.monotonic() + limits.seconds

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.close()
        self.process.terminate()
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def work(inherited: int) -> None:
    """A worker: does jobs until its connection, the file descriptor ``inherited``, closes."""
    # Ctrl-C reaches the whole group; the parent decides what to do about it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection: Connection = Connection(inherited)
    try:
        function, memory = connection.recv()
    except (EOFError, OSError):
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    connection.send(_Ready())
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = function(job)
        except MemoryError:
            result = Died(_HUNGRY)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other files go on
            result = Died(
                Sentence(
                    "kps-graph failed on it ({kind}: {error})",
                    kind=type(error).__name__,
                    error=str(error),
                )
            )
        try:
            connection.send(result)
        except MemoryError:
            connection.send(Died(_HUNGRY))
        except OSError:
            return  # nobody listens any more


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
    crew: list[_Worker[Job, Result]] = []
    stillborn = 0
    try:
        for _ in range(workers):
            job = next(waiting, None)
            if job is None:
                break
            worker = _Worker[Job, Result](function, limits)
            worker.give(job, limits)
            crew.append(worker)
        while any(w.job is not None for w in crew):
            busy = [w for w in crew if w.job is not None]
            patience = min(w.deadline for w in busy) - time.monotonic()
            ready = set(wait([w.connection for w in busy], max(0.0, patience)))
            for worker in busy:
                done = worker.job
                assert done is not None
                result: Result | Died | _Ready
                if worker.connection in ready:
                    result = _receive(worker)
                elif time.monotonic() >= worker.deadline:
                    result = Died(
                        Sentence("it took longer than {seconds:g} seconds", seconds=limits.seconds)
                    )
                else:
                    continue
                if isinstance(result, _Ready):
                    worker.begin(limits)
                    continue
                stillborn = 0 if worker.started else stillborn + 1
                if stillborn > workers:
                    raise KpsError(
                        "the worker processes cannot be started",
                        hint=Sentence("see what they print on standard error"),
                    )
                worker.job = None
                job = next(waiting, None)
                if isinstance(result, Died):
                    worker.stop()
                    crew.remove(worker)
                    if job is not None:
                        worker = _Worker[Job, Result](function, limits)
                        crew.append(worker)
                if job is not None:
                    worker.give(job, limits)
                yield done, result
    finally:
        for worker in crew:
            worker.stop()


def _receive(worker: _Worker[Job, Result]) -> Result | Died | _Ready:
    try:
        return worker.connection.recv()  # type: ignore[no-any-return]
    except (EOFError, OSError):
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(_GRACE)
        code = worker.process.returncode
        if code is not None and code < 0:
            return Died(Sentence("the worker that read it died (signal {number})", number=-code))
        return Died(Sentence("the worker that read it died (exit code {code})", code=str(code)))
