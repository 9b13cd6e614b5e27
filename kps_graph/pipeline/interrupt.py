"""What a long work tells the person who waits, and Ctrl-C at a moment that suits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

__all__ = ["Progress", "postponed"]

#: Called with files done, files in all, and the name of the last; or with 0, 0 and the name of a
#: stage that begins and cannot be counted: ``check``, ``align``.
Progress: TypeAlias = Callable[[int, int, str], None]


#: The signals that ask to end, as far as the platform has them.
_ENDING: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


@contextmanager
def postponed() -> Iterator[None]:
    """Holds Ctrl-C, and the other signals that ask to end, back for the length of a block.

    Raises:
        KeyboardInterrupt: at its end, if one of them came, as its handler says.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {n: h for n in _ENDING if callable(h := signal.getsignal(n))}
    came: list[int] = []
    for number in handlers:
        signal.signal(number, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if came:
        handlers[came[0]](came[0], None)
