"""List numbering, hidden and struck-out text: what an ODT paragraph's styles add to its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from kps_graph.readers.numbering import ordinal

__all__ = ["Item", "Lists", "Styles"]

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LOEXT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
#: Lengths, and their units in points; a star is a part of the whole.
_LENGTH: Final = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px|\*)")
_POINTS: Final = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75, "*": 1.0}
_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list style counts."""

    style: str
    prefix: str
    suffix: str
    shown: int
    start: int
    pattern: str | None


class Styles:
    """The styles of a document, as far as they change what is read."""

    def __init__(self, *parts: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._hidden: set[str] = set()
        self._strikes: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self._widths: dict[str, float] = {}
        self._undisplayed: set[str] = set()
        self._lists: dict[str, str] = {}
        for part in parts:
            if part is None:
                continue
            for style in part.iter(f"{_TEXT}list-style"):
                for level in style.iterchildren(f"{_TEXT}list-level-style-number"):
                    key = style.get(f"{_STYLE}name", ""), _number(level, f"{_TEXT}level")
                    self._levels.setdefault(key, _level(level))
            for properties in part.iter(f"{_STYLE}text-properties"):
                holder = properties.getparent()
                if holder is None:
                    continue
                name = holder.get(f"{_STYLE}name", "")
                if properties.get(f"{_TEXT}display") == "none":
                    self._hidden.add(name)
                line = properties.get(f"{_STYLE}text-line-through-style") or properties.get(
                    f"{_STYLE}text-line-through-type"
                )
                if line is not None:
                    self._strikes[name] = line != "none"
            for columns in part.iter(f"{_STYLE}table-column-properties"):
                stated = columns.get(f"{_STYLE}column-width") or columns.get(
                    f"{_STYLE}rel-column-width"
                )
                holder, length = columns.getparent(), _LENGTH.fullmatch(stated or "")
                if holder is not None and length is not None:
                    width = float(length[1]) * _POINTS[length[2]]
                    self._widths[holder.get(f"{_STYLE}name", "")] = width
            for sheet in part.iter(f"{_STYLE}table-properties"):
                if (
                    sheet.get(f"{_TABLE}display") == "false"
                    and (of := sheet.getparent()) is not None
                ):
                    self._undisplayed.add(of.get(f"{_STYLE}name", ""))
            for style in part.iter(f"{_STYLE}style"):
                if above := style.get(f"{_STYLE}parent-style-name"):
                    self._parents.setdefault(style.get(f"{_STYLE}name", ""), above)
                if listed := style.get(f"{_STYLE}list-style-name"):
                    self._lists.setdefault(style.get(f"{_STYLE}name", ""), listed)

    def level(self, style: str, depth: int) -> _Level | None:
        """How items at 0-based ``depth`` are numbered, None for bullets and no number."""
        return self._levels.get((style, depth + 1))

    def hides(self, style: str | None) -> bool:
        """Whether text in this style is hidden."""
        return style in self._hidden

    def undisplayed(self, style: str | None) -> bool:
        """Whether a sheet in this style is not shown."""
        return style in self._undisplayed

    def width(self, style: str | None) -> float:
        """How wide a table column in this style is, in points or to the others; 0 if not stated."""
        return self._widths.get(style or "", 0.0)

    def strikes(self, style: str | None, around: bool) -> bool:
        """Whether text in this style is struck out; as the text ``around`` it if it does not say."""
        if not self._strikes:
            return False
        return next((self._strikes[s] for s in self._line(style) if s in self._strikes), around)

    def list_style(self, style: str | None) -> str:
        """The list style that paragraphs in this style have in a list that does not say."""
        return next((self._lists[s] for s in self._line(style) if s in self._lists), "")

    def _line(self, style: str | None) -> Iterator[str]:
        """A style and those that it inherits from."""
        seen = set()
        while style is not None and style not in seen:
            yield style
            seen.add(style)
            style = self._parents.get(style)


@dataclass(slots=True)
class Item:
    """The list item that is being read: its printed number, and the first block in it."""

    label: str
    start: int


@dataclass(slots=True)
class _List:
    style: str
    counts: dict[int, int]
    item: Item | None = None


@dataclass(slots=True)
class Lists:
    """The lists around the place being read, and how far every list has counted."""

    styles: Styles
    _open: list[_List] = field(default_factory=list)
    _by_id: dict[str, dict[int, int]] = field(default_factory=dict)
    _by_style: dict[str, dict[int, int]] = field(default_factory=dict)
    _by_paragraph: dict[str, dict[int, int]] = field(default_factory=dict)

    @property
    def depth(self) -> int | None:
        """0-based depth of the innermost list, None outside lists."""
        return len(self._open) - 1 if self._open else None

    @property
    def item(self) -> Item | None:
        """The innermost item."""
        return self._open[-1].item if self._open else None

    def enter(self, element: etree._Element, start: int) -> None:
        """Goes into a ``text:list``, or a ``text:numbered-paragraph``, a list of its own."""
        outer = self._open[-1] if self._open else None
        style = element.get(f"{_TEXT}style-name") or (outer.style if outer else "")
        if not style:
            first = next(element.iter(f"{_TEXT}p", f"{_TEXT}h"), element)
            style = self.styles.list_style(first.get(f"{_TEXT}style-name"))
        if element.tag == f"{_TEXT}numbered-paragraph":
            among = element.get(f"{_TEXT}list-id") or style
            self._open.append(_List(style, self._by_paragraph.setdefault(among, {})))
            self._next(element, _number(element, f"{_TEXT}level") - 1, start)
            return
        counts: dict[int, int] = {}
        if outer is not None and outer.style == style:
            counts = outer.counts
            counts.pop(len(self._open), None)
        elif earlier := self._by_id.get(element.get(f"{_TEXT}continue-list", "")):
            counts = earlier
        elif element.get(f"{_TEXT}continue-numbering") == "true":
            counts = self._by_style.get(style, {})
        self._by_style[style] = counts
        self._by_id[element.get(_ID, "")] = counts
        self._by_id.pop("", None)
        self._open.append(_List(style, counts))

    def leave(self) -> None:
        """Goes out of a ``text:list``."""
        self._open.pop()

    def next(self, element: etree._Element, start: int) -> None:
        """Goes to the next item; its first block will be number ``start``."""
        if self._open:
            self._next(element, len(self._open) - 1, start)

    def _next(self, element: etree._Element, depth: int, start: int) -> None:
        current = self._open[-1]
        level = self.styles.level(current.style, depth)
        label = ""
        if level is not None and element.tag != f"{_TEXT}list-header":
            count = current.counts.get(depth, level.start - 1) + 1
            current.counts[depth] = _number(element, f"{_TEXT}start-value", count)
            label = self._label(current, level, depth)
        if not label and (printed := (element.findtext(f"{_TEXT}number") or "").strip()):
            label = f"{printed} "  # what the word processor counted
        current.item = Item(label, start)

    def _label(self, current: _List, level: _Level, depth: int) -> str:
        def number(at: int) -> str:
            wanted = self.styles.level(current.style, at) or level
            return ordinal(current.counts.get(at, wanted.start), wanted.style)

        if level.pattern is not None:
            text = re.sub(r"%(\d+)%", lambda m: number(int(m[1]) - 1), level.pattern)
        elif not level.style:
            text = level.prefix + level.suffix
        else:
            shown = range(max(0, depth + 1 - level.shown), depth + 1)
            text = level.prefix + ".".join(map(number, shown)) + level.suffix
        text = text.strip()
        return f"{text} " if text else ""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Steps out of all lists, for a cell or a text box, and back."""
        outside, self._open = self._open, []
        try:
            yield
        finally:
            self._open = outside


def _level(element: etree._Element) -> _Level:
    return _Level(
        element.get(f"{_STYLE}num-format", ""),
        element.get(f"{_STYLE}num-prefix", ""),
        element.get(f"{_STYLE}num-suffix", ""),
        _number(element, f"{_TEXT}display-levels"),
        _number(element, f"{_TEXT}start-value"),
        element.get(f"{_LOEXT}num-list-format") or element.get(f"{_STYLE}num-list-format"),
    )


def _number(element: etree._Element, name: str, default: int = 1) -> int:
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default
