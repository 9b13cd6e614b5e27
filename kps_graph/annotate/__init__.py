"""Puts findings into a copy of the author's own document, as comments at their places."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kps_graph.annotate.remarks import remarks
from kps_graph.errors import UnknownFormat
from kps_graph.exports.reports import Checked
from kps_graph.formats import SourceFormat
from kps_graph.readers import Limits, recognise
from kps_graph.readers.limits import DEFAULT
from kps_graph.readers.package import Package

__all__ = ["KINDS", "annotate"]

#: The formats that can hold comments.
KINDS: Final = (SourceFormat.DOCX, SourceFormat.ODT)


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
    kind = recognise(data, name, limits)
    written = remarks(checked)
    if kind is SourceFormat.DOCX:
        from kps_graph.annotate.docx import annotate_docx

        return annotate_docx(Package(data, name, limits), written, now, limits)
    if kind is SourceFormat.ODT:
        from kps_graph.annotate.odt import annotate_odt

        return annotate_odt(Package(data, name, limits), written, now, limits)
    raise UnknownFormat(
        f"{kind.label} cannot hold comments", source=name,
        hint="save the document as .docx or .odt, or write a page: --format html -o report.html")
