"""Apache Jena Fuseki; the address of a dataset has those of its services below it.

The default graph is its own unless the dataset is configured with ``tdb2:unionDefaultGraph``; a
query can name the union.
"""

from __future__ import annotations

from kps_graph.store.addresses import Addresses
from kps_graph.store.engines.engine import Engine

__all__ = ["ENGINE"]


def _addresses(address: str) -> Addresses:
    base = address.rstrip("/")
    for ending in ("/query", "/sparql"):
        base = base.removesuffix(ending)
    return Addresses(f"{base}/query", f"{base}/update", f"{base}/data")


ENGINE = Engine(
    "Fuseki",
    server=("fuseki",),
    headers=("fuseki-request-id",),
    addresses=_addresses,
    union={"default-graph-uri": "urn:x-arq:UnionGraph"},
)
