"""Ctrl-C at a moment that suits: what must be done whole is done whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["postponed"]


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
