"""A course held against a standard: what is taught and assessed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kps_graph.courses.amounts import levels_in
from kps_graph.courses.boxes import ticked
from kps_graph.courses.codes import expand, pieces, standards_in
from kps_graph.courses.coverage import taught_by
from kps_graph.courses.hang_together import inner_findings
from kps_graph.courses.notices import notice, rules
from kps_graph.courses.resolve import Meant, Part, Parts, meant
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.document import Span
from kps_graph.model import Standard
from kps_graph.placeholders import placeholder
from kps_graph.report import Finding
from kps_graph.words import Bilingual

__all__ = ["CourseCheck", "Covered", "check_course", "is_assessed"]

#: The columns that list parts of a kind.
_COLUMNS: Mapping[str, frozenset[str]] = {
    "P": frozenset(("indicators", "codes", "tasks")),
    "K": frozenset(("knowledge", "codes", "tasks")),
    "S": frozenset(("skills", "codes", "tasks")),
    "A": frozenset(("attitudes",)),
}
_NOT_ASSESSED = frozenset(("", "no"))


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of the standard with the modules that teach it.

    Attributes:
        part: the P, K, S or A.
        modules: the names of those that teach it.
        assessed: the names of those of them that have an assessment.
        chosen: whether it is part of the chosen tasks.
    """

    part: Part
    modules: tuple[str, ...]
    assessed: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class CourseCheck:
    """The outcome of holding a course against a standard.

    Attributes:
        course: as it was read.
        standard: the code of the standard, or its name.
        name: its name.
        tasks: the units that were chosen; empty for all.
        covered: every P, K, S and A of the standard, in its order.
        findings: analysis and evaluation first, then by place.
    """

    course: Course
    standard: str
    name: str
    tasks: tuple[str, ...]
    covered: tuple[Covered, ...]
    findings: tuple[Finding, ...]

    @property
    def gaps(self) -> tuple[Covered, ...]:
        """What was chosen and is taught by no module."""
        return tuple(c for c in self.covered if c.chosen and not c.modules)


def check_course(course: Course, standard: Standard, tasks: Sequence[str] = ()) -> CourseCheck:
    """Holds ``course`` against ``standard``, or against some of its tasks and activities.

    Args:
        course: as it was read.
        standard: what it is to teach.
        tasks: what of it; by default what the course says that it is for, else all.

    Raises:
        ResourceError: if the standard has no such task.
    """
    parts = Parts(standard)
    named = meant(course, parts)
    asked = parts.chosen(tasks or tuple(_scope(course)))
    chosen = asked or _analysed(named, parts)
    if {task.code for task in standard.tasks} <= {*chosen}:
        chosen = ()
    wanted = _wanted(parts, chosen, frozenset() if asked else named.listed())
    covered = tuple(_covered(course, parts, named.named, wanted))
    findings = [
        *course.findings,
        *named.findings,
        *_coverage(course, covered),
        *_levels(course.analysis, parts, named.analysis),
        *_levels(course.modules, parts, named.named),
        *(_surplus(course, parts, named.named, chosen, wanted) if chosen else ()),
        *_basis(course, standard, parts),
        *inner_findings(
            course,
            _teaching(course, named, parts),
            "" if _whole(chosen, covered) else standard.name,
        ),
    ]
    return CourseCheck(
        course,
        standard.code or standard.name,
        standard.name,
        chosen,
        covered,
        tuple(sorted(findings, key=_order)),
    )


def _teaching(course: Course, named: Meant, parts: Parts) -> frozenset[str]:
    """The names of the modules that teach something, of this standard or of another."""
    return frozenset(
        module.name
        for module in course.modules
        if named.named[module.name] or any(not parts.owns(r.standard) for r in module.references)
    )


def _whole(chosen: Sequence[str], covered: Sequence[Covered]) -> bool:
    """Whether a course trains the whole occupation: all its indicators, or K and S where it has none."""
    indicators = [c for c in covered if c.part.kind == "P"]
    elements = [c for c in covered if c.part.kind in "KS"]
    return not chosen and all(c.modules for c in indicators or elements)


def _scope(course: Course) -> Iterator[str]:
    """The codes in ``課程範圍：T1、T3`` or ``tasks: T1~T3``."""
    stated = course.facts.get("scope")
    for piece in pieces(stated.text, "T") if stated else ():
        both = len(piece.codes) == 2
        yield from (expand(*piece.codes) if both else None) or piece.codes


def _order(finding: Finding) -> tuple[object, ...]:
    span = finding.span
    place = (span.page, span.table, span.row, span.column, span.line)
    return ("AEDI".index(rules()[finding.rule].stage), *(n or 0 for n in place))


