"""Traces what one code of a standard touches: a skill to its tasks, indicators, outputs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kps_graph.errors import ResourceError
from kps_graph.model import (
    Attitude,
    Element,
    Indicator,
    Level,
    Output,
    Standard,
    Unit,
    references,
)
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["Branch", "Seen", "inherited", "known_code", "rows", "trace"]

_CODE: Final = re.compile(r"([A-Za-z]+)[\s.]*(\d+(?:\.\d+)*)\.?")


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the tree that a trace is.

    Attributes:
        kind: T, O, P, K, S, A, ``item``, ``standard``, or ``group`` for a heading.
        code: as it stands in the standard; "" if none.
        text: what it says.
        level: of a unit or indicator, its own or inherited.
        children: in order.
        reference: of a K or S, how units refer to it: its code, ``K03~2`` or ``#1``.
    """

    kind: str
    code: str
    text: str
    level: Level = None
    children: tuple[Branch, ...] = ()
    reference: str = ""

    def as_data(self) -> dict[str, Any]:
        """The tree as JSON data."""
        data: dict[str, Any] = {"kind": self.kind, "code": self.code, "text": self.text}
        if self.level is not None:
            data["level"] = self.level
        if self.children:
            data["children"] = [c.as_data() for c in self.children]
        return data


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit with the units above it, and the level, K and S that it has and inherits."""

    unit: Unit
    above: tuple[Unit, ...]
    level: Level
    knowledge: frozenset[str]
    skills: frozenset[str]


def trace(standard: Standard, code: str) -> Branch:
    """The tree from ``code`` (T1, T1.1, O1.1.1, P1.1.1, K1, S1, A01) to everything it touches.

    Raises:
        ResourceError: if the standard has no such code.
    """
    wanted = known_code(code, _codes(standard), standard.code or standard.name)
    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element, reference in zip(elements, references(elements), strict=True):
            if wanted in (reference, element.code):
                return _element(standard, kind, element, reference)
    for attitude in standard.attitudes:
        if attitude.code == wanted:
            return _attitude(standard, attitude)
    for seen in inherited(standard):
        if seen.unit.code == wanted:
            return _with_above(standard, seen)
        leaves: tuple[Output | Indicator, ...] = (*seen.unit.outputs, *seen.unit.indicators)
        for leaf in leaves:
            if leaf.code == wanted:
                return _leaf(standard, seen, leaf)
    raise AssertionError(wanted)  # every code is one of these


def rows(branch: Branch, under: str = "") -> Iterator[tuple[str, str, str, str, Level]]:
    """The tree as rows: the codes above, joined by /; kind, code, text and level of each node."""
    yield under, branch.kind, branch.code, branch.text, branch.level
    path = "/".join(filter(None, (under, branch.code)))
    for child in branch.children:
        yield from rows(child, path)


def known_code(given: str, codes: Iterable[str], owner: str) -> str:
    """The one of ``codes`` that ``given`` is, in any case and padding: ``s1`` for ``S01``.

    Raises:
        ResourceError: if there is none, with the nearest.
    """
    listed = list(dict.fromkeys(codes))
    wanted = given.strip()
    if wanted in listed:
        return wanted
    alike = [code for code in listed if _folded(code) == _folded(wanted)]
    if alike:
        return alike[0]
    raise ResourceError(
        "{owner} has no {given!r}",
        owner=owner,
        given=given,
        hint=did_you_mean(closest(wanted, listed)) or _such_as(listed),
    )


def _such_as(codes: Sequence[str]) -> Sentence | None:
    if not codes:
        return None
    return Sentence(
        "it has codes such as {codes}; kps-graph query task-tree lists its units",
        codes=tuple(codes[:3]),
    )


def _folded(code: str) -> tuple[str, ...]:
    match = _CODE.fullmatch(unicodedata.normalize("NFKC", code))
    if not match:
        return (code.casefold(),)
    return (match[1].upper(), *(number.lstrip("0") for number in match[2].split(".")))


def _codes(standard: Standard) -> Iterator[str]:
    for unit in standard.units():
        every = (unit.code, *(o.code for o in unit.outputs), *(p.code for p in unit.indicators))
        yield from filter(None, every)
    for elements in (standard.knowledge, standard.skills):
        for element, reference in zip(elements, references(elements), strict=True):
            yield element.code or reference
            yield reference
    yield from (a.code for a in standard.attitudes if a.code)


def inherited(standard: Standard) -> Iterator[Seen]:
    """Every unit in order, with the level, K and S that it has and inherits."""

    def walk(
        unit: Unit, above: tuple[Unit, ...], level: Level, k: frozenset[str], s: frozenset[str]
    ) -> Iterator[Seen]:
        level = unit.level if unit.level is not None else level
        k, s = k | set(unit.knowledge), s | set(unit.skills)
        yield Seen(unit, above, level, k, s)
        for child in unit.units:
            yield from walk(child, (*above, unit), level, k, s)

    for task in standard.tasks:
        yield from walk(task, (), None, frozenset(), frozenset())


def _element(standard: Standard, kind: str, element: Element, reference: str) -> Branch:
    """An element with the units that need it, down to their indicators and outputs."""
    children = [Branch("item", "", i.text) for i in element.items]
    for task in standard.tasks:
        found = _serving(task, kind, reference, None, False)
        if found is not None:
            children.append(found)
    return Branch(kind, element.code or "", element.name, None, tuple(children), reference)


def _serving(unit: Unit, kind: str, reference: str, level: Level, served: bool) -> Branch | None:
    """``unit`` with everything in it that needs the element, or None if nothing does."""
    level = unit.level if unit.level is not None else level
    served = served or reference in (unit.knowledge if kind == "K" else unit.skills)
    below = [b for u in unit.units if (b := _serving(u, kind, reference, level, served))]
    indicators = [
        _p(p, level)
        for p in unit.indicators
        if served or reference in (p.knowledge if kind == "K" else p.skills)
    ]
    if not (served or below or indicators):
        return None
    outputs = [_o(o) for o in unit.outputs] if served or indicators else []
    return Branch("T", unit.code or "", unit.name, level, (*below, *outputs, *indicators))


def _attitude(standard: Standard, attitude: Attitude) -> Branch:
    whole = Branch(
        "standard",
        standard.code or "",
        standard.name,
        standard.level,
        tuple(Branch("T", t.code or "", t.name, t.level) for t in standard.tasks),
    )
    text = attitude.name + (f"：{attitude.definition}" if attitude.definition else "")
    return Branch("A", attitude.code or "", text, None, (whole,))


def _with_above(standard: Standard, seen: Seen) -> Branch:
    unit = seen.unit
    children = [_part_of(standard, seen.above)]
    children += _inside(unit, seen.level)
    children += _needed(
        standard, seen.knowledge | _below(unit, "K"), seen.skills | _below(unit, "S")
    )
    return Branch("T", unit.code or "", unit.name, seen.level, tuple(children))


def _inside(unit: Unit, level: Level) -> list[Branch]:
    inner = []
    for child in unit.units:
        own = child.level if child.level is not None else level
        inner.append(Branch("T", child.code or "", child.name, own, tuple(_inside(child, own))))
    return [*inner, *(_o(o) for o in unit.outputs), *(_p(p, level) for p in unit.indicators)]


def _below(unit: Unit, kind: str) -> set[str]:
    found: set[str] = set()
    for u in unit.walk():
        found.update(u.knowledge if kind == "K" else u.skills)
        for p in u.indicators:
            found.update(p.knowledge if kind == "K" else p.skills)
    return found


def _leaf(standard: Standard, seen: Seen, leaf: Output | Indicator) -> Branch:
    unit = seen.unit
    knowledge, skills, level = set(seen.knowledge), set(seen.skills), seen.level
    if isinstance(leaf, Indicator):
        knowledge |= set(leaf.knowledge)
        skills |= set(leaf.skills)
        level = leaf.level if leaf.level is not None else level
        own, others = _p(leaf, level), [_o(o) for o in unit.outputs]
    else:
        own, others = _o(leaf), [_p(p, level) for p in unit.indicators]
    siblings = Branch("T", unit.code or "", unit.name, seen.level, tuple(others))
    above = (_part_of(standard, seen.above),) if seen.above else ()
    return Branch(
        own.kind,
        own.code,
        own.text,
        level,
        (siblings, *above, *_needed(standard, knowledge, skills)),
    )


def _part_of(standard: Standard, above: Iterable[Unit]) -> Branch:
    branch = Branch("standard", standard.code or "", standard.name, standard.level)
    for unit in above:
        branch = Branch("T", unit.code or "", unit.name, unit.level, (branch,))
    return branch


def _needed(standard: Standard, knowledge: Iterable[str], skills: Iterable[str]) -> list[Branch]:
    found = []
    for kind, elements, codes in (
        ("K", standard.knowledge, set(knowledge)),
        ("S", standard.skills, set(skills)),
    ):
        for element, reference in zip(elements, references(elements), strict=True):
            if reference in codes:
                items = tuple(Branch("item", "", i.text) for i in element.items)
                found.append(Branch(kind, element.code or "", element.name, None, items))
    return found


def _o(output: Output) -> Branch:
    return Branch("O", output.code or "", output.name)


def _p(indicator: Indicator, level: Level) -> Branch:
    own = indicator.level if indicator.level is not None and indicator.level != level else None
    return Branch("P", indicator.code or "", indicator.text, own)
