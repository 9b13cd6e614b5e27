"""Applies the rules to standards: in a store while it is built, or straight from documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import SourceFile
from kps_graph.report import Finding, Report
from kps_graph.store import EmbeddedStore, Source
from kps_graph.store.manifest import note
from kps_graph.terms import DEFAULT_BASE, standard_iri

__all__ = ["check", "recheck"]

#: The rules that look across standards: a change in one may concern any other.
_ACROSS: Final = ("R19", "R21")



def check(files: Iterable[SourceFile]) -> tuple[Report, tuple[Source, ...]]:
    """The findings about ``files``, of extraction and of the rules, and what became of each."""
    loaded = load(files, ontology=True)
    usable = [s for s in loaded.sources if s.outcome == "loaded"]
    found = [replace(f, span=replace(f.span, source=s.path))
             for s in loaded.sources for f in s.findings]
    if usable:
        by_identity = _findings(
            loaded.store, {s.identity: s for s in usable}, shacl.load_shapes(), None, DEFAULT_BASE
        )
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
    chosen = {s.identity for p, s in sources.items() if p in wanted and s.outcome == "loaded"}
    shapes = shacl.load_shapes()
    iris = None if len(chosen) == len(known) else [standard_iri(i, base) for i in sorted(chosen)]
    found = _findings(store, known, shapes, iris, base) if chosen else {}
    across: dict[str, list[Finding]] = {}
    if known and iris is not None:
        # what changed, or is gone, may concern any other standard
        shapes = replace(shapes, shapes=tuple(s for s in shapes.shapes if s.rule in _ACROSS))
        across = _findings(store, known, shapes, None, base)
    result = dict(sources)
    for identity, source in known.items():
        if identity in chosen:
            kept = [f for f in source.findings if f.rule.startswith("E")]
            now = [*kept, *found.get(identity, ())]
        elif identity in across or any(f'"{rule}"' in source.noted for rule in _ACROSS):
            kept = [f for f in source.findings if f.rule not in _ACROSS]
            now = [*kept, *across.get(identity, ())]
        else:
            continue
        result[source.path] = replace(source, noted=note(now))
    return result


def _findings(
    store: EmbeddedStore, known: dict[str, Source], shapes: shacl.Shapes,
    iris: list[str] | None, base: str,
) -> dict[str, list[Finding]]:
    """The findings of the rules by the identity of the standard that they concern."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in shacl.validate_store(shapes, store.select, iris):
        identity = finding.focus.removeprefix(base).partition("/")[0]
        source = known.get(identity)
        place = replace(finding.span, source=source.path if source else "")
        found[identity].append(replace(finding, span=place))
    return found
