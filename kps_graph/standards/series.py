"""Which versions follow each other: a standard through its codes, its names and the years.

Versions belong to one series because

* their codes have one base (``KPS1420-001v2``, ``KPS1420-001v4``), unless several documents claim
  that very code: then they are two standards until a document says otherwise;
* a document says that one replaces the other, or has both in its version table;
* a person has decided it; a person can also decide that two are apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from kps_graph.folding import fold
from kps_graph.terms import code_series, identity_of

__all__ = ["Decision", "Evidence", "Held", "Series", "Stated", "followed", "series_of"]

_NUMBER: Final = re.compile(r"(\d+)\D*$")


class Evidence(StrEnum):
    """Why a version is of one series with another."""

    CODE = "code"
    REPLACEMENT = "replacement"
    TABLE = "table"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Stated:
    """A version as a document states it, or the store holds it.

    Attributes:
        code, name, label, status: as stated.
        date: of the update, ``2018-12-21``; "" if none is stated that is one.
        note: on the update.
        replaced_by: the code of the version that replaces it; "" if none is stated.
        identity: the local name of the standard in the store; "" if the store does not hold it.
        evidence: why it belongs to the series; None for a series of one.
    """

    code: str
    name: str
    label: str = ""
    status: str = ""
    date: str = ""
    note: str = ""
    replaced_by: str = ""
    identity: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A standard in the store, with the versions that its document states."""

    identity: str
    claim: str
    code: str
    name: str
    versions: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """That the version with the code ``new`` follows the one with ``old``, or does not."""

    old: str
    new: str
    same: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The versions of one standard, the oldest first.

    Attributes:
        versions: in order; each code and name once.
    """

    versions: tuple[Stated, ...]

    @property
    def name(self) -> str:
        """The base of the newest code; of drafts, the local name."""
        newest = next((v for v in reversed(self.versions) if v.code), self.versions[-1])
        return code_series(newest.code) if newest.code else newest.identity

    @property
    def held(self) -> tuple[Stated, ...]:
        """Those that the store holds."""
        return tuple(v for v in self.versions if v.identity)


#: What tells a version apart: the local name of a standard that is held, else code and name.
_Key = tuple[str, str]


def series_of(standards: Iterable[Held], decisions: Iterable[Decision] = ()) -> list[Series]:
    """The series that ``standards`` and what they state make up, by name."""
    standards = sorted(standards, key=lambda s: s.identity)
    known = _Known(standards)
    versions: dict[_Key, Stated] = {}
    links: dict[frozenset[_Key], Evidence] = {}
    for held in standards:
        me = (held.identity, "")
        own = next((v for v in held.versions if _is(v, held)), Stated(held.code, held.name))
        versions[me] = _with(own, held)
        for stated in held.versions:
            key = me if _is(stated, held) else known.key(stated.code, stated.name)
            if not stated.code:
                continue
            versions.setdefault(key, stated)
            _link(links, me, key, Evidence.TABLE)
    coded = {identity_of(v.code, ""): key for key, v in versions.items() if v.code}
    for key, stated in [*versions.items()]:
        if stated.replaced_by:
            claim = identity_of(stated.replaced_by, "")
            newer = coded.setdefault(claim, known.key(stated.replaced_by, ""))
            versions.setdefault(newer, Stated(stated.replaced_by, ""))
            _link(links, key, newer, Evidence.REPLACEMENT)
    for a, b in _of_one_base(versions, known.disputed):
        links[frozenset((a, b))] = Evidence.CODE
    _decide(links, versions, decisions)
    return sorted(_joined(versions, links), key=lambda s: s.name)


def followed(series: Series, identity: str) -> Stated | None:
    """The version of ``series`` that the store holds under this local name."""
    return next((v for v in series.versions if v.identity == identity), None)


class _Known:
    """Which standards the store holds, by the code that they claim."""

    def __init__(self, standards: Sequence[Held]) -> None:
        self._by: dict[str, list[Held]] = defaultdict(list)
        for held in standards:
            self._by[held.claim or held.identity].append(held)
        self.disputed = {h.identity for same in self._by.values() if len(same) > 1 for h in same}

    def key(self, code: str, name: str) -> _Key:
        """The version with this code; where several standards claim it, that of the same name."""
        claim = identity_of(code, name)
        claimants = self._by.get(claim, ())
        if len(claimants) == 1:
            return claimants[0].identity, ""
        named = [h for h in claimants if fold(h.name) == fold(name)]
        return (named[0].identity, "") if len(named) == 1 else (claim, fold(name) * bool(claimants))


def _is(stated: Stated, held: Held) -> bool:
    """Whether a row of its version table is that of the document itself."""
    return bool(stated.code) and identity_of(stated.code, "") == identity_of(held.code, "")


def _with(stated: Stated, held: Held) -> Stated:
    return replace(stated, code=held.code, name=held.name, identity=held.identity)


def _link(links: dict[frozenset[_Key], Evidence], a: _Key, b: _Key, evidence: Evidence) -> None:
    if a != b:
        links[frozenset((a, b))] = evidence


def _of_one_base(
    versions: Mapping[_Key, Stated], disputed: Iterable[str]
) -> Iterator[tuple[_Key, _Key]]:
    """Neighbours among the versions whose codes have one base."""
    apart = frozenset(disputed)
    by: dict[str, list[_Key]] = defaultdict(list)
    for key, stated in versions.items():
        if stated.code and key[0] not in apart and not key[1]:
            by[code_series(stated.code)].append(key)
    for keys in by.values():
        keys.sort(key=lambda key: (identity_of(versions[key].code, ""), key))
        yield from pairwise(keys)


def _decide(
    links: dict[frozenset[_Key], Evidence],
    versions: Mapping[_Key, Stated],
    decisions: Iterable[Decision],
) -> None:
    """Adds what people have joined, and takes away what they have put apart."""
    by = {s.identity: k for k, s in versions.items() if s.identity}
    by |= {s.code: k for k, s in versions.items() if s.code and s.code not in by}
    for decision in decisions:
        ends = [by.get(end) for end in (decision.old, decision.new)]
        if None in ends or ends[0] == ends[1]:
            continue
        pair = frozenset(end for end in ends if end)
        if decision.same:
            links[pair] = Evidence.DECISION
        else:
            links.pop(pair, None)


def _ordered(versions: Sequence[Stated]) -> tuple[Stated, ...]:
    """The older first: by their dates, if all have one, else by the numbers of the versions."""
    dated = all(v.date for v in versions)

    def order(stated: Stated) -> tuple[str, int, str, str, str]:
        number = _NUMBER.search(identity_of(stated.code, "") if stated.code else stated.label)
        first = stated.date if dated else ""
        return first, int(number[1]) if number else 0, stated.date, stated.code, stated.name

    return tuple(sorted(versions, key=order))


def _joined(
    versions: Mapping[_Key, Stated], links: Mapping[frozenset[_Key], Evidence]
) -> Iterator[Series]:
    """The versions that are linked, directly or through others."""
    beside: dict[_Key, set[_Key]] = defaultdict(set)
    why: dict[_Key, Counter[Evidence]] = defaultdict(Counter)
    for pair, evidence in links.items():
        a, b = pair
        beside[a].add(b)
        beside[b].add(a)
        why[a][evidence] += 1
        why[b][evidence] += 1
    seen: set[_Key] = set()
    for start in versions:
        if start in seen:
            continue
        members, left = [], [start]
        seen.add(start)
        while left:
            key = left.pop()
            members.append(key)
            left += (new := beside[key] - seen)
            seen |= new
        yield Series(_ordered([_why(versions[k], why[k]) for k in members]))


def _why(stated: Stated, counted: Counter[Evidence]) -> Stated:
    """A version with the strongest reason why it belongs to its series: a person's first."""
    order = (Evidence.DECISION, Evidence.CODE, Evidence.REPLACEMENT, Evidence.TABLE)
    return replace(stated, evidence=next((e for e in order if counted[e]), None))
