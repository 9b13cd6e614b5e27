"""What is laid over a PDF page and is none of its text: comments, text boxes, fields of forms."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as raw

from kps_graph.readers.limits import Limits
from kps_graph.readers.notices import COMMENT, UNREADABLE

__all__ = ["comments"]

#: What repeats what another says, or says nothing.
_SILENT: Final = frozenset([raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP])
#: What the reader of the page sees without a click.
_SHOWN: Final = frozenset([raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET])


def comments(page: Any, source: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """The rule and text of each annotation of a page: one that is shown was not read.

    Raises:
        TooLarge: if there are more of them than marks on a page.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    limits.check("marks", count, source)
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            key = b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents"
            if kind not in _SILENT and (text := _text(annotation, key)):
                yield (UNREADABLE if kind in _SHOWN else COMMENT), text
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _text(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    into = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(annotation, key, into, size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
