"""Word files (Office Open XML) to a Document, straight from ``word/document.xml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from kps_graph.document import Document, Drawing, Span
from kps_graph.errors import Undecodable
from kps_graph.readers.comments import in_docx
from kps_graph.readers.docx_styles import Numbering, Styles, W, value
from kps_graph.readers.flow import Flow, Grid
from kps_graph.readers.limits import DEFAULT, Budget, Limits
from kps_graph.readers.margins import left_out
from kps_graph.readers.notices import ASIDE, HIDDEN, UNREADABLE, Notice
from kps_graph.readers.package import Opened, Package, count
from kps_graph.words import Sentence

__all__ = ["open_docx", "read_docx"]

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
#: What a drawing has its name from, the best first.
_NAMED: Final = (
    f"{_PICTURE}cNvPr",
    f"{_WP}docPr",
    f"{_OFFICE}OLEObject",
    f"{_VML}imagedata",
    f"{_VML}shape",
    f"{_VML}rect",
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"

#: Elements that are not part of the running text: properties, deletions, field codes, asides.
_SILENT: Final = frozenset(
    f"{W}{n}"
    for n in (
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "tcPr",
        "trPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rt",
        "rubyPr",
        "tblPrEx",
        "annotationRef",
        "commentReference",
        "footnoteRef",
        "endnoteRef",
        "customXmlPr",
        "smartTagPr",
        "tblPrChange",
    )
)
_SIGNS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_BREAKS: Final = frozenset(f"{W}{n}" for n in ("br", "cr"))
_NOTES: Final = {
    f"{W}footnoteReference": ("word/footnotes.xml", "footnote"),
    f"{W}endnoteReference": ("word/endnotes.xml", "endnote"),
}
_MARGIN: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
#: What is drawn.
_DRAWINGS: Final = frozenset(f"{W}{n}" for n in ("drawing", "pict", "object"))


def read_docx(data: bytes, source: str, limits: Limits = DEFAULT) -> Document:
    """The body of a DOCX file; page headers and footers, comments and deletions are not in it.

    Raises:
        Undecodable: if it is damaged.
        TooLarge: if it unpacks to, or its tables or nesting exceed, more than the limits.
    """
    return open_docx(Package(data, source, limits), limits).document


def open_docx(package: Package, limits: Limits = DEFAULT) -> Opened:
    """The same, with the ``w:document`` that was read and the place of each ``w:p`` in it.

    Raises:
        SourceError: as :func:`read_docx`.
    """
    source = package.source
    if _STRICT in package.read("word/document.xml")[:4096]:
        raise Undecodable(
            "a Word file in the strict variant of the format",
            source=source,
            hint=Sentence("save it as a Word document (.docx), not as Strict Open XML"),
        )
    root = package.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise Undecodable("a Word file without a text in it", source=source)
    walker = _Walker(source, Budget(source, limits), package)
    walker.inside(body)
    walker.flow.start()
    walker.notices += walker.flow.struck
    document = Document(source, tuple(walker.flow.blocks), "docx")
    texts = [
        *(p.text for p in document.paragraphs),
        *(c.text for t in document.tables for c in t.cells),
    ]
    walker.notices += in_docx(package.xml("word/comments.xml"), walker.placed)
    walker.notices += left_out(_margins(package), texts, Span(source=source))
    document = replace(document, warnings=tuple(walker.notices), drawings=tuple(walker.drawings))
    return Opened(document, root, tuple(walker.placed))


class _Walker:
    def __init__(self, source: str, budget: Budget, package: Package) -> None:
        self.source = source
        self.budget = budget
        self.flow = Flow(Span(source=source), budget)
        self.notices: list[Notice] = []
        self.drawings: list[Drawing] = []
        self.placed: list[tuple[Span, etree._Element]] = []
        self._package = package
        self._styles = Styles(package.xml("word/styles.xml"))
        self._numbering = Numbering(package.xml("word/numbering.xml"))
        self._tables = 0
        self._in_cell = False
        #: Whether the run that is being read is hidden, and whether it is struck out.
        self._out = (False, False)

    def inside(self, element: etree._Element) -> None:
        """Reads the paragraphs and tables in an element."""
        with self.budget.deeper():
            for child in element:
                tag = child.tag
                if tag in _SILENT or not isinstance(tag, str):
                    continue
                if tag == f"{W}p":
                    self._paragraph(child)
                elif tag == f"{W}tbl":
                    self._table(child)
                elif tag == f"{W}del":
                    self.flow.strike(_text_of(child))
                elif tag == f"{_MC}AlternateContent":
                    self.inside(_alternative(child))
                else:
                    self.inside(child)

    def _paragraph(self, element: etree._Element) -> None:
        self.placed.append((self.flow.span, element))
        place = self._styles.list_of(element)
        heading = self._styles.heading(element)
        item = place is not None and not heading and self._numbering.marks(*place)
        self.flow.start(depth=place[1] if place and item else None, heading=heading)
        self.flow.prefix = self._numbering.label(*place) if place else ""
        boxes: list[etree._Element] = []
        outside, self._out = self._out, self._styles.leaves_out(element)
        self._inline(element, boxes)
        self._out = outside
        self.flow.start()
        for box in boxes:
            self.inside(box)

    def _inline(self, element: etree._Element, boxes: list[etree._Element]) -> None:
        """Reads runs; text boxes are put off until the paragraph ends."""
        with self.budget.deeper():
            for child in element:
                tag = child.tag
                if tag in _SILENT or not isinstance(tag, str):
                    continue
                if tag in (f"{W}t", f"{_MATH}t"):
                    self._text(child.text)
                elif tag in _SIGNS:
                    self.flow.text(_SIGNS[tag])
                elif tag in _BREAKS:
                    self.flow.line_break()
                elif tag == f"{W}del":
                    self.flow.strike(_text_of(child))
                elif tag == f"{W}sym":
                    self._symbol(child)
                elif tag in _NOTES:
                    self._note(child)
                elif tag == f"{W}txbxContent":
                    boxes.append(child)
                elif tag == f"{_MC}AlternateContent":
                    self._inline(_alternative(child), boxes)
                elif tag in _DRAWINGS:
                    self._drawing(child, boxes)
                elif tag == f"{W}r":
                    self._run(child, boxes)
                else:
                    self._inline(child, boxes)

    def _run(self, element: etree._Element, boxes: list[etree._Element]) -> None:
        properties = element.find(f"{W}rPr")
        outside = self._out
        if properties is not None:
            self._out = self._styles.run_leaves_out(properties, outside)
        if self._out[0]:
            self._leave_out(element, HIDDEN)
        else:
            self._inline(element, boxes)
        self._out = outside

    def _text(self, text: str | None) -> None:
        if self._out[1]:
            self.flow.strike(text)
        else:
            self.flow.text(text)

    def _drawing(self, element: etree._Element, boxes: list[etree._Element]) -> None:
        """Takes the text boxes of a drawing; one without text is named."""
        said = next((e.get("descr") for e in element.iter(*_NAMED) if e.get("descr")), "") or ""
        self.drawings.append(self.flow.drawing(said))
        texts = [
            box
            for box in element.iter(f"{W}txbxContent")
            if any(t.text and t.text.strip() for t in box.iter(f"{W}t"))
        ]
        if texts:
            self._inline(element, boxes)
        pictures = any(True for _ in element.iter(f"{_PICTURE}pic", f"{_VML}imagedata"))
        if pictures or not texts:
            self.notices.append(self.flow.picture(_name_of(element)))

    def _symbol(self, element: etree._Element) -> None:
        code = element.get(f"{W}char", "")
        try:
            self.flow.text(chr(int(code, 16)))
        except (ValueError, OverflowError):
            self.notices.append((UNREADABLE, code, self.flow.span))

    def _note(self, element: etree._Element) -> None:
        part, kind = _NOTES[str(element.tag)]
        notes = self._package.xml(part)
        for note in () if notes is None else notes.iterchildren(f"{W}{kind}"):
            if note.get(f"{W}id") == element.get(f"{W}id"):
                self._leave_out(note, ASIDE)

    def _table(self, element: etree._Element) -> None:
        if self._in_cell:
            self.inside(element)
            return
        self.flow.start()
        self._tables += 1
        grid = Grid(self.budget)
        merged: dict[int, int] = {}
        for row in _within(element, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                if text := _text_of(row):
                    place = Span(self.source, table=self._tables, row=max(1, grid.row), column=1)
                    self.notices.append((HIDDEN, text, place))
                continue
            grid.row += 1
            merged = self._row(row, grid, merged)
        widths = (
            float(count(column.get(f"{W}w"), 0))
            for column in element.iterfind(f"{W}tblGrid/{W}gridCol")
        )
        self.flow.add(grid.table(self._tables, widths))

    def _row(self, row: etree._Element, grid: Grid, merged: dict[int, int]) -> dict[int, int]:
        """Adds a row; the cells that the next row can go on with, by column."""
        column = 1 + count(value(row, "w:trPr/w:gridBefore"), 0)
        going_on: dict[int, int] = {}
        for cell in _within(row, "tc"):
            flow = self._cell(cell, grid.row, column)
            colspan = count(value(cell, "w:tcPr/w:gridSpan"))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in merged:
                grid.extend(merged[column])
                going_on[column] = merged[column]
                self.notices += [(HIDDEN, p.text, p.span) for p in flow.paragraphs()]
            else:
                number = grid.add(column, flow, colspan=colspan)
                if merge is not None:
                    going_on[column] = number
            column += colspan
        return going_on

    def _cell(self, cell: etree._Element, row: int, column: int) -> Flow:
        outside = self.flow
        self.flow = Flow(Span(self.source, table=self._tables, row=row, column=column), self.budget)
        self._in_cell = True
        self.inside(cell)
        inside, self.flow, self._in_cell = self.flow, outside, False
        inside.start()
        self.notices += inside.struck
        return inside

    def _leave_out(self, element: etree._Element, rule: str) -> None:
        text = "".join(t.text or "" for t in element.iter(f"{W}t")).strip()
        if text:
            self.notices.append((rule, text, self.flow.span))


def _text_of(element: etree._Element) -> str:
    """The text in an element, also where it is deleted."""
    texts = element.iter(f"{W}t", f"{W}delText")
    return " ".join("".join(t.text or "" for t in texts).split())


def _margins(package: Package) -> Iterator[str]:
    """The text of each page header and footer."""
    for name in package:
        root = package.xml(name) if _MARGIN.fullmatch(name) else None
        if root is not None:
            yield " ".join(_text_of(p) for p in root.iter(f"{W}p"))


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}customXml",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}smartTag",
        ):
            yield from _within(child, name)


def _alternative(element: etree._Element) -> etree._Element:
    """The one alternative to read: the newest that has text, never two that say the same."""
    choices = [*element.iterchildren(f"{_MC}Choice"), *element.iterchildren(f"{_MC}Fallback")]
    filled = (c for c in choices if any(t.text for t in c.iter(f"{W}t")))
    return next(filled, choices[0] if choices else element)


def _name_of(drawing: etree._Element) -> str:
    """What a drawing is called: the name of its file or its own, and what is said of it."""
    for tag in _NAMED:
        for element in drawing.iter(tag):
            said = (
                element.get("name") or element.get(f"{_OFFICE}title") or element.get("ProgID"),
                element.get("descr") or element.get("alt"),
            )
            if any(said):
                return "：".join(dict.fromkeys(filter(None, said)))
    return "—"
