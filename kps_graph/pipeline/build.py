"""Builds a store from documents: incremental, parallel, atomic."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from kps_graph import resources
from kps_graph.aligned.remembered import remembered
from kps_graph.aligned.renew import FEW, Change, renew
from kps_graph.errors import SourceError, StoreDamaged, StoreMissing, StoreVersion
from kps_graph.model import Standard
from kps_graph.pipeline.check import recheck
from kps_graph.pipeline.concepts import collect, declare, forms_in
from kps_graph.pipeline.interrupt import Progress, postponed
from kps_graph.pipeline.memory import load_ontology
from kps_graph.pipeline.prepare import (
    Prepared,
    Task,
    lost,
    prepare,
    standard_of,
    triples_of,
)
from kps_graph.pipeline.reading import digest
from kps_graph.pipeline.sources import SourceFile, order
from kps_graph.report import Finding
from kps_graph.store import (
    Aligned,
    Generation,
    Manifest,
    Source,
    WritableStore,
    current,
    writing,
)
from kps_graph.store.held import standard_in
from kps_graph.terms import DEFAULT_BASE, graph_iri, kps, standard_iri
from kps_graph.version import __version__
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import Run, usual

__all__ = ["Built", "build"]

_CHUNK: Final = 48 * 2**20


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        manifest: of the store as it is now.
        changed: names of the sources that were read.
        removed: names of the sources that are no longer in the store.
        interrupted: whether it was stopped before every source was read.
        findings: decisions about matches that are stale or contradict each other.
    """

    manifest: Manifest
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    interrupted: bool
    findings: tuple[Finding, ...] = ()

    @property
    def triples(self) -> int:
        """Triples of the standards in the store, the derived ones included."""
        return sum(s.size for s in self.manifest.sources.values())


def build(
    files: Iterable[SourceFile],
    store: Path,
    *,
    base: str | None = None,
    rebuild: bool = False,
    prune: bool = False,
    jobs: int | None = None,
    limits: Limits | None = None,
    check: bool = True,
    align: bool = True,
    decisions: Path | None = None,
    progress: Progress | None = None,
    few: float = FEW,
    run: Run | None = None,
) -> Built:
    """Brings the store at ``store`` up to date with ``files``.

    Unchanged files (by hash) are skipped, changed ones replace their standard's graph, and what
    could not be read is tried again. Sources that are in the store and not among ``files`` stay,
    unless ``prune``. Interrupted by Ctrl-C, what has been read so far is kept, and the next build
    goes on from there.

    Args:
        files: what to read.
        store: the directory of the store; made if need be.
        base: namespace of the data IRIs; by default the store's, else :data:`DEFAULT_BASE`.
        rebuild: start from nothing, whatever is there.
        prune: remove the sources that are not among ``files``.
        jobs: worker processes; by default one per processor, and none beyond the files.
        limits: per file.
        check: apply the rules to what changed.
        align: find out which competencies say the same; else each stands for itself.
        decisions: what people decided about matches; by default what the store remembers.
        progress: told after each file, and of each stage after them.
        few: the part of the standards that may change before names are compared again.
        run: how files are read; by default in worker processes, if there are to be any.

    Raises:
        StoreLocked, StoreVersion, StoreDamaged: if the store cannot be written.
    """
    files = tuple(files)
    old, known = _existing(store, rebuild)
    aligned = remembered(known.aligned if known else Aligned(), align, decisions)
    if rebuild:
        old = known = None
    chosen = _base(base, known, store)
    plan = _plan(files, known, prune)
    ours = _resources()
    if (
        known
        and not plan.read
        and not plan.gone
        and known.resources == ours
        and known.aligned == aligned
    ):
        return Built(known, (), (), False)
    with writing(store, anew=rebuild) as new:
        if not rebuild and new.before != old:
            # another process has built in the meantime
            old, known = _existing(store)
            chosen = _base(base, known, store)
            plan = _plan(files, known, prune)
        database = new.begin(old)
        fresh = known is None
        if known is None or known.resources != ours:
            load_ontology(database, chosen)
        builder = _Builder(database, chosen, fresh)
        builder.begin(plan)
        interrupted = False
        try:
            builder.read(plan.read, jobs, limits or Limits(), progress, run or usual())
        except KeyboardInterrupt:
            interrupted = True
        if fresh and all(s.outcome == "failed" for s in builder.sources.values()):
            return Built(Manifest(builder.sources, chosen, __version__), (), (), interrupted)
        builder.settle()
        builder.declare()
        sources = builder.sources
        if check:
            if progress:
                progress(0, 0, "check")
            everything = fresh or (known is not None and known.resources != ours)
            wanted = set(sources) if everything else builder.changed
            sources = recheck(sources, wanted, database, chosen)
        same = old and known and known.resources == ours
        before = (old.beside, known.aligned) if same and old and known else None
        aligned, found = renew(
            database,
            chosen,
            aligned,
            new.beside,
            Change(before, builder.standards, builder.touched, len(sources)),
            few=few,
            begun=partial(progress, 0, 0, "align") if progress and align else None,
        )
        interrupted |= align and not aligned.matched
        manifest = Manifest(sources, chosen, __version__, ours, aligned)
        new.finish(manifest)
        taken = builder.taken
    return Built(
        manifest,
        tuple(f.name for f in plan.read if f.name in taken),
        tuple(s.path for s in plan.gone),
        interrupted,
        found,
    )


