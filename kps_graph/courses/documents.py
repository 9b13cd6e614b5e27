"""The file of a course, in whatever format people keep it, as a Document of tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from kps_graph.document import Cell, Document, Paragraph, Record, Span, Table
from kps_graph.errors import SourceError
from kps_graph.readers import read
from kps_graph.readers.limits import DEFAULT, Limits
from kps_graph.readers.sheets import read_sheets
from kps_graph.readers.structured import read_mapping
from kps_graph.readers.text import decode
from kps_graph.words import Sentence

__all__ = ["course_document"]

_DOCUMENTS: Final = frozenset((".docx", ".odt", ".html", ".htm", ".md", ".pdf"))
_STRUCTURED: Final = frozenset((".yaml", ".yml", ".json"))
_EXPECTED: Final = Sentence("a list called modules is expected")
_HINT: Final = Sentence("write it as {form}", form="modules: [{name: …, hours: …, knowledge: […]}]")


def course_document(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """The tables in a file: a spreadsheet, a document, or a course written in YAML or JSON.

    Raises:
        SourceError: if it cannot be read.
    """
    ending = PurePath(name).suffix.lower()
    if ending in _DOCUMENTS:
        content = read(data, name, limits)
        if isinstance(content, Document):
            return content
        raise SourceError("a table of modules is expected", source=name)
    if ending in _STRUCTURED:
        text = decode(data, name).text.replace("\t", " ")  # JSON is YAML, but for its tabs
        return _tables(read_mapping(text, name, _EXPECTED, _HINT))
    return read_sheets(data, name, limits)


def _tables(record: Record) -> Document:
    """A course as data: its modules as a table, what is stated once as lines.

    Raises:
        SourceError: if it has no list of modules.
    """
    listed = record.data.get("modules")
    modules = [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []
    if not isinstance(listed, list) or len(modules) < len(listed):
        raise SourceError(_EXPECTED, source=record.source, hint=_HINT)
    lines = tuple(
        Paragraph(f"{label}：{record.data[key]}", record.span(key))
        for key, label in (
            ("title", "課程名稱"),
            ("standard", "職能基準"),
            ("hours", "課程總時數"),
            ("level", "課程職能級別"),
        )
        if key in record.data
    )
    heads = list(dict.fromkeys(key for module in modules for key in module))
    cells = [_cell(1, n, head, Span(record.source, table=1)) for n, head in enumerate(heads, 1)]
    for row, module in enumerate(modules):
        for n, head in enumerate(heads, 1):
            if head in module:
                span = record.span("modules", row, head)
                cells.append(_cell(row + 2, n, _text(module[head]), span))
    return Document(record.source, (*lines, Table(1, tuple(cells), merged=True)), record.format)


def _cell(row: int, column: int, text: str, span: Span) -> Cell:
    return Cell(row, column, tuple(Paragraph(line, span) for line in text.split("\n") if line))


def _text(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(_text(each) for each in value)
    return "" if value is None else str(value)
