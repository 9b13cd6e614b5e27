"""One worker: a Python process that does one job after another, told and heard through pipes."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO, Final, Generic, TypeVar

from kps_graph.words import Sentence
from kps_graph.workers.limits import HUNGRY, Died, Limits, bound, bounds_itself, resident

__all__ = ["Ready", "Worker", "work"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_GRACE: Final = 0.5
#: Seconds that a worker may take to start; they are not the job's.
_STARTING: Final = 60.0
#: How a process ends whose library asked for memory in vain, or that the system killed for want of
#: it: abort, kill, segmentation fault; on Windows, an access violation, a failed check, no memory.
_STARVED: Final = frozenset((-6, -9, -11, 0xC0000005, 0xC0000409, 0xC0000017))
#: How a worker begins: with our search path.
_BEGIN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from kps_graph.workers.process import work; work()"
)


class Ready:
    """What a worker says when it has started."""


class Worker(Generic[Job, Result]):
    """One process and the job that it works on.

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
    ) -> None:
        self._limits = limits
        self._heard = heard
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
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
                Sentence("it took longer than {seconds:g} seconds", seconds=self._limits.seconds)
            )
        most = self._limits.memory
        if most and not bounds_itself() and resident(self._process.pid) > most:
            return Died(HUNGRY)
        return None

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # if it is dead, that will be heard
            _send(self._process.stdin, message)

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


def work() -> None:
    """A worker: does jobs until nobody gives it any more."""
    # Ctrl-C reaches the whole group; the parent decides what to do about it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.set_int_max_str_digits(
        0
    )  # the time of a job is bounded, the length of a number need not be
    # what a library prints must not be taken for a result
    listening, telling = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    try:
        function, memory = pickle.load(listening)
    except (EOFError, OSError):
        return
    bound(memory)
    with contextlib.suppress(EOFError, OSError):  # nobody listens any more
        _send(telling, Ready())
        while True:
            _answer(telling, function, pickle.load(listening))


def _answer(telling: BinaryIO, function: Callable[[Any], Any], job: object) -> None:
    try:
        said = pickle.dumps(function(job))
    except MemoryError:
        said = pickle.dumps(Died(HUNGRY))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
        said = pickle.dumps(
            Died(
                Sentence(
                    "kps-graph failed on it ({kind}: {error})",
                    kind=type(error).__name__,
                    error=str(error),
                )
            )
        )
    telling.write(said)
    telling.flush()


def _send(pipe: Any, message: object) -> None:
    pipe.write(pickle.dumps(message))
    pipe.flush()
