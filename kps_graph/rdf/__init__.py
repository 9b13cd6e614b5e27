"""Standard <-> triples, without loss.

:func:`triples` and :func:`inferred` write N-Triples terms without any RDF library; :func:`to_graph`
and :func:`from_graph` speak rdflib; :func:`serialise` writes any RDF format, the same bytes for
the same standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kps_graph.errors import ModelError
from kps_graph.model import Standard
from kps_graph.rdf.derive import expressed, inferred
from kps_graph.rdf.read import Term, read
from kps_graph.rdf.turtle import trig, turtle
from kps_graph.rdf.write import Triple, literal, nquads, triples
from kps_graph.standards.names import kept_as
from kps_graph.terms import DEFAULT_BASE, PREFIXES, graph_iri, standard_iri

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "Term",
    "Triple",
    "expressed",
    "from_graph",
    "inferred",
    "literal",
    "nquads",
    "read",
    "serialise",
    "to_graph",
    "triples",
]


def to_graph(
    standard: Standard,
    identity: str | None = None,
    base: str = DEFAULT_BASE,
    *,
    derived: bool = False,
) -> rdflib.Graph:
    """The graph of ``standard``; with ``derived`` also what it implies.

    The graph's identifier is the standard's IRI.
    """
    import rdflib

    chosen = identity or kept_as(standard)
    found = triples(standard, chosen, base)
    if derived:
        found = [*found, *inferred(standard, chosen, base)]
    graph = rdflib.Graph(identifier=rdflib.URIRef(standard_iri(chosen, base)))
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in found), format="nt")
    return graph


def from_graph(graph: rdflib.Graph, iri: str | None = None) -> Standard:
    """The standard in ``graph``.

    Args:
        graph: its triples, perhaps among others.
        iri: which one; by default the only one.

    Raises:
        ModelError: if there is none, or several and none is chosen.
    """
    import rdflib

    from kps_graph.terms import kps, rdf

    if iri is None:
        of_type = sorted(
            str(s) for s in graph.subjects(rdflib.URIRef(rdf.type), rdflib.URIRef(kps.Standard))
        )
        if len(of_type) != 1:
            raise ModelError(
                "the graph describes {count} standards; say which one", count=len(of_type)
            )
        iri = of_type[0]
    found = (
        (
            str(s),
            str(p),
            Term(str(o), str(o.datatype) if isinstance(o, rdflib.Literal) and o.datatype else None),
        )
        for s, p, o in graph.triples((None, None, None))
    )
    return read(found, iri)


def serialise(
    standard: Standard,
    format_name: str,
    identity: str | None = None,
    base: str = DEFAULT_BASE,
    *,
    derived: bool = False,
) -> bytes:
    """``standard`` in an RDF format: ``turtle trig nquads ntriples jsonld rdfxml``.

    Subjects come in document order, so that the text reads like the document, diffs well, and is
    the same bytes every time.
    """
    chosen = identity or kept_as(standard)
    root = standard_iri(chosen, base)
    graphs = {root: triples(standard, chosen, base)}
    if derived:
        graphs[graph_iri(f"inferred/{chosen}", base)] = inferred(standard, chosen, base)
    everything = [t for found in graphs.values() for t in found]
    if format_name == "turtle":
        return turtle(everything, base, root).encode()
    if format_name == "trig":
        return trig(graphs, base, root).encode()
    if format_name == "nquads":
        return "".join(nquads(found, graph) for graph, found in graphs.items()).encode()
    ntriples = "".join(f"{s} {p} {o} .\n" for s, p, o in everything).encode()
    return ntriples if format_name == "ntriples" else _translated(ntriples, format_name)


def _translated(ntriples: bytes, format_name: str) -> bytes:
    """N-Triples as JSON-LD or RDF/XML."""
    import pyoxigraph as ox

    formats = {"jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
    parsed = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    made = ox.serialize((q.triple for q in parsed), format=formats[format_name])
    return bytes(made or b"")
