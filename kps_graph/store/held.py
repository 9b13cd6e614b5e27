"""Reads a standard out of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kps_graph import rdf
from kps_graph.model import Standard
from kps_graph.terms import standard_iri

if TYPE_CHECKING:
    from kps_graph.store import Store

__all__ = ["standard_in"]


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
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    return rdf.read(
        (
            (s.value, p.value, rdf.Term(o.value, o.datatype))
            for s, p, o in rows.terms
            if s and p and o
        ),
        iri,
    )
