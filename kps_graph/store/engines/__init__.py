"""What each family of SPARQL servers does in its own way: a module for each, values alone."""

from __future__ import annotations

from collections.abc import Mapping

from kps_graph.store.engines import fuseki, graphdb, oxigraph, virtuoso
from kps_graph.store.engines.engine import Engine

__all__ = ["STANDARD", "Engine", "recognised"]

#: A server of which nothing is known but the standard.
STANDARD = Engine("SPARQL 1.1")
_KNOWN = (oxigraph.ENGINE, virtuoso.ENGINE, fuseki.ENGINE, graphdb.ENGINE)


def recognised(headers: Mapping[str, str]) -> Engine:
    """The family of the server that sent ``headers``."""
    said = headers.get("server", "").lower()
    for engine in _KNOWN:
        if any(said.startswith(name) for name in engine.server) or any(
            header in headers for header in engine.headers
        ):
            return engine
    return STANDARD
