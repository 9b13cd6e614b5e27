"""The interchange shape: a Standard as plain data for JSON and YAML, and back, without loss.

The shape is described by ``ontology/standard.schema.json``. ``level``, ``knowledge`` and
``skills`` stand where the document attaches them and are left out elsewhere; ``outputs``,
``indicators`` and ``items`` are always there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from kps_graph.document import Json, Places, Record, Span
from kps_graph.extract.findings import Notes
from kps_graph.extract.records import weigh
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
)

__all__ = ["from_record", "to_data"]

Data: TypeAlias = dict[str, Json]
Path: TypeAlias = tuple[str | int, ...]

#: Keys of an instance that are notes of its author and no part of the shape.
_REMARKS = frozenset(("counts", "suggestedNormalisations", "knowledgeSkillAttachment", "$schema"))

#: Keys whose values have places of their own, and what the model calls these.
_PLACED = (
    ("code", "code"),
    ("name", "name"),
    ("description", "description"),
    ("level", "level"),
    ("knowledge", "knowledge"),
    ("skills", "skills"),
    ("status", "status"),
    ("date", "date"),
    ("updateNote", "note"),
)


def to_data(standard: Standard) -> Data:
    """The interchange shape of ``standard``, its keys in the documented order."""
    classes = standard.classification
    return {
        "code": standard.code,
        "name": standard.name,
        "nameKind": standard.name_kind,
        "layout": standard.layout,
        "versions": [_version(v) for v in standard.versions],
        "classification": {
            "jobFamily": standard.name if standard.name_kind == "職類" else None,
            "jobCategory": [_class(c, True) for c in classes.job_category],
            "occupation": [_class(c, False) for c in classes.occupation],
            "industry": [_class(c, True) for c in classes.industry],
        },
        "description": standard.description,
        "level": standard.level,
        "tasks": [_unit(t) for t in standard.tasks],
        "knowledge": [_element(e) for e in standard.knowledge],
        "skills": [_element(e) for e in standard.skills],
        "attitudes": [_attitude(a) for a in standard.attitudes],
        "notes": [{"text": n.text, "items": [i.text for i in n.items]} for n in standard.notes],
    }


def _version(version: Version) -> Data:
    data: Data = {
        "version": version.version,
        "code": version.code,
        "name": version.name,
        "status": version.status,
        "updateNote": version.update_note,
        "date": version.date,
    }
    if version.replaced_by is not None:
        data["replacedBy"] = version.replaced_by
    return data


def _class(stated: ClassCode, with_path: bool) -> Data:
    data: Data = {"code": stated.code, "name": stated.name}
    if with_path and len(stated.path) > 1:
        data["path"] = list(stated.path)
    return data


def _unit(unit: Unit) -> Data:
    data: Data = {"code": unit.code, "name": unit.name}
    if unit.level is not None:
        data["level"] = unit.level
    data["outputs"] = [_raw({"code": o.code, "name": o.name}, o.raw_code) for o in unit.outputs]
    data["indicators"] = [_indicator(p) for p in unit.indicators]
    if unit.units:
        data["activities"] = [_unit(u) for u in unit.units]
        for empty in ("outputs", "indicators"):
            if not data[empty]:
                del data[empty]
    _needs(data, unit.knowledge, unit.skills)
    return _raw(data, unit.raw_code)


def _indicator(indicator: Indicator) -> Data:
    data: Data = {"code": indicator.code, "text": indicator.text}
    if indicator.level is not None:
        data["level"] = indicator.level
    _needs(data, indicator.knowledge, indicator.skills)
    return _raw(data, indicator.raw_code)


def _needs(data: Data, knowledge: Sequence[str], skills: Sequence[str]) -> None:
    if knowledge:
        data["knowledge"] = list(knowledge)
    if skills:
        data["skills"] = list(skills)


def _element(element: Element) -> Data:
    items: list[Json] = [i.text for i in element.items]
    return _raw({"code": element.code, "name": element.name, "items": items}, element.raw_code)


def _attitude(attitude: Attitude) -> Data:
    data: Data = {"code": attitude.code, "name": attitude.name, "definition": attitude.definition}
    return _raw(data, attitude.raw_code)


def _raw(data: Data, raw_code: str | None) -> Data:
    if raw_code is not None:
        data["rawCode"] = raw_code
    return data


def from_record(record: Record, notes: Notes) -> Standard:
    """The standard in a record of the interchange shape.

    The reader has checked the record against the schema; what the schema allows and the model
    has no place for (a remark, a path that its name does not have) is noted, not lost.
    """
    return _FromData(record, notes).standard()


class _FromData:
    """Reads one record; every value gets the line of its place."""

    __slots__ = ("_notes", "_record")

    def __init__(self, record: Record, notes: Notes) -> None:
        self._record = record
        self._notes = notes

    def standard(self) -> Standard:
        data = self._record.data
        classes = _mapping(data.get("classification"))
        for key in data:
            if key in _REMARKS:
                self._notes.add("E01", self._span(key), value=key)
                self._notes.unplaced += weigh(data[key])
        return Standard(
            code=_code(data.get("code")),
            name=_text(data.get("name")) or "",
            name_kind=_text(data.get("nameKind")),
            layout=_text(data.get("layout")) or "",
            description=_text(data.get("description")) or None,
            level=_level(data.get("level")),
            versions=tuple(
                self._version(v, ("versions", i)) for i, v in enumerate(_maps(data, "versions"))
            ),
            classification=Classification(
                job_category=self._classes(classes, "jobCategory"),
                occupation=self._classes(classes, "occupation"),
                industry=self._classes(classes, "industry"),
            ),
            tasks=tuple(self._unit(t, ("tasks", i)) for i, t in enumerate(_maps(data, "tasks"))),
            knowledge=self._elements("knowledge"),
            skills=self._elements("skills"),
            attitudes=tuple(
                Attitude(
                    _code(a.get("code")),
                    _text(a.get("name")) or "",
                    _text(a.get("definition")) or None,
                    _code(a.get("rawCode")),
                    self._span("attitudes", i),
                )
                for i, a in enumerate(_maps(data, "attitudes"))
            ),
            notes=tuple(
                Note(
                    _text(n.get("text")) or "", self._items(n, ("notes", i)), self._span("notes", i)
                )
                for i, n in enumerate(_maps(data, "notes"))
            ),
            span=self._span("code"),
            places=self._places(data, ()),
        )

    def _span(self, *path: str | int) -> Span:
        return self._record.span(*path)

    def _places(self, data: Mapping[str, Json], path: Path) -> Places:
        """The lines of those values of ``data`` that rules are about."""
        return tuple(
            (name, self._span(*path, key))
            for key, name in _PLACED
            if key in data and (path or not isinstance(data[key], list))
        )

    def _version(self, data: Mapping[str, Json], path: Path) -> Version:
        def text(key: str) -> str:
            return _text(data.get(key)) or ""

        return Version(
            text("version"),
            text("code"),
            text("name"),
            text("status"),
            text("updateNote"),
            text("date"),
            _text(data.get("replacedBy")),
            self._span(*path),
            self._places(data, path),
        )

    def _classes(self, data: Mapping[str, Json], key: str) -> tuple[ClassCode, ...]:
        found = []
        for i, c in enumerate(_maps(data, key)):
            span = self._span("classification", key, i)
            stated = ClassCode(
                _text(c.get("code")) or "",
                _text(c.get("name")) or "",
                span,
                self._places(c, ("classification", key, i)),
            )
            path = c.get("path")
            if isinstance(path, list) and [*stated.path] != path:
                self._notes.add("E01", span, value=" / ".join(map(str, path)))
                self._notes.unplaced += weigh(path)
            found.append(stated)
        return tuple(found)

    def _unit(self, data: Mapping[str, Json], path: Path) -> Unit:
        return Unit(
            code=_code(data.get("code")),
            name=_text(data.get("name")) or "",
            level=_level(data.get("level")),
            knowledge=_codes(data, "knowledge"),
            skills=_codes(data, "skills"),
            outputs=tuple(
                Output(
                    _code(o.get("code")),
                    _text(o.get("name")) or "",
                    _code(o.get("rawCode")),
                    self._span(*path, "outputs", i),
                )
                for i, o in enumerate(_maps(data, "outputs"))
            ),
            indicators=tuple(
                Indicator(
                    _code(p.get("code")),
                    _text(p.get("text")) or "",
                    _level(p.get("level")),
                    _codes(p, "knowledge"),
                    _codes(p, "skills"),
                    _code(p.get("rawCode")),
                    self._span(*path, "indicators", i),
                    self._places(p, (*path, "indicators", i)),
                )
                for i, p in enumerate(_maps(data, "indicators"))
            ),
            units=tuple(
                self._unit(u, (*path, "activities", i))
                for i, u in enumerate(_maps(data, "activities"))
            ),
            raw_code=_code(data.get("rawCode")),
            span=self._span(*path),
            places=self._places(data, path),
        )

    def _elements(self, key: str) -> tuple[Element, ...]:
        return tuple(
            Element(
                _code(e.get("code")),
                _text(e.get("name")) or "",
                self._items(e, (key, i)),
                _code(e.get("rawCode")),
                self._span(key, i),
            )
            for i, e in enumerate(_maps(self._record.data, key))
        )

    def _items(self, data: Mapping[str, Json], path: Path) -> tuple[Item, ...]:
        items = data.get("items")
        if not isinstance(items, list):
            return ()
        return tuple(
            Item(_text(t) or "", self._span(*path, "items", i)) for i, t in enumerate(items)
        )


def _text(value: Json) -> str | None:
    return None if value is None else str(value)


def _code(value: Json) -> str | None:
    """A code; a blank one is none."""
    return _text(value) or None


def _level(value: Json) -> Level:
    return value if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _maps(data: Mapping[str, Json], key: str) -> list[Mapping[str, Json]]:
    value = data.get(key)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _codes(data: Mapping[str, Json], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(str(c) for c in value) if isinstance(value, list) else ()
