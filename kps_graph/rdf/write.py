"""Writes a standard as triples, in N-Triples syntax, in document order.

Plain tuples of strings and no RDF library: this is the path that loads a corpus. The model is
described in ``docs/decisions/0001-model-in-rdf.md``.
"""

from __future__ import annotations

import re
from typing import Final

from kps_graph.document import Places, Span
from kps_graph.folding import composed
from kps_graph.model import (
    ClassCode,
    Element,
    Indicator,
    Item,
    Level,
    Output,
    Standard,
    Unit,
    Version,
)
from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.rdf.places import place
from kps_graph.standards.names import Names, kept_as, names
from kps_graph.terms import (
    DEFAULT_BASE,
    LANG,
    class_iri,
    dcterms,
    identity_of,
    kps,
    prov,
    rdf,
    series_iri,
    skos,
    source_iri,
    standard_iri,
    xsd,
)

__all__ = ["triples"]

_DATE: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")

_TEXT: Final = f"@{LANG}"
_INTEGER: Final = f"^^<{xsd.integer}>"
_A: Final = iri(rdf.type)
_LABEL: Final = iri(skos.prefLabel)
_NOTATION: Final = iri(skos.notation)
_POSITION: Final = iri(kps.position)
_PLACE: Final = iri(kps.place)
_VALUE_PLACE: Final = iri(kps.valuePlace)
_RAW: Final = iri(kps.rawCode)
_RAW_TEXT: Final = iri(kps.rawText)
_LEVEL: Final = iri(kps.level)
_HAS_ITEM: Final = iri(kps.hasItem)
_NEEDS: Final = {"K": iri(kps.requiresKnowledge), "S": iri(kps.requiresSkill)}
_POSITIONS: Final = tuple(f'"{n}"{_INTEGER}' for n in range(200))


def triples(
    standard: Standard,
    identity: str | None = None,
    base: str = DEFAULT_BASE,
    named: Names | None = None,
) -> list[Triple]:
    """The triples of ``standard`` in document order, grouped by subject.

    Args:
        standard: what is written.
        identity: the local name it is kept under; by default what its code gives.
        base: where data IRIs live.
        named: the names of its nodes, if they are known already.
    """
    if named is None:
        chosen = identity or kept_as(standard)
        named = names(standard, chosen, base)
    return _Writer(named, base).standard(standard)


