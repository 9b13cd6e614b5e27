"""What a reader hands on: the text of a file as tables and paragraphs, each with its place.

A reader turns bytes into a :class:`Document` and knows nothing about competency standards;
:mod:`kps_graph.extract` turns a Document into a Standard and knows nothing about file formats.
Sources that are structured already (YAML, JSON) become a :class:`Record` instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias

from kps_graph.words import Sentence

__all__ = ["Block", "Cell", "Document", "Json", "Paragraph", "Places", "Record", "Span", "Table"]

#: A JSON value.
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in its source.

    All numbers are 1-based; None where the format has no such thing. ``table`` counts the tables
    of the whole document, ``row`` counts the rows of that table with its header rows, ``column``
    the grid columns, ``line`` the physical lines of a text file. ``pointer`` is the JSON pointer
    (RFC 6901) of a value in a JSON file whose lines are not known, or the cell of a spreadsheet
    as these write it: ``課程單元!B6``.
    """

    source: str = ""
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    pointer: str = ""

    def __str__(self) -> str:
        """``source, page 1, table 2, row 3, column 4, line 5`` with the parts that are known."""
        parts = [
            f"{n} {v}"
            for n in ("page", "table", "row", "column", "line")
            if (v := getattr(self, n)) is not None
        ]
        parts += [self.pointer] if self.pointer else []
        return ", ".join([self.source, *parts] if self.source else parts)


#: Where single values of one thing stand, by the name of the field.
Places: TypeAlias = "tuple[tuple[str, Span], ...]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item or visual line.

    Attributes:
        text: its characters as they stand, without markup; never stripped of anything but the
            white space around it. A bullet glyph that the source has as text stays in the text.
        depth: None for running text; 0, 1, ... for an item of a list by nesting.
        heading: 1-6 for a heading, else 0.
        span: where it stands.
        soft: True where the paragraph may merely be the next visual line of the one before
            (PDF lines, ``<br>``), so that it is joined to it unless it begins with a code or
            bullet.
        gap: what stood between it and the text before, if it goes on with that, where the source
            tells (PDF): a space or nothing; None where it does not. Given for soft paragraphs
            and for the first of a cell.
    """

    text: str
    span: Span = Span()
    depth: int | None = None
    heading: int = 0
    soft: bool = False
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with the grid rows and columns that it covers.

    Attributes:
        row: 1-based grid row of its upper edge.
        column: 1-based grid column of its left edge.
        rowspan: grid rows covered, at least 1.
        colspan: grid columns covered, at least 1.
        paragraphs: its content in order; empty for a blank cell.
        text: that of all paragraphs, one a line.
    """

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = self.paragraphs
        text = parts[0].text if len(parts) == 1 else "\n".join([p.text for p in parts])
        object.__setattr__(self, "text", text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its cells in reading order.

    Attributes:
        index: 1-based number in the document.
        cells: every cell once, at its upper left corner; blank cells included.
        page: 1-based page on which it begins, where the format has pages.
        merged: True where the format states which cells are merged (HTML, ODT, DOCX, PDF), so
            that a blank cell is empty; False where it cannot (tab separated text), so that a
            blank cell may stand for the continuation of the one above.
        widths: how wide its columns are, in any one unit, where the format says; else empty.
    """

    index: int
    cells: tuple[Cell, ...]
    page: int | None = None
    merged: bool = False
    widths: tuple[float, ...] = field(default=(), compare=False)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells that begin in each grid row, by column; rows without a cell are empty."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for number in range(1, max(by_row, default=0) + 1):
            yield sorted(by_row.get(number, ()), key=attrgetter("column"))


#: What a document is a sequence of.
Block: TypeAlias = "Table | Paragraph"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or drawing: what is said of it (its alternative text), where, and behind which text.

    Attributes:
        text: "" where nothing is said of it.
        span: of the place; without a table for one outside tables.
        behind: the last text before it, outside tables.
    """

    text: str
    span: Span
    behind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file's tables and the paragraphs between them, in reading order.

    Attributes:
        source: the name of the file, as messages should show it.
        blocks: tables and paragraphs in reading order.
        format: the name of the :class:`kps_graph.formats.SourceFormat` it was read as.
        encoding: the character encoding that was used, for text formats.
        warnings: what the reader noticed, as (extraction rule number, offending text or
            what is said of it, place): for instance a legacy encoding or a damaged part. They
            become findings.
        drawings: the pictures and drawings of an office file, in reading order.
        hidden: what a spreadsheet does not show and is read all the same, as a table (a sheet), a
            row of it or a column.
    """

    source: str
    blocks: tuple[Block, ...]
    format: str = ""
    encoding: str = "utf-8"
    warnings: tuple[tuple[str, str | Sentence, Span], ...] = ()
    drawings: tuple[Drawing, ...] = ()
    hidden: tuple[Span, ...] = ()

    @property
    def tables(self) -> list[Table]:
        """The tables alone."""
        return [b for b in self.blocks if isinstance(b, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs outside tables."""
        return [b for b in self.blocks if isinstance(b, Paragraph)]


@dataclass(frozen=True, slots=True)
class Record:
    """A structured source: one mapping, and the line of each of its values.

    Attributes:
        source: the name of the file.
        data: the mapping.
        format: the name of the :class:`kps_graph.formats.SourceFormat`.
        lines: 1-based line by path, a path being a tuple of keys and 0-based indices; empty
            where the format does not give lines.
        warnings: as in :class:`Document`.
    """

    source: str
    data: Mapping[str, Json]
    format: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    warnings: tuple[tuple[str, str | Sentence, Span], ...] = ()

    def span(self, *path: str | int) -> Span:
        """Where the value at ``path`` stands: its own line, or that of its nearest parent.

        Its pointer, if the format does not give lines.
        """
        if not self.lines:
            pointer = "/".join(("", *map(str, path)))
            if "~" in pointer or pointer.count("/") > len(path):
                keys = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
                pointer = "/" + "/".join(keys)
            return Span(source=self.source, pointer=pointer)
        where = path
        while where and where not in self.lines:
            where = where[:-1]
        return Span(source=self.source, line=self.lines.get(where))
