"""One file to a standard: the only place where a command reads and extracts a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Generic, TypeVar

from kps_graph.document import Document, Record
from kps_graph.errors import KpsError, SourceError
from kps_graph.exports.official_table import official_table
from kps_graph.model import Standard
from kps_graph.pipeline.sources import SourceFile
from kps_graph.readers import read
from kps_graph.report import Finding
from kps_graph.saving import content_of
from kps_graph.standards.names import kept_as
from kps_graph.words import reason
from kps_graph.workers import pool
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import Run, work_here

if TYPE_CHECKING:
    from kps_graph.extract import Extraction

__all__ = ["Reading", "bytes_of", "imported", "read_file", "read_safely", "safely"]

Job = TypeVar("Job")
Result = TypeVar("Result")


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


def bytes_of(file: SourceFile) -> bytes:
    """The content of a file.

    Raises:
        SourceError: if it cannot be read, or is a pipe or a device, which may never end.
    """
    try:
        return content_of(file.path, PurePosixPath(file.name).name)
    except OSError as error:
        raise SourceError(
            "the file cannot be read: {reason}", reason=reason(error), source=file.name
        ) from error


def read_file(file: SourceFile, data: bytes | None = None) -> Reading:
    """What is in a file.

    Args:
        file: which.
        data: its bytes, if they are known already.

    Raises:
        SourceError: if it cannot be used; its ``source`` is the name of the file without folders.
    """
    from kps_graph.extract import extract  # a worker does: who gives the work needs none of it

    shown = PurePosixPath(file.name).name
    try:
        data = bytes_of(file) if data is None else data
        content = read(data, shown)
        return Reading(file, data, content, extract(content))
    except RecursionError as error:
        raise SourceError("it is nested too deeply", source=shown) from error


def imported() -> None:
    """Imports what reading a file needs, so that a worker which has done so begins at once."""
    for name in (
        "lxml.etree",
        "lxml.html",
        "openpyxl",
        "pypdfium2",
        "yaml",
        "kps_graph.pipeline.courses",
    ):
        import_module(name)


def read_safely(file: SourceFile, limits: Limits | None = None, run: Run | None = None) -> Reading:
    """What is in a file, read by a worker that no file can make hang or take the memory with it.

    Args:
        file: which.
        limits: what the worker may use.
        run: how work is done; by default in processes that are started for it.

    Raises:
        SourceError: if it cannot be used, or its worker died of it.
    """
    return safely(read_file, file, limits, file.name, run)


def safely(
    function: Callable[[Job], Result],
    job: Job,
    limits: Limits | None,
    source: str,
    run: Run | None = None,
) -> Result:
    """What ``function`` makes of ``job``, in a worker with ``limits``.

    Raises:
        KpsError: what it raises.
        SourceError: about ``source``, if the worker died.
    """
    if work_here():
        return function(job)
    ((_, answer),) = (run or pool.run)(Attempt(function), [job], 1, limits or Limits())
    if isinstance(answer, Died):
        raise SourceError(answer.reason, source=source)
    if isinstance(answer, KpsError):
        raise answer
    return answer


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Job, Result]):
    """A function whose errors are values, so that they come back from a worker as they are."""

    function: Callable[[Job], Result]

    def __call__(self, job: Job) -> Result | KpsError:
        """The result for ``job``, or the error."""
        try:
            return self.function(job)
        except KpsError as error:
            return error
