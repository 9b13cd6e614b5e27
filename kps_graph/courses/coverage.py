"""How far a course covers a standard: indicator by indicator, by K, S and A, and module by module.

What a module teaches is worked out once, in :func:`taught_by`, for this and for the check of a course.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kps_graph.courses.resolve import Parts, meant
from kps_graph.courses.values import Course, Reference
from kps_graph.document import Span
from kps_graph.model import Level, Standard, Unit
from kps_graph.standards.inherited import Holder, Inherited, inherited
from kps_graph.words import Bilingual, Sentence

__all__ = [
    "Coverage",
    "ElementCoverage",
    "IndicatorCoverage",
    "ModuleCoverage",
    "Status",
    "Unknown",
    "coverage",
    "taught_by",
]


class Status(StrEnum):
    """How far an indicator is covered."""

    TAUGHT = "taught"
    PREPARED = "prepared"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class IndicatorCoverage:
    """An indicator, or a lowest unit without any, and what teaches it.

    Attributes:
        task, unit: the codes of the task and the unit that it is part of.
        code, text, level: its own.
        needs: the K and S that it needs, its own and inherited, by code.
        missing: those that no module teaches.
        modules: that name it, or a unit that it stands in.
        status: taught if a module names it; prepared if none does, but all that it needs is
            taught; partly if some of that is; else open.
    """

    task: str
    unit: str
    code: str
    text: str
    level: Level
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    modules: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class ElementCoverage:
    """A K, S or A with the units that need it and the modules that teach it."""

    code: str
    text: str
    units: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleCoverage:
    """What one module teaches of a standard.

    Attributes:
        name: of the module.
        units, levels: of the indicators that it teaches.
        indicators: that it names, themselves or by their unit.
        elements: the K, S and A that it teaches.
    """

    name: str
    units: tuple[str, ...]
    levels: tuple[int, ...]
    indicators: tuple[IndicatorCoverage, ...]
    elements: tuple[ElementCoverage, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a module names that the standard does not have, where, and what may have been meant."""

    module: str
    written: str
    span: Span
    hint: Sentence | Bilingual


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a course teaches of a standard, in the order of that, and what it names besides."""

    indicators: tuple[IndicatorCoverage, ...]
    elements: tuple[ElementCoverage, ...]
    modules: tuple[ModuleCoverage, ...]
    unknown: tuple[Unknown, ...]


def taught_by(
    named: Mapping[str, Mapping[str, Reference]], parts: Parts
) -> dict[str, tuple[str, ...]]:
    """The names of the modules that teach each part: P, K, S, A, or a unit as a whole.

    Who names a unit teaches all that is in it, units, P, K and S.

    Args:
        named: by module, the codes that it names.
        parts: of the standard.
    """
    teaching: dict[str, dict[str, None]] = {}
    for module, codes in named.items():
        for code in codes:
            for each in (*parts.inside.get(code, ()), *parts.taught_with(code)):
                teaching.setdefault(each, {})[module] = None
    return {code: tuple(modules) for code, modules in teaching.items()}


def coverage(course: Course, standard: Standard) -> Coverage:
    """What the modules of ``course`` teach of ``standard``."""
    parts = Parts(standard)
    said = meant(course, parts)
    teaching = taught_by(said.named, parts)
    indicators = tuple(each for unit in inherited(standard) for each in _indicators(unit, teaching))
    users: dict[str, dict[str, None]] = {}
    for each in indicators:
        for need in each.needs:
            users.setdefault(need, {})[each.unit] = None
    elements = tuple(
        ElementCoverage(code, p.text, tuple(users.get(code, ())), teaching.get(code, ()))
        for code, p in parts.by_code.items()
        if p.kind != "P"
    )
    return Coverage(
        indicators,
        elements,
        tuple(_module(m.name, indicators, elements) for m in course.modules),
        tuple(
            Unknown(module.name, written, each.span, parts.advice(written))
            for module, each, code in said.links
            if not code
            for written in (each.code or each.text,)
        ),
    )


def _module(
    name: str, indicators: Iterable[IndicatorCoverage], elements: Iterable[ElementCoverage]
) -> ModuleCoverage:
    named = tuple(each for each in indicators if name in each.modules)
    return ModuleCoverage(
        name,
        tuple(dict.fromkeys(each.unit for each in named)),
        tuple(sorted({each.level for each in named if isinstance(each.level, int)})),
        named,
        tuple(each for each in elements if name in each.modules),
    )


def _indicators(
    unit: Inherited[Unit], teaching: Mapping[str, tuple[str, ...]]
) -> Iterator[IndicatorCoverage]:
    """The indicators of a unit, or, of a lowest unit without any, the unit itself."""
    stated = unit.part.code or ""
    task = (unit.above[0] if unit.above else unit.part).code or ""
    parts: list[tuple[str, str, Holder]] = [
        (p.part.code or "", p.part.text, p) for p in unit.indicators()
    ]
    if not parts and not unit.part.units:
        parts = [("", unit.part.name, unit)]
    for code, text, has in parts:
        needs = tuple(sorted({*has.knowledge, *has.skills}, key=lambda c: (c[:1], len(c), c)))
        missing = tuple(c for c in needs if c not in teaching)
        modules = teaching.get(code or stated, ())
        status = _status(modules, needs, missing)
        yield IndicatorCoverage(
            task, stated, code, text, has.level, needs, missing, modules, status
        )


def _status(modules: Sequence[str], needs: Sequence[str], missing: Sequence[str]) -> Status:
    if modules:
        return Status.TAUGHT
    if needs and not missing:
        return Status.PREPARED
    return Status.PARTLY if len(missing) < len(needs) else Status.OPEN
