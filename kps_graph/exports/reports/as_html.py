"""A page of its own: every document as its author sees it, with the findings at their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kps_graph.document import Cell, Document, Paragraph, Span, Table
from kps_graph.exports import pages
from kps_graph.exports.reports.anchors import Words, anchor
from kps_graph.exports.reports.checked import Checked
from kps_graph.exports.reports.phrases import words
from kps_graph.exports.reports.widths import stylesheet, widths
from kps_graph.report import Finding, Severity

__all__ = ["Grid", "Shown", "documents", "write"]

#: A paragraph by its block, its cell (-1 outside tables) and its number there.
_Key = tuple[int, int, int]
#: The findings at each paragraph: their numbers, and the words that they are about.
_Anchored = Mapping[_Key, Sequence[tuple[int, Words | None]]]


@dataclass(frozen=True, slots=True)
class _Note:
    """A finding as the page shows it; ``loose`` if no paragraph of the document can hold it."""

    id: str
    severity: str
    rule: str
    code: str
    message: str
    about: Sequence[tuple[str, str]]
    place: str
    loose: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph: its kind, and its parts with whether a finding is about them."""

    kind: str
    parts: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class _Cell:
    rowspan: int
    colspan: int
    worst: str
    paragraphs: Sequence[_Text]
    notes: Sequence[_Note]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: None stands where a cell is missing; its widths, and those of its columns in %."""

    caption: str
    wide: int
    columns: Sequence[str]
    rows: Sequence[Sequence[_Cell | None]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph outside tables, with its findings."""

    paragraph: _Text
    notes: Sequence[_Note]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on the page; ``reason`` says why it was not checked, ``blocks`` is its text."""

    id: str
    path: str
    code: str
    name: str
    title: str
    unusable: str
    counts: Sequence[int]
    reason: str | None
    notes: Sequence[_Note]
    blocks: Sequence[Grid | _Line] | None


def write(checked: Checked) -> bytes:
    """One file without a request to anywhere; its policy allows its own script and style alone.

    Without its script it shows everything; the script filters by severity, rule and text.
    """
    own, counts = words(checked.lang), checked.report.counts()
    shown = list(documents(checked))
    severities = [str(s) for s in sorted(Severity, reverse=True)]
    page = pages.render(
        "report.html",
        style=pages.asset("report.css") + stylesheet(g.wide for g in _grids(shown)),
        script=pages.asset("report.js"),
        lang=checked.lang,
        own=own,
        title=own["report"],
        summary=checked.summary(),
        severities=[(s, counts[s]) for s in severities],
        rules=[(rule, checked.title(rule), count) for _, rule, count in checked.by_rule()],
        said=checked.said,
        heads=[own[k] for k in ("file", "standard", "name", *severities)],
        documents=shown,
    )
    return page.encode("utf-8", "replace")


def _grids(documents: Iterable[Shown]) -> Iterator[Grid]:
    return (b for d in documents for b in d.blocks or () if isinstance(b, Grid))


def documents(checked: Checked) -> Iterator[Shown]:
    """Every file that was checked as a page shows it, with its findings at their words."""
    own, findings = words(checked.lang), checked.by_source()
    for number, (source, counts) in enumerate(checked.per_file(), 1):
        usable = source.outcome == "loaded"
        shown = checked.documents.get(source.path) if usable else None
        listed = findings.get(source.path, []) if usable else []
        anchored, loose = _anchored(shown, listed)
        notes = [_note(checked, f"f{number}-{n}", f, n in loose) for n, f in enumerate(listed)]
        yield Shown(
            f"d{number}",
            source.path,
            source.code,
            source.name,
            " ".join(filter(None, (source.code, source.name))),
            "" if usable else own["unreadable" if source.outcome == "failed" else "duplicate"],
            list(counts.values()),
            None if usable else checked.reason(source),
            notes,
            None if shown is None else list(_blocks(checked, shown, notes, anchored)),
        )


def _anchored(
    document: Document | None, findings: Sequence[Finding]
) -> tuple[_Anchored, frozenset[int]]:
    """The findings by paragraph, and the numbers of those that no paragraph can hold."""
    if document is None:
        return {}, frozenset(range(len(findings)))
    placed = [(span, key) for key, span, _ in _paragraphs(document)]
    texts = {key: [p.text] if p else [""] for key, _, p in _paragraphs(document)}
    notes: dict[_Key, list[tuple[int, Words | None]]] = {}
    loose = set()
    for number, finding in enumerate(findings):
        somewhere = finding.span != Span(finding.span.source)
        if not placed or not (somewhere or finding.code or finding.value):
            loose.add(number)
            continue
        at = anchor(finding, placed, texts.__getitem__)
        if at.words is None and not somewhere:
            loose.add(number)
            continue
        notes.setdefault(at.paragraph, []).append((number, at.words))
    return notes, frozenset(loose)


def _paragraphs(document: Document) -> Iterator[tuple[_Key, Span, Paragraph | None]]:
    """Every paragraph with its place; a blank cell counts as one."""
    for b, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield (b, -1, 0), block.span, block
            continue
        for c, cell in enumerate(block.cells):
            for p, paragraph in enumerate(cell.paragraphs or (None,)):
                known = paragraph.span if paragraph else Span()
                yield (
                    (b, c, p),
                    Span(
                        table=block.index,
                        row=cell.row,
                        column=cell.column,
                        line=known.line,
                        pointer=known.pointer,
                    ),
                    paragraph,
                )


def _note(checked: Checked, id: str, finding: Finding, loose: bool) -> _Note:
    """A finding with its message, and what its rule says."""
    own, rule = words(checked.lang), finding.rule
    about = [
        (own["remedy"], checked.remedy(finding)),
        (own["advice"], checked.title(rule)),
        (own["basis"], checked.basis(rule)),
        (own["example"], checked.example(rule)),
    ]
    return _Note(
        id,
        str(finding.severity),
        rule,
        finding.code,
        checked.message(finding),
        [(k, v) for k, v in about if v],
        checked.place(finding) or own["whole"],
        loose,
    )


def _blocks(
    checked: Checked, document: Document, notes: Sequence[_Note], anchored: _Anchored
) -> Iterator[Grid | _Line]:
    """The blocks of one document, each with its findings."""
    own = words(checked.lang)

    def at(keys: Iterable[_Key]) -> list[_Note]:
        return [notes[n] for key in keys for n, _ in anchored.get(key, ())]

    for b, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            key = b, -1, 0
            yield _Line(_text(block, anchored.get(key, ())), at([key]))
            continue
        numbers = {id(cell): c for c, cell in enumerate(block.cells)}
        rows: list[list[_Cell | None]] = []
        for row in _rows(block):
            rows.append([])
            for cell in row:
                if cell is None:
                    rows[-1].append(None)
                    continue
                keys = [(b, numbers[id(cell)], p) for p in range(_count(cell))]
                own_notes = at(keys)
                worst = max((Severity.of(n.severity) for n in own_notes), default=None)
                texts = [
                    _text(p, anchored.get(k, ()))
                    for k, p in zip(keys, cell.paragraphs, strict=False)
                ]
                rows[-1].append(
                    _Cell(cell.rowspan, cell.colspan, str(worst or ""), texts, own_notes)
                )
        page = f"{own['page']} {block.page} " if block.page else ""
        noted = {
            c.column for c in block.cells if at((b, numbers[id(c)], p) for p in range(_count(c)))
        }
        wide, columns = widths(block, noted)
        yield Grid(f"{page}{own['table']} {block.index}", wide, columns, rows)


def _count(cell: Cell) -> int:
    """How many paragraphs a cell has; a blank one counts as one."""
    return max(1, len(cell.paragraphs))


def _rows(table: Table) -> Iterator[list[Cell | None]]:
    """The cells that begin in each row; None where a cell is missing."""
    wide = max((c.column + c.colspan - 1 for c in table.cells), default=0)
    taken: set[tuple[int, int]] = set()
    for number, cells in enumerate(table.rows(), 1):
        starts = {c.column: c for c in cells}
        row: list[Cell | None] = []
        for column in range(1, wide + 1):
            cell = starts.get(column)
            if cell is not None:
                taken.update(
                    (r, c)
                    for r in range(number, number + cell.rowspan)
                    for c in range(column, column + cell.colspan)
                )
                row.append(cell)
            elif (number, column) not in taken:
                row.append(None)
        yield row


def _text(paragraph: Paragraph, notes: Sequence[tuple[int, Words | None]]) -> _Text:
    kind = (
        "h"
        if paragraph.heading
        else "p"
        if paragraph.depth is None
        else f"i i{min(paragraph.depth, 3)}"
    )
    if kind.startswith("i") and not paragraph.text[:1].isalnum():
        kind += " own"  # the text begins with its bullet, or with a bracket
    parts, at = [], 0
    for begin, end in _merged(w for _, w in notes if w is not None):
        parts += [(paragraph.text[at:begin], False), (paragraph.text[begin:end], True)]
        at = end
    return _Text(kind, [*parts, (paragraph.text[at:], False)])


def _merged(words: Iterable[Words]) -> list[tuple[int, int]]:
    """Stretches of one text, those that meet made one."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted((start[1], stop[1]) for start, stop in words):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((begin, end))
    return merged
