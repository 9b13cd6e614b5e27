"""Derives what a standard implies: inherited level, K and S, and the competencies it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kps_graph.folding import composed, element_key
from kps_graph.model import Level, Standard
from kps_graph.rdf.write import Triple, iri
from kps_graph.standards.inherited import Holder, inherited
from kps_graph.standards.names import Names, kept_as, names
from kps_graph.terms import DEFAULT_BASE, concept_iri, kps, level_iri

__all__ = ["expressed", "inferred"]

_NEEDS: Final = {"K": iri(kps.needsKnowledge), "S": iri(kps.needsSkill)}


def inferred(
    standard: Standard,
    identity: str | None = None,
    base: str = DEFAULT_BASE,
    named: Names | None = None,
) -> list[Triple]:
    """The derived triples of ``standard``, for the graph ``graph/inferred/IDENTITY``.

    ``needsKnowledge``, ``needsSkill`` and ``atLevel`` of every unit and indicator, its own or
    inherited; ``expresses`` of every element and item; ``uses`` of the standard.
    """
    if named is None:
        named = names(standard, identity or kept_as(standard), base)
    out: list[Triple] = []
    me = iri(named.standard)
    _level(out, me, standard.level)
    for unit in inherited(standard):
        _emit(out, named, named.nodes[id(unit.part)], unit)
        for indicator in unit.indicators():
            _emit(out, named, named.nodes[id(indicator.part)], indicator)
    expresses, uses = iri(kps.expresses), iri(kps.uses)
    used: dict[str, None] = {}
    for node, kind, key, _ in expressed(standard, named):
        concept = iri(concept_iri(kind, key, base))
        out.append((iri(node), expresses, concept))
        used[concept] = None
    out.extend((me, uses, concept) for concept in used)
    return out


def _emit(out: list[Triple], named: Names, node: str, has: Holder) -> None:
    me = iri(node)
    _level(out, me, has.level)
    for kind, predicate in _NEEDS.items():
        for reference in has.needs(kind):
            out.append((me, predicate, f"<{named.needed(kind, reference)}>"))


def _level(out: list[Triple], node: str, level: Level) -> None:
    if isinstance(level, int) and 1 <= level <= 6:
        out.append((node, iri(kps.atLevel), iri(level_iri(level))))


def expressed(standard: Standard, named: Names) -> Iterator[tuple[str, str, str, str]]:
    """What can be shared: node IRI, kind (K, S or A), comparison key, and its name.

    Elements with sub-items are compared as heading and items together, each item by itself.
    """
    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element in elements:
            node = named.nodes[id(element)]
            items = [i.text for i in element.items]
            if element.name:
                yield node, kind, element_key(element.name, items), composed(element.name)
            for i, item in enumerate(items, 1):
                if item:
                    yield f"{node}/items/{i}", kind, element_key(item), composed(item)
    for attitude in standard.attitudes:
        if attitude.name:
            yield (
                named.nodes[id(attitude)],
                "A",
                element_key(attitude.name),
                composed(attitude.name),
            )
