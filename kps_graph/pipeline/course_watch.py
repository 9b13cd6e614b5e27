"""What a store of new standards means for a folder of courses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kps_graph.courses.basis import basis_of
from kps_graph.courses.migrate import migrate
from kps_graph.errors import KpsError, ResourceError, StoreError
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.pipeline.courses import course_at
from kps_graph.terms import code_series
from kps_graph.words import Sentence
from kps_graph.workers.limits import Limits

__all__ = ["Watched", "watched"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A course, and what the newest version of its standard means for it.

    Attributes:
        path: its file.
        title: its name; "" if it could not be read.
        standard: the code of the standard that it rests on.
        newest: that of the newest version in the store; the same if there is no newer one.
        links: how many of its links became what, by the values of ``Status``; ``unknown`` for
            those that the version it rests on does not have.
        added: how many P, K and S the new version has that the old one had not.
        error: why nothing can be said.
    """

    path: Path
    title: str = ""
    standard: str = ""
    newest: str = ""
    links: Counter[str] = field(default_factory=Counter)
    added: int = 0
    error: Sentence | None = None

    @property
    def outdated(self) -> bool:
        """Whether its standard has a newer version."""
        return self.error is None and self.standard != self.newest

    @property
    def touched(self) -> int:
        """How many of its links are not as they were."""
        return sum(n for status, n in self.links.items() if status != "kept")


def watched(
    graph: KnowledgeGraph, files: Iterable[Path], limits: Limits | None = None
) -> Iterator[Watched]:
    """What the newest versions in ``graph`` mean for each of the courses in ``files``.

    Args:
        graph: the store, with the versions that the courses rest on and the new ones.
        files: of the courses.
        limits: what reading a file may use.

    Raises:
        StoreError: if the store cannot be read.
    """
    newest: dict[str, tuple[int, str]] = {}
    for identity in graph.identities():
        series = code_series(identity)
        newest[series] = max(newest.get(series, (0, "")), (_number(identity), identity))
    for path in files:
        try:
            yield _watched(graph, path, newest, limits)
        except StoreError:
            raise
        except KpsError as error:
            yield Watched(path, error=error.sentence(placed=False))


def _watched(
    graph: KnowledgeGraph, path: Path, newest: dict[str, tuple[int, str]], limits: Limits | None
) -> Watched:
    course = course_at(path, limits).course
    basis_of(course, hint=None)
    title = course.title or path.stem
    _, last = newest.get(code_series(course.standard), (0, ""))
    if not last:
        graph.identity(course.standard)  # says what could be meant
    if course.standard == code_series(course.standard):
        raise ResourceError(
            "the table names no version of {standard}",
            standard=course.standard,
            hint=Sentence("the newest one in the store is {newest}", newest=last),
        )
    if last == course.standard or _number(last) < _number(course.standard):
        return Watched(path, title, course.standard, course.standard)
    old = graph.standard(course.standard)
    outcome = migrate(course, old, graph.standard(last))
    links = Counter(str(link.change.status) if link.change else "unknown" for link in outcome.links)
    return Watched(path, title, course.standard, last, links, len(outcome.added))


def _number(code: str) -> int:
    """The number of a version; that of a code without one is 1."""
    match = re.search(r"v(\d+)(?:~\d+)?$", code)
    return int(match[1]) if match else 1
