"""A course carried over to another version of its standard: each link kept, renumbered, gone, or new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kps_graph.courses.resolve import Parts, meant
from kps_graph.courses.values import Course
from kps_graph.document import Span
from kps_graph.model import Standard
from kps_graph.standards.versions import Change, Status, Version, changes

__all__ = ["Link", "Migration", "migrate"]


@dataclass(frozen=True, slots=True)
class Link:
    """What became of one reference of a course.

    Attributes:
        module: the name of the module.
        written: as the table writes it.
        span: the cell.
        code: in the old version; "" where it has no such code.
        change: what became of that part; None where the old version has none.
    """

    module: str
    written: str
    span: Span
    code: str
    change: Change | None

    @property
    def new_code(self) -> str:
        """In the new version; "" where it is gone or was never known."""
        return self.change.new.code if self.change and self.change.new else ""


@dataclass(frozen=True, slots=True)
class Migration:
    """A course on its way to a new version.

    Attributes:
        course: as it was read.
        version: what became of the standard.
        links: every reference of the course, in order: none is left out.
        added: the P, K and S of the new version that the old one did not have.
    """

    course: Course
    version: Version
    links: tuple[Link, ...]
    added: tuple[Change, ...]


def migrate(course: Course, old: Standard, new: Standard) -> Migration:
    """What becomes of each link of ``course`` from ``old`` to ``new``."""
    version = changes(old, new)
    parts = Parts(old)
    by_code: dict[str, Change] = {}
    for change in version.changes:
        if change.old and change.old.kind in "TOPKSA" and change.old.code:
            by_code.setdefault(change.old.code, change)
    links = tuple(
        Link(
            module.name,
            reference.code or reference.text,
            reference.span,
            code,
            by_code.get(code),
        )
        for module, reference, code in meant(course, parts).links
    )
    return Migration(course, version, links, tuple(_added(version)))


def _added(version: Version) -> Iterator[Change]:
    return (c for c in version.changes if c.status is Status.NEW and c.part.kind in "PKS")
