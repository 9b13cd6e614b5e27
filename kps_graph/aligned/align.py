"""Aligns what the standards of a store say: reads the names, learns, matches, applies decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kps_graph.align import (
    Cluster,
    Decision,
    Lexicon,
    Matching,
    Name,
    cluster,
    learn,
    match,
    resolve,
)
from kps_graph.aligned.names import items_of, names_in, whole
from kps_graph.report import Finding
from kps_graph.store import LEXICON, Place, Store, opened
from kps_graph.terms import DEFAULT_BASE, kind_of, kps, skos

__all__ = ["Alignment", "align", "lexicon_of"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a store's names are to each other, decisions applied.

    Attributes:
        names: every use of a name, as :func:`names_in` reads them.
        decisions: as they stand today, at most one per pair.
        findings: decisions that are stale or contradict each other.
    """

    names: tuple[Name, ...] = field(repr=False)
    matching: Matching
    clusters: tuple[Cluster, ...] = field(repr=False)
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()


def align(store: Store, base: str = DEFAULT_BASE, decisions: Sequence[Decision] = ()) -> Alignment:
    """Matches all names of ``store`` and gathers what is the same; decisions always win."""
    names = names_in(store, base)
    known = dict.fromkeys((n.kind, n.text) for n in names) if decisions else {}
    decided, findings = resolve(decisions, known, _places(store, decisions))
    matching = match(names, learn(names), decided)
    found = cluster(matching.forms, matching.links, matching.apart)
    return Alignment(tuple(names), matching, found, decided, findings)


def _places(store: Store, decisions: Iterable[Decision]) -> dict[str, tuple[str, str]]:
    """Every element that ``decisions`` name, by IRI: its kind and text as they are today."""
    named = sorted({p for d in decisions for p in (d.place_a, d.place_b) if p})
    if not named:
        return {}
    rows = store.select(
        f"SELECT ?x ?c ?text WHERE {{ VALUES ?x {{ {' '.join(f'<{p}>' for p in named)} }} "
        f"?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }}"
    )
    items = items_of(store)
    return {
        x.value: (kind_of(c.value), whole([text.value, *items.get(x.value, ())]))
        for x, c, text in rows.terms
        if x and c and text
    }


def lexicon_of(store: Place) -> Lexicon:
    """The weights of words that the store at ``store`` was aligned with, else learned from it.

    Raises:
        StoreMissing, StoreVersion, StoreDamaged: if there is no store to read.
    """
    with opened(store) as graph:
        kept = graph.beside.read(LEXICON)
        if kept is not None:
            return Lexicon.from_json(kept.decode())
        return learn(names_in(graph.store, graph.manifest.base))
