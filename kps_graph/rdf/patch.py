"""What makes one graph of another: the names that change, the triples that go and those that come.

Every IRI of a standard begins with that of the standard, so that most of a new version differs from
the old one in names alone: these are changed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["Patch", "between", "replayed"]

_IRI: Final = r"<{}(?=[/>])"


@dataclass(frozen=True, slots=True)
class Patch:
    """What makes the graph of ``new`` of that of ``old``.

    Attributes:
        old, new: the IRIs of the standards; what begins with the one begins with the other then.
        removed, added: triples in N-Triples, as they are once the names are changed.
    """

    old: str
    new: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def between(old: str, before: bytes, new: str, after: bytes) -> Patch:
    """The patch from the graph ``before`` of the standard ``old`` to ``after`` of ``new``."""
    was, now = _renamed(before, old, new), frozenset(_lines(after))
    return Patch(old, new, tuple(sorted(was - now)), tuple(sorted(now - was)))


def replayed(patch: Patch, before: bytes) -> bytes:
    """The graph that ``patch`` makes of ``before``, as N-Triples in order.

    Raises:
        ValueError: if ``before`` is not the graph that the patch was made for.
    """
    was = _renamed(before, patch.old, patch.new)
    if missing := frozenset(patch.removed) - was:
        raise ValueError(f"the graph lacks {len(missing)} triples that are to be removed")
    now = (was - frozenset(patch.removed)) | frozenset(patch.added)
    return "".join(f"{line}\n" for line in sorted(now)).encode()


def _renamed(ntriples: bytes, old: str, new: str) -> frozenset[str]:
    """The triples of a graph, what is named after ``old`` named after ``new``."""
    pattern = re.compile(_IRI.format(re.escape(old)))
    return frozenset(pattern.sub(lambda _: f"<{new}", line) for line in _lines(ntriples))


def _lines(ntriples: bytes) -> Iterable[str]:
    return (line for line in ntriples.decode().split("\n") if line)
