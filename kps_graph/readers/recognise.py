"""What kind of file it is: by its content first, by its name where content leaves a choice."""

from __future__ import annotations

import re
from typing import Final

from kps_graph.errors import UnknownFormat
from kps_graph.formats import SourceFormat
from kps_graph.printable import CONTROL
from kps_graph.readers.limits import DEFAULT, Limits
from kps_graph.readers.package import Package
from kps_graph.readers.text import Text, decode
from kps_graph.words import Sentence

__all__ = ["recognise", "recognise_binary", "recognise_text"]

_READABLE: Final = Sentence("give a PDF, ODT, DOCX, HTML, markdown, YAML or JSON file")
_SAVE_AS: Final = Sentence("open it in LibreOffice or Word and save it as ODT or DOCX")
_UNPACK: Final = Sentence("unpack it and give the files inside")
_OCR: Final = Sentence("make a PDF with a text layer from it (character recognition) first")

#: How files begin that have no reader: (prefix, what it is, what to do).
_FOREIGN: Final = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Sentence("an old Word file (.doc) or a password-protected one"),
        _SAVE_AS,
    ),
    (b"{\\rtf", Sentence("a rich text file (.rtf)"), _SAVE_AS),
    (b"\x89PNG", Sentence("a PNG image"), _OCR),
    (b"\xff\xd8\xff", Sentence("a JPEG image"), _OCR),
    (b"GIF8", Sentence("a GIF image"), _OCR),
    (b"II*\0", Sentence("a TIFF image"), _OCR),
    (b"MM\0*", Sentence("a TIFF image"), _OCR),
    (b"BM", Sentence("a BMP image"), _OCR),
    (b"RIFF", Sentence("a WebP image or a sound or video file"), _OCR),
    (b"\x1f\x8b", Sentence("a gzip archive"), _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", Sentence("a 7z archive"), _UNPACK),
    (b"Rar!", Sentence("a RAR archive"), _UNPACK),
    (b"%!PS", Sentence("a PostScript file"), Sentence("convert it to PDF")),
    (b"SQLite format 3\0", Sentence("a SQLite database"), _READABLE),
)

#: Members that tell other ZIP packages apart.
_ZIPPED: Final = (
    ("xl/workbook.xml", Sentence("an Excel workbook")),
    ("ppt/presentation.xml", Sentence("a PowerPoint presentation")),
    ("META-INF/container.xml", Sentence("an EPUB book")),
)

_HTML: Final = re.compile(
    # what has matched is kept (?>…, *+): a file of comments is looked at once, not once for each
    r"\s*+(?><\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+"
    r"<(?:(?P<page>!doctype\s+html|html|head|body|table)|div|section|article|main|meta|title"
    r"|style|p|h[1-6]|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_ICAP: Final = re.compile(r'"(?:basic_info|competency_tasks|competency_knowledge)"\s*:')
_YAML: Final = re.compile(
    r"^(code|name|nameKind|layout|description|level|versions|classification|tasks|knowledge"
    r"|skills|attitudes|notes):(?=\s)",
    re.MULTILINE,
)


def recognise(data: bytes, name: str, limits: Limits = DEFAULT) -> SourceFormat:
    """The format of a file with this content and this name.

    Raises:
        UnknownFormat: if no reader exists for it; says what it is and what to do.
        Undecodable: if it is damaged beyond telling, or text in an unknown encoding.
    """
    found = recognise_binary(data, name, limits)
    return found if found is not None else recognise_text(decode(data, name), name)


def recognise_binary(data: bytes, name: str, limits: Limits = DEFAULT) -> SourceFormat | None:
    """The format of a file that is not text, None if it may be text.

    Raises:
        UnknownFormat: if no reader exists for it; says what it is and what to do.
        Undecodable: if it is a damaged package.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnknownFormat("the file is empty", source=name, hint=_READABLE)
    if b"%PDF-" in data[:1024]:
        return SourceFormat.PDF
    if data.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return _package(Package(data, name, limits), name)
    for prefix, what, hint in _FOREIGN:
        if data.startswith(prefix) and not (prefix == b"BM" and b"\0" not in data[:64]):
            raise UnknownFormat("{kind}, which cannot be read", kind=what, source=name, hint=hint)
    return None


def _package(package: Package, name: str) -> SourceFormat:
    kind = package.read("mimetype").decode("ascii", "replace").strip()
    if kind.startswith(SourceFormat.ODT.media_type):
        return SourceFormat.ODT
    if "word/document.xml" in package or b"wordprocessingml.document" in package.read(
        "[Content_Types].xml"
    ):
        return SourceFormat.DOCX
    what = next((text for member, text in _ZIPPED if member in package), None)
    if kind.startswith("application/vnd.oasis.opendocument"):
        what = Sentence("an OpenDocument file that is not a text")
    raise UnknownFormat(
        "{kind}, which cannot be read",
        kind=what or Sentence("a ZIP archive"),
        source=name,
        hint=_READABLE if what else _UNPACK,
    )


def recognise_text(decoded: Text, name: str) -> SourceFormat:
    """The format of a file that is text.

    Raises:
        UnknownFormat: if it is not text after all, or XML of another kind.
    """
    text, named = decoded.text, SourceFormat.of_name(name)
    if not text.strip():
        raise UnknownFormat("the file is empty", source=name, hint=_READABLE)
    if len(CONTROL.findall(text, 0, 65536)) > 0.02 * min(len(text), 65536):
        raise UnknownFormat(
            "binary data, not a document of a known kind", source=name, hint=_READABLE
        )
    start = text.lstrip()
    if start.startswith(("{", "[")) and '"' in start:
        if _ICAP.search(text):
            return SourceFormat.ICAP_JSON
        return SourceFormat.YAML if named is SourceFormat.YAML else SourceFormat.JSON
    if page := _HTML.match(text):
        return (
            SourceFormat.MARKDOWN
            if named is SourceFormat.MARKDOWN and not page["page"]
            else SourceFormat.HTML
        )
    if start.startswith(("<?xml", "<rdf:", "<office:", "<w:")):
        raise UnknownFormat("XML, but neither HTML nor an office file", source=name, hint=_READABLE)
    if named is SourceFormat.YAML or start.startswith("%YAML"):
        return SourceFormat.YAML
    if not name.lower().endswith((".md", ".markdown")) and len(set(_YAML.findall(text))) >= 2:
        return SourceFormat.YAML
    return SourceFormat.HTML if named is SourceFormat.HTML else SourceFormat.MARKDOWN
