"""Traces what one code of a standard touches: a skill to its tasks, indicators, outputs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from kps_graph.standards.inherited import Holder, Inherited, inherited, tasks
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["Branch", "alike", "known_code", "rows", "trace"]

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
    for unit in inherited(standard):
        if unit.part.code == wanted:
            return _with_above(standard, unit)
        for output in unit.part.outputs:
            if output.code == wanted:
                return _output(standard, unit, output)
        for indicator in unit.indicators():
            if indicator.part.code == wanted:
                return _indicator(standard, unit, indicator)
    raise AssertionError(wanted)  # every code is one of these


def rows(branch: Branch, under: str = "") -> Iterator[tuple[str, str, str, str, Level]]:
    """The tree as rows: the codes above, joined by /; kind, code, text and level of each node."""
    yield under, branch.kind, branch.code, branch.text, branch.level
    path = "/".join(filter(None, (under, branch.code)))
    for child in branch.children:
        yield from rows(child, path)


def known_code(given: str, codes: Iterable[str], owner: str, others: Iterable[str] = ()) -> str:
    """The one of ``codes`` that ``given`` is, in any case and padding: ``s1`` for ``S01``.

    Args:
        given: the code as somebody wrote it.
        codes: those that may be meant.
        owner: the standard that has them.
        others: codes of the standard that may not be meant, such as that of a K where a task is asked for.

    Raises:
        ResourceError: if there is none, with the nearest; or if it is one of the others.
    """
    listed = list(dict.fromkeys(codes))
    wanted = given.strip()
    if (code := _alike(wanted, listed)) is not None:
        return code
    if (other := _alike(wanted, others)) is not None:
        raise ResourceError(
            "{code} of {owner} is not of the kind that is asked for",
            code=other,
            owner=owner,
            hint=_such_as(listed),
        )
    raise ResourceError(
        "{owner} has no {given!r}",
        owner=owner,
        given=given,
        hint=did_you_mean(closest(wanted, listed)) or _such_as(listed),
    )


def alike(wanted: str, paths: Iterable[str]) -> list[str]:
    """Those of ``paths`` (``K1``, ``K1/items/4``) that ``wanted`` is in any case, width and padding."""
    folded = [_folded(part) for part in wanted.split("/")]
    return [path for path in paths if [_folded(part) for part in path.split("/")] == folded]


def _alike(wanted: str, codes: Iterable[str]) -> str | None:
    """The code that ``wanted`` is to the letter, else the first that it is in any case and padding."""
    listed = list(codes)
    if wanted in listed:
        return wanted
    folded = _folded(wanted)
    return next((code for code in listed if _folded(code) == folded), None)


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


def _element(standard: Standard, kind: str, element: Element, reference: str) -> Branch:
    """An element with the units that need it, down to their indicators and outputs."""
    children = [Branch("item", "", i.text) for i in element.items]
    for task in tasks(standard):
        serving = _serving(task, kind, reference)
        if serving is not None:
            children.append(serving)
    return Branch(kind, element.code or "", element.name, None, tuple(children), reference)


def _serving(unit: Inherited[Unit], kind: str, reference: str) -> Branch | None:
    """``unit`` with everything in it that needs the element, or None if nothing does."""
    below = [b for u in unit.units() if (b := _serving(u, kind, reference))]
    indicators = [_p(p, unit) for p in unit.indicators() if reference in p.needs(kind)]
    served = reference in unit.needs(kind)
    if not (served or below or indicators):
        return None
    outputs = [_o(o) for o in unit.part.outputs] if served or indicators else []
    return _t(unit, (*below, *outputs, *indicators))


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


def _with_above(standard: Standard, unit: Inherited[Unit]) -> Branch:
    inside = list(unit.walk())
    parts: list[Holder] = [*inside, *(p for u in inside for p in u.indicators())]
    knowledge, skills = ({r for p in parts for r in p.needs(kind)} for kind in "KS")
    needed = _needed(standard, knowledge, skills)
    return _t(unit, (_part_of(standard, unit.above), *_inside(unit), *needed))


def _inside(unit: Inherited[Unit]) -> list[Branch]:
    return [
        *(_t(u, _inside(u)) for u in unit.units()),
        *(_o(o) for o in unit.part.outputs),
        *(_p(p, unit) for p in unit.indicators()),
    ]


def _indicator(
    standard: Standard, unit: Inherited[Unit], indicator: Inherited[Indicator]
) -> Branch:
    said = indicator.part
    beside = [_o(o) for o in unit.part.outputs]
    return _leaf(standard, unit, indicator, Branch("P", said.code or "", said.text), beside)


def _output(standard: Standard, unit: Inherited[Unit], output: Output) -> Branch:
    return _leaf(standard, unit, unit, _o(output), [_p(p, unit) for p in unit.indicators()])


def _leaf(
    standard: Standard,
    unit: Inherited[Unit],
    has: Holder,
    leaf: Branch,
    beside: Iterable[Branch],
) -> Branch:
    """An output or indicator: the unit with what stands beside it there, and what it needs."""
    above = (_part_of(standard, unit.above),) if unit.above else ()
    needed = _needed(standard, has.knowledge, has.skills)
    return replace(leaf, level=has.level, children=(_t(unit, beside), *above, *needed))


def _part_of(standard: Standard, above: Iterable[Unit]) -> Branch:
    branch = Branch("standard", standard.code or "", standard.name, standard.level)
    for unit in above:
        branch = Branch("T", unit.code or "", unit.name, unit.level, (branch,))
    return branch


def _needed(standard: Standard, knowledge: Iterable[str], skills: Iterable[str]) -> list[Branch]:
    found = []
    for kind, elements, wanted in (
        ("K", standard.knowledge, set(knowledge)),
        ("S", standard.skills, set(skills)),
    ):
        for element, reference in zip(elements, references(elements), strict=True):
            if reference in wanted:
                items = tuple(Branch("item", "", i.text) for i in element.items)
                found.append(Branch(kind, element.code or "", element.name, None, items))
    return found


def _t(unit: Inherited[Unit], children: Iterable[Branch]) -> Branch:
    return Branch("T", unit.part.code or "", unit.part.name, unit.level, tuple(children))


def _o(output: Output) -> Branch:
    return Branch("O", output.code or "", output.name)


def _p(indicator: Inherited[Indicator], unit: Inherited[Unit]) -> Branch:
    """An indicator in its unit: its level stands there only if it is another one."""
    level = None if indicator.level == unit.level else indicator.level
    return Branch("P", indicator.part.code or "", indicator.part.text, level)
