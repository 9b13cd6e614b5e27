"""Comments in a copy of a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kps_graph.annotations.remarks import AUTHOR, Remark

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

__all__ = ["annotate_xlsx"]

#: A comment holds no more, as Excel shows it.
_MOST = 8000


def annotate_xlsx(data: bytes, remarks: Sequence[Remark]) -> bytes:
    """The workbook in ``data`` with a comment at each cell that has findings.

    Comments of others stay; what kps-graph wrote earlier is replaced. What concerns no cell stands
    at the first cell of the first sheet.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    _forget(book)
    by_cell: dict[tuple[str, str], list[str]] = {}
    for remark in remarks:
        sheet, _, cell = remark.finding.span.pointer.rpartition("!")
        place = (sheet, cell) if sheet in book.sheetnames else (book.sheetnames[0], "A1")
        by_cell.setdefault(place, []).append("\n".join(remark.lines))
    for (sheet, cell), texts in by_cell.items():
        _comment(book[sheet][cell], texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _forget(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None


def _comment(cell: Cell, texts: Iterable[str]) -> None:
    from openpyxl.comments import Comment

    said = "\n\n".join(texts)
    if cell.comment:  # of a person, and it stays
        said = f"{cell.comment.text}\n\n{said}"
    if len(said) > _MOST:
        said = said[: _MOST - 1] + "…"
    cell.comment = Comment(said, AUTHOR, height=200, width=420)
