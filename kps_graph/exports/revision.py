"""The difference between two versions as RDF: what replaces what, in the terms of PROV and Dublin Core.

Every part that has an IRI is the subject of one statement of where it is from, or the object of one
of where it has gone; what became of it, and of the fields of the head, which are values and have
none, is said of the revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from kps_graph.model import Standard, Unit, references
from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.rdf.turtle import turtle
from kps_graph.standards.names import Names, kept_as, names
from kps_graph.standards.versions import Change, Part, Status, Version, referenced
from kps_graph.terms import DEFAULT_BASE, dcterms, prov, rdf, rdfs

__all__ = ["revision"]

#: What was written anew is a revision; what stands elsewhere, or as it was, is taken over.
_TAKEN_OVER: Final = frozenset((Status.KEPT, Status.MOVED, Status.RENUMBERED))
#: For the old and the new version: its local name, and the namespace that it is a name in.
Kept: TypeAlias = "tuple[tuple[str, str], ...]"
#: A part by its kind and what tells it apart from the others of its kind.
_Node = tuple[str, str]


def revision(version: Version, kept: Kept | None = None) -> bytes:
    """What became of every part, as Turtle.

    Args:
        version: the difference.
        kept: where each version is kept; by default where its code would have it.
    """
    both = version.old, version.new
    kept = kept or tuple((kept_as(s), DEFAULT_BASE) for s in both)
    named = [names(s, *place) for s, place in zip(both, kept, strict=True)]
    base = kept[-1][1]
    old, new = (dict(_nodes(s, n)) for s, n in zip(both, named, strict=True))
    ends = [iri(n.standard) for n in named]
    node = f"{named[1].standard}/revision"
    triples = [
        (ends[1], iri(dcterms.replaces), ends[0]),
        (ends[0], iri(dcterms.isReplacedBy), ends[1]),
        (ends[1], iri(prov.wasRevisionOf), ends[0]),
        (ends[1], iri(prov.wasGeneratedBy), iri(node)),
        (iri(node), iri(rdf.type), iri(prov.Activity)),
        (iri(node), iri(prov.used), ends[0]),
        *(t for c in version.changes for t in _change(c, old, new, iri(node))),
    ]
    return turtle(triples, base, named[1].standard).encode("utf-8", "replace")


def _change(
    change: Change, old: Mapping[_Node, str], new: Mapping[_Node, str], activity: str
) -> Iterator[Triple]:
    before, after = _iri(change.old, old), _iri(change.new, new)
    if before and after:
        predicate = prov.wasDerivedFrom if change.status in _TAKEN_OVER else prov.wasRevisionOf
        yield iri(after), iri(predicate), iri(before)
        yield iri(after), iri(dcterms.replaces), iri(before)
    elif after:
        yield iri(after), iri(prov.wasGeneratedBy), activity
    elif before:
        yield iri(before), iri(prov.wasInvalidatedBy), activity
    if change.status is not Status.KEPT:
        told = " ".join(filter(None, (change.part.kind, change.part.code, str(change.status))))
        yield activity, iri(rdfs.comment), literal(told)


def _iri(part: Part | None, nodes: Mapping[_Node, str]) -> str | None:
    return nodes.get((part.kind, part.reference)) if part else None


def _nodes(standard: Standard, named: Names) -> Iterator[tuple[_Node, str]]:
    """The IRI of every part that has one."""
    for task, reference in referenced(standard.tasks):
        yield from _below(task, reference, named)
    for kind, elements in (
        ("K", standard.knowledge),
        ("S", standard.skills),
        ("A", standard.attitudes),
    ):
        for element, reference in zip(elements, references(elements), strict=True):
            yield (kind, reference), named.nodes[id(element)]
    for number, _ in enumerate(standard.notes, 1):
        yield ("N", str(number)), f"{named.standard}/notes/{number}"


def _below(unit: Unit, me: str, named: Names) -> Iterator[tuple[_Node, str]]:
    yield ("T", me), named.nodes[id(unit)]
    for number, output in enumerate(unit.outputs, 1):
        yield ("O", f"{me}/O{number}"), named.nodes[id(output)]
    for number, indicator in enumerate(unit.indicators, 1):
        yield ("P", f"{me}/P{number}"), named.nodes[id(indicator)]
    for below, reference in referenced(unit.units, me):
        yield from _below(below, reference, named)
