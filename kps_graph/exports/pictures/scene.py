"""A picture as a value: what stands where, before anything is rendered.

Layouts make scenes and :mod:`kps_graph.exports.pictures.render` writes them as SVG or HTML, so geometry
can be tested without reading markup. All lengths are in pixels of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kps_graph.words import Language

__all__ = ["Box", "Circle", "Curve", "Frozen", "Link", "Node", "Scene", "Shape", "Text"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    style: str = ""
    radius: float = 0

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y of its centre."""
        return self.y + self.height / 2

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """Whether ``other`` lies inside."""
        return (
            self.x - slack <= other.x
            and other.right <= self.right + slack
            and self.y - slack <= other.y
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Box) -> bool:
        """Whether the two overlap by more than their edges."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Circle:
    """A dot."""

    x: float
    y: float
    radius: float
    style: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line: SVG path data made of numbers, never of texts."""

    path: str
    style: str


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text; ``x``, ``y`` is the baseline of the first.

    Attributes:
        lines: what is written, unescaped.
        own: True for the picture's own words, which are in the language of the picture.
        angle: degrees by which it is turned around its beginning.
        zoom: the magnification from which a map shows it.
        far: the magnification from which on a page no longer shows it; 0 if it always does.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    style: str
    size: float
    leading: float = 1.4
    anchor: Literal["start", "middle", "end"] = "start"
    own: bool = False
    angle: float = 0
    zoom: float = 1
    far: float = 0


Shape: TypeAlias = "Box | Circle | Curve | Text"


@dataclass(frozen=True, slots=True)
class Node:
    """Something that can be pointed at.

    Attributes:
        id: unique in the scene.
        label: what it is, in one line, for those who cannot see it.
        box: the place it covers; its texts lie inside.
        shapes: what is drawn.
        touches: ids of the nodes that light up with it.
        detail: lines that say more than the drawing does.
    """

    id: str
    label: str
    box: Box
    shapes: tuple[Shape, ...]
    touches: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one node to one or several others; it lights up with both its ends."""

    source: str
    targets: tuple[str, ...]
    curve: Curve


@dataclass(frozen=True, slots=True)
class Frozen:
    """The heads that a page keeps in view: nodes left of ``x``, nodes above ``y``, ``shapes``.

    ``top`` is where the heads above begin; ``x`` is 0 where nothing stays at the side.
    """

    x: float
    y: float
    top: float
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture.

    Attributes:
        title: its name.
        summary: what it shows, for those who cannot see it.
        lang: the language of its own words.
        ground: drawn below everything.
        links: drawn above the ground.
        nodes: drawn last.
        zoomable: True for a map, which is looked at through a window.
        fixed: drawn above a map and not moved with it: heading and legend.
        frozen: the heads that stay in view.
        whole: True for what is first looked at as a whole, not at the width of the window.
    """

    title: str
    summary: str
    lang: Language
    width: float
    height: float
    ground: tuple[Shape, ...]
    links: tuple[Link, ...]
    nodes: tuple[Node, ...]
    zoomable: bool = False
    fixed: tuple[Node | Shape, ...] = ()
    frozen: Frozen | None = None
    whole: bool = False
