"""A page of its own: every document as its author sees it, with the findings at their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from kps_graph.document import Document, Paragraph, Span, Table
from kps_graph.exports.pictures.page import asset, policy
from kps_graph.exports.reports.anchors import Words, anchor
from kps_graph.exports.reports.checked import Checked
from kps_graph.exports.reports.phrases import words
from kps_graph.printable import printable
from kps_graph.report import Finding, Severity
from kps_graph.store import Source

__all__ = ["write"]

#: A paragraph by its block, its cell (-1 outside tables) and its number there.
_Key = tuple[int, int, int]
#: The findings at each paragraph: their numbers, and the words that they are about.
_Notes = Mapping[_Key, Sequence[tuple[int, Words | None]]]


def write(checked: Checked) -> bytes:
    """One file without a request to anywhere; its policy allows its own script and style alone.

    Without its script it shows everything; the script filters by severity, rule and text.
    """
    own = words(checked.lang)
    style, script = asset("report.css"), asset("report.js")
    found = checked.by_source()
    numbered = list(enumerate(checked.sources, 1))
    body = "\n".join(
        _document(checked, number, source, found.get(source.path, []))
        for number, source in numbered
    )
    said = "".join(f'<p class="said">{_text(line)}</p>' for line in checked.said)
    listed = _contents(checked, numbered) if len(numbered) > 1 else ""
    return f"""<!DOCTYPE html>
<html lang="{checked.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="kps-graph">
<title>{_text(own["report"])}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{_text(own["report"])}</h1>
<p class="summary">{_text(checked.summary())}</p>
{_filters(checked)}
</header>
{said}
{listed}
<main>
{body}
</main>
<script>{script}</script>
</body>
</html>
""".encode("utf-8", "replace")


def _text(text: str) -> str:
    return escape(printable(text))


def _filters(checked: Checked) -> str:
    """The controls, which the script shows."""
    own, counts = words(checked.lang), checked.report.counts()
    boxes = "".join(
        f'<label class="{s}"><input type="checkbox" value="{s}" checked> {_text(own[str(s)])} '
        f"<b>{counts[str(s)]}</b></label>"
        for s in sorted(Severity, reverse=True)
    )
    options = "".join(
        f'<option value="{_text(rule)}">{_text(rule)} {_text(checked.title(rule))} ({count})'
        "</option>"
        for _, rule, count in checked.by_rule()
    )
    return f"""<form id="filters" role="search" aria-label="{_text(own["filter"])}" hidden>
