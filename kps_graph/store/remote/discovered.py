"""Where a server is asked and written, as its service description says (SPARQL 1.1).

The vocabulary of the W3C has no word for the Graph Store Protocol: a service that speaks it is known
by a feature whose IRI is that of the recommendation, which our own server states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from kps_graph.store.addresses import Addresses

__all__ = ["GRAPH_STORE", "discovered"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RDF: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
#: The feature of a service that speaks the Graph Store Protocol.
GRAPH_STORE: Final = "http://www.w3.org/TR/sparql11-http-rdf-update/"
#: Property and value of a service -> what its endpoint is.
_ROLES: Final = {
    (f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"): "query",
    (f"{_SD}supportedLanguage", f"{_SD}SPARQL11Update"): "update",
    (f"{_SD}feature", GRAPH_STORE): "data",
}


def discovered(address: str, headers: Mapping[str, str], content: bytes) -> Addresses:
    """The addresses that a description names; "" for those that it does not, or not one alone.

    Args:
        address: at which it was got. What is elsewhere than on that server is not believed, since
            credentials would be sent there.
        headers: of the answer, in lower case.
        content: of the answer, which may be no description at all.
    """
    import pyoxigraph as ox

    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in _RDF:
        return Addresses("")
    said: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    try:
        for quad in ox.parse(content, ox.RdfFormat.from_media_type(media), base_iri=address):
            said[str(quad.subject)].append((quad.predicate.value, quad.object))
    except (SyntaxError, ValueError):
        return Addresses("")
    found: dict[str, set[str]] = defaultdict(set)
    for about in said.values():
        ends = {o.value for p, o in about if p == f"{_SD}endpoint" and isinstance(o, ox.NamedNode)}
        for p, o in about:
            if role := _ROLES.get((p, getattr(o, "value", ""))):
                found[role] |= {end for end in ends if _origin(end) == _origin(address)}
    return Addresses(*(_only(found[role]) for role in ("query", "update", "data")))


def _only(found: Iterable[str]) -> str:
    some = list(found)
    return some[0] if len(some) == 1 else ""


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme.lower(), parts.netloc.lower()
