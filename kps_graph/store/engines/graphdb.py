"""GraphDB and other servers of RDF4J: ``http://host:7200/repositories/NAME``.

The default graph is the union of all graphs.
"""

from __future__ import annotations

from kps_graph.store.addresses import Addresses
from kps_graph.store.engines.engine import Engine

__all__ = ["ENGINE"]


def _addresses(address: str) -> Addresses:
    base = address.rstrip("/").removesuffix("/statements")
    return Addresses(base, f"{base}/statements", f"{base}/rdf-graphs/service")


ENGINE = Engine(
    "GraphDB",
    server=("graphdb", "rdf4j"),
    addresses=_addresses,
)
