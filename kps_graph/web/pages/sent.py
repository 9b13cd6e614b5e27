"""What a form with files sends to a page: read within bounds, or refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kps_graph.errors import StoreError
from kps_graph.exports.site.frame import Frame
from kps_graph.web.pages.answering import Pages
from kps_graph.web.views.temporary import LARGEST
from kps_graph.words import Language

__all__ = ["Refused", "files", "framed", "sent", "speaking"]

#: How many files are taken at once, and the bytes of one request.
_MOST: Final = 20
_REQUEST: Final = 64 * 2**20
#: The fields of a form besides.
_FIELDS: Final = 100


class Refused(Exception):
    """A request that is not read: the word of the page that says why."""


def framed(pages: Pages, request: Request) -> Frame:
    """Where a page stands that needs no store."""
    try:
        return pages.frame(request, pages.asked.held)
    except StoreError:
        return pages.frame(request)


def speaking(frame: Frame, form: FormData) -> Frame:
    """The frame in the language that a form asks for, if it asks."""
    given = form.get("lang")
    return (
        replace(frame, lang=Language.of(given), carried=True) if isinstance(given, str) else frame
    )


async def sent(request: Request) -> FormData:
    """The form of a request that is not larger than what is taken.

    Raises:
        Refused: if it is, or is none.
    """
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > _REQUEST:
        raise Refused("refused-large")
    try:
        return await request.form(max_files=_MOST, max_fields=_FIELDS)
    except HTTPException as error:
        raise Refused("refused-form") from error


async def files(form: FormData, *, but: str = "", only: str = "") -> list[tuple[str, bytes]]:
    """Name and content of each file of a form, whatever a program calls its field.

    Args:
        form: as it was sent.
        but: a field that is left out.
        only: the one field that is taken.

    Raises:
        Refused: if one is too large.
    """
    return [
        (given.filename, await _read(given))
        for field, given in form.multi_items()
        if field != but and only in ("", field) and isinstance(given, UploadFile) and given.filename
    ]


async def _read(given: UploadFile) -> bytes:
    if (given.size or 0) > LARGEST:
        raise Refused("refused-large")
    return await given.read()
