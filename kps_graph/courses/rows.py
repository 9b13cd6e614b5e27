"""The rows below one heading of a course table: modules, more of the one above, sums, remarks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kps_graph.courses.amounts import hours_in, levels_in
from kps_graph.courses.boxes import ticked
from kps_graph.courses.codes import expand, pieces, standards_in
from kps_graph.courses.columns import holds_content
from kps_graph.courses.grid import alike, one_line, place
from kps_graph.courses.lines import is_ditto, is_footer, is_remark, is_subtotal, is_title, is_total
from kps_graph.courses.notices import notice, unknown_column
from kps_graph.courses.plain import plain
from kps_graph.courses.values import REQUIRED, Field, Module, Reference
from kps_graph.document import Cell, Span, Table
from kps_graph.folding import fold
from kps_graph.placeholders import Placeholder, placeholder
from kps_graph.readers.sheets import UNCOUNTED
from kps_graph.report import Finding

__all__ = ["NOTHING", "Draft", "Gathered", "Part"]

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
#: How a part of the name of a person is left out.
_MASK: Final = re.compile("[○◯〇●◎]+")
_NO_PERSON: Final = re.compile(r"姓名|資格|[\s:：、]")
#: What people write where there is nothing.
NOTHING: Final = frozenset(("", "無", "-", "－", "—", "–", "/", "n/a", "na", "none", "x", "免"))


@dataclass(slots=True)
class Gathered:
    """What all tables of a file add to.

    Attributes:
        source: the file.
        findings: what is noticed.
        totals: the sums of hours that are stated.
        standards: as :attr:`Course.standards`.
    """

    source: str
    findings: list[Finding] = field(default_factory=list)
    totals: list[tuple[float, Span]] = field(default_factory=list)
    standards: dict[str, list[Span]] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A module while its rows are read."""

    name: str
    span: Span
    references: dict[tuple[str, str], Reference] = field(default_factory=dict)
    hours: float | None = None
    level: int | None = None
    fields: dict[str, Field] = field(default_factory=dict)

    def take(self, other: Draft) -> None:
        """Adds what was read under another spelling of the name."""
        self.references = {**other.references, **self.references}
        self.fields = {**other.fields, **self.fields}
        self.hours = other.hours if self.hours is None else self.hours
        self.level = other.level if self.level is None else self.level

    def module(self) -> Module:
        """The module that was read."""
        return Module(
            self.name,
            self.span,
            tuple(self.references.values()),
            self.hours,
            self.level,
            self.fields,
        )


