"""HTML to a Document: what a browser would show, as paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from typing import Final, cast

from lxml import etree

from kps_graph.document import Document, Span
from kps_graph.errors import TooLarge, Undecodable
from kps_graph.readers.comments import in_markup
from kps_graph.readers.flow import Flow, Grid
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.notices import HIDDEN, PICTURE, UNREADABLE, Notice
from kps_graph.readers.numbering import ordinal
from kps_graph.words import Sentence, parser_reason

__all__ = ["read_html"]

_SILENT: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "rt",
        "rp",
        "colgroup",
        "col",
        "annotation",
        "annotation-xml",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "address",
        "blockquote",
        "figure",
        "figcaption",
        "fieldset",
        "form",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "center",
        "hr",
        "caption",
        "legend",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_LISTS: Final = frozenset(["ul", "ol", "menu", "dir"])
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
#: Fields of a form that hold a text.
_FIELDS: Final = frozenset(["", "text", "search", "date", "number", "email", "tel", "url", "month"])
#: What is struck out by its element or its style.
_STRUCK: Final = frozenset(["del", "s", "strike"])
_LINE: Final = re.compile(r"text-decoration(-line)?\s*:[^;]*line-through", re.I)
#: The width of a column; in practice the unit is the same for all of a table.
_WIDTH: Final = re.compile(r"(?:^|;)\s*width\s*:\s*(\d{1,6}(?:\.\d{1,9})?)")
_DECIMAL: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)")
#: What shows something that is no text.
_PICTURES: Final = frozenset(
    ["img", "svg", "object", "iframe", "embed", "canvas", "video", "audio", "picture"]
)
_WIDE: Final = "⺀-⿟、-〿㐀-䶿一-鿿豈-﫿︰-﹏＀-｠"
_WRAPPED: Final = re.compile(rf"(?<=[{_WIDE}])[ \t\f\r]*\n[ \t\f\n\r]*(?=[{_WIDE}])")
#: The parser reads nothing behind the ends of these, and takes all that follows for the content of
#: the others, where browsers go on.
_ENDS: Final = re.compile(r"</(?:body|html)\s*>|<(?:wbr|source|track)\b[^<>]*+>", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\f\n\r]+")
#: Declarations of a style sheet that write before elements, and words among what they write.
_WRITING: Final = frozenset(["content", "list-style", "list-style-type", "prefix"])
_WORDS: Final = re.compile(r"[\"'][^\"']*\w")
_DECLARED: Final = 300
_NO_NUMBER: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)


def read_html(text: str, source: str, limits: Limits = DEFAULT) -> Document:
    """The document that ``text`` displays.

    Raises:
        Undecodable: if there is nothing to display in it.
        TooLarge: if its tables or its nesting exceed the limits.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_ENDS.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Undecodable(
            "not readable as HTML ({reason})", reason=parser_reason(error.msg or ""), source=source
        ) from error
    if root is None:
        raise Undecodable("not readable as HTML: there is no element in it", source=source)
    for problem in parser.error_log:
        if problem.type_name == "ERR_RESOURCE_LIMIT":
            raise TooLarge(
                "too large or too deeply nested HTML ({reason})",
                reason=parser_reason(problem.message.strip()),
                source=source,
                line=problem.line,
            )
    limits.check("elements", int(cast(float, root.xpath("count(//*)"))), source)
    walker = _Walker(source, Budget(source, limits))
    walker.walk(root)
    walker.flow.start()
    walker.notices += walker.flow.struck
    walker.notices += in_markup(text, source)
    if "counter" in text or "list-style" in text:
        walker.notices += _written_by_style(root, source)
    return Document(source, tuple(walker.flow.blocks), "html", warnings=tuple(walker.notices))


