"""Bytes to a Document (tables and paragraphs) or a Record (structured data), by format.

Each format has a module of its own, which is imported, with the library it needs, when the
first file of that format is read.
"""

from __future__ import annotations

from dataclasses import replace

from kps_graph.document import Document, Record
from kps_graph.formats import SourceFormat
from kps_graph.readers.limits import DEFAULT, Limits
from kps_graph.readers.recognise import recognise, recognise_binary, recognise_text
from kps_graph.readers.text import Text, decode

__all__ = ["Limits", "read", "recognise"]


def read(data: bytes, name: str, limits: Limits = DEFAULT) -> Document | Record:
    """What is in a file, whatever its format.

    It is read in this process, where nothing bounds the time and memory that a library takes: a
    PDF whose forms contain themselves takes gigabytes in PDFium before ``limits`` can look at it.
    :func:`kps_graph.read` reads a file of anybody's in a worker that has bounds.

    Args:
        data: its content.
        name: its name, for messages; it decides the format only where content leaves a choice.
        limits: how much is accepted.

    Raises:
        SourceError: one of its subclasses, if the file cannot be used as a source.
    """
    limits.check("bytes", len(data), name)
    found = recognise_binary(data, name, limits)
    if found is not None:
        content: Document | Record = _read_binary(found, data, name, limits)
    else:
        decoded = decode(data, name)
        content = _read_text(recognise_text(decoded, name), decoded, name, limits)
    if isinstance(content, Document):
        inside = sum(len(cell.paragraphs) for table in content.tables for cell in table.cells)
        limits.check("lines", len(content.paragraphs) + inside, name)
    return content


def _read_binary(format: SourceFormat, data: bytes, name: str, limits: Limits) -> Document:
    if format is SourceFormat.ODT:
        from kps_graph.readers.odt import read_odt

        return read_odt(data, name, limits)
    if format is SourceFormat.DOCX:
        from kps_graph.readers.docx import read_docx

        return read_docx(data, name, limits)
    from kps_graph.readers.pdf import read_pdf

    return read_pdf(data, name, limits)


def _read_text(format: SourceFormat, decoded: Text, name: str, limits: Limits) -> Document | Record:
    result: Document | Record
    match format:
        case SourceFormat.HTML:
            from kps_graph.readers.html import read_html

            result = read_html(decoded.text, name, limits)
        case SourceFormat.YAML:
            from kps_graph.readers.structured import read_yaml

            result = read_yaml(decoded.text, name)
        case SourceFormat.JSON | SourceFormat.ICAP_JSON:
            from kps_graph.readers.structured import read_json

            result = read_json(decoded.text, name)
        case _:
            from kps_graph.readers.markdown import read_markdown

            result = read_markdown(decoded.text, name, limits)
    warnings = (*decoded.notices, *result.warnings)
    if isinstance(result, Document):
        return replace(result, format=str(format), encoding=decoded.encoding, warnings=warnings)
    return replace(result, format=str(format), warnings=warnings)
