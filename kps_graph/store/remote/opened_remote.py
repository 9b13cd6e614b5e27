"""Opens a store on a server: what server it is, where it is written, what is kept of it here."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kps_graph.errors import StoreError
from kps_graph.store import provenance
from kps_graph.store.addresses import Addresses
from kps_graph.store.beside import Beside
from kps_graph.store.engines import STANDARD, Engine, recognised
from kps_graph.store.opened import Opened
from kps_graph.store.remote.discovered import discovered
from kps_graph.store.remote.requests import Requests
from kps_graph.store.remote.sparql_store import SparqlStore
from kps_graph.terms import dcterms, kps, prov, schema
from kps_graph.words import Sentence

__all__ = ["at", "opened_remote"]


def at(given: Addresses) -> SparqlStore:
    """The store on a server.

    Args:
        given: what a person says of its addresses; the rest is what servers of its family have, or
            what its service description says.

    Raises:
        StoreError: if the server cannot be reached, or the address says who asks.
    """
    if "@" in given.query.partition("//")[2].partition("/")[0]:
        raise StoreError(
            "an address with a password in it can be seen by others",
            hint=Sentence("set KPS_STORE_USER and KPS_STORE_PASSWORD, or KPS_STORE_TOKEN"),
        )
    requests = Requests(given.query)
    try:
        headers, content = requests.said(given.query)
        engine = recognised(headers)
        usual = engine.addresses(given.query)
        if engine is STANDARD:
            stated = discovered(given.query, headers, content)
            usual = Addresses(stated.query or usual.query, stated.update, stated.data)
        addresses = Addresses(usual.query, given.update or usual.update, given.data or usual.data)
        return SparqlStore(addresses, _whole(engine, addresses, requests), requests)
    except BaseException:
        requests.close()
        raise


def _whole(engine: Engine, addresses: Addresses, requests: Requests) -> Engine:
    """The engine, told to see all graphs as one if it is of no known family and does not."""
    if engine is not STANDARD:
        return engine
    store = SparqlStore(addresses, engine, requests)
    if store.query("ASK { ?s ?p ?o }") or not store.query("ASK { GRAPH ?g { ?s ?p ?o } }"):
        return engine
    return replace(engine, union={"default-graph-uri": store.graphs()})


def opened_remote(given: Addresses) -> Opened:
    """The store on a server, open for reading; what has to be computed of it is kept in the cache.

    Raises:
        StoreError: if it cannot be read.
    """
    store = at(given)
    try:
        return Opened(store, Beside(_cache(store, given.query)), given.query)
    except BaseException:
        store.close()
        raise


def _cache(store: SparqlStore, place: str) -> Path | None:
    """The folder for what is computed of this version of a store; None if there can be none."""
    from platformdirs import user_cache_path

    graph, _ = provenance.located(store, place)
    said = store.texts(
        f"SELECT ?p ?o {{ VALUES ?p {{ <{prov.endedAtTime}> <{schema.sha256}> <{prov.value}> "
        f"<{dcterms.identifier}> <{kps.storeFormat}> }} GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    )
    version = hashlib.sha256(repr((graph, sorted(said))).encode()).hexdigest()[:32]
    with suppress(OSError):
        folder = user_cache_path("kps-graph", appauthor=False) / version
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    return None
