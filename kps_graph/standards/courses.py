"""What a list of courses teaches of a standard: the indicators, knowledge, skills and attitudes.

A course names what it teaches by codes: of K, S, A, of indicators, or of a whole unit, which stands
for the indicators in it and for all that they need.

This is asked of a plain list of courses, whatever else is known of them: how far each *indicator* is
prepared by what the courses teach together. What a designer is told of one course, its modules,
levels, hours and assessments included, is :mod:`kps_graph.courses.check`, which stands above and
counts each P, K, S and A by module; both take what a code stands for from ``standards.inherited``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kps_graph.errors import ResourceError
from kps_graph.folding import fold
from kps_graph.model import Attitude, Element, Level, Standard, Unit, references
from kps_graph.standards.inherited import Holder, Inherited, inherited
from kps_graph.standards.trace import known_code
from kps_graph.words import Bilingual, Sentence

__all__ = [
    "Course",
    "Coverage",
    "Covered",
    "Module",
    "Status",
    "Taught",
    "Unknown",
    "coverage",
    "element_text",
    "modules",
]


class Status(StrEnum):
    """How far an indicator is covered."""

    TAUGHT = "taught"
    PREPARED = "prepared"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Course:
    """A course with what it says it teaches.

    Attributes:
        name: of the course.
        codes: each code, or the text in the place of one, with the line where it stands.
    """

    name: str
    codes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Covered:
    """An indicator, or a unit without any, and what teaches it.

    Attributes:
        task, unit: the codes of the task and the unit that it is part of.
        code, text, level: its own.
        needs: the K and S that it needs, its own and inherited, by code.
        missing: those that no course teaches.
        courses: that name it, or its unit.
        status: taught if a course names it; prepared if none does, but all that it needs is
            taught; partly if some of that is; else open.
    """

    task: str
    unit: str
    code: str
    text: str
    level: Level
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    courses: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Taught:
    """A K, S or A with the units that need it and the courses that teach it."""

    code: str
    text: str
    units: tuple[str, ...]
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code in the list that the standard does not have, and what may have been meant."""

    course: Course
    code: str
    hint: Sentence | Bilingual

    @property
    def line(self) -> int:
        """Where the code stands in the list."""
        return self.course.codes[self.code]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What courses teach of a standard, in its order, and which of their codes it lacks."""

    indicators: tuple[Covered, ...]
    elements: tuple[Taught, ...]
    unknown: tuple[Unknown, ...]


def coverage(standard: Standard, courses: Iterable[Course]) -> Coverage:
    """What ``courses`` teach of ``standard``."""
    units = list(inherited(standard))
    kinds: tuple[Sequence[Element | Attitude], ...] = (
        standard.knowledge,
        standard.skills,
        standard.attitudes,
    )
    elements = {
        reference: element_text(element)
        for listed in kinds
        for element, reference in zip(listed, references(listed), strict=True)
    }
    parts = {
        code: unit
        for unit in units
        for code in (
            unit.part.code,
            *(p.code for p in unit.part.indicators),
            *(o.code for o in unit.part.outputs),
        )
        if code
    }
    every = [*elements, *parts]
    worded = {fold(text): code for code, text in elements.items()}
    teaching: dict[str, dict[str, None]] = {}
    unknown: list[Unknown] = []
    for course in courses:
        for given in course.codes:
            try:
                code = worded.get(fold(given)) or known_code(
                    given, every, standard.code or standard.name
                )
            except ResourceError as error:
                unknown.append(Unknown(course, given, error.advice or Sentence("")))
                continue
            named = [code] if code in elements else _stands_for(code, parts[code])
            for each in named:
                teaching.setdefault(each, {})[course.name] = None
    users: dict[str, dict[str, None]] = {}
    covered = []
    for unit in units:
        for one in _indicators(unit, teaching):
            covered.append(one)
            for need in one.needs:
                users.setdefault(need, {})[one.unit] = None
    return Coverage(
        tuple(covered),
        tuple(
            Taught(code, name, tuple(users.get(code, ())), tuple(teaching.get(code, ())))
            for code, name in elements.items()
        ),
        tuple(unknown),
    )


@dataclass(frozen=True, slots=True)
class Module:
    """What one course teaches of a standard.

    Attributes:
        course: its name.
        units, levels: of the indicators that it teaches.
        indicators: that it names, itself or by their unit.
        elements: the K, S and A that it teaches.
    """

    course: str
    units: tuple[str, ...]
    levels: tuple[int, ...]
    indicators: tuple[Covered, ...]
    elements: tuple[Taught, ...]


def modules(coverage: Coverage, courses: Iterable[Course]) -> tuple[Module, ...]:
    """What each of ``courses`` teaches, in their order."""
    listed = []
    for course in courses:
        named = tuple(c for c in coverage.indicators if course.name in c.courses)
        listed.append(
            Module(
                course.name,
                tuple(dict.fromkeys(c.unit for c in named)),
                tuple(sorted({c.level for c in named if isinstance(c.level, int)})),
                named,
                tuple(t for t in coverage.elements if course.name in t.courses),
            )
        )
    return tuple(listed)


def element_text(element: Element | Attitude) -> str:
    """The text of a K, S or A with its items: a heading alone says nothing to teach."""
    items = element.items if isinstance(element, Element) else ()
    if not items:
        return element.name
    return f"{element.name.rstrip('：: ')}：{'；'.join(item.text for item in items)}"


def _stands_for(code: str, unit: Inherited[Unit]) -> list[str]:
    """What is taught by who teaches a part: an indicator itself; of a unit all that is in it."""
    if code != unit.part.code:
        return [code]
    found = [code]
    for inner in unit.walk():
        holders: tuple[Holder, ...] = (inner, *inner.indicators())
        for holder in holders:
            found += filter(None, (holder.part.code, *holder.knowledge, *holder.skills))
    return found


def _indicators(
    unit: Inherited[Unit], teaching: Mapping[str, Mapping[str, None]]
) -> Iterator[Covered]:
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
        courses = tuple(teaching.get(code or stated, ()))
        status = _status(courses, needs, missing)
        yield Covered(task, stated, code, text, has.level, needs, missing, courses, status)


def _status(courses: Sequence[str], needs: Sequence[str], missing: Sequence[str]) -> Status:
    if courses:
        return Status.TAUGHT
    if needs and not missing:
        return Status.PREPARED
    return Status.PARTLY if len(missing) < len(needs) else Status.OPEN
