"""Texts of documents made fit to be shown: no character that XML, a terminal or a reader trips over."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["printable"]

#: Control characters, surrogates, non-characters, and the marks that turn the direction of writing.
_CONTROL: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """``text`` as XML can hold it and a terminal shows it: control characters become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)