<fieldset><legend>{_text(own["severity"])}</legend>{boxes}</fieldset>
<label>{_text(own["rule"])} <select id="rule"><option value="">{_text(own["all-rules"])}</option>\
{options}</select></label>
<label>{_text(own["search"])} <input type="search" id="search"></label>
<button type="button" id="print">{_text(own["print"])}</button>
<output id="shown" data-word="{_text(own["shown"])}"></output>
</form>"""


def _contents(checked: Checked, numbered: Iterable[tuple[int, Source]]) -> str:
    own, per_file = words(checked.lang), checked.per_file()
    rows = []
    for (number, source), (_, counts) in zip(numbered, per_file, strict=True):
        if source.outcome != "loaded":
            word = own["unreadable" if source.outcome == "failed" else "duplicate"]
            cells = f'<td colspan="3" class="error">{_text(word)}</td>'
        else:
            cells = "".join(f"<td>{n or ''}</td>" for n in counts.values())
        rows.append(
            f'<tr><td><a href="#d{number}">{_text(source.path)}</a></td>'
            f"<td>{_text(source.code)}</td><td>{_text(source.name)}</td>{cells}</tr>"
        )
    heads = "".join(
        f'<th scope="col">{_text(own[k])}</th>'
        for k in ("file", "standard", "name", *map(str, sorted(Severity, reverse=True)))
    )
    return (
        f'<nav aria-label="{_text(own["documents"])}"><h2>{_text(own["documents"])}</h2>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></nav>"
    )


def _document(checked: Checked, number: int, source: Source, found: Sequence[Finding]) -> str:
    own = words(checked.lang)
    title = " ".join(filter(None, (source.code, source.name)))
    head = f'<h2>{_text(source.path)}</h2><p lang="zh-Hant" class="name">{_text(title)}</p>'
    if source.outcome != "loaded":
        content = f'<p class="error" role="alert">{_text(checked.reason(source))}</p>'
    else:
        shown = checked.documents.get(source.path)
        notes, loose = _placed(shown, found)
        content = _list(checked, number, found, loose)
        if shown is not None:
            content += _Page(checked, number, shown, found, notes).html()
    return (
        f'<section class="document" id="d{number}" aria-label="{_text(source.path)}">'
        f"{head}{content or _text(own['clean'])}</section>"
    )


def _placed(document: Document | None, found: Sequence[Finding]) -> tuple[_Notes, frozenset[int]]:
    """The findings by paragraph, and the numbers of those that no paragraph can hold."""
    if document is None:
        return {}, frozenset(range(len(found)))
    placed = [(span, key) for key, span, _ in _paragraphs(document)]
    texts = {key: [p.text] if p else [""] for key, _, p in _paragraphs(document)}
    notes: dict[_Key, list[tuple[int, Words | None]]] = {}
    loose = set()
    for number, finding in enumerate(found):
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


def _list(checked: Checked, number: int, found: Sequence[Finding], loose: frozenset[int]) -> str:
    """The findings in order, each leading to its place; those without one in full."""
    own = words(checked.lang)
    if not found:
        return f'<p class="clean">{_text(own["clean"])}</p>'
    lines = []
    for n, finding in enumerate(found):
        place = checked.place(finding) or own["whole"]
        if n in loose:
            lines.append(_note(checked, number, n, finding, place))
            continue
        lines.append(
            f'<li {_facts(finding)}><a href="#f{number}-{n}">{_mark(checked, finding)} '
            f"{_code(finding)}{_text(checked.message(finding))}</a> "
            f"<small>{_text(place)}</small></li>"
        )
    return (
        f'<details class="list" open><summary>{_text(own["findings"])} {len(found)}</summary>'
        f"<ol>{''.join(lines)}</ol></details>"
    )


def _facts(finding: Finding) -> str:
    return (
        f'class="finding {finding.severity}" data-severity="{finding.severity}" '
        f'data-rule="{_text(finding.rule)}"'
    )


def _mark(checked: Checked, finding: Finding) -> str:
    word = words(checked.lang)[str(finding.severity)]
    return f'<b class="mark {finding.severity}">{_text(word)} {_text(finding.rule)}</b>'


def _code(finding: Finding) -> str:
    return f"<code>{_text(finding.code)}</code> " if finding.code else ""


def _note(checked: Checked, number: int, n: int, finding: Finding, place: str = "") -> str:
    """A finding with its message, and what its rule says."""
    own = words(checked.lang)
    about = [
        (own["advice"], checked.title(finding.rule)),
        (own["basis"], checked.basis(finding.rule)),
        (own["example"], checked.example(finding.rule)),
    ]
    rows = "".join(f"<dt>{_text(k)}</dt><dd>{_text(v)}</dd>" for k, v in about if v)
    where = f" <small>{_text(place)}</small>" if place else ""
    return (
        f'<li {_facts(finding)} id="f{number}-{n}" tabindex="-1">'
        f"<details><summary>{_mark(checked, finding)} {_code(finding)}"
        f"{_text(checked.message(finding))}{where}</summary><dl>{rows}</dl></details></li>"
    )


class _Page:
    """The blocks of one document as HTML."""

    def __init__(
        self,
        checked: Checked,
        number: int,
        document: Document,
        found: Sequence[Finding],
        notes: _Notes,
    ) -> None:
        self._checked = checked
        self._number = number
        self._document = document
        self._found = found
        self._notes = notes

    def html(self) -> str:
        return (
            '<div class="content" lang="zh-Hant">'
            + "".join(
                self._table(b, block)
                if isinstance(block, Table)
                else self._paragraph((b, -1, 0), block) + self._findings([(b, -1, 0)])
                for b, block in enumerate(self._document.blocks)
            )
            + "</div>"
        )

    def _table(self, b: int, table: Table) -> str:
        own = words(self._checked.lang)
        wide = max((c.column + c.colspan - 1 for c in table.cells), default=0)
        numbers = {id(cell): c for c, cell in enumerate(table.cells)}
        taken: set[tuple[int, int]] = set()
        rows = []
        for number, cells in enumerate(table.rows(), 1):
            starts = {c.column: c for c in cells}
            row = []
            for column in range(1, wide + 1):
                cell = starts.get(column)
                if cell is None:
                    row.append("" if (number, column) in taken else "<td></td>")
                    continue
                taken.update(
                    (r, c)
                    for r in range(number, number + cell.rowspan)
                    for c in range(column, column + cell.colspan)
                )
                keys = [(b, numbers[id(cell)], p) for p in range(max(1, len(cell.paragraphs)))]
                text = "".join(
                    self._paragraph(k, p) for k, p in zip(keys, cell.paragraphs, strict=False)
                )
                spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
                    f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
                )
                row.append(f"<td{spans}{self._class(keys)}>{text}{self._findings(keys)}</td>")
            rows.append(f"<tr>{''.join(row)}</tr>")
        page = f"{own['page']} {table.page} " if table.page else ""
        return (
            f'<div class="wide" tabindex="0" role="region" '
            f'aria-label="{_text(page)}{_text(own["table"])} {table.index}"><table><caption>'
            f"{_text(page)}{_text(own['table'])} {table.index}</caption>"
            f"<tbody>{''.join(rows)}</tbody></table></div>"
        )

    def _at(self, keys: Iterable[_Key]) -> list[int]:
        return [n for key in keys for n, _ in self._notes.get(key, ())]

    def _class(self, keys: Iterable[_Key]) -> str:
        worst = max((self._found[n].severity for n in self._at(keys)), default=None)
        return "" if worst is None else f' class="has {worst}"'

    def _findings(self, keys: Iterable[_Key]) -> str:
        numbers = self._at(keys)
        if not numbers:
            return ""
        notes = "".join(_note(self._checked, self._number, n, self._found[n]) for n in numbers)
        own = words(self._checked.lang)
        return (
            f'<ul class="notes" lang="{self._checked.lang}" '
            f'aria-label="{_text(own["findings"])}">{notes}</ul>'
        )

    def _paragraph(self, key: _Key, paragraph: Paragraph) -> str:
        kind = (
            "h"
            if paragraph.heading
            else "p"
            if paragraph.depth is None
            else f"i i{min(paragraph.depth, 3)}"
        )
        if kind.startswith("i") and not paragraph.text[:1].isalnum():
            kind += " own"  # the text begins with its bullet, or with a bracket
        text, at = [], 0
        for begin, end in _merged(w for _, w in self._notes.get(key, ()) if w is not None):
            text += [
                _text(paragraph.text[at:begin]),
                f"<mark>{_text(paragraph.text[begin:end])}</mark>",
            ]
            at = end
        return f'<p class="{kind}">{"".join(text)}{_text(paragraph.text[at:])}</p>'


def _merged(found: Iterable[Words]) -> list[tuple[int, int]]:
    """Stretches of one text, those that meet made one."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted((start[1], stop[1]) for start, stop in found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((begin, end))
    return merged
