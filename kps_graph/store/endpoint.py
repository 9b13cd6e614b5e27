"""What a SPARQL endpoint does with a store on disk: questions for its workers, and changes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kps_graph import sparql
from kps_graph.errors import KpsError, QuerySyntax, QueryTooLarge, StoreMissing
from kps_graph.oxigraph.answering import Answering, Declined, Dumped, Wanted
from kps_graph.sparql import Dataset
from kps_graph.store import provenance
from kps_graph.store.apart import lost
from kps_graph.store.bounds import Bounds
from kps_graph.store.directory import Generation
from kps_graph.store.embedded import BASE, EmbeddedStore, asked, not_sparql, unreadable
from kps_graph.store.next_generation import writing
from kps_graph.store.updates import refuse_load, using
from kps_graph.terms import PREFIXES
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import run

__all__ = [
    "Change",
    "Dumped",
    "Wanted",
    "answering",
    "change",
    "declined",
    "pointer",
    "too_many",
    "wanted",
]

_DAY: Final = 86_400.0
_FEWER: Final = Sentence("ask for less at once, with LIMIT or by parts")


def answering(generation: Generation) -> Answering:
    """What workers do who answer questions about a generation."""
    return Answering(str(generation.data), PREFIXES)


def pointer(store: Path) -> tuple[int, int]:
    """What differs as soon as another generation of a store is current; cheap."""
    try:
        state = os.stat(f"{store}/CURRENT")  # noqa: PTH116 - looked at with every request
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_ino


def wanted(
    text: str, results: str, graph: str, bounds: Bounds, dataset: Dataset | None = None
) -> Wanted:
    """A query for a worker.

    Args:
        text: SPARQL.
        results: the media type for rows and truth values; "" if they are not wanted.
        graph: the media type for graphs; "" if they are not wanted.
        bounds: what it may use.
        dataset: what is asked, whatever the text says; None for what it says.

    Raises:
        QuerySyntax: if it would reach another server, or is nested too deeply.
    """
    return Wanted(asked(text, bounds.rows, dataset), results, graph, bounds.memory)


def declined(said: bytes | Died, text: str, store: Path, bounds: Bounds) -> KpsError:
    """The error that says why a worker gave no answer, or no more of it.

    Args:
        said: by the worker; or what became of it.
        text: the query.
        store: the directory.
        bounds: what it was allowed.
    """
    if isinstance(said, Died):
        return lost(said, bounds)
    why = Declined.read(said)
    if why.cause == "syntax":
        try:
            sparql.refuse_update(text)
        except QuerySyntax as error:
            return error
        return not_sparql(why.reason)
    if why.cause == "rows":
        return too_many(bounds)
    if why.cause == "memory":
        return QueryTooLarge(
            "the query was ended: it needs more than {memory} MiB of memory",
            memory=bounds.memory >> 20,
            hint=_FEWER,
        )
    return unreadable(why.reason, str(store))


def too_many(bounds: Bounds) -> QueryTooLarge:
    """The error that says that an answer has more rows than there may be."""
    return QueryTooLarge(
        "the answer has more than {rows:,} rows", rows=bounds.rows or 0, hint=_FEWER
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to a store, in one step.

    Attributes:
        store: its directory.
        kind: ``update`` by SPARQL; a graph that is ``put`` in place of another, ``post``-ed into
            it, or ``delete``-d.
        text: the update.
        using: the graphs that its WHERE is asked of, whatever the text says.
        graph: which; None for that which has no name.
        content: of the graph, each with its media type.
        base: what relative IRIs of the content are relative to.
    """

    store: str
    kind: Literal["update", "put", "post", "delete"]
    text: str = ""
    using: Dataset | None = None
    graph: str | None = None
    content: tuple[tuple[bytes, str], ...] = ()
    base: str = BASE


def change(wanted: Change, bounds: Bounds) -> bool:
    """Makes a change; whether the graph that it is about was there before.

    It is made in a worker process, on a copy that becomes the next generation of the store.

    Raises:
        QuerySyntax, Undecodable: if what is wanted is not well formed.
        QueryTimeout, QueryTooLarge: if it meets a bound; then nothing is changed.
        StoreLocked: if another process is writing.
        StoreError: if the store cannot be written.
    """
    if wanted.kind == "update":
        sparql.refuse_network(wanted.text)
        refuse_load(wanted.text)
        if wanted.using:
            text = using(wanted.text, wanted.using)
            wanted = Change(wanted.store, "update", text)
    limits = Limits(bounds.seconds or _DAY, 0)
    ((_, there),) = run(_changed, [wanted], 1, limits)
    if isinstance(there, Died):
        raise lost(there, bounds)
    if isinstance(there, KpsError):
        raise there
    return there


def _changed(wanted: Change) -> bool | KpsError:
    try:
        with writing(Path(wanted.store)) as new:
            if new.before is None:
                return StoreMissing("there is no store here", source=wanted.store)
            store = new.begin(copied=new.before)
            assert isinstance(store, EmbeddedStore)
            manifest = provenance.read(store, wanted.store)
            there = _done(store, wanted)
            new.finish(manifest)
            return there
    except KpsError as error:
        return error


def _done(store: EmbeddedStore, wanted: Change) -> bool:
    if wanted.kind == "update":
        store.update(wanted.text)
        return True
    if wanted.kind == "delete":
        return store.drop(wanted.graph) or wanted.graph is None
    there = store.holds(wanted.graph)
    if wanted.kind == "put":
        store.drop(wanted.graph)
    for content, media_type in wanted.content:
        store.take(wanted.graph, content, media_type, wanted.base)
    return there
