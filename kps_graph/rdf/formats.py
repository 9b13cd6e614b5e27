"""A standard in any format of RDF, the same bytes for the same standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kps_graph.model import Standard
from kps_graph.printable import xml_text
from kps_graph.rdf.derive import inferred
from kps_graph.rdf.ntriples import nquads
from kps_graph.rdf.turtle import trig, turtle
from kps_graph.rdf.write import triples
from kps_graph.standards.names import kept_as
from kps_graph.terms import DEFAULT_BASE, graph_iri, standard_iri

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["serialise"]


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
    triples = (q.triple for q in parsed)
    if format_name == "rdfxml":
        triples = (ox.Triple(t.subject, t.predicate, _in_xml(t.object)) for t in triples)
    made = ox.serialize(triples, format=formats[format_name])
    return bytes(made or b"")


def _in_xml(
    term: ox.NamedNode | ox.BlankNode | ox.Literal,
) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """``term`` without the characters that no XML can hold."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal) or (text := xml_text(term.value)) == term.value:
        return term
    if term.language:
        return ox.Literal(text, language=term.language)
    return ox.Literal(text, datatype=term.datatype)
