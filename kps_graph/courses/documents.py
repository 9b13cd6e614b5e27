"""The file of a course, in whatever format people keep it, as a Document of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from kps_graph.courses.heads import label
from kps_graph.courses.plain import plain
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
#: What a list of modules may be called.
_MODULES: Final = frozenset(("modules", "units", "課程單元", "單元", "模組", "課程"))
#: What is stated once: the names of the facts of a course, and the words of the form.
_FACTS: Final = {
    "title": "課程名稱",
    "standard": "職能基準",
    "hours": "課程總時數",
    "level": "課程職能級別",
    "need": "訓練需求",
    "introduction": "課程簡介",
    "purpose": "課程目的",
    "audience": "主要對象",
    "admission": "先備條件",
    "applicant": "申請單位",
    "partner": "協力單位",
    "period": "辦訓期間",
    "trial-from": "辦訓期間_起",
    "trial-to": "辦訓期間_訖",
    "enrolled": "參訓人數",
    "completed": "完訓人數",
    "qualified": "結訓人數",
    "stakeholders": "利益關係人參與紀錄",
}
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
        return _tables(read_mapping(text, name, _EXPECTED, _HINT, listed="modules"))
    return read_sheets(data, name, limits)


def _tables(record: Record) -> Document:
    """A course as data: its modules as a table, what is stated once as lines.

    Raises:
        SourceError: if it has no list of modules.
    """
    key = next((k for k in record.data if plain(str(k)) in _MODULES), "modules")
    listed = record.data.get(key)
    modules = [_flat(m) for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []
    if not isinstance(listed, list) or len(modules) < len(listed):
        raise SourceError(_EXPECTED, source=record.source, hint=_HINT)
    stated: list[Cell] = []
    for row, (name, value) in enumerate(record.data.items(), 1):
        if name != key and value is not None:
            span = record.span(name)
            stated += [
                _cell(row, 1, _FACTS.get(str(name), str(name)), span),
                _cell(row, 2, _text(value), span),
            ]
    heads = list(dict.fromkeys(key for module in modules for key in module))
    cells = [_cell(1, n, head, Span(record.source, table=2)) for n, head in enumerate(heads, 1)]
    for row, module in enumerate(modules):
        for n, head in enumerate(heads, 1):
            if head in module:
                said = module[head]
                span = record.span(key, row, *said.keys)
                cells.append(_cell(row + 2, n, _text(said.value), span))
    tables = Table(1, tuple(stated), merged=True), Table(2, tuple(cells), merged=True)
    return Document(record.source, tables, record.format)


class _Said(NamedTuple):
    """A value of a module, and the keys under which it stands."""

    value: Any
    keys: tuple[str, ...]


def _flat(module: Mapping[str, Any]) -> dict[str, _Said]:
    """A module by the heads of its columns: 評量: {方式: …, 工具: …} has two, as a head of two rows does."""
    flat: dict[str, _Said] = {}
    for key, value in module.items():
        inner = value if isinstance(value, Mapping) else {}
        heads = {each: label(str(key), str(each)) for each in inner}
        if heads and all(heads.values()) and len(set(heads.values())) == len(heads):
            flat |= {str(heads[each]): _Said(v, (key, each)) for each, v in inner.items()}
        else:
            flat[key] = _Said(value, (key,))
    return flat


def _cell(row: int, column: int, text: str, span: Span) -> Cell:
    return Cell(row, column, tuple(Paragraph(line, span) for line in text.split("\n") if line))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key} {_text(each)}".strip() for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(_text(each) for each in value)
    return "" if value is None else str(value)
