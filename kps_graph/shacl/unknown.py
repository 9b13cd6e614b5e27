"""Refuses terms of our vocabulary that it does not have: they would be met nowhere, and so pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from rdflib import Graph, Namespace, URIRef
from rdflib.term import Node

from kps_graph.errors import BadShapes
from kps_graph.shacl.model import SH, Shape
from kps_graph.shacl.wellformed import called
from kps_graph.sparql import words
from kps_graph.terms import kps
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["refuse_unknown"]

_SH: Final = Namespace(SH)
#: The terms that are classes: their names begin with a capital letter, those of properties do not.
_CLASSES: Final = tuple(name for name in kps if name[0].isupper())
_PROPERTIES: Final = tuple(name for name in kps if not name[0].isupper())


def refuse_unknown(graph: Graph, shapes: Iterable[Shape]) -> None:
    """Refuses a misspelled term, and a property in the place of a class or the other way round.

    Raises:
        BadShapes: naming the term, where it stands, and what may have been meant.
    """
    named = {
        str(term): Sentence("in the shapes")
        for triple in graph
        for term in triple
        if isinstance(term, URIRef)
    }
    for shape in shapes:
        where = Sentence("in the shape {shape}", shape=called(graph, shape.node))
        for constraint in shape.sparql:
            named.update(dict.fromkeys(_named(constraint.select), where))
    for term, where in sorted(named.items()):
        name = term.removeprefix(str(kps))
        if name and name != term and name not in set(kps):
            raise BadShapes(
                "{where}, <{term}> is named, which is not in the vocabulary, so it would be met nowhere",
                where=where,
                term=term,
                hint=_meant(name, tuple(kps)),
            )
    _refuse_of_another_kind(graph)


def _refuse_of_another_kind(graph: Graph) -> None:
    """A property is the class of nothing, and a class leads to nothing."""
    for predicate in (_SH.targetClass, _SH["class"]):
        for shape, term in _others(graph, predicate, _CLASSES):
            raise BadShapes(
                "the shape {shape} names <{term}>, which is no class, so it would be met nowhere",
                shape=called(graph, shape),
                term=str(term),
                hint=_meant(term.removeprefix(str(kps)), _CLASSES),
            )
    for predicate in (_SH.targetSubjectsOf, _SH.targetObjectsOf, _SH.path):
        for shape, term in _others(graph, predicate, _PROPERTIES):
            raise BadShapes(
                "the shape {shape} names <{term}>, which is no property, so it would be met nowhere",
                shape=called(graph, shape),
                term=str(term),
                hint=_meant(term.removeprefix(str(kps)), _PROPERTIES),
            )


def _others(graph: Graph, predicate: URIRef, wanted: Collection[str]) -> Iterator[tuple[Node, str]]:
    """The shapes and our terms to which ``predicate`` leads them, without those that are ``wanted``."""
    for shape, term in sorted(graph.subject_objects(predicate), key=str):
        name = str(term).removeprefix(str(kps))
        if name in set(kps) and name != str(term) and name not in wanted:
            yield shape, str(term)


def _meant(name: str, names: Collection[str]) -> Sentence:
    """What may have been meant by ``name``; else where the terms are."""
    close = tuple(f"kps:{n}" for n in closest(name, names))
    return did_you_mean(close) or Sentence("the terms are in ontology/kps.ttl")


def _named(query: str) -> Iterator[str]:
    """The IRIs in ``query``."""
    declared: dict[str, str] = {}
    declaring, prefix = False, ""
    for word in words(query):
        if word.keyword == "PREFIX":
            declaring = True
        elif word.kind == "iri" and declaring:
            declared[prefix], declaring = word.text[1:-1], False
        elif word.kind == "iri":
            yield word.text[1:-1]
        elif word.kind == "prefixed":
            prefix, _, local = word.text.partition(":")
            if local and prefix in declared:
                yield declared[prefix] + local
