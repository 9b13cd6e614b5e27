"""The page to drop the table of a course on, and what it teaches of its standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kps_graph.courses.check import CourseCheck, Covered
from kps_graph.document import Document, Table
from kps_graph.exports.course.matrix import gaps_first, marks
from kps_graph.exports.reports import Checked
from kps_graph.exports.reports.as_html import documents
from kps_graph.exports.site.asking import Chosen
from kps_graph.exports.site.check import verdict
from kps_graph.exports.site.frame import Frame, render
from kps_graph.model import Standard

__all__ = ["COPIES", "Kind", "course_page", "report_page"]

#: The endings of tables that can hold comments.
COPIES = (".xlsx", ".docx", ".odt")
#: A matrix of more cells, or marks, lists the numbers of the modules of each part instead.
_CELLS = 12_000
_MARKS = 500
#: Up to so many modules stand in the head of a matrix by name, more of them by number.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """What of a kind is taught: a matrix of its parts by module, gaps first.

    Attributes:
        letter: P, K, S or A.
        rows: each part with its marks by module.
        taught: how many of them are taught.
        assessed: how many are taught and assessed.
        grid: whether the marks fit into a table.
    """

    letter: str
    rows: Sequence[tuple[Covered, Sequence[str]]]
    taught: int
    assessed: int
    grid: bool

    @property
    def gaps(self) -> int:
        """How many parts no module teaches."""
        return len(self.rows) - self.taught


def course_page(
    frame: Frame, chosen: Chosen, tasks: str = "", refused: tuple[str, str] = ("", "")
) -> str:
    """The page to drop the table of a course on.

    Args:
        frame: where it stands.
        chosen: the standards to choose from, and the one that is chosen.
        tasks: the codes that are chosen.
        refused: why what was sent cannot be checked, and what to do; "" if nothing was sent.
    """
    return render(
        "course.html", frame, frame.word("course"), chosen=chosen, tasks=tasks, refused=refused
    )


def report_page(
    frame: Frame,
    check: CourseCheck,
    checked: Checked,
    standard: Standard,
    identity: str,
    stored: bool,
    basis: str,
    example: bool = False,
) -> str:
    """What a course teaches of its standard, gaps first, and the findings in its own cells.

    Args:
        frame: where it stands.
        check: the course, held against the standard.
        checked: the findings with the table that they are about.
        standard: the standard.
        identity: its local name, as it is named again when the report is saved.
        stored: whether the store has the standard.
        basis: the name of the file that the standard was sent as; "" if it was not.
        example: whether it is the course that comes with the package, which the server has.
    """
    kinds = list(_kinds(check))
    used = {name: _used(d, check) for name, d in checked.documents.items()}
    (shown,) = documents(replace(checked, documents=used))
    return render(
        "course_report.html",
        frame,
        frame.word("course-report-of", name=shown.path),
        d=shown,
        v=verdict(checked, shown),
        hidden=sum(len(d.blocks) for d in checked.documents.values())
        - sum(len(d.blocks) for d in used.values()),
        check=check,
        kinds=kinds,
        named=len(check.course.modules) <= _NAMED and all(k.grid for k in kinds),
        tasks=[t for t in standard.tasks if t.code],
        identity=identity,
        basis=basis,
        example=example,
        copy=PurePath(shown.path).suffix.lower() in COPIES,
        stored=stored,
    )


def _kinds(check: CourseCheck) -> Iterator[Kind]:
    modules = [m.name for m in check.course.modules]
    chosen = [c for c in check.covered if c.chosen]
    for letter in "PKSA":
        listed = [c for c in chosen if c.part.kind == letter]
        if not listed or (letter == "A" and not any(c.modules for c in listed)):
            continue  # who lists no attitude has chosen so: the form has no place for them
        yield Kind(
            letter,
            [(c, marks(c, modules)) for c in gaps_first(listed)],
            sum(bool(c.modules) for c in listed),
            sum(bool(c.assessed) for c in listed),
            len(listed) * len(modules) <= _CELLS and sum(len(c.modules) for c in listed) <= _MARKS,
        )


def _used(document: Document, check: CourseCheck) -> Document:
    """The document without the tables that nothing was read of and nothing is said about."""
    tables = set(_tables(check))
    kept = (b for b in document.blocks if not isinstance(b, Table) or b.index in tables)
    return replace(document, blocks=tuple(kept))


def _tables(check: CourseCheck) -> Iterable[int | None]:
    course = check.course
    for module, reference in course.references():
        yield module.span.table
        yield reference.span.table
    for module in course.modules:
        yield module.span.table
        yield from (field.span.table for field in module.fields.values())
    yield from (fact.span.table for fact in course.facts.values())
    yield from (finding.span.table for finding in check.findings)
