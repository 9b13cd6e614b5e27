"""An office file: a ZIP package of which members are unpacked by name, and written anew."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

from kps_graph.document import Document, Span
from kps_graph.errors import Undecodable
from kps_graph.readers.limits import Limits
from kps_graph.words import Sentence, parser_reason

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Opened", "Package", "count"]

#: What the zipfile module raises on damaged or unsupported packages.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    IndexError,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An office file with the elements that its text was read from.

    Attributes:
        document: what was read.
        root: of the part that holds the text.
        paragraphs: every paragraph element with its place, in the order of reading; blank ones
            too, and those of a repeated cell once for each place.
    """

    document: Document
    root: etree._Element
    paragraphs: tuple[tuple[Span, etree._Element], ...]


class Package:
    """The members of an office file.

    Nothing is written to disk, so paths inside the package have no power.

    Raises:
        Undecodable: if the package is damaged.
    """

    def __init__(self, data: bytes, source: str, limits: Limits) -> None:
        self.source = source
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._names = frozenset(self._zip.namelist())
        except _BROKEN as error:
            raise self._damaged(error) from error

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def read(self, name: str) -> bytes:
        """The content of one member, empty if it is not there.

        Raises:
            Undecodable: if it is damaged or encrypted.
            TooLarge: if it unpacks to more than the limits allow, whatever its header claims.
        """
        if name not in self._names:
            return b""
        most = self._limits.unpacked
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as member:
                data = member.read(most + 1)
        except _BROKEN as error:
            raise self._damaged(error) from error
        self._limits.check("unpacked", max(len(data), info.file_size), self.source)
        if len(data) > 2**20:
            self._limits.check("ratio", len(data) // max(1, info.compress_size), self.source)
        return data

    def rewritten(self, changes: Mapping[str, bytes]) -> bytes:
        """The package with some members changed or added, the others as they are, in their order.

        Raises:
            SourceError: as :meth:`read`, of any member.
        """
        out = BytesIO()
        infos = {info.filename: info for info in self._zip.infolist()}
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, info in infos.items():
                made = zipfile.ZipInfo(name, info.date_time)
                stored = info.compress_type == zipfile.ZIP_STORED
                made.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                made.external_attr = info.external_attr
                target.writestr(made, changes[name] if name in changes else self.read(name))
            for name in changes.keys() - infos.keys():
                target.writestr(name, changes[name])
        return out.getvalue()

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML member, None if there is no such member.

        Raises:
            Undecodable: if it is not well formed, or declares entities.
            TooLarge: if it has more elements than the limits allow.
        """
        from lxml import etree

        data = self.read(name)
        if not data:
            return None
        if b"<!ENTITY" in data:
            raise Undecodable(
                "{name} declares XML entities, which no office program does",
                name=name,
                source=self.source,
                hint=_AGAIN,
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise Undecodable(
                "damaged: {name} is not well-formed XML ({reason})",
                name=name,
                reason=parser_reason(error.msg or ""),
                source=self.source,
                hint=_AGAIN,
            ) from error
        self._limits.check("elements", int(cast(float, root.xpath("count(//*)"))), self.source)
        return root

    def _damaged(self, error: Exception) -> Undecodable:
        if "password" in str(error) or "encrypted" in str(error):
            return Undecodable(
                "protected by a password",
                source=self.source,
                hint=Sentence("save it without the password"),
            )
        return Undecodable(
            "a damaged or incomplete office file ({reason})",
            reason=parser_reason(str(error)),
            source=self.source,
            hint=_AGAIN,
        )


def count(text: str | None, least: int = 1) -> int:
    """What an attribute that counts says; ``least`` where it says less, or nothing that counts."""
    return max(least, int(text)) if text and text.isdecimal() and len(text) < 19 else least


_AGAIN = Sentence("open the file in LibreOffice or Word and save it again")
