"""The texts of the report one by one, to be pasted into the fields of the platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kps_graph.exports.course.blocks import Block, FormLine, FormMap, FormTable
from kps_graph.exports.course.form import LIMIT

__all__ = ["fields"]


def fields(blocks: Sequence[Block]) -> str:
    """The texts one by one, to be pasted into the fields of the platform.

    Where a text is longer than its field allows (1,000 characters in 壹), that is said beside it.
    """
    lines: list[str] = []
    title = ""
    for block in blocks:
        if isinstance(block, FormLine):
            if block.style in ("part", "table"):
                title = block.text
                lines += ["", f"## {title}"]
            continue
        if isinstance(block, FormMap):
            lines += ["", block.text]
            continue
        for row in block.rows:
            for head, text in _labelled(block, row):
                head = " ".join(head.split())
                over = len(text) - 1000 if LIMIT in head else 0
                mark = f"（超過 {over} 字）" if over > 0 else ""
                lines += ["", f"### {head}{mark}", text or "（未填）"]
    return "\n".join(lines).strip() + "\n"


def _labelled(table: FormTable, row: Sequence[str]) -> Iterator[tuple[str, str]]:
    if table.heads:
        yield from zip(table.heads, row, strict=True)
    elif table.labels:
        yield " ".join(filter(None, row[:-1])).rstrip("："), row[-1]
    else:
        yield "", row[0]
