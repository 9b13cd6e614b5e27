"""The comments of a document: no part of its text, but content may stand in them alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from kps_graph.document import Span
from kps_graph.readers.notices import COMMENT, Notice

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["AUTHOR", "in_docx", "in_markup", "in_odt"]

#: Who comments for this program; what it says is no content.
AUTHOR: Final = "kps-graph"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
#: What only programs read: ``<!--[if gte mso 9]>…``.
_CONDITION: Final = "[if"


def in_docx(
    comments: etree._Element | None, placed: Iterable[tuple[Span, etree._Element]]
) -> Iterator[Notice]:
    """Each comment of a Word file, ``word/comments.xml``, at the paragraph that refers to it."""
    texts = {
        comment.get(f"{_W}id"): "\n".join(
            "".join(t.text or "" for t in p.iter(f"{_W}t")) for p in comment.iter(f"{_W}p")
        ).strip()
        for comment in (() if comments is None else comments.iterchildren(f"{_W}comment"))
        if comment.get(f"{_W}author") != AUTHOR
    }
    for span, paragraph in placed if texts else ():
        for reference in paragraph.iter(f"{_W}commentReference"):
            if text := texts.pop(reference.get(f"{_W}id"), ""):
                yield COMMENT, text, span


def in_odt(placed: Iterable[tuple[Span, etree._Element]]) -> Iterator[Notice]:
    """Each comment of an ODT file at its paragraph."""
    seen: list[etree._Element] = []
    for span, paragraph in placed:
        for comment in paragraph.iter(f"{_OFFICE}annotation"):
            if comment in seen[-8:] or comment.findtext(_CREATOR) == AUTHOR:
                continue  # a paragraph in a text box is in the one around it too
            seen.append(comment)
            lines = ("".join(map(str, p.itertext())) for p in comment.iter(f"{_TEXT}p"))
            if text := "\n".join(lines).strip():
                yield COMMENT, text, span


def in_markup(text: str, source: str) -> Iterator[Notice]:
    """Each comment ``<!-- … -->`` of HTML or markdown at its line."""
    line, done = 1, 0
    end = 0
    while (begin := text.find("<!--", end)) >= 0 and (end := text.find("-->", begin)) >= 0:
        line, done = line + text.count("\n", done, begin), begin
        comment = text[begin + 4 : end].strip()
        if comment and not comment.startswith(_CONDITION):
            yield COMMENT, comment, Span(source, line=line)
