"""The review of a draft: what the check says of each condition, and what people wrote before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kps_graph.document import Document
from kps_graph.errors import SourceError
from kps_graph.exports.checklist import Review
from kps_graph.pipeline.check import check
from kps_graph.pipeline.reading import Reading, bytes_of, safely
from kps_graph.pipeline.sources import SourceFile
from kps_graph.readers import read
from kps_graph.readers.rows import read_rows
from kps_graph.rules import profiles
from kps_graph.rules.baseline import Draft
from kps_graph.rules.checklist import checklist, review
from kps_graph.rules.opinions import Form, read_form
from kps_graph.words import Sentence
from kps_graph.workers.limits import Limits
from kps_graph.workers.pool import Run

__all__ = ["kept_in", "reviewed"]


def reviewed(
    file: Path,
    form: Path | None = None,
    limits: Limits | None = None,
    run: Run | None = None,
) -> Review:
    """What the profile ``review`` says of a draft, with what people wrote into an earlier form.

    Args:
        file: the draft.
        form: the earlier form; None, or a file that does not exist, for none.
        limits: what reading each may use of time and memory.
        run: how work is done; by default in processes that are started for it.

    Raises:
        SourceError: if the draft cannot be used, or the form is none, or is about another draft.
    """
    kept = None if form is None or not form.exists() else kept_in(form, limits)
    readings: list[Reading] = []
    report, (source,) = check(
        [SourceFile.at(file)], profiles.load("review"), each=readings.append, limits=limits, run=run
    )
    if not readings:
        raise SourceError(source.message or "")
    standard = readings[0].standard
    if form is not None and kept is not None:
        _same(kept, Draft.of(standard.name, standard.code or ""), form)
    return Review(
        standard.name,
        standard.code or "",
        file.name,
        review(standard, report.findings),
        kept.kept if kept else {},
    )


def kept_in(form: Path, limits: Limits | None = None) -> Form:
    """The form in a file.

    Raises:
        SourceError: if it is none that can be read.
    """
    return safely(_form, SourceFile.at(form), limits, form.name)


def _form(file: SourceFile) -> Form:
    data, name = bytes_of(file), file.path.name
    try:
        tables = list(_tables(data, name))
    except SourceError as error:
        raise SourceError(
            "this file is no review form, and is not written over ({reason})",
            reason=error.said,
            source=name,
            hint=Sentence("give another name with -o"),
        ) from error
    return read_form(tables, [c.number for c in checklist()], name)


def _tables(data: bytes, name: str) -> Iterator[list[tuple[str, ...]]]:
    """The tables of a form as rows of texts, whatever its format."""
    if data.startswith(b"PK") and b"xl/workbook.xml" in data:
        rows: list[tuple[str, ...]] = []
        last = 0
        for number, row in read_rows(data, name):
            if number <= last:  # another sheet begins
                yield rows
                rows = []
            rows.append(row)
            last = number
        yield rows
        return
    content = read(data, name)
    if isinstance(content, Document):
        for table in content.tables:
            yield [tuple(cell.text for cell in row) for row in table.rows()]


def _same(kept: Form, draft: Draft, form: Path) -> None:
    if not kept.draft.may_be(draft):
        raise SourceError(
            "the review form is about another standard ({name}), and is not written over",
            name=f"{kept.code} {kept.name}".strip(),
            source=form.name,
            hint=Sentence("give another name with -o, or correct the name in the form"),
        )
