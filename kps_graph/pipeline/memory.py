"""Documents to a graph in memory: for checks, for the demo, for Python."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.model import Standard
from kps_graph.pipeline.concepts import collect, declare
from kps_graph.pipeline.interrupt import Progress
from kps_graph.pipeline.prepare import Prepared, Task, lost, prepare, standard_of, triples_of
from kps_graph.pipeline.reading import Reading
from kps_graph.pipeline.sources import SourceFile, digest
from kps_graph.resources import ontology_graphs
from kps_graph.store import Source, WritableStore, memory
from kps_graph.store.held import standard_in
from kps_graph.terms import DEFAULT_BASE, graph_iri, standard_iri
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import Run, usual

__all__ = ["Loaded", "load", "load_ontology", "load_twins", "renamed"]

#: How many documents are loaded at once.
_CHUNK: Final = 100
#: A worker takes half a second to start, in which this many documents are read.
_PER_WORKER: Final = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """Standards in memory.

    Attributes:
        store: which holds them.
        sources: what became of each file.
        base: the namespace of their IRIs.
        twins: the duplicates, each of which is a document of its own and may be loaded elsewhere.
        concepts: whether the competencies are declared.
    """

    store: WritableStore
    sources: tuple[Source, ...]
    base: str = DEFAULT_BASE
    twins: tuple[Prepared, ...] = ()
    concepts: bool = True


def load(
    files: Iterable[SourceFile],
    base: str = DEFAULT_BASE,
    *,
    ontology: bool = False,
    concepts: bool = True,
    progress: Progress | None = None,
    each: Callable[[Reading], object] | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    run: Run | None = None,
) -> Loaded:
    """Reads ``files`` and loads what they hold into memory; many of them in worker processes.

    Documents that claim one code are all kept, ``~2`` on, in the order given; but one with the
    very content of another, such as a copy with comments, is a duplicate of it.

    Args:
        files: what to read, each once.
        base: namespace of the data IRIs.
        ontology: load the ontology and the schemes too.
        concepts: declare the competencies, which none of our rules looks at.
        progress: told after each file.
        each: given what was read of each usable file, for whatever else is made of it.
        workers: processes that read; by default one for each hundred files.
        limits: what each file may use of time and memory.
        run: how work is done; by default in processes that are started for it.
    """
    loader = _Loader(base, ontology, concepts)
    files = tuple(files)
    tasks = [Task(file, base, each is not None) for file in files]
    for done, (file, prepared) in enumerate(
        _prepared(tasks, workers, limits or Limits(), run or usual()), 1
    ):
        if progress:
            progress(done, len(files), file.name)
        if each and prepared.reading:
            each(prepared.reading)
        loader.add(prepared)
    return loader.loaded()


def load_twins(loaded: Loaded) -> Loaded:
    """The duplicates of ``loaded`` in a store of their own, with the ontology."""
    loader = _Loader(loaded.base, True, loaded.concepts)
    for twin in loaded.twins:
        loader.add(twin)
    return loader.loaded()


class _Loader:
    """A store in memory while it is being filled.

    Attributes:
        store: the store.
    """

    __slots__ = (
        "_alike",
        "_base",
        "_claims",
        "_concepts",
        "_forms",
        "_sources",
        "_twins",
        "_waiting",
        "store",
    )

    def __init__(self, base: str, ontology: bool, concepts: bool) -> None:
        self.store = memory()
        if ontology:
            load_ontology(self.store, base)
        self._base = base
        self._concepts = concepts
        self._claims: Counter[str] = Counter()
        # by code, or name of a draft: the sources that have it, and a digest of what each says
        # once another one has come
        self._alike: dict[str, list[tuple[Source, str]]] = {}
        self._forms: list[tuple[str, str, str]] = []
        self._sources: list[Source] = []
        self._twins: list[Prepared] = []
        self._waiting: list[bytes] = []

    def add(self, prepared: Prepared) -> None:
        """Takes a file over: as it is, under another identity, or as a duplicate."""
        source = prepared.source
        if source.outcome == "loaded":
            if twin := self._twin(prepared):
                self._twins.append(replace(prepared, reading=None))
                self._sources.append(
                    replace(
                        source,
                        outcome="duplicate",
                        identity="",
                        size=0,
                        noted="[]",
                        message=Sentence("its content is that of {twin}", twin=twin),
                    )
                )
                return
            self._claims[source.claim] += 1
            if (count := self._claims[source.claim]) > 1:
                standard = standard_of(prepared, self._base)
                prepared = triples_of(standard, source, f"{source.claim}~{count}", self._base)
            self._alike.setdefault(_called(source), []).append((prepared.source, ""))
        self._sources.append(prepared.source)
        if self._concepts:
            self._forms.extend(prepared.forms)
        self._waiting.append(prepared.nquads)
        if len(self._waiting) >= _CHUNK:
            self._flush()

    def loaded(self) -> Loaded:
        """What has been taken over, the competencies declared."""
        self._waiting.append(declare(collect(self._forms), graph_iri("concepts", self._base)))
        self._flush()
        sources, twins = tuple(self._sources), tuple(self._twins)
        return Loaded(self.store, sources, self._base, twins, self._concepts)

    def _flush(self) -> None:
        self.store.load(b"".join(self._waiting))
        self._waiting.clear()

    def _twin(self, prepared: Prepared) -> str:
        """The path of a source that holds the very same standard; "" if none does."""
        others = self._alike.get(_called(prepared.source), [])
        if not others:
            return ""
        self._flush()
        content = _content(standard_of(prepared, self._base))
        for n, (other, known) in enumerate(others):
            if not known:
                known = _content(standard_in(self.store, other.identity, self._base))
                others[n] = other, known
            if known == content:
                return other.path
        return ""


def _called(source: Source) -> str:
    """What copies have in common: the code; drafts have none, but their name, or none either."""
    return source.claim if source.code else f" {source.name}"


def _content(standard: Standard) -> str:
    """A digest of all that a standard says, wherever it stands in its document."""
    return digest(repr(standard).encode("utf-8", "backslashreplace"))


def renamed(loaded: Loaded, taken: Mapping[str, int]) -> Loaded:
    """``loaded`` with other identities for what claims a code that is claimed elsewhere too.

    Args:
        loaded: standards in memory.
        taken: how often a code is claimed elsewhere.
    """
    base = loaded.base
    sources = list(loaded.sources)
    counts: Counter[str] = Counter()
    identities: dict[int, str] = {}
    for n, source in enumerate(sources):
        if source.outcome == "loaded" and source.claim in taken:
            counts[source.claim] += 1
            identities[n] = f"{source.claim}~{taken[source.claim] + counts[source.claim]}"
    for n, identity in reversed(identities.items()):  # the last first: no new name is in use yet
        old = sources[n].identity
        prepared = triples_of(standard_in(loaded.store, old, base), sources[n], identity, base)
        loaded.store.remove([standard_iri(old, base), graph_iri(f"inferred/{old}", base)])
        loaded.store.load(prepared.nquads)
        sources[n] = prepared.source
    return replace(loaded, sources=tuple(sources))


def _prepared(
    tasks: Sequence[Task], workers: int | None, limits: Limits, run: Run
) -> Iterator[tuple[SourceFile, Prepared]]:
    """Each file with its triples, in the order given."""
    if workers is None:
        workers = max(1, min(os.cpu_count() or 1, len(tasks) // _PER_WORKER))
    waiting: dict[SourceFile, Prepared] = {}
    following = (task.file for task in tasks)
    file = next(following, None)
    for task, result in run(prepare, tasks, workers, limits):
        waiting[task.file] = lost(task, result) if isinstance(result, Died) else result
        while file in waiting:
            yield file, waiting.pop(file)
            file = next(following, None)


def load_ontology(store: WritableStore, base: str) -> None:
    """Puts the ontology and the schemes into their graphs, in place of what is there."""
    graphs = ontology_graphs(base)
    store.remove(graphs)
    store.load_files((path, graph) for graph, paths in graphs.items() for path in paths)
