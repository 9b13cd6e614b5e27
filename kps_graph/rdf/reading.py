"""Reads a standard back from its triples; the inverse of :mod:`kps_graph.rdf.write`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kps_graph.document import Places, Span
from kps_graph.errors import ModelError
from kps_graph.folding import composed
from kps_graph.model import (
    Attitude,
    ClassCode,
    Classification,
    Element,
    Indicator,
    Item,
    Level,
    Note,
    Output,
    Standard,
    Unit,
    Version,
    references,
)
from kps_graph.rdf.places import span
from kps_graph.terms import dcterms, kps, prov, skos, xsd

__all__ = ["Term", "read"]

_WIDTH: Final = re.compile(r"[1-9]\d?(\.\d)?")
_INTEGERS: Final = frozenset((xsd.integer, "http://www.w3.org/2001/XMLSchema#int"))


@dataclass(frozen=True, slots=True)
class Term:
    """An object of a triple, from whatever RDF library: its text, and datatype if a literal."""

    value: str
    datatype: str | None = None


def read(statements: Iterable[tuple[str, str, Term]], standard: str) -> Standard:
    """The standard with the IRI ``standard``.

    Args:
        statements: its triples, as subject IRI, predicate IRI and object.
        standard: its IRI.

    Raises:
        ModelError: if the triples do not describe it.
    """
    by_subject: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in statements:
        by_subject[subject][predicate].append(value)
    if not any(t.value == kps.Standard for t in by_subject[standard][_TYPE]):
        raise ModelError("<{standard}> is not described as a kps:Standard here", standard=standard)
    return _Reader(by_subject, standard).standard()


_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class _Reader:
    """Reads one standard from triples grouped by subject and predicate."""

    __slots__ = ("_by", "_rank", "_references", "_root", "_source")

    def __init__(self, by_subject: dict[str, dict[str, list[Term]]], root: str) -> None:
        self._by = by_subject
        self._root = root
        source = self._one(root, prov.wasDerivedFrom)
        self._source = (self._one(source, dcterms.title) or "") if source else ""
        self._references: dict[str, str] = {}
        self._rank: dict[str, int] = {}

    def standard(self) -> Standard:
        root = self._root
        knowledge = self._elements(kps.hasKnowledge)
        skills = self._elements(kps.hasSkill)
        return Standard(
            code=self._one(root, skos.notation),
            name=self._text(root),
            name_kind=self._one(root, kps.nameKind),
            layout=self._one(root, kps.layout) or "",
            description=self._words(root, dcterms.description),
            level=self._level(root, kps.baseLevel),
            versions=tuple(self._version(n) for n in self._ordered(root, kps.hasVersionEntry)),
            classification=Classification(
                *(
                    tuple(
                        ClassCode(
                            self._one(n, skos.notation) or "",
                            self._text(n),
                            self._span(n),
                            self._places(n),
                        )
                        for n in self._ordered(root, kps.hasClassification)
                        if n.startswith(f"{root}/classification/{scheme}/")
                    )
                    for scheme in ("category", "occupation", "industry")
                )
            ),
            tasks=tuple(self._unit(n) for n in self._ordered(root, kps.hasTask)),
            knowledge=knowledge,
            skills=skills,
            attitudes=tuple(
                Attitude(
                    self._one(n, skos.notation),
                    self._text(n),
                    self._words(n, skos.definition),
                    self._one(n, kps.rawCode),
                    self._span(n),
                )
                for n in self._ordered(root, kps.hasAttitude)
            ),
            notes=tuple(
                Note(self._text(n), self._items(n), self._span(n))
                for n in self._ordered(root, kps.hasNote)
            ),
            span=self._span(root),
            places=self._places(root),
            column_widths=self._widths(root),
        )

    def _one(self, node: str, predicate: str) -> str | None:
        values = self._by[node].get(predicate)
        return values[0].value if values else None

    def _words(self, node: str, predicate: str) -> str | None:
        """A text as it was printed, which stands beside it where its normal form C is another."""
        text = self._one(node, predicate)
        for raw in self._by[node].get(kps.rawText, ()):
            if composed(raw.value) == text:
                return raw.value
        return text

    def _text(self, node: str) -> str:
        return self._words(node, skos.prefLabel) or ""

    def _level(self, node: str, predicate: str) -> Level:
        values = self._by[node].get(predicate)
        if not values:
            return None
        term = values[0]
        return int(term.value) if term.datatype in _INTEGERS else term.value

    def _span(self, node: str) -> Span:
        return span(self._one(node, kps.place) or "", self._source)

    def _places(self, node: str) -> Places:
        stated = (t.value.partition(";") for t in self._by[node].get(kps.valuePlace, ()))
        return tuple(sorted((value, span(where, self._source)) for value, _, where in stated))

    def _widths(self, node: str) -> tuple[float, ...]:
        """The widths of columns; what is none, in data of others, is as if it were not there."""
        stated = (self._one(node, kps.columnWidths) or "").split()
        if not all(_WIDTH.fullmatch(width) for width in stated):
            return ()
        return tuple(map(float, stated))

    def _ordered(self, node: str, predicate: str) -> list[str]:
        """The objects of ``predicate`` by their position."""
        values = [t.value for t in self._by[node].get(predicate, ())]
        return sorted(values, key=lambda n: (int(self._one(n, kps.position) or 0), n))

    def _version(self, node: str) -> Version:
        return Version(
            version=self._one(node, kps.versionLabel) or "",
            code=self._one(node, skos.notation) or "",
            name=self._text(node),
            status=self._one(node, kps.status) or "",
            update_note=self._words(node, kps.updateNote) or "",
            date=self._one(node, kps.updateDate) or "",
            replaced_by=self._one(node, kps.replacedByCode),
            span=self._span(node),
            places=self._places(node),
        )

    def _unit(self, node: str) -> Unit:
        knowledge, skills = self._needs(node)
        return Unit(
            code=self._one(node, skos.notation),
            name=self._text(node),
            level=self._level(node, kps.level),
            knowledge=knowledge,
            skills=skills,
            outputs=tuple(
                Output(
                    self._one(n, skos.notation),
                    self._text(n),
                    self._one(n, kps.rawCode),
                    self._span(n),
                )
                for n in self._ordered(node, kps.hasOutput)
            ),
            indicators=tuple(self._indicator(n) for n in self._ordered(node, kps.hasIndicator)),
            units=tuple(self._unit(n) for n in self._ordered(node, kps.hasActivity)),
            raw_code=self._one(node, kps.rawCode),
            span=self._span(node),
            places=self._places(node),
        )

    def _indicator(self, node: str) -> Indicator:
        knowledge, skills = self._needs(node)
        return Indicator(
            self._one(node, skos.notation),
            self._text(node),
            self._level(node, kps.level),
            knowledge,
            skills,
            self._one(node, kps.rawCode),
            self._span(node),
            self._places(node),
        )

    def _needs(self, node: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The references to K and S, in the order of the elements; undefined ones last."""
        found = []
        for predicate in (kps.requiresKnowledge, kps.requiresSkill):
            targets = [t.value for t in self._by[node].get(predicate, ())]
            known = sorted(
                (t for t in targets if t in self._references), key=self._rank.__getitem__
            )
            lost = sorted(
                self._one(t, skos.notation) or t for t in targets if t not in self._references
            )
            found.append((*(self._references[t] for t in known), *lost))
        return found[0], found[1]

    def _elements(self, predicate: str) -> tuple[Element, ...]:
        nodes = self._ordered(self._root, predicate)
        elements = [
            Element(
                self._one(n, skos.notation),
                self._text(n),
                self._items(n),
                self._one(n, kps.rawCode),
                self._span(n),
            )
            for n in nodes
        ]
        for node, reference in zip(nodes, references(elements), strict=True):
            self._rank[node] = len(self._references)
            self._references[node] = reference
        return tuple(elements)

    def _items(self, node: str) -> tuple[Item, ...]:
        return tuple(Item(self._text(n), self._span(n)) for n in self._ordered(node, kps.hasItem))
