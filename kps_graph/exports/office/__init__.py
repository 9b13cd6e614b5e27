"""Word and OpenDocument files of their own: templates that escape everything, packed the same way each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from kps_graph.printable import printable

__all__ = ["packed", "render"]

#: The earliest time that a ZIP archive can hold: equal documents are equal files.
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def render(template: str, **values: Any) -> bytes:
    """The XML that ``template`` makes of ``values``; every text is escaped and printable."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


def packed(members: Mapping[str, bytes]) -> bytes:
    """The members as a package in their order; ``mimetype`` is not compressed, as ODF asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _TIME)
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kps_graph.exports.office"),
        autoescape=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
