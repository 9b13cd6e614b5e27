"""A competency standard as values.

The names follow the English of the ontology; the official Chinese terms are in each docstring.
Values are frozen, hold tuples only, and compare by content: a :class:`Span` says where something
was read and takes no part in equality. ``places`` says the same of single values that stand in a
cell of their own (``level``, ``description``, ``date``, …), blank ones included.

Codes (``T1.1``, ``K01``) are positions in one document and never identify anything across
standards. ``code`` is the spelling that other parts of the same standard refer to;
``raw_code`` keeps what was printed, where that differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from kps_graph.document import Places, Span

__all__ = [
    "Attitude",
    "ClassCode",
    "Classification",
    "Element",
    "Indicator",
    "Item",
    "Level",
    "Note",
    "Output",
    "Standard",
    "Unit",
    "Version",
    "in_order",
    "place_of",
    "references",
]

#: A competency level (職能級別): an integer, which is only right from 1 to 6, or the raw text
#: where the document has something that is no integer; None where it has nothing.
Level: TypeAlias = "int | str | None"

NOWHERE = Span()


def _span() -> Span:
    return NOWHERE


@dataclass(frozen=True, slots=True)
class Item:
    """A sub-item of a K or S, or of a note (細項)."""

    text: str
    span: Span = field(default_factory=_span, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of knowledge (K 知識) or a skill (S 技能) of one standard, with its sub-items.

    Attributes:
        code: ``K1``, ``S07``; None where the document gives none.
        name: its text without code and items.
        items: sub-items in order.
        raw_code: the code as printed, where it differs from ``code``.
    """

    code: str | None
    name: str
    items: tuple[Item, ...] = ()
    raw_code: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Attitude:
    """An attitude (A 態度); belongs to the standard as a whole."""

    code: str | None
    name: str
    definition: str | None = None
    raw_code: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Output:
    """A work output (O 工作產出)."""

    code: str | None
    name: str
    raw_code: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A behavioural indicator (P 行為指標).

    ``level``, ``knowledge`` and ``skills`` are set only where the document attaches them to this
    indicator rather than to its unit.
    """

    code: str | None
    text: str
    level: Level = None
    knowledge: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    raw_code: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)
    places: Places = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work: a task or duty (T1), an activity or task (T1.1), or a third layer.

    Attributes:
        code: ``T1``, ``T1.1``, ``T1.1.1``.
        name: its text without the code.
        level: where the document attaches the level to this unit.
        knowledge: codes of the K that the document attaches to this unit. A code that stands
            twice in the standard is referred to as ``K03~2`` for its second occurrence, the n-th
            element without a code as ``#n``.
        skills: codes of the S attached to this unit.
        outputs: its O, in order.
        indicators: its P, in order.
        units: the units below it, in order.
    """

    code: str | None
    name: str
    level: Level = None
    knowledge: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    units: tuple[Unit, ...] = ()
    raw_code: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)
    places: Places = field(default=(), compare=False, repr=False)

    def walk(self) -> Iterator[Unit]:
        """This unit and all below it, in document order."""
        yield self
        for unit in self.units:
            yield from unit.walk()


@dataclass(frozen=True, slots=True)
class Version:
    """A row of the version table (版本)."""

    version: str
    code: str
    name: str
    status: str
    update_note: str
    date: str
    replaced_by: str | None = None
    span: Span = field(default_factory=_span, compare=False, repr=False)
    places: Places = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ClassCode:
    """A classification as the document states it: a code and a name (所屬類別)."""

    code: str
    name: str
    span: Span = field(default_factory=_span, compare=False, repr=False)
    places: Places = field(default=(), compare=False, repr=False)

    @property
    def path(self) -> tuple[str, ...]:
        """The name's parts from the widest to the narrowest: split at ``/`` and ``／`` only."""
        return tuple(p.strip() for p in self.name.replace("／", "/").split("/"))


