"""One fault is one finding: what several rules say of one cell or code is said once.

A blank cell is one fault, whatever printed hint stands in it; so is a code without content, however
often it is referred to. What is left says most: that the field is blank, with the text that is no
content; else that the code stands for nothing; else that the text is a placeholder. A cell of a
unit with nothing but codes that stand for nothing is not blank: the codes are its fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from kps_graph.report import Finding, Severity

__all__ = ["once"]

#: Where a finding stands: page, table, row and column, or the line or pointer of a text file.
Cell: TypeAlias = "tuple[object, ...]"

#: Shapes that say that a whole cell or field is blank.
_BLANK: Final = frozenset(
    (
        *(f"R01-{field}" for field in ("name", "description", "base-level")),
        *(f"R01-{scheme}" for scheme in ("category", "occupation", "industry")),
        *(f"R01-{kind}" for kind in ("knowledge", "skills", "unit-knowledge", "unit-skills")),
        "R01-activities",
        "R01-activity-named",
        "R02-level-stated",
        "R03-indicators",
    )
)
#: Shapes that say that a code stands for nothing.
_CODE_ALONE: Final = frozenset(
    ("R05-code-has-text", "R06-item-defined", "R06-knowledge-defined", "R06-skill-defined")
)
#: Shapes that say that one of the two parts of a class, its code or name, is blank.
_NOT_STATED: Final = frozenset(("R20-code-stated", "R20-name-stated"))
#: That a code stands under another unit: of one that stands for nothing, it is no fault of its own.
_ELSEWHERE: Final = "R04-code-under-parent"
#: A fault of the standard and what it comes to in every unit.
_WHOLE: Final[Mapping[str, str]] = {
    "R01-unit-knowledge": "R01-knowledge",
    "R01-unit-skills": "R01-skills",
}
#: That numbers are missing, and by their letter, that a cell is blank in which they would stand.
_GAP: Final = "R24-in-sequence"
_HOLDS: Final[Mapping[str, str]] = {
    "T": "R01-activity-named",
    "K": "R01-unit-knowledge",
    "S": "R01-unit-skills",
}
#: That there is no unit of which a code is part.
_NO_PARENT: Final = "E07"
#: That a code stands for another thing already.
_CODE_TWICE: Final = "R05-code-once"
#: That an item has no code, and is read as more of the one before it.
_NO_CODE: Final = "E27"
#: The last number of a code.
_LAST: Final = re.compile(r"[0-9]{1,4}$")
#: That a text holds the place of content (kps_graph.placeholders).
_PLACEHOLDERS: Final = frozenset(("E40", "E41"))


def once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings about one standard, each fault once; each has those that it says at once."""
    found = list(findings)
    hosts = _hosts(found)
    said: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        if (host := _host(finding, hosts)) is not None:
            said[id(host)].append(finding)
    hollow_in = {_cell(f): f.severity for f in sorted(found, key=_severity) if _alone(f)}
    return [
        _saying(
            f, said[id(f)], hollow_in.get(_cell(f), f.severity) if _shape(f) in _BLANK else None
        )
        for f in found
        if id(f) not in hosts
    ]


def _host(finding: Finding, hosts: Mapping[int, Finding]) -> Finding | None:
    """The finding that says ``finding`` too, and is said by no other; None if it is none."""
    host = hosts.get(id(finding))
    while host is not None and id(host) in hosts:
        host = hosts[id(host)]
    return host


def _saying(finding: Finding, others: Sequence[Finding], least: Severity | None) -> Finding:
    """``finding`` with what ``others`` say, and at least as severe as ``least``."""
    named = finding.rule == _NO_PARENT  # its value is the text of a unit that has one
    marks = [f.value for f in others if f.rule in _PLACEHOLDERS and not named]
    if not marks and _shape(finding) in _BLANK:
        marks = [f.value for f in others if _alone(f) and _cell(f) == _cell(finding)]
    said = replace(
        finding,
        severity=max(finding.severity, least or finding.severity),
        value=f"{finding.value} {'、'.join(marks)}".strip() if marks else finding.value,
    )
    if not others and said == finding:
        return finding
    return replace(said, details=tuple(one for f in (finding, *others) for one in f.each()))


def _blank_above(gap: Finding, findings: Iterable[Finding]) -> Finding | None:
    """That a cell is blank, if missing numbers of it would stand there: right above the gap."""
    if _shape(gap) != _GAP or gap.span.row is None:
        return None
    above = (gap.span.table, gap.span.row - 1, gap.span.column)
    blank = _HOLDS.get(gap.code[:1])
    return next(
        (
            f
            for f in findings
            if _shape(f) == blank and (f.span.table, f.span.row, f.span.column) == above
        ),
        None,
    )


