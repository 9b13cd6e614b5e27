"""Every error that kps-graph raises.

::

    KpsError
      SourceError        a file that cannot be used as a source
        UnknownFormat    its content is none of the formats that have a reader
        Undecodable      its bytes cannot be turned into text or a document
        TooLarge         it exceeds a limit that protects the machine
        MissingExtra     its reader needs an optional package
        NotAStandard     it was read, and holds nothing of a competency standard
      ModelError         a value that cannot exist
      ResourceError      something asked for by name is not there or not well formed
        UnknownQuery
        BadHeader
        BadParameter
        UnknownRule
        BadProfile
        BadBaseline
      ValidationAborted  the validation engine failed; says nothing about the data
      StoreError
        StoreMissing
        StoreLocked
        StoreVersion
        StoreDamaged
        QuerySyntax

Bad *data* is never an error: it is a :class:`kps_graph.report.Finding`.
"""

from __future__ import annotations

__all__ = [
    "BadBaseline",
    "BadHeader",
    "BadParameter",
    "BadProfile",
    "KpsError",
    "MissingExtra",
    "ModelError",
    "NotAStandard",
    "QuerySyntax",
    "ResourceError",
    "SourceError",
    "StoreDamaged",
    "StoreError",
    "StoreLocked",
    "StoreMissing",
    "StoreVersion",
    "TooLarge",
    "Undecodable",
    "UnknownFormat",
    "UnknownQuery",
    "UnknownRule",
    "ValidationAborted",
]


class KpsError(Exception):
    """What kps-graph could not do, in a sentence that says what was expected and what to do.

    Args:
        message: one sentence for a person.
        source: the file, store or name that the error is about.
        line: 1-based line in ``source``, where known.
        column: 1-based column in ``source``, where known.
        hint: what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        """``source:line:column: message (hint)`` with the parts that are known."""
        place = ":".join(str(p) for p in (self.source, self.line, self.column) if p is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  → {self.hint}" if self.hint else text


class SourceError(KpsError):
    """A file that cannot be used as a source."""


class UnknownFormat(SourceError):
    """The content is none of the formats that have a reader."""


class Undecodable(SourceError):
    """The bytes cannot be turned into text or a document."""


class TooLarge(SourceError):
    """The file exceeds a limit that protects the machine."""


class MissingExtra(SourceError):
    """The reader for this format needs an optional package that is not installed."""


class NotAStandard(SourceError):
    """The file was read, and holds nothing of a competency standard."""


class ModelError(KpsError):
    """A value that cannot exist."""


class ResourceError(KpsError):
    """Something asked for by name is not there, or not well formed."""


class UnknownQuery(ResourceError):
    """No query in the library has this name."""


class BadHeader(ResourceError):
    """A query file whose header is missing or malformed."""


class BadParameter(ResourceError):
    """A parameter that the query does not take, lacks, or cannot read."""


class UnknownRule(ResourceError):
    """No rule has this number."""


class BadProfile(ResourceError):
    """A profile of a check that does not exist, or says something unknown or malformed."""


class BadBaseline(ResourceError):
    """A file of known findings that cannot be read, or is none."""


class ValidationAborted(KpsError):
    """The validation engine failed or had nothing to check with; says nothing about the data."""


class StoreError(KpsError):
    """The store cannot be used as asked."""


class StoreMissing(StoreError):
    """There is no store at this place."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class StoreVersion(StoreError):
    """The store was written by another version of kps-graph."""


class StoreDamaged(StoreError):
    """Files of the store are missing, or are not what was written."""


class QuerySyntax(StoreError):
    """SPARQL that does not parse; carries the position."""
