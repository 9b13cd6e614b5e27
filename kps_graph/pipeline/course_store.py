"""Courses beside the standards of a store, each in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kps_graph.courses.basis import basis_of
from kps_graph.courses.check import check_course
from kps_graph.courses.triples import course_iri, triples
from kps_graph.errors import KpsError, ResourceError, SourceError, StoreError
from kps_graph.pipeline.courses import CourseReading, course_at
from kps_graph.rdf.ntriples import nquads
from kps_graph.store import LEXICON, SEARCH, USAGE, current, opened, writing
from kps_graph.store.held import standard_in
from kps_graph.terms import dcterms, kps, rdf
from kps_graph.words import Sentence
from kps_graph.workers.limits import Limits

__all__ = ["Added", "add_courses", "course_files", "remove_courses"]

#: The files in a folder that may be courses.
_ENDINGS: Final = frozenset((".xlsx", ".ods", ".csv", ".tsv", ".yaml", ".yml", ".docx", ".odt"))


@dataclass(frozen=True, slots=True)
class Added:
    """A file, and the course that it became.

    Attributes:
        path: the file.
        title: of the course; its file, where the table gives none; "" if it was not added.
        standard: the local name of the standard that it rests on.
        size: how many triples it has.
        error: why it was not added.
    """

    path: Path
    title: str = ""
    standard: str = ""
    size: int = 0
    error: Sentence | None = None


def course_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in folders that may be courses, in order of their names.

    Raises:
        SourceError: for a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(
                p for p in path.rglob("*") if p.suffix.lower() in _ENDINGS and p.name[0] not in "~."
            )
        elif path.exists():
            yield path
        else:
            raise SourceError("there is no such file", source=str(path))


def add_courses(
    store: Path,
    files: Iterable[Path],
    standard: str | None = None,
    tasks: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> list[Added]:
    """Writes courses into a store, each in the place of the course of that name.

    Courses of one run that bear one name are kept apart. The standards and what is derived from
    them stay as they are.

    Args:
        store: the directory of the store, which holds the standards.
        files: of the courses.
        standard: that they rest on, by code or name; by default the one that each names.
        tasks: the tasks or activities that they are for; all by default.
        limits: what reading a file may use.

    Raises:
        StoreError: if there is no store, or it cannot be written.
    """
    added: list[Added] = []
    graphs: dict[str, bytes] = {}
    for path in files:
        try:
            reading = course_at(path, limits)
            graph, data, result = _course(store, reading, path, standard, tasks, graphs)
        except StoreError:
            raise  # it is no fault of this course, and the others would meet it too
        except KpsError as error:
            added.append(Added(path, error=error.sentence(placed=False)))
            continue
        graphs[graph] = data
        added.append(result)
    if graphs:
        _write(store, graphs)
    return added


def remove_courses(store: Path, titles: Iterable[str]) -> None:
    """Removes the courses that bear these names.

    Raises:
        ResourceError: if the store has none of such a name.
    """
    with opened(store) as graph:
        rows = graph.store.texts(
            f"SELECT ?c ?t WHERE {{ ?c <{rdf.type}> <{kps.Course}> ; <{dcterms.title}> ?t }}"
        )
    found = {title: iri for iri, title in rows}
    for title in titles:
        if title not in found:
            raise ResourceError(
                "the store holds no course {title!r}",
                title=title,
                hint=Sentence("it holds {names}", names=tuple(sorted(found))) if found else None,
            )
    _write(store, {found[title]: b"" for title in titles})


def _course(
    store: Path,
    reading: CourseReading,
    path: Path,
    standard: str | None,
    tasks: tuple[str, ...],
    taken: Iterable[str],
) -> tuple[str, bytes, Added]:
    with opened(store) as graph:
        from kps_graph.graph.opened import KnowledgeGraph

        wanted = standard or basis_of(reading.course)
        identity = KnowledgeGraph(graph).identity(wanted)
        value = standard_in(graph.store, identity, graph.base)
        base = graph.base
    check = check_course(reading.course, value, tasks)
    statements = triples(check, value, identity, base)
    root = name = course_iri(reading.course, base)
    count = 1
    while name in taken:
        count += 1
        name = f"{root}~{count}"
    if name != root:
        old, new = f"<{root}", f"<{name}"
        statements = [
            tuple(t.replace(old, new, 1) if t.startswith((f"{old}>", f"{old}/")) else t for t in s)  # type: ignore[misc]
            for s in statements
        ]
    data = nquads(statements, name).encode()
    title = reading.course.title or path.stem
    return name, data, Added(path, title, identity, len(statements))


def _write(store: Path, graphs: dict[str, bytes]) -> None:
    with current(store).opened() as graph:
        manifest = graph.manifest
    with writing(store) as new:
        before = new.before
        written = new.begin(before)
        written.remove(graphs)
        written.load(b"".join(graphs.values()))
        for file in (LEXICON, USAGE, SEARCH):  # what they hold is of the standards, which stay
            if before is not None and (content := before.beside.read(file)) is not None:
                new.beside.write(file, content)
        new.finish(manifest)
