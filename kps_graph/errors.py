"""Every error that kps-graph raises.

::

    KpsError
      SourceError        a file that cannot be used as a source
        UnknownFormat    its content is none of the formats that have a reader
        Undecodable      its bytes cannot be turned into text or a document
        TooLarge         it exceeds a limit that protects the machine
        MissingExtra     it needs an optional package
        NotAStandard     it was read, and holds nothing of a competency standard
      ModelError         a value that cannot exist
      ResourceError      something asked for by name is not there or not well formed
        UnknownQuery
        BadHeader
        BadParameter
        UnknownRule
        BadProfile
        BadBaseline
        BadShapes
      ValidationAborted  the validation engine failed; says nothing about the data
      StoreError
        StoreMissing
        StoreLocked
        StoreVersion
        StoreDamaged
        QuerySyntax
        QueryTimeout
        QueryTooLarge

Bad *data* is never an error: it is a :class:`kps_graph.report.Finding`.
"""

from __future__ import annotations

import signal

from kps_graph.words import Bilingual, Language, Sentence, Value

__all__ = [
    "BadBaseline",
    "BadHeader",
    "BadParameter",
    "BadProfile",
    "BadShapes",
    "Ended",
    "KpsError",
    "MissingExtra",
    "ModelError",
    "NotAStandard",
    "QuerySyntax",
    "QueryTimeout",
    "QueryTooLarge",
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
    "signal_of",
]


class KpsError(Exception):
    """What kps-graph could not do, in a sentence that says what was expected and what to do.

    An error carries its sentence as a template with values, and is put into words where it is
    shown: ``str(error)`` in English, :meth:`in_words` in a language.

    Args:
        said: one sentence for a person: its English template with ``{fields}``, or all of it.
        source: the file, store or name that the error is about.
        line: 1-based line in ``source``, where known.
        column: 1-based column in ``source``, where known.
        hint: what to do about it.
        values: of the fields of the template.
    """

    def __init__(
        self,
        said: str | Sentence,
        /,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: Sentence | Bilingual | None = None,
        **values: Value,
    ) -> None:
        super().__init__(said)
        self.said = said if isinstance(said, Sentence) else Sentence(said, **values)
        self.source = source
        self.line = line
        self.column = column
        self.advice = hint

    @property
    def message(self) -> str:
        """What is wrong, in English, without its place."""
        return str(self.said)

    @property
    def hint(self) -> str | None:
        """What to do about it, in English."""
        return None if self.advice is None else str(self.advice)

    def sentence(self, placed: bool = True) -> Sentence:
        """``source:line:column: message → hint`` with the parts that are known.

        Args:
            placed: False to leave out the source, where it is shown beside the sentence.
        """
        parts = (self.source if placed else None, self.line, self.column)
        place = ":".join(str(part) for part in parts if part is not None)
        said = (
            Sentence("{place}: {message}", place=place, message=self.said) if place else self.said
        )
        if self.advice is None:
            return said
        return Sentence("{message}\n  → {hint}", message=said, hint=self.advice)

    def in_words(self, language: Language) -> str:
        """The whole of it in ``language``."""
        return self.sentence().in_words(language)

    def __str__(self) -> str:
        """The whole of it in English."""
        return self.in_words(Language.ENGLISH)


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


class BadShapes(ResourceError):
    """Shapes that cannot be read or applied, or would check nothing."""


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


class QueryTimeout(StoreError):
    """A query that was ended because it took longer than it may."""


class QueryTooLarge(StoreError):
    """A query that was ended because it needs more memory than it may use."""


class Ended(KeyboardInterrupt):
    """A signal that asks to end, which is done as tidily as after Ctrl-C.

    Attributes:
        signal: its number.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.signal = number


def signal_of(error: BaseException | None) -> int:
    """The number of the signal behind an interruption; that of Ctrl-C where it does not say."""
    return error.signal if isinstance(error, Ended) else int(signal.SIGINT)
