"""Aligns what the standards of a store say: reads the names, learns, matches, applies decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kps_graph.align import (
    Cluster,
    Decision,
    Lexicon,
    Matching,
    Name,
    Pair,
    cluster,
    learn,
    match,
    resolve,
)
from kps_graph.errors import Undecodable
from kps_graph.pipeline.remember import text_of
from kps_graph.report import Finding
from kps_graph.store import EmbeddedStore, Store, current
from kps_graph.terms import DEFAULT_BASE, identity_in, kind_of, kps, skos

__all__ = [
    "Alignment",
    "align",
    "items_of",
    "lexicon_of",
    "names_in",
    "read_pairs",
    "related",
    "representatives",
    "texts_of",
    "whole",
]


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


def names_in(store: Store, base: str = DEFAULT_BASE) -> list[Name]:
    """Every K, S, A and sub-item of every standard: kind, text, and the standard's identity.

    The text of an element with sub-items is its heading and a line for each of them, so that its
    key (:func:`kps_graph.align.key_of`) is that of the concept that it expresses.
    """
    items = items_of(store)
    rows = store.select(
        f"SELECT ?x ?c ?text WHERE {{ ?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }}"
    )
    found = []
    for node, concept, text in rows.terms:
        if node and concept and text:
            standard = identity_in(node.value, base)
            text_and_items = whole([text.value, *items.get(node.value, ())])
            found.append(Name(kind_of(concept.value), text_and_items, standard))
    return sorted(found, key=lambda n: (n.standard, n.kind, n.text))


def items_of(store: Store) -> dict[str, list[str]]:
    """The texts of the sub-items of each element that has any, in order."""
    rows = store.select(
        f"SELECT ?x ?text WHERE {{ ?x <{kps.hasItem}> ?item . ?item <{kps.position}> ?n ; "
        f"<{skos.prefLabel}> ?text }} ORDER BY ?x ?n"
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row["x"]), []).append(str(row["text"]))
    return found


def whole(lines: Iterable[str]) -> str:
    """A heading and its items, a line each."""
    return "\n".join(" ".join(line.split("\n")) for line in lines)


def texts_of(store: Store) -> dict[str, str]:
    """Every competency by IRI: its most used wording, its items on lines of their own."""
    labels = store.select(
        f"SELECT ?c ?text WHERE {{ ?c a <{kps.Competency}> ; <{skos.prefLabel}> ?text }}"
    )
    texts = {c.value: text.value for c, text in labels.terms if c and text}
    items = items_of(store)
    if items:
        for x, c in store.select(
            f"SELECT ?x ?c WHERE {{ ?x <{kps.expresses}> ?c ; <{kps.hasItem}> ?item }} ORDER BY ?x"
        ).terms:
            if x and c:
                texts[c.value] = whole([texts[c.value].split("\n")[0], *items[x.value]])
    return texts


def lexicon_of(store: Path) -> Lexicon:
    """The weights of words that the store at ``store`` was aligned with, else learned from it.

    Raises:
        StoreMissing, StoreVersion: if there is no store to read.
    """
    generation = current(store)
    generation.manifest()
    if generation.lexicon.exists():
        return Lexicon.from_json(generation.lexicon.read_text("utf-8"))
    return learn(names_in(EmbeddedStore.on_disk(generation.data)))


def representatives(store: Store) -> dict[str, str]:
    """Each competency to its representative, by IRI; those that stand alone are their own."""
    rows = store.select(f"SELECT ?c ?r WHERE {{ ?c <{kps.representative}> ?r }}")
    return {c.value: r.value for c, r in rows.terms if c and r}


def related(store: Store) -> dict[str, tuple[str, ...]]:
    """Each representative to the representatives that it is related to, by IRI, both ways."""
    found: dict[str, set[str]] = {}
    for a, b in store.select(f"SELECT ?a ?b WHERE {{ ?a <{kps.relatedTo}> ?b }}").terms:
        if a and b:
            found.setdefault(a.value, set()).add(b.value)
            found.setdefault(b.value, set()).add(a.value)
    return {c: tuple(sorted(others)) for c, others in sorted(found.items())}


def read_pairs(path: Path) -> list[Pair]:
    """The pairs in a TSV file with the columns ``kind``, ``a`` and ``b``, others ignored.

    A cell may be quoted as spreadsheets do; a byte order mark and either end of line are fine.

    Raises:
        SourceError: if the file cannot be read.
        Undecodable: with the line, if it is empty, or a column or a value is missing.
    """
    lines = text_of(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = "a tab separated file with the columns kind, a and b is expected"
    if not any(line.strip() for line in lines):
        raise Undecodable("the file is empty", source=path.name, hint=expected)
    heads = [h.strip() for h in _cells(lines[0])]
    for head in ("kind", "a", "b"):
        if heads.count(head) != 1:
            what = "is missing" if head not in heads else "stands twice"
            raise Undecodable(
                f"the column {head!r} {what}", source=path.name, line=1, hint=expected
            )
    return [
        _pair(heads, _cells(line), path.name, n)
        for n, line in enumerate(lines[1:], 2)
        if line.strip()
    ]


def _cells(line: str) -> list[str]:
    """The cells of a line; quotes around a whole cell are those of a spreadsheet."""
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
        for cell in line.split("\t")
    ]


def _pair(heads: Iterable[str], cells: Iterable[str], source: str, number: int) -> Pair:
    row = dict(zip(heads, cells, strict=False))
    kind, a, b = (row.get(h, "").strip() for h in ("kind", "a", "b"))
    if kind not in ("K", "S", "A"):
        raise Undecodable(f"{kind!r} is no kind: K, S or A", source=source, line=number)
    if not a or not b:
        raise Undecodable("a pair needs two texts", source=source, line=number)
    return Pair(kind, a, b)
