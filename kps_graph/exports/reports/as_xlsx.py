"""A workbook: the findings, their counts by rule, and the files, each on a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kps_graph.exports.reports.checked import COLUMNS, Checked
from kps_graph.exports.reports.phrases import words
from kps_graph.exports.workbook import Row, Sheet, workbook

__all__ = ["write"]

_WIDTHS: Final = {
    "message": 60,
    "value": 40,
    "remedy": 40,
    "title": 40,
    "basis": 28,
    "example": 50,
    "file": 28,
    "standard": 18,
    "name": 24,
}
#: The tint of a row by severity, beside the word.
_TINTS: Final = {
    "violation": "#FBE3E6",
    "warning": "#FFF3D6",
    "info": "#E6EFFB",
    "error": "#F6CDD3",
}

_OUTCOMES: Final = {"loaded": "checked", "failed": "unreadable", "duplicate": "duplicate"}


def write(checked: Checked) -> bytes:
    """The workbook."""
    own = words(checked.lang)
    by_rule: list[Row] = [
        [rule, own[str(severity)], count, checked.title(rule), checked.basis(rule)]
        for severity, rule, count in checked.by_rule()
    ]
    by_rule += [["", "", None, line.strip(), ""] for line in checked.said]
    files: list[Row] = [
        [s.path, own[_OUTCOMES[s.outcome]], s.code, s.name, *counts.values(), checked.reason(s)]
        for s, counts in checked.per_file()
    ]

    def sheet(title: str, keys: Sequence[str], rows: Sequence[Row]) -> Sheet:
        return Sheet(
            own[title],
            [own[key] for key in keys],
            [_WIDTHS.get(key, 9) for key in keys],
            rows,
            {own[key]: colour for key, colour in _TINTS.items()},
        )

    return workbook(
        own["report"],
        (
            sheet("findings", COLUMNS, checked.rows()),
            sheet("by-rule", ("rule", "severity", "count", "title", "basis"), by_rule),
            sheet(
                "files",
                ("file", "outcome", "standard", "name", "violation", "warning", "info", "message"),
                files,
            ),
        ),
        own["truncated"],
    )
