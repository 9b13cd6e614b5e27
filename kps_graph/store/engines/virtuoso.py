"""Virtuoso 7, which speaks SPARQL with an accent.

Updates want credentials (Digest) at an address of their own. No answer has more rows than
``ResultSetMaxRows`` of its ini, so that graphs are read page by page. Out of time it answers what
it has, with a header. ``true`` becomes 1, decimals are shortened, language tags lowered. The
default graph is the union of all graphs, its own included, as a bag: a triple in two counts twice.
"""

from __future__ import annotations

from kps_graph.store.addresses import Addresses
from kps_graph.store.engines.engine import Engine

__all__ = ["ENGINE"]


def _addresses(address: str) -> Addresses:
    base = address.rstrip("/")
    for ending in ("/sparql-auth", "/sparql"):
        base = base.removesuffix(ending)
    return Addresses(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")


ENGINE = Engine(
    "Virtuoso",
    server=("virtuoso",),
    addresses=_addresses,
    own=(
        "http://www.openlinksw.com/",
        "http://localhost:8890/",
        "http://www.w3.org/2002/07/owl#",
        "http://www.w3.org/ns/ldp#",
        "urn:activitystreams-owl:map",
        "urn:core:services:sparql",
        "virtrdf-label",
    ),
    page=10_000,
    cut="x-sparql-maxrows",
    late=("x-sql-state", "S1TAT"),
    milliseconds="timeout",
    blank="nodeID://",
    graph="graph-uri",
)
