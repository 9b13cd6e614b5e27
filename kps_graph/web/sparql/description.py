"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

from kps_graph import sparql
from kps_graph.web.sparql.formats import GRAPHS, RESULTS

__all__ = ["described"]

#: The IRIs of the formats that the W3C names, by media type.
_FORMATS: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}


def described(address: str, writable: bool) -> str:
    """A query whose answer is the description: so it is given in whatever format is wanted.

    Args:
        address: of the server, without a slash at its end.
        writable: whether it takes updates.
    """
    formats = ", ".join(
        f"<http://www.w3.org/ns/formats/{_FORMATS[name]}>"
        for name in RESULTS + GRAPHS
        if name in _FORMATS
    )
    update = ", sd:SPARQL11Update" if writable else ""
    # there is no word for a service of the Graph Store Protocol but the recommendation itself
    data = (
        f"""{sparql.iri(f"{address}/graph-store")} a sd:Service ;
                sd:endpoint {sparql.iri(f"{address}/graph-store")} ;
                sd:feature <http://www.w3.org/TR/sparql11-http-rdf-update/> ."""
        if writable
        else ""
    )
    return f"""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        CONSTRUCT {{
            {sparql.iri(f"{address}/sparql")} a sd:Service ;
                sd:endpoint {sparql.iri(f"{address}/sparql")} ;
                sd:supportedLanguage sd:SPARQL11Query{update} ;
                sd:feature sd:UnionDefaultGraph ;
                sd:resultFormat {formats} ;
                sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
            {data}
        }} WHERE {{}}"""
