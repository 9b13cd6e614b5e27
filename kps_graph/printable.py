"""Texts of documents made fit to be shown: no character that XML, a terminal or a reader trips over."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CONTROL", "one_line", "printable"]

#: Control characters other than tab and line ends, surrogates, non-characters, and the marks that
#: turn the direction of writing.
CONTROL: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LINE: Final = re.compile("[\t\n\r]")


def printable(text: str) -> str:
    """``text`` as XML can hold it and a terminal shows it: control characters become U+FFFD."""
    return CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """``text``, such as the name of a file, in one line: what has no shape is written as its code."""
    return CONTROL.sub(_code, _LINE.sub(_code, text))


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
