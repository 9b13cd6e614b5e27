"""A course as triples: its modules, and the very parts of the standard that each teaches and assesses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kps_graph.courses.boxes import parts as listed
from kps_graph.courses.check import CourseCheck, is_assessed
from kps_graph.courses.hang_together import prerequisites
from kps_graph.courses.resolve import Parts, meant
from kps_graph.courses.values import Course, Module
from kps_graph.model import Indicator, Standard, Unit, references
from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.standards.names import names
from kps_graph.terms import LANG, dcterms, kps, local_name, rdf, xsd

__all__ = ["course_iri", "triples"]

_TEXT = f"@{LANG}"


def course_iri(course: Course, base: str) -> str:
    """The IRI of a course, which is also that of its graph: of its title, else of its file."""
    name = course.title or course.source.rpartition("/")[2].partition(".")[0]
    return f"{base}course/{local_name(' '.join(name.split()) or 'course')}"


def triples(check: CourseCheck, standard: Standard, identity: str, base: str) -> list[Triple]:
    """The triples of a course that was held against its standard.

    Args:
        check: the course, and the tasks that were chosen.
        standard: the standard.
        identity: the local name under which the standard is kept.
        base: the namespace of data IRIs.
    """
    return list(_triples(check, standard, identity, base))


def _triples(check: CourseCheck, standard: Standard, identity: str, base: str) -> Iterator[Triple]:
    course, nodes = check.course, _nodes(standard, identity, base)
    root = course_iri(course, base)
    subject = iri(root)
    yield subject, iri(rdf.type), iri(kps.Course)
    title = course.title or course.source.rpartition("/")[2].partition(".")[0]
    yield subject, iri(dcterms.title), literal(title, _TEXT)
    yield subject, iri(kps.basedOn), iri(f"{base}{identity}")
    for task in check.tasks:
        yield subject, iri(kps.forUnit), iri(nodes[task])
    if course.hours:
        yield subject, iri(kps.hours), _decimal(course.hours[0])
    if course.level:
        yield subject, iri(kps.courseLevel), _integer(course.level[0])
    parts = Parts(standard)
    named = meant(course, parts).named
    by_name = {m.name: f"{root}/{n}" for n, m in enumerate(course.modules, 1)}
    before = prerequisites(course)
    for number, module in enumerate(course.modules, 1):
        node = by_name[module.name]
        yield subject, iri(kps.hasModule), iri(node)
        taught = dict.fromkeys(
            nodes[code]
            for each in named[module.name]
            for code in parts.taught_with(each)
            if code in nodes
        )
        yield from _module(module, number, node, list(taught))
        for name in before.get(module.name, ()):
            yield iri(node), iri(kps.buildsOn), iri(by_name[name])


def _module(module: Module, number: int, node: str, taught: list[str]) -> Iterator[Triple]:
    subject = iri(node)
    yield subject, iri(rdf.type), iri(kps.Module)
    yield subject, iri(dcterms.title), literal(module.name, _TEXT)
    yield subject, iri(kps.moduleNumber), _integer(number)
    if module.hours is not None:
        yield subject, iri(kps.hours), _decimal(module.hours)
    if module.level is not None:
        yield subject, iri(kps.courseLevel), _integer(module.level)
    if goal := module.text("goal"):
        yield subject, iri(kps.aim), literal(goal)
    for method in dict.fromkeys(listed(module.text("methods"))):
        yield subject, iri(kps.teachingMethod), literal(method)
    for part in taught:
        yield subject, iri(kps.teaches), iri(part)
    if is_assessed(module):
        assessment = iri(f"{node}/assessment")
        yield subject, iri(kps.hasAssessment), assessment
        yield assessment, iri(rdf.type), iri(kps.Assessment)
        for field, term in (("assessments", kps.assessmentMethod), ("tools", kps.assessmentTool)):
            for each in dict.fromkeys(listed(module.text(field))):
                yield assessment, iri(term), literal(each)
        for part in taught:
            yield assessment, iri(kps.assesses), iri(part)


def _nodes(standard: Standard, identity: str, base: str) -> Mapping[str, str]:
    """The IRIs of the units, indicators, K, S and A of a standard by code."""
    named = names(standard, identity, base)
    nodes: dict[str, str] = {reference: node for (_, reference), node in named.references.items()}
    for attitude, code in zip(standard.attitudes, references(standard.attitudes), strict=True):
        nodes[code] = named.nodes[id(attitude)]
    for unit in standard.units():
        held: tuple[Unit | Indicator, ...] = (unit, *unit.indicators)
        for part in held:
            if part.code:
                nodes.setdefault(part.code, named.nodes[id(part)])
    return nodes


def _integer(number: int) -> str:
    return literal(str(number), f"^^<{xsd.integer}>")


def _decimal(number: float) -> str:
    text = f"{number:.4f}".rstrip("0")
    return literal(f"{text}0" if text.endswith(".") else text, f"^^<{xsd.decimal}>")
