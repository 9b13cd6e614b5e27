"""A course carried over to another version of its standard: each link kept, renumbered, gone, or new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        links: every reference of the course to the standard, in order: none is left out. Behind that of a whole unit
            stands what was in it and is gone, or stands elsewhere now.
        added: what is new to be taught: the units, P, K and S that the old version did not have, and,
            of its new units, what no module teaches though the old version had it.
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
    links: list[Link] = []
    for module, reference, code in meant(course, parts).links:
        written, became = reference.code or reference.text, by_code.get(code)
        links.append(Link(module.name, written, reference.span, code, became))
        if became and code in parts.above:
            left = _left(became, (by_code[c] for c in parts.standing[code] if c in by_code))
            links += [Link(module.name, c, reference.span, c, part) for c, part in left]
    return Migration(course, version, tuple(links), tuple(_added(version, links, Parts(new))))


def _left(unit: Change, parts: Iterable[Change]) -> Iterator[tuple[str, Change]]:
    """What a unit had and has no more: it is gone, or stands in another unit now."""
    within = f"{unit.new.reference}/" if unit.new else None
    for part in parts:
        if part.old is None:
            continue
        away = bool(part.old.unit) and part.new is not None
        if part.new is None or (
            away and (within is None or not f"{part.new.unit}/".startswith(within))
        ):
            yield part.old.code, part


def _added(version: Version, links: Iterable[Link], parts: Parts) -> Iterator[Change]:
    """What is new to be taught, in the order of the new version."""
    taught = {code for link in links for code in (link.new_code, *parts.taught_with(link.new_code))}
    needed = {
        code
        for change in version.changes
        if change.status is Status.NEW
        for code in parts.standing.get(change.part.code, ())
    }
    for change in version.changes:
        kind = change.part.kind
        if (change.status is Status.NEW and kind in "TPKS") or (
            change.new and kind in "PKS" and change.new.code in needed - taught
        ):
            yield change
