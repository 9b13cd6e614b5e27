"""The names that a store holds, and which of them stand for each other."""

from __future__ import annotations

from collections.abc import Iterable

from kps_graph.align import Name
from kps_graph.store import Store
from kps_graph.terms import DEFAULT_BASE, identity_in, kind_of, kps, skos

__all__ = ["items_of", "names_in", "related", "representatives", "texts_of", "whole"]


def names_in(store: Store, base: str = DEFAULT_BASE) -> list[Name]:
    """Every K, S, A and sub-item of every standard: kind, text, and the standard's identity.

    The text of an element with sub-items is its heading and a line for each of them, so that its
    key (:func:`kps_graph.align.key_of`) is that of the concept that it expresses.
    """
    items = items_of(store)
    rows = store.texts(
        f"SELECT ?x ?c ?text WHERE {{ ?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }}"
    )
    found = [
        Name(kind_of(concept), whole([text, *items.get(node, ())]), identity_in(node, base))
        for node, concept, text in rows
    ]
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
    return {c: tuple(sorted(others)) for c, others in sorted(found.items())}
