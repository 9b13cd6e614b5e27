"""Applies the rules to standards: in a store while it is built, or straight from documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import SourceFile
from kps_graph.report import Finding, Report
from kps_graph.store import EmbeddedStore, Source
from kps_graph.store.manifest import note
from kps_graph.terms import DEFAULT_BASE, standard_iri

__all__ = ["check", "recheck"]



def check(files: Iterable[SourceFile]) -> tuple[Report, tuple[Source, ...]]:
    """The findings about ``files``, of extraction and of the rules, and what became of each."""
    loaded = load(files, ontology=True)
    usable = [s for s in loaded.sources if s.outcome == "loaded"]
    found = [f for s in loaded.sources for f in s.findings]
    if usable:
        by_identity = _findings(loaded.store, {s.identity: s for s in usable}, None, DEFAULT_BASE)
        found += [f for listed in by_identity.values() for f in listed]
    return Report.of(found, (s.path for s in usable)), loaded.sources


def recheck(
    sources: dict[str, Source], wanted: Collection[str], store: EmbeddedStore, base: str
) -> dict[str, Source]:
    """``sources`` with the findings of the rules.

    Args:
        sources: by path.
        wanted: the paths whose standards are to be checked; for the others only the rules that
            look across standards are applied again.
        store: holds all standards.
        base: the namespace of its data IRIs.
    """
    known = {s.identity: s for s in sources.values() if s.outcome == "loaded"}
    chosen = [s for p, s in sources.items() if p in wanted and s.outcome == "loaded"]
    if not chosen:
        return sources
    iris = None if len(chosen) == len(known) else [
        standard_iri(s.identity, base) for s in chosen
    ]
    found = _findings(store, known, iris, base)
    result = dict(sources)
    for source in chosen:
        kept = [f for f in source.findings if f.rule.startswith("E")]
        result[source.path] = replace(source, noted=note([*kept, *found[source.identity]]))
    return result


def _findings(
    store: EmbeddedStore, known: dict[str, Source], iris: list[str] | None, base: str
) -> dict[str, list[Finding]]:
    """The findings of the rules by the identity of the standard that they concern."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in shacl.validate_store(shacl.load_shapes(), store.select, iris):
        identity = finding.focus.removeprefix(base).partition("/")[0]
        source = known.get(identity)
        name = source.path.rsplit("/", 1)[-1] if source else ""
        found[identity].append(replace(finding, span=replace(finding.span, source=name)))
    return found
