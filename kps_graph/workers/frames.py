"""A worker that says several things about one job, each in a frame, as it comes to them.

A frame is a byte that says what it is, the length of its content (four bytes), and the content.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import sys
import threading
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from queue import SimpleQueue
from typing import Any, BinaryIO, Final, TypeAlias

__all__ = ["BEGIN", "HEAD", "Frame", "Say", "answer", "job_frame"]

HEAD: Final = struct.Struct("!BI")
#: How such a worker begins: with our search path.
BEGIN: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from kps_graph.workers.frames import answer; answer()"
)


class Frame(IntEnum):
    """What a frame holds."""

    #: Nothing: the worker has started.
    READY = 0
    #: The whole of an answer, behind a byte that says of what kind it is.
    WHOLE = 1
    #: The first part of an answer, behind such a byte.
    FIRST = 2
    #: Another part.
    MORE = 3
    #: Nothing: that was the last part.
    END = 4
    #: Why there is no answer, or no more of it.
    REFUSED = 5


#: Says a frame: what it is, and its content.
Say: TypeAlias = Callable[[Frame, bytes], None]


def job_frame(job: object) -> bytes:
    """A job as it is sent to a worker."""
    content = pickle.dumps(job)
    return HEAD.pack(0, len(content)) + content


def answer() -> None:
    """The inside of a worker: does jobs until nobody gives it any more.

    The first thing that it is sent is the function, which takes a job and :data:`Say`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who gives the jobs decides
    sys.set_int_max_str_digits(0)  # the time of a job is bounded
    # what a library prints must not be taken for an answer
    listening, telling = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)

    def say(frame: Frame, content: bytes) -> None:
        left = memoryview(HEAD.pack(frame, len(content)) + content)
        while left:
            left = left[os.write(telling, left) :]

    given = _given(listening)
    try:
        function = given()
        say(Frame.READY, b"")
        while True:
            function(given(), say)
    except OSError:  # nobody listens any more
        os._exit(0)


def _given(listening: BinaryIO) -> Callable[[], Any]:
    """What gives one job after the other; the process ends with the one who gives them."""
    if hasattr(select, "poll"):
        args: tuple[Any, ...] = (listening.fileno(),)
        threading.Thread(target=_end_with, args=args, daemon=True).start()
        return partial(_job, listening)
    # where a pipe cannot be watched, a thread reads it
    jobs: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_hear, args=(listening, jobs), daemon=True).start()
    return jobs.get


def _end_with(pipe: int) -> None:
    """Ends the process, whatever it does, when nobody holds the other end of a pipe any more."""
    watched = select.poll()
    watched.register(pipe, 0)  # its end is told in any case
    watched.poll()
    os._exit(0)


def _hear(listening: BinaryIO, jobs: SimpleQueue[Any]) -> None:
    """Takes the jobs; ends the process as :func:`_end_with` does."""
    while True:
        jobs.put(_job(listening))


def _job(listening: BinaryIO) -> Any:
    """The next job; if there is none, the process ends."""
    try:
        if head := listening.read(HEAD.size):
            return pickle.loads(listening.read(HEAD.unpack(head)[1]))
    except Exception:  # noqa: BLE001 - a job that cannot be read would be waited for in vain
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)
