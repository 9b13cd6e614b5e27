"""The pages of a PDF, one at a time, through PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kps_graph.errors import Undecodable
from kps_graph.readers.limits import Limits
from kps_graph.readers.pdf_comments import comments
from kps_graph.readers.pdf_marks import Page, Turn
from kps_graph.readers.pdf_objects import Objects
from kps_graph.readers.pdf_text import add_spaces, read_text
from kps_graph.words import Sentence

__all__ = ["pages"]


def pages(data: bytes, source: str, limits: Limits) -> Iterator[Page]:
    """The pages of a PDF, one at a time; PDFium must not be used from two threads at once.

    Raises:
        Undecodable: if it is damaged or protected by a password.
        TooLarge: if it has too many pages, or too much on a page.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Undecodable(
                "protected by a password",
                source=source,
                hint=Sentence("save it without the password"),
            ) from error
        raise Undecodable(
            "a damaged or incomplete PDF",
            source=source,
            hint=Sentence("download it again, or print it to a new PDF"),
        ) from error
    try:
        count = len(document)
        limits.check("pages", count, source)
        for number in range(1, count + 1):
            yield _page(document.raw, number, source, limits)
    finally:
        document.close()


def _page(document: Any, number: int, source: str, limits: Limits) -> Page:
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        raise Undecodable(
            "page {number} is damaged",
            number=number,
            source=source,
            hint=Sentence("download it again, or print it to a new PDF"),
        )
    try:
        page = Page(number, raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle))
        rotation = raw.FPDFPage_GetRotation(handle)
        turn = _turn(rotation, page)
        text = raw.FPDFText_LoadPage(handle)
        try:
            limits.check("marks", raw.FPDFText_CountChars(text), source)
            read_text(text, page, turn, 90 * rotation)
        finally:
            raw.FPDFText_ClosePage(text)
        objects = Objects(page, turn, source, limits)
        objects.read(handle, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
        add_spaces(page, objects.spaces)
        page.comments += comments(handle, source, limits)
        return page
    finally:
        raw.FPDF_ClosePage(handle)


def _turn(rotation: int, page: Page) -> Turn:
    """From PDF's left, bottom, right, top to left, top, right, bottom as the page is shown."""
    width, height = page.width, page.height
    if rotation == 1:
        return lambda left, bottom, right, top: (bottom, left, top, right)
    if rotation == 2:
        return lambda left, bottom, right, top: (width - right, bottom, width - left, top)
    if rotation == 3:
        return lambda left, bottom, right, top: (
            width - top,
            height - right,
            width - bottom,
            height - left,
        )
    return lambda left, bottom, right, top: (left, height - top, right, height - bottom)
