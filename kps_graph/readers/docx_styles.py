"""Headings and list numbering: what a Word paragraph's styles add to its characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from lxml import etree

from kps_graph.readers.numbering import ordinal

__all__ = ["Numbering", "Styles", "W", "value"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = TypeVar("_T")


def value(element: etree._Element | None, path: str) -> str | None:
    """The ``w:val`` of the element at ``path`` (``w:pPr/w:jc``), None where there is none."""
    found = None if element is None else element.find(path.replace("w:", W))
    return None if found is None else found.get(f"{W}val")


def _number(text: str | None, default: int | None = None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


#: Run properties that take text out of the document, by what they do to it.
_HIDES: Final = (f"{W}vanish",)
_STRIKES: Final = (f"{W}strike", f"{W}dstrike")
_OFF: Final = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: its heading level, the list (number, level) it belongs to, and what it does to text.

    ``hides`` and ``strikes`` are None where it does not say.
    """

    parent: str | None
    heading: int | None
    list: str | None
    level: int | None
    hides: bool | None = None
    strikes: bool | None = None


class Styles:
    """The styles of paragraphs and of characters by their id."""

    def __init__(self, part: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for style in () if part is None else part.iterchildren(f"{W}style"):
            if style.get(f"{W}type") not in (None, "paragraph", "character"):
                continue
            properties = style.find(f"{W}rPr")
            outline = _number(value(style, "w:pPr/w:outlineLvl"))
            named = re.fullmatch(r"heading (\d)", (value(style, "w:name") or "").lower())
            self._styles[style.get(f"{W}styleId", "")] = _Style(
                value(style, "w:basedOn"),
                int(named[1]) if named else None if outline is None else outline + 1,
                value(style, "w:pPr/w:numPr/w:numId"),
                _number(value(style, "w:pPr/w:numPr/w:ilvl")),
                _stated(properties, _HIDES),
                _stated(properties, _STRIKES),
            )
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") != "character":
                self._default = style.get(f"{W}styleId")

    def heading(self, paragraph: etree._Element) -> int:
        """1-6 for a heading, else 0."""
        outline = _number(value(paragraph, "w:pPr/w:outlineLvl"))
        level = self._inherited(paragraph, lambda s: s.heading) if outline is None else outline + 1
        return min(6, level) if level is not None and 1 <= level <= 9 else 0

    def list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list number and 0-based level that the paragraph belongs to, None if to none."""
        number = value(paragraph, "w:pPr/w:numPr/w:numId")
        if number is None:
            number = self._inherited(paragraph, lambda s: s.list)
        if number is None or number == "0":
            return None
        level = _number(value(paragraph, "w:pPr/w:numPr/w:ilvl"))
        if level is None:
            level = self._inherited(paragraph, lambda s: s.level)
        return number, min(8, level or 0)

    def leaves_out(self, paragraph: etree._Element) -> tuple[bool, bool]:
        """Whether the style of a paragraph hides its text, and whether it strikes it out."""
        hides = self._inherited(paragraph, lambda s: s.hides)
        return bool(hides), bool(self._inherited(paragraph, lambda s: s.strikes))

    def run_leaves_out(
        self, properties: etree._Element, around: tuple[bool, bool]
    ) -> tuple[bool, bool]:
        """The same of a run with these ``w:rPr`` in a paragraph that does so itself or not."""
        hides, strikes = _stated(properties, _HIDES), _stated(properties, _STRIKES)
        if hides is None or strikes is None:
            name = value(properties, "w:rStyle")
            if name is not None and hides is None:
                hides = self._climb(name, lambda s: s.hides)
            if name is not None and strikes is None:
                strikes = self._climb(name, lambda s: s.strikes)
        return (
            around[0] if hides is None else hides,
            around[1] if strikes is None else strikes,
        )

    def _inherited(
        self, paragraph: etree._Element, fact: Callable[[_Style], _T | None]
    ) -> _T | None:
        return self._climb(value(paragraph, "w:pPr/w:pStyle") or self._default, fact)

    def _climb(self, name: str | None, fact: Callable[[_Style], _T | None]) -> _T | None:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if (found := fact(style)) is not None:
                return found
            name = style.parent
        return None


def _stated(properties: etree._Element | None, names: tuple[str, ...]) -> bool | None:
    """Whether one of these properties is on; None where none of them is there."""
    found = [] if properties is None else [p for p in properties if p.tag in names]
    return any(p.get(f"{W}val") not in _OFF for p in found) if found else None


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts."""

    style: str
    pattern: str
    start: int


class Numbering:
    """Counts the items of all lists, in document order."""

    def __init__(self, part: etree._Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, Mapping[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if part is None:
            return
        patterns = {
            a.get(f"{W}abstractNumId", ""): _levels(a) for a in part.iterchildren(f"{W}abstractNum")
        }
        for number in part.iterchildren(f"{W}num"):
            name = number.get(f"{W}numId", "")
            abstract = value(number, "w:abstractNumId") or ""
            levels = dict(patterns.get(abstract, {}))
            for override in number.iterchildren(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"), 0) or 0
                for level in _levels(override).values():
                    levels[at] = level
                start = _number(value(override, "w:startOverride"))
                if start is not None:
                    self._restarts.setdefault(name, {})[at] = start
                    if at in levels:
                        levels[at] = replace(levels[at], start=start)
            self._abstract[name], self._levels[name] = abstract, levels

    def marks(self, number: str, level: int) -> bool:
        """Whether items of this list have a bullet or number at all; unknown lists have."""
        kind = self._levels.get(number, {}).get(level)
        return kind is None or kind.style != "none" or bool(kind.pattern.strip())

    def label(self, number: str, level: int) -> str:
        """Counts one more item; what is printed before it, "" for a bullet."""
        levels = self._levels.get(number, {})
        current = levels.get(level)
        if current is None:
            return ""
        counts = self._counts.setdefault(self._abstract[number], {})
        for at, start in self._restarts.pop(number, {}).items():
            counts[at] = start - 1
        counts[level] = counts.get(level, current.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            wanted = levels.get(at, current)
            return ordinal(counts.get(at, wanted.start), wanted.style)

        if current.style == "bullet":
            return ""
        text = re.sub(r"%(\d)", printed, current.pattern).strip()
        return f"{text} " if text else ""


def _levels(part: etree._Element) -> dict[int, _Level]:
    return {
        _number(level.get(f"{W}ilvl"), 0) or 0: _Level(
            value(level, "w:numFmt") or "decimal",
            value(level, "w:lvlText") or "",
            _number(value(level, "w:start"), 1) or 0,
        )
        for level in part.iterchildren(f"{W}lvl")
    }
