"""Writes the next generation of a store: reads what changed, settles whose code it is, loads it."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

from kps_graph.errors import SourceError, signal_of
from kps_graph.model import Standard
from kps_graph.pipeline.check import check_alone, recheck
from kps_graph.pipeline.concepts import as_top_concepts, collect, declare, forms_in
from kps_graph.pipeline.examples import load_examples
from kps_graph.pipeline.findings import keep
from kps_graph.pipeline.interrupt import Progress, postponed
from kps_graph.pipeline.memory import load_ontology
from kps_graph.pipeline.plan import Plan, Start
from kps_graph.pipeline.prepare import (
    Prepared,
    Task,
    lost,
    prepare,
    standard_of,
    triples_of,
)
from kps_graph.pipeline.sources import SourceFile, order
from kps_graph.report import Finding
from kps_graph.store import Source, WritableStore, memory, nquads_of
from kps_graph.store.held import standard_in
from kps_graph.store.manifest import note
from kps_graph.terms import graph_iri, kps, standard_iri
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import Run

__all__ = ["CHUNK", "Builder"]

#: So many bytes of N-Quads are loaded at once.
CHUNK: Final = 48 * 2**20


class Builder:
    """The next generation while it is being written.

    Attributes:
        store: what is written.
        sources: by path, as they will stand in the manifest.
        changed: the paths whose standards were loaded.
        taken: the paths that were read.
    """

    __slots__ = (
        "_alone",
        "_base",
        "_buffer",
        "_buffered",
        "_check",
        "_claims",
        "_disputed",
        "_forms",
        "_old",
        "_pending",
        "_standards",
        "_start",
        "_touched",
        "_waiting",
        "changed",
        "sources",
        "store",
        "taken",
    )

    def __init__(self, store: WritableStore, start: Start, check: bool) -> None:
        self.store = store
        self._check = check
        self._alone: dict[str, list[Finding]] = {}
        self._start = start
        self._base = start.base
        self._buffer: list[bytes] = []
        self._buffered: list[Source] = []
        self._pending = 0
        self._claims: dict[str, set[str]] = defaultdict(set)
        self._disputed: set[str] = set()
        self._forms: dict[str, tuple[tuple[str, str, str], ...]] = {}
        self._touched: set[str] = set()
        self._standards: set[str] = set()
        self._old: dict[str, Source] = {}
        self._waiting: dict[str, Prepared] = {}
        self.taken: set[str] = set()
        self.sources: dict[str, Source] = {}
        self.changed: set[str] = set()

        if start.outdated:
            load_ontology(store, start.base)
            load_examples(store, start.base)
        self._take_over(start.plan)

    def _take_over(self, plan: Plan) -> None:
        """Takes over what is there, and removes what is gone; the old stays until it is read."""
        self._old = {source.path: source for source in plan.replaced}
        self.sources.update(plan.kept | self._old)
        for name, source in self.sources.items():
            if source.claim:
                self._claims[source.claim].add(name)
        for source in plan.gone:
            self._remove(source)
            if source.claim:
                self._disputed.add(source.claim)

    @property
    def standards(self) -> frozenset[str]:
        """The IRIs of the standards that were loaded or removed."""
        return frozenset(self._standards)

    @property
    def touched(self) -> frozenset[str]:
        """The IRIs of the competencies that what was removed has used."""
        return frozenset(self._touched)

    def _remove(self, source: Source) -> None:
        if source.outcome == "loaded":
            self._touch(source)
            self.store.remove(self._graphs(source))
            self._forms.pop(source.path, None)
            self._alone.pop(source.identity, None)
            self.changed.discard(source.path)

    def _touch(self, source: Source) -> None:
        """Notes what a standard uses before it is removed or replaced."""
        own = standard_iri(source.identity, self._base)
        self._standards.add(own)
        rows = self.store.texts(f"SELECT ?c WHERE {{ <{own}> <{kps.uses}> ?c }}")
        self._touched.update(competency for (competency,) in rows)

    def _graphs(self, source: Source) -> tuple[str, str]:
        """The graphs of a standard."""
        own = standard_iri(source.identity, self._base)
        return own, graph_iri(f"inferred/{source.identity}", self._base)

    @property
    def failed(self) -> bool:
        """Whether a new store would hold nothing."""
        return self._start.fresh and all(s.outcome == "failed" for s in self.sources.values())

    def read(self, jobs: int | None, limits: Limits, progress: Progress | None, run: Run) -> int:
        """Reads what is to be read and loads it; the signal that interrupted that, else 0."""
        try:
            self._read(jobs, limits, progress, run)
        except KeyboardInterrupt as error:
            return signal_of(error)
        return 0

    def _read(self, jobs: int | None, limits: Limits, progress: Progress | None, run: Run) -> None:
        tasks = [Task(f, self._base) for f in self._start.plan.read]
        workers = max(1, min(jobs or os.cpu_count() or 1, len(tasks)))
        for done, (task, result) in enumerate(run(prepare, tasks, workers, limits), 1):
            with postponed():
                self._take(lost(task, result) if isinstance(result, Died) else result)
            if progress:
                progress(done, len(tasks), task.file.name)

    def _take(self, prepared: Prepared) -> None:
        source = prepared.source
        old = self._old.pop(source.path, None)
        if old is not None and self._revised(old, prepared):
            return
        if old is not None:
            self._remove(old)
            if old.claim:
                self._claims[old.claim].discard(source.path)
                self._disputed.add(old.claim)
        self.taken.add(source.path)
        self.sources[source.path] = source
        if source.outcome != "loaded":
            return
        claimants = self._claims[source.claim]
        claimants.add(source.path)
        if len(claimants) > 1:
            # whose code it is will be settled when all have been read
            self._disputed.add(source.claim)
            self._waiting[source.path] = prepared
        else:
            self._load(prepared)

    def _revised(self, old: Source, prepared: Prepared) -> bool:
        """Puts a new state of a standard into the place of the old; False if that is not all.

        Most of it is as it was: only what differs is written.
        """
        source = prepared.source
        alone = self._claims[old.claim] == {source.path}
        kept = (old.outcome, old.claim, old.identity)
        if not alone or kept != (source.outcome, source.claim, source.identity):
            return False
        if source.outcome != "loaded":
            return False
        self._touch(old)
        new = memory()  # writes statements as a store does
        new.load(prepared.nquads)
        for graph in self._graphs(source):
            self.store.replace(graph, nquads_of(new, graph).decode().split("\n")[:-1])
        self.taken.add(source.path)
        self.sources[source.path] = source
        self._loaded(prepared)
        return True

    def keep(self, source: Source, standard: Standard | None = None) -> None:
        """Takes a source as it was: with its standard, which keeps its identity, if it has one."""
        self.sources[source.path] = source
        if standard is not None:
            # what reading noticed, each as it was before the rules said some of it at once
            noticed = note(one for f in source.findings for one in f.each() if not one.shape)
            told = replace(source, noted=noticed)
            prepared = triples_of(standard, told, source.identity, self._base)
            self.sources[source.path] = prepared.source
            self._load(prepared)

    def _load(self, prepared: Prepared) -> None:
        self._loaded(prepared)
        self._buffer.append(prepared.nquads)
        self._buffered.append(prepared.source)
        self._pending += len(prepared.nquads)
        if self._pending > CHUNK:
            self._flush()

    def _loaded(self, prepared: Prepared) -> None:
        """Notes that the store holds, or is going to hold, a standard."""
        self._forms[prepared.source.path] = prepared.forms
        self.changed.add(prepared.source.path)
        self._standards.add(standard_iri(prepared.source.identity, self._base))

    def _flush(self) -> None:
        nquads = b"".join(self._buffer)
        self.store.load(nquads)
        if self._check and not self.store.in_memory:
            # as long as it is at hand: it is not read back from disk
            self._alone |= check_alone(self._buffered, nquads, self._base)
        self._buffer.clear()
        self._buffered.clear()
        self._pending = 0

    def settle(self) -> None:
        """Keeps documents that claim one code apart: in the order of their names, ``~2`` on.

        A document with the very content of another one is a duplicate and is not loaded.
        """
        self._flush()
        for claim in sorted(self._disputed):
            names = sorted(self._claims[claim], key=order)
            settled = len(names) == 1 and self.sources[names[0]].identity == claim
            if names and not (settled and names[0] not in self._waiting):
                self._settle(claim, names)
        self._flush()

    def _settle(self, claim: str, names: list[str]) -> None:
        standards = {name: self._standard(name, claim) for name in names}
        for name in names:
            self._remove(self.sources[name])
        taken: list[tuple[str, Standard]] = []
        for name, standard in standards.items():
            if standard is None:
                continue
            source = self.sources[name]
            twin = next((n for n, s in taken if s == standard), None)
            if twin is not None:
                self.sources[name] = replace(
                    source,
                    outcome="duplicate",
                    identity="",
                    size=0,
                    noted="[]",
                    message=Sentence("its content is that of {twin}", twin=twin),
                )
                continue
            taken.append((name, standard))
            identity = claim if len(taken) == 1 else f"{claim}~{len(taken)}"
            prepared = triples_of(standard, source, identity, self._base)
            self.sources[name] = prepared.source
            self._load(prepared)

    def _standard(self, name: str, claim: str) -> Standard | None:
        """The standard of a source that claims ``claim``; of a duplicate only its file has it."""
        waiting = self._waiting.pop(name, None)
        source = self.sources[name]
        if waiting is None and source.outcome == "loaded":
            return standard_in(self.store, source.identity, self._base)
        prepared = waiting or prepare(Task(SourceFile(name, Path(name)), self._base))
        self.sources[name] = prepared.source
        if prepared.source.claim != claim:
            if prepared.source.outcome == "loaded":
                changed = SourceError("it has changed while the store was built", source=name)
                self.sources[name] = Source(name, "", "failed", message=changed.sentence())
            return None
        # it is not in the store, so there is nothing to remove
        self.sources[name] = replace(prepared.source, outcome="waiting")
        return standard_of(prepared, self._base)

    def check(self) -> None:
        """Applies the rules to what was loaded; to everything if the rules may be other ones."""
        wanted = set(self.sources) if self._start.outdated else self.changed
        self.sources = recheck(self.sources, wanted, self.store, self._base, self._alone)

    def report(self) -> None:
        """Keeps what was found, of everything if all was checked again."""
        manifest = self._start.manifest
        before = manifest.sources if manifest and not self._start.outdated else {}
        keep(self.store, before, self.sources, self._base)

    def declare(self) -> None:
        """Declares the competencies of what was loaded or removed."""
        graph = graph_iri("concepts", self._base)
        found = [form for forms in self._forms.values() for form in forms]
        if self._start.fresh:
            # everything is new, and has been counted on the way
            self.store.load(declare(collect(found), graph))
            return
        touched = self._touched | {iri for iri, _, _ in found}
        self.store.forget(graph, touched)
        self.store.discard(as_top_concepts(touched, graph))
        self.store.load(declare(forms_in(self.store, touched), graph))
