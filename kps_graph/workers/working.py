"""The inside of a worker; it imports little, so that a worker starts fast."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from kps_graph.words import Sentence
from kps_graph.workers.limits import HUNGRY, Cause, Died, bound

__all__ = ["Ready", "send", "work"]

#: So many objects are made before unused ones are looked for, as in the process that gives jobs.
_GARBAGE = 500_000


class Ready:
    """What a worker says when it has started."""


def work() -> None:
    """A worker: does jobs until nobody gives it any more, or wants what comes of them."""
    # Ctrl-C reaches the whole group; the parent decides what to do about it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_GARBAGE)
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
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(listening, jobs), daemon=True).start()
    with contextlib.suppress(OSError):  # nobody listens any more
        send(telling, Ready())
        while True:
            _answer(telling, function, jobs.get())
    os._exit(0)  # the other thread still hears


def _hear(listening: BinaryIO, jobs: queue.SimpleQueue[Any]) -> None:
    """Takes the jobs; ends the process, whatever it does, when the one who gives them is gone."""
    try:
        while True:
            jobs.put(pickle.load(listening))
    except (EOFError, OSError):
        os._exit(0)
    except Exception:  # noqa: BLE001 - a job that cannot be read would be waited for in vain
        import traceback

        traceback.print_exc()
        os._exit(1)


def _answer(telling: BinaryIO, function: Callable[[Any], Any], job: object) -> None:
    try:
        said = pickle.dumps(function(job))
    except MemoryError:
        said = pickle.dumps(Died(HUNGRY, Cause.MEMORY))
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


def send(pipe: Any, message: object) -> None:
    """Writes a message to the other side of a pipe."""
    pipe.write(pickle.dumps(message))
    pipe.flush()
