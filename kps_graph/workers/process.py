"""One worker: a Python process that does one job after another, told and heard through pipes."""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from kps_graph.words import Sentence
from kps_graph.workers.limits import HUNGRY, Cause, Died, Limits, bounds_itself, resident
from kps_graph.workers.working import send

__all__ = ["Worker"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_GRACE: Final = 0.5
#: How a process ends whose library asked for memory in vain, or that the system killed for want of
#: it: abort, kill, segmentation fault; on Windows, an access violation, a failed check, no memory.
_STARVED: Final = frozenset((-6, -9, -11, 0xC0000005, 0xC0000409, 0xC0000017))
#: Seconds that a worker may take to start; they are not the job's.
_STARTING: Final = 60.0
#: How a worker begins: with our search path.
_BEGIN: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from kps_graph.workers.working import work; work()"
)


class Worker(Generic[Job, Result]):
    """One process and the job that it works on.

    Args:
        function: what it does with each job.
        limits: what it may use.
        heard: where what it says is put.
        quiet: whether what it prints on standard error is kept from people.

    Attributes:
        job: what it works on; None if on nothing.
        deadline: when that has to be done, by the monotonic clock.
        started: whether it has begun to work.
    """

    def __init__(
        self,
        function: Callable[[Job], Result],
        limits: Limits,
        heard: queue.SimpleQueue[tuple[Worker[Job, Result], Any]],
        *,
        quiet: bool = False,
    ) -> None:
        self._limits = limits
        self._heard = heard
        self._printed = tempfile.TemporaryFile() if quiet else None  # noqa: SIM115 - closed in stop
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", _BEGIN, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._printed,
        )
        self.job: Job | None = None
        self.deadline = float("inf")
        self.started = False
        self._tell((function, limits.memory))
        threading.Thread(target=self._listen, daemon=True).start()

    def give(self, job: Job) -> None:
        """Gives it a job; what comes of it is heard."""
        self.job = job
        self.deadline = time.monotonic() + (self._limits.seconds if self.started else _STARTING)
        self._tell(job)

    def begin(self) -> None:
        """It has started: from now on the time is the job's."""
        self.started = True
        self.deadline = time.monotonic() + self._limits.seconds

    def overdue(self) -> Died | None:
        """Why its job has to be ended now; None if it has not."""
        if time.monotonic() >= self.deadline:
            return Died(
                Sentence("it took longer than {seconds:g} seconds", seconds=self._limits.seconds),
                Cause.TIME,
            )
        return self.hungry(self._limits.memory)

    def hungry(self, most: int) -> Died | None:
        """Why its job has to be ended now, if it uses more than ``most`` bytes (0: unlimited).

        Where a process bounds itself it is not looked at.
        """
        if most and not bounds_itself() and resident(self._process.pid) > most:
            return Died(HUNGRY, Cause.MEMORY)
        return None

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._printed):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # if it is dead, that will be heard
            send(self._process.stdin, message)

    def _listen(self) -> None:
        """Hands on what the worker says, and in the end that it says no more."""
        assert self._process.stdout is not None
        while True:
            try:
                said = pickle.load(self._process.stdout)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self._heard.put((self, self._death()))
                return
            self._heard.put((self, said))

    def _death(self) -> Died:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        code = self._process.returncode
        if self._starved():
            return Died(HUNGRY, Cause.MEMORY)
        signalled = code is not None and code < 0
        how = (
            Sentence("signal {number}", number=-code)
            if signalled
            else Sentence("exit code {code}", code=str(code))
        )
        if code not in _STARVED:
            return Died(Sentence("the worker that read it died ({how})", how=how))
        return Died(
            Sentence(
                "the worker that read it died ({how}), most likely for want of memory; allow more "
                "with --memory, close other programs, or split the file",
                how=how,
            )
        )

    def _starved(self) -> bool:
        """Whether its last words are that it got no memory."""
        if self._printed is None:
            return False
        with contextlib.suppress(OSError, ValueError):  # it may be closed by now
            self._printed.seek(0)
            return b"memory allocation" in self._printed.read()
        return False
