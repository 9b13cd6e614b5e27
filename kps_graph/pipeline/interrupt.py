"""What a long work tells the person who waits, and Ctrl-C at a moment that suits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

__all__ = ["Progress", "postponed"]

#: Called with files done, files in all, and the name of the last; or with 0, 0 and the name of a
#: stage that begins and cannot be counted: ``check``, ``align``.
Progress: TypeAlias = Callable[[int, int, str], None]


@contextmanager
def postponed() -> Iterator[None]:
    """Holds Ctrl-C back for the length of a ``with`` block.

    Raises:
        KeyboardInterrupt: at its end, if Ctrl-C was pressed.
    """
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if came:
        handler(signal.SIGINT, None)