def _written_by_style(root: etree._Element, source: str) -> Iterator[Notice]:
    """The numbers and texts that style sheets put before elements: a list of ``K01``, ``K02``."""
    sheets = [(_line(e), "".join(map(str, e.itertext()))) for e in root.iter("style")]
    sheets += [(_line(e), str(e.get("style"))) for e in root.iterfind(".//*[@style]")]
    for line, sheet in sheets:
        for declared in re.split(r"[;{}]|\*/", sheet):
            name, _, value = declared[:_DECLARED].strip().partition(":")
            if name.rstrip().lower() not in _WRITING or not _WORDS.search(value):
                continue
            if name.rstrip().lower() != "content" or "counter" in value:
                said = Sentence("written by the style sheet, {text}", text=f"{name}: {value}")
                yield UNREADABLE, said, Span(source=source, line=line)


class _HtmlFlow(Flow):
    """Running text in which white space is one space, or none between wrapped Chinese lines."""

    def clean(self, text: str) -> str:
        return _SPACE.sub(" ", _WRAPPED.sub("", text)).strip()


class _Walker:
    def __init__(self, source: str, budget: Budget) -> None:
        self.source = source
        self.budget = budget
        self.flow: Flow = _HtmlFlow(Span(source=source), budget)
        self.notices: list[Notice] = []
        self._tables = 0
        self._in_cell = False
        self._lists: list[_List] = []
        self._preformatted = False

    def walk(self, element: etree._Element) -> None:
        """Reads one element with all that is in it, without the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            self._leave_out(element)
            return
        with self.budget.deeper():
            if tag == "br":
                self.flow.line_break()
            elif tag == "table":
                self._table(element)
            elif tag in _LISTS:
                self._list(element)
            elif tag == "li":
                self._item(element)
            elif tag in _STRUCK or _LINE.search(element.get("style", "")):
                self._strike(element)
            elif tag in _PICTURES:
                self._picture(element)
            elif tag == "input":
                if element.get("type", "").lower() in _FIELDS:
                    self.flow.text(element.get("value"))
            elif tag == "select":
                self._select(element)
            elif tag in _HEADINGS:
                self._block(element, heading=_HEADINGS[tag])
            elif tag in _BLOCKS:
                self._block(element)
            else:
                self._inside(element)

    def _inside(self, element: etree._Element) -> None:
        before = self._preformatted
        self._preformatted = before or element.tag in ("pre", "textarea")
        self._text(element.text)
        for child in element:
            self.walk(child)
            self._text(child.tail)
        self._preformatted = before

    def _text(self, text: str | None) -> None:
        if not self._preformatted or not text:
            self.flow.text(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.flow.line_break()
            self.flow.text(line)

    def _block(self, element: etree._Element, heading: int = 0) -> None:
        self._start(heading, element)
        self._inside(element)
        self._start(0, element)

    def _start(self, heading: int, element: etree._Element) -> None:
        """Begins a block; in a list item that has text already, it goes on with the item."""
        self.flow.start(heading=heading, depth=self._depth, line=_line(element))
        if self._lists and len(self.flow.blocks) > self._lists[-1].start:
            self.flow.start(heading=heading, depth=self._depth, soft=True)

    @property
    def _depth(self) -> int | None:
        return len(self._lists) - 1 if self._lists else None

    def _list(self, element: etree._Element) -> None:
        self._lists.append(_List(element))
        self.flow.start(depth=self._depth)
        self._inside(element)
        self.flow.start()
        self.flow.prefix = ""
        self._lists.pop()
        self._start(0, element)

    def _item(self, element: etree._Element) -> None:
        stray = not self._lists
        if stray:
            self._lists.append(_List(element))
        self.flow.start(depth=self._depth, line=_line(element))
        self.flow.prefix = self._lists[-1].next(element)
        self._lists[-1].start = len(self.flow.blocks)
        self._inside(element)
        if stray:
            self._lists.pop()
        self.flow.start(depth=self._depth)

    def _table(self, element: etree._Element) -> None:
        if self._in_cell:
            self._block(element)
            return
        for caption in element.iterchildren("caption"):
            self.walk(caption)
        self.flow.start()
        self._tables += 1
        grid = Grid(self.budget)
        taken: list[int] = []
        for group in _groups(element):
            last = grid.row + len(group)
            for row in group:
                grid.row += 1
                self._row(row, grid, taken, last)
        if len(grid):
            self.flow.add(grid.table(self._tables, _widths(element)))
        else:
            self._tables -= 1
            self._inside(element)

    def _row(self, row: etree._Element, grid: Grid, taken: list[int], last: int) -> None:
        column = 1
        for cell in row.iterchildren("td", "th"):
            while column <= len(taken) and taken[column - 1] >= grid.row:
                column += 1
            colspan = min(1000, max(1, _number(cell.get("colspan"), 1)))
            # A cell ends with its row group; 0 asks for all of it.
            rowspan = min(_number(cell.get("rowspan"), 1) or last, last - grid.row + 1)
            rowspan = max(1, rowspan)
            grid.add(column, self._cell(cell, grid.row, column), rowspan, colspan)
            taken.extend([0] * (column + colspan - 1 - len(taken)))
            for covered in range(column - 1, column + colspan - 1):
                taken[covered] = max(taken[covered], grid.row + rowspan - 1)
            column += colspan

    def _cell(self, cell: etree._Element, row: int, column: int) -> Flow:
        outside, lists = self.flow, self._lists
        self.flow = _HtmlFlow(
            Span(self.source, table=self._tables, row=row, column=column, line=_line(cell)),
            self.budget,
        )
        self._in_cell, self._lists = True, []
        self._inside(cell)
        inside, self.flow, self._in_cell, self._lists = self.flow, outside, False, lists
        inside.start()
        self.notices += inside.struck
        return inside

    def _strike(self, element: etree._Element) -> None:
        """Leaves out what is struck, each place once; a block of its own ends what is before it."""
        self.flow.strike(_SPACE.sub(" ", "".join(map(str, element.itertext()))))

    def _picture(self, element: etree._Element) -> None:
        """Names a picture by what stands for it or is drawn in it, or else by its file."""
        drawn = _SPACE.sub(" ", " ".join(map(str, element.itertext()))).strip()
        file = element.get("src") or element.get("data") or ""
        file = "" if file.startswith("data:") else file.rpartition("/")[2]
        said = (element.get("alt") or element.get("title"), drawn, file)
        name = "：".join(dict.fromkeys(text.strip() for text in said if text and text.strip()))
        self.notices.append((PICTURE, name or "—", self.flow.span))

    def _select(self, element: etree._Element) -> None:
        """Reads what is chosen from a list, as a browser shows it: else its first entry."""
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None]
        for option in (chosen or options)[:1]:
            self.flow.text("".join(map(str, option.itertext())))

    def _leave_out(self, element: etree._Element) -> None:
        text = _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()
        if text:
            self.notices.append((HIDDEN, text, self.flow.span))


class _List:
    """Counts the items of one list."""

    def __init__(self, element: etree._Element) -> None:
        numbered = element.tag == "ol" and not _NO_NUMBER.search(element.get("style", ""))
        self._style = element.get("type", "1") if numbered else ""
        self._number = _number(element.get("start"), 1) - 1
        self.start = 0

    def next(self, item: etree._Element) -> str:
        """What is printed before the next item."""
        self._number = _number(item.get("value"), self._number + 1)
        number = ordinal(self._number, self._style)
        return f"{number}. " if number else ""


def _widths(table: etree._Element) -> Iterator[float]:
    """The width of each column as its ``col`` states it, 0 where it does not."""
    for column in table.iter("col"):
        stated = _WIDTH.search(column.get("style", "")) or _DECIMAL.match(column.get("width", ""))
        width = float(stated[1]) if stated else 0.0
        yield from repeat(width, min(1000, max(1, _number(column.get("span"), 1))))


def _groups(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The rows of each row group; rows outside any group are one with their neighbours."""
    loose: list[etree._Element] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            if loose:
                yield loose
                loose = []
            yield list(child.iterchildren("tr"))
    if loose:
        yield loose


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _number(text: str | None, default: int) -> int:
    digits = re.match(r"\s*-?\d{1,9}", text or "")
    return int(digits[0]) if digits else default
