"""OpenDocument Text to a Document, straight from ``content.xml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from typing import Final

from lxml import etree

from kps_graph.document import Document, Drawing, Span
from kps_graph.errors import Undecodable
from kps_graph.readers.comments import in_odt
from kps_graph.readers.flow import Flow, Grid
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.margins import left_out
from kps_graph.readers.notices import ASIDE, HIDDEN, Notice
from kps_graph.readers.odt_styles import Lists, Styles
from kps_graph.readers.package import Opened, Package, count
from kps_graph.words import Sentence

__all__ = ["SILENT", "open_odt", "read_odt"]

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"
_SVG: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
#: What shows something that is no text.
_PICTURES: Final = tuple(f"{_DRAW}{n}" for n in ("image", "object", "object-ole", "plugin"))
_SHAPES: Final = frozenset(
    f"{_DRAW}{n}"
    for n in (
        "custom-shape",
        "ellipse",
        "circle",
        "rect",
        "line",
        "polyline",
        "polygon",
        "regular-polygon",
        "path",
        "connector",
        "measure",
        "caption",
        "control",
    )
)
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MARGINS: Final = tuple(
    f"{_STYLE}{kind}{of}" for kind in ("header", "footer") for of in ("", "-left", "-first")
)
_SPACE: Final = re.compile(r"[ \t\r\n]+")

#: Elements that are not part of the running text.
SILENT: Final = frozenset(
    [
        f"{_TEXT}{n}"
        for n in (
            "tracked-changes",
            "sequence-decls",
            "variable-decls",
            "user-field-decls",
            "ruby-text",
            "alphabetical-index-auto-mark-file",
            "dde-connection-decls",
            "list-level-label",
            "note-citation",
            "table-of-content-source",
            "alphabetical-index-source",
        )
    ]
    + [
        f"{_OFFICE}{n}"
        for n in (
            "annotation",
            "annotation-end",
            "forms",
            "scripts",
            "binary-data",
            "event-listeners",
        )
    ]
    + [
        f"{_TABLE}{n}"
        for n in (
            "table-columns",
            "table-column",
            "table-column-group",
            "table-header-columns",
            "title",
            "desc",
        )
    ]
    + [
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    ]
)
_COLUMN_GROUPS: Final = frozenset(
    f"{_TABLE}{n}" for n in ("table-header-columns", "table-columns", "table-column-group")
)
_ROW_GROUPS: Final = frozenset(
    f"{_TABLE}{n}" for n in ("table-header-rows", "table-rows", "table-row-group")
)


def read_odt(data: bytes, source: str, limits: Limits = DEFAULT) -> Document:
    """The body of an ODT file; page headers and footers, comments and deletions are not in it.

    Raises:
        Undecodable: if it is damaged or protected by a password.
        TooLarge: if it unpacks to, or its tables or nesting exceed, more than the limits.
    """
    return open_odt(Package(data, source, limits), limits).document


def open_odt(package: Package, limits: Limits = DEFAULT) -> Opened:
    """The same, with the ``office:document-content`` and the place of each paragraph in it.

    Raises:
        SourceError: as :func:`read_odt`.
    """
    source = package.source
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Undecodable(
            "protected by a password", source=source, hint=Sentence("save it without the password")
        )
    content = package.xml("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if content is None or body is None:
        raise Undecodable("an OpenDocument file without a text in it", source=source)
    walker = _Walker(source, Budget(source, limits), Styles(content, package.xml("styles.xml")))
    walker.deleted = dict(_deletions(body))
    walker.inside(body)
    walker.flow.start()
    walker.notices += walker.flow.struck
    document = Document(source, tuple(walker.flow.blocks), "odt")
    texts = [
        *(p.text for p in document.paragraphs),
        *(c.text for t in document.tables for c in t.cells),
    ]
    walker.notices += in_odt(walker.placed)
    walker.notices += left_out(_margins(package.xml("styles.xml")), texts, Span(source=source))
    document = replace(document, warnings=tuple(walker.notices), drawings=tuple(walker.drawings))
    return Opened(document, content, tuple(walker.placed))


class _Walker:
    def __init__(self, source: str, budget: Budget, styles: Styles) -> None:
        self.source = source
        self.budget = budget
        self.styles = styles
        self.lists = Lists(styles)
        self.flow = Flow(Span(source=source), budget)
        self.notices: list[Notice] = []
        self.drawings: list[Drawing] = []
        self.placed: list[tuple[Span, etree._Element]] = []
        #: What was deleted while changes were tracked, by the name of the change.
        self.deleted: dict[str, str] = {}
        self._tables = 0
        self._in_cell = False
        self._struck = False

    def inside(self, element: etree._Element) -> None:
        """Reads the children of an element that is no text itself."""
        with self.budget.deeper():
            for child in element:
                self._block(child)

    def _block(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in SILENT or not isinstance(tag, str):
            return
        if tag == f"{_TEXT}section" and element.get(f"{_TEXT}display") in ("none", "condition"):
            self._leave_out(element, HIDDEN)
        elif tag == f"{_TEXT}change":
            self._deletion(element)
        elif tag in (f"{_TEXT}p", f"{_TEXT}h"):
            self._paragraph(element)
        elif tag in (f"{_TEXT}list", f"{_TEXT}numbered-paragraph"):
            self.lists.enter(element, len(self.flow.blocks))
            self.inside(element)
            self.lists.leave()
            self.flow.start()
        elif tag in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
            self.flow.start()
            self.lists.next(element, len(self.flow.blocks))
            self.inside(element)
        elif tag == f"{_TABLE}table" and not self._in_cell:
            self._table(element)
        elif tag.startswith(_DRAW):
            self._drawing(element)
        else:
            self.inside(element)

    def _paragraph(self, element: etree._Element) -> None:
        self.placed.append((self.flow.span, element))
        heading = 0
        if element.tag == f"{_TEXT}h":
            heading = min(6, max(1, count(element.get(f"{_TEXT}outline-level"))))
        item = self.lists.item
        self.flow.start()
        goes_on = item is not None and len(self.flow.blocks) > item.start
        self.flow.start(depth=self.lists.depth, heading=heading, soft=goes_on)
        self.flow.prefix = item.label if item is not None and not goes_on else ""
        later: list[etree._Element] = []
        self._struck = self.styles.strikes(element.get(f"{_TEXT}style-name"), False)
        self._inline(element, later)
        self.flow.start()
        for box in later:
            with self.lists.aside():
                self._drawing(box)

    def _drawing(self, element: etree._Element) -> None:
        """Reads the text in a drawing, and names one that is a picture or has no text."""
        tag = element.tag
        if tag in _PICTURES:
            return  # its frame was named
        said = (element.findtext(f"{_SVG}desc") or element.findtext(f"{_SVG}title") or "").strip()
        self.drawings.append(self.flow.drawing(said))
        if tag == f"{_DRAW}frame":
            named = any(not _said(part) for part in element.iterchildren(*_PICTURES))
        else:
            named = tag in _SHAPES and not _said(element)
        if named:
            self.notices.append(self.flow.picture(_name_of(element)))
        self.inside(element)

    def _inline(self, element: etree._Element, later: list[etree._Element]) -> None:
        """Reads text and the elements in it; text boxes are put off until the paragraph ends."""
        self._text(element.text)
        with self.budget.deeper():
            for child in element:
                self._span(child, later)
                self._text(child.tail)

    def _span(self, child: etree._Element, later: list[etree._Element]) -> None:
        tag = child.tag
        if tag in SILENT or not isinstance(tag, str):
            return
        if tag == f"{_TEXT}s":
            self.flow.text(" " * min(1000, count(child.get(f"{_TEXT}c"))))
        elif tag == f"{_TEXT}tab":
            self.flow.text("\t")
        elif tag == f"{_TEXT}line-break":
            self.flow.line_break()
        elif tag == f"{_TEXT}change":
            self._deletion(child)
        elif tag == f"{_TEXT}note":
            self._leave_out(child, ASIDE)
        elif tag.startswith(_DRAW):
            later.append(child)
        elif self.styles.hides(child.get(f"{_TEXT}style-name")):
            self._leave_out(child, HIDDEN)
        else:
            outside = self._struck
            self._struck = self.styles.strikes(child.get(f"{_TEXT}style-name"), outside)
            self._inline(child, later)
            self._struck = outside

    def _deletion(self, change: etree._Element) -> None:
        self.flow.strike(self.deleted.get(change.get(f"{_TEXT}change-id", "")))

    def _text(self, text: str | None) -> None:
        """XML white space is one space; wider space has elements of its own."""
        if text:
            (self.flow.strike if self._struck else self.flow.text)(_SPACE.sub(" ", text))

    def _table(self, element: etree._Element) -> None:
        self.flow.start()
        self._tables += 1
        grid = Grid(self.budget)
        rows = _Rows(grid)
        for row in _rows(element):
            for _ in range(_repeated(row, "rows", self.budget)):
                grid.row += 1
                self._row(row, rows)
        grid.clip(grid.row)
        self.flow.add(grid.table(self._tables, self._widths(element)))

    def _widths(self, element: etree._Element) -> Iterator[float]:
        """The width of each column of a table, 0 where it is not stated."""
        for child in element:
            if child.tag == f"{_TABLE}table-column":
                width = self.styles.width(child.get(f"{_TABLE}style-name"))
                yield from repeat(width, count(child.get(f"{_TABLE}number-columns-repeated")))
            elif child.tag in _COLUMN_GROUPS:
                yield from self._widths(child)

    def _row(self, row: etree._Element, rows: _Rows) -> None:
        column = 1
        for cell in row:
            covered = cell.tag == f"{_TABLE}covered-table-cell"
            if not covered and cell.tag != f"{_TABLE}table-cell":
                continue
            for _ in range(_repeated(cell, "columns", self.budget)):
                if not covered:
                    rows.add(cell, column, self._cell(cell, rows.grid.row, column))
                elif not rows.covers(column):
                    rows.grid.add(column, self._cell(cell, rows.grid.row, column))
                elif len(cell):
                    self._leave_out(cell, HIDDEN)
                column += 1

    def _cell(self, cell: etree._Element, row: int, column: int) -> Flow:
        outside = self.flow
        self.flow = Flow(Span(self.source, table=self._tables, row=row, column=column), self.budget)
        self._in_cell = True
        with self.lists.aside():
            self.inside(cell)
        inside, self.flow, self._in_cell = self.flow, outside, False
        inside.start()
        self.notices += inside.struck
        return inside

    def _leave_out(self, element: etree._Element, rule: str) -> None:
        text = _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()
        if text:
            self.notices.append((rule, text, self.flow.span))


class _Rows:
    """Places the cells of a table, and knows which positions they cover."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._reach: dict[int, int] = {}

    def add(self, cell: etree._Element, column: int, flow: Flow) -> None:
        rowspan = count(cell.get(f"{_TABLE}number-rows-spanned"))
        colspan = count(cell.get(f"{_TABLE}number-columns-spanned"))
        self.grid.add(column, flow, rowspan, colspan)
        for covered in range(column, column + colspan):
            self._reach[covered] = self.grid.row + rowspan - 1

    def covers(self, column: int) -> bool:
        """Whether a cell from the left or from above covers ``column`` of the current row."""
        return self._reach.get(column, 0) >= self.grid.row


