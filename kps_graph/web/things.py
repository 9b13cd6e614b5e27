"""What a store says of one IRI: as statements, as plain JSON, and as a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from kps_graph.exports.results import graph_as
from kps_graph.exports.site.frame import Frame
from kps_graph.exports.site.thing import Part, thing_page
from kps_graph.extract.interchange import to_data
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.printable import json_text
from kps_graph.rdf.ntriples import iri as written
from kps_graph.sparql import is_iri
from kps_graph.store.rows import Term
from kps_graph.terms import PREFIXES, SCHEMES, dcterms, graph_iri, kps, rdf, rdfs, skos
from kps_graph.words import Language

__all__ = ["ONTOLOGY", "as_json", "known", "link", "page", "statements"]

#: The IRI of the ontology, whose terms stand behind its ``#``.
ONTOLOGY: Final = str(kps).removesuffix("#")
_LABELS: Final = (skos.prefLabel, rdfs.label, dcterms.title)
_FORMS: Final = (
    ("Turtle", "ttl"),
    ("JSON-LD", "jsonld"),
    ("N-Triples", "nt"),
    ("JSON", "json"),
)


def statements(graph: KnowledgeGraph, iri: str) -> bytes:
    """N-Triples of what the store says of an IRI; nothing if it says nothing.

    A standard, the ontology and a graph of the store give their whole graph, anything else the
    statements that it is the subject of.
    """
    whole = graph_iri("ontology", graph.base) if iri == ONTOLOGY else iri
    if dumped := graph.store.dump(whole):
        return dumped
    found = graph.store.query(
        f"CONSTRUCT {{ {written(iri)} ?p ?o }} WHERE {{ {written(iri)} ?p ?o }}"
    )
    return found if isinstance(found, bytes) else b""


def as_json(graph: KnowledgeGraph, iri: str) -> bytes:
    """A standard in the interchange shape; of anything else its properties by their short names."""
    local = iri.removeprefix(graph.base)
    if iri.startswith(graph.base) and local in graph.identities():
        return json_text(to_data(graph.standard(local))).encode()
    if iri == ONTOLOGY or iri.startswith(graph_iri("", graph.base)):
        return graph_as(statements(graph, iri), "application/ld+json")
    said: dict[str, list[Any]] = defaultdict(list)
    for predicate, value in _values(graph, iri):
        plain: Any = value.value
        if value.lang:
            plain = {"text": value.value, "lang": value.lang}
        elif value.kind == "iri":
            plain = {"iri": value.value}
        said[_short(predicate)].append(plain)
    return json_text({"iri": iri, **said}).encode()


def _values(graph: KnowledgeGraph, iri: str) -> list[tuple[str, Term]]:
    rows = graph.store.select(f"SELECT ?p ?o WHERE {{ {written(iri)} ?p ?o }} ORDER BY ?p ?o")
    return [(p.value, o) for p, o in rows.terms if p is not None and o is not None]


def _short(name: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}:{name.removeprefix(namespace)}"
    return name


def page(graph: KnowledgeGraph, iri: str, address: str, where: str, frame: Frame) -> str:
    """A plain page about an IRI.

    Args:
        graph: the store.
        iri: of a term, a scheme, a class, or whatever else the store speaks of.
        address: where that is found here, without a fragment.
        where: the address of the server.
        frame: where the page stands.
    """
    lang = frame.lang
    names = _named(graph, lang)
    forms = [(name, f"{address}.{ending}") for name, ending in _FORMS]
    if iri == ONTOLOGY:
        terms = sorted(t for t in names if t.startswith(str(kps)))
        parts = [_part(graph, iri, names, where, "", "")]
        parts += [
            _part(graph, t, names, where, f"{names[t]} {_short(t)}", t.removeprefix(str(kps)))
            for t in terms
        ]
    else:
        parts = [_part(graph, iri, names, where, "", "")]
    title = _title(graph, iri, lang) or _short(iri)
    return thing_page(frame, title, iri, address, parts, forms)


def _named(graph: KnowledgeGraph, lang: Language) -> dict[str, str]:
    """What the terms of the ontology are called."""
    own = graph_iri("ontology", graph.base)
    wanted = "zh" if lang.chinese else "en"
    return {
        row[0]: row[1]
        for row in graph.store.texts(
            f"SELECT ?t ?l WHERE {{ GRAPH <{own}> {{ ?t <{rdfs.label}> ?l }} "
            f"FILTER(LANGMATCHES(LANG(?l), '{wanted}')) }}"
        )
    }


def _part(
    graph: KnowledgeGraph, iri: str, names: Mapping[str, str], where: str, title: str, anchor: str
) -> Part:
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    listed = _values(graph, iri)
    called = _called(graph, [o.value for _, o in listed if o.kind == "iri"])
    for predicate, value in listed:
        if value.kind == "iri":
            text = called.get(value.value) or names.get(value.value) or _short(value.value)
            rows[predicate].append((text, link(value.value, graph.base, where)))
        elif value.kind != "bnode":
            rows[predicate].append((value.value, ""))
    return Part(title, anchor, [(names.get(p) or _short(p), v) for p, v in rows.items()])


def _called(graph: KnowledgeGraph, iris: list[str]) -> dict[str, str]:
    """What things are called, by IRI; in Chinese where they have two names."""
    values = " ".join(map(written, dict.fromkeys(i for i in iris if is_iri(i))))
    paths = "|".join(map(written, _LABELS))
    rows = graph.store.select(f"SELECT ?t ?l WHERE {{ VALUES ?t {{ {values} }} ?t {paths} ?l }}")
    found: dict[str, str] = {}
    for thing, label in rows.terms:
        if thing and label and (thing.value not in found or (label.lang or "").startswith("zh")):
            found[thing.value] = label.value
    return found


def _title(graph: KnowledgeGraph, iri: str, lang: Language) -> str:
    named = [o for p, o in _values(graph, iri) if p in _LABELS]
    named.sort(key=lambda o: not (o.lang or "").lower().startswith(lang.value[:2].lower()))
    return named[0].value if named else ""


def link(iri: str, base: str, where: str) -> str:
    """Where an IRI is found: here, if it is one of this store or of the ontology."""
    root = base.removesuffix("id/")
    for start in (root, SCHEMES.removesuffix("scheme/")):
        if iri.startswith(start):
            return f"{where}/{iri.removeprefix(start)}"
    return iri if iri.startswith(("http://", "https://")) else ""


def known(graph: KnowledgeGraph, iri: str) -> bool:
    """Whether the store says anything of an IRI."""
    return iri == ONTOLOGY or bool(
        graph.store.query(
            f"ASK {{ {{ {written(iri)} ?p ?o }} UNION {{ GRAPH {written(iri)} {{ ?s <{rdf.type}> ?o }} }} }}"
        )
    )
