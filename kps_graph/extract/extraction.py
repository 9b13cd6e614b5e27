"""Turns what a reader read into a Standard: tables by their headings, records by their keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from kps_graph.document import Cell, Document, Record, Span
from kps_graph.errors import NotAStandard, TooLarge
from kps_graph.extract.asides import COMMENT, only_in_comments
from kps_graph.extract.body import body
from kps_graph.extract.findings import Notes
from kps_graph.extract.header import header, versions
from kps_graph.extract.interchange import from_record
from kps_graph.extract.labels import REMARKS, UNIT_DOCUMENT
from kps_graph.extract.lists import definitions
from kps_graph.extract.pieces import bullets
from kps_graph.extract.records import weigh
from kps_graph.extract.sections import Sections, sections
from kps_graph.extract.tail import attitudes, notes_of
from kps_graph.extract.text import compact, join, label, shortened, solid
from kps_graph.extract.thirdparty import from_third_party, is_third_party
from kps_graph.extract.vacancies import without_placeholders
from kps_graph.extract.widths import column_widths
from kps_graph.model import Standard, in_order
from kps_graph.report import Finding
from kps_graph.words import Sentence

__all__ = ["Extraction", "extract"]

_Warning: TypeAlias = tuple[str, "str | Sentence", Span]
#: The rule of what a document hides or strikes out.
_HIDDEN: Final = "E21"
#: So many parts of one kind are read; the largest real standards have 171 indicators and 99 K.
_MOST: Final = 1_500

#: What stands above the tables and says no more than what they are.
_TITLE: Final = re.compile(
    r".{0,12}職能(基準|單元)(表|內容|單)?[(（]?(草案|草稿)?[)）]?"
    r"|(?i:(occupational)?competency(standard|unit)s?(draft)?)"
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A standard, what is odd about its source, and what became of the source's characters.

    Attributes:
        read, placed, unplaced: characters other than white space, of tables and text; of
            structured sources, those of all values.
    """

    standard: Standard
    findings: tuple[Finding, ...]
    read: int = 0
    placed: int = 0
    unplaced: int = 0


def extract(source: Document | Record) -> Extraction:
    """The standard in ``source``.

    Raises:
        NotAStandard: if it holds nothing of a competency standard.
        TooLarge: if it has more parts of one kind than any standard.
    """
    notes = Notes()
    for rule, value, span in _once_for_each_column(source.warnings):
        if rule != COMMENT:
            notes.add(rule, span, value=value)
    if isinstance(source, Record):
        reader = from_third_party if is_third_party(source) else from_record
        standard = reader(source, notes)
        notes.read = weigh(dict(source.data))
        notes.placed = notes.read - notes.unplaced
    else:
        standard = _from_document(source, notes)
        only_in_comments(source.warnings, standard, notes)
    _refuse_endless(standard, source.source)
    standard = in_order(without_placeholders(standard, notes))
    return Extraction(
        standard,
        tuple(n.finding(standard.code or "") for n in notes.noticed),
        notes.read,
        notes.placed,
        notes.unplaced,
    )


def _once_for_each_column(warnings: Iterable[_Warning]) -> Iterable[_Warning]:
    """What is hidden or struck out in the cells of one column, or outside tables, as one."""
    found: dict[object, _Warning] = {}
    for n, (rule, value, span) in enumerate(warnings):
        key: object = n
        if rule == _HIDDEN:
            key = None if span.table is None else (span.column,)
        if (before := found.get(key)) is not None:
            value, span = f"{before[1]}；{value}", before[2]
        found[key] = rule, value, span
    return found.values()


def _refuse_endless(standard: Standard, source: str) -> None:
    """Refuses what no rule could compare with one another in time."""
    units = list(standard.units())
    for kind, count in (
        (Sentence("units"), len(units)),
        (Sentence("outputs"), sum(len(u.outputs) for u in units)),
        (Sentence("indicators"), sum(len(u.indicators) for u in units)),
        (Sentence("items of knowledge"), len(standard.knowledge)),
        (Sentence("skills"), len(standard.skills)),
        (Sentence("attitudes"), len(standard.attitudes)),
    ):
        if count > _MOST:
            raise TooLarge(
                "too large: {value:,} {unit}, at most {most:,} are read",
                value=count,
                unit=kind,
                most=_MOST,
                source=source,
                hint=Sentence(
                    "a competency standard is far smaller; check that this is the right file"
                ),
            )


