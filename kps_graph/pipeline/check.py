"""Applies the rules to standards: in a store while it is built, or straight from documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from kps_graph import shacl
from kps_graph.document import Span
from kps_graph.pipeline.interrupt import Progress
from kps_graph.pipeline.memory import Loaded, load, load_ontology, load_twins, renamed
from kps_graph.pipeline.reading import Reading
from kps_graph.pipeline.sources import SourceFile
from kps_graph.report import Finding, Report
from kps_graph.rules import profiles
from kps_graph.rules.once import once
from kps_graph.rules.profiles import Profile
from kps_graph.shacl.asked import ask
from kps_graph.store import (
    Manifest,
    Place,
    Source,
    Store,
    WritableStore,
    memory,
    nquads_of,
    opened,
)
from kps_graph.store.manifest import note
from kps_graph.terms import (
    DEFAULT_BASE,
    PREFIXES,
    SHAPES,
    graph_iri,
    identity_in,
    kps,
    standard_iri,
)
from kps_graph.workers.limits import Limits
from kps_graph.workers.pool import Run

__all__ = ["ACROSS", "check", "check_alone", "recheck"]

#: The shapes that look across standards: a change in one may concern any other.
ACROSS: Final = frozenset(
    f"{SHAPES}{name}"
    for name in (
        "R19-latest-in-series",
        "R19-replacement-known",
        "R19-replacement-acyclic",
        "R21-code-unique",
    )
)
#: What several units may state in one cell.
_CELLS: Final = frozenset((kps.level, kps.requiresKnowledge, kps.requiresSkill))
#: So many standards are taken into memory at once to be checked there.
_AT_ONCE: Final = 500
#: What those shapes look at in other standards.
_SEEN_ACROSS: Final = f"""
PREFIX dcterms: <{PREFIXES["dcterms"]}> PREFIX kps: <{kps}> PREFIX skos: <{PREFIXES["skos"]}>
PREFIX rdf: <{PREFIXES["rdf"]}> PREFIX prov: <{PREFIXES["prov"]}>
CONSTRUCT {{{{ ?node ?p ?o }}}} WHERE {{{{
  VALUES ?standard {{{{ {{standards}} }}}}
  {{{{ ?standard ?p ?o BIND (?standard AS ?node)
    VALUES ?p {{{{ rdf:type skos:notation skos:prefLabel kps:status kps:hasTask kps:hasVersionEntry
               dcterms:isVersionOf dcterms:isReplacedBy prov:wasDerivedFrom }}}} }}}}
  UNION {{{{ ?standard prov:wasDerivedFrom ?node . ?node ?p ?o }}}}
  UNION {{{{ ?standard kps:hasVersionEntry ?node . ?node ?p ?o }}}}
  UNION {{{{ ?standard kps:hasVersionEntry/kps:ofVersion ?node . ?node ?p ?o
    VALUES ?p {{{{ dcterms:isReplacedBy }}}} }}}}
}}}}"""


def check(
    files: Iterable[SourceFile],
    profile: Profile | None = None,
    corpus: Place | None = None,
    progress: Progress | None = None,
    each: Callable[[Reading], object] | None = None,
    limits: Limits | None = None,
    run: Run | None = None,
) -> tuple[Report, tuple[Source, ...]]:
    """The findings about ``files``, of extraction and of the rules, and what became of each.

    Args:
        files: what to check.
        profile: how; by default each file by the profile of its format.
        corpus: a store whose standards the rules that look across standards are to see too.
        progress: told after each file, and when the rules are applied.
        each: given what was read of each usable file, for whatever else is made of it.
        limits: what each file may use of time and memory.
        run: how work is done; by default in processes that are started for it.

    Raises:
        StoreMissing, StoreVersion: if ``corpus`` cannot be used.
        ValidationAborted: if an engine fails, or a shape of ``profile`` meets nothing.
    """
    files = tuple(files)
    others = None if corpus is None else _Others.of(corpus)
    base = others.manifest.base if others else DEFAULT_BASE
    loaded = load(
        files,
        base,
        ontology=True,
        concepts=profile is not None and bool(profile.shapes or profile.queries),
        progress=progress,
        each=each,
        limits=limits,
        run=run,
    )
    if progress:
        progress(0, 0, "check")
    return _checked(loaded, profile, others)


def _checked(
    loaded: Loaded, profile: Profile | None, others: _Others | None
) -> tuple[Report, tuple[Source, ...]]:
    """The findings about what is loaded, and about its twins.

    These hold the same standards, each in a document of its own that was read in its own way.
    """
    if others:
        loaded = others.beside(loaded)
    report = _report(loaded, profile, others is None)
    if not loaded.twins:
        return report, loaded.sources
    again, read = _checked(load_twins(loaded), profile, others)
    known = {s.path: s.message for s in loaded.sources if s.outcome == "duplicate"}
    twins = {s.path: replace(s, message=known[s.path]) for s in read}
    return (
        Report.of((*report.findings, *again.findings), (*report.checked, *again.checked)),
        tuple(twins.get(s.path, s) for s in loaded.sources),
    )


def _report(loaded: Loaded, profile: Profile | None, alone: bool) -> Report:
    """The findings about what is loaded; ``alone`` if nothing else is in its store."""
    base = loaded.base
    usable = {s.identity: s for s in loaded.sources if s.outcome == "loaded"}
    graded = _profiles(loaded.sources, profile)
    found = {
        s.path: [
            replace(f, span=replace(f.span, source=s.path))
            for f in graded[s.format].apply(s.findings)
        ]
        for s in loaded.sources
    }
    others: list[Finding] = []
    if usable:
        iris = None if alone else [standard_iri(i, base) for i in sorted(usable)]
        select = loaded.store.select
        results = shacl.validate_store(_wanted(graded.values()), select, iris)
        if profile and profile.shapes:
            results += shacl.validate_store(profile.shapes, select, iris)
        if profile and profile.queries:
            results += ask(profile.queries, select, iris)
        for identity, listed in _by_identity(results, usable, base).items():
            if source := usable.get(identity):
                found[source.path] += graded[source.format].apply(listed)
            else:
                others += profile.apply(listed) if profile else listed
    said = [f for listed in found.values() for f in once(listed)]
    return Report.of([*said, *others], (s.path for s in usable.values()))


@dataclass(frozen=True, slots=True)
class _Others:
    """A corpus that the rules which look across standards are to see too."""

    manifest: Manifest
    store: Store

    @classmethod
    def of(cls, corpus: Place) -> _Others:
        """The corpus in the store at ``corpus``."""
        known = opened(corpus)
        return cls(known.manifest, known.store)

    def beside(self, loaded: Loaded) -> Loaded:
        """``loaded`` beside what those rules look at in the others.

        A standard of the corpus that is loaded, or an older state of one, is none of the others.
        """
        base = self.manifest.base
        own = {(s.code, s.name) for s in loaded.sources if s.code}
        hashes = {s.sha256 for s in loaded.sources}
        others = [
            s
            for s in self.manifest.sources.values()
            if s.outcome == "loaded" and s.sha256 not in hashes and (s.code, s.name) not in own
        ]
        taken = Counter(s.claim for s in others if s.claim)
        if any(s.claim in taken for s in loaded.sources):
            loaded = renamed(loaded, taken)
        standards = " ".join(f"<{standard_iri(s.identity, base)}>" for s in others)
        seen = self.store.query(_SEEN_ACROSS.format(standards=standards))
        loaded.store.load(seen if isinstance(seen, bytes) else b"")
        return loaded


def _profiles(sources: Iterable[Source], profile: Profile | None) -> dict[str, Profile]:
    """The profile of each format that occurs."""
    return {f: profile or profiles.default(f) for f in {s.format for s in sources}}


def _wanted(used: Iterable[Profile]) -> shacl.Shapes:
    """Our shapes without those that each profile in use switches off."""
    shapes, used = shacl.load_shapes(), tuple(used)
    said = (s for s in shapes.shapes if any(p.wants(s.rule, s.id.rpartition("#")[2]) for p in used))
    return replace(shapes, shapes=tuple(said))


def check_alone(sources: Sequence[Source], nquads: bytes, base: str) -> dict[str, list[Finding]]:
    """What the shapes that look inside one standard find in some standards, by identity.

    Args:
        sources: of the standards.
        nquads: all of the standards.
        base: the namespace of their data IRIs.
    """
    found: dict[str, list[Finding]] = {source.identity: [] for source in sources}
    if sources:
        for finding in _in_memory(_inside(sources), nquads, base):
            found.setdefault(identity_in(finding.focus, base), []).append(finding)
    return found


def _inside(sources: Iterable[Source]) -> shacl.Shapes:
    """The shapes that look inside one standard, of those that the profiles of sources want."""
    shapes = _wanted(_profiles(sources, None).values())
    return replace(shapes, shapes=tuple(s for s in shapes.shapes if s.id not in ACROSS))


def _in_memory(shapes: shacl.Shapes, nquads: bytes, base: str) -> list[Finding]:
    part = memory()
    load_ontology(part, base)
    part.load(nquads)
    return shacl.validate_store(shapes, part.select)


def recheck(
    sources: dict[str, Source],
    wanted: Collection[str],
    store: WritableStore,
    base: str,
    alone: Mapping[str, list[Finding]],
) -> dict[str, Source]:
    """``sources`` with the findings of the rules.

    Args:
        sources: by path.
        wanted: the paths whose standards are to be checked; for the others only the shapes that
            look across standards are applied again.
        store: holds all standards.
        base: the namespace of its data IRIs.
        alone: what :func:`check_alone` has found in some of them, by identity.
    """
    known = {s.identity: s for s in sources.values() if s.outcome == "loaded"}
    chosen = {s.identity for p, s in sources.items() if p in wanted and s.outcome == "loaded"}
    graded = _profiles(known.values(), None)
    shapes = _wanted(graded.values())
    left = _each_alone(_inside(known.values()), sorted(chosen - alone.keys()), store, base)
    had = chain.from_iterable(alone[identity] for identity in sorted(chosen & alone.keys()))
    found = _by_identity(chain(had, left), known, base)
    across: dict[str, list[Finding]] = {}
    if known:
        # what changed, or is gone, may concern any other standard
        shapes = replace(shapes, shapes=tuple(s for s in shapes.shapes if s.id in ACROSS))
        across = _by_identity(shacl.validate_store(shapes, store.select), known, base)
    result = dict(sources)
    for identity, source in known.items():
        if identity in chosen:
            kept = [f for f in source.findings if not f.shape]
            both = (*found.get(identity, ()), *across.get(identity, ()))
            now = [*kept, *graded[source.format].apply(both)]
        elif identity in across or any(f'"{shape}"' in source.noted for shape in ACROSS):
            kept = [f for f in source.findings if f.shape not in ACROSS]
            now = [*kept, *graded[source.format].apply(across.get(identity, ()))]
        else:
            continue
        result[source.path] = replace(source, noted=note(once(now)))
    return result


def _each_alone(
    shapes: shacl.Shapes, identities: Sequence[str], store: WritableStore, base: str
) -> Iterator[Finding]:
    """The findings of ``shapes`` that look inside one standard, about the standards so named.

    A query is asked several times as fast in memory as on disk, where it meets all the others too,
    so that standards are taken there, some hundreds at a time.
    """
    if store.in_memory:
        yield from shacl.validate_store(shapes, store.select) if identities else ()
        return
    for start in range(0, len(identities), _AT_ONCE):
        graphs: list[str] = []
        for identity in identities[start : start + _AT_ONCE]:
            graphs += standard_iri(identity, base), graph_iri(f"inferred/{identity}", base)
        yield from _in_memory(shapes, nquads_of(store, *graphs), base)


def _by_identity(
    findings: Iterable[Finding], known: Mapping[str, Source], base: str
) -> dict[str, list[Finding]]:
    """``findings`` by the identity of the standard that they concern, with the path of its file.

    A cell that several units share, for their level or what they need, is at fault once; so is
    one that is blank.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    cells: dict[tuple[str, str, str, Span], list[Finding]] = defaultdict(list)
    for finding in findings:
        identity = identity_in(finding.focus, base)
        source = known.get(identity)
        place = replace(finding.span, source=source.path if source else "")
        placed = replace(finding, span=place)
        if (finding.value or finding.path in _CELLS) and place.table is not None:
            same = cells[identity, finding.shape, finding.value, place]
            same.append(placed)
            if len(same) > 1:
                continue
        found[identity].append(placed)
    alike = {id(same[0]): tuple(same) for same in cells.values() if len(same) > 1}
    return {
        identity: [replace(f, details=alike[id(f)]) if id(f) in alike else f for f in listed]
        for identity, listed in found.items()
    }
