"""Reads the markdown form of a standard: headings, lists, and tables with HTML in their cells.

A table is a run of lines with tabs between the cells (or with ``|``); a blank line ends it. A line
without a tab within it is a row of which only the first cell is filled. A cell holds bare text, ``<p>``, ``<ul>``/``<li>``, ``<b>`` and ``<br>``. Unknown tags and lone
``<`` stay as text: nothing is dropped but the markup that is understood.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kps_graph.document import Block, Cell, Document, Paragraph, Span, Table
from kps_graph.readers.comments import in_markup
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.notices import HIDDEN, PICTURE, Notice

__all__ = ["cell_paragraphs", "read_markdown"]

_TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<name>p|div|ul|ol|li|br|b|strong|i|em|u|span|font|sup|sub|small|o:p|a)"
    r"(?:[\s/][^<>]*+)?+>",
    re.IGNORECASE,
)
#: What is struck out, by the kind of its marks: how it begins, and how each kind ends.
_STRUCK: Final = (
    re.compile(r"<(?P<tag>del|s|strike)\b[^<>]*+>|(?P<mark>~~)(?=\S)", re.I),
    {
        **{tag: re.compile(rf"</{tag}\s*+>", re.I) for tag in ("del", "s", "strike")},
        "~~": re.compile(r"(?<=\S)~~"),
    },
)
_PICTURE: Final = re.compile(
    r"!\[(?P<alt>[^\[\]]*+)\]\((?P<file>[^()\s]*+)[^()]*+\)|<img\b(?P<attributes>[^<>]*+)>",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""(?P<name>alt|src)\s*=\s*["'](?P<value>[^"']*)["']""", re.I)
