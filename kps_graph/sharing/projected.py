"""Who uses what in a store, read once and kept beside its data: what questions start from.

A build that compares names writes it, after a small change the first question does; every other
one reads it and leaves the database alone. Each line of it is one part of the projection, and only
the parts that a question needs are read.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import suppress
from itertools import chain
from typing import Any, Final, Literal, TypeAlias

from kps_graph.errors import StoreDamaged, StoreError
from kps_graph.sharing.overlap import Incidence, runs
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use
from kps_graph.store import USAGE, Beside, Store
from kps_graph.terms import kps, skos

__all__ = ["Include", "Projection", "cells", "joined", "kept", "project", "usage"]

#: What counts as one competency: the same text, texts that say the same, or related ones too.
Include: TypeAlias = Literal["identical", "same", "related"]

_PARTS: Final = ("occupations", "concepts", "texts", "uses", "representative", "related")


class Projection:
    """Who uses what, with the alignment, in numbers: positions in ``occupations`` and ``texts``.

    Made of the parts as values, or as the JSON of each, which is read when it is first asked for.
    """

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = dict(parts)

    def _part(self, name: str) -> Any:
        value = self._parts[name]
        if isinstance(value, bytes):
            value = self._parts[name] = json.loads(value)
        return value

    @property
    def occupations(self) -> Sequence[tuple[str, str, int | None, Sequence[str]]]:
        """Id, name, level and categories."""
        return self._part("occupations")  # type: ignore[no-any-return]

    @property
    def concepts(self) -> Sequence[str]:
        """IRIs of the competencies, each of one text."""
        return self._part("concepts")  # type: ignore[no-any-return]

    @property
    def texts(self) -> Sequence[str]:
        """Their preferred labels."""
        return self._part("texts")  # type: ignore[no-any-return]

    @property
    def uses(self) -> Sequence[Sequence[int]]:
        """For each occupation the competencies that it uses."""
        return self._part("uses")  # type: ignore[no-any-return]

    @property
    def representative(self) -> Sequence[int]:
        """For each competency that which stands for it."""
        return self._part("representative")  # type: ignore[no-any-return]

    @property
    def related(self) -> Sequence[tuple[int, int]]:
        """Pairs of representatives."""
        return self._part("related")  # type: ignore[no-any-return]

    def to_lines(self) -> bytes:
        """As :func:`kept` keeps it: each part as a line of JSON."""
        return "".join(
            f"{json.dumps(self._part(name), ensure_ascii=False, separators=(',', ':'))}\n"
            for name in _PARTS
        ).encode()


def kept(store: Store, base: str, beside: Beside) -> Projection:
    """The projection of ``store``: from beside its data, if it is there and sound; else read.

    What cannot be kept (beside a store on a read-only disk) is read again each time.
    """
    with suppress(StoreDamaged):  # it is read again, and kept in place of what is damaged
        lines = beside.read(USAGE)
        if lines is not None:
            return Projection(dict(zip(_PARTS, lines.splitlines(), strict=True)))
    projection = project(store, base)
    with suppress(StoreError):
        beside.write(USAGE, projection.to_lines())
    return projection


def project(store: Store, base: str) -> Projection:
    """Reads who uses what, and what says the same, from ``store``."""
    categories: dict[str, list[str]] = {}
    for s, c in _pairs(store, f"?a <{kps.jobCategory}> ?b"):
        categories.setdefault(s, []).append(c.rsplit("/", 1)[-1])
    texts = dict(sorted(_pairs(store, f"?a a <{kps.Competency}> ; <{skos.prefLabel}> ?b")))
    place = {iri: n for n, iri in enumerate(texts)}
    uses: dict[str, list[int]] = {}
    for s, c in _pairs(store, f"?a <{kps.uses}> ?b"):
        if c in place:
            uses.setdefault(s, []).append(place[c])
    stands = dict(_pairs(store, f"?a <{kps.representative}> ?b"))
    related = sorted(
        {
            (min(place[a], place[b]), max(place[a], place[b]))
            for a, b in _pairs(store, f"?a <{kps.relatedTo}> ?b")
            if a in place and b in place
        }
    )
    rows = store.select(
        f"SELECT ?s ?name ?level WHERE {{ ?s a <{kps.Standard}> "
        f"OPTIONAL {{ ?s <{skos.prefLabel}> ?name }} "
        f"OPTIONAL {{ ?s <{kps.baseLevel}> ?level }} }} ORDER BY ?s"
    )
    occupations = []
    for row in rows:
        s, level = str(row["s"]), row["level"]
        occupations.append(
            (
                s.removeprefix(base),
                str(row["name"] or s.removeprefix(base)),
                level if isinstance(level, int) else None,
                tuple(sorted(categories.get(s, ()))),
            )
        )
    return Projection(
        {
            "occupations": occupations,
            "concepts": list(texts),
            "texts": list(texts.values()),
            "uses": [sorted(uses.get(base + o[0], ())) for o in occupations],
            "representative": [place.get(stands.get(iri, iri), n) for n, iri in enumerate(texts)],
            "related": related,
        }
    )


def _pairs(store: Store, pattern: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in store.texts(f"SELECT ?a ?b WHERE {{ {pattern} }}")]


def usage(
    projection: Projection, include: Include = "same", within: Collection[str] | None = None
) -> Usage:
    """Who uses what.

    Args:
        projection: who uses what, in numbers.
        include: what counts as one competency.
        within: ids of the only occupations that are looked at; None for all.
    """
    wanted = _wanted(projection, within)
    uses: list[Use] = []
    used: set[int] = set()
    for n in wanted:
        own = _uses(projection, include, n)
        used.update(own)
        uses += own.values()
    occupations = tuple(_occupation(projection, n) for n in wanted)
    beside = _beside(projection, used) if include == "related" else {}
    return Usage(occupations, _competencies(projection, used), tuple(uses), beside)


def joined(
    projection: Projection, usage: Usage, include: Include, others: Collection[str]
) -> Usage:
    """``usage``, as :func:`usage` has made it, with some occupations more, as if made with them.

    Args:
        projection: who uses what, in numbers.
        usage: without these occupations.
        include: what counts as one competency; not ``related``.
        others: ids of occupations that the projection has.
    """
    for n in _wanted(projection, others):
        own = _uses(projection, include, n)
        used = _competencies(projection, own.keys())
        usage = usage.joined(_occupation(projection, n), used, own.values())
    return usage


def _uses(projection: Projection, include: Include, n: int) -> dict[int, Use]:
    """What an occupation uses, given by its position, by the positions of the competencies."""
    concepts, texts = projection.concepts, projection.texts
    stands = range(len(concepts)) if include == "identical" else projection.representative
    occupation = projection.occupations[n][0]
    forms: dict[int, tuple[str, ...]] = {}
    for c in projection.uses[n]:
        forms[stands[c]] = (*forms.get(stands[c], ()), texts[c])
    return {
        c: Use(occupation, concepts[c], forms=() if said == (texts[c],) else said)
        for c, said in forms.items()
    }


def _competencies(projection: Projection, used: Set[int]) -> tuple[Competency, ...]:
    concepts, texts = projection.concepts, projection.texts
    return tuple(Competency(concepts[c], texts[c], _kind(concepts[c])) for c in sorted(used))


def _occupation(projection: Projection, n: int) -> Occupation:
    identity, name, level, categories = projection.occupations[n]
    return Occupation(identity, name, level, tuple(categories))


def _kind(concept: str) -> str:
    """The letter before the digest of a competency's IRI."""
    return concept[concept.rfind("/") + 1]


