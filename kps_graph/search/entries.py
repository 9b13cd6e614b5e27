"""Reads from a store every text that can be found, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from kps_graph.store import Store
from kps_graph.terms import dcterms, kps, rdf, skos

__all__ = ["Entry", "entries"]

#: Class of a node -> what it is called in a search.
_KINDS: Final = {
    kps.Standard: "standard",
    kps.Task: "task",
    kps.Activity: "activity",
    kps.Output: "output",
    kps.Indicator: "indicator",
    kps.Knowledge: "K",
    kps.Skill: "S",
    kps.Attitude: "A",
    kps.Note: "note",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a node.

    Attributes:
        node: IRI of the node.
        kind: what it is; an item of a K or S is a K or S.
        text: its label, definition or description.
        standard: IRI of the standard that it is part of.
        code: its code; of an item, that of its K or S and its number, as ``K3•2``.
        task: codes of the units that it stands in, or that need it.
        level: the highest level among its own and theirs; None if there is none.
        title: whether the text is the name of a standard.
    """

    node: str
    kind: str
    text: str
    standard: str
    code: str
    task: str
    level: int | None
    title: bool = False


class _Nodes:
    """What a store says of all its nodes, by IRI."""

    def __init__(self, store: Store) -> None:
        def pairs(predicate: str) -> list[tuple[str, str]]:
            rows = store.texts(f"SELECT ?a ?b WHERE {{ ?a <{predicate}> ?b }}")
            return cast("list[tuple[str, str]]", rows)

        self.codes = dict(pairs(skos.notation))
        self.classes: dict[str, str] = {}
        for name, kind in _KINDS.items():
            for (node,) in store.texts(f"SELECT ?a WHERE {{ ?a <{rdf.type}> <{name}> }}"):
                self.classes[node] = kind
        self.units: dict[str, list[str]] = defaultdict(list)
        for predicate in (kps.hasActivity, kps.hasOutput, kps.hasIndicator):
            for unit, part in pairs(predicate):
                self.units[part].append(unit)
        for predicate in (kps.requiresKnowledge, kps.requiresSkill):
            for holder, element in pairs(predicate):
                # an indicator is part of a unit, and it is the unit that people know
                self.units[element] += self.units[holder] if self._inside(holder) else [holder]
        self.levels: dict[str, int] = {}
        for node, level in pairs(kps.atLevel):
            self.levels[node] = int(level.rsplit("/", 1)[-1])
        self.wholes = {item: whole for whole, item in pairs(kps.hasItem)}
        self.texts = {p: pairs(p) for p in (skos.prefLabel, skos.definition, dcterms.description)}

    def _inside(self, holder: str) -> bool:
        return self.classes.get(holder) == "indicator" and holder in self.units


def entries(store: Store, base: str) -> Iterator[Entry]:
    """Every text of the standards in ``store``, whose data IRIs begin with ``base``."""
    nodes = _Nodes(store)
    for predicate, stated in nodes.texts.items():
        for node, text in stated:
            whole = nodes.wholes.get(node, node)
            kind = nodes.classes.get(whole)
            if kind is None or not node.startswith(base):
                continue
            path = node[len(base) :]
            standard = base + path.partition("/")[0]
            code = nodes.codes.get(whole, "")
            if whole != node and code and kind != "note":
                code = f"{code}•{node.rsplit('/', 1)[-1]}"
            units = list(dict.fromkeys(nodes.units.get(whole, ())))
            levels = [nodes.levels[n] for n in (whole, *units) if n in nodes.levels]
            own = nodes.levels.get(whole)
            yield Entry(
                node,
                kind,
                text,
                standard,
                code,
                "、".join(nodes.codes[u] for u in units if u in nodes.codes),
                own if own is not None else max(levels, default=None),
                kind == "standard" and predicate == skos.prefLabel,
            )
