"""Where something stands, as the text of ``kps:place``, both ways."""

from __future__ import annotations

import re
from typing import Final

from kps_graph.document import Span

__all__ = ["place", "span"]

_NAMES: Final = ("page", "table", "row", "column", "line")
_PART: Final = re.compile(rf"({'|'.join(_NAMES)})=(\d+)")
_POINTER: Final = "pointer="


def place(where: Span) -> str:
    """``where`` as the text of ``kps:place``; empty if it says nothing but the source."""
    if where.pointer:
        return f"{_POINTER}{where.pointer}"
    known = ((name, getattr(where, name)) for name in _NAMES)
    return ";".join(f"{name}={number}" for name, number in known if number is not None)


def span(text: str, source: str = "") -> Span:
    """The place in ``source`` that the text of a ``kps:place`` states."""
    if not text:
        return Span(source)
    if text.startswith(_POINTER):
        return Span(source, pointer=text.removeprefix(_POINTER))
    page, table, row, column, line = map(
        {name: int(number) for name, number in _PART.findall(text)}.get, _NAMES
    )
    return Span(source, page, table, row, column, line)
