"""One fault is one finding: what several rules say of one cell or code is said once.

A blank cell is one fault, whatever printed hint stands in it; so is a code without content, however
often it is referred to. What is left says most: that the field is blank, with the text that is no
content; else that the code stands for nothing; else that the text is a placeholder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from kps_graph.report import Finding

__all__ = ["once"]

#: Where a finding stands: page, table, row and column, or the line or pointer of a text file.
Cell: TypeAlias = "tuple[object, ...]"

#: Shapes that say that a whole cell or field is blank.
_BLANK: Final = frozenset(
    (
        *(f"R01-{field}" for field in ("name", "description", "base-level")),
        *(f"R01-{scheme}" for scheme in ("category", "occupation", "industry")),
        *(f"R01-{kind}" for kind in ("knowledge", "skills", "unit-knowledge", "unit-skills")),
        "R02-level-stated",
        "R03-indicators",
    )
)
#: Shapes that say that a code stands for nothing.
_CODE_ALONE: Final = frozenset(("R05-code-has-text", "R06-knowledge-defined", "R06-skill-defined"))
#: A fault of the standard and what it comes to in every unit.
_WHOLE: Final[Mapping[str, str]] = {
    "R01-unit-knowledge": "R01-knowledge",
    "R01-unit-skills": "R01-skills",
}
#: That numbers are missing, and by their letter, that a cell is blank in which they would stand.
_GAP: Final = "R24-in-sequence"
_HOLDS: Final[Mapping[str, str]] = {"K": "R01-unit-knowledge", "S": "R01-unit-skills"}
#: That a text holds the place of content (kps_graph.placeholders).
_PLACEHOLDERS: Final = frozenset(("E40", "E41"))


def once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings about one standard, each fault once."""
    found = list(findings)
    shapes = {_shape(f) for f in found}
    found = [f for f in found if _WHOLE.get(_shape(f)) not in shapes]
    found = [f for f in found if not _follows_blank(f, found)]
    blank = {_cell(f) for f in found if _shape(f) in _BLANK and _cell(f)}
    hollow_in = {_cell(f): f.severity for f in sorted(found, key=_severity) if _alone(f)}
    found = [
        replace(f, severity=max(f.severity, hollow_in.get(_cell(f), f.severity)))
        if _shape(f) in _BLANK
        else f
        for f in found
        if not (_alone(f) and _cell(f) in blank)
    ]
    marks = [f for f in found if f.rule in _PLACEHOLDERS]
    hosts = _hosts(found, marks, blank)
    said: dict[int, list[str]] = {}
    for mark in marks:
        if (host := hosts.get(id(mark))) is not None:
            said.setdefault(id(host), []).append(mark.value)
    hollow = {m.code for m in marks if m.code}
    return [
        replace(f, value=f"{f.value} {'、'.join(said[id(f)])}".strip()) if id(f) in said else f
        for f in found
        if not (f.rule in _PLACEHOLDERS and id(f) in hosts)
        and not (_alone(f) and f.value in hollow and id(f) not in said)
    ]


def _follows_blank(gap: Finding, findings: Iterable[Finding]) -> bool:
    """Whether numbers of K or S are missing right below the blank cell where they would stand."""
    if _shape(gap) != _GAP:
        return False
    span = gap.span
    blank = _HOLDS.get(gap.code[:1])
    return span.row is not None and any(
        _shape(f) == blank
        and (f.span.table, f.span.row, f.span.column) == (span.table, span.row - 1, span.column)
        for f in findings
    )


def _hosts(
    found: Iterable[Finding], marks: Iterable[Finding], blank: set[Cell]
) -> dict[int, Finding]:
    """By the identity of each placeholder that another finding speaks of, that finding."""
    by_cell = {_cell(f): f for f in found if _shape(f) in _BLANK and _cell(f) in blank}
    by_code: dict[str, Finding] = {}
    for finding in found:
        if _alone(finding):
            by_code.setdefault(finding.value or finding.code, finding)
    hosts = {}
    for mark in marks:
        host = by_cell.get(_cell(mark)) or (by_code.get(mark.code) if mark.code else None)
        if host is not None:
            hosts[id(mark)] = host
    return hosts


def _shape(finding: Finding) -> str:
    return finding.shape.rpartition("#")[2]


def _alone(finding: Finding) -> bool:
    """Whether it says that a code stands for nothing."""
    return _shape(finding) in _CODE_ALONE


def _severity(finding: Finding) -> int:
    return finding.severity


def _cell(finding: Finding) -> Cell:
    """The cell, or the line, of a finding; empty if that is not known."""
    span = finding.span
    if span.table is not None:
        return span.page, span.table, span.row, span.column
    return (span.line, span.pointer) if span.line is not None or span.pointer else ()
