"""Standards as rdflib sees them: another library than the one that the product writes with."""

import rdflib

from kps_graph import rdf
from kps_graph.standards.names import kept_as
from kps_graph.terms import DEFAULT_BASE, PREFIXES, kps, standard_iri


def to_graph(standard, identity=None, base=DEFAULT_BASE, *, derived=False):
    """The graph of ``standard``; with ``derived`` also what it implies."""
    chosen = identity or kept_as(standard)
    found = rdf.triples(standard, chosen, base)
    if derived:
        found = [*found, *rdf.inferred(standard, chosen, base)]
    graph = rdflib.Graph(identifier=rdflib.URIRef(standard_iri(chosen, base)))
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in found), format="nt")


def from_graph(graph, iri=None):
    """The standard in ``graph``: the only one, or that with the IRI ``iri``."""
    if iri is None:
        (iri,) = graph.subjects(rdflib.RDF.type, rdflib.URIRef(kps.Standard))
    return rdf.read(((str(s), str(p), _term(o)) for s, p, o in graph), str(iri))


def _term(node):
    typed = isinstance(node, rdflib.Literal) and node.datatype
    return rdf.Term(str(node), str(node.datatype) if typed else None)
