"""One file to triples: what a worker of a build does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kps_graph import rdf
from kps_graph.errors import KpsError, SourceError
from kps_graph.extract import Extraction, extract
from kps_graph.model import Standard
from kps_graph.pipeline.pool import Died
from kps_graph.pipeline.sources import SourceFile
from kps_graph.readers import read
from kps_graph.rules.near_identical import near_identical
from kps_graph.standards.names import kept_as, names
from kps_graph.store import Source
from kps_graph.store.manifest import note
from kps_graph.terms import concept_iri, graph_iri, standard_iri
from kps_graph.words import reason

__all__ = [
    "Prepared",
    "Task",
    "digest",
    "extraction",
    "lost",
    "prepare",
    "triples_of",
]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to prepare; ``identity`` is the local name to use, None for what its code gives."""

    file: SourceFile
    base: str
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's standard, ready to load.

    Attributes:
        source: its entry in the manifest; outcome ``failed`` if it could not be used.
        nquads: its graph and its inferred graph.
        forms: per competency that it expresses: concept IRI, kind, text.
    """

    source: Source
    nquads: bytes = b""
    forms: tuple[tuple[str, str, str], ...] = ()


def digest(data: bytes) -> str:
    """The hash by which a changed file is known."""
    return hashlib.sha256(data).hexdigest()


def extraction(path: Path) -> tuple[Extraction, str]:
    """The standard in the file at ``path``, and the identity under which a build would keep it.

    Raises:
        SourceError: if the file cannot be used.
    """
    shown = SourceFile.at(Path(path.name)).name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            "the file cannot be read: {reason}", reason=reason(error), source=shown
        ) from error
    found = extract(read(data, shown))
    return found, kept_as(found.standard, SourceFile.at(path).name)


def prepare(task: Task) -> Prepared:
    """The triples of one file; never raises for what is wrong with the file."""
    file = task.file
    try:
        data = file.path.read_bytes()
    except OSError as error:
        return _failed(
            file.name, "", SourceError("the file cannot be read: {reason}", reason=reason(error))
        )
    sha = digest(data)
    try:
        document = read(data, PurePosixPath(file.name).name)
        found = extract(document)
    except KpsError as error:
        return _failed(file.name, sha, error)
    except RecursionError:
        return _failed(file.name, sha, SourceError("it is nested too deeply"))
    standard = found.standard
    claim = kept_as(standard, file.name)
    identity = task.identity or claim
    named = names(standard, identity, task.base)
    noticed = [replace(f, focus=named.standard) for f in found.findings]
    source = Source(
        path=file.name,
        sha256=sha,
        outcome="loaded",
        format=document.format,
        claim=claim,
        code=standard.code or "",
        name=standard.name,
        read=found.read,
        placed=found.placed,
        unplaced=found.unplaced,
        noted=note([*noticed, *near_identical(standard, named)]),
    )
    return triples_of(standard, source, identity, task.base)


def lost(task: Task, died: Died) -> Prepared:
    """What stands for a file whose worker died on it."""
    try:
        sha = digest(task.file.path.read_bytes())
    except OSError:
        sha = ""
    return _failed(task.file.name, sha, SourceError(died.reason))


def triples_of(standard: Standard, source: Source, identity: str, base: str) -> Prepared:
    """``standard`` ready to load as ``identity``; ``source`` says where it is from."""
    named = names(standard, identity, base)
    own = rdf.triples(standard, identity, base, named)
    derived = rdf.inferred(standard, identity, base, named)
    text = rdf.nquads(own, standard_iri(identity, base)) + rdf.nquads(
        derived, graph_iri(f"inferred/{identity}", base)
    )
    forms = tuple(
        (concept_iri(kind, key, base), kind, name)
        for _, kind, key, name in rdf.expressed(standard, named)
    )
    loaded = replace(
        source, outcome="loaded", identity=identity, message=None, size=len(own) + len(derived)
    )
    return Prepared(loaded, text.encode("utf-8", "replace"), forms)


def _failed(name: str, sha: str, error: KpsError) -> Prepared:
    error.source = name  # as it was given, with its folders
    return Prepared(Source(path=name, sha256=sha, outcome="failed", message=error.sentence()))
