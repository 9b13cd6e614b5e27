"""Graphs as sorted N-Quads, their blank nodes named alike whichever engine holds them.

An engine names blank nodes anew, and orders what it holds, with each build. RDFC-1.0 would name them
too, but takes years over some graphs, which a user may have put into a store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import groupby
from typing import Final

__all__ = ["settled"]

#: A statement with its subject, property, object and graph; a literal may hold anything.
_STATEMENT: Final = re.compile(rb"(\S+) (\S+) (.*) (<[^>]*>) \.\n", re.DOTALL)
#: How far from a blank node others are looked at to tell it from its likes.
_ROUNDS: Final = 32


def settled(graphs: Mapping[str, bytes]) -> dict[str, bytes]:
    """N-Quads by graph, sorted; the name of a blank node is made of what is said of it.

    Those of which the same is said are numbered as the engine names them.
    """
    lines = {graph: data.splitlines(keepends=True) for graph, data in graphs.items()}
    unnamed = [
        match.groups()
        for said in lines.values()
        for line in said
        if (match := _STATEMENT.fullmatch(line)) and _blank(match[1], match[3])
    ]
    names = _names(unnamed)

    def named(line: bytes) -> bytes:
        match = _STATEMENT.fullmatch(line)
        if not match or not _blank(match[1], match[3]):
            return line
        s, p, o, g = match.groups()
        return b"%s %s %s %s .\n" % (names.get(s, s), p, names.get(o, o), g)

    return {
        graph: b"".join(sorted(map(named, said) if names else said))
        for graph, said in lines.items()
    }


def _blank(*terms: bytes) -> bool:
    return any(term.startswith(b"_:") for term in terms)


def _names(statements: Iterable[tuple[bytes, ...]]) -> dict[bytes, bytes]:
    """A name for each blank node: a hash of its statements, and of those about its neighbours."""
    about: dict[bytes, list[tuple[bytes, ...]]] = {}
    for said in statements:
        for node in {term for term in said if _blank(term)}:
            about.setdefault(node, []).append(said)
    hashes = dict.fromkeys(about, b"")
    for _ in range(_ROUNDS):
        told = {node: _hash(node, said, hashes) for node, said in about.items()}
        finer = len(set(told.values())) > len(set(hashes.values()))
        hashes = told
        if not finer:
            break
    names: dict[bytes, bytes] = {}
    ordered = sorted(about, key=lambda node: (hashes[node], node))
    for digest, alike in groupby(ordered, key=hashes.__getitem__):
        for number, node in enumerate(alike):
            names[node] = b"_:b%s" % digest + (b"x%d" % number if number else b"")
    return names


def _hash(
    node: bytes, statements: Iterable[tuple[bytes, ...]], hashes: Mapping[bytes, bytes]
) -> bytes:
    """What is said of a node, the node itself and its unnamed neighbours being told by their hashes."""

    def told(term: bytes) -> bytes:
        if term == node:
            return b"_:"
        return b"_:%s" % hashes[term] if term in hashes else term

    said = sorted(b" ".join(map(told, statement)) for statement in statements)
    return sha256(hashes[node] + b"\n".join(said)).hexdigest()[:16].encode()