@dataclass(frozen=True, slots=True)
class Classification:
    """The classes a standard states: 職類別, 職業別, 行業別, several of each being possible."""

    job_category: tuple[ClassCode, ...] = ()
    occupation: tuple[ClassCode, ...] = ()
    industry: tuple[ClassCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note (說明與補充事項) with the list below it."""

    text: str
    items: tuple[Item, ...] = ()
    span: Span = field(default_factory=_span, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a competency standard (職能基準).

    Attributes:
        code: 職能基準代碼, e.g. ``KPS1420-001v2``; None where the document has none. Never minted.
        name: 職能基準名稱.
        name_kind: ``職業`` or ``職類``, by which of the two boxes is filled; None if unknown.
        layout: the headings of the unit columns joined by ``/``, e.g. ``工作任務/工作活動``.
        description: 工作描述.
        level: 基準級別.
        tasks: the first-level units.
        column_widths: how wide the columns of the body are, in percent: those of the units, then O,
            P, level, K and S; empty where the document does not say. Where something stands, and
            how wide, is no part of what a standard says.
    """

    code: str | None
    name: str
    name_kind: str | None = None
    layout: str = ""
    description: str | None = None
    level: Level = None
    versions: tuple[Version, ...] = ()
    classification: Classification = Classification()
    tasks: tuple[Unit, ...] = ()
    knowledge: tuple[Element, ...] = ()
    skills: tuple[Element, ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span = field(default_factory=_span, compare=False, repr=False)
    places: Places = field(default=(), compare=False, repr=False)
    column_widths: tuple[float, ...] = field(default=(), compare=False, repr=False)

    def units(self) -> Iterator[Unit]:
        """Every unit of every layer, in document order."""
        for task in self.tasks:
            yield from task.walk()


def place_of(holder: Standard | Unit | Indicator | Version | ClassCode, value: str) -> Span:
    """Where the value called ``value`` of ``holder`` stands; if that is not known, ``holder``."""
    return dict(holder.places).get(value, holder.span)


def references(elements: Sequence[Element | Attitude]) -> list[str]:
    """How units refer to each of ``elements``: by its code, ``CODE~n`` or ``#n``; never alike."""
    seen: dict[str | None, int] = {}
    taken: set[str] = set()
    made = []
    for element in elements:
        count = seen[element.code] = seen.get(element.code, 0) + 1
        if element.code is not None and count == 1:
            made.append(element.code)
            continue
        # a document may use such a spelling as a code of its own
        taken = taken or {e.code for e in elements if e.code is not None}
        stem = "#" if element.code is None else f"{element.code}~"
        while f"{stem}{count}" in taken:
            count += 1
        taken.add(f"{stem}{count}")
        made.append(f"{stem}{count}")
    return made


def element_text(element: Element | Attitude) -> str:
    """The text of a K, S or A with its items: a heading alone says nothing to teach."""
    items = element.items if isinstance(element, Element) else ()
    if not items:
        return element.name
    return f"{element.name.rstrip('：: ')}：{'；'.join(item.text for item in items)}"


def in_order(standard: Standard) -> Standard:
    """``standard`` with the references of every unit in the order of the elements, each once.

    What a unit needs is a set; giving it one order makes equal standards equal values.
    """
    rank = {
        kind: {r: i for i, r in enumerate(references(elements))}
        for kind, elements in (("K", standard.knowledge), ("S", standard.skills))
    }

    def codes(kind: str, stated: tuple[str, ...]) -> tuple[str, ...]:
        known, last = rank[kind], len(rank[kind])
        if len(stated) < 2:
            return stated
        return tuple(sorted(dict.fromkeys(stated), key=lambda c: (known.get(c, last), c)))

    def ordered(holder: Unit) -> Unit:
        knowledge, skills = codes("K", holder.knowledge), codes("S", holder.skills)
        indicators = tuple(
            p
            if not (p.knowledge or p.skills)
            else replace(p, knowledge=codes("K", p.knowledge), skills=codes("S", p.skills))
            for p in holder.indicators
        )
        units = tuple(ordered(u) for u in holder.units)
        new = (knowledge, skills, indicators, units)
        if new == (holder.knowledge, holder.skills, holder.indicators, holder.units):
            return holder
        return replace(
            holder, knowledge=knowledge, skills=skills, indicators=indicators, units=units
        )

    tasks = tuple(ordered(t) for t in standard.tasks)
    return standard if tasks == standard.tasks else replace(standard, tasks=tasks)