def _from_document(document: Document, notes: Notes) -> Standard:
    parts = sections(document, notes)
    glyphs = bullets(p for t in document.tables for c in t.cells for p in c.paragraphs)
    table = versions(parts.versions, notes)
    head = header(parts.header, parts.preface, notes)
    if not parts.body and not table and not (head.code or head.name or head.description):
        raise NotAStandard(
            "this document is no competency standard: it has neither a table with 行為指標 and 職能內涵 nor a header with 職能基準代碼",
            source=document.source,
            hint=Sentence(
                "use the official template, or the YAML form (kps-graph parse --format yaml)"
            ),
        )
    listed, loose = definitions(parts.listed)
    notes.placed += sum(solid(p.text) for group in parts.listed for p in group)
    for paragraph in loose:
        notes.unplaced += solid(paragraph.text)
        notes.placed -= solid(paragraph.text)
        notes.add("E01", paragraph.span, value=paragraph.text)
    kind = head.name_kind
    if _of_a_unit(parts):
        kind = "職能單元"
        notes.add("E38", head.span, value=head.name or head.code or "")
    content = body(parts.body, listed, glyphs, notes)
    _other_columns(parts, notes)
    for title in parts.titles:
        if _TITLE.fullmatch(compact(title.text)) or (
            head.name and compact(head.name) in compact(title.text)
        ):
            notes.placed += solid(title.text)
        else:
            notes.unplaced += solid(title.text)
            notes.add("E01", title.span, value=title.text)
    standard = Standard(
        code=head.code,
        name=head.name,
        name_kind=kind,
        layout="/".join(h for h in parts.columns.headings if h) if parts.columns else "",
        description=head.description,
        level=head.level,
        versions=tuple(table),
        classification=head.classification,
        tasks=content.tasks,
        knowledge=content.knowledge,
        skills=content.skills,
        attitudes=tuple(attitudes(parts.attitudes, listed["A"], notes)),
        notes=tuple(notes_of(parts.notes, notes)),
        span=head.span,
        places=(*head.places, *content.places),
        column_widths=column_widths(document.tables, parts.columns, parts.body),
    )
    _missing(standard, notes)
    return standard


def _of_a_unit(parts: Sections) -> bool:
    """Whether the header is that of a 職能單元: its code or name is one of a unit."""
    texts = [c.text for row in parts.header for c in row] + [p.text for p in parts.preface]
    return any(UNIT_DOCUMENT.match(label(text[:40])) for text in texts)


def _other_columns(parts: Sections, notes: Notes) -> None:
    """Notes once for each column that is no part of a standard what stands in it."""
    for heading, *cells in parts.others.values():
        filled = [c for c in cells if c.text.strip()]
        if not filled and len(heading.paragraphs) < 2:
            continue
        notes.unplaced += sum(solid(c.text) for c in filled)
        name, *texts = map(_in_one, (heading, *filled))
        text = "；".join(texts)
        notes.add(
            "E31" if REMARKS.search(label(name)) else "E32",
            (filled or [heading])[0].paragraphs[0].span,
            row=name,
            other=str(len(filled)),
            unit=shortened(text),
            value=f"{name}：{text}",
        )


def _in_one(cell: Cell) -> str:
    """The text of a cell in one line, as far as its lines are those of one paragraph."""
    text = ""
    for paragraph in cell.paragraphs:
        text = join(text, paragraph.text, paragraph.gap if paragraph.soft else None)
    return " ".join(text.split())


def _missing(standard: Standard, notes: Notes) -> None:
    """Notes the sections that a standard cannot do without.

    A code is issued when the standard is; a draft leaves its field blank.
    """
    if standard.code is None and "code" not in dict(standard.places):
        notes.add("E05", standard.span, value="職能基準代碼", other="competency standard code")
