"""A standard as nodes and edges: plain values that the network and the picture are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.model import Attitude, Element, Level, Standard, Unit
from kps_graph.terms import local_name

__all__ = ["Edge", "Node", "Outline", "outline", "references"]

_KINDS: Final = {"requiresKnowledge": "knowledge", "requiresSkill": "skill"}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a standard.

    Attributes:
        id: its local name below the standard (``T1.1``, ``K1/items/4``); "" for the standard.
        kind: ``standard``, ``task``, ``activity``, ``output``, ``indicator``, ``knowledge``,
            ``skill``, ``item`` or ``attitude``.
        label: its text; "" for a K or S that is referred to and not defined.
        code: its code; None where it has none.
        level: the level that stands on it; None where none does.
    """

    id: str
    kind: str
    label: str
    code: str | None = None
    level: Level = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What stands between two nodes, as the document attaches it."""

    source: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Every node of a standard once, in document order, and every edge between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def references(elements: Sequence[Element]) -> list[str]:
    """How units refer to each of ``elements``, the K or the S of one standard.

    By its code; by ``K03~2`` where a code stands for the second time; the n-th of those without
    a code by ``#n``.
    """
    seen: Counter[str] = Counter()
    found = []
    for element in elements:
        seen[element.code or ""] += 1
        count = seen[element.code or ""]
        if not element.code:
            found.append(f"#{count}")
        else:
            found.append(element.code if count == 1 else f"{element.code}~{count}")
    return found


class _Names:
    """Hands out local names: a code that stands twice is ``K03`` and then ``K03~2``."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def take(self, code: str | None, position: str) -> str:
        """The name of the next node with ``code``, or of the one at ``position``."""
        name = local_name(code) if code else position
        self._seen[name] += 1
        count = self._seen[name]
        return name if count == 1 else f"{name}~{count}"


class _Outliner:
    """Walks one standard; references to K and S are resolved once these have their names."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._names = _Names()
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self._known: dict[tuple[str, str], str] = {}

    def walk(self) -> Outline:
        standard = self._standard
        self.nodes.append(Node("", "standard", standard.name, standard.code, standard.level))
        for number, task in enumerate(standard.tasks, 1):
            self._unit(task, "", str(number), "task")
        for kind, elements in (("knowledge", standard.knowledge), ("skill", standard.skills)):
            named = zip(elements, references(elements), strict=True)
            for number, (element, reference) in enumerate(named, 1):
                self._known[kind, reference] = self._element(element, kind, number)
        for number, attitude in enumerate(standard.attitudes, 1):
            self._attitude(attitude, number)
        edges = [self._resolved(edge) for edge in self.edges]
        return Outline(tuple(self.nodes), tuple(edges))

    def _add(self, parent: str, relation: str, node: Node) -> str:
        self.nodes.append(node)
        self.edges.append(Edge(parent, node.id, relation))
        return node.id

    def _unit(self, unit: Unit, parent: str, position: str, kind: str) -> None:
        name = self._names.take(unit.code, f"units/{position}")
        relation = "hasTask" if kind == "task" else "hasActivity"
        self._add(parent, relation, Node(name, kind, unit.name, unit.code, unit.level))
        self._requires(name, unit.knowledge, unit.skills)
        for number, output in enumerate(unit.outputs, 1):
            local = self._names.take(output.code, f"{name}/outputs/{number}")
            self._add(name, "hasOutput", Node(local, "output", output.name, output.code))
        for number, indicator in enumerate(unit.indicators, 1):
            local = self._names.take(indicator.code, f"{name}/indicators/{number}")
            self._add(name, "hasIndicator", Node(
                local, "indicator", indicator.text, indicator.code, indicator.level))
            self._requires(local, indicator.knowledge, indicator.skills)
        for number, below in enumerate(unit.units, 1):
            self._unit(below, name, f"{position}.{number}", "activity")

    def _requires(self, subject: str, knowledge: tuple[str, ...], skills: tuple[str, ...]) -> None:
        for relation, codes in (("requiresKnowledge", knowledge), ("requiresSkill", skills)):
            self.edges.extend(
                Edge(subject, code, relation) for code in dict.fromkeys(codes))

    def _element(self, element: Element, kind: str, number: int) -> str:
        group = "knowledge" if kind == "knowledge" else "skills"
        name = self._names.take(element.code, f"{group}/{number}")
        self._add("", f"has{kind.capitalize()}", Node(name, kind, element.name, element.code))
        for position, item in enumerate(element.items, 1):
            self._add(name, "hasItem", Node(f"{name}/items/{position}", "item", item.text))
        return name

    def _attitude(self, attitude: Attitude, number: int) -> None:
        name = self._names.take(attitude.code, f"attitudes/{number}")
        self._add("", "hasAttitude", Node(name, "attitude", attitude.name, attitude.code))

    def _resolved(self, edge: Edge) -> Edge:
        """``edge`` to the node that its reference means; what is not defined becomes a node."""
        if edge.relation not in _KINDS:
            return edge
        kind = _KINDS[edge.relation]
        if (kind, edge.target) not in self._known:
            name = self._names.take(edge.target, edge.target)
            self._known[kind, edge.target] = name
            self.nodes.append(Node(name, kind, "", edge.target))
        return Edge(edge.source, self._known[kind, edge.target], edge.relation)


def outline(standard: Standard) -> Outline:
    """The nodes and edges of ``standard``, levels, K and S standing where it attaches them.

    A K or S that is referred to and not defined is a node with a code and no label, below
    nothing.
    """
    return _Outliner(standard).walk()
