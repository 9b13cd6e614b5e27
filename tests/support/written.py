"""A draft on the official template in every format that authors use, from one set of cells."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import yaml

from kps_graph.extract import extract
from kps_graph.extract.interchange import to_data
from kps_graph.readers import read
from tests.support.draft import ATTITUDES, HEADER, HEADINGS, SPANS, VERSION, Rows, draft
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import GridCell, GridTable, Para, to_html, to_markdown

#: Those that are written here; a PDF is made by LibreOffice.
FORMATS: Final = ("docx", "odt", "html", "md", "yaml", "json")


@dataclass(frozen=True)
class Cells:
    """What stands in a draft; ``header`` as :func:`tests.support.draft.draft` takes it."""

    rows: Rows
    header: Mapping[str, str] = field(default_factory=dict)
    version: Sequence[str] = VERSION
    attitudes: str = ATTITUDES

    def written(self, format: str) -> bytes:
        """The draft as a file; YAML and JSON say what the draft in Word does."""
        word = draft(self.rows, self.header, self.version, self.attitudes)
        if format == "docx":
            return word
        if format == "pdf":
            (made,) = convert({"draft.docx": word}, "pdf").values()
            return made
        if format in ("yaml", "json"):
            data = to_data(extract(read(word, "draft.docx")).standard)
            dumped = (
                yaml.safe_dump(data, allow_unicode=True) if format == "yaml" else json.dumps(data)
            )
            return dumped.encode()
        return {
            "odt": to_odt,
            "html": lambda blocks: to_html(blocks).encode(),
            "md": lambda blocks: to_markdown(blocks).encode(),
        }[format](self._blocks())

    def _blocks(self) -> list[GridTable | Para]:
        header = [(*cells[:-1], self.header.get(key, cells[-1])) for key, cells in HEADER.items()]
        return [
            Para("職能基準", heading=3),
            _grid(
                [
                    ("版本", "職能基準代碼", "職能基準名稱", "狀態", "更新說明", "發展更新日期"),
                    self.version,
                ]
            ),
            Para("", heading=4),
            _grid(header, SPANS),
            Para("", heading=4),
            _grid([HEADINGS, *self.rows]),
            Para("職能內涵（A=attitude 態度）", heading=4),
            *(Para(line) for line in self.attitudes.split("\n")),
            Para("說明與補充事項", heading=4),
            Para("建議學歷：高中職以上。"),
        ]


def _grid(rows: Rows, spans: Mapping[int, Sequence[int]] | None = None) -> GridTable:
    """A table; a cell that is None goes on from the one above, as in :mod:`tests.support.draft`."""
    cells = []
    for number, row in enumerate(rows, 1):
        column = 1
        wide = spans[len(row)] if spans else (1,) * len(row)
        for at, (text, span) in enumerate(zip(row, wide, strict=True)):
            if text is not None:
                below = 1
                while (
                    not spans
                    and number - 1 + below < len(rows)
                    and rows[number - 1 + below][at] is None
                ):
                    below += 1
                paras = tuple(Para(line) for line in text.split("\n") if line)
                cells.append(GridCell(number, column, paras, below, span))
            column += span
    return GridTable(tuple(cells), (1,) * (column - 1))
