"""Puts the alignment of a store into the store, so that queries answer over what says the same.

Two graphs are derived: ``graph/matches`` holds each link, as a node with its evidence and as the
SKOS statement that it comes to; ``graph/alignment`` holds what follows for queries: the
representative of every competency, the representatives that each standard uses, and which
representatives are related. Both are replaced by the difference, so that a small change of the
sources is a small change of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from kps_graph.align import Label, Link, key_of, parse_decisions
from kps_graph.aligned.align import Alignment, align
from kps_graph.aligned.remembered import remembered
from kps_graph.errors import StoreDamaged
from kps_graph.sharing import projected
from kps_graph.store import (
    LEXICON,
    SEARCH,
    STANDARDS,
    USAGE,
    Aligned,
    Beside,
    Store,
    WritableStore,
    current,
    writing,
)
from kps_graph.terms import (
    concept_iri,
    graph_iri,
    kps,
    match_iri,
    rdf,
    skos,
    xsd,
)

__all__ = ["apply", "keep", "materialise"]

#: An end of a link (kind and key) to the IRI of its concept.
Ends = Mapping[tuple[str, str], str]
#: IRIs of competencies, two by two.
Pairs = Iterable[tuple[str, str]]

_A: Final = f"<{rdf.type}> <{kps.Match}>"
_REPRESENTATIVE: Final = f"<{kps.representative}>"
_USES: Final = f"<{kps.usesRepresentative}>"
_RELATED: Final = f"<{kps.relatedTo}>"


def apply(store: Path, decisions: Path | None = None) -> Alignment:
    """Aligns the store at ``store`` anew, in one step, with ``decisions`` or those it remembers.

    Raises:
        SourceError: if the decisions cannot be read.
        StoreMissing, StoreLocked, StoreVersion: if the store cannot be written.
    """
    current(store)  # there must be one, before its directory is written to
    with writing(store) as new:
        assert new.before is not None
        with new.before.opened() as before:
            manifest = before.manifest
        aligned = replace(remembered(manifest.aligned, True, decisions), pending=0)
        database = new.begin(new.before)
        alignment = materialise(database, manifest.base, aligned)
        assert alignment is not None
        keep(database, manifest.base, new.beside, alignment)
        for file in (STANDARDS, SEARCH):  # what standards say stays as it is
            with suppress(StoreDamaged):  # then it is made when it is asked for
                if (content := new.before.beside.read(file)) is not None:
                    new.beside.write(file, content)
        new.finish(replace(manifest, aligned=aligned))
    return alignment


def keep(store: Store, base: str, beside: Beside, alignment: Alignment) -> None:
    """Keeps beside the data of ``store`` what was learned, and who uses what."""
    beside.write(LEXICON, alignment.matching.lexicon.to_json().encode())
    beside.write(USAGE, projected.project(store, base).to_lines())


def materialise(store: WritableStore, base: str, aligned: Aligned) -> Alignment | None:
    """Aligns ``store`` and replaces its derived graphs of the alignment.

    Where nothing is to be matched, every competency is its own representative, so that queries
    over what says the same answer over what is written the same.

    Raises:
        SourceError: if the decisions are no SSSOM table.
    """
    decisions = parse_decisions(aligned.decisions, aligned.path, base)
    alignment = align(store, base, decisions) if aligned.matched else None
    stars: dict[str, str] = {}
    related: Pairs = ()
    lines: list[str] = []
    if alignment is not None:
        ends = {f.end: concept_iri(f.kind, f.key, base) for f in alignment.matching.forms}
        stars = {
            ends[f.end]: ends[c.representative.end] for c in alignment.clusters for f in c.forms
        }
        related = _related(alignment.matching.links, ends, stars)
        lines = _matches(alignment, ends, base)
    store.replace(graph_iri("matches", base), lines, asked=False)
    store.replace(graph_iri("alignment", base), _stars(store, stars, related, base))
    return alignment


def _matches(alignment: Alignment, ends: Ends, base: str) -> list[str]:
    """Each link as N-Quads."""
    graph = graph_iri("matches", base)
    lines: list[str] = []
    for link in alignment.matching.links:
        a, b = ends[link.a.end], ends[link.b.end]
        status = "confirmed" if link.method == "curated" else "proposed"
        lines.append(f"<{a}> <{skos[link.relation]}> <{b}> <{graph}> .")
        lines += _node(a, b, link.method, link.score, status, base, graph)
    for decision in alignment.decisions:
        if decision.label is Label.DIFFERENT:
            a, b = (
                ends[k, key_of(t)]
                for k, t in ((decision.kind_a, decision.a), (decision.kind_b, decision.b))
            )
            lines += _node(a, b, "curated", 0.0, "rejected", base, graph)
    return lines


def _node(
    a: str, b: str, method: str, score: float, status: str, base: str, graph: str
) -> list[str]:
    node, end = f"<{match_iri(a, b, base)}>", f"<{graph}> ."
    return [
        f"{node} {_A} {end}",
        f"{node} <{kps.matchSubject}> <{a}> {end}",
        f"{node} <{kps.matchObject}> <{b}> {end}",
        f'{node} <{kps.matchMethod}> "{method}" {end}',
        f'{node} <{kps.matchScore}> "{_decimal(score)}"^^<{xsd.decimal}> {end}',
        f'{node} <{kps.matchStatus}> "{status}" {end}',
    ]


def _decimal(score: float) -> str:
    """``score`` as the store writes it: no zero at the end."""
    text = f"{score:.3f}".rstrip("0")
    return text.rstrip(".")


def _stars(store: Store, stars: Mapping[str, str], related: Pairs, base: str) -> list[str]:
    """Representatives, who uses them, and which are related, as N-Quads."""
    end = f"<{graph_iri('alignment', base)}> ."
    uses = store.texts(f"SELECT ?s ?c WHERE {{ ?s <{kps.uses}> ?c }}")
    lines = [
        f"<{c}> {_REPRESENTATIVE} <{stars.get(c, c)}> {end}"
        for c in dict.fromkeys(c for _, c in uses)
    ]
    lines += dict.fromkeys(f"<{s}> {_USES} <{stars.get(c, c)}> {end}" for s, c in uses)
    # the property is symmetric, and whoever asks from the other end finds it too
    return [*lines, *(f"<{a}> {_RELATED} <{b}> {end}" for p in related for a, b in (p, p[::-1]))]


def _related(links: Iterable[Link], ends: Ends, stars: Mapping[str, str]) -> Pairs:
    """The representatives that are related, each pair once."""
    pairs: dict[tuple[str, str], None] = {}
    for link in links:
        if link.label is Label.RELATED:
            a, b = sorted((stars[ends[link.a.end]], stars[ends[link.b.end]]))
            if a != b:
                pairs[a, b] = None
    return pairs
