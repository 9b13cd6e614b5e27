"""A worker that an event loop waits for: it answers one job after the other in frames."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

from kps_graph.words import Sentence
from kps_graph.workers.frames import BEGIN, HEAD, Frame, Say, job_frame
from kps_graph.workers.limits import HUNGRY, Cause, Died

__all__ = ["Awaited", "Priority"]

Job = TypeVar("Job")
Said: TypeAlias = "tuple[Frame, bytes] | None"

#: How many bytes a worker may say before it is listened to.
_AHEAD: Final = 1 << 18


class Priority(IntEnum):
    """Whose turn it is where there are more workers than processors: a niceness."""

    USUAL = 0
    LATER = 5
    #: Hardly ever while another wants a processor.
    LAST = 15


class _Listening(asyncio.SubprocessProtocol):
    """Takes what a worker says apart, and keeps it until it is asked for."""

    def __init__(self) -> None:
        self.frames: deque[tuple[Frame, bytes]] = deque()
        self.waiting: asyncio.Future[None] | None = None
        self.ended = False
        self._rest = bytearray()
        self._kept = 0
        self._pipe: asyncio.ReadTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process is there."""
        pipe = cast(asyncio.SubprocessTransport, transport).get_pipe_transport(1)
        self._pipe = cast(asyncio.ReadTransport, pipe)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Some more was said."""
        rest = self._rest
        rest += data
        while len(rest) >= HEAD.size:
            kind, length = HEAD.unpack_from(rest)
            end = HEAD.size + length
            if len(rest) < end:
                break
            self.frames.append((Frame(kind), bytes(rest[HEAD.size : end])))
            self._kept += length
            del rest[:end]
        if self._kept > _AHEAD and self._pipe:
            self._pipe.pause_reading()
        self._wake()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """It says no more, or hears no more."""
        self.ended = self.ended or fd == 1
        self._wake()

    def process_exited(self) -> None:
        """It is gone; what it said is still to be heard."""

    def taken(self) -> tuple[Frame, bytes]:
        """The next of what it has said."""
        frame = self.frames.popleft()
        self._kept -= len(frame[1])
        if self._kept <= _AHEAD and self._pipe:
            self._pipe.resume_reading()
        return frame

    def _wake(self) -> None:
        if self.waiting and not self.waiting.done() and (self.frames or self.ended):
            self.waiting.set_result(None)


class Awaited(Generic[Job]):
    """One process.

    Attributes:
        priority: of the process.
        alive: whether it can be given a job.
    """

    def __init__(
        self, transport: asyncio.SubprocessTransport, heard: _Listening, printed: Any
    ) -> None:
        self._transport = transport
        self._heard = heard
        self._printed = printed
        self._pipe = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        self.priority = Priority.USUAL
        self.alive = True

    @property
    def worked(self) -> float:
        """Seconds that it has had a processor; where that is not known, seconds of the clock."""
        if not sys.platform.startswith("linux"):
            return time.monotonic()
        try:
            # the clock of another process, as clock_getcpuclockid(3) makes its number
            return time.clock_gettime((~self._transport.get_pid() << 3) | 2)
        except (OSError, OverflowError):  # it is gone
            return float("inf")

    @property
    def gone(self) -> bool:
        """Whether it says no more."""
        return not self.alive or self._heard.ended

    @classmethod
    async def start(cls, function: Callable[[Job, Say], None]) -> Awaited[Job]:
        """A worker that does ``function``, which can be sent between processes."""
        printed = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop
        transport, heard = await asyncio.get_running_loop().subprocess_exec(
            _Listening,
            *(sys.executable, "-S", "-c", BEGIN, *sys.path),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=printed,
        )
        worker = cls(transport, heard, printed)
        worker._pipe.write(job_frame(function))
        return worker

    def give(self, job: Job) -> None:
        """Gives it a job; what it says of it is awaited."""
        self._pipe.write(job_frame(job))

    async def said(self, until: float = float("inf")) -> tuple[Frame, bytes] | Died:
        """What it says next, or what became of it.

        Args:
            until: how long is waited, by the clock of the event loop.

        Raises:
            TimeoutError: if it has not said anything by then; it goes on.
        """
        heard = self._heard
        if not heard.frames and not heard.ended:
            loop = asyncio.get_running_loop()
            heard.waiting = waiting = loop.create_future()
            timer = loop.call_at(until, _late, waiting) if until != float("inf") else None
            try:
                await waiting
            finally:
                heard.waiting = None
                if timer:
                    timer.cancel()
        if heard.frames:
            return heard.taken()
        self.alive = False
        return await self._death()

    def yield_to_others(self, priority: Priority) -> None:
        """Lets other processes go first, from now on."""
        self.priority = priority
        pid = self._transport.get_pid()
        with contextlib.suppress(OSError):  # it may be gone
            if hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, pid, priority)

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self.alive = False
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        self._transport.close()
        self._printed.close()

    async def _death(self) -> Died:
        for _ in range(100):
            if self._transport.get_returncode() is not None:
                break
            await asyncio.sleep(0.01)
        code = self._transport.get_returncode()
        if not self._printed.closed:
            self._printed.seek(0)
            if b"memory allocation" in self._printed.read():
                return Died(HUNGRY, Cause.MEMORY)
        how = (
            Sentence("signal {number}", number=-code)
            if code is not None and code < 0
            else Sentence("exit code {code}", code=str(code))
        )
        return Died(Sentence("the worker that read it died ({how})", how=how))


def _late(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())
