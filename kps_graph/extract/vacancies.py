"""Says what stands in a field and is no content, and takes it out of what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from operator import is_
from typing import Any, Final, TypeVar

from kps_graph.document import Span
from kps_graph.extract.findings import Notes
from kps_graph.extract.text import compact
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
    place_of,
    references,
)
from kps_graph.placeholders import Placeholder, hollow, placeholder, unfinished

__all__ = ["vacant", "without_placeholders"]

#: What a row of versions states, with the name of its cell; rule 22 judges the date.
_OF_VERSIONS: Final[Mapping[str, str]] = {
    "version": "version",
    "code": "code",
    "name": "name",
    "status": "status",
    "update_note": "note",
}
Leaf = TypeVar("Leaf", Output, Indicator)
Value = TypeVar("Value", Attitude, ClassCode, Element, Indicator, Note, Unit)


def vacant(text: str, span: Span, notes: Notes, code: str = "", *, issued: bool = False) -> bool:
    """Whether ``text`` states nothing; that it holds the place of content is noted.

    Args:
        text: of a field or an item, without its code.
        span: where it stands.
        notes: takes the finding.
        code: of the item.
        issued: whether the field is not for the author to fill in.
    """
    kind = placeholder(text)
    if kind is None:
        return not compact(text)
    rule = "E41" if issued or kind is Placeholder.NONE else "E40"
    notes.add(rule, span, value=text.strip(), code=code)
    return True


def without_placeholders(standard: Standard, notes: Notes) -> Standard:
    """``standard`` without the texts that hold the place of content, each noted.

    What has a code keeps it, and has no text; a K or S is then not defined. What has neither code
    nor text is left out. The words 略 and 無 are answers in notes and in the rows of versions.
    """
    found = hollow(_texts(standard))
    if not found and all(map(_stated, standard.units())):
        return standard
    return _Emptied(standard, found, notes).standard


def _texts(standard: Standard) -> list[str]:
    """Every text of ``standard`` that may hold the place of content."""
    texts = [standard.name, standard.description or "", *_raw(standard.level)]
    classes = standard.classification
    for entry in (*classes.job_category, *classes.occupation, *classes.industry):
        texts += (entry.name, entry.code)
    for version in standard.versions:
        texts += (getattr(version, name) for name in _OF_VERSIONS)
    for unit in standard.units():
        texts += (unit.name, *_raw(unit.level))
        texts += [o.name for o in unit.outputs]
        texts += [p.text for p in unit.indicators]
    for element in (*standard.knowledge, *standard.skills):
        texts.append(element.name)
        texts += [i.text for i in element.items]
    for attitude in standard.attitudes:
        texts += (attitude.name, attitude.definition or "")
    for note in standard.notes:
        texts.append(note.text)
        texts += [i.text for i in note.items]
    return texts


def _raw(level: Level) -> tuple[str, ...]:
    """``level`` where it is a text and no number."""
    return (level,) if isinstance(level, str) else ()


def _stated(unit: Unit) -> bool:
    """Whether an indicator of ``unit`` has a text, or there are none."""
    return not unit.indicators or any(p.text for p in unit.indicators)


class _Emptied:
    """One standard without placeholders, which only the texts ``hollow`` may be."""

    __slots__ = ("_hollow", "_notes", "standard")

    def __init__(self, given: Standard, hollow: Set[str], notes: Notes) -> None:
        self._hollow = hollow
        self._notes = notes
        knowledge, knows = self._elements(given.knowledge)
        skills, does = self._elements(given.skills)
        classes = given.classification
        level = given.level
        if isinstance(level, str) and self._vacant(level, place_of(given, "level")):
            level = None
        description = given.description or ""
        self.standard = replace(
            given,
            name="" if self._vacant(given.name, place_of(given, "name")) else given.name,
            description=None
            if self._vacant(description, place_of(given, "description"))
            else given.description,
            level=level,
            versions=tuple(map(self._version, given.versions)),
            classification=Classification(
                self._classes(classes.job_category, issued=True),
                self._classes(classes.occupation),
                self._classes(classes.industry),
            ),
            tasks=tuple(self._unit(t, knows, does) for t in given.tasks),
            knowledge=knowledge,
            skills=skills,
            attitudes=tuple(
                a for each in given.attitudes if (a := self._attitude(each)) is not None
            ),
            notes=tuple(n for each in given.notes if (n := self._note(each)) is not None),
        )

    def _vacant(
        self, text: str, span: Span, code: str | None = None, *, issued: bool = False
    ) -> bool:
        if text not in self._hollow:
            return False
        if placeholder(text) is not None:
            return vacant(text, span, self._notes, code or "", issued=issued)
        if mark := unfinished(text):
            self._notes.add("E42", span, value=mark, code=code or "")
        return False

    def _version(self, version: Version) -> Version:
        blank: dict[str, Any] = {
            name: ""
            for name, cell in _OF_VERSIONS.items()
            if self._waits(getattr(version, name), place_of(version, cell), issued=name == "code")
        }
        return replace(version, **blank) if blank else version

    def _classes(
        self, stated: Sequence[ClassCode], *, issued: bool = False
    ) -> tuple[ClassCode, ...]:
        kept = []
        for entry in stated:
            name, code = entry.name, entry.code
            if self._vacant(name, entry.span):
                name = ""
            if self._vacant(code, place_of(entry, "code"), issued=issued):
                code = ""
            if name or code or not (entry.name or entry.code):
                kept.append(_with(entry, name=name, code=code))
        return tuple(kept)

    def _unit(self, unit: Unit, knows: Mapping[str, str], does: Mapping[str, str]) -> Unit:
        level = unit.level
        if isinstance(level, str) and self._vacant(level, place_of(unit, "level")):
            level = None
        indicators = self._leaves(unit.indicators)
        places = unit.places
        if unit.indicators and not any(p.text for p in indicators):
            places = (*places, ("indicators", unit.indicators[0].span))
        return _with(
            unit,
            name="" if self._vacant(unit.name, unit.span, unit.code) else unit.name,
            level=level,
            knowledge=_renamed(unit.knowledge, knows),
            skills=_renamed(unit.skills, does),
            outputs=self._leaves(unit.outputs),
            indicators=tuple(
                _with(p, knowledge=_renamed(p.knowledge, knows), skills=_renamed(p.skills, does))
                for p in indicators
            ),
            units=tuple(self._unit(u, knows, does) for u in unit.units),
            places=places,
        )

    def _leaves(self, leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
        kept: list[Leaf] = []
        for leaf in leaves:
            text = leaf.name if isinstance(leaf, Output) else leaf.text
            if not self._vacant(text, leaf.span, leaf.code):
                kept.append(leaf)
            elif leaf.code and isinstance(leaf, Output):
                kept.append(replace(leaf, name=""))
            elif leaf.code and isinstance(leaf, Indicator):
                kept.append(replace(leaf, text=""))
        return tuple(kept)

    def _elements(
        self, elements: Sequence[Element]
    ) -> tuple[tuple[Element, ...], Mapping[str, str]]:
        """The K or S that have content, and what the references to them have become."""
        kept: list[Element] = []
        before: list[tuple[str, int | None]] = []
        others: dict[str, str] = {}
        for reference, element in zip(references(elements), elements, strict=True):
            if self._vacant(element.name, element.span, element.code) and not element.items:
                if element.code is None:
                    before.append((reference, None))
                elif reference != element.code:
                    others[reference] = element.code  # defined elsewhere
                continue
            kept.append(_with(element, items=self._items(element.items)))
            before.append((reference, len(kept) - 1))
        after = references(kept)
        return tuple(kept), others | {
            old: "" if place is None else after[place] for old, place in before
        }

    def _items(self, items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(i for i in items if not self._vacant(i.text, i.span))

    def _attitude(self, attitude: Attitude) -> Attitude | None:
        definition = attitude.definition
        if definition and self._vacant(definition, attitude.span, attitude.code):
            definition = None
        name = attitude.name
        if self._vacant(name, attitude.span, attitude.code):
            if not attitude.code:
                return None
            name = ""
        return _with(attitude, name=name, definition=definition)

    def _note(self, note: Note) -> Note | None:
        items = tuple(i for i in note.items if not self._waits(i.text, i.span))
        if not note.items and self._waits(note.text, note.span):
            return None
        return _with(note, items=items)

    def _waits(self, text: str, span: Span, *, issued: bool = False) -> bool:
        """Whether a text is still to be written, where 無 is an answer."""
        return placeholder(text) is Placeholder.OPEN and vacant(
            text, span, self._notes, issued=issued
        )


def _renamed(codes: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """``codes`` as the elements that were kept are referred to; "" is one that was left out."""
    return tuple(new for code in codes if (new := names.get(code, code)))


def _with(value: Value, **fields: Any) -> Value:
    """``value`` with these fields: itself where nothing is new, as is usual."""
    if all(_same(getattr(value, name), field) for name, field in fields.items()):
        return value
    return replace(value, **fields)


def _same(old: object, new: object) -> bool:
    """Whether two fields are equal, and what they hold the same: places do not count in ``==``."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(is_, old, new))
    return old == new
