"""What each standard of a store states that a slice can ask for, read once and kept beside the data."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from kps_graph.errors import StoreDamaged, StoreError
from kps_graph.store import STANDARDS, Beside, Store
from kps_graph.terms import code_of, code_series, dcterms, kps, prov, skos

__all__ = ["SCHEMES", "Described", "described"]

#: The schemes of which standards state classes, and the property that does.
SCHEMES: Final = {
    "category": kps.jobCategory,
    "occupation": kps.occupation,
    "industry": kps.industry,
}
_HISTORIC: Final = re.compile("歷史")
_LATEST: Final = re.compile("最新")


@dataclass(frozen=True, slots=True)
class Described:
    """A standard, as slices see it.

    Attributes:
        identity: its local name.
        code: that it states; "" for a draft.
        name: its name.
        level: its base level; None if it states none.
        category, occupation, industry: codes of the classes that it states, and of those above them.
        updated: the date of its version, ``2024-12-15``; "" if it states none.
        source: the name of its document.
        latest: whether it is a version of today: no historic document, and none that a newer one
            in the store replaces.
    """

    identity: str
    code: str
    name: str
    level: int | None
    category: tuple[str, ...]
    occupation: tuple[str, ...]
    industry: tuple[str, ...]
    updated: str
    source: str
    latest: bool


def described(store: Store, base: str, beside: Beside) -> tuple[Described, ...]:
    """Every standard of ``store``, by identity: from beside the data if it is there; else read."""
    with suppress(StoreDamaged):  # it is read again, and kept in place of what is damaged
        if (lines := beside.read(STANDARDS)) is not None:
            return tuple(_described(line) for line in lines.splitlines())
    found = tuple(_read(store, base))
    with suppress(StoreError):
        lines = "".join(f"{json.dumps(asdict(d), ensure_ascii=False)}\n" for d in found).encode()
        beside.write(STANDARDS, lines)
    return found


def _described(line: bytes) -> Described:
    data: dict[str, Any] = json.loads(line)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Described(**values)


def _read(store: Store, base: str) -> Iterable[Described]:
    """Each property is asked for alone, which engines answer fastest."""

    def pairs(predicate: str) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for s, o in store.texts(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
            found[s].append(o)
        return found

    def first(values: Mapping[str, Sequence[str]], node: str) -> str:
        return min(values.get(node, ("",)))

    above = pairs(skos.broader)
    classes = {scheme: pairs(predicate) for scheme, predicate in SCHEMES.items()}
    levels, dates, statuses = pairs(kps.baseLevel), pairs(dcterms.issued), pairs(kps.status)
    sources, titles, replaced = (
        pairs(prov.wasDerivedFrom),
        pairs(dcterms.title),
        pairs(dcterms.isReplacedBy),
    )
    entries, versions = pairs(kps.hasVersionEntry), pairs(kps.ofVersion)
    named = {
        s: (name, code)
        for s, name, code in store.texts(
            f"SELECT ?s ?name ?code WHERE {{ ?s a <{kps.Standard}> "
            f"OPTIONAL {{ ?s <{skos.prefLabel}> ?name }} "
            f"OPTIONAL {{ ?s <{skos.notation}> ?code }} }} ORDER BY ?s"
        )
    }
    entitled = f"SELECT ?e ?name WHERE {{ ?e a <{kps.VersionEntry}> ; <{skos.prefLabel}> ?name }}"
    titled = {row[0]: row[1] for row in store.texts(entitled)}
    found = []
    for s, (name, code) in named.items():
        source = first(titles, first(sources, s))
        listed = entries.get(s, ())
        mine = [e for e in listed if s in versions.get(e, ())] or (
            list(listed) if len(listed) == 1 else []
        )
        says = [x for node in (s, *(mine or listed)) for x in statuses.get(node, ())]
        called = [name, source, *(titled.get(e, "") for e in mine)]
        level = first(levels, s)
        found.append(
            Described(
                s.removeprefix(base),
                code,
                name or s.removeprefix(base),
                int(level) if level.isdigit() else None,
                _codes(classes["category"].get(s, ()), above),
                _codes(classes["occupation"].get(s, ()), above),
                _codes(classes["industry"].get(s, ()), above),
                max((d for e in mine for d in dates.get(e, ())), default=""),
                source,
                not _historic(says, called)
                and not any(newer in named for newer in replaced.get(s, ())),
            )
        )
    return _latest(found)


def _codes(concepts: Iterable[str], above: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The codes of ``concepts`` and of all above them."""
    found: dict[str, None] = {}
    waiting = sorted(concepts)
    while waiting:
        concept = waiting.pop()
        if code_of(concept) not in found:
            found[code_of(concept)] = None
            waiting += above.get(concept, ())
    return tuple(sorted(found))


def _historic(says: Iterable[str], called: Iterable[str]) -> bool:
    """Whether a document says that it is of the past: by its status, or as 《歷史資料》."""
    stated = list(says)
    past = any(map(_HISTORIC.search, stated)) and not any(map(_LATEST.search, stated))
    return past or any("《歷史資料》" in name for name in called)


def _latest(found: Sequence[Described]) -> Iterable[Described]:
    """``found``, of each occupation only the newest version as the latest.

    The base of a code is not unique: documents of one base are versions of one occupation if they
    have one name, or if the lower version is also the older one. Of others both are kept.
    """
    series: dict[str, list[Described]] = defaultdict(list)
    for standard in found:
        if standard.code:
            series[code_series(standard.code)].append(standard)

    def newer(one: Described, other: Described) -> bool:
        if not other.latest or _version(other.code) <= _version(one.code):
            return False
        dated = bool(one.updated) and one.updated < other.updated
        return one.name == other.name or dated

    for one in found:
        members = series.get(code_series(one.code), ()) if one.code else ()
        past = one.latest and any(newer(one, other) for other in members)
        yield replace(one, latest=False) if past else one


def _version(code: str) -> int:
    match = re.search(r"v(\d+)$", code)
    return int(match[1]) if match else 1
