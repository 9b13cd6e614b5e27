"""One file to a standard: the only place where a command reads and extracts a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from kps_graph.document import Document, Record
from kps_graph.errors import SourceError
from kps_graph.exports.official_table import official_table
from kps_graph.extract import Extraction, extract
from kps_graph.model import Standard
from kps_graph.pipeline.sources import SourceFile
from kps_graph.readers import read
from kps_graph.report import Finding
from kps_graph.standards.names import kept_as
from kps_graph.words import reason

__all__ = ["Reading", "digest", "read_file"]


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A file with all that was read of it, for each stage that wants some of it.

    Attributes:
        file: its name and place.
        data: its bytes.
        content: what its reader found: tables, or the data of a structured form.
        extraction: the standard in that, and what is odd about it.
    """

    file: SourceFile
    data: bytes
    content: Document | Record
    extraction: Extraction

    @property
    def standard(self) -> Standard:
        """The standard in the file."""
        return self.extraction.standard

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the document; no rules are applied."""
        return self.extraction.findings

    @property
    def identity(self) -> str:
        """The local name under which a build would keep the standard."""
        return kept_as(self.standard, self.file.name)

    @property
    def format(self) -> str:
        """The format that the file was read as."""
        return self.content.format

    @property
    def document(self) -> Document:
        """The tables as the author sees them; of a structured form the official table."""
        if isinstance(self.content, Document):
            return self.content
        return official_table(self.standard, self.file.name)

    def __repr__(self) -> str:
        return f"<Reading of {self.file.name}: {self.identity} {self.standard.name}>"


def digest(data: bytes) -> str:
    """The hash by which a changed file is known."""
    return hashlib.sha256(data).hexdigest()


def read_file(file: SourceFile, data: bytes | None = None) -> Reading:
    """What is in a file.

    Args:
        file: which.
        data: its bytes, if they are known already.

    Raises:
        SourceError: if it cannot be used; its ``source`` is the name of the file without folders.
    """
    shown = PurePosixPath(file.name).name
    try:
        data = file.path.read_bytes() if data is None else data
        content = read(data, shown)
        return Reading(file, data, content, extract(content))
    except OSError as error:
        raise SourceError(
            "the file cannot be read: {reason}", reason=reason(error), source=shown
        ) from error
    except RecursionError as error:
        raise SourceError("it is nested too deeply", source=shown) from error
