"""Comments in Word files (Office Open XML, part 1, 17.13.4)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Final

from lxml import etree

from kps_graph.annotations.remarks import AUTHOR, Remark
from kps_graph.exports.reports.anchors import Words, anchor
from kps_graph.readers.docx import open_docx
from kps_graph.readers.docx_styles import W
from kps_graph.readers.limits import Limits
from kps_graph.readers.package import Package

__all__ = ["annotate_docx"]

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_MARKS: Final = tuple(
    f"{W}{n}" for n in ("commentRangeStart", "commentRangeEnd", "commentReference")
)
#: Inside these stands text that is not the paragraph's.
_ASIDE: Final = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}rt", f"{_MC}Fallback")
)


def annotate_docx(
    package: Package, remarks: Sequence[Remark], now: datetime, limits: Limits
) -> bytes:
    """The file with ``remarks`` in the place of earlier comments of ours.

    Raises:
        SourceError: if the file cannot be read.
    """
    opened = open_docx(package, limits)
    changes: dict[str, etree._Element] = {}
    part = _part(package, changes)
    comments = package.xml(part)
    if comments is None:
        comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    _forget(opened.root, comments, package, changes)
    last = max(
        (int(c.get(f"{W}id", "")) for c in comments if c.get(f"{W}id", "").isdecimal()), default=-1
    )
    for number, remark in enumerate(remarks, last + 1):
        place = anchor(remark.finding, opened.paragraphs, _texts)
        _mark(place.paragraph, place.words, str(number))
        comments.append(_comment(remark, str(number), now))
    changes["word/document.xml"] = opened.root
    changes[part] = comments
    return package.rewritten({name: _bytes(root) for name, root in changes.items()})


def _bytes(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _part(package: Package, changes: dict[str, etree._Element]) -> str:
    """The name of the part for comments, which is declared if there is none yet."""
    relations = package.xml(_RELATIONS)
    if relations is None:
        relations = etree.fromstring(f'<Relationships xmlns="{_RELS}"/>')
    for relation in relations:
        if relation.get("Type") == _KIND:
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"word/{target}"
    taken = {r.get("Id") for r in relations}
    name = next(n for i in range(1, len(taken) + 2) if (n := f"rIdKps{i}") not in taken)
    etree.SubElement(
        relations, f"{{{_RELS}}}Relationship", Id=name, Type=_KIND, Target="comments.xml"
    )
    types = package.xml("[Content_Types].xml")
    if types is None:
        types = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
    if not any(t.get("PartName") == "/word/comments.xml" for t in types):
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", PartName="/word/comments.xml", ContentType=_TYPE
        )
    changes[_RELATIONS], changes["[Content_Types].xml"] = relations, types
    return "word/comments.xml"


def _forget(
    root: etree._Element,
    comments: etree._Element,
    package: Package,
    changes: dict[str, etree._Element],
) -> None:
    """Takes out the comments that kps-graph wrote earlier, and their marks in the text."""
    ours = [c for c in comments if c.get(f"{W}author") == AUTHOR]
    numbers = {c.get(f"{W}id") for c in ours}
    threads = {p.get(f"{_W14}paraId") for c in ours for p in c.iter(f"{W}p")} - {None}
    for comment in ours:
        comments.remove(comment)
    for mark in list(root.iter(*_MARKS)):
        parent = mark.getparent()
        if mark.get(f"{W}id") in numbers and parent is not None:
            parent.remove(mark)
            above = parent.getparent()
            if (
                parent.tag == f"{W}r"
                and above is not None
                and all(c.tag == f"{W}rPr" for c in parent)
            ):
                above.remove(parent)
    name = "word/commentsExtended.xml"
    extended = package.xml(name) if threads else None
    if extended is not None:
        for entry in list(extended):
            if entry.get(f"{_W15}paraId") in threads:
                extended.remove(entry)
            elif entry.get(f"{_W15}paraIdParent") in threads:  # a reply stays, on its own
                del entry.attrib[f"{_W15}paraIdParent"]
        changes[name] = extended


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    """The elements that hold the text of a paragraph."""
    found = []
    for text in paragraph.iter(f"{W}t"):
        above = text.getparent()
        while above is not None and above is not paragraph and above.tag not in _ASIDE:
            above = above.getparent()
        if above is paragraph and _run(text).tag == f"{W}r":
            found.append(text)
    return found


def _texts(paragraph: etree._Element) -> list[str]:
    return [t.text or "" for t in _pieces(paragraph)]


def _mark(paragraph: etree._Element, words: Words | None, number: str) -> None:
    """Puts the marks of comment ``number`` around ``words``, or around the whole paragraph."""
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": number})
    end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": number})
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
    if words is None:
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.extend((end, reference))
        return
    pieces = _pieces(paragraph)
    (first, begin), (last, stop) = words
    # the end first: cutting there leaves the positions before it as they are
    if stop < len(pieces[last].text or "") or pieces[last].getnext() is not None:
        _cut(pieces[last], stop)
    before = _cut(pieces[first], begin) if begin else _run(pieces[first])
    (before if first == last else _run(pieces[last])).addnext(end)
    before.addprevious(start)
    end.addnext(reference)


def _run(text: etree._Element) -> etree._Element:
    """The run that ``text``, which is inside a paragraph, stands in."""
    (run, *_) = text.iterancestors()
    return run


def _cut(text: etree._Element, at: int) -> etree._Element:
    """Cuts the run of ``text`` at this character; the run with what follows it."""
    run, content = _run(text), text.text or ""
    new = etree.Element(f"{W}r", {str(k): str(v) for k, v in run.attrib.items()})
    properties = run.find(f"{W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    rest = etree.SubElement(new, f"{W}t")
    rest.text, text.text = content[at:], content[:at]
    for part in (text, rest):
        part.set(f"{_XML}space", "preserve")
    new.extend(list(text.itersiblings()))
    run.addnext(new)
    return new


def _comment(remark: Remark, number: str, now: datetime) -> etree._Element:
    comment = etree.Element(
        f"{W}comment",
        {
            f"{W}id": number,
            f"{W}author": AUTHOR,
            f"{W}initials": "kps",
            f"{W}date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        },
        nsmap={"w": W[1:-1]},
    )
    for index, line in enumerate(remark.lines):
        paragraph = etree.SubElement(comment, f"{W}p")
        if not index:
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = line
        text.set(f"{_XML}space", "preserve")
    return comment
