"""A standard as nodes and edges: plain values that the network and the picture are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kps_graph.model import Attitude, Element, Level, Standard, Unit
from kps_graph.standards.names import names
from kps_graph.terms import code_of

__all__ = ["Edge", "Node", "Outline", "outline"]

_KINDS: Final = {"requiresKnowledge": "knowledge", "requiresSkill": "skill"}
_LETTERS: Final = {"requiresKnowledge": "K", "requiresSkill": "S"}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a standard.

    Attributes:
        id: its local name below the standard (``T1.1``, ``K1/items/4``), as in its IRI; "" for the
            standard.
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


class _Outliner:
    """Walks one standard."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._names = names(standard, "")
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def walk(self) -> Outline:
        standard = self._standard
        self.nodes.append(Node("", "standard", standard.name, standard.code, standard.level))
        for task in standard.tasks:
            self._unit(task, "", "task")
        for kind, elements in (("knowledge", standard.knowledge), ("skill", standard.skills)):
            for element in elements:
                self._element(element, kind)
        for attitude in standard.attitudes:
            self._attitude(attitude)
        known = {node.id for node in self.nodes}
        for edge in self.edges:
            if edge.relation in _KINDS and edge.target not in known:
                known.add(edge.target)
                code = code_of(edge.target)
                self.nodes.append(Node(edge.target, _KINDS[edge.relation], "", code))
        return Outline(tuple(self.nodes), tuple(self.edges))

    def _id(self, value: object) -> str:
        return self._local(self._names.nodes[id(value)])

    def _local(self, iri: str) -> str:
        return iri.removeprefix(f"{self._names.standard}/")

    def _add(self, parent: str, relation: str, node: Node) -> str:
        self.nodes.append(node)
        self.edges.append(Edge(parent, node.id, relation))
        return node.id

    def _unit(self, unit: Unit, parent: str, kind: str) -> None:
        relation = "hasTask" if kind == "task" else "hasActivity"
        name = self._add(
            parent, relation, Node(self._id(unit), kind, unit.name, unit.code, unit.level)
        )
        self._requires(name, unit.knowledge, unit.skills)
        for output in unit.outputs:
            self._add(name, "hasOutput", Node(self._id(output), "output", output.name, output.code))
        for indicator in unit.indicators:
            own = self._add(
                name,
                "hasIndicator",
                Node(
                    self._id(indicator),
                    "indicator",
                    indicator.text,
                    indicator.code,
                    indicator.level,
                ),
            )
            self._requires(own, indicator.knowledge, indicator.skills)
        for below in unit.units:
            self._unit(below, name, "activity")

    def _requires(self, subject: str, knowledge: tuple[str, ...], skills: tuple[str, ...]) -> None:
        for relation, references in (("requiresKnowledge", knowledge), ("requiresSkill", skills)):
            for reference in dict.fromkeys(references):
                needed = self._names.needed(_LETTERS[relation], reference)
                self.edges.append(Edge(subject, self._local(needed), relation))

    def _element(self, element: Element, kind: str) -> None:
        name = self._add(
            "", f"has{kind.capitalize()}", Node(self._id(element), kind, element.name, element.code)
        )
        for position, item in enumerate(element.items, 1):
            self._add(name, "hasItem", Node(f"{name}/items/{position}", "item", item.text))

    def _attitude(self, attitude: Attitude) -> None:
        self._add(
            "", "hasAttitude", Node(self._id(attitude), "attitude", attitude.name, attitude.code)
        )


def outline(standard: Standard) -> Outline:
    """The nodes and edges of ``standard``, levels, K and S standing where it attaches them.

    A K or S that is referred to and not defined is a node with a code and no label, below
    nothing.
    """
    return _Outliner(standard).walk()
