"""Limits that protect the machine from a hostile or broken file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from kps_graph.errors import TooLarge
from kps_graph.words import Sentence

__all__ = ["DEFAULT", "Budget", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything a reader accepts.

    The largest real standard has 12 pages, 2,000 cells and 2 MB; the defaults leave a factor of
    fifty.

    Attributes:
        bytes: size of the file.
        unpacked: size of one unpacked member of an office file.
        ratio: unpacked to packed size of a member, looked at above 1 MiB unpacked.
        pages: pages of a PDF.
        cells: grid positions of all tables together, each merged cell counted by its area.
        elements: of HTML, or of one XML member of an office file.
        lines: of a text, and paragraphs of a document, with those in its cells.
        depth: tables in tables, lists in lists, elements in elements.
        marks: characters and path segments of one PDF page.
    """

    bytes: int = 64 * 2**20
    unpacked: int = 128 * 2**20
    ratio: int = 300
    pages: int = 1000
    cells: int = 100_000
    elements: int = 1_000_000
    lines: int = 100_000
    depth: int = 100
    marks: int = 200_000

    def check(self, what: str, value: int, source: str) -> None:
        """Accepts ``value`` of the limit called ``what``.

        Raises:
            TooLarge: if it is over the limit.
        """
        most = getattr(self, what)
        if value > most:
            raise TooLarge(
                "too large: {value:,} {unit}, at most {most:,} are read",
                value=value,
                unit=_NAMES[what],
                most=most,
                source=source,
                hint=Sentence(
                    "a competency standard is far smaller; check that this is the right file"
                ),
            )


_NAMES: Final = {
    "bytes": Sentence("bytes"),
    "unpacked": Sentence("bytes unpacked"),
    "ratio": Sentence("times its packed size"),
    "pages": Sentence("pages"),
    "cells": Sentence("table cells"),
    "elements": Sentence("elements"),
    "lines": Sentence("lines or paragraphs"),
    "depth": Sentence("levels of nesting"),
    "marks": Sentence("characters and lines on one page"),
}

#: The limits used where none are given.
DEFAULT: Final = Limits()


class Budget:
    """What one document has cost so far: table cells, paragraphs, and depth of nesting."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self._cells = 0
        self._lines = 0
        self._depth = 0

    def spend(self, cells: int) -> None:
        """Takes note of more grid positions.

        Raises:
            TooLarge: if they are over the limit.
        """
        self._cells += cells
        self.limits.check("cells", self._cells, self.source)

    def line(self) -> None:
        """Takes note of one more paragraph.

        Raises:
            TooLarge: if they are over the limit.
        """
        self._lines += 1
        self.limits.check("lines", self._lines, self.source)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Goes one level further down, for the length of a ``with`` block.

        Raises:
            TooLarge: if that is over the limit.
        """
        self._depth += 1
        self.limits.check("depth", self._depth, self.source)
        try:
            yield
        finally:
            self._depth -= 1
