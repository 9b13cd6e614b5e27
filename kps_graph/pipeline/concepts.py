"""Declares the competencies in which equal texts meet: label, other forms, kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kps_graph.rdf import literal, nquads
from kps_graph.store import Store
from kps_graph.terms import LANG, dcterms, kind_of, kps, rdf, skos

__all__ = ["Forms", "as_top_concepts", "declare", "forms_in"]

#: Per competency: its kind, and how often each form of its text occurs.
Forms = Mapping[str, tuple[str, Counter[str]]]

#: How many concepts are asked about at once.
_BATCH = 2000


def declare(forms: Forms, graph: str) -> bytes:
    """N-Quads that declare each competency of ``forms`` in ``graph``.

    The preferred label is the most used form (the first in code point order of several); the
    others are alternative labels. All are top concepts of one scheme, which is ``graph``.
    """
    scheme = f"<{graph}>"
    found = [
        (scheme, f"<{rdf.type}>", f"<{skos.ConceptScheme}>"),
        (scheme, f"<{dcterms.title}>", literal("職能", f"@{LANG}")),
        (scheme, f"<{dcterms.title}>", literal("Competencies", "@en")),
    ]
    for iri in sorted(forms):
        kind, counts = forms[iri]
        ordered = sorted(counts, key=lambda t: (-counts[t], t))
        node = f"<{iri}>"
        found.append((node, f"<{rdf.type}>", f"<{kps.Competency}>"))
        found.append((node, f"<{rdf.type}>", f"<{skos.Concept}>"))
        found.append((node, f"<{skos.inScheme}>", scheme))
        found.append((node, f"<{skos.topConceptOf}>", scheme))
        found.append((node, f"<{skos.notation}>", literal(iri.rsplit("/", 1)[-1])))
        found.append((node, f"<{kps.competencyKind}>", literal(kind)))
        found.append((node, f"<{skos.prefLabel}>", literal(ordered[0], f"@{LANG}")))
        found.extend((node, f"<{skos.altLabel}>", literal(t, f"@{LANG}")) for t in ordered[1:])
        found.append((node, f"<{kps.matchMethod}>", literal("normalised-identical")))
    return nquads(found, graph).encode("utf-8", "replace") + as_top_concepts(forms, graph)


def as_top_concepts(concepts: Iterable[str], graph: str) -> bytes:
    """N-Quads in which the scheme of ``graph`` names ``concepts``, as tools look for them."""
    scheme = f"<{graph}>"
    found = [(scheme, f"<{skos.hasTopConcept}>", f"<{iri}>") for iri in sorted(concepts)]
    return nquads(found, graph).encode()


def collect(expressed: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, Counter[str]]]:
    """Forms from (concept IRI, kind, text) triples."""
    forms: dict[str, tuple[str, Counter[str]]] = {}
    for iri, kind, text in expressed:
        entry = forms.get(iri)
        if entry is None:
            entry = forms[iri] = (kind, Counter())
        entry[1][text] += 1
    return forms


def forms_in(store: Store, concepts: Iterable[str]) -> dict[str, tuple[str, Counter[str]]]:
    """The forms of ``concepts`` as the standards in ``store`` have them; unused ones are absent."""
    forms: dict[str, tuple[str, Counter[str]]] = {}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    wanted = sorted(concepts)
    for start in range(0, len(wanted), _BATCH):
        values = " ".join(f"<{c}>" for c in wanted[start : start + _BATCH])
        rows = store.select(
            f"SELECT ?c ?text (COUNT(?x) AS ?n) WHERE {{ VALUES ?c {{ {values} }} "
            f"?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }} GROUP BY ?c ?text"
        )
        for row in rows:
            counted[str(row["c"])][str(row["text"])] += int(row["n"] or 0)
    for iri, counts in counted.items():
        forms[iri] = (kind_of(iri), counts)
    return forms
