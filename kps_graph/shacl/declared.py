"""The prefixes of a query in shapes: what it may use is what the shapes declare for it.

Engines know prefixes of their own besides (pySHACL those of rdflib, such as ``dc:``), so that a
query without its declarations would mean something else, or nothing, elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

from rdflib import OWL, Graph, Namespace
from rdflib.term import Node

from kps_graph.errors import BadShapes
from kps_graph.saving import content_of
from kps_graph.shacl.model import SH
from kps_graph.shacl.wellformed import called
from kps_graph.sparql import Word, words
from kps_graph.terms import PREFIXES
from kps_graph.words import Sentence

__all__ = ["declared_for", "refuse_undeclared", "undeclared"]

_SH: Final = Namespace(SH)
#: What every query of a shape may use.
_ALWAYS: Final = ("rdf", "rdfs", "owl")


def declared_for(graph: Graph, constraint: Node) -> Mapping[str, str]:
    """The prefixes that a ``sh:sparql`` or a validator may use, with their namespaces."""
    return {p: PREFIXES[p] for p in _ALWAYS} | {
        str(graph.value(d, _SH.prefix)): str(graph.value(d, _SH.namespace))
        for given in graph.objects(constraint, _SH.prefixes)
        for o in graph.transitive_objects(given, OWL.imports)
        for d in graph.objects(o, _SH.declare)
    }


def undeclared(query: str, prefixes: Iterable[str] = ()) -> Word | None:
    """The first word whose prefix neither ``query`` nor ``prefixes`` declares; None if none is."""
    found = words(query)
    known = {
        *(*prefixes, "_"),
        *(name.text[:-1] for word, name in pairwise(found) if word.keyword == "PREFIX"),
    }
    return next(
        (w for w in found if w.kind == "prefixed" and w.text.partition(":")[0] not in known), None
    )


def refuse_undeclared(graph: Graph, whole: Graph, source: str) -> None:
    """Refuses a query that uses a prefix which is not declared for it.

    Args:
        graph: the shapes of one file.
        whole: those of all files, in which the declarations may stand.
        source: the path of the file.

    Raises:
        BadShapes: naming the prefix, the shape and the line.
    """
    queries = [*graph.subject_objects(_SH.select), *graph.subject_objects(_SH.ask)]
    for node, query in sorted(queries, key=str):
        word = undeclared(str(query), declared_for(whole, node))
        if word is not None:
            raise BadShapes(
                "a query of the shape {shape} uses the prefix {prefix}:, which is not declared for it",
                shape=called(graph, node),
                prefix=word.text.partition(":")[0],
                source=source,
                line=_line(source, str(query), word),
                hint=Sentence("declare it with sh:declare, and name that by sh:prefixes"),
            )


def _line(source: str, query: str, word: Word) -> int | None:
    """The line of ``word`` of a query in the file; None where the query is written otherwise."""
    text = content_of(Path(source)).decode("utf-8-sig").replace("\r\n", "\n")
    at = text.find(query)
    return None if at < 0 else text.count("\n", 0, at + word.start) + 1
