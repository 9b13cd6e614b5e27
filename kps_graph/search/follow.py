"""Brings an index up to date with a few changed standards, without reading the others again."""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from kps_graph.align.uncollected import uncollected
from kps_graph.errors import StoreDamaged
from kps_graph.search.entries import Entry, entries
from kps_graph.search.index import APART, Key, head_of, key_of, written
from kps_graph.store import SEARCH, Beside, Store

__all__ = ["follow"]

#: Where a place begins, with the number of its standard: inside of a text a quote is escaped.
_PLACE: Final = re.compile(rb'\[(\d+)(?=,")')


@uncollected()
def follow(
    store: Store, base: str, before: Beside, beside: Beside, standards: Collection[str]
) -> bool:
    """Makes the index of ``store`` beside its data from the one that lay there before.

    Args:
        store: holds the standards as they are now.
        base: the namespace of its data IRIs.
        before: what lay beside the data before the change.
        beside: what lies beside them now.
        standards: the IRIs of the standards that changed, are new or are gone.

    Returns:
        False, and nothing is written, if there was no sound index.

    Raises:
        StoreError: if it cannot be written.
    """
    with suppress(StoreDamaged, zlib.error):
        content = before.read(SEARCH)
        if content is not None:
            lines = _followed(
                zlib.decompress(content), list(entries(store, base, standards)), base, standards
            )
            beside.write(SEARCH, zlib.compress(lines, 1))
            return True
    return False


def _followed(
    content: bytes, found: Iterable[Entry], base: str, standards: Collection[str]
) -> bytes:
    """An index as it is when ``standards`` say what is ``found``, and nothing else any more."""
    head, folded, *lines = content.split(b"\n")
    texts = _Texts(folded.decode().split(APART) if lines else [], lines)
    before = [tuple(called) for called in json.loads(head)[1]]
    gone = {n for n, called in enumerate(before) if base + called[0] in standards}
    texts.forget(gone)
    now = sorted([c for n, c in enumerate(before) if n not in gone] + head_of(found, base))
    numbers = {called[0]: n for n, called in enumerate(now)}
    texts.renumber({n: numbers[c[0]] for n, c in enumerate(before) if n not in gone})
    places: dict[Key, list[tuple[Any, ...]]] = defaultdict(list)
    for entry in found:
        key = key_of(entry.kind, entry.text, entry.title)
        places[key].append((numbers[entry.standard[len(base) :]], *entry[4:]))
    for key, listed in places.items():
        texts.add(key, listed)
    return texts.joined([base, now])


class _Texts:
    """The texts of an index in their order, folded, and the line of each."""

    def __init__(self, folded: list[str], lines: list[bytes]) -> None:
        self._folded = folded
        self._lines = lines

    def forget(self, gone: Collection[int]) -> None:
        """Takes away the places in the standards with these numbers, and what has no other."""
        if not gone:
            return
        inside = re.compile(rb'\[(?:%b),"' % b"|".join(b"%d" % n for n in sorted(gone)))
        kept = []
        for number, line in enumerate(self._lines):
            left = line
            if inside.search(line):
                *text, places = json.loads(line.decode())
                places = [place for place in places if place[0] not in gone]
                left = written([*text, places]) if places else b""
            if left:
                kept.append((self._folded[number], left))
        self._folded = [folded for folded, _ in kept]
        self._lines = [line for _, line in kept]

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Gives the standards other numbers in the same order."""
        if self._lines and any(old != new for old, new in numbers.items()):
            anew = {b"[%d" % old: b"[%d" % new for old, new in numbers.items()}
            joined = _PLACE.sub(lambda place: anew[place[0]], b"\n".join(self._lines))
            self._lines = joined.split(b"\n")

    def add(self, key: Key, places: Iterable[tuple[Any, ...]]) -> None:
        """Adds places of a text."""
        _, _, folded, (kind, text, title) = key
        number = bisect_left(range(len(self._lines)), key, key=self._key)
        there = [list(place) for place in places]
        if number < len(self._lines) and self._key(number) == key:
            there += json.loads(self._lines[number].decode())[3]
            self._lines.pop(number)
            self._folded.pop(number)
        self._lines.insert(number, written([kind, text, int(title), sorted(there)]))
        self._folded.insert(number, folded)

    def _key(self, number: int) -> Key:
        kind, text, title, _ = json.loads(self._lines[number].decode())
        folded = self._folded[number]
        return len(folded), not title, folded, (kind, text, bool(title))

    def joined(self, head: list[Any]) -> bytes:
        """The index."""
        folded = APART.join(self._folded).encode("utf-8", "replace")
        return b"\n".join([written(head), folded, *self._lines])
