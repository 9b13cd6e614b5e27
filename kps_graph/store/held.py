"""Reads a standard out of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kps_graph.model import Standard
from kps_graph.rdf.reading import Term, read
from kps_graph.terms import identity_in, kps, rdf, skos, standard_iri

if TYPE_CHECKING:
    from kps_graph.store import Store

__all__ = ["standard_in", "work_around"]

#: What says how the work of a standard is made up, and in what words.
_WORK: Final = (
    kps.hasTask,
    kps.hasActivity,
    kps.hasOutput,
    kps.hasIndicator,
    kps.hasItem,
    kps.position,
    skos.notation,
    skos.prefLabel,
    skos.definition,
    kps.rawText,
)
#: Leaves out that a part is one of its kind, which is told by where it hangs.
_LEFT: Final = f"FILTER(?p != <{rdf.type}> || ?o = <{kps.Standard}>)"
#: Where it matters whether a value is a number.
_TYPED: Final = (kps.level, kps.baseLevel)
_LISTS: Final = (kps.hasKnowledge, kps.hasSkill, kps.hasAttitude)


def standard_in(store: Store, identity: str, base: str) -> Standard:
    """The standard that ``store`` keeps as ``identity``.

    Args:
        store: any store.
        identity: the local name of the standard, such as ``KPS1420-001v2``.
        base: the namespace of the store's data IRIs.

    Raises:
        ModelError: if the store holds no standard of that name.
    """
    iri = standard_iri(identity, base)
    rows = store.texts(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} {_LEFT} }}")
    typed = {
        (s, p, o): Term(o, d)
        for p in _TYPED
        for s, o, d in store.texts(
            f"SELECT ?s ?o (STR(DATATYPE(?o)) AS ?d) WHERE {{ GRAPH <{iri}> {{ ?s <{p}> ?o }} }}"
        )
    }
    return read(((s, p, typed.get((s, p, o)) or Term(o)) for s, p, o in rows), iri)


def work_around(
    store: Store, elements: Mapping[str, Collection[str]], base: str
) -> dict[str, Standard]:
    """The work of standards with only those K, S and A that are asked for, by local name.

    All tasks, activities, outputs and indicators are there with their levels, and which of them
    state that they need one of ``elements``; no other K, S and A, no places, no versions. That is
    what :func:`~kps_graph.standards.paths.paths` and a trace look at, and a third of what a
    standard says: to read hundreds of them takes a third of the time.

    Args:
        store: any store.
        elements: by the local name of each standard, the IRIs of its K, S and A.
        base: the namespace of the store's data IRIs.
    """
    found: dict[str, list[tuple[str, str, Term]]] = defaultdict(list)
    for subject, predicate, value in _statements(store, elements, base):
        found[identity_in(subject, base)].append((subject, predicate, value))
    standards = {}
    for identity in elements:
        iri = standard_iri(identity, base)
        kind = (iri, rdf.type, Term(kps.Standard))
        standards[identity] = read((kind, *found[identity]), iri)
    return standards


def _statements(
    store: Store, elements: Mapping[str, Collection[str]], base: str
) -> Iterator[tuple[str, str, Term]]:
    graphs = _values(standard_iri(identity, base) for identity in elements)
    nodes = _values(node for listed in elements.values() for node in listed)
    # one predicate at a time: a store looks up all of one at once, of several one by one
    for predicate in _WORK:
        rows = store.texts(
            f"SELECT ?s ?o WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s <{predicate}> ?o }} }}"
        )
        yield from ((s, predicate, Term(o)) for s, o in rows)
    for predicate in _TYPED:
        rows = store.texts(
            f"SELECT ?s ?o (STR(DATATYPE(?o)) AS ?d) WHERE {{ VALUES ?g {{ {graphs} }} "
            f"GRAPH ?g {{ ?s <{predicate}> ?o }} }}"
        )
        yield from ((s, predicate, Term(o, d)) for s, o, d in rows)
    for predicate in (*_LISTS, kps.requiresKnowledge, kps.requiresSkill):
        rows = store.texts(f"SELECT ?s ?o WHERE {{ VALUES ?o {{ {nodes} }} ?s <{predicate}> ?o }}")
        yield from ((s, predicate, Term(o)) for s, o in rows)


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
