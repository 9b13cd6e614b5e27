"""What needs a K, S or A, as a file: rows, a workbook, JSON, or a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from kps_graph.exports.results import guarded, rows_as
from kps_graph.exports.workbook import Sheet, workbook
from kps_graph.formats import ResultFormat
from kps_graph.printable import json_text
from kps_graph.standards.trace import Branch
from kps_graph.store.rows import Rows
from kps_graph.words import Language

__all__ = ["ENDINGS", "HEADINGS", "trace_as"]

#: Ending of a file -> its format.
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".json": "json",
        ".csv": "csv",
        ".tsv": "tsv",
        ".md": "markdown",
        ".arrow": "arrow",
        ".parquet": "parquet",
        ".xlsx": "xlsx",
        ".svg": "svg",
        ".html": "html",
        ".htm": "html",
    }
)
#: Column -> heading in Chinese and in English, width in characters.
HEADINGS: Final[Mapping[str, tuple[str, str, int]]] = MappingProxyType(
    {
        "asked": ("所查", "asked for", 24),
        "standard": ("職能基準代碼", "standard", 16),
        "name": ("職業", "occupation", 20),
        "type": ("類", "type", 6),
        "element": ("職能代碼", "code of it", 10),
        "competency": ("職能", "K, S or A", 36),
        "task": ("任務", "task", 8),
        "task_text": ("任務內容", "text of the task", 28),
        "unit": ("活動", "activity", 8),
        "unit_text": ("活動內容", "text of the activity", 28),
        "kind": ("類別", "kind", 6),
        "code": ("代碼", "code", 10),
        "text": ("內容", "text", 60),
        "level": ("級別", "level", 8),
        "step": ("步", "step", 6),
        "easier": ("較易處／所需 K、S", "easier, or K and S that it takes", 30),
    }
)


def trace_as(
    trees: Sequence[Branch], rows: Rows, data: Any, format: str, title: str, lang: Language
) -> bytes:
    """A trace in ``format``, one of the values of :data:`ENDINGS`.

    Args:
        trees: what a picture shows.
        rows: what a table has.
        data: what JSON has.
        format: of the file.
        title: what was traced.
        lang: of headings.
    """
    if format == "json":
        return f"{json_text(data)}\n".encode()
    if format == "xlsx":
        return _workbook(rows, title, lang)
    if format in ("svg", "html"):
        from kps_graph.exports.pictures.picture import Picture  # who asks for a table waits less
        from kps_graph.exports.pictures.tree_layout import layout

        picture = Picture(layout(trees, title, lang))
        return (picture.svg() if format == "svg" else picture.html()).encode()
    return rows_as(guarded(rows), ResultFormat.called(format))


def _workbook(rows: Rows, title: str, lang: Language) -> bytes:
    heads = [HEADINGS[column] for column in rows.columns]
    cells = [
        [value if isinstance(value, int) else str(value or "") for value in row.values()]
        for row in rows
    ]
    sheet = Sheet(
        lang.pick(("路徑", "paths")),
        [lang.pick((zh, en)) for zh, en, _ in heads],
        [width for _, _, width in heads],
        cells,
    )
    return workbook(title, (sheet,))
