"""Writes the tables of classes and properties in ``docs/ontology.md`` from the ontology.

::

    python scripts/build_ontology_page.py [PAGE]

What stands between the two marker comments of the page is replaced; the rest is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT: Final = Path(__file__).parents[1]
BEGIN: Final = "<!-- terms: written by scripts/build_ontology_page.py -->"
END: Final = "<!-- end of terms -->"
KINDS: Final = (
    ("Classes", OWL.Class),
    ("Properties between nodes", OWL.ObjectProperty),
    ("Properties with a value", OWL.DatatypeProperty),
)


def tables(turtle: str) -> str:
    """A table for each kind of term of our namespace, in the order of the file."""
    graph = Graph().parse(data=turtle, format="turtle")
    order = re.findall(r"^kps:(\w+) a ", turtle, re.MULTILINE)
    sections = (f"### {title}\n\n" + "\n".join(table(graph, kind, order)) for title, kind in KINDS)
    return "\n\n".join(sections)


def table(graph: Graph, kind: URIRef, order: Iterable[str]) -> Iterator[str]:
    """The table of the terms that are of one kind."""
    namespace = dict(graph.namespaces())["kps"]
    relation = "Below" if kind == OWL.Class else "From → to"
    yield f"| Term | 中文 | Definition | {relation} |"
    yield "|---|---|---|---|"
    for name in order:
        term = URIRef(namespace + name)
        if (term, RDF.type, kind) in graph:
            label, zh, en = (
                text(graph, term, RDFS.label, "zh-Hant"),
                text(graph, term, SKOS.definition, "zh-Hant"),
                text(graph, term, SKOS.definition, "en"),
            )
            last = parents(graph, term) if kind == OWL.Class else extent(graph, term)
            yield f"| `{name}` | {label} | {en}<br>{zh} | {last} |"


def text(graph: Graph, term: Node, predicate: URIRef, language: str) -> str:
    """The text of ``term`` in one language."""
    return next(
        str(o) for o in graph.objects(term, predicate) if getattr(o, "language", None) == language
    )


def parents(graph: Graph, term: Node) -> str:
    """The named superclasses or superproperties of ``term``."""
    above = [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]
    return ", ".join(sorted(f"`{short(graph, o)}`" for o in above if isinstance(o, URIRef)))


def extent(graph: Graph, term: Node) -> str:
    """Domain and range of a property, those of its inverse turned round, and what it is below."""
    inverse = graph.value(term, OWL.inverseOf)
    if inverse is None:
        found = f"{named(graph, term, RDFS.domain)} → {named(graph, term, RDFS.range)}"
    else:
        found = f"inverse of `{short(graph, inverse)}`"
    if (term, RDF.type, OWL.FunctionalProperty) in graph:
        found += "; at most one"
    above = parents(graph, term)
    return f"{found}; below {above}" if above else found


def named(graph: Graph, term: Node, predicate: URIRef) -> str:
    """The domain or range of ``term``: one name, or the members of a union or a list."""
    found = graph.value(term, predicate)
    for listing in (OWL.unionOf, OWL.oneOf):
        if members := graph.value(found, listing):
            return " or ".join(short(graph, member) for member in Collection(graph, members))
    return short(graph, found) if found is not None else ""


def short(graph: Graph, node: Node) -> str:
    """A name without our own prefix, a foreign one with its prefix, a value in quotes."""
    if not isinstance(node, URIRef):
        return f'"{node}"'
    return graph.namespace_manager.qname(node).removeprefix("kps:")


def main(arguments: list[str]) -> int:
    """Rewrites the page in place."""
    page = Path(arguments[0]) if arguments else ROOT / "docs/ontology.md"
    before, rest = page.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    names = ("kps.ttl", "ext/courses.ttl")
    written = tables("\n".join((ROOT / "ontology" / n).read_text("utf-8") for n in names))
    page.write_text(f"{before}{BEGIN}\n\n{written}\n\n{END}{after}", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
