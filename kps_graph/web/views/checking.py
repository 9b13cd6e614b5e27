"""The check of drafts that are dropped on a page: read in a worker with limits, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Final

from kps_graph.annotations import annotate
from kps_graph.errors import SourceError
from kps_graph.exports.checklist import write as write_review
from kps_graph.exports.reports import Checked, write
from kps_graph.exports.site.check import report_page
from kps_graph.exports.site.frame import Frame
from kps_graph.formats import ReportFormat
from kps_graph.pipeline.reported import reported
from kps_graph.pipeline.reviewed import reviewed
from kps_graph.pipeline.sources import SourceFile
from kps_graph.resources import folder
from kps_graph.rules import profiles
from kps_graph.web.views.temporary import LIMITS, put
from kps_graph.words import Language, Sentence
from kps_graph.workers.pool import Run

__all__ = ["SAVED", "choices", "example", "report", "saved"]

#: What a report can be saved as.
SAVED: Final = ("copy", "xlsx", "review", "html")


def choices(lang: Language) -> list[tuple[str, str]]:
    """Name and title of each profile, that for drafts first."""
    named = sorted(profiles.names(), key=lambda n: (n != "draft", n != "review", n))
    return [(name, profiles.load(name).title[lang]) for name in named]


def example() -> tuple[str, bytes]:
    """Name and content of a draft to try the check with."""
    path = folder("examples") / "KPS1420-001v2.md"
    return path.name, path.read_bytes()


def report(
    frame: Frame, drafts: Sequence[tuple[str, bytes]], profile: str, run: Run, tried: bool = False
) -> str:
    """The page that says what was found in drafts, given by name and content.

    ``run`` does the work of reading; ``tried`` says that it is the :func:`example`.
    """
    with put(drafts) as files:
        return report_page(frame, _checked(files, profile, frame.lang, run), profile, tried)


def _checked(files: Sequence[SourceFile], profile: str, lang: Language, run: Run) -> Checked:
    chosen = profiles.load(profile if profile in profiles.names() else "draft")
    return reported(files, chosen, lang=lang, tables=True, limits=LIMITS, run=run)


def saved(
    name: str, data: bytes, what: str, profile: str, lang: Language, run: Run
) -> tuple[str, bytes]:
    """The report about a draft as a file: its name and content.

    Args:
        name: of the draft.
        data: its content.
        what: one of :data:`SAVED`: the draft with comments, the findings as a workbook, the form
            of the review, or the report as a page of one file.
        profile: the name of a profile.
        lang: of the report.
        run: does the work of reading.

    Raises:
        SourceError: if the draft cannot be read.
    """
    with put([(name, data)]) as (file,):
        stem = PurePath(file.name).stem
        if what == "review":
            kind = "odt" if file.name.lower().endswith(".odt") else "docx"
            made = write_review(reviewed(file.path, limits=LIMITS, run=run), kind, lang)
            return f"{stem}-review.{kind}", made
        checked = _checked([file], profile, lang, run)
        for source in checked.failed:
            raise SourceError(source.message or Sentence("the file cannot be read"), source=name)
        if what == "copy":
            now = datetime.now(UTC)
            return f"{stem}-checked{file.path.suffix}", annotate(data, file.name, checked, now)
        format = ReportFormat.called(what)
        return f"{stem}-findings{format.extension}", write(checked, format)
