"""Lays out one standard from left to right: tasks, activities, and the K and S they need.

A task stands beside its activities, as in the document's merged cells. K and S that the same
units need form one group, and one line leads to it from each of those units: from the unit,
from the indicator, or from a bracket around the whole task, just where the document attaches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.columns import Block, element, place, row
from kps_graph.exports.pictures.frame import attitudes, header
from kps_graph.exports.pictures.scene import Box, Curve, Link, Node, Scene, Shape, Text
from kps_graph.exports.pictures.touching import Tree, touching
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.model import Standard
from kps_graph.standards.outline import Node as Part
from kps_graph.standards.outline import outline
from kps_graph.words import Language

__all__ = ["Indicators", "layout"]

#: Whether indicators are written out, or shown by their codes alone.
Indicators: TypeAlias = Literal["text", "code"]

MARGIN: Final = 32.0
TASK: Final = 150.0
#: Widths of the columns of activities and of needs, by how indicators are shown.
WIDTHS: Final = MappingProxyType({"text": (590.0, 600.0), "code": (400.0, 790.0)})
GAP: Final = 14.0
INDENT: Final = 18.0
#: From more lines than this on, they are drawn thinner.
MANY: Final = 60


def layout(
    standard: Standard, lang: Language = Language.CHINESE, indicators: Indicators = "text"
) -> Scene:
    """The picture of ``standard``; see the module."""
    return _Layout(standard, lang, indicators).scene()


class _Layout:
    """Collects the shapes of one picture, column by column."""

    def __init__(self, standard: Standard, lang: Language, indicators: Indicators) -> None:
        self._standard = standard
        self._lang = Language.of(lang)
        self._words = words(lang)
        self._codes_only = indicators == "code"
        self._tree = Tree(outline(standard))
        self._touching = touching(self._tree)
        self._groups = self._grouped()
        self._lines = sum(len(users) for users in self._groups)
        self._work = MARGIN + TASK + GAP
        self._wide, self._reach = WIDTHS[indicators]
        self._need = self._work + self._wide + 70 + min(120.0, 1.5 * self._lines)
        self._ground: list[Shape] = []
        self._links: list[Link] = []
        self._nodes: list[Node] = []
        self._anchors: dict[str, tuple[float, float]] = {}

    def scene(self) -> Scene:
        standard, right = self._standard, self._need + self._reach
        heads = header(
            standard, self._tree, self._lang, (MARGIN, self._work, self._need, right), self._ground
        )
        top = bottom = heads.y + 10
        for task in self._tree.units(""):
            bottom = self._task(task, bottom) + 18
        if not self._tree.units(""):
            self._ground.append(
                Text(MARGIN, top + 20, (self._words["no-tasks"],), "soft", 13, own=True)
            )
            bottom = top + 40
        bottom = max(bottom, self._needs(top))
        nodes = {n.id: n for n in self._tree.nodes.values()}
        self._nodes += attitudes(
            [
                (nodes[e], a.definition)
                for e, a in zip(
                    self._tree.below("", "hasAttitude"), standard.attitudes, strict=True
                )
            ],
            Box(MARGIN, bottom + 10, right - MARGIN, 0),
            self._words,
            self._ground,
        )
        bottom = max([bottom, *(n.box.bottom for n in self._nodes)]) + MARGIN
        title = " ".join(filter(None, (standard.code, clean(standard.name))))
        return Scene(
            title,
            self._summary(),
            self._lang,
            right + MARGIN,
            bottom,
            tuple(self._ground),
            tuple(self._links),
            tuple(self._nodes),
            frozen=heads,
        )

    def _summary(self) -> str:
        kinds = [n.kind for n in self._tree.nodes.values()]
        names = ("task", "activity", "output", "indicator", "knowledge", "skill", "attitude")
        return ", ".join(f"{self._words[k]} {kinds.count(k)}" for k in names if k in kinds)

    # tasks and activities

    def _task(self, task: str, top: float) -> float:
        """One task with its activities; returns where it ends."""
        bottom = top
        for unit in self._tree.walk(task):
            bottom = self._unit(unit, len(self._tree.above(unit)), bottom)
        node = self._tree.nodes[task]
        block = Block(Box(MARGIN, top, TASK, 0), "task", node.level)
        code = clean(node.code or "")
        if node.level is not None and (not code or width(code, 15) > TASK - 64):
            block.reach(block.bottom + 22)
        if code:
            block.line(wrap(code, TASK - 24, 15), "task-code", 15)
        block.line(wrap(node.label, TASK - 24, 15), "strong", 15)
        bottom = max(bottom - 8, block.bottom)
        self._nodes.append(block.node(node, self._touching, bottom))
        for unit in self._tree.walk(task):
            if self._tree.needs(unit) and unit not in self._anchors:
                self._bracket(unit, top, bottom)
        return bottom

    def _unit(self, unit: str, depth: int, top: float) -> float:
        """The card of a unit; a task has one only for what it has besides activities."""
        tree, node = self._tree, self._tree.nodes[unit]
        outputs, indicators = tree.below(unit, "hasOutput"), tree.below(unit, "hasIndicator")
        if depth == 0 and not outputs and not indicators:
            return top
        indent = INDENT * max(0, depth - 1)
        block = Block(
            Box(self._work + indent, top, self._wide - indent, 0),
            "card",
            node.level if depth else None,
        )
        if depth:
            block.heading(node)
        parts = [row(tree.nodes[o], block, self._touching, "output") for o in outputs]
        if self._codes_only:
            parts += block.chips([tree.nodes[p] for p in indicators], self._touching)
        else:
            parts += [row(tree.nodes[p], block, self._touching, "indicator") for p in indicators]
        bottom = block.bottom
        if depth:
            self._nodes.append(block.node(node, self._touching, bottom))
        else:
            self._ground.append(Box(block.box.x, top, block.box.width, bottom - top, "card", 6))
        self._nodes += parts
        right = block.box.right
        if not tree.units(unit):
            self._anchors[unit] = (right, top + 17 if depth else (top + bottom) / 2)
        self._anchors |= {p.id: (right, p.box.middle) for p in parts if tree.needs(p.id)}
        return bottom + 8

    def _bracket(self, unit: str, top: float, bottom: float) -> None:
        """A bracket around all that is part of ``unit``, from which its line starts."""
        inside = set(self._tree.walk(unit))
        boxes = [n.box for n in self._nodes if n.id in inside and n.box.x >= self._work]
        if boxes:
            top, bottom = min(b.y for b in boxes), max(b.bottom for b in boxes)
        x = self._work + self._wide + (16 if unit in self._tree.units("") else 8)
        path = (
            f"M{x - 6:.1f} {top + 1:.1f}H{x - 2:.1f}Q{x:.1f} {top + 1:.1f} {x:.1f} "
            f"{top + 3:.1f}V{bottom - 3:.1f}Q{x:.1f} {bottom - 1:.1f} {x - 2:.1f} "
            f"{bottom - 1:.1f}H{x - 6:.1f}"
        )
        self._links.append(Link(unit, (unit, *self._tree.needs(unit)), Curve(path, "bracket")))
        self._anchors[unit] = (x, (top + bottom) / 2)

    # knowledge and skills

    def _grouped(self) -> dict[tuple[str, ...], list[str]]:
        """The K and S by the units that need them, both in document order."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for node in self._tree.nodes.values():
            if node.kind in ("knowledge", "skill"):
                groups.setdefault(tuple(self._tree.users(node.id)), []).append(node.id)
        return groups

    def _needs(self, top: float) -> float:
        """The column of groups, each near its units; returns where it ends."""
        last = max((y for _, y in self._anchors.values()), default=top)
        wanted = {users: self._middle(users, last) for users in self._groups}
        order = sorted(self._groups, key=lambda users: (not users, wanted[users]))
        frames = [self._frame(users) for users in order]
        tops = place(
            [f.bottom for f in frames],
            [wanted[u] - f.bottom / 2 for u, f in zip(order, frames, strict=True)],
            top,
            12,
        )
        for users, y in zip(order, tops, strict=True):
            frame = self._frame(users, y)
            box = Box(self._need, y, self._reach, frame.bottom - y, "group", 8)
            self._ground += [box, *frame.shapes]
            self._nodes += frame.inner
            self._join(users, box)
        return max([top, *(y + f.bottom for y, f in zip(tops, frames, strict=True))])

    def _middle(self, users: Sequence[str], last: float) -> float:
        """The height at which ``users`` would have their group; what is unused stands last."""
        found = [self._anchors[u][1] for u in users]
        return sum(found) / len(found) if found else last

    def _frame(self, users: Sequence[str], top: float = 0) -> Block:
        """The group of what ``users`` need, K on the left and S on the right if it has both."""
        block = Block(Box(self._need, top, self._reach, 0), "group")
        names = [
            clean(n.code or fit(n.label, 120, 11)) for n in map(self._tree.nodes.get, users) if n
        ]
        title = (
            f"{self._lang.joined(names)} {self._words['needed-by']}"
            if names
            else self._words["unused"]
        )
        members = [self._tree.nodes[e] for e in self._groups[tuple(users)]]
        aside = min(width(title, 11) + 16, self._reach / 3)
        if len(members) == 1 and width(title, 11) + 16 <= aside:
            block.shapes.append(
                Text(
                    block.box.right - 12, top + 26, (title,), "heading", 11, anchor="end", own=True
                )
            )
            columns, start = self._columns(members), top + 8
        else:
            block.line(wrap(title, self._reach - 24, 11), "heading", 11, own=True)
            columns, start, aside = self._columns(members), block.bottom - 4, 0
        wide = (self._reach - 16 - aside - 8 * (len(columns) - 1)) / len(columns)
        for number, column in enumerate(columns):
            y = start
            for node in column:
                items = [self._tree.nodes[i].label for i in self._tree.below(node.id, "hasItem")]
                box = Box(self._need + 8 + number * (wide + 8), y, wide, 0)
                made = element(node, items, box, self._touching, self._words["undefined"])
                block.inner.append(made)
                y = made.box.bottom + 6
            block.reach(y + 2)
        return block

    def _columns(self, members: Sequence[Part]) -> list[Sequence[Part]]:
        """K and S side by side; one of them alone in two halves."""
        knowledge = [n for n in members if n.kind == "knowledge"]
        skills = [n for n in members if n.kind == "skill"]
        half = (len(members) + 1) // 2
        columns = (knowledge, skills) if knowledge and skills else (members[:half], members[half:])
        return [c for c in columns if c]

    def _join(self, users: Sequence[str], box: Box) -> None:
        """A line from each of ``users`` to their group."""
        targets = self._groups[tuple(users)]
        style = "link" if self._lines <= MANY else "link-thin"
        starts = sorted(users, key=lambda u: self._anchors[u][1])
        step = min(9.0, (box.height - 20) / max(1, len(starts)))
        for number, user in enumerate(starts):
            x, y = self._anchors[user]
            end = box.middle + (number - (len(starts) - 1) / 2) * step
            bend = (self._need - x) * 0.55
            path = (
                f"M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {self._need - bend:.1f} {end:.1f} "
                f"{self._need:.1f} {end:.1f}"
            )
            self._links.append(Link(user, tuple(targets), Curve(path, style)))