def _beside(projection: Projection, used: Set[int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for a, b in projection.related:
        if a in used and b in used:
            one, other = projection.concepts[a], projection.concepts[b]
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return {c: tuple(sorted(others)) for c, others in found.items()}


def _wanted(projection: Projection, within: Collection[str] | None) -> list[int]:
    """The positions of the occupations that are looked at."""
    listed = enumerate(projection.occupations)
    return [n for n, o in listed if within is None or o[0] in within]


def cells(
    projection: Projection,
    include: Include = "same",
    kind: str = "any",
    within: Collection[str] | None = None,
) -> Incidence:
    """Who uses what as an incidence, of the same occupations as :func:`usage`.

    ``kind`` is ``K``, ``S`` or ``A``, or ``any``. The numbers of things are those of ``projection``.
    """
    import numpy as np

    wanted = _wanted(projection, within)
    sizes = [len(projection.uses[n]) for n in wanted]
    rows = np.repeat(np.arange(len(wanted)), sizes)
    columns = np.fromiter(
        chain.from_iterable(projection.uses[n] for n in wanted), np.int64, sum(sizes)
    )
    if include != "identical":
        columns = np.asarray(projection.representative, np.int64)[columns]
    if include == "related":
        rows, columns = _reached(projection, rows, columns)
    if kind != "any":
        kinds = np.array([_kind(iri) for iri in projection.concepts])
        rows, columns = (a[kinds[columns] == kind] for a in (rows, columns))
    found = rows << 32 | columns
    if include != "identical":  # whose cells are in order, and each there once
        found.sort()
        found = found[np.flatnonzero(np.diff(found, prepend=-1))]
    return Incidence(
        tuple(projection.occupations[n][0] for n in wanted),
        len(projection.representative),
        array("q", (found >> 32).tobytes()),
        array("q", (found & 0xFFFFFFFF).tobytes()),
    )


def _reached(projection: Projection, rows: Any, columns: Any) -> tuple[Any, Any]:
    """The cells with those that are reached by a related one; some stand there twice."""
    import numpy as np

    used = np.zeros(len(projection.concepts), bool)
    used[columns] = True
    one, other = np.asarray(projection.related, np.int64).reshape(-1, 2).T
    one, other = (end[used[one] & used[other]] for end in (one, other))
    one, other = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(columns, kind="stable")
    starts, ends = (np.searchsorted(columns[order], one, side) for side in ("left", "right"))
    users = rows[order][runs(starts, ends - starts)]
    return (
        np.concatenate([rows, users]),
        np.concatenate([columns, np.repeat(other, ends - starts)]),
    )
