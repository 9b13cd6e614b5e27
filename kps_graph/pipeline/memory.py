"""Documents to a graph in memory: for checks, for the demo, for Python."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.errors import KpsError
from kps_graph.pipeline.concepts import collect, declare
from kps_graph.pipeline.interrupt import Progress
from kps_graph.pipeline.pool import Died, Limits, run
from kps_graph.pipeline.prepare import Prepared, Task, extraction, lost, prepare
from kps_graph.pipeline.sources import SourceFile
from kps_graph.resources import ontology_graphs
from kps_graph.store import Source, WritableStore, memory
from kps_graph.terms import DEFAULT_BASE, graph_iri

__all__ = ["Loaded", "load", "load_ontology"]

#: How many documents are loaded at once.
_CHUNK: Final = 100
#: A worker takes half a second to start, in which this many documents are read.
_PER_WORKER: Final = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """Standards in memory: the store, and what became of each source."""

    store: WritableStore
    sources: tuple[Source, ...]


def load(
    files: Iterable[SourceFile],
    base: str = DEFAULT_BASE,
    *,
    ontology: bool = False,
    taken: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Reads ``files`` and loads what they hold into memory; many of them in worker processes.

    Documents that claim one code are all kept, ``~2`` on, in the order given; but one with the
    very content of another, such as a copy with comments, is a duplicate of it.

    Args:
        files: what to read.
        base: namespace of the data IRIs.
        ontology: load the ontology and the schemes too.
        taken: how often a code is claimed elsewhere already.
        progress: told after each file.
    """
    store = memory()
    if ontology:
        load_ontology(store, base)
    claims = dict(taken or {})
    claimants: dict[str, list[SourceFile]] = {}
    sources: list[Source] = []
    forms: list[tuple[str, str, str]] = []
    chunk: list[bytes] = []
    files = tuple(files)
    for done, (file, prepared) in enumerate(_prepared(files, base), 1):
        if progress:
            progress(done, len(files), file.name)
        claim = prepared.source.claim
        if claim:
            # drafts have no code to claim: a copy has their name, or no more name than they have
            alike = claimants.setdefault(
                claim if prepared.source.code else f" {prepared.source.name}", []
            )
            if twin := _twin(file, alike):
                sources.append(
                    replace(
                        prepared.source,
                        outcome="duplicate",
                        identity="",
                        size=0,
                        noted="[]",
                        message=f"its content is that of {twin}",
                    )
                )
                continue
            alike.append(file)
            count = claims[claim] = claims.get(claim, 0) + 1
            if count > 1:
                prepared = prepare(Task(file, base, f"{claim}~{count}"))
        sources.append(prepared.source)
        forms.extend(prepared.forms)
        chunk.append(prepared.nquads)
        if len(chunk) >= _CHUNK:
            store.load(b"".join(chunk))
            chunk.clear()
    chunk.append(declare(collect(forms), graph_iri("concepts", base)))
    store.load(b"".join(chunk))
    return Loaded(store, tuple(sources))


def _twin(file: SourceFile, others: Iterable[SourceFile]) -> str:
    """The name of that of ``others`` which holds the very same standard; "" if none does."""
    standard = None
    for other in others:
        try:
            standard = standard or extraction(file.path)[0].standard
            if extraction(other.path)[0].standard == standard:
                return other.name
        except KpsError:  # it has changed meanwhile
            continue
    return ""


def _prepared(files: Sequence[SourceFile], base: str) -> Iterator[tuple[SourceFile, Prepared]]:
    """Each file with its triples, in the order given."""
    tasks = [Task(file, base) for file in files]
    workers = min(os.cpu_count() or 1, len(tasks) // _PER_WORKER)
    if workers < 2:
        yield from ((task.file, prepare(task)) for task in tasks)
        return
    waiting: dict[SourceFile, Prepared] = {}
    following = iter(files)
    file = next(following, None)
    for task, result in run(prepare, tasks, workers, Limits()):
        waiting[task.file] = lost(task, result) if isinstance(result, Died) else result
        while file in waiting:
            yield file, waiting.pop(file)
            file = next(following, None)


def load_ontology(store: WritableStore, base: str) -> None:
    """Puts the ontology and the schemes into their graphs, in place of what is there."""
    graphs = ontology_graphs(base)
    store.remove(graphs)
    store.load_files((path, graph) for graph, paths in graphs.items() for path in paths)
