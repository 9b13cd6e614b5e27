"""The tables of a document to a Course: modules by row, meaning by heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeVar

from kps_graph.courses.amounts import hours_in, level_in, levels_in, total_in
from kps_graph.courses.boxes import ticked
from kps_graph.courses.codes import expand, pieces
from kps_graph.courses.columns import analysis, columns, fact, plain, results, unknown_heads
from kps_graph.courses.drawn_map import with_map
from kps_graph.courses.grid import alike, grid, marked, one_line, place, transposed
from kps_graph.courses.lines import is_remark, is_subtotal, is_title, is_total
from kps_graph.courses.notices import notice
from kps_graph.courses.outcome import STANDARDS
from kps_graph.courses.stakeholders import with_stakeholders
from kps_graph.courses.titled import with_title
from kps_graph.courses.values import Course, Field, Module, Reference
from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.errors import SourceError
from kps_graph.folding import fold
from kps_graph.readers.sheets import UNCOUNTED
from kps_graph.report import Finding
from kps_graph.words import Sentence

__all__ = ["read_course"]

#: The letter of the codes in a column.
_KINDS: Final[Mapping[str, str]] = {
    "codes": "",
    "tasks": "T",
    "indicators": "P",
    "knowledge": "K",
    "skills": "S",
    "attitudes": "A",
}
_PEOPLE: Final = frozenset(("teachers", "assessors", "assistants"))
_NO_PERSON: Final = re.compile(r"姓名|資格|[\s:：、]")
#: What people write where there is nothing.
_NOTHING: Final = frozenset(("", "無", "-", "－", "—", "–", "/", "n/a", "na", "none", "x", "免"))
_BOXES: Final = re.compile("[□☐■☑☒]")
_STANDARD: Final = re.compile(r"[A-Z]{3}\d{4}-\d{3}(?:v\d+)?")
_LABELLED: Final = re.compile(r"([^:：\n]{2,14})[:：]\s*(\S[^\n]*)")

#: A number that is stated once.
N = TypeVar("N", int, float)


@dataclass(slots=True)
class _Draft:
    """A module while its rows are read."""

    name: str
    span: Span
    references: dict[str, Reference] = field(default_factory=dict)
    hours: float | None = None
    level: int | None = None
    fields: dict[str, Field] = field(default_factory=dict)

    def take(self, other: _Draft) -> None:
        """Adds what was read under another spelling of the name."""
        self.references = {**other.references, **self.references}
        self.fields = {**other.fields, **self.fields}
        self.hours = other.hours if self.hours is None else self.hours
        self.level = other.level if self.level is None else self.level

    def module(self) -> Module:
        return Module(
            self.name,
            self.span,
            tuple(self.references.values()),
            self.hours,
            self.level,
            self.fields,
        )


def read_course(document: Document) -> Course:
    """The course that the tables of ``document`` describe.

    A table with a column of names and one of content lists modules, a row each; further tables of
    the same modules, as the official form has them, add to these. A row without a name goes on
    with the module above. If there is none, a column a module, and a matrix of codes against
    modules, are tried.

    Raises:
        SourceError: if no table lists modules.
    """
    for laid_out in (lambda d: d, transposed, marked):
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
    return with_stakeholders(with_map(course, document), document)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.modules: dict[str, _Draft] = {}
        self.facts: dict[str, Field] = {}
        self.findings: list[Finding] = []
        self.columns: set[str] = set()
        self.analysis: dict[str, _Draft] = {}
        self.totals: list[tuple[float, Span]] = []
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
        standard = self.facts.get("standard")
        code = _STANDARD.search(standard.text) if standard else None
        title = self.facts.get("title")
        return Course(
            self.source,
            title.text if title else "",
            code[0] if code else "",
            hours or (self.totals[-1] if self.totals else None),
            level,
            tuple(draft.module() for draft in self.modules.values()),
            self.facts,
            frozenset(self.columns),
            tuple(self.findings),
            totals,
            tuple(draft.module() for draft in self.analysis.values()),
        )

    def _once(self, name: str, read: Callable[[str], N | None]) -> tuple[N, Span] | None:
        """A number that is stated once; one that is none is said."""
        given = self.facts.get(name)
        if given is None or plain(given.text) in _NOTHING:
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
        part = _Part(self, self.modules)
        for row in grid(table):
            distinct = list({id(cell): cell for cell in row.values()}.values())
            found = columns(distinct)
            if found is None and (listed := analysis(distinct)):
                part.end()
                heads, part = listed, _Part(self, self.analysis)
            elif found is not None:
                part.end()
                heads = found or None
                self.headed = self.headed or bool(found)
                self.columns |= set(found.values())
                part = _Part(self, self.modules)
                for cell in unknown_heads(distinct, found) if found else ():
                    span = place(cell, self.source, table.index)
                    self.findings.append(notice("C21", span, value=one_line(cell.text)))
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
                self.facts.setdefault(name, Field(text, span))

    def _facts(self, text: str, span: Span) -> None:
        for match in _LABELLED.finditer(text.replace("\u3000", "\n")):
            if name := fact(match[1].strip()):
                self.facts.setdefault(name, Field(match[2].strip(), span))
        if (total := total_in(text)) is not None:
            self.totals.append((total, span))
        if "standard" not in self.facts and (code := _STANDARD.search(text)):
            self.facts["standard"] = Field(code[0], span)


class _Part:
    """The rows below one heading."""

    def __init__(self, reader: _Reader, modules: dict[str, _Draft]) -> None:
        self.reader = reader
        self.modules = modules
        self.before = dict(modules)
        self.since: list[_Draft] = []
        self.seen: list[_Draft] = []
        self.counted: dict[str, set[Span]] = {}
        self.current: _Draft | None = None
        self.met = 0
        self.strange: list[tuple[str, Span]] = []

    def row(self, row: Mapping[int, Cell], heads: Mapping[int, str], table: Table) -> None:
        """Reads one row: a module, more of the one above, a sum, or a remark."""
        names = [n for n, name in heads.items() if name == "name"]
        cells = {n: cell for n, cell in row.items() if cell.text.strip()}
        if not cells:
            return
        first = cells[min(cells)]
        label = unicodedata.normalize("NFKC", first.text).strip()
        if is_total(label):
            self._sum(cells, heads, table)
            return
        alone = all(cell is first for cell in cells.values())
        if is_remark(label, alone):
            return
        if len({id(cell) for cell in cells.values()}) == 1 and first.colspan > len(names) + 1:
            return  # a group stands over all columns
        if alone and is_title(label) and not any(map(is_title, self.modules)):
            return  # what heads the rows below, where modules are not called so too
        named = cells.get(names[-1])
        name = one_line(named.text) if named else ""
        if name and named is not None:
            self.current = self._module(name, place(named, self.reader.source, table.index))
            self.since.append(self.current)
            self.seen.append(self.current)
        if self.current is None:
            for n, cell in cells.items():
                if n in heads:
                    span = place(cell, self.reader.source, table.index)
                    self.reader.findings.append(notice("C02", span, value=one_line(cell.text)))
            return
        for n, cell in cells.items():
            if (field := heads.get(n)) and field != "name":
                self._cell(self.current, field, cell, table)

    def end(self) -> None:
        """Says which names are written otherwise than in the tables before, and takes them for these."""
        left = [name for name in self.before if name not in {d.name for d in self.seen}]
        for name, span in self.strange if self.met else ():
            close = max(left, key=lambda other: alike(name, other), default="")
            if close and alike(name, close) > 0.5:
                self.reader.findings.append(notice("C14", span, value=name, name=close))
                self.modules[close].take(self.modules.pop(name))
                left.remove(close)

    def _module(self, name: str, span: Span) -> _Draft:
        modules = self.modules
        if name in self.before:
            self.met += 1
            return modules[name]
        if name in modules:
            return modules[name]
        if other := next((m for m in self.before if fold(m) == fold(name)), None):
            self.met += 1
            self.reader.findings.append(notice("C14", span, value=name, name=other))
            return modules[other]
        if self.before:
            self.strange.append((name, span))
        modules[name] = _Draft(name, span)
        return modules[name]

    def _sum(self, cells: Mapping[int, Cell], heads: Mapping[int, str], table: Table) -> None:
        part_only = is_subtotal(cells[min(cells)].text)
        for n, cell in cells.items():
            if heads.get(n) != "hours" or UNCOUNTED in cell.text:
                continue  # a sum that was not worked out says nothing that could be wrong
            span = place(cell, self.reader.source, table.index)
            if (number := hours_in(cell.text)) is None:
                self.reader.findings.append(notice("C02", span, value=one_line(cell.text)))
            elif part_only:
                self._partly(number, span)
            else:
                self.reader.totals.append((number, span))
        self.since = []

    def _partly(self, stated: float, span: Span) -> None:
        """Holds a sum of some modules against those since the one before."""
        hours = {
            draft.fields["hours"].span: draft.hours or 0
            for draft in self.since
            if "hours" in draft.fields
        }
        total = sum(hours.values())
        if abs(total - stated) > 0.001:
            told = {"value": f"{stated:g}", "sum": f"{total:g}", "stated": f"{stated:g}"}
            self.reader.findings.append(notice("C10", span, **told))

    def _cell(self, module: _Draft, name: str, cell: Cell, table: Table) -> None:
        text, span = cell.text.strip(), place(cell, self.reader.source, table.index)
        if UNCOUNTED in text:
            self.reader.findings.append(notice("C04", span))
            return
        if plain(text) in _NOTHING and name in (*_KINDS, "hours", "level"):
            return
        if name in _KINDS:
            for reference in self._references(text, _KINDS[name], span):
                module.references.setdefault(reference.code or fold(reference.text), reference)
            return
        if name in _PEOPLE and text.startswith("姓名"):  # table 9, headed like table 7
            if not _NO_PERSON.sub("", text):
                return
            name = f"{name}-named"
        if name == "hours":
            understood = self._hours(module, text, span)
        elif name == "level" and module.level is None:
            module.level = level_in(text)
            several = self.modules is self.reader.analysis and bool(levels_in(text))
            understood = module.level is not None or several
        else:
            understood = True
            text = ticked(text)
        if not understood:
            self.reader.findings.append(notice("C02", span, value=one_line(text)))
        given = module.fields.get(name)
        if given and name in ("hours", "level"):
            return
        if given and given.text != text:
            text = f"{given.text}\n{text}" if text not in given.text.split("\n") else given.text
            span = given.span
        module.fields[name] = Field(text, span)

    def _hours(self, module: _Draft, text: str, span: Span) -> bool:
        """Adds the hours of a row to its module's; a merged cell, and another table, tell no more."""
        if (number := hours_in(text)) is None:
            return False
        if module.hours is None or self.counted.get(module.name):
            counted = self.counted.setdefault(module.name, set())
            module.hours = (module.hours or 0) + (0 if span in counted else number)
            counted.add(span)
        return True

    def _references(self, text: str, kind: str, span: Span) -> Iterator[Reference]:
        for piece in pieces(text, kind):
            if not piece.codes:
                if plain(piece.text) not in _NOTHING:
                    yield Reference("", span, text=piece.text, kind=kind)
            elif len(piece.codes) == 1:
                yield Reference(piece.codes[0], span, name=piece.text)
            elif (codes := expand(*piece.codes)) is None:
                self.reader.findings.append(notice("C03", span, value=piece.text))
            else:
                yield from (Reference(code, span) for code in codes)
