"""Puts findings into a copy of the author's own document, as comments at their places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from kps_graph.annotations.remarks import remarks
from kps_graph.errors import SourceError, UnknownFormat
from kps_graph.exports.reports import Checked
from kps_graph.formats import SourceFormat
from kps_graph.readers import Limits, recognise
from kps_graph.readers.limits import DEFAULT
from kps_graph.readers.package import Package
from kps_graph.words import Sentence

__all__ = ["annotate", "refuse"]

#: The endings of files that can hold comments.
_ENDINGS: Final = (*SourceFormat.DOCX.extensions, *SourceFormat.ODT.extensions)
_WORKBOOK: Final = ".xlsx"


def refuse(sources: Sequence[Path], copy: Path) -> None:
    """Says what is wrong with writing a copy of ``sources`` to ``copy`` before any work is done.

    Raises:
        SourceError: if there is more than one source, its format is not that of the copy or holds
            no comments, or the copy would replace it.
    """
    if len(sources) != 1:
        raise SourceError(
            "a copy with comments is of one document, and there are {count}",
            count=len(sources),
            hint=Sentence("name one file"),
        )
    (source,) = sources
    own, other = source.suffix.lower(), copy.suffix.lower()
    if other not in (*_ENDINGS, _WORKBOOK):
        raise UnknownFormat(
            "only .docx, .odt and .xlsx files can hold comments",
            source=copy.name,
            hint=Sentence("name a copy that ends like the document"),
        )
    if own != other:
        raise UnknownFormat(
            "the copy of a {own} file must end in {own} too",
            own=own,
            source=copy.name,
            hint=Sentence(
                "or save the document as {other} with Word or LibreOffice first, and check that",
                other=other,
            ),
        )
    if copy.exists() and copy.samefile(source):
        raise SourceError(
            "the copy would replace the document itself",
            source=copy.name,
            hint=Sentence("name another file"),
        )


def annotate(
    data: bytes, name: str, checked: Checked, now: datetime, limits: Limits = DEFAULT
) -> bytes:
    """A copy of a Word or ODT file with a comment for every finding.

    The text stays as it is, and so do the comments of others; what kps-graph wrote earlier is
    replaced. A finding without a place stands at the first paragraph.

    Args:
        data: the file.
        name: its name, for messages.
        checked: the outcome of the check of this file alone.
        now: the date of the comments.
        limits: how much is accepted.

    Raises:
        SourceError: if the file cannot be read, or its format holds no comments.
    """
    written = remarks(checked)
    if name.lower().endswith(_WORKBOOK):
        from kps_graph.annotations.xlsx import annotate_xlsx

        return annotate_xlsx(data, written)
    kind = recognise(data, name, limits)
    if kind is SourceFormat.DOCX:
        from kps_graph.annotations.docx import annotate_docx

        return annotate_docx(Package(data, name, limits), written, now, limits)
    if kind is SourceFormat.ODT:
        from kps_graph.annotations.odt import annotate_odt

        return annotate_odt(Package(data, name, limits), written, now, limits)
    raise UnknownFormat(
        "{format} cannot hold comments",
        format=kind.label,
        source=name,
        hint=Sentence("save the document as .docx or .odt, or write a page: -o report.html"),
    )
