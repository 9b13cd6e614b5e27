"""Drafts on the official template, as authors write them, in Word and, by LibreOffice, in ODT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tests.support.docx import paragraph, to_docx

#: The headings of the body table.
HEADINGS = (
    "主要職責",
    "工作任務",
    "工作產出",
    "行為指標",
    "職能級別",
    "職能內涵（K=knowledge 知識）",
    "職能內涵（S=skills 技能）",
)
#: The header of a draft without faults; the cells of each row.
HEADER = {
    "代碼": ("職能基準代碼", ""),
    "職類": ("職能基準名稱（擇一填寫）", "職類", ""),
    "職業": ("", "職業", "咖啡師"),
    "類別": ("所屬類別", "職類別", "餐飲管理", "職類別代碼", ""),
    "職業別": ("", "職業別", "飲料調製員", "職業別代碼", "5131"),
    "行業別": ("", "行業別", "住宿及餐飲業／飲料店", "行業別代碼", "I5631"),
    "描述": ("工作描述", "依顧客需求沖煮咖啡，維護吧檯清潔，並提供友善的服務。"),
    "級別": ("基準級別", "3"),
}
VERSION = ("V1", "", "咖啡師", "最新版本", "略", "2026/01/15")
ATTITUDES = "A01 主動積極：不需他人指示或要求能自動自發做事。"
#: Widths of the header's rows in columns of its grid, by the number of cells.
SPANS = {2: (2, 3), 3: (1, 1, 3), 5: (1, 1, 1, 1, 1)}

#: Rows of the body; a cell that goes on with the one above it is None.
Rows = Sequence[Sequence["str | None"]]


def draft(
    rows: Rows,
    header: Mapping[str, str] | None = None,
    version: Sequence[str] = VERSION,
    attitudes: str = ATTITUDES,
    classes: Sequence[Sequence[str]] = (),
) -> bytes:
    """A Word file.

    ``header`` gives the last cell of the rows of :data:`HEADER` to change; ``classes`` are rows of
    five cells that stand in the place of those with the same second cell.
    """
    changed = [(*cells[:-1], (header or {}).get(key, cells[-1])) for key, cells in HEADER.items()]
    instead = {cells[1]: tuple(cells) for cells in classes}
    changed = [instead.get(cells[1], cells) for cells in changed]
    return to_docx(
        "".join(
            (
                paragraph("職能基準"),
                _table(
                    [
                        [
                            "版本",
                            "職能基準代碼",
                            "職能基準名稱",
                            "狀態",
                            "更新說明",
                            "發展更新日期",
                        ],
                        list(version),
                    ]
                ),
                paragraph(""),
                _table([list(cells) for cells in changed], header=True),
                paragraph(""),
                _table([list(HEADINGS), *map(list, rows)]),
                paragraph(""),
                _table([["職能內涵（A=attitude 態度）"], [attitudes]]),
                paragraph("說明與補充事項"),
                paragraph("建議學歷：高中職以上。"),
            )
        )
    )


def _table(rows: list[list[str | None]], header: bool = False) -> str:
    width = 5 if header else max(map(len, rows))
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1400"/>' * width + "</w:tblGrid>"
    borders = (
        "<w:tblPr><w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr>"
    )
    made = []
    for number, row in enumerate(rows):
        spans = SPANS[len(row)] if header else (1,) * len(row)
        cells = [
            _cell(text, span, _merged(rows, number, column))
            for column, (text, span) in enumerate(zip(row, spans, strict=True))
        ]
        made.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{borders}{grid}{''.join(made)}</w:tbl>"


def _merged(rows: list[list[str | None]], row: int, column: int) -> str:
    if rows[row][column] is None:
        return "<w:vMerge/>"
    below = rows[row + 1] if row + 1 < len(rows) else []
    goes_on = column < len(below) and below[column] is None
    return '<w:vMerge w:val="restart"/>' if goes_on else ""


def _cell(text: str | None, span: int, merged: str) -> str:
    lines = "".join(paragraph(escape(line)) for line in (text or "").split("\n") if line)
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{merged}</w:tcPr>{lines or '<w:p/>'}</w:tc>"
