"""Measures and breaks text as it will be set: Chinese by the em, Latin by the word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from kps_graph.printable import printable

__all__ = ["CLOSING", "OPENING", "clean", "fit", "width", "wrap"]

#: Never at the beginning of a line.
CLOSING: Final = frozenset("，。、；：？！）」』】〉》〕］｝％…—·,.;:?!)]}%'\"”’~～／/")
#: Never at the end of a line.
OPENING: Final = frozenset("（「『【〈《〔［｛([{“‘")
_NARROW: Final = frozenset("ijlftrI.,:;|!'()[]{}-/\\ \"`")
_BROAD: Final = frozenset("mwMWOQ@%&GNHUDRCAKVXYBPZ+=<>~#—")
_TOKEN: Final = re.compile(r"\s+|[!-~\u00a1-\u024f]+|.", re.S)


def clean(text: str) -> str:
    """``text`` as one line, printable."""
    return " ".join(printable(text).split())


def _em(char: str) -> float:
    """The advance of one character in ems; rather too wide than too narrow."""
    if unicodedata.east_asian_width(char) in "WFA" and not "\u0300" <= char <= "\u036f":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.4
    return 0.8 if char in _BROAD else 0.62


def width(text: str, size: float) -> float:
    """The width of one line of ``text`` set in ``size``; an upper bound for common fonts."""
    return sum(map(_em, text)) * size


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: words, characters, and these with the punctuation they carry."""
    piece = ""
    for token in _TOKEN.findall(text):
        if token.isspace():
            if piece:
                yield piece
            yield " "
            piece = ""
        elif piece and (token[0] in CLOSING or piece[-1] in OPENING):
            piece += token
        else:
            if piece:
                yield piece
            piece = token
    if piece:
        yield piece


def wrap(text: str, limit: float, size: float) -> tuple[str, ...]:
    """``text`` in lines no wider than ``limit``.

    No line begins with closing punctuation or ends with opening; only what is wider than a
    whole line is broken inside; no last line is a lone character if that can be helped. Nothing
    is lost but the space at a line's end.
    """
    pieces = tuple(_pieces(clean(text)))
    lines = _fill(pieces, limit, size)
    for ems in (1, 2, 3):
        if len(lines) > 1 and width(lines[-1], size) < 2 * size:
            narrower = _fill(pieces, limit - ems * size, size)
            lines = narrower if len(narrower) == len(lines) else lines
    return tuple(lines)


def _fill(pieces: Iterable[str], limit: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if width(line + piece, size) <= limit or (piece == " " and line):
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = "" if piece == " " else piece
        while width(line, size) > limit and len(line) > 1:
            cut = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], size) <= limit
            )
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def fit(text: str, limit: float, size: float) -> str:
    """``text`` on one line no wider than ``limit``, cut with an ellipsis where it must be."""
    text = clean(text)
    if width(text, size) <= limit:
        return text
    while text and width(text + "…", size) > limit:
        text = text[:-1]
    return text + "…"
