"""The check of a course that is dropped on a page: read in a worker with limits, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Final

from kps_graph.annotations import annotate
from kps_graph.courses.basis import basis_of
from kps_graph.courses.check import CourseCheck
from kps_graph.exports.course import fields, form, matrix, suggestion, template
from kps_graph.exports.course.report import report as official
from kps_graph.exports.reports import Checked, write
from kps_graph.exports.site.course import report_page
from kps_graph.exports.site.frame import Frame
from kps_graph.formats import ReportFormat
from kps_graph.graph.named import prepared_by
from kps_graph.pipeline.courses import CourseReading, course_at, reported_course
from kps_graph.pipeline.given import Given
from kps_graph.pipeline.reading import read_safely, safely
from kps_graph.resources import folder
from kps_graph.terms import DEFAULT_BASE
from kps_graph.web.views.asked import Asked
from kps_graph.web.views.temporary import LIMITS, put
from kps_graph.words import Language, Sentence
from kps_graph.workers.pool import Run

__all__ = ["SAVED", "Sent", "Store", "example", "report", "saved", "workbook"]

#: What a report can be saved as: its name behind that of the file, and its ending.
SAVED: Final = {
    "copy": ("checked", ""),
    "matrix": ("matrix", ".xlsx"),
    "odt": ("report", ".odt"),
    "docx": ("report", ".docx"),
    "xlsx": ("report", ".xlsx"),
    "fields": ("fields", ".txt"),
    "findings": ("findings", ".xlsx"),
}
#: What to do where a table does not tell its standard.
_CHOOSE: Final = Sentence("choose the standard, or send it as a document")
#: The store, asked when it is needed: a standard can be sent as a document instead.
Store = Callable[[], Asked]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sends.

    Attributes:
        name, data: of the table of the course.
        standard: a code or name in the store; "" for the one that the table names.
        tasks: the codes of tasks or activities; none for those that the table states, else all.
        basis: name and content of the standard as a document, if it is one.
        example: whether it is the :func:`example`.
    """

    name: str
    data: bytes
    standard: str = ""
    tasks: tuple[str, ...] = ()
    basis: tuple[str, bytes] | None = None
    example: bool = False


def example() -> tuple[str, bytes]:
    """Name and content of a course to try the check with."""
    path = folder("examples") / "course-with-faults.xlsx"
    return path.name, path.read_bytes()


@dataclass(frozen=True, slots=True)
class _Held:
    """A course that was held against a standard."""

    reading: CourseReading
    against: Given
    stored: bool
    check: CourseCheck
    checked: Checked


def _held(store: Store, sent: Sent, lang: Language, run: Run) -> _Held:
    """Reads the course and the standard and holds one against the other, in workers.

    Raises:
        SourceError: if a file cannot be read.
        ResourceError: if the standard or a task is unknown, or none is named.
        StoreError: if the standard is to be looked up and there is no store.
    """
    if sent.example and not sent.standard:
        sent = _on_the_example(sent)
    with put([(sent.name, sent.data), *([sent.basis] if sent.basis else [])]) as (table, *others):
        reading = course_at(table, LIMITS, run)
        if others:
            read = read_safely(others[0], LIMITS, run)
            against = Given(read.standard, read.identity, DEFAULT_BASE)
        else:
            name = sent.standard.strip() or basis_of(reading.course, _CHOOSE)
            against = _named(store(), name)
        job = reading, against, sent.tasks, lang
        check, checked = safely(_checked, job, LIMITS, sent.name, run)
    return _Held(reading, against, not others, check, checked)


def _on_the_example(sent: Sent) -> Sent:
    """The example course with the example standard, which a store need not hold."""
    path = folder("examples") / "KPS1420-001v2.md"
    return Sent(sent.name, sent.data, "", sent.tasks, (path.name, path.read_bytes()), example=True)


def _checked(
    job: tuple[CourseReading, Given, tuple[str, ...], Language],
) -> tuple[CourseCheck, Checked]:
    reading, against, tasks, lang = job
    return reported_course(reading, against, tasks, lang=lang)


def _named(asked: Asked, name: str) -> Given:
    identity = asked.identity(name)
    return Given(asked.standard(identity), identity, asked.graph.base)


def report(frame: Frame, store: Store, sent: Sent, run: Run) -> str:
    """The page that says what a course teaches of its standard, and what is wrong with it."""
    held = _held(store, sent, frame.lang, run)
    return report_page(
        frame,
        held.check,
        held.checked,
        held.against.standard,
        held.against.identity,
        held.stored,
        sent.basis[0] if sent.basis else "",
        sent.example,
    )


def saved(store: Store, sent: Sent, what: str, lang: Language, run: Run) -> tuple[str, bytes]:
    """Something of :data:`SAVED` about a course: the name of the file, and its content."""
    held = _held(store, sent, lang, run)
    called, ending = SAVED[what]
    name = PurePath(held.reading.file.name)
    return f"{name.stem}-{called}{ending or name.suffix}", _written(held, what, ending, lang)


def _written(held: _Held, what: str, ending: str, lang: Language) -> bytes:
    if what == "copy":
        now = datetime.now(UTC)
        return annotate(held.reading.data, held.reading.file.name, held.checked, now)
    if what == "matrix":
        return matrix.matrices(held.check, lang)
    if what == "findings":
        return write(held.checked, ReportFormat.XLSX)
    blocks = form.form(held.check, held.against.standard)
    if what == "fields":
        return fields.fields(blocks).encode("utf-8", "replace")
    return official(blocks, ending)


def workbook(
    asked: Asked, name: str, tasks: Sequence[str], propose: bool, lang: Language
) -> tuple[str, bytes]:
    """The workbook to plan a course in, its modules proposed if that is wanted: name and content.

    Raises:
        ResourceError: if the store has no such standard, or that has no such task.
    """
    identity = asked.identity(name)
    standard = asked.standard(identity)
    called = f"{identity}-course.xlsx"
    if not propose:
        return called, template.template(standard, tasks, lang)
    from kps_graph.courses.suggest import suggest

    proposals = suggest(standard, tasks)
    taught = [code for p in proposals for code in (*p.knowledge, *p.skills)]
    sheets = suggestion.sheets(proposals, prepared_by(asked.graph, standard, taught), lang)
    return called, template.suggested(standard, tasks, proposals, sheets, lang)
