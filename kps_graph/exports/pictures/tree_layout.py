"""Lays out a tree from left to right: what was asked for, and what each part of it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kps_graph.exports.pictures.columns import Block
from kps_graph.exports.pictures.scene import Box, Curve, Link, Node, Scene, Text
from kps_graph.exports.wrapping import clean, wrap
from kps_graph.standards.trace import Branch
from kps_graph.words import Language

__all__ = ["layout"]

_MARGIN: Final = 32.0
_WIDE: Final = 300.0
_BETWEEN: Final = 56.0
_STYLES: Final = {"T": "task", "K": "knowledge", "S": "skill", "A": "attitude", "O": "output"}


def layout(trees: Sequence[Branch], title: str, lang: Language) -> Scene:
    """The picture of ``trees``, one below the other."""
    drawing = _Drawing()
    top = _MARGIN + 44
    for tree in trees:
        top = drawing.tree(tree, _MARGIN, top, ()) + 12
    right = max((n.box.right for n in drawing.nodes), default=_MARGIN)
    heading = wrap(title, max(_WIDE, right - _MARGIN), 19)[:1]
    ground = (Text(_MARGIN, _MARGIN + 14, heading, "title", 19),)
    summary = f"{title}: {len(drawing.nodes)}"
    return Scene(
        title,
        summary,
        lang,
        max(right, _MARGIN + _WIDE) + _MARGIN,
        top + _MARGIN,
        ground,
        tuple(drawing.links),
        tuple(drawing.nodes),
    )


class _Drawing:
    """The cards and lines of the picture, as they are placed."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.links: list[Link] = []

    def tree(self, branch: Branch, x: float, top: float, above: tuple[str, ...]) -> float:
        """Places a branch with all below it; where it ends."""
        name = f"n{len(self.nodes) + 1}"
        block = Block(Box(x, top, _WIDE, 0), _STYLES.get(branch.kind, "card"), branch.level)
        code = clean(branch.code)
        if code:
            block.line(wrap(code, _WIDE - 70, 13), "strong", 13)
        block.line(wrap(branch.text or code or "—", _WIDE - 24, 12), "ink", 12)
        number = len(self.nodes)
        label = " ".join(filter(None, (code, clean(branch.text))))
        box = Box(x, top, _WIDE, block.bottom - top)
        self.nodes.append(Node(name, label, box, ()))
        below, children = top, []
        for child in branch.children:
            children.append(f"n{len(self.nodes) + 1}")
            start = below
            below = self.tree(child, x + _WIDE + _BETWEEN, below, (*above, name)) + 8
            self._line(name, children[-1], (box.right, top + 18), start + 18)
        shapes = (Box(box.x, box.y, box.width, box.height, block.style, 6), *block.shapes)
        self.nodes[number] = Node(name, label, box, shapes, (*above, *children))
        return max(box.bottom, below - 8)

    def _line(self, source: str, target: str, start: tuple[float, float], y: float) -> None:
        (x, top), half = start, _BETWEEN / 2
        path = (
            f"M{x:.1f} {top:.1f}C{x + half:.1f} {top:.1f} {x + half:.1f} {y:.1f} "
            f"{x + _BETWEEN:.1f} {y:.1f}"
        )
        self.links.append(Link(source, (target,), Curve(path, "link")))
