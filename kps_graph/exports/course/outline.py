"""What other systems are told of a course: its framework of tasks, P, K, S and A, and its modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from kps_graph.courses.check import CourseCheck
from kps_graph.courses.hang_together import prerequisites
from kps_graph.courses.resolve import Parts, meant
from kps_graph.courses.triples import course_iri
from kps_graph.courses.values import Course, Module
from kps_graph.model import Level, Standard
from kps_graph.standards.inherited import inherited
from kps_graph.terms import local_name

__all__ = ["CourseOutline", "Item", "Lesson", "identifier", "outline"]


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the standard that the course is about.

    Attributes:
        code: as the standard has it.
        kind: T, P, K, S or A.
        text: what it says.
        parent: the code of the unit that it stands in; "" for the standard itself.
        level: of a unit or indicator.
        needs: of an indicator, the codes of its K and S.
        iri: of the part.
    """

    code: str
    kind: str
    text: str
    parent: str
    level: Level
    needs: tuple[str, ...]
    iri: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module with what it teaches.

    Attributes:
        module: as it was read.
        number: its place, from 1.
        teaches: the codes of P, K, S and A.
        before: the names of the modules that stand before it.
        iri: of the module.
    """

    module: Module
    number: int
    teaches: tuple[str, ...]
    before: tuple[str, ...]
    iri: str


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """A course as other systems are told of it.

    Attributes:
        course: as it was read.
        title: its name, or that of its file.
        standard: the standard.
        iri: of the course.
        basis: the IRI of the standard.
        items: the chosen tasks with what is in them, then the K, S and A that they take; parents
            first.
        lessons: the modules in order.
    """

    course: Course
    title: str
    standard: Standard
    iri: str
    basis: str
    items: tuple[Item, ...]
    lessons: tuple[Lesson, ...]


def identifier(iri: str) -> str:
    """The UUID of the thing with this IRI; the same every time."""
    return str(uuid5(NAMESPACE_URL, iri))


def outline(check: CourseCheck, standard: Standard, identity: str, base: str) -> CourseOutline:
    """What is told of a course that was held against its standard.

    Args:
        check: the course, and the tasks that were chosen.
        standard: the standard.
        identity: the local name under which the standard is kept.
        base: the namespace of data IRIs.
    """
    course, parts = check.course, Parts(standard)
    root = course_iri(course, base)
    named, before = meant(course, parts).named, prerequisites(course)
    lessons = tuple(
        Lesson(
            module,
            number,
            tuple(dict.fromkeys(c for n in named[module.name] for c in parts.taught_with(n))),
            tuple(before.get(module.name, ())),
            f"{root}/{number}",
        )
        for number, module in enumerate(course.modules, 1)
    )
    title = course.title or course.source.rpartition("/")[2].partition(".")[0]
    taught = {code for lesson in lessons for code in lesson.teaches}
    items = {item.code: item for item in _items(standard, check, taught, f"{base}{identity}")}
    return CourseOutline(
        course, title, standard, root, f"{base}{identity}", tuple(items.values()), lessons
    )


def _items(standard: Standard, check: CourseCheck, taught: set[str], basis: str) -> Iterator[Item]:
    """The units on the way to what is chosen or taught, their P, and the K, S and A."""
    chosen = set(check.tasks)
    wanted: set[str] = set()
    for unit in inherited(standard):
        line = [u.code for u in (*unit.above, unit.part) if u.code]
        inside = {p.code for u in unit.walk() for p in u.part.indicators if p.code}
        if not chosen or chosen & set(line) or inside & taught:
            wanted |= set(line)
    for unit in inherited(standard):
        code = unit.part.code
        if not code or code not in wanted:
            continue
        above = next((u.code for u in reversed(unit.above) if u.code), "") or ""
        yield Item(code, "T", unit.part.name, above, unit.level, (), f"{basis}/{local_name(code)}")
        for p in unit.indicators():
            if p.part.code:
                needs = (*p.knowledge, *p.skills)
                yield Item(
                    p.part.code,
                    "P",
                    p.part.text,
                    code,
                    p.level,
                    needs,
                    f"{basis}/{local_name(p.part.code)}",
                )
    for covered in check.covered:
        part = covered.part
        if part.kind in "KSA" and (covered.chosen or part.code in taught):
            yield Item(
                part.code, part.kind, part.text, "", None, (), f"{basis}/{local_name(part.code)}"
            )
