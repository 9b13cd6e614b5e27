"""Derives what a standard implies: inherited level, K and S, and the competencies it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from kps_graph.folding import composed, element_key
from kps_graph.model import Level, Standard
from kps_graph.rdf.ntriples import Triple, iri
from kps_graph.standards.inherited import Holder, inherited
from kps_graph.standards.names import Names, kept_as, names
from kps_graph.terms import DEFAULT_BASE, concept_iri, kps, level_iri

__all__ = ["expressed", "inferred"]

_NEEDS: Final = {"K": iri(kps.needsKnowledge), "S": iri(kps.needsSkill)}
_AT_LEVEL: Final = iri(kps.atLevel)
_LEVELS: Final = {level: iri(level_iri(level)) for level in range(1, 7)}
#: Something that can be shared: its node, the competency that it expresses, its kind, its name.
Expressed: TypeAlias = "tuple[str, str, str, str]"


def inferred(
    standard: Standard,
    identity: str | None = None,
    base: str = DEFAULT_BASE,
    named: Names | None = None,
    shared: Iterable[Expressed] | None = None,
) -> list[Triple]:
    """The derived triples of ``standard``, for the graph ``graph/inferred/IDENTITY``.

    ``needsKnowledge``, ``needsSkill`` and ``atLevel`` of every unit and indicator, its own or
    inherited; ``expresses`` of every element and item; ``uses`` of the standard.

    Args:
        standard: what they are derived from.
        identity: the local name it is kept under; by default what its code gives.
        base: where data IRIs live.
        named: the names of its nodes, if they are known already.
        shared: what :func:`expressed` says of it, if that is known already.
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
    for node, competency, _, _ in shared or expressed(standard, named, base):
        concept = iri(competency)
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
    if isinstance(level, int) and level in _LEVELS:
        out.append((node, _AT_LEVEL, _LEVELS[level]))


def expressed(standard: Standard, named: Names, base: str = DEFAULT_BASE) -> Iterator[Expressed]:
    """What can be shared, with the IRI of its node and of its competency, K, S or A, and its name.

    Elements with sub-items are compared as heading and items together, each item by itself.
    """
    for node, kind, key, name in _keyed(standard, named):
        yield node, concept_iri(kind, key, base), kind, name


def _keyed(standard: Standard, named: Names) -> Iterator[tuple[str, str, str, str]]:
    """What can be shared: node IRI, kind, comparison key, and its name."""
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
