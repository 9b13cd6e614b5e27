"""What in a store has a name that people write down: competencies, occupations and classes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kps_graph.store import Store
from kps_graph.terms import SCHEMES, dcterms, kind_of, kps, skos

__all__ = ["THINGS", "Thing", "things"]

#: What a thing can be: K, S, A, a standard, or a class of one of the three schemes.
THINGS: Final = ("K", "S", "A", "standard", "category", "occupation", "industry")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a name.

    Attributes:
        iri: what identifies it.
        kind: one of :data:`THINGS`.
        name: what it is called; in Chinese.
        forms: all that it is called, the name first.
        code: its code; "" for a competency, which has none of its own.
        uses: by how many standards it is used or stated; of a standard 1, and 0 of a replaced one.
    """

    iri: str
    kind: str
    name: str
    forms: tuple[str, ...]
    code: str = ""
    uses: int = 0


def things(store: Store, base: str) -> Iterator[Thing]:
    """Everything in ``store`` that a name can mean; what says the same is one competency."""
    yield from _competencies(store)
    yield from _standards(store, base)
    for scheme, predicate in (
        ("category", kps.jobCategory),
        ("occupation", kps.occupation),
        ("industry", kps.industry),
    ):
        yield from _classes(store, scheme, predicate)


def _pairs(store: Store, pattern: str) -> list[tuple[str, str]]:
    return sorted((a, b) for a, b in store.texts(f"SELECT ?a ?b WHERE {{ {pattern} }}"))


def _competencies(store: Store) -> Iterator[Thing]:
    names = dict(_pairs(store, f"?a a <{kps.Competency}> ; <{skos.prefLabel}> ?b"))
    stands = dict(_pairs(store, f"?a <{kps.representative}> ?b"))
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for iri, name in names.items():
        forms[stands.get(iri, iri)][name] = None
    for iri, other in _pairs(store, f"?a a <{kps.Competency}> ; <{skos.altLabel}> ?b"):
        forms[stands.get(iri, iri)][other] = None
    counts = Counter(c for _, c in _pairs(store, f"?a <{kps.usesRepresentative}> ?b"))
    for iri, called in forms.items():
        if iri in names:
            listed = tuple(dict.fromkeys((names[iri], *called)))
            yield Thing(iri, kind_of(iri), names[iri], listed, uses=counts[iri])


def _standards(store: Store, base: str) -> Iterator[Thing]:
    replaced = {
        s for s, _ in _pairs(store, f"?a <{dcterms.isReplacedBy}> ?b . ?b a <{kps.Standard}>")
    }
    codes = dict(_pairs(store, f"?a a <{kps.Standard}> ; <{skos.notation}> ?b"))
    names = dict(_pairs(store, f"?a a <{kps.Standard}> ; <{skos.prefLabel}> ?b"))
    for (iri,) in sorted(store.texts(f"SELECT ?a WHERE {{ ?a a <{kps.Standard}> }}")):
        name = names.get(iri) or codes.get(iri) or iri.removeprefix(base)
        yield Thing(iri, "standard", name, (name,), codes.get(iri, ""), int(iri not in replaced))


def _classes(store: Store, scheme: str, predicate: str) -> Iterator[Thing]:
    counts = Counter(c for _, c in _pairs(store, f"?a <{predicate}> ?b"))
    inside = f"?a <{skos.inScheme}> <{SCHEMES}{scheme}>"
    codes = dict(_pairs(store, f"{inside} ; <{skos.notation}> ?b"))
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    labels = (skos.prefLabel, skos.altLabel)
    for label, wanted in ((label, language) for language in ("zh", "en") for label in labels):
        test = f"FILTER(LANGMATCHES(LANG(?b), '{wanted}'))"
        for iri, text in _pairs(store, f"{inside} ; <{label}> ?b {test}"):
            forms[iri][text] = None
    for iri, called in forms.items():
        name = next(iter(called))
        yield Thing(iri, scheme, name, tuple(called), codes.get(iri, ""), counts[iri])