def _hosts(found: Sequence[Finding]) -> dict[int, Finding]:
    """By the identity of each finding that another one says too, that other one."""
    by_shape = {_shape(f): f for f in reversed(found)}
    hosts = {id(f): by_shape[w] for f in found if (w := _WHOLE.get(_shape(f))) in by_shape}
    hosts |= _without_parent(found) | _of_wrong_code(found) | _of_missing_code(found)
    hosts |= {id(f): above for f in found if (above := _blank_above(f, found)) is not None}
    blank = {_cell(f): f for f in found if _shape(f) in _BLANK and _cell(f) and id(f) not in hosts}
    alone = [f for f in found if _alone(f)]
    marks = [f for f in found if f.rule in _PLACEHOLDERS]
    marked = {_cell(f) for f in marks}
    for code in reversed(alone):
        unit = blank.get(_cell(code))
        if unit and _shape(unit) in _WHOLE and code.value and _cell(code) not in marked:
            hosts[id(unit)] = code
    blank = {cell: f for cell, f in blank.items() if id(f) not in hosts}
    hosts |= {id(f): blank[_cell(f)] for f in alone if _cell(f) in blank}
    by_code = {f.value or f.code: f for f in reversed(alone) if id(f) not in hosts}
    unnamed = {_cell(f): f for f in reversed(alone) if not f.value and _cell(f)}
    for mark in marks:
        host = blank.get(_cell(mark))
        host = host or (by_code.get(mark.code) if mark.code else unnamed.get(_cell(mark)))
        if host is not None:
            hosts[id(mark)] = host
    hosts |= {
        id(f): by_code[f.value]
        for f in found
        if _shape(f) == _ELSEWHERE and f.value in by_code and by_code[f.value].code == f.code
    }
    hosts |= _in_place_of_a_unit(found, marks)
    stated = {_cell(m): m for m in reversed(marks) if _cell(m) and id(m) not in hosts}
    hosts |= {
        id(f): stated[_cell(f)] for f in found if _shape(f) in _NOT_STATED and _cell(f) in stated
    }
    hollow = {m.code: m for m in reversed(marks) if m.code}
    said = {id(host) for host in hosts.values()}
    hosts |= {
        id(f): hollow[f.value]
        for f in alone
        if f.value in hollow and id(f) not in hosts and id(f) not in said
    }
    return hosts


def _without_parent(found: Sequence[Finding]) -> dict[int, Finding]:
    """By the identity of each finding that comes of a unit that is not there, the one that says so.

    That is the first of its parts that lacks it: the others lack it too, have nothing below them
    since they stand in its place, and its number is skipped; so says a mark for none beside it.
    """
    hosts: dict[int, Finding] = {}
    first: dict[str, Finding] = {}
    for finding in found:
        if finding.rule == _NO_PARENT:
            earliest = first.setdefault(_parent(finding.code), finding)
            if earliest is not finding:
                hosts[id(finding)] = earliest
    if not first:
        return hosts
    lacking = {f.code: f for f in found if f.rule == _NO_PARENT}
    beside = {(*_row(f), (f.span.column or 0) - 1): f for f in first.values() if f.span.row}
    for finding in found:
        shape = _shape(finding)
        host: Finding | None = None
        if shape == "R01-activities":
            host = lacking.get(finding.code)
        elif shape == _GAP:
            host = first.get(_before(finding.code, 1))
        elif finding.rule in _PLACEHOLDERS and not finding.code:
            host = beside.get((*_row(finding), finding.span.column))
        if host is not None:
            hosts[id(finding)] = host
    return hosts


def _in_place_of_a_unit(found: Sequence[Finding], marks: Iterable[Finding]) -> dict[int, Finding]:
    """By the identity of each mark for no unit, that what stands beside it is under another unit."""
    beside = {
        (*_row(f), f.span.column - 1): f
        for f in reversed(found)
        if _shape(f) == _ELSEWHERE and f.code[:1] == "T" and f.span.row and f.span.column
    }
    hosts = ((m, beside.get((*_row(m), m.span.column))) for m in marks if not m.code)
    return {id(mark): host for mark, host in hosts if host is not None}


def _row(finding: Finding) -> Cell:
    return finding.span.page, finding.span.table, finding.span.row


def _parent(code: str) -> str:
    """``T1`` of ``T1.2``."""
    return code.rpartition(".")[0]


def _of_wrong_code(found: Sequence[Finding]) -> dict[int, Finding]:
    """By the identity of each finding that a part has the code of another unit, that its unit has it.

    That is where the unit, in the same row, has the code of another one; its parts tell which is meant.
    """
    repeated = {_row(f): f for f in found if _shape(f) == _CODE_TWICE and f.span.row}
    if not repeated:
        return {}
    hosts: dict[int, Finding] = {}
    meant: dict[str, Finding] = {}
    others = [f for f in found if _shape(f) == _ELSEWHERE]
    for finding in others:
        unit = repeated.get(_row(finding))
        if unit is not None and _parent(finding.code).count(".") == unit.code.count("."):
            meant.setdefault(_parent(finding.code)[1:], unit)
    for finding in others:
        if (host := meant.get(_parent(finding.code)[1:])) is not None:
            hosts[id(finding)] = host
    return hosts


def _of_missing_code(found: Sequence[Finding]) -> dict[int, Finding]:
    """By the identity of each finding that a number is missing, that an item without a code is there."""
    uncoded: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.rule == _NO_CODE and finding.code:
            uncoded[finding.code].append(finding)
    gaps = (
        (f, n, uncoded[c])
        for f in found
        if _shape(f) == _GAP
        for n, c in _earlier(f.code)
        if c in uncoded
    )
    return {id(f): items[0] for f, n, items in gaps if len(items) == n}


def _earlier(code: str) -> Iterator[tuple[int, str]]:
    """How many numbers lie between ``code`` and each of those before it, for the nearest few."""
    return ((n, before) for n in range(1, 10) if (before := _before(code, n + 1)))


def _before(code: str, steps: int) -> str:
    """``T1`` of ``T2``, ``K01`` of ``K02``: the code some steps before; "" if there is none."""
    number = _LAST.search(code)
    if number is None or int(number[0]) <= steps:
        return ""
    return f"{code[: number.start()]}{int(number[0]) - steps:0{len(number[0])}}"


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
