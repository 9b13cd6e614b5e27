"""Bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from kps_graph.document import Span
from kps_graph.errors import Undecodable, UnknownFormat
from kps_graph.readers.notices import LEGACY_ENCODING, Notice
from kps_graph.words import Sentence

__all__ = ["Text", "decode"]

#: Byte order marks, the longer before its own prefix.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: What Windows calls Big5, with the euro sign and the seven ETEN characters.
_BIG5: Final = "cp950"


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text with line feeds as line ends, how it was encoded, and what was odd about it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, source: str) -> Text:
    """The text of ``data``: Unicode by byte order mark, else UTF-8, else Big5.

    Line ends are made line feeds; no other character is changed or lost.

    Raises:
        UnknownFormat: if it is not text.
        Undecodable: if it is text in no known encoding; says at which line and column.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Text(_lines(_strict(data[len(bom) :], encoding, source)), encoding)
    if b"\0" in data:
        raise UnknownFormat(
            "binary data, not a document of a known kind",
            source=source,
            hint=Sentence(
                "give a PDF, ODT, DOCX, HTML, markdown, YAML or JSON file; save UTF-16 text with a byte order mark or as UTF-8"
            ),
        )
    try:
        return Text(_lines(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        if not _is_big5(data):
            return Text(_strict(data, "utf-8", source), "utf-8")
    notice = (LEGACY_ENCODING, "Big5", Span(source=source))
    return Text(_lines(data.decode(_BIG5)), _BIG5, (notice,))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode(encoding, errors="replace"))
        wrong = data[error.start : error.end][:4].hex(" ")
        raise Undecodable(
            "neither {encoding} nor Big5 text: byte {wrong} cannot be read",
            encoding=encoding,
            wrong=wrong,
            source=source,
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
            hint=Sentence("save the file as UTF-8"),
        ) from error


def _is_big5(data: bytes) -> bool:
    """Whether ``data`` is Big5 with mostly common characters.

    Stray bytes in UTF-8 or GBK text can form Big5 characters too, but rare ones: of running
    Chinese, over nine tenths are punctuation and level 1 characters, with first byte A1-C6.
    """
    try:
        text = data.decode(_BIG5)
    except UnicodeDecodeError:
        return False
    wide = [c for c in text if ord(c) > 0x7F]
    common = sum(c.encode(_BIG5)[0] <= 0xC6 for c in wide)
    return common >= 0.9 * len(wide)
