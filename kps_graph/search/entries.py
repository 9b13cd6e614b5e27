"""Reads from a store every text that can be found, and where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple, cast

from kps_graph import sparql
from kps_graph.store import Store
from kps_graph.terms import dcterms, graph_iri, kps, rdf, skos

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


class Entry(NamedTuple):
    """A text of a node; a tuple, as a corpus has a hundred thousand of them.

    Attributes:
        kind: what it is; an item of a K or S is a K or S.
        text: its label, definition or description.
        title: whether the text is the name of a standard.
        standard: IRI of the standard that it is part of.
        node: what the IRI of the node has behind that of its standard.
        code: its code; of an item, that of its K or S and its number, as ``K3•2``.
        units: codes of the units that it stands in, or that need it, in their order.
        level: its own level, or else the highest of its units; None if there is none.
    """

    kind: str
    text: str
    title: bool
    standard: str
    node: str
    code: str
    units: tuple[str, ...]
    level: int | None


class _Nodes:
    """What a store says of all its nodes, by IRI."""

    def __init__(self, store: Store, graphs: Collection[str] | None) -> None:
        def asked(wanted: str, pattern: str) -> list[tuple[str, ...]]:
            where = pattern
            if graphs is not None:
                listed = " ".join(map(sparql.iri, sorted(graphs)))
                where = f"VALUES ?g {{ {listed} }} GRAPH ?g {{ {pattern} }}"
            return store.texts(f"SELECT {wanted} WHERE {{ {where} }}")

        def pairs(predicate: str) -> list[tuple[str, str]]:
            return cast("list[tuple[str, str]]", asked("?a ?b", f"?a <{predicate}> ?b"))

        self.codes = dict(pairs(skos.notation))
        self.classes: dict[str, str] = {}
        for name, kind in _KINDS.items():
            for (node,) in asked("?a", f"?a <{rdf.type}> <{name}>"):
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

    def standing(self, node: str) -> tuple[tuple[str, ...], int | None]:
        """The codes of the units of ``node``, and its own level or the highest of theirs."""
        units, levels = self.units.get(node, ()), self.levels
        level = levels.get(node)
        if level is None:
            level = max([levels[u] for u in units if u in levels], default=None)
        found = {self.codes[u] for u in units if u in self.codes}
        return tuple(sorted(found, key=_numbers) if len(found) > 1 else found), level


@cache
def _numbers(code: str) -> tuple[list[int], str]:
    """What codes are sorted by: ``T2.10`` comes after ``T2.9``."""
    return [int(digits) for digits in re.findall(r"\d+", code)], code


def entries(store: Store, base: str, standards: Collection[str] | None = None) -> Iterator[Entry]:
    """Every text of the standards in ``store``, whose data IRIs begin with ``base``.

    Args:
        store: is read.
        base: the namespace of its data IRIs.
        standards: the IRIs of the only ones that are read; None for all.
    """
    nodes = _Nodes(store, None if standards is None else _graphs(standards, base))
    classes, codes, wholes = nodes.classes, nodes.codes, nodes.wholes
    for predicate, stated in nodes.texts.items():
        for node, text in stated:
            whole = wholes.get(node, node)
            kind = classes.get(whole)
            if kind is None or not node.startswith(base):
                continue
            end = node.find("/", len(base))
            standard, path = (node, "") if end < 0 else (node[:end], node[end:])
            code = codes.get(whole, "")
            if whole != node and code and kind != "note":
                code = f"{code}•{node.rsplit('/', 1)[-1]}"
            title = kind == "standard" and predicate == skos.prefLabel
            yield Entry(kind, text, title, standard, path, code, *nodes.standing(whole))


def _graphs(standards: Iterable[str], base: str) -> set[str]:
    """The graphs of what standards say, and of what follows for each alone."""
    return {
        graph
        for standard in standards
        for graph in (standard, graph_iri(f"inferred/{standard.removeprefix(base)}", base))
    }