_COMMENT: Final = (re.compile("(?P<tag><!--)"), {"<!--": re.compile("-->")})
_HEADING: Final = re.compile(r"\s{0,3}(#{1,6})\s++(.*+)$")
_BULLET_ITEM: Final = re.compile(r"(\s*+)[-*+•●]\s++(.*+)$")
#: The line below the heads of a table, without the blanks around it; and one across the page.
_RULE: Final = re.compile(r"\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?")
_ACROSS: Final = re.compile(r"\s*+(?:[-*_]\s*+){3,}+")
_EMPHASIS: Final = (
    re.compile(r"(?<!\\)(?P<mark>\*\*|__|`)(?=\S)"),
    {mark: re.compile(rf"(?<=[^\s\\]){re.escape(mark)}") for mark in ("**", "__", "`")},
)
#: A link: what it shows stays. Brackets before a name in brackets are none.
_LINK: Final = re.compile(r"\[(?P<shown>[^\[\]]++)\]\((?:[#./]|https?:|mailto:)[^()\s]*+\)")
#: The mark of a footnote, whose text stands below.
_NOTE: Final = re.compile(r"(?<=\S)\[\^[^\[\]\s]++\](?!:)")
#: A sign that is meant as it stands.
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!~<>-])")
_OPEN: Final = re.compile(r"<(p|ul|ol|li)\b", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</(p|ul|ol|li)\s*>", re.IGNORECASE)


def read_markdown(text: str, source: str, limits: Limits = DEFAULT) -> Document:
    """The tables and paragraphs of ``text``; every place has its line.

    Args:
        text: the decoded file.
        source: its name, for places.
        limits: how much is read.

    Raises:
        TooLarge: if it has more lines, or its tables more cells.
    """
    limits.check("lines", text.count("\n"), source)
    budget = Budget(source, limits)
    blocks: list[Block] = []
    notices: list[Notice] = []
    rows: list[tuple[int, list[str]]] = []
    tables = 0

    def end_table() -> None:
        nonlocal tables
        if rows:
            tables += 1
            budget.spend(len(rows) * max(len(cells) for _, cells in rows))
            blocks.append(_table(rows, tables, source, notices))
            rows.clear()

    lines = _logical_lines(text)
    for number, line in lines:
        limits.check("cells", line.count("\t") + line.count("|"), source)
        cells = _cells(line, bool(rows))
        if cells is not None:
            rows.append((number, cells))
            continue
        if rows and _RULE.fullmatch(line.strip()):
            continue
        end_table()
        if line.strip():
            blocks.extend(_paragraphs(line, number, source, notices))
    end_table()
    notices += in_markup(text, source)
    return Document(source, tuple(blocks), format="markdown", warnings=tuple(notices))


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a table row whose markup stays open takes in what follows."""
    pending: list[str] = []
    begun = opened = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not (pending and line.strip() and "\t" not in line):
            if pending:
                yield begun, "\n".join(pending)
            pending, begun, opened = [], number, 0
        pending.append(line)
        opened += len(_OPEN.findall(line)) - len(_CLOSE.findall(line))
        if opened <= 0 or "\t" not in pending[0]:
            yield begun, "\n".join(pending)
            pending = []
    if pending:
        yield begun, "\n".join(pending)


def _cells(line: str, inside: bool) -> list[str] | None:
    """The cells of a table row, or None if the line is no row.

    Inside a table a line with a tab is a row, even if its first text is a bulleted item; outside
    one it may be an item of a list that is indented by tabs.
    """
    row = inside or (line.strip() and not _BULLET_ITEM.match(line))
    if "\t" in line and (row or line.count("\t") > 2):
        return line.split("\t")
    bare = line.strip()
    if bare.startswith("|") and bare.count("|") > 2 and not _RULE.fullmatch(bare):
        return [c.replace("\\|", "|") for c in re.split(r"(?<!\\)\|", bare.strip("|"))]
    if inside and bare and not (_HEADING.match(line) or _BULLET_ITEM.match(line)):
        return None if _RULE.fullmatch(bare) else [bare]
    return None


def _table(
    rows: list[tuple[int, list[str]]], index: int, source: str, notices: list[Notice]
) -> Table:
    width = max(len(cells) for _, cells in rows)
    made = []
    for row, (line, cells) in enumerate(rows, 1):
        for column in range(1, width + 1):
            markup = cells[column - 1] if column <= len(cells) else ""
            span = Span(source, table=index, row=row, column=column, line=line)
            plain = _shown(markup, span, notices)
            made.append(Cell(row, column, tuple(cell_paragraphs(plain, span))))
    return Table(index, tuple(made))


def _text(markup: str) -> str:
    """``markup`` without its inline marks, its character references resolved, outer space off."""
    plain = "\n".join(_without(line, _EMPHASIS, str) for line in markup.split("\n"))
    if "[" in plain:
        plain = _NOTE.sub("", _LINK.sub(r"\g<shown>", plain))
    if "\\" in plain:
        plain = _ESCAPED.sub(r"\1", plain)
    return html.unescape(plain).replace("\n", " ").strip()


def _without(
    text: str,
    marks: tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]],
    instead: Callable[[str], str],
) -> str:
    """``text`` with ``instead`` of what stands in each pair of marks, in the place of both.

    Takes time in proportion to the text: once nothing ends a kind, its end is looked for no more.
    """
    opening, ends = marks
    parts: list[str] = []
    done, at, open_ended = 0, 0, set[str]()
    while begin := opening.search(text, at):
        kind = begin[begin.lastgroup or 0].lower()
        least = begin.end() + (begin.lastgroup == "mark")  # marks have something between them
        end = None if kind in open_ended else ends[kind].search(text, least)
        if end is None:
            open_ended.add(kind)
            at = begin.start() + 1
            continue
        parts += (text[done : begin.start()], instead(text[begin.end() : end.start()]))
        done = at = end.end()
    return "".join((*parts, text[done:])) if parts else text


def cell_paragraphs(markup: str, span: Span) -> Iterator[Paragraph]:
    """The paragraphs of a cell's markup, each at ``span``."""
    depth, item, soft, begin = 0, False, False, 0
    markup = _without(markup, _COMMENT, lambda _: "")
    buffer = ""

    def flush() -> Iterator[Paragraph]:
        nonlocal buffer, item, soft
        if text := _text(buffer):
            yield Paragraph(text, span, depth=max(depth - 1, 0) if item else None, soft=soft)
            item = False
        buffer = ""
        soft = False

    for tag in _TAG.finditer(markup):
        buffer += markup[begin : tag.start()]
        begin = tag.end()
        name = tag["name"].lower()
        if name in (
            "b",
            "strong",
            "i",
            "em",
            "u",
            "span",
            "font",
            "sup",
            "sub",
            "small",
            "o:p",
            "a",
        ):
            continue
        yield from flush()
        if name == "br":
            soft = True
        elif name in ("ul", "ol"):
            depth = max(0, depth + (-1 if tag["close"] else 1))
        elif name == "li":
            item = not tag["close"]
    buffer += markup[begin:]
    yield from flush()


def _shown(markup: str, span: Span, notices: list[Notice]) -> str:
    """``markup`` without what is struck out and without pictures, both of which are noted."""
    if "<" not in markup and "~~" not in markup and "![" not in markup:
        return markup

    struck: list[str] = []

    def strike(marked: str) -> str:
        struck.append(_text(_TAG.sub("", marked)))
        return ""

    def picture(match: re.Match[str]) -> str:
        if match["attributes"] is None:
            said = [match["alt"], match["file"].rpartition("/")[2]]
        else:
            values = {
                a["name"].lower(): a["value"] for a in _ATTRIBUTE.finditer(match["attributes"])
            }
            said = [values.get("alt", ""), values.get("src", "").rpartition("/")[2]]
        name = "：".join(dict.fromkeys(filter(None, said)))
        notices.append((PICTURE, name or "—", span))
        return ""

    markup = _without(markup, _STRUCK, strike)
    if left_out := "；".join(filter(None, struck)):
        notices.append((HIDDEN, left_out, span))
    return _PICTURE.sub(picture, markup)


def _title(text: str) -> str:
    """A heading without the marks that close it, which stand apart: ``題 ##``, but not ``C#``."""
    title = text.rstrip()
    bare = title.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else title


def _paragraphs(line: str, number: int, source: str, notices: list[Notice]) -> Iterator[Paragraph]:
    """A line outside tables: a heading, an item of a list, or text."""
    span = Span(source, line=number)
    line = _shown(line, span, notices)
    if heading := _HEADING.match(line):
        if title := _text(_TAG.sub("", _title(heading[2]))):
            yield Paragraph(title, span, heading=len(heading[1]))
    elif listed := _BULLET_ITEM.match(line):
        indent = len(listed[1].replace("\t", "    "))
        for paragraph in cell_paragraphs(listed[2], span):
            yield Paragraph(paragraph.text, span, depth=indent // 2)
    elif not _ACROSS.fullmatch(line):
        for paragraph in cell_paragraphs(line, span):
            soft = paragraph.soft or line[:1].isspace()
            yield Paragraph(paragraph.text, span, depth=paragraph.depth, soft=soft)
