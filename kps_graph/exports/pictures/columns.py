"""The pieces that columns are made of: blocks of text with a code, a level and a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kps_graph.exports.pictures.scene import Box, Node, Shape, Text
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.model import Level
from kps_graph.standards.outline import Node as Part

__all__ = ["Block", "badge", "element", "label_of", "place", "row"]

Touches = Mapping[str, tuple[str, ...]]


def label_of(node: Part) -> str:
    """What ``node`` is, in one line."""
    level = f"(L{node.level})" if node.level is not None else ""
    return " ".join(filter(None, (clean(node.code or ""), clean(node.label), level)))


def badge(level: Level, right: float, top: float) -> list[Shape]:
    """A level as a small plate whose right edge is at ``right``; nothing for no level.

    What is no level from 1 to 6 is shown as it stands, in the colour of faults.
    """
    if level is None:
        return []
    known = isinstance(level, int) and 1 <= level <= 6
    style = f"level{level}" if known else "level"
    text = f"L{level}" if known else fit(str(level), 80, 11) or "?"
    wide = max(26.0, width(text, 11) + 10)
    return [
        Box(right - wide, top, wide, 18, style, 4),
        Text(right - wide / 2, top + 13, (text,), f"{style}-text", 11, anchor="middle"),
    ]


@dataclass(slots=True)
class Block:
    """A frame that grows downward as lines are put into it.

    Attributes:
        box: its place; the height is still open.
        style: of the frame.
        level: shown as a badge in its upper right corner.
        shapes: what has been put into it.
        inner: the nodes inside it that can be pointed at on their own.
        bottom: where it would end now, its padding included.
    """

    box: Box
    style: str
    level: Level = None
    shapes: list[Shape] = field(default_factory=list)
    inner: list[Node] = field(default_factory=list)
    bottom: float = 0

    def __post_init__(self) -> None:
        self.bottom = self.box.y + 16
        self.shapes += badge(self.level, self.box.right - 8, self.box.y + 8)

    def line(self, lines: tuple[str, ...], style: str, size: float, own: bool = False) -> None:
        """Puts lines of text below what is there."""
        self.shapes.append(
            Text(self.box.x + 12, self.bottom - 8 + size, lines, style, size, own=own)
        )
        self.bottom += size * 1.4 * len(lines) + 2

    def heading(self, node: Part) -> None:
        """Puts the code and name of a unit on one line, or as many as the name needs."""
        code = fit(node.code or "", 180, 13)
        indent = width(code, 13) + 10 if code else 0
        room = self.box.width - 24 - indent - (96 if isinstance(self.level, str) else 40)
        lines = wrap(node.label, room, 14)
        y = self.bottom - 8 + 14
        if code:
            self.shapes.append(Text(self.box.x + 12, y, (code,), "task-code", 13))
        self.shapes.append(Text(self.box.x + 12 + indent, y, lines, "strong", 14))
        self.bottom += 14 * 1.4 * len(lines) + 3

    def reach(self, bottom: float) -> None:
        """Grows to ``bottom``."""
        self.bottom = max(self.bottom, bottom)

    def chips(self, nodes: Sequence[Part], touches: Touches) -> list[Node]:
        """Puts nodes in by their codes alone, side by side."""
        x, made = self.box.x + 12, []
        for node in nodes:
            code = fit(node.code or "P", self.box.width - 24, 11)
            wide = width(code, 11) + 12
            if x + wide > self.box.right - 10:
                x = self.box.x + 12
                self.bottom += 22
            box = Box(x, self.bottom - 7, wide, 18)
            made.append(
                Node(
                    node.id,
                    code,
                    box,
                    (
                        Box(box.x, box.y, wide, 18, "grid", 4),
                        Text(x + 6, box.y + 13, (code,), "code", 11),
                    ),
                    touches.get(node.id, ()),
                    (clean(node.label),),
                )
            )
            x += wide + 6
        if made:
            self.bottom += 22
        return made

    def node(self, part: Part, touches: Touches, bottom: float) -> Node:
        """The finished block as the picture of ``part``, closed at ``bottom``."""
        box = Box(self.box.x, self.box.y, self.box.width, bottom - self.box.y, self.style, 6)
        return Node(part.id, label_of(part), box, (box, *self.shapes), touches.get(part.id, ()))


def row(node: Part, block: Block, touches: Touches, kind: str) -> Node:
    """An output or indicator as a row inside ``block``."""
    code = fit(node.code or "•", 130, 11)
    indent = max(52.0, width(code, 11) + 10) if node.code else 16.0
    badges = badge(node.level, block.box.right - 10, block.bottom - 8)
    room = block.box.width - 24 - indent - (96 if badges else 0)
    lines = wrap(node.label, room, 12.5)
    top, y = block.bottom - 8, block.bottom + 5
    block.bottom += 12.5 * 1.4 * len(lines) + 2
    box = Box(block.box.x + 6, top, block.box.width - 12, block.bottom - 8 - top)
    style = "output-code" if kind == "output" else "code"
    shapes: list[Shape] = [Box(box.x, box.y, box.width, box.height, "clear", 3)]
    shapes += [
        Text(block.box.x + 12, y, (code,), style, 11),
        Text(block.box.x + 12 + indent, y, lines, style if kind == "output" else "ink", 12.5),
        *badges,
    ]
    return Node(node.id, label_of(node), box, tuple(shapes), touches.get(node.id, ()))


def element(node: Part, items: Sequence[str], box: Box, touches: Touches, undefined: str) -> Node:
    """A K or S with its items, as wide as ``box``."""
    kind = node.kind if node.label or items else "undefined"
    code = fit(node.code or "", box.width / 3, 12)
    indent = width(code, 12) + 8 if code else 0
    lines = wrap(node.label or undefined, box.width - 16 - indent, 12.5)
    y = box.y + 17
    shapes: list[Shape] = []
    if code:
        shapes.append(Text(box.x + 8, y, (code,), f"{kind}-code", 12))
    shapes.append(Text(box.x + 8 + indent, y, lines, "ink", 12.5, own=not node.label))
    bottom = box.y + 7 + 17.5 * len(lines)
    for item in items:
        wrapped = wrap(item, box.width - 16 - indent - 12, 11.5)
        shapes += [
            Text(box.x + 8 + indent, bottom + 11, ("·",), "soft", 11.5),
            Text(box.x + 8 + indent + 12, bottom + 11, wrapped, "soft", 11.5),
        ]
        bottom += 16.1 * len(wrapped)
    frame = Box(box.x, box.y, box.width, bottom + 5 - box.y, kind, 5)
    label = "; ".join((label_of(node), *map(clean, items)))
    return Node(node.id, label, frame, (frame, *shapes), touches.get(node.id, ()))


def place(heights: Sequence[float], wanted: Sequence[float], top: float, gap: float) -> list[float]:
    """Tops for blocks in this order, apart by ``gap`` and below ``top``, near where wanted.

    The sum of squared displacements is least: blocks that would overlap become one run, which
    is put where its members want to be on average (pool adjacent violators).
    """
    runs: list[tuple[float, int, float]] = []  # (sum of wishes, members, height)
    for height, wish in zip(heights, wanted, strict=True):
        run = (wish, 1, height + gap)
        while runs and runs[-1][0] / runs[-1][1] + runs[-1][2] > run[0] / run[1]:
            total, members, tall = runs.pop()
            run = (total + run[0] - run[1] * tall, members + run[1], tall + run[2])
        runs.append(run)
    tops: list[float] = []
    offset = top
    index = 0
    for total, members, _ in runs:
        y = max(offset, total / members)
        for _ in range(members):
            tops.append(y)
            y += heights[index] + gap
            index += 1
        offset = y
    return tops
