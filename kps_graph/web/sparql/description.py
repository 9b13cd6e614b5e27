"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

from kps_graph import sparql
from kps_graph.terms import graph_iri
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


def described(address: str, writable: bool, base: str) -> str:
    """A query whose answer is the description: so it is given in whatever format is wanted.

    For harvesters it says too which dataset is served here, by DCAT and VoID, with what the store
    says of its title, licence, date and version.

    Args:
        address: of the server, without a slash at its end.
        writable: whether it takes updates.
        base: of the IRIs of the store.
    """
    formats = ", ".join(
        f"<http://www.w3.org/ns/formats/{_FORMATS[name]}>"
        for name in RESULTS + GRAPHS
        if name in _FORMATS
    )
    update = ", sd:SPARQL11Update" if writable else ""
    endpoint, data = sparql.iri(f"{address}/sparql"), sparql.iri(graph_iri("provenance", base))

    def part(name: str) -> str:
        # a blank node would be another for each thing that the store says of the dataset
        return sparql.iri(f"{address}/sparql#{name}")

    # there is no word for a service of the Graph Store Protocol but the recommendation itself
    graphs = (
        f"""{sparql.iri(f"{address}/graph-store")} a sd:Service ;
                sd:endpoint {sparql.iri(f"{address}/graph-store")} ;
                sd:feature <http://www.w3.org/TR/sparql11-http-rdf-update/> ."""
        if writable
        else ""
    )
    return f"""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        PREFIX dcat: <http://www.w3.org/ns/dcat#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX void: <http://rdfs.org/ns/void#>
        CONSTRUCT {{
            {endpoint} a sd:Service, dcat:DataService ;
                dcat:endpointURL {endpoint} ; dcat:servesDataset {data} ;
                sd:endpoint {endpoint} ;
                sd:supportedLanguage sd:SPARQL11Query{update} ;
                sd:feature sd:UnionDefaultGraph ;
                sd:resultFormat {formats} ;
                sd:defaultDataset {part("dataset")} .
            {part("dataset")} a sd:Dataset ; sd:defaultGraph {part("graph")} .
            {part("graph")} a sd:Graph .
            {data} a dcat:Dataset, void:Dataset ; ?p ?o ; void:sparqlEndpoint {endpoint} ;
                dcat:distribution {part("distribution")} .
            {part("distribution")} a dcat:Distribution ;
                dcat:accessURL {endpoint} ; dcat:accessService {endpoint} .
            {graphs}
        }} WHERE {{ OPTIONAL {{
            VALUES ?p {{ dcterms:title dcterms:license dcterms:modified dcterms:rights
                <http://www.w3.org/2002/07/owl#versionInfo> }}
            {data} ?p ?o
        }} }}"""
