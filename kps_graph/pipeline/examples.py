"""The library of queries and the prefixes as a graph, in the terms that SPARQL editors look for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from kps_graph.queries import library
from kps_graph.queries.folders import files
from kps_graph.queries.library import Query
from kps_graph.rdf import Triple, literal, nquads
from kps_graph.store import WritableStore
from kps_graph.terms import (
    DEFAULT_BASE,
    PREFIXES,
    graph_iri,
    rdf,
    rdfs,
    schema,
    sh,
    standard_iri,
    xsd,
)
from kps_graph.words import Language

__all__ = ["load_examples"]

_SEED: Final = "KPS1420-001v2"
#: What stands for a parameter that must be given, by its kind.
_VALUES: Final = {
    "standard": _SEED,
    "code": "K1",
    "unit": "T1",
    "part": "T1",
    "element": "K1",
    "text": "管理",
    "words": "管理",
    "label": "風險管理",
    "integer": "1",
    "iri": standard_iri(_SEED, DEFAULT_BASE),
    "level": "4",
    "category": "KPS",
    "occupation": "1420",
    "industry": "5210",
}


def load_examples(store: WritableStore, base: str) -> None:
    """Puts each query as ``sh:SPARQLExecutable`` and each prefix as ``sh:declare`` into their graph.

    A store that is asked by others has it; what is only checked against the rules has not.
    """
    graph = graph_iri("queries", base)
    store.remove([graph])
    store.load(_written(graph, base, tuple(files(None))))


@cache  # what builds many stores, as our tests do, says it once
def _written(graph: str, base: str, _files: tuple[Path, ...]) -> bytes:
    return nquads(_triples(graph, base), graph).encode("utf-8", "replace")


def _triples(graph: str, base: str) -> Iterator[Triple]:
    prefixes = f"<{graph}>"
    for prefix, namespace in PREFIXES.items():
        node = f"<{graph}#prefix-{prefix}>"
        yield prefixes, f"<{sh.declare}>", node
        yield node, f"<{sh.prefix}>", literal(prefix)
        yield node, f"<{sh.namespace}>", literal(namespace, f"^^<{xsd.anyURI}>")
    for query in library.library().values():
        me = f"<{base.removesuffix('id/')}query/{query.name}>"
        yield me, f"<{rdf.type}>", f"<{sh.SPARQLExecutable}>"
        yield me, f"<{rdf.type}>", f"<{sh.SPARQLSelectExecutable}>"
        yield me, f"<{sh.prefixes}>", prefixes
        yield me, f"<{sh.select}>", literal(_example(query))
        yield me, f"<{schema.keywords}>", literal(query.group)
        for language in Language:
            tag = f"@{language.value}"
            title, row = query.title[language], query.row[language]
            yield me, f"<{rdfs.label}>", literal(title, tag)
            yield me, f"<{rdfs.comment}>", literal(f"{title} — {row}", tag)


def _example(query: Query) -> str:
    """The query with its defaults, and with an example for what must be given."""
    given = {
        p.name: p.choices[0] if p.choices else _VALUES[p.kind]
        for p in query.parameters
        if p.default is None
    }
    return query.bind(**given).text