def is_assessed(module: Module) -> bool:
    """Whether a module says how it is assessed."""
    stated = ticked(module.text("assessments"))
    return stated.casefold() not in _NOT_ASSESSED and placeholder(stated) is None


def _analysed(named: Meant, parts: Parts) -> tuple[str, ...]:
    """The lowest units that table 1 of a report is about, in the order of the standard."""
    listed = {
        parts.by_code[c].units[-1:] for c in named.listed() if c[:1] == "P" and c in parts.by_code
    }
    return tuple(code for code in parts.above if (code,) in listed)


def _wanted(parts: Parts, chosen: Sequence[str], listed: frozenset[str]) -> frozenset[str]:
    """What the course is to teach: all of the chosen units, or of them what table 1 lists.

    A kind of which table 1 lists nothing is wanted whole, and so are attitudes, which belong to the
    standard.
    """
    kinds = {code[:1] for code in listed}
    return frozenset(
        code
        for code, part in parts.by_code.items()
        if part.kind == "A"
        or not chosen
        or (not set(chosen).isdisjoint(part.units) and (part.kind not in kinds or code in listed))
    )


def _covered(
    course: Course,
    parts: Parts,
    named: Mapping[str, Mapping[str, Reference]],
    wanted: Collection[str],
) -> Iterator[Covered]:
    assessed = {module.name for module in course.modules if is_assessed(module)}
    teaching = taught_by(named, parts)
    for part in parts.by_code.values():
        modules = teaching.get(part.code, ())
        yield Covered(
            part,
            modules,
            tuple(m for m in modules if m in assessed),
            part.code in wanted,
        )


def _coverage(course: Course, covered: Sequence[Covered]) -> Iterator[Finding]:
    """What is not taught, or taught and not assessed, of the kinds that the table lists."""
    kinds = {c.part.kind for c in covered if c.modules}
    for each in covered:
        part = each.part
        if not each.chosen or course.columns.isdisjoint(_COLUMNS[part.kind]):
            continue
        if part.kind == "A" and "A" not in kinds:
            continue  # the form has no place for attitudes: who lists none has chosen so
        if not each.modules:
            yield notice("C06", Span(course.source), code=part.code, name=part.text)
        elif not each.assessed and "assessments" in course.columns:
            place = next(m.place("assessments") for m in course.modules if m.name in each.modules)
            yield notice("C07", place, code=part.code, name=part.text)


def _levels(
    modules: Iterable[Module], parts: Parts, named: Mapping[str, Mapping[str, Reference]]
) -> Iterator[Finding]:
    """Modules, or tasks of table 1, whose level is that of none of their indicators."""
    for module in modules:
        indicators = (
            parts.by_code.get(each)
            for code in named[module.name]
            for each in parts.taught_with(code)
        )
        levels = sorted({p.level for p in indicators if p and isinstance(p.level, int)})
        stated = levels_in(module.text("level")) or filter(None, (module.level,))
        if levels and (wrong := [level for level in stated if level not in levels]):
            yield notice(
                "C09",
                module.place("level"),
                value=module.text("level"),
                module=module.name,
                level=_list(map(str, wrong)),
                levels=_list(map(str, levels)),
            )


def _surplus(
    course: Course,
    parts: Parts,
    named: Mapping[str, Mapping[str, Reference]],
    chosen: Sequence[str],
    wanted: Collection[str],
) -> Iterator[Finding]:
    """What a module names outside the chosen tasks: a P, K or S, or a unit with nothing in them."""
    for module in course.modules:
        for code, reference in named[module.name].items():
            taught = parts.taught_with(code)
            if taught and not any(each in wanted for each in taught):
                yield notice(
                    "C08",
                    reference.span,
                    code=code,
                    value=code,
                    name=parts.text(code),
                    tasks=_list(chosen),
                    module=module.name,
                )


def _basis(course: Course, standard: Standard, parts: Parts) -> Iterator[Finding]:
    """Whether the course, and each of its rows, names the standard that it is held against."""
    fact = course.facts.get("standard")
    codes = standards_in(fact.text) if fact else []
    first = standard.code if standard.code in codes else course.standard
    stated = {first: fact.span} if fact and first else {}
    for named, spans in course.standards.items():
        if parts.owns(named):
            stated |= {named: spans[0]} if standards_in(named) else {}
        else:
            stated.pop(named, None)
            told = {"count": str(len(spans)), "standard": parts.owner}
            yield notice("C30", spans[0], value=named, **told)
    for named, span in stated.items() if standard.code else ():
        if named != standard.code:
            yield notice("C19", span, value=named, standard=standard.code or "")


def _list(texts: Iterable[str]) -> Bilingual:
    listed = list(texts)
    return Bilingual("、".join(listed), ", ".join(listed))
