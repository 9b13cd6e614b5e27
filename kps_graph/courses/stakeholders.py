"""The record of how stakeholders took part (利益關係人參與紀錄): the third column of part 參 of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kps_graph.courses.grid import grid, place
from kps_graph.courses.plain import plain
from kps_graph.courses.values import Course, Field
from kps_graph.document import Document, Table

__all__ = ["STAGES", "with_stakeholders"]

#: The rows of part 參 and the facts that their third column states; the last is for all stages.
STAGES: Final = {
    "A": "stakeholders-analysis",
    "D": "stakeholders-design",
    "I": "stakeholders-running",
    "E": "stakeholders-evaluation",
    "": "stakeholders",
}
_HEAD: Final = re.compile(r"利益關係人參與(?:紀錄|記錄)(?:\*\d)?:?")
#: A character of every such head, in whatever width and spacing.
_NAMED: Final = "益"
#: What a row is about: A分析, 設計階段.
_STAGE: Final = (("A", "分析"), ("D", "設計|發展"), ("I", "執行|實施"), ("E", "評估"))


def with_stakeholders(course: Course, document: Document) -> Course:
    """``course`` with what the tables of ``document`` tell of the part that stakeholders took."""
    facts = dict(course.facts)
    for name, stated in _stated(document):
        facts.setdefault(name, stated)
    return replace(course, facts=facts) if len(facts) > len(course.facts) else course


def _stated(document: Document) -> Iterator[tuple[str, Field]]:
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        if not any(_NAMED in cell.text for cell in table.cells):
            continue
        column = 0
        for row in grid(table):
            cells = {n: cell for n, cell in row.items() if cell.text.strip()}
            head = next((n for n, c in cells.items() if _HEAD.fullmatch(plain(c.text))), 0)
            said = cells.get(column) if column else None
            if head and len(cells) == 2 and head == min(cells):  # a label with the text beside it
                said = cells[max(cells)]
                yield (
                    STAGES[""],
                    Field(said.text.strip(), place(said, document.source, table.index)),
                )
            elif head:
                column = head
            elif said is not None:
                stage = _stage(plain(row[min(row)].text)) if min(row) < column else ""
                span = place(said, document.source, table.index)
                yield STAGES[stage], Field(said.text.strip(), span)


def _stage(text: str) -> str:
    found = (letter for letter, words in _STAGE if re.search(words, text))
    return next(found, text[:1].upper() if text[:1].upper() in STAGES else "")
