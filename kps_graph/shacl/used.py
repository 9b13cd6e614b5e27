"""Which properties and classes there are: those that are ours to write, and those that the data has."""

from __future__ import annotations

from functools import cache
from typing import Final

from kps_graph import terms
from kps_graph.shacl.model import Select
from kps_graph.shacl.paths import short
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["Used", "ours"]

_PROPERTIES: Final = "SELECT DISTINCT ?name { ?s ?name ?o }"
_CLASSES: Final = "SELECT DISTINCT ?name { ?s a ?name }"


@cache
def ours(*, classes: bool = False) -> frozenset[str]:
    """The properties, or the classes, of our vocabulary; a class begins with a capital letter."""
    vocabularies = (v for v in vars(terms).values() if isinstance(v, terms.Vocabulary))
    return frozenset(
        str(v) + name for v in vocabularies for name in v if name[0].isupper() == classes
    )


class Used:
    """What is used in the data that ``select`` asks; each name is asked about once."""

    __slots__ = ("_classes", "_properties", "_select")

    def __init__(self, select: Select) -> None:
        self._select = select
        self._properties: dict[str, bool] = {}
        self._classes: dict[str, bool] = {}

    def has_property(self, name: str) -> bool:
        """Whether the property is ours, or anything has it."""
        return name in ours() or self._is(self._properties, name, f"?s <{name}> ?o")

    def has_class(self, name: str) -> bool:
        """Whether the class is ours, or anything is of it."""
        return name in ours(classes=True) or self._is(self._classes, name, f"?s a <{name}>")

    def _is(self, known: dict[str, bool], name: str, pattern: str) -> bool:
        if name not in known:
            known[name] = bool(self._select(f"SELECT * {{ {pattern} }} LIMIT 1").terms)
        return known[name]

    def meant(self, name: str) -> Sentence | None:
        """The question whether another name was meant by one that is not used."""
        question = _CLASSES if name in self._classes else _PROPERTIES
        there = {row[0].value for row in self._select(question).terms if row[0]}
        names = there | ours(classes=name in self._classes)
        return did_you_mean(closest(short(name), sorted(map(short, names))))
