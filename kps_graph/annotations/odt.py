"""Comments in OpenDocument Text (ODF 1.3, part 3, 14.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from kps_graph.annotations.remarks import AUTHOR, Remark
from kps_graph.exports.reports.anchors import Words, anchor
from kps_graph.readers.limits import Limits
from kps_graph.readers.odt import SILENT, open_odt
from kps_graph.readers.package import Package

__all__ = ["annotate_odt"]

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_NAMES: Final = {"office": _OFFICE[1:-1], "text": _TEXT[1:-1], "dc": _DC[1:-1]}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of a paragraph: what stands in an element before its children, or behind it."""

    element: etree._Element
    behind: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.behind else self.element.text) or ""

    def put(self, at: int, new: etree._Element) -> None:
        """Inserts ``new`` at a character."""
        text = self.text
        new.tail = text[at:]
        if not self.behind:
            self.element.text = text[:at]
            self.element.insert(0, new)
            return
        parent = self.element.getparent()
        if parent is None:
            raise ValueError("a text behind the root")
        # lxml moves a tail with its element
        self.element.tail = text[:at]
        parent.insert(parent.index(self.element) + 1, new)


def annotate_odt(
    package: Package, remarks: Sequence[Remark], now: datetime, limits: Limits
) -> bytes:
    """The file with ``remarks`` in the place of earlier comments of ours.

    Raises:
        SourceError: if the file cannot be read.
    """
    opened = open_odt(package, limits)
    _forget(opened.root)
    taken = {a.get(f"{_OFFICE}name") for a in opened.root.iter(f"{_OFFICE}annotation")}
    names = (
        n for i in range(1, len(taken) + len(remarks) + 1) if (n := f"kps-graph-{i}") not in taken
    )
    for remark, name in zip(remarks, names, strict=False):
        place = anchor(remark.finding, opened.paragraphs, _texts)
        _mark(place.paragraph, place.words, _annotation(remark, name, now), name)
    content: bytes = etree.tostring(opened.root, xml_declaration=True, encoding="UTF-8")
    return package.rewritten({"content.xml": content})


def _forget(root: etree._Element) -> None:
    """Takes out the comments that kps-graph wrote earlier."""
    ours = [a for a in root.iter(f"{_OFFICE}annotation") if a.findtext(f"{_DC}creator") == AUTHOR]
    names = {a.get(f"{_OFFICE}name") for a in ours} - {None}
    ends = [e for e in root.iter(f"{_OFFICE}annotation-end") if e.get(f"{_OFFICE}name") in names]
    for element in (*ours, *ends):
        _remove(element)


def _remove(element: etree._Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _pieces(element: etree._Element) -> Iterator[_Piece]:
    """The texts of a paragraph, without notes, comments and text boxes."""
    yield _Piece(element, behind=False)
    for child in element:
        tag = child.tag
        aside = (
            not isinstance(tag, str)
            or tag in SILENT
            or tag == f"{_TEXT}note"
            or (tag.startswith(_DRAW))
        )
        if not aside:
            yield from _pieces(child)
        yield _Piece(child, behind=True)


def _texts(paragraph: etree._Element) -> list[str]:
    return [p.text for p in _pieces(paragraph)]


def _mark(
    paragraph: etree._Element, words: Words | None, annotation: etree._Element, name: str
) -> None:
    """Puts a comment around ``words``, or around the whole paragraph."""
    end = etree.Element(f"{_OFFICE}annotation-end", {f"{_OFFICE}name": name})
    pieces = list(_pieces(paragraph))
    if words is None:
        paragraph.append(end)
        pieces[0].put(0, annotation)
        return
    (first, begin), (last, stop) = words
    # the end first: what is put there leaves the positions before it as they are
    pieces[last].put(stop, end)
    pieces[first].put(begin, annotation)


def _annotation(remark: Remark, name: str, now: datetime) -> etree._Element:
    made = etree.Element(f"{_OFFICE}annotation", {f"{_OFFICE}name": name}, nsmap=_NAMES)
    etree.SubElement(made, f"{_DC}creator").text = AUTHOR
    etree.SubElement(made, f"{_DC}date").text = f"{now:%Y-%m-%dT%H:%M:%S}"
    for line in remark.lines:
        etree.SubElement(made, f"{_TEXT}p").text = line
    return made