def _base(wanted: str | None, known: Manifest | None, store: Path) -> str:
    if known and wanted and known.base != wanted:
        raise StoreVersion(
            "the store's IRIs begin with {base}, not with {wanted}",
            base=known.base,
            wanted=wanted,
            source=str(store),
            hint=Sentence("add --rebuild to change them"),
        )
    return wanted or (known.base if known else DEFAULT_BASE)


def _resources() -> str:
    """A hash of the ontology and the shapes: what a store depends on besides its sources."""
    total = hashlib.sha256()
    for name in ("ontology", "shapes"):
        for path in resources.files(name, "*.ttl"):
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _existing(store: Path, anew: bool = False) -> tuple[Generation | None, Manifest | None]:
    """The store as it is; what is to be built anew may be damaged, or another version's."""
    try:
        found = current(store)
        with found.opened() as graph:
            return found, graph.manifest
    except StoreMissing:
        return None, None
    except (StoreDamaged, StoreVersion):
        if anew:
            return None, None
        raise


@dataclass(slots=True)
class _Plan:
    """What has to be done, compared with the store as it is."""

    kept: dict[str, Source] = field(default_factory=dict)
    read: list[SourceFile] = field(default_factory=list)
    replaced: list[Source] = field(default_factory=list)
    gone: list[Source] = field(default_factory=list)


def _plan(files: Iterable[SourceFile], known: Manifest | None, prune: bool) -> _Plan:
    plan = _Plan()
    had = dict(known.sources) if known else {}
    for file in files:
        source = had.pop(file.name, None)
        failed = source is not None and source.outcome == "failed"
        if source is not None and not failed and source.sha256 == _hash(file.path):
            plan.kept[file.name] = source
            continue
        plan.read.append(file)
        if source is not None:
            plan.replaced.append(source)
    for name, source in had.items():
        if prune:
            plan.gone.append(source)
        else:
            plan.kept[name] = source
    return plan


def _hash(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


class _Builder:
    """The next generation while it is being written.

    Attributes:
        sources: by path, as they will stand in the manifest.
        changed: the paths whose standards were loaded.
        taken: the paths that were read.
    """

    __slots__ = (
        "_base",
        "_buffer",
        "_claims",
        "_disputed",
        "_forms",
        "_fresh",
        "_old",
        "_pending",
        "_standards",
        "_store",
        "_touched",
        "_waiting",
        "changed",
        "sources",
        "taken",
    )

    def __init__(self, store: WritableStore, base: str, fresh: bool) -> None:
        self._store = store
        self._base = base
        self._fresh = fresh
        self._buffer: list[bytes] = []
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

    def begin(self, plan: _Plan) -> None:
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
        if source.outcome != "loaded":
            return
        own = standard_iri(source.identity, self._base)
        self._standards.add(own)
        rows = self._store.select(f"SELECT ?c WHERE {{ <{own}> <{kps.uses}> ?c }}")
        self._touched.update(str(r["c"]) for r in rows)
        self._store.remove([own, graph_iri(f"inferred/{source.identity}", self._base)])
        self._forms.pop(source.path, None)
        self.changed.discard(source.path)

    def read(
        self,
        files: list[SourceFile],
        jobs: int | None,
        limits: Limits,
        progress: Progress | None,
        run: Run,
    ) -> None:
        """Reads ``files`` and loads what they hold."""
        tasks = [Task(f, self._base) for f in files]
        workers = max(1, min(jobs or os.cpu_count() or 1, len(tasks)))
        for done, (task, result) in enumerate(run(prepare, tasks, workers, limits), 1):
            with postponed():
                self._take(lost(task, result) if isinstance(result, Died) else result)
            if progress:
                progress(done, len(tasks), task.file.name)

    def _take(self, prepared: Prepared) -> None:
        source = prepared.source
        old = self._old.pop(source.path, None)
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

    def _load(self, prepared: Prepared) -> None:
        self._buffer.append(prepared.nquads)
        self._pending += len(prepared.nquads)
        self._forms[prepared.source.path] = prepared.forms
        self.changed.add(prepared.source.path)
        self._standards.add(standard_iri(prepared.source.identity, self._base))
        if self._pending > _CHUNK:
            self._flush()

    def _flush(self) -> None:
        self._store.load(b"".join(self._buffer))
        self._buffer.clear()
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
            return standard_in(self._store, source.identity, self._base)
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

    def declare(self) -> None:
        """Declares the competencies of what was loaded or removed."""
        graph = graph_iri("concepts", self._base)
        found = [form for forms in self._forms.values() for form in forms]
        if self._fresh:
            # everything is new, and has been counted on the way
            self._store.load(declare(collect(found), graph))
            return
        touched = self._touched | {iri for iri, _, _ in found}
        self._store.forget(graph, touched)
        self._store.load(declare(forms_in(self._store, touched), graph))