class _Writer:
    """Collects the triples of one standard."""

    __slots__ = ("_base", "_names", "_out", "_root")

    def __init__(self, named: Names, base: str) -> None:
        self._names = named
        self._base = base
        self._root = named.standard
        self._out: list[Triple] = []

    def standard(self, standard: Standard) -> list[Triple]:
        out, me = self._out, iri(self._root)
        out.append((me, _A, iri(kps.Standard)))
        self._text(me, standard.name, standard.code, None, standard.span)
        self._places(me, standard.places, standard.span)
        if standard.code:
            series = iri(series_iri(standard.code, self._base))
            out.append((me, iri(dcterms.isVersionOf), series))
        for predicate, text in (
            (kps.nameKind, standard.name_kind),
            (kps.layout, standard.layout or None),
            (kps.columnWidths, " ".join(map(str, standard.column_widths)) or None),
        ):
            if text is not None:
                out.append((me, iri(predicate), literal(text)))
        self._words(me, iri(dcterms.description), standard.description)
        self._level(me, iri(kps.baseLevel), standard.level)
        own = next((v for v in standard.versions if _own(v, standard)), None)
        if own is not None:
            for predicate, text in ((kps.versionLabel, own.version), (kps.status, own.status)):
                if text:
                    out.append((me, iri(predicate), literal(text)))
        if standard.span.source:
            source = iri(source_iri(standard.span.source, self._base))
            out.append((me, iri(prov.wasDerivedFrom), source))
            out.append((source, iri(dcterms.title), literal(standard.span.source)))
        if standard.code:
            series_code = series_iri(standard.code, "")
            out.append((series, _A, iri(kps.StandardSeries)))
            out.append((series, _NOTATION, literal(series_code)))
        self._classes(standard)
        self._versions(standard)
        for i, task in enumerate(standard.tasks, 1):
            self._unit(me, iri(kps.hasTask), iri(kps.Task), task, i)
        self._elements(me, "hasKnowledge", "Knowledge", standard.knowledge)
        self._elements(me, "hasSkill", "Skill", standard.skills)
        self._attitudes(me, standard)
        self._notes(me, standard)
        self._undefined(standard)
        return out

    def _text(
        self,
        node: str,
        text: str,
        code: str | None,
        raw: str | None,
        span: Span,
        position: int | None = None,
    ) -> None:
        out = self._out
        if code:
            out.append((node, _NOTATION, literal(code)))
        if raw:
            out.append((node, _RAW, literal(raw)))
        self._words(node, _LABEL, text)
        if position is not None:
            shown = _POSITIONS[position] if position < 200 else f'"{position}"{_INTEGER}'
            out.append((node, _POSITION, shown))
        if (
            span.line is not None
            or span.table is not None
            or span.page is not None
            or (span.pointer)
        ):
            out.append((node, _PLACE, literal(place(span))))

    def _words(self, node: str, predicate: str, text: str | None) -> None:
        """A text in Unicode's normal form C, in which it is searched for, and as it was printed.

        A blank one is none.
        """
        if not text:
            return
        words = composed(text)
        self._out.append((node, predicate, literal(words, _TEXT)))
        if words != text:
            self._out.append((node, _RAW_TEXT, literal(text, _TEXT)))

    def _places(self, node: str, places: Places, span: Span) -> None:
        """Where single values stand, if not where the node does."""
        for value, where in places:
            if where != span and (shown := place(where)):
                self._out.append((node, _VALUE_PLACE, literal(f"{value};{shown}")))

    def _level(self, node: str, predicate: str, level: Level) -> None:
        if isinstance(level, int):
            self._out.append((node, predicate, f'"{level}"{_INTEGER}'))
        elif level is not None:
            self._out.append((node, predicate, literal(level)))

    def _classes(self, standard: Standard) -> None:
        classes = standard.classification
        schemes: tuple[tuple[str, str, tuple[ClassCode, ...]], ...] = (
            ("category", kps.jobCategory, classes.job_category),
            ("occupation", kps.occupation, classes.occupation),
            ("industry", kps.industry, classes.industry),
        )
        me = iri(self._root)
        for scheme, predicate, stated in schemes:
            for i, entry in enumerate(stated, 1):
                node = iri(f"{self._root}/classification/{scheme}/{i}")
                self._out.append((me, iri(kps.hasClassification), node))
                self._out.append((node, _A, iri(kps.ClassificationEntry)))
                self._text(node, entry.name, entry.code or None, None, entry.span, i)
                self._places(node, entry.places, entry.span)
                concept = class_iri(scheme, entry.code) if entry.code else None
                if concept:
                    self._out.append((node, iri(kps.concept), iri(concept)))
                    self._out.append((me, iri(predicate), iri(concept)))

    def _versions(self, standard: Standard) -> None:
        me = iri(self._root)
        for i, version in enumerate(standard.versions, 1):
            out, node = self._out, iri(f"{self._root}/versions/{i}")
            out.append((me, iri(kps.hasVersionEntry), node))
            out.append((node, _A, iri(kps.VersionEntry)))
            self._text(node, version.name, version.code or None, None, version.span, i)
            self._places(node, version.places, version.span)
            for predicate, text in (
                (kps.versionLabel, version.version),
                (kps.status, version.status),
                (kps.updateDate, version.date),
            ):
                if text:
                    out.append((node, iri(predicate), literal(text)))
            self._words(node, iri(kps.updateNote), version.update_note)
            if date := _date(version.date):
                out.append((node, iri(dcterms.issued), literal(date, f"^^<{xsd.date}>")))
            that = None
            if version.code:
                # the row of this very document speaks of this node, even where it is kept apart
                that = me if _own(version, standard) else iri(self._version_iri(version.code))
                out.append((node, iri(kps.ofVersion), that))
            if version.replaced_by:
                newer = iri(self._version_iri(version.replaced_by))
                out.append((node, iri(kps.replacedByCode), literal(version.replaced_by)))
                out.append((node, iri(dcterms.isReplacedBy), newer))
                if that:
                    out.append((that, iri(dcterms.isReplacedBy), newer))

    def _version_iri(self, code: str) -> str:
        return standard_iri(identity_of(code, ""), self._base)

    def _unit(self, parent: str, predicate: str, kind: str, unit: Unit, position: int) -> None:
        out, node = self._out, iri(self._names.nodes[id(unit)])
        out.append((parent, predicate, node))
        out.append((node, _A, kind))
        self._text(node, unit.name, unit.code, unit.raw_code, unit.span, position)
        self._places(node, unit.places, unit.span)
        self._level(node, _LEVEL, unit.level)
        self._needs(node, unit)
        for i, output in enumerate(unit.outputs, 1):
            self._leaf(node, iri(kps.hasOutput), iri(kps.Output), output, output.name, i)
        for i, indicator in enumerate(unit.indicators, 1):
            me = self._leaf(
                node, iri(kps.hasIndicator), iri(kps.Indicator), indicator, indicator.text, i
            )
            self._places(me, indicator.places, indicator.span)
            self._level(me, _LEVEL, indicator.level)
            self._needs(me, indicator)
        for i, child in enumerate(unit.units, 1):
            self._unit(node, iri(kps.hasActivity), iri(kps.Activity), child, i)

    def _leaf(
        self, parent: str, predicate: str, kind: str, leaf: Output | Indicator, text: str, i: int
    ) -> str:
        node = iri(self._names.nodes[id(leaf)])
        self._out.append((parent, predicate, node))
        self._out.append((node, _A, kind))
        self._text(node, text, leaf.code, leaf.raw_code, leaf.span, i)
        return node

    def _needs(self, node: str, holder: Unit | Indicator) -> None:
        for kind, codes in (("K", holder.knowledge), ("S", holder.skills)):
            for code in codes:
                self._out.append((node, _NEEDS[kind], iri(self._names.needed(kind, code))))

    def _elements(self, me: str, predicate: str, kind: str, elements: tuple[Element, ...]) -> None:
        has, a = iri(kps[predicate]), iri(kps[kind])
        for i, element in enumerate(elements, 1):
            node = iri(self._names.nodes[id(element)])
            self._out.append((me, has, node))
            self._out.append((node, _A, a))
            self._text(node, element.name, element.code, element.raw_code, element.span, i)
            self._items(node, element.items, iri(kps.CompetencyItem))

    def _items(self, node: str, items: tuple[Item, ...], kind: str) -> None:
        for i, item in enumerate(items, 1):
            me = f"{node[:-1]}/items/{i}>"
            self._out.append((node, _HAS_ITEM, me))
            self._out.append((me, _A, kind))
            self._text(me, item.text, None, None, item.span, i)

    def _attitudes(self, me: str, standard: Standard) -> None:
        for i, attitude in enumerate(standard.attitudes, 1):
            node = iri(self._names.nodes[id(attitude)])
            self._out.append((me, iri(kps.hasAttitude), node))
            self._out.append((node, _A, iri(kps.Attitude)))
            self._text(node, attitude.name, attitude.code, attitude.raw_code, attitude.span, i)
            self._words(node, iri(skos.definition), attitude.definition)

    def _notes(self, me: str, standard: Standard) -> None:
        for i, note in enumerate(standard.notes, 1):
            node = iri(f"{self._root}/notes/{i}")
            self._out.append((me, iri(kps.hasNote), node))
            self._out.append((node, _A, iri(kps.Note)))
            self._text(node, note.text, None, None, note.span, i)
            self._items(node, note.items, iri(kps.Note))

    def _undefined(self, standard: Standard) -> None:
        """Says what an undefined reference was printed as, and nothing else of it."""
        known = self._names.references
        seen: dict[str, str] = {}
        for unit in standard.units():
            holders: tuple[Unit | Indicator, ...] = (unit, *unit.indicators)
            for holder in holders:
                for kind, codes in (("K", holder.knowledge), ("S", holder.skills)):
                    for code in codes:
                        if (kind, code) not in known:
                            seen[self._names.needed(kind, code)] = code
        for node, code in seen.items():
            self._out.append((iri(node), _NOTATION, literal(code)))


def _own(version: Version, standard: Standard) -> bool:
    """Whether a row of the version table is that of the document; V1 may lack its suffix there."""
    if not (version.code and standard.code):
        return False
    return identity_of(version.code, "") == identity_of(standard.code, "")


def _date(text: str) -> str | None:
    """``text`` as xsd:date if it is a real date, else None."""
    import datetime

    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return datetime.date(*(int(n) for n in match.groups())).isoformat()
    except ValueError:
        return None
