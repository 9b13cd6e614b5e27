"""The tables of documents, as their authors see them, for reports that show them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from kps_graph.document import Document
from kps_graph.errors import KpsError
from kps_graph.exports.official_table import official_table
from kps_graph.extract import extract
from kps_graph.pipeline.interrupt import Progress
from kps_graph.pipeline.sources import SourceFile
from kps_graph.readers import read

__all__ = ["documents"]


def documents(files: Sequence[SourceFile], progress: Progress | None = None) -> dict[str, Document]:
    """What each readable file shows, by its name; the structured form as the official table.

    ``progress`` is told after each file.
    """
    found: dict[str, Document] = {}
    for done, file in enumerate(files, 1):
        if progress:
            progress(done, len(files), file.name)
        try:
            content = read(file.path.read_bytes(), PurePosixPath(file.name).name)
            found[file.name] = (
                content
                if isinstance(content, Document)
                else official_table(extract(content).standard, file.name)
            )
        except (KpsError, OSError, RecursionError):
            continue  # the check has said so
    return found
