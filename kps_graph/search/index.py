"""The index: every text of a store, folded, in one line that is scanned, and where each stands.

The texts of a thousand standards are a megabyte of characters, which are scanned for a word in less
than a millisecond: whatever stands in a text is found, at any place and from one character on, and
nothing else is. How that was chosen, and what engines do, stands in ``docs/decisions/0011-search.md``.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from kps_graph.align.uncollected import uncollected
from kps_graph.errors import StoreDamaged, StoreError
from kps_graph.folding import searchable
from kps_graph.search.entries import Entry, entries
from kps_graph.search.hits import Place
from kps_graph.store import SEARCH, Beside, Store

__all__ = ["APART", "Index", "Key", "Text", "head_of", "keep", "key_of", "opened", "written"]

#: Between folded texts, which are letters and digits.
APART: Final = " "
#: What the texts are ordered by: how long each is, names of standards first, folded, as it is.
Key = tuple[int, bool, str, tuple[str, str, bool]]
#: So many characters are scanned for all words of a search before more are looked at.
_BLOCK: Final = 1 << 15
_read: Final = json.JSONDecoder().raw_decode


class Text(NamedTuple):
    """A text of the index; a tuple, since a search makes hundreds.

    Attributes:
        kind: what it is.
        text: as it stands.
        folded: as it is searched.
        title: whether it is the name of a standard.
        places: where it stands, in the order of the standards' codes.
    """

    kind: str
    text: str
    folded: str
    title: bool
    places: tuple[Place, ...]


class Index:
    """The texts in the order of their lengths, each known by its number.

    Made of lines: what the standards are called; the folded texts; each text and its places.
    """

    __slots__ = ("_base", "_blocks", "_ends", "_folded", "_lines", "_named", "_standards", "folded")

    def __init__(self, content: bytes) -> None:
        head, folded, *self._lines = content.split(b"\n")
        self._base, self._standards = json.loads(head)
        self._folded = folded.decode()
        self.folded = self._folded.split(APART)
        self._ends = list(accumulate(len(text) + 1 for text in self.folded))
        self._named: list[tuple[int, list[Any]]] = []
        last = self._ends[-1]
        inner = (self._ends[bisect_right(self._ends, n)] for n in range(_BLOCK, last, _BLOCK))
        self._blocks = list(pairwise(dict.fromkeys((0, *inner, last))))

    def having(self, *words: str) -> Iterator[int]:
        """The numbers of the texts that hold one of some folded words, the shortest text first.

        One block after the other: who wants few texts is not kept until a rare word is met.
        """
        find, ends = self._folded.find, self._ends
        for begin, end in self._blocks:
            found = set()
            for word in words:
                at = find(word, begin, end)
                while at >= 0:
                    number = bisect_right(ends, at)
                    found.add(number)
                    at = find(word, ends[number], end)
            yield from sorted(found)

    def text(self, number: int) -> Text:
        """The text with this number."""
        (kind, text, title, places), _ = _read(self._lines[number].decode())
        return Text(kind, text, self.folded[number], bool(title), tuple(map(self._place, places)))

    def coded(self, standard: str, code: str = "") -> list[tuple[int, Place]]:
        """The names of the standards whose code begins so, or their parts with a code.

        The code of a standard is given without hyphens; that of a part is compared in any case and
        without the zeros before a number.
        """
        wanted = {
            n
            for n, (_, own, _) in enumerate(self._standards)
            if own.replace("-", "").casefold().startswith(standard.casefold())
        }
        if not wanted:
            return []
        same = (
            ((n, p) for n, p in self._stated(b"[") if _bare(p[2]) == _bare(code))
            if code
            else self._titles()
        )
        found = [(number, self._place(place)) for number, place in same if place[0] in wanted]
        return sorted(found, key=lambda pair: pair[1].standard)

    def _titles(self) -> list[tuple[int, list[Any]]]:
        """The numbers of the names of standards, each with a place; a code typed is sought often."""
        if not self._named:
            self._named = list(self._stated(b'["standard"', title=True))
        return self._named

    def _stated(self, begin: bytes, title: bool = False) -> Iterator[tuple[int, list[Any]]]:
        """The numbers of the texts whose lines begin so, each with every place of it."""
        for number, line in enumerate(self._lines):
            if line.startswith(begin):
                (_, _, named, places), _ = _read(line.decode())
                if named or not title:
                    yield from ((number, place) for place in places)

    def _place(self, place: list[Any]) -> Place:
        standard, node, code, units, level = place
        identity, _, name = self._standards[standard]
        return Place(self._base + identity + node, code, tuple(units), level, identity, name)


def _bare(code: str) -> str:
    """A code without the zeros before its numbers: ``k01`` is ``k1``."""
    return code[:1].casefold() + ".".join(part.lstrip("0") for part in code[1:].split("."))


def keep(store: Store, base: str, beside: Beside) -> None:
    """Makes the index of ``store`` beside its data.

    Raises:
        StoreError: if it cannot be written.
    """
    beside.write(SEARCH, zlib.compress(_lines(entries(store, base), base), 1))


def opened(store: Store, base: str, beside: Beside) -> Index:
    """The index of ``store``; one that is missing, damaged or another version's is made again.

    What cannot be kept (beside a store on a read-only disk, or on a server) is made each time.
    """
    with suppress(StoreDamaged, zlib.error):
        content = beside.read(SEARCH)
        if content is not None:
            return Index(zlib.decompress(content))
    lines = _lines(entries(store, base), base)
    with suppress(StoreError):
        beside.write(SEARCH, zlib.compress(lines, 1))
    return Index(lines)


def head_of(found: Iterable[Entry], base: str) -> list[tuple[str, str, str]]:
    """Identity, code and name of each standard, in the order of the identities."""
    called: dict[str, tuple[str, str]] = {}
    for entry in found:
        if entry.title:
            called[entry.standard] = entry.code, entry.text
        elif entry.standard not in called:
            called[entry.standard] = "", entry.standard[len(base) :]
    return sorted((iri[len(base) :], *named) for iri, named in called.items())


def key_of(kind: str, text: str, title: bool) -> Key:
    """What the texts of an index are ordered by."""
    folded = searchable(text)
    return len(folded), not title, folded, (kind, text, title)


def written(values: list[Any]) -> bytes:
    """A line of an index."""
    return _WRITTEN(values).encode("utf-8", "replace")


_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@uncollected()
def _lines(found: Iterable[Entry], base: str) -> bytes:
    """What an :class:`Index` is made of."""
    found = list(found)
    head = head_of(found, base)
    numbers = {base + identity: number for number, (identity, *_) in enumerate(head)}
    places: dict[tuple[str, str, bool], list[tuple[Any, ...]]] = defaultdict(list)
    for entry in found:
        places[entry[:3]].append((numbers[entry[3]], *entry[4:]))
    order = sorted(key_of(*text) for text in places)
    lines = [_WRITTEN([base, head]), APART.join([folded for _, _, folded, _ in order])]
    for _, _, _, text in order:
        kind, words, title = text
        lines.append(_WRITTEN([kind, words, int(title), sorted(places[text])]))
    return "\n".join(lines).encode("utf-8", "replace")
