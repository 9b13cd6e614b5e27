"""Courses from files: read by a worker, held against a standard, ready to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kps_graph.courses.check import CourseCheck, check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.values import Course
from kps_graph.document import Document
from kps_graph.exports.reports import Checked
from kps_graph.pipeline.given import Given
from kps_graph.pipeline.reading import bytes_of, safely
from kps_graph.pipeline.sources import SourceFile, digest
from kps_graph.report import Report, Severity
from kps_graph.rules.catalogue import course_rules
from kps_graph.rules.profiles import Profile
from kps_graph.store import Source
from kps_graph.words import Language, say
from kps_graph.workers.limits import Limits
from kps_graph.workers.pool import Run

__all__ = ["CourseReading", "course_at", "reported_course"]


@dataclass(frozen=True, slots=True)
class CourseReading:
    """A file of a course, as it was read.

    Attributes:
        file: which.
        data: its content.
        document: its tables.
        course: what they say.
    """

    file: SourceFile
    data: bytes
    document: Document
    course: Course


def course_at(
    path: Path | SourceFile, limits: Limits | None = None, run: Run | None = None
) -> CourseReading:
    """The course in the file at ``path``, read by a worker.

    Args:
        path: of the file, which may be shown under another name.
        limits: what the worker may use.
        run: how work is done; by default in processes that are started for it.

    Raises:
        SourceError: if it cannot be read, or no table in it lists modules.
    """
    file = path if isinstance(path, SourceFile) else SourceFile.at(path)
    return safely(_read, file, limits, file.name, run)


def _read(file: SourceFile) -> CourseReading:
    data = bytes_of(file)
    document = course_document(data, file.name)
    return CourseReading(file, data, document, read_course(document))


def reported_course(
    reading: CourseReading,
    against: Given,
    tasks: Sequence[str] = (),
    profile: Profile | None = None,
    *,
    lang: Language = Language.CHINESE,
    threshold: Severity | None = Severity.VIOLATION,
) -> tuple[CourseCheck, Checked]:
    """A course held against a standard, and what a report of it is written of.

    Args:
        reading: the course.
        against: the standard.
        tasks: the tasks or activities that the course was made for; all by default.
        profile: what to switch off or to grade otherwise.
        lang: the language of the report.
        threshold: findings at least this severe make the check fail; None if none does.

    Raises:
        ResourceError: if the standard has no such task.
    """
    check = check_course(reading.course, against.standard, tasks)
    findings = [
        replace(
            finding,
            standard=check.standard,
            severity=profile.severity.get(finding.rule, finding.severity)
            if profile
            else finding.severity,
        )
        for finding in check.findings
        if profile is None or finding.rule not in profile.off
    ]
    source = Source(
        reading.file.name,
        digest(reading.data),
        "loaded",
        reading.document.format,
        code=check.standard,
        name=reading.course.title or reading.file.path.name,
    )
    checked = Checked(
        Report(tuple(findings), (check.standard,)),
        (source,),
        {rule.number: rule for rule in course_rules()},
        lang,
        threshold,
        {reading.file.name: reading.document},
        said=(_summary(check, lang),),
    )
    return replace(check, findings=tuple(findings)), checked


def _summary(check: CourseCheck, lang: Language) -> str:
    chosen = [c for c in check.covered if c.chosen and c.part.kind != "A"]
    return say(
        lang,
        "{standard} {name}: {taught} of {total} P, K and S are taught, {assessed} assessed, by {modules} modules",
        standard=check.standard,
        name=check.name,
        taught=sum(bool(c.modules) for c in chosen),
        total=len(chosen),
        assessed=sum(bool(c.assessed) for c in chosen),
        modules=len(check.course.modules),
    )
