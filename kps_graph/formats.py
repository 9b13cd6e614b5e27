"""Every fact about a format, in one enum each for sources, RDF, reports and results.

Nothing here imports a parser: asking what a format is called costs nothing.
"""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath
from typing import Self

__all__ = ["RdfFormat", "ReportFormat", "ResultFormat", "SourceFormat"]


class _Format(Enum):
    """What formats of all kinds have: media types, extensions, a short name as the value."""

    media_types: tuple[str, ...]
    extensions: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """The proper media type."""
        return self.media_types[0]

    @property
    def extension(self) -> str:
        """The usual file name extension, with its dot."""
        return self.extensions[0]

    @classmethod
    def of_name(cls, name: str) -> Self | None:
        """The first format whose extension ``name`` has, None if there is none."""
        extension = PurePath(name).suffix.lower()
        return next((f for f in cls if extension in f.extensions), None)

    @classmethod
    def called(cls, name: str) -> Self:
        """The format with this short name.

        Raises:
            KeyError: if there is none.
        """
        return {str(f): f for f in cls}[name]

    def __str__(self) -> str:
        """The short name."""
        return str(self.value)


class SourceFormat(_Format):
    """A format that has a reader.

    Attributes:
        value: its short name, as options and :attr:`Document.format` spell it.
        label: what a message calls it.
        media_types: its media types, the proper one first.
        extensions: the file name extensions with their dot, the usual one first.
    """

    MARKDOWN = (
        "markdown",
        "Markdown with tab-separated tables",
        ("text/markdown", "text/plain"),
        (".md", ".markdown", ".txt"),
    )
    HTML = ("html", "HTML", ("text/html", "application/xhtml+xml"), (".html", ".htm", ".xhtml"))
    ODT = (
        "odt",
        "OpenDocument Text",
        ("application/vnd.oasis.opendocument.text",),
        (".odt", ".ott"),
    )
    DOCX = (
        "docx",
        "Word (Office Open XML)",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        (".docx", ".docm", ".dotx"),
    )
    PDF = ("pdf", "PDF", ("application/pdf",), (".pdf",))
    YAML = ("yaml", "YAML interchange", ("application/yaml", "text/yaml"), (".yaml", ".yml"))
    JSON = ("json", "JSON interchange", ("application/json",), (".json",))
    ICAP_JSON = ("icap-json", "third-party JSON extraction", ("application/json",), (".json",))

    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]

    def __new__(
        cls,
        value: str,
        label: str,
        media_types: tuple[str, ...],
        extensions: tuple[str, ...],
    ) -> SourceFormat:
        """A member whose value is its short name and whose facts are attributes."""
        self = object.__new__(cls)
        self._value_ = value
        self.label, self.media_types, self.extensions = label, media_types, extensions
        return self


class RdfFormat(_Format):
    """A serialisation of RDF.

    Attributes:
        value: its short name.
        label: what a message calls it.
        media_types: its media types, the proper one first.
        extensions: the file name extensions with their dot, the usual one first.
    """

    TURTLE = ("turtle", "Turtle", ("text/turtle",), (".ttl",))
    TRIG = ("trig", "TriG", ("application/trig",), (".trig",))
    NQUADS = ("nquads", "N-Quads", ("application/n-quads",), (".nq",))
    NTRIPLES = ("ntriples", "N-Triples", ("application/n-triples",), (".nt",))
    JSONLD = ("jsonld", "JSON-LD", ("application/ld+json",), (".jsonld",))
    RDFXML = ("rdfxml", "RDF/XML", ("application/rdf+xml",), (".rdf", ".owl", ".xml"))

    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]

    def __new__(
        cls, value: str, label: str, media_types: tuple[str, ...], extensions: tuple[str, ...]
    ) -> RdfFormat:
        """A member whose value is its short name and whose facts are attributes."""
        self = object.__new__(cls)
        self._value_ = value
        self.label, self.media_types, self.extensions = label, media_types, extensions
        return self


class ResultFormat(_Format):
    """A format in which the answer to a query is written.

    Attributes:
        value: its short name.
        label: what a message calls it.
        media_types: its media types, the proper one first.
        extensions: the file name extensions with their dot, the usual one first.
    """

    CSV = ("csv", "CSV", ("text/csv",), (".csv",))
    TSV = ("tsv", "TSV", ("text/tab-separated-values",), (".tsv",))
    JSON = (
        "json",
        "SPARQL results in JSON",
        ("application/sparql-results+json",),
        (".srj", ".json"),
    )
    XML = ("xml", "SPARQL results in XML", ("application/sparql-results+xml",), (".srx", ".xml"))
    MARKDOWN = ("markdown", "Markdown table", ("text/markdown",), (".md",))
    NDJSON = ("ndjson", "JSON lines", ("application/x-ndjson",), (".ndjson", ".jsonl"))
    ARROW = ("arrow", "Arrow IPC file", ("application/vnd.apache.arrow.file",), (".arrow",))
    PARQUET = ("parquet", "Parquet", ("application/vnd.apache.parquet",), (".parquet",))

    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]

    def __new__(
        cls, value: str, label: str, media_types: tuple[str, ...], extensions: tuple[str, ...]
    ) -> ResultFormat:
        """A member whose value is its short name and whose facts are attributes."""
        self = object.__new__(cls)
        self._value_ = value
        self.label, self.media_types, self.extensions = label, media_types, extensions
        return self


class ReportFormat(_Format):
    """A format in which the findings of a check are written.

    Attributes:
        value: its short name.
        label: what a message calls it.
        media_types: its media types, the proper one first.
        extensions: the file name extensions with their dot, the usual one first.
        tables: whether it shows the tables of the documents.
    """

    TEXT = ("text", "text", ("text/plain",), (".txt",), False)
    JSON = ("json", "JSON", ("application/json",), (".json",), False)
    SARIF = ("sarif", "SARIF 2.1.0", ("application/sarif+json",), (".sarif",), False)
    JUNIT = ("junit", "JUnit XML", ("application/xml",), (".xml",), False)
    TURTLE = ("turtle", "SHACL validation report", ("text/turtle",), (".ttl",), False)
    CSV = ("csv", "CSV", ("text/csv",), (".csv",), False)
    XLSX = (
        "xlsx",
        "Excel workbook",
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        (".xlsx",),
        False,
    )
    HTML = ("html", "HTML", ("text/html",), (".html", ".htm"), True)

    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]
    tables: bool

    def __new__(
        cls,
        value: str,
        label: str,
        media_types: tuple[str, ...],
        extensions: tuple[str, ...],
        tables: bool,
    ) -> ReportFormat:
        """A member whose value is its short name and whose facts are attributes."""
        self = object.__new__(cls)
        self._value_ = value
        self.label, self.media_types, self.extensions = label, media_types, extensions
        self.tables = tables
        return self
