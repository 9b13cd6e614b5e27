"""What a program does with documents, in one call each: read, check, annotate, build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kps_graph.errors import SourceError
from kps_graph.exports.reports import Checked
from kps_graph.pipeline.build import Built
from kps_graph.pipeline.build import build as build_store
from kps_graph.pipeline.interrupt import Progress
from kps_graph.pipeline.reading import Reading, read_safely
from kps_graph.pipeline.reported import reported
from kps_graph.pipeline.sources import SourceFile, find
from kps_graph.report import Severity
from kps_graph.rules import profiles
from kps_graph.saving import replace_file
from kps_graph.store import place
from kps_graph.words import Language
from kps_graph.workers.limits import Limits

__all__ = ["annotate", "build", "check", "read"]

#: One path or several; folders stand for the documents below them.
Paths = str | Path | Iterable[str | Path]


def read(path: str | Path, *, limits: Limits | None = None) -> Reading:
    """The standard in a document, with what is odd about the document.

    Args:
        path: a PDF, ODT, DOCX, HTML, markdown, YAML or JSON file.
        limits: what reading it may use of time and memory.

    Raises:
        SourceError: if the file cannot be used.
    """
    return read_safely(SourceFile.at(Path(path)), limits)


def check(
    paths: Paths,
    *,
    profile: str | None = None,
    store: str | Path | None = None,
    lang: str = "zh-Hant",
    fail_on: Severity | None = Severity.VIOLATION,
    tables: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Checked:
    """The findings about documents, ready for a report in any format.

    Args:
        paths: documents, and folders of them; each is read once.
        profile: ``draft``, ``review``, ``import``, or a TOML file; by default by format.
        store: a store whose standards the rules that look across standards are to see too.
        lang: the language of the report, ``zh-Hant`` or ``en``.
        fail_on: findings at least this severe make the check fail; None if none does.
        tables: keep the tables of the documents, for the formats that show them (html).
        progress: told after each file, and when the rules are applied.
        limits: what each file may use of time and memory.

    Raises:
        SourceError: if a path does not exist, or there is nothing to check.
        ResourceError: if there is no such profile, or it is faulty.
    """
    return reported(
        find(_listed(paths)),
        profiles.load(profile) if profile else None,
        None if store is None else place(store),
        lang=Language.of(lang),
        threshold=fail_on,
        tables=tables,
        progress=progress,
        limits=limits,
    )


def annotate(
    path: str | Path,
    copy: str | Path,
    *,
    profile: str | None = None,
    lang: str = "zh-Hant",
    limits: Limits | None = None,
) -> Checked:
    """Writes a copy of a Word or ODT draft with each finding as a comment at its place.

    Args:
        path: the document, .docx or .odt.
        copy: the file to write, of the same kind.
        profile: as for :func:`check`.
        lang: the language of the comments.
        limits: what reading it may use of time and memory.

    Raises:
        SourceError: if the document cannot be read, or the copy cannot hold comments.
    """
    from kps_graph.annotations import annotate as annotated
    from kps_graph.annotations import refuse

    file = SourceFile.at(Path(path))
    refuse([file.path], Path(copy))
    readings: list[Reading] = []
    checked = reported(
        [file],
        profiles.load(profile) if profile else None,
        lang=Language.of(lang),
        each=readings.append,
        limits=limits,
    )
    for source in checked.failed:
        raise SourceError(source.message or "")
    data = annotated(readings[0].data, file.path.name, checked, datetime.now(UTC))
    replace_file(Path(copy), data)
    return checked


def build(
    paths: Paths,
    store: str | Path = "kps.store",
    *,
    base: str | None = None,
    rebuild: bool = False,
    prune: bool = False,
    jobs: int | None = None,
    check: bool = True,
    align: bool = True,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Built:
    """Brings the store in the directory ``store`` up to date with documents.

    Unchanged files are skipped, changed ones replace their standard; the store is replaced in one
    step. See :func:`kps_graph.pipeline.build.build` for what the arguments mean.

    Raises:
        SourceError: if a path does not exist, or there is nothing to build.
        StoreError: if the store cannot be written.
    """
    return build_store(
        find(_listed(paths)),
        Path(store),
        base=base,
        rebuild=rebuild,
        prune=prune,
        jobs=jobs,
        check=check,
        align=align,
        decisions=None if decisions is None else Path(decisions),
        progress=progress,
        limits=limits,
    )


def _listed(paths: Paths) -> Sequence[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)
