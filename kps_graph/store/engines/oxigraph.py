"""The Oxigraph server: ``oxigraph serve``.

Its default graph is its own, and empty here, unless a query asks for the union. A triple that two
graphs of ``FROM`` hold is counted twice. Language tags become lower case, numbers canonical. It
asks for no credentials and ends a query at ``--timeout-s`` at best.
"""

from __future__ import annotations

from kps_graph.store.addresses import Addresses
from kps_graph.store.engines.engine import Engine

__all__ = ["ENGINE"]


def _addresses(address: str) -> Addresses:
    base = address.rstrip("/").removesuffix("/query")
    return Addresses(f"{base}/query", f"{base}/update", f"{base}/store")


ENGINE = Engine(
    "Oxigraph",
    server=("oxigraph",),
    addresses=_addresses,
    union={"union-default-graph": "true"},
)
