"""Builds a store from documents: incremental, parallel, atomic."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kps_graph.aligned.remembered import remembered
from kps_graph.aligned.renew import FEW, Change, Renewed, renew
from kps_graph.pipeline.interrupt import Progress, postponed
from kps_graph.pipeline.plan import Start, graphs_of
from kps_graph.pipeline.sources import SourceFile
from kps_graph.report import Finding
from kps_graph.slices import described
from kps_graph.store import Aligned, Beside, Manifest, Writing, current, nquads_of, writing
from kps_graph.store.held import standard_in
from kps_graph.version import __version__
from kps_graph.workers.limits import Limits
from kps_graph.workers.pool import Run, usual

if TYPE_CHECKING:
    from kps_graph.pipeline.builder import Builder

__all__ = ["Built", "build", "migrate"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        manifest: of the store as it is now.
        changed: names of the sources that were read.
        removed: names of the sources that are no longer in the store.
        interrupted: the signal that stopped it before every source was read and matched, else 0.
        findings: decisions about matches that are stale or contradict each other.
    """

    manifest: Manifest
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    interrupted: int
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
    start = Start.of(files, store, base, prune, rebuild)
    aligned = remembered(start.remembered, align, decisions)
    if start.manifest and start.is_done(aligned):
        return Built(start.manifest, (), (), False)
    steps = _Steps(jobs, limits or Limits(), check, align, progress, few, run or usual())
    with writing(store, anew=rebuild) as new:
        if not rebuild and new.before != start.generation:
            # another process has built in the meantime
            start = Start.of(files, store, base, prune)
        return _written(new, start, aligned, steps)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is done in a build, and how; the fields are the arguments of :func:`build`."""

    jobs: int | None
    limits: Limits
    check: bool
    align: bool
    progress: Progress | None
    few: float
    run: Run


def _written(new: Writing, start: Start, aligned: Aligned, steps: _Steps) -> Built:
    """Writes the next generation of a store, whose competencies are to be aligned like this."""
    from kps_graph.pipeline.builder import Builder  # readers and rules: not if nothing is read

    builder = Builder(new.begin(start.generation), start, steps.check)
    interrupted = builder.read(steps.jobs, steps.limits, steps.progress, steps.run)
    if builder.failed:
        return Built(Manifest(builder.sources, start.base, __version__), (), (), interrupted)
    return _completed(new, builder, start, aligned, steps, interrupted)


def migrate(store: Path, *, progress: Progress | None = None) -> Manifest:
    """Writes the store at ``store`` anew in the layout of today, from the standards that it holds.

    Documents are not read again; what reading them found stays. Courses and what else people have
    put into graphs of their own are taken over as they are.

    Raises:
        StoreMissing, StoreVersion, StoreDamaged: if there is none, or its standards cannot be read.
        StoreLocked, StoreError: if it cannot be written.
    """
    from kps_graph.pipeline.builder import Builder

    current(store)  # there must be one, before its directory is written to
    steps = _Steps(None, Limits(), True, True, progress, FEW, usual())
    with writing(store) as new:
        assert new.before is not None
        with new.before.opened(older=True) as before:
            start = Start.anew(before.manifest)
            builder = Builder(new.begin(), start, steps.check)
            sources = before.manifest.sources.values()
            for done, source in enumerate(sources, 1):
                loaded = source.outcome == "loaded"
                held = standard_in(before.store, source.identity, start.base) if loaded else None
                builder.keep(source, held)
                if progress:
                    progress(done, len(sources), source.path)
            made = tuple(graphs_of(builder.sources.values(), start.base))
            others = [g for g in before.store.graphs() if g not in made]
            builder.store.load(nquads_of(before.store, *others) if others else b"")
        return _completed(new, builder, start, start.remembered, steps, 0).manifest


def _completed(
    new: Writing, builder: Builder, start: Start, aligned: Aligned, steps: _Steps, interrupted: int
) -> Built:
    """Finishes a generation of a store whose standards have been loaded."""
    builder.settle()
    builder.declare()
    if steps.check:
        if steps.progress:
            steps.progress(0, 0, "check")
        builder.check()
    builder.report()
    renewed = _renewed(new, builder, start, aligned, steps)
    manifest = Manifest(builder.sources, start.base, __version__, start.resources, renewed.aligned)
    if steps.progress:
        steps.progress(0, 0, "write")
    with suppress(KeyboardInterrupt), postponed():  # all is done but for this
        new.finish(manifest, start.manifest)
    return Built(
        manifest,
        tuple(f.name for f in start.plan.read if f.name in builder.taken),
        tuple(s.path for s in start.plan.gone),
        interrupted or renewed.interrupted,
        renewed.findings,
    )


def _indexed(
    new: Writing, builder: Builder, start: Start, before: Beside | None, few: float, anew: bool
) -> None:
    """Keeps the index of texts in step: after a small change what was there follows it."""
    from kps_graph import search

    small = len(builder.standards) <= len(builder.sources) * few
    if (
        before
        and small
        and search.follow(builder.store, start.base, before, new.beside, builder.standards)
    ):
        return
    if anew:  # or else the first search does it
        search.keep(builder.store, start.base, new.beside)


def _renewed(
    new: Writing, builder: Builder, start: Start, aligned: Aligned, steps: _Steps
) -> Renewed:
    """How the competencies are aligned now, and the decisions that are stale or contradict."""
    before = None
    if start.generation and start.manifest and not start.outdated:
        before = start.generation.beside, start.manifest.aligned
    change = Change(before, builder.standards, builder.touched, len(builder.sources))
    told = partial(steps.progress, 0, 0, "align") if steps.progress and steps.align else None
    renewed = renew(
        builder.store, start.base, aligned, new.beside, change, few=steps.few, begun=told
    )
    anew = renewed.aligned.pending == 0
    if anew and steps.progress:
        steps.progress(0, 0, "index")
    _indexed(new, builder, start, before[0] if before else None, steps.few, anew)
    if anew:  # after a small change the first question reads who uses what
        described(builder.store, start.base, new.beside)  # which keeps what it reads
    return renewed