class Part:
    """The rows below one heading.

    Args:
        gathered: of all tables; what is noticed is added to it.
        modules: those of the tables before; what the rows say is added to them.
        titled: the columns that have a head.
    """

    def __init__(
        self, gathered: Gathered, modules: dict[str, Draft], titled: Iterable[int] = ()
    ) -> None:
        self.source = gathered.source
        self.findings = gathered.findings
        self.totals = gathered.totals
        self.standards = gathered.standards
        self.standard = ""
        self.above: dict[int, Cell] = {}
        self.taken: dict[Span, Cell] = {}
        self.modules = modules
        self.before = dict(modules)
        self.since: list[Draft] = []
        self.seen: list[Draft] = []
        self.counted: dict[str, set[Span]] = {}
        self.current: Draft | None = None
        self.met = 0
        self.strange: list[tuple[str, Span]] = []
        self.titled = set(titled)

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
        filled = list({id(cell): cell.text for cell in cells.values()}.values())
        if is_remark(label, alone) or is_footer(filled):
            return
        if len({id(cell) for cell in cells.values()}) == 1 and first.colspan > len(names) + 1:
            return  # a group stands over all columns
        if alone and is_title(label) and not any(map(is_title, self.modules)):
            return  # what heads the rows below, where modules are not called so too
        cells = self._taken_over(cells, heads, table)
        named = next((cells[n] for n in reversed(names) if n in cells), None)
        name = one_line(named.text) if named else ""
        if named and placeholder(name) is Placeholder.OPEN:
            span = place(named, self.source, table.index)
            self.findings.append(notice("C31", span, value=name))
        if name and all(placeholder(c.text) for n, c in cells.items() if heads.get(n) != "number"):
            self.current = None
            return  # a row of a template
        if name and named is not None:
            self.current = self._module(name, place(named, self.source, table.index))
            self.since.append(self.current)
            self.seen.append(self.current)
        if self.current is None:
            for n, cell in cells.items():
                if n in heads:
                    span = place(cell, self.source, table.index)
                    self.findings.append(notice("C02", span, value=one_line(cell.text)))
            return
        self.above = {**({} if name else self.above), **cells}
        self._basis(cells, heads, bool(name), table)
        for n, cell in cells.items():
            if (field := heads.get(n)) == "name" and cell is not named and names[1:]:
                field = "number" if holds_content(cell.text) else "group"
            if field and field != "name":
                self._cell(self.current, field, cell, table)
            elif n not in self.titled and cell.text.strip() not in NOTHING:
                self.titled.add(n)
                span = place(cell, self.source, table.index)
                self.findings.append(unknown_column(span, value=one_line(cell.text)))

    def _taken_over(
        self, cells: Mapping[int, Cell], heads: Mapping[int, str], table: Table
    ) -> dict[int, Cell]:
        """The cells of a row, those that say 同上 with what stands above; 同左 is not understood."""
        read: dict[int, Cell] = {}
        for n, cell in cells.items():
            above, span = self.above.get(n), place(cell, self.source, table.index)
            if n not in heads or not is_ditto(cell.text):
                read[n] = cell
            elif span in self.taken:  # merged over rows or columns
                read[n] = self.taken[span]
            elif above is not None and is_ditto(cell.text) == "above":
                told = {"value": one_line(cell.text), "above": one_line(above.text)}
                self.findings.append(notice("C32", span, **told))
                lines = tuple(replace(line, span=span) for line in above.paragraphs)
                read[n] = self.taken[span] = replace(cell, paragraphs=lines)
            else:
                self.findings.append(notice("C02", span, value=one_line(cell.text)))
        return read

    def _basis(
        self, cells: Mapping[int, Cell], heads: Mapping[int, str], begins: bool, table: Table
    ) -> None:
        """Takes the standard that a column names for a row, and for the rows that go on with it."""
        cell = next((cell for n, cell in cells.items() if heads.get(n) == "standard"), None)
        if cell is None:
            self.standard = "" if begins else self.standard
            if stated := self.standards.get(self.standard):
                stated.append(stated[-1])  # one more row of the same
            return
        text, span = one_line(cell.text), place(cell, self.source, table.index)
        codes = standards_in(text)
        if len(codes) > 1:  # whose codes the row has cannot be told
            self.findings.append(notice("C02", span, value=text))
        told = len(codes) == 1 or not (codes or _has_codes(text) or plain(text) in NOTHING)
        self.standard = (codes or [text])[0] if told else ""
        if told:
            self.standards.setdefault(self.standard, []).append(span)

    def end(self) -> None:
        """Says which names are written otherwise than in the tables before, and takes them for these."""
        left = [name for name in self.before if name not in {d.name for d in self.seen}]
        for name, span in self.strange if self.met else ():
            close = max(left, key=lambda other: alike(name, other), default="")
            if close and alike(name, close) > 0.5:
                self.findings.append(notice("C14", span, value=name, name=close))
                self.modules[close].take(self.modules.pop(name))
                left.remove(close)

    def _module(self, name: str, span: Span) -> Draft:
        modules = self.modules
        if name in self.before:
            self.met += 1
            return modules[name]
        if name in modules:
            return modules[name]
        if other := next((m for m in self.before if fold(m) == fold(name)), None):
            self.met += 1
            self.findings.append(notice("C14", span, value=name, name=other))
            return modules[other]
        if self.before:
            self.strange.append((name, span))
        modules[name] = Draft(name, span)
        return modules[name]

    def _sum(self, cells: Mapping[int, Cell], heads: Mapping[int, str], table: Table) -> None:
        part_only = is_subtotal(cells[min(cells)].text)
        for n, cell in cells.items():
            if heads.get(n) != "hours" or UNCOUNTED in cell.text:
                continue  # a sum that was not worked out says nothing that could be wrong
            span = place(cell, self.source, table.index)
            if (number := hours_in(cell.text)) is None:
                self.findings.append(notice("C02", span, value=one_line(cell.text)))
            elif part_only:
                self._partly(number, span)
            else:
                self.totals.append((number, span))
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
            self.findings.append(notice("C10", span, **told))

    def _cell(self, module: Draft, name: str, cell: Cell, table: Table) -> None:
        text, span = cell.text.strip(), place(cell, self.source, table.index)
        if UNCOUNTED in text:
            self.findings.append(notice("C04", span))
            return
        if plain(text) in NOTHING and name in (*_KINDS, "hours", "level"):
            return
        if _is_open(text, name):
            self._open(module, name, Field(text, span))
            return
        if name == "standard" and not standards_in(text) and _has_codes(text):
            name = "codes"  # 職能基準 heads what is taught of it
        if name in _KINDS:
            for reference in self._references(text, _KINDS[name], span):
                key = self.standard, reference.code or fold(reference.text)
                module.references.setdefault(key, replace(reference, standard=self.standard))
            return
        if name in _PEOPLE and text.startswith("姓名"):  # table 9, headed like table 7
            if not _NO_PERSON.sub("", text):
                return
            name = f"{name}-named"
        if name == "hours":
            understood = self._hours(module, text, span)
        elif name == "level" and module.level is None:
            levels = levels_in(text)
            module.level = levels[0] if len(levels) == 1 else None
            understood = bool(levels)
        else:
            understood = True
            text = ticked(text)
        if not understood:
            self.findings.append(notice("C02", span, value=one_line(text)))
        given = module.fields.get(name)
        if given and given.text and name in ("hours", "level"):
            return
        if given and given.text and given.text != text:
            text = f"{given.text}\n{text}" if text not in given.text.split("\n") else given.text
            span = given.span
        module.fields[name] = Field(text, span)

    def _open(self, module: Draft, name: str, given: Field) -> None:
        """Takes that a cell is still to be filled in; of an aim, hours or an assessment C15 says so."""
        if name not in REQUIRED:
            self.findings.append(notice("C31", given.span, value=one_line(given.text)))
        if name not in _KINDS:
            module.fields.setdefault(name, Field("", given.span))

    def _hours(self, module: Draft, text: str, span: Span) -> bool:
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
                if plain(piece.text) not in NOTHING:
                    yield Reference("", span, text=piece.text, kind=kind)
            elif len(piece.codes) == 1:
                yield Reference(piece.codes[0], span, name=piece.text)
            elif (codes := expand(*piece.codes)) is None:
                self.findings.append(notice("C03", span, value=piece.text))
            else:
                yield from (Reference(code, span) for code in codes)


def _is_open(text: str, name: str) -> bool:
    """Whether a cell of a column is still to be filled in; 王○○ is a person."""
    said = ticked(text)
    if placeholder(said) is not Placeholder.OPEN:
        return False
    return (
        name not in _PEOPLE
        or not _MASK.sub("", said).strip()
        or bool(placeholder(_MASK.sub("", said)))
    )


def _has_codes(text: str) -> bool:
    return any(piece.codes for piece in pieces(text))
