"""The map of a course (table 2) read back: what stands before each unit, and the sum of hours.

The map that our report draws is said in words beside the drawing, a line a unit; in a workbook it is a
table. Of another drawing only the words are read, and that is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.courses.amounts import total_in
from kps_graph.courses.grid import alike, place
from kps_graph.courses.notices import notice
from kps_graph.courses.values import Course, Field, Module
from kps_graph.document import Document, Drawing, Paragraph, Span, Table
from kps_graph.folding import fold
from kps_graph.report import Finding

__all__ = ["MAP_HEADS", "with_map"]

#: The heads of the map as a table; none of these is a heading of a table of units.
MAP_HEADS: Final = ("次序", "所屬", "地圖單元", "小時數", "職能級", "來源任務", "前置")
#: A unit in words: 2. 談判（6 小時　第 5 級　T2.1）　←　市場情報
_UNIT: Final = re.compile(r"\d+\. (?P<name>[^←]+)（[^（）]*）(?:\s*←\s*(?P<before>.+))?")
_TITLE: Final = "課程地圖"


@dataclass(frozen=True, slots=True)
class _Stop:
    """A unit on the map: its name, the names of those before it, "" for none, and where it stands."""

    name: str
    before: str
    span: Span


def with_map(course: Course, document: Document) -> Course:
    """``course`` with what the map in ``document`` says of it, and of a map that is not read that it is so."""
    stops = list(_tabled(document))
    totals = list(course.totals)
    unread: list[Span] = []
    for drawing in _maps(document):
        said = [
            _Stop(m["name"], m["before"] or "", drawing.span)
            for line in drawing.text.split("\n")
            if (m := _UNIT.fullmatch(line.strip()))
        ]
        if not said:
            unread.append(drawing.span)
            continue
        stops += said
        total = total_in(drawing.text)
        if total is not None and not any(number == total for number, _ in totals):
            totals.append((total, drawing.span))
    if not stops:
        findings = [notice("C29", span) for span in dict.fromkeys(unread)]
        return replace(course, findings=(*course.findings, *findings)) if findings else course
    named, findings = _named(course, stops)
    modules = tuple(_behind(module, named) for module in course.modules)
    return replace(
        course, modules=modules, totals=tuple(totals), findings=(*course.findings, *findings)
    )


def _maps(document: Document) -> Iterator[Drawing]:
    """The drawings below the title of the map, in its box too."""
    titles: dict[int, str] = {}
    last = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            last = block.text
        else:
            titles[block.index] = last
    for drawing in document.drawings:
        table = drawing.span.table
        if _TITLE in (drawing.behind if table is None else titles.get(table, "")):
            yield drawing


def _tabled(document: Document) -> Iterator[_Stop]:
    """The units of the map that a workbook of ours has as a table."""
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        heads: dict[int, str] = {}
        for cells in table.rows():
            texts = {cell.column: cell for cell in cells}
            if {"地圖單元", "前置"} <= {cell.text for cell in cells}:
                heads = {column: cell.text for column, cell in texts.items()}
                continue
            row = {heads[n]: cell for n, cell in texts.items() if n in heads and cell.text}
            if "次序" in row and (name := row.get("地圖單元")):
                before = row.get("前置", name)
                said = before.text if before is not name else ""
                yield _Stop(name.text, said, place(before, document.source, table.index))


def _named(course: Course, stops: list[_Stop]) -> tuple[Mapping[str, _Stop], list[Finding]]:
    """The stops by the folded names of the units that they are, and names that the map writes otherwise."""
    left = {fold(module.name): module.name for module in course.modules}
    named: dict[str, _Stop] = {}
    strange: list[_Stop] = []
    for stop in stops:
        if left.pop(fold(stop.name), None):
            named[fold(stop.name)] = stop
        else:
            strange.append(stop)
    findings = []
    for stop in strange:
        close = max(left.values(), key=lambda name: alike(name, stop.name), default="")
        if close and alike(close, stop.name) > 0.5:
            del left[fold(close)]
            named[fold(close)] = stop
            findings.append(notice("C14", stop.span, value=stop.name, name=close))
    return named, findings


def _behind(module: Module, named: Mapping[str, _Stop]) -> Module:
    """``module`` with what the map says stands before it, where its tables say nothing of that."""
    stop = named.get(fold(module.name))
    if stop is None or not stop.before or module.text("prerequisites"):
        return module
    fields = {**module.fields, "prerequisites": Field(stop.before, stop.span)}
    return replace(module, fields=fields)
