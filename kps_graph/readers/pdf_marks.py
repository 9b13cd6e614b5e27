"""What is drawn on one page of a PDF, as values: runs of characters, glyphs, lines, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from kps_graph.readers.lattice import Rule

__all__ = ["Area", "Glyph", "Page", "Run", "Turn", "full_widths"]

#: From PDF's left, bottom, right, top to left, top, right, bottom as the page is shown.
Turn: TypeAlias = Callable[[float, float, float, float], tuple[float, float, float, float]]


class Run(NamedTuple):
    """Characters that stand next to one another on one line.

    ``top`` and ``bottom`` are those of a plain character on the baseline: the boxes that fonts
    give differ by half a line, and a font that stands in for a missing glyph moves single words.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Glyph(NamedTuple):
    """A character that is not upright.

    ``angle`` is what it is turned by, in degrees clockwise: 90 if it is read downwards.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    angle: int


class Area(NamedTuple):
    """Where a picture is drawn."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Page:
    """What is drawn on one page, in points from its upper left corner, downwards.

    Attributes:
        images: pixel images.
        shapes: drawings: what has curves, and areas with slanted sides.
        unreadable: characters whose font does not say what they are.
        comments: what is laid over the page, each text with its rule.
    """

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    shapes: list[Area] = field(default_factory=list)
    unreadable: int = 0
    comments: list[tuple[str, str]] = field(default_factory=list)


def full_widths(text: str) -> float:
    """How wide a text is, in full-width characters.

    Those take three bytes of UTF-8 where Latin ones, about half as wide, take one.
    """
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + 0.55 * (len(text) - wide)
