"""One file to triples: what a worker of a build does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kps_graph import rdf
from kps_graph.errors import KpsError, SourceError
from kps_graph.model import Standard
from kps_graph.pipeline.reading import Reading, bytes_of, read_file
from kps_graph.pipeline.sources import SourceFile, digest
from kps_graph.standards.names import names
from kps_graph.store import Source, memory
from kps_graph.store.held import standard_in
from kps_graph.store.manifest import note
from kps_graph.terms import graph_iri, standard_iri
from kps_graph.workers.limits import Died

__all__ = [
    "Prepared",
    "Task",
    "lost",
    "prepare",
    "standard_of",
    "triples_of",
]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to prepare; with ``keep``, what was read of it is wanted besides its triples."""

    file: SourceFile
    base: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's standard, ready to load.

    Attributes:
        source: its entry in the manifest; outcome ``failed`` if it could not be used.
        nquads: its graph and its inferred graph.
        forms: per competency that it expresses: concept IRI, kind, text.
        reading: what was read, if that is wanted.
    """

    source: Source
    nquads: bytes = b""
    forms: tuple[tuple[str, str, str], ...] = ()
    reading: Reading | None = None


def prepare(task: Task) -> Prepared:
    """The triples of one file; never raises for what is wrong with the file."""
    file, sha = task.file, ""
    try:
        data = bytes_of(file)
        sha = digest(data)
        reading = read_file(file, data)
    except KpsError as error:
        return _failed(file.name, sha, error)
    standard, extraction = reading.standard, reading.extraction
    source = Source(
        path=file.name,
        sha256=sha,
        outcome="loaded",
        format=reading.format,
        claim=reading.identity,
        code=standard.code or "",
        name=standard.name,
        read=extraction.read,
        placed=extraction.placed,
        unplaced=extraction.unplaced,
        noted=note(extraction.findings),
    )
    prepared = triples_of(standard, source, reading.identity, task.base)
    return replace(prepared, reading=reading) if task.keep else prepared


def lost(task: Task, died: Died) -> Prepared:
    """What stands for a file whose worker died on it."""
    try:
        sha = digest(bytes_of(task.file))
    except SourceError:
        sha = ""
    return _failed(task.file.name, sha, SourceError(died.reason))


def triples_of(standard: Standard, source: Source, identity: str, base: str) -> Prepared:
    """``standard`` ready to load as ``identity``; ``source`` says where it is from."""
    from kps_graph.rules.near_identical import near_identical  # as a worker does, and few others

    named = names(standard, identity, base)
    own = rdf.triples(standard, identity, base, named)
    shared = [*rdf.expressed(standard, named, base)]
    derived = rdf.inferred(standard, identity, base, named, shared)
    text = rdf.nquads(own, standard_iri(identity, base)) + rdf.nquads(
        derived, graph_iri(f"inferred/{identity}", base)
    )
    forms = tuple((competency, kind, name) for _, competency, kind, name in shared)
    noticed = [replace(f, focus=named.standard) for f in source.findings if f.rule[:1] == "E"]
    loaded = replace(
        source,
        outcome="loaded",
        identity=identity,
        message=None,
        size=len(own) + len(derived),
        noted=note([*noticed, *near_identical(standard, named)]),
    )
    return Prepared(loaded, text.encode("utf-8", "replace"), forms)


def standard_of(prepared: Prepared, base: str) -> Standard:
    """The standard whose triples ``prepared`` holds."""
    alone = memory()
    alone.load(prepared.nquads)
    return standard_in(alone, prepared.source.identity, base)


def _failed(name: str, sha: str, error: KpsError) -> Prepared:
    error.source = name  # as it was given, with its folders
    return Prepared(Source(path=name, sha256=sha, outcome="failed", message=error.sentence()))
