"""Who uses what in a store, read once and kept beside its data: what questions start from.

A generation of a store never changes, so what is derived from it is never stale: the first
question writes ``usage.json`` into it, every later one reads that and leaves the database alone.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from kps_graph.networks.usage import Competency, Occupation, Usage, Use
from kps_graph.store import Store
from kps_graph.terms import dcterms, kps, skos

__all__ = ["INCLUDE", "Include", "Projection", "kept", "project", "usage"]

#: What counts as one competency: the same text, texts that say the same, or related ones too.
Include: TypeAlias = Literal["identical", "same", "related"]
INCLUDE: Final[tuple[Include, ...]] = ("identical", "same", "related")

_VERSION: Final = 1
_FILE: Final = "usage.json"


@dataclass(frozen=True, slots=True)
class Projection:
    """Who uses what, with the alignment, in numbers: positions in ``occupations`` and ``texts``.

    Attributes:
        occupations: id, name, level, categories, and whether a newer version is in the store.
        concepts: IRIs of the competencies, each of one text.
        texts: their preferred labels.
        uses: for each occupation the competencies that it uses.
        representative: for each competency that which stands for it.
        related: pairs of representatives.
    """

    occupations: Sequence[tuple[str, str, int | None, Sequence[str], bool]]
    concepts: Sequence[str]
    texts: Sequence[str]
    uses: Sequence[Sequence[int]]
    representative: Sequence[int]
    related: Sequence[tuple[int, int]]


def kept(store: Store, base: str, folder: Path | None) -> Projection:
    """The projection of ``store``: from ``folder``, its generation, if it is there; else read.

    What cannot be kept (a store on a read-only disk) is read again each time.
    """
    if folder is None:
        return project(store, base)
    path = folder / _FILE
    try:
        data = json.loads(path.read_text("utf-8"))
        if data.pop("version") == _VERSION:
            return Projection(**data)
    except (OSError, ValueError, LookupError, TypeError):
        pass
    made = project(store, base)
    _keep(path, made)
    return made


def _keep(path: Path, made: Projection) -> None:
    """Writes ``made`` in one step: a reader finds all of it or nothing."""
    data = {"version": _VERSION, **{name: getattr(made, name) for name in made.__slots__}}
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    except OSError:
        return
    try:
        os.close(handle)
        Path(name).write_text(
            json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)


def project(store: Store, base: str) -> Projection:
    """Reads who uses what, and what says the same, from ``store``."""
    categories: dict[str, list[str]] = {}
    for s, c in _pairs(store, f"?a <{kps.jobCategory}> ?b"):
        categories.setdefault(s, []).append(c.rsplit("/", 1)[-1])
    replaced = {s for s, _ in _pairs(
        store, f"?a <{dcterms.isReplacedBy}> ?b . ?b a <{kps.Standard}>")}
    texts = dict(sorted(_pairs(store, f"?a a <{kps.Competency}> ; <{skos.prefLabel}> ?b")))
    place = {iri: n for n, iri in enumerate(texts)}
    uses: dict[str, list[int]] = {}
    for s, c in _pairs(store, f"?a <{kps.uses}> ?b"):
        if c in place:
            uses.setdefault(s, []).append(place[c])
    stands = dict(_pairs(store, f"?a <{kps.representative}> ?b"))
    related = sorted({(min(place[a], place[b]), max(place[a], place[b]))
                      for a, b in _pairs(store, f"?a <{kps.relatedTo}> ?b")
                      if a in place and b in place})
    rows = store.select(
        f"SELECT ?s ?name ?level WHERE {{ ?s a <{kps.Standard}> ; <{skos.prefLabel}> ?name "
        f"OPTIONAL {{ ?s <{kps.baseLevel}> ?level }} }} ORDER BY ?s")
    occupations = []
    for row in rows:
        s, level = str(row["s"]), row["level"]
        occupations.append((
            s.removeprefix(base), str(row["name"]), level if isinstance(level, int) else None,
            tuple(sorted(categories.get(s, ()))), s in replaced))
    return Projection(
        occupations, list(texts), list(texts.values()),
        [sorted(uses.get(base + o[0], ())) for o in occupations],
        [place.get(stands.get(iri, iri), n) for n, iri in enumerate(texts)],
        related)


def _pairs(store: Store, pattern: str) -> list[tuple[str, str]]:
    rows = store.select(f"SELECT ?a ?b WHERE {{ {pattern} }}").terms
    return [(a.value, b.value) for a, b in rows if a and b]


def usage(made: Projection, include: Include = "same", also: Sequence[str] = ()) -> Usage:
    """Who uses what, of the standards that no newer version in the store replaces.

    Args:
        made: the projection.
        include: what counts as one competency.
        also: ids of occupations that are looked at even if they are replaced.
    """
    stands = list(range(len(made.concepts))) if include == "identical" else made.representative
    wanted = [n for n, o in enumerate(made.occupations) if not o[4] or o[0] in also]
    used: dict[int, None] = {}
    uses = []
    for n in wanted:
        forms: dict[int, tuple[str, ...]] = {}
        for c in made.uses[n]:
            forms[stands[c]] = (*forms.get(stands[c], ()), made.texts[c])
        used.update(dict.fromkeys(forms))
        occupation = made.occupations[n][0]
        uses += [Use(occupation, made.concepts[c], forms=() if said == (made.texts[c],) else said)
                 for c, said in forms.items()]
    competencies = tuple(
        Competency(made.concepts[c], made.texts[c], made.concepts[c].rsplit("/", 1)[-1][:1])
        for c in sorted(used))
    occupations = tuple(Occupation(o[0], o[1], o[2], tuple(o[3]))
                        for o in (made.occupations[n] for n in wanted))
    beside = _beside(made, used) if include == "related" else {}
    return Usage(occupations, competencies, tuple(uses), beside)


def _beside(made: Projection, used: Mapping[int, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for a, b in made.related:
        if a in used and b in used:
            one, other = made.concepts[a], made.concepts[b]
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return {c: tuple(sorted(others)) for c, others in found.items()}
