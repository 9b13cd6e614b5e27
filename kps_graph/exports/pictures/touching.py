"""What lights up with what in the picture of a standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kps_graph.standards.outline import Outline

__all__ = ["Tree", "touching"]

_REQUIRES = ("requiresKnowledge", "requiresSkill")
_UNITS = ("hasTask", "hasActivity")
_PARTS = ("hasTask", "hasActivity", "hasOutput", "hasIndicator")


class Tree:
    """An outline with its edges looked up from either end."""

    def __init__(self, shape: Outline) -> None:
        self.nodes = {node.id: node for node in shape.nodes}
        self._below: Mapping[tuple[str, str], list[str]] = defaultdict(list)
        self._users: Mapping[str, list[str]] = defaultdict(list)
        self._parent: dict[str, str] = {}
        for edge in shape.edges:
            self._below[edge.source, edge.relation].append(edge.target)
            if edge.relation in _REQUIRES:
                self._users[edge.target].append(edge.source)
            else:
                self._parent[edge.target] = edge.source

    def below(self, node: str, *relations: str) -> list[str]:
        """What stands below ``node`` by any of ``relations``, in order."""
        return [t for r in relations for t in self._below.get((node, r), ())]

    def units(self, node: str) -> list[str]:
        """The units directly below ``node``."""
        return self.below(node, *_UNITS)

    def walk(self, unit: str) -> Iterator[str]:
        """``unit`` and every unit below it."""
        yield unit
        for below in self.units(unit):
            yield from self.walk(below)

    def above(self, node: str) -> list[str]:
        """What ``node`` is part of, the nearest first, without the standard."""
        found = []
        while parent := self._parent.get(node, ""):
            found.append(parent)
            node = parent
        return found

    def inside(self, node: str) -> list[str]:
        """Everything that is part of ``node``: units, outputs, indicators, at any depth."""
        found = []
        for part in self.below(node, *_PARTS):
            found += [part, *self.inside(part)]
        return found

    def needs(self, node: str) -> list[str]:
        """The K and S attached to ``node`` itself."""
        return self.below(node, *_REQUIRES)

    def users(self, element: str) -> list[str]:
        """What the K or S ``element`` is attached to, in document order."""
        return self._users.get(element, [])


def touching(tree: Tree) -> dict[str, tuple[str, ...]]:
    """For every part of a standard, the others that it has to do with.

    A unit or indicator: what it is part of, what is part of it, and the K and S attached to any
    of these (what it inherits and what its parts need). A K or S: what it is attached to, what
    that is part of, and what is part of that, since units below inherit. An output: what it is
    part of. Attitudes belong to the standard as a whole and touch nothing.
    """
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.nodes.values():
        if node.kind in ("task", "activity", "indicator"):
            places = [*tree.above(node.id), *tree.inside(node.id)]
            needs = [e for p in (node.id, *places) for e in tree.needs(p)]
            found[node.id] = tuple(dict.fromkeys(places + needs))
        elif node.kind in ("knowledge", "skill"):
            users = tree.users(node.id)
            around = [p for u in users for p in (*tree.above(u), *tree.inside(u))]
            found[node.id] = tuple(dict.fromkeys(users + around))
        elif node.kind == "output":
            found[node.id] = tuple(tree.above(node.id))
    return found