def _deletions(body: etree._Element) -> Iterator[tuple[str, str]]:
    """What tracked changes deleted, by the name of the change."""
    for region in body.iter(f"{_TEXT}changed-region"):
        deletion = region.find(f"{_TEXT}deletion")
        if deletion is not None:
            paragraphs = deletion.iter(f"{_TEXT}p", f"{_TEXT}h")
            text = " ".join("".join(map(str, p.itertext())) for p in paragraphs)
            yield (
                region.get(f"{_TEXT}id") or region.get(_XML_ID) or "",
                _SPACE.sub(" ", text).strip(),
            )


def _margins(styles: etree._Element | None) -> Iterator[str]:
    """The text of each page header and footer."""
    for margin in () if styles is None else styles.iter(*_MARGINS):
        yield " ".join(
            "".join(map(str, p.itertext())) for p in margin.iter(f"{_TEXT}p", f"{_TEXT}h")
        )


def _said(drawing: etree._Element) -> bool:
    """Whether there is text in a drawing."""
    return any(
        text.strip()
        for paragraph in drawing.iter(f"{_TEXT}p", f"{_TEXT}h")
        for text in paragraph.itertext()
    )


def _name_of(drawing: etree._Element) -> str:
    """What a drawing is called: its name or the file of its picture, and what is said of it."""
    name = drawing.get(f"{_DRAW}name")
    for part in () if name else drawing.iter(*_PICTURES):
        name = name or part.get(f"{_XLINK}href")
    said = (
        "".join(map(str, e.itertext())).strip() for e in drawing.iter(f"{_SVG}title", f"{_SVG}desc")
    )
    return "：".join(dict.fromkeys(filter(None, (name, *said)))) or "—"


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _repeated(element: etree._Element, what: str, budget: Budget) -> int:
    """How often a row or cell is repeated."""
    number = count(element.get(f"{_TABLE}number-{what}-repeated"))
    budget.spend(number - 1)
    return number
