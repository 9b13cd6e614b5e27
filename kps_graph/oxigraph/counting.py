"""Counts the rows of SPARQL results in the bytes in which the engine writes them.

The engine tells nobody how many rows it has written, and to ask it for them one by one takes
several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

__all__ = ["counter"]

#: Told some bytes more, says how many rows have begun in all.
Counter: TypeAlias = Callable[[bytes], int]

_ESCAPED: Final = re.compile(rb"\\.", re.DOTALL)


def counter(media_type: str) -> Counter:
    """What counts the rows of results in JSON, XML, CSV or TSV."""
    if media_type.endswith("json"):
        return _Json()
    if media_type.endswith("xml"):
        return _Marks(b"<result>", 0)
    return _Csv() if media_type.endswith("csv") else _Marks(b"\n", -1)


class _Marks:
    """Counts a mark that stands nowhere else: text in XML has no ``<``, in TSV no line end.

    Args:
        mark: of a row.
        before: how many rows there are without any.
    """

    def __init__(self, mark: bytes, before: int) -> None:
        self._mark = mark
        self._rows = before
        self._rest = b""

    def __call__(self, data: bytes) -> int:
        data = self._rest + data
        self._rows += data.count(self._mark)
        # a mark that is cut in two; one that is whole is not counted again
        self._rest = data[1 - len(self._mark) :] if len(self._mark) > 1 else b""
        return self._rows


class _Csv:
    """Counts the line ends outside quotation marks; the first ends the heading."""

    def __init__(self) -> None:
        self._rows = -1
        self._quoted = False

    def __call__(self, data: bytes) -> int:
        outside = data.split(b'"')
        self._rows += sum(text.count(b"\n") for text in outside[self._quoted :: 2])
        self._quoted ^= len(outside) % 2 == 0
        return self._rows


class _Json:
    """Counts the objects that stand in an array: those of rows; others are values of a name."""

    def __init__(self) -> None:
        self._rows = 0
        self._quoted = False
        self._escaped = b""
        self._last = b""

    def __call__(self, data: bytes) -> int:
        data = self._escaped + data
        # a backslash that is the last escapes what comes next
        slashes = len(data) - len(data.rstrip(b"\\"))
        self._escaped = b"\\" * (slashes % 2)
        outside = _ESCAPED.sub(b"", data[: len(data) - slashes % 2]).split(b'"')
        marks = self._last + b"".join(outside[self._quoted :: 2])
        self._quoted ^= len(outside) % 2 == 0
        self._rows += marks.count(b"[{") + marks.count(b",{")
        self._last = marks[-1:]
        return self._rows
