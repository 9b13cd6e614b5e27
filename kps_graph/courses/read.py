"""The tables of a document to a Course: modules by row, meaning by heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

from kps_graph.courses.amounts import hours_in, level_in, total_in
from kps_graph.courses.boxes import ticked
from kps_graph.courses.cards import carded
from kps_graph.courses.codes import standards_in
from kps_graph.courses.columns import analysis, columns, fact, results, unknown_heads
from kps_graph.courses.drawn_map import with_map
from kps_graph.courses.grid import grid, marked, one_line, place, transposed
from kps_graph.courses.heads import headed
from kps_graph.courses.notices import notice, unknown_column
from kps_graph.courses.outcome import STANDARDS
from kps_graph.courses.plain import plain
from kps_graph.courses.rows import NOTHING, Draft, Gathered, Part
from kps_graph.courses.stakeholders import with_stakeholders
from kps_graph.courses.titled import with_title
from kps_graph.courses.unseen import unseen
from kps_graph.courses.values import Course, Field
from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.errors import SourceError
from kps_graph.words import Sentence

__all__ = ["read_course"]

_BOXES: Final = re.compile("[□☐■☑☒]")
_LABELLED: Final = re.compile(r"([^:：\n]{2,14})[:：]\s*(\S[^\n]*)")

#: A number that is stated once.
N = TypeVar("N", int, float)


def read_course(document: Document) -> Course:
    """The course that the tables of ``document`` describe.

    A table with a column of names and one of content lists modules, a row each; further tables of
    the same modules, as the official form has them, add to these. A row without a name goes on
    with the module above. If there is none, a block of labels a module, a column a module, and a
    matrix of codes against modules, are tried.

    Raises:
        SourceError: if no table lists modules.
    """
    for laid_out in (lambda d: d, carded, transposed, marked):
        reader = _Reader(document.source)
        reader.read(laid_out(document))
        if reader.headed:
            break
    if not reader.headed:
        raise SourceError(
            "a table with a column of course units and one of codes, hours or aims is expected",
            source=document.source,
            hint=Sentence(
                "give the columns headings such as 單元名稱, 行為指標(P), 知識(K), 技能(S), 時數"
            ),
        )
    if not reader.modules:
        raise SourceError(
            "there is no course in this table",
            source=document.source,
            hint=Sentence("write a course and its codes in each row below the heading"),
        )
    course = with_title(reader.course())
    course = with_stakeholders(with_map(course, document), document)
    return replace(course, findings=(*course.findings, *unseen(course, document)))


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.gathered = Gathered(source)
        self.modules: dict[str, Draft] = {}
        self.facts: dict[str, Field] = {}
        self.findings = self.gathered.findings
        self.columns: set[str] = set()
        self.analysis: dict[str, Draft] = {}
        self.totals = self.gathered.totals
        self.headed = False
        self.labelled = "title"

    def read(self, document: Document) -> None:
        """Reads all tables and lines."""
        for block in document.blocks:
            if isinstance(block, Table):
                self.table(block)
            else:
                self.paragraph(block)

    def course(self) -> Course:
        """What was read."""
        hours = self._once("hours", hours_in)
        level = self._once("level", level_in)
        totals = (*filter(None, (hours,)), *self.totals)
        named = {name: tuple(spans) for name, spans in self.gathered.standards.items()}
        if len(named) == 1:
            ((name, spans),) = named.items()
            self.facts.setdefault("standard", Field(name, spans[0]))
        standard = self.facts.get("standard")
        codes = standards_in(standard.text) if standard else []
        title = self.facts.get("title")
        return Course(
            self.source,
            title.text if title else "",
            codes[0] if codes else "",
            hours or (self.totals[-1] if self.totals else None),
            level,
            tuple(draft.module() for draft in self.modules.values()),
            self.facts,
            frozenset(self.columns),
            tuple(self.findings),
            totals,
            tuple(draft.module() for draft in self.analysis.values()),
            named,
        )

    def _once(self, name: str, read: Callable[[str], N | None]) -> tuple[N, Span] | None:
        """A number that is stated once; one that is none is said."""
        given = self.facts.get(name)
        if given is None or plain(given.text) in NOTHING:
            return None
        if (number := read(given.text)) is None:
            self.findings.append(notice("C02", given.span, value=one_line(given.text)))
            return None
        return number, given.span

    def paragraph(self, paragraph: Paragraph) -> None:
        """Takes what a line outside the tables states once."""
        self._facts(paragraph.text, paragraph.span)

    def table(self, table: Table) -> None:
        """Reads the rows of a table, whose heading may stand below titles."""
        heads: dict[int, str] | None = None
        below: dict[int, str] | None = None
        part = self._part(self.modules)
        for row in headed(grid(table)):
            distinct = list({id(cell): cell for cell in row.values()}.values())
            found = columns(distinct)
            if found is None and (listed := analysis(distinct)):
                part.end()
                heads, part = listed, self._part(self.analysis, row)
            elif found is not None:
                part.end()
                heads = found or None
                self.headed = self.headed or bool(found)
                self.columns |= set(found.values())
                part = self._part(self.modules, row)
                for cell in unknown_heads(distinct, found) if found else ():
                    span = place(cell, self.source, table.index)
                    self.findings.append(unknown_column(span, one_line(cell.text)))
            elif counted := results(distinct):
                below = counted
            elif below:
                self._results(distinct, below, table.index)
                below = None
            elif heads is None:
                self._stated(distinct, table.index)
            else:
                part.row(row, heads, table)
        part.end()

    def _part(self, modules: dict[str, Draft], head: Mapping[int, Cell] | None = None) -> Part:
        titled = (n for n, cell in (head or {}).items() if cell.text.strip())
        return Part(self.gathered, modules, titled)

    def _results(self, cells: Sequence[Cell], heads: Mapping[int, str], table: int) -> None:
        """Takes what the row below the heads of table 10 states."""
        for cell in cells:
            if (name := heads.get(cell.column)) and cell.text.strip():
                span = place(cell, self.source, table)
                self.facts.setdefault(name, Field(one_line(cell.text), span))

    def _completion(self, cells: Sequence[Cell], table: int) -> bool:
        """Takes a row of table 12: a kind of standard, and boxes to tick."""
        name = STANDARDS.get(plain(cells[0].text)) if len(cells) > 1 else None
        if name is None or not _BOXES.search(cells[1].text):
            return False
        self.facts[name] = Field(ticked(cells[1].text), place(cells[1], self.source, table))
        return True

    def _stated(self, cells: Sequence[Cell], table: int) -> None:
        """Takes what a row above the heading states once."""
        if self._completion(cells, table):
            return
        texts = [(cell.text.strip(), place(cell, self.source, table)) for cell in cells]
        texts = [(text, span) for text, span in texts if text]
        for text, span in texts:
            self._facts(text, span)
        if len(texts) == 2 and texts[0][0] == "英文":  # below 課程名稱： | 中文 | the name
            self.facts.setdefault(f"{self.labelled}-english", Field(*texts[1]))
        texts = [(text, span) for text, span in texts if text != "中文"]
        for (label, _), (text, span) in pairwise(texts):
            if name := fact(label):
                self.labelled = name
                text = ticked(text) if name == "kind" else text
                self._state(name, Field(text, span))

    def _state(self, name: str, given: Field) -> None:
        """Takes what is stated once; of standards all that are named, so that it can be asked which."""
        before = self.facts.setdefault(name, given)
        if name == "standard" and (more := standards_in(given.text)):
            codes = list(dict.fromkeys((*standards_in(before.text), *more)))
            if codes != standards_in(before.text):
                self.facts[name] = Field("、".join(codes), before.span)

    def _facts(self, text: str, span: Span) -> None:
        for match in _LABELLED.finditer(text.replace("\u3000", "\n")):
            if name := fact(match[1].strip()):
                self._state(name, Field(match[2].strip(), span))
        if (total := total_in(text)) is not None:
            self.totals.append((total, span))
        if "standard" not in self.facts and (codes := standards_in(text)):
            self.facts["standard"] = Field("、".join(codes), span)
