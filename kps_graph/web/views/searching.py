"""The search: hits narrowed by what the address says, and suggestions while one types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from kps_graph.errors import BadParameter
from kps_graph.exports.site.frame import Frame
from kps_graph.exports.site.search import ORDERS, Facet, Found, Option, Result, search_page
from kps_graph.rules import catalogue
from kps_graph.search import KINDS, Hit, Place
from kps_graph.slices import CRITERIA, parse
from kps_graph.web.views.asked import Asked, Facts
from kps_graph.words import Language

__all__ = ["page", "sliced", "suggestions"]

_PAGE: Final = 25
#: What a search is narrowed by, as the address has it.
_KEYS: Final = (
    "kind",
    "level",
    "category",
    "occupation",
    "industry",
    "status",
    "updated",
    "finding",
)
#: More texts than these are not weighed against each other.
_MOST: Final = 400
_TABS: Final = (
    ("tab-all", ()),
    ("tab-competencies", ("K", "S", "A")),
    ("tab-tasks", ("task", "activity", "output", "indicator")),
    ("tab-occupations", ("standard",)),
)
_LETTERS: Final = {
    "standard": "W",
    "task": "T",
    "activity": "T",
    "output": "O",
    "indicator": "P",
    "note": "N",
}


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """What a search is narrowed to: by key, the values of the address."""

    kinds: frozenset[str]
    levels: frozenset[int]
    category: frozenset[str]
    occupation: frozenset[str]
    industry: frozenset[str]
    latest: bool
    years: tuple[int, int]
    rules: frozenset[str]

    @classmethod
    def of(cls, params: Iterable[tuple[str, str]]) -> _Narrowed:
        """What the parameters of an address say; several values stand apart or after commas."""
        given: dict[str, list[str]] = {}
        for key, value in params:
            given.setdefault(key, []).extend(v.strip() for v in value.split(",") if v.strip())
        return cls(
            frozenset(k for k in given.get("kind", ()) if k in KINDS),
            frozenset(n for v in given.get("level", ()) for n in _range(v, 1, 6)),
            frozenset(v.upper() for v in given.get("category", ())),
            frozenset(given.get("occupation", ())),
            frozenset(v.upper() for v in given.get("industry", ())),
            "latest" in given.get("status", ()),
            _years(given.get("updated", ())),
            frozenset(v.upper() for v in given.get("finding", ())),
        )

    def within(self, asked: Asked) -> Collection[str]:
        """The identities of the standards that are within."""
        if replace(self, kinds=_EVERY.kinds, levels=_EVERY.levels) == _EVERY:
            return asked.facts
        return {i for i, facts in asked.facts.items() if self._takes(facts)}

    def _takes(self, facts: Facts) -> bool:
        low, high = self.years
        return (
            _below(self.category, facts.category)
            and _below(self.occupation, facts.occupation)
            and _below(
                frozenset(v.lstrip("ABCDEFGHIJKLMNOPQRS") or v for v in self.industry),
                facts.industry,
            )
            and (facts.latest or not self.latest)
            and (not self.rules or bool(self.rules & facts.rules))
            and ((low, high) == (0, 9999) or (facts.year is not None and low <= facts.year <= high))
        )


def _below(wanted: frozenset[str], classes: Sequence[str]) -> bool:
    """Whether one of the classes is a wanted one, or below it."""
    return not wanted or any(c.startswith(w) for w in wanted for c in classes)


def _range(text: str, low: int, high: int) -> range:
    """``4``, ``4-5`` or ``4..5`` as numbers; none for anything else."""
    match = re.fullmatch(r"(\d)(?:(?:-|\.\.)(\d))?", text)
    if match is None:
        return range(0)
    return range(max(low, int(match[1])), min(high, int(match[2] or match[1])) + 1)


def _years(given: Sequence[str]) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})?(\.\.)?(\d{4})?", given[0]) if given else None
    if match is None:
        return 0, 9999
    first, dots, last = match.groups()
    if not dots:
        return (int(first), int(first)) if first and not last else (0, 9999)
    return int(first or 0), int(last or 9999)


#: What narrows nothing.
_EVERY: Final = _Narrowed.of(())


def page(asked: Asked, frame: Frame, typed: str, number: int = 1, similar: bool = True) -> str:
    """The page of a search.

    Args:
        asked: the store.
        frame: where the page stands; its parameters say what the search is narrowed to.
        typed: what is searched for; "" for the standards themselves.
        number: which part of the results is shown.
        similar: whether words that say the same count too.
    """
    narrowed = _Narrowed.of(frame.params)
    within = narrowed.within(asked)
    hits, also, near = _hits(asked, typed, similar)
    all_results = [r for hit in hits if (r := _kept(hit, within, narrowed, kinds=False))]
    results = [r for r in all_results if not narrowed.kinds or r[0].kind in narrowed.kinds]
    order = next((v for k, v in frame.params if k == "sort" and v in ORDERS), ORDERS[0])
    results = _sorted(asked, results, order)
    pages = max(1, -(-len(results) // _PAGE))
    number = min(max(1, number), pages)
    part = results[(number - 1) * _PAGE : number * _PAGE]
    said = _competencies(asked, part)
    standards = {p.standard for _, places in results for p in places}
    found = Found(
        typed,
        [Result(hit, places, said.get(places[0].node, "")) for hit, places in part],
        len(results),
        bool(typed) and len(hits) >= _MOST,
        len(standards),
        also,
        near,
        [
            (
                name,
                kinds,
                sum(1 for hit, _ in all_results if not kinds or hit.kind in kinds),
                narrowed.kinds == frozenset(kinds),
            )
            for name, kinds in _TABS
        ],
        _facets(asked, frame, results, all_results, narrowed),
        list(_chosen(asked, frame)),
        list(_hidden(asked, frame, hits)) if not results else [],
        number,
        pages,
        _slice(frame.params),
        order,
    )
    return search_page(frame, found)


def sliced(params: Iterable[tuple[str, str]]) -> str:
    """What an address narrows standards to, as a slice; "" if it does not.

    Raises:
        BadParameter: if that is none.
    """
    given = [f"{k}={','.join(v)}" for k, v in _values(params).items() if k in CRITERIA and v]
    return str(parse(" ".join(given))) if given else ""


def _slice(params: Iterable[tuple[str, str]]) -> str:
    """What a search is narrowed to as a slice; kinds and findings narrow hits, not standards."""
    try:
        return sliced(params)
    except BadParameter:  # what no slice can say narrows nothing here either
        return ""


def _sorted(
    asked: Asked, results: list[tuple[Hit, list[Place]]], order: str
) -> list[tuple[Hit, list[Place]]]:
    """Results in the order of what their first standard states; else the best first."""
    key: Callable[[Facts, Hit], Any] | None = {
        "name": lambda facts, hit: (facts.name, facts.code),
        "level": lambda facts, hit: (facts.level or 9, facts.code),
        "updated": lambda facts, hit: (-(facts.year or 0), facts.code),
        "places": lambda facts, hit: -len(hit.places),
    }.get(order)
    if key is None:
        return results
    return sorted(results, key=lambda r: key(asked.facts[r[1][0].standard], r[0]))


def _hits(asked: Asked, typed: str, similar: bool) -> tuple[list[Hit], list[str], bool]:
    """The hits, the words that were tried besides, and whether nothing has them all."""
    if not typed.strip():
        return [_itself(f, asked) for f in asked.facts.values()], [], False
    found = asked.graph.search(typed, limit=_MOST, similar=similar)
    given = set(typed.split())
    texts = " ".join(h.text for h in found)
    also = [w for w in found.words if w not in given and w in texts] if similar else []
    return list(found), also[:5], found.near


def _itself(facts: Facts, asked: Asked) -> Hit:
    """A standard as a hit, where nothing is searched for."""
    node = asked.graph.base + facts.identity
    place = Place(node, facts.code, (), facts.level, facts.identity, facts.name)
    return Hit("standard", facts.name or facts.identity, (), 0.0, (place,))


def _kept(
    hit: Hit, within: Collection[str], narrowed: _Narrowed, kinds: bool
) -> tuple[Hit, list[Place]] | None:
    """A hit with those of its places that are within; None if none is."""
    if kinds and narrowed.kinds and hit.kind not in narrowed.kinds:
        return None
    places = [
        p
        for p in hit.places
        if p.standard in within and (not narrowed.levels or p.level in narrowed.levels)
    ]
    return (hit, places) if places else None


def _competencies(asked: Asked, part: Sequence[tuple[Hit, list[Place]]]) -> dict[str, str]:
    """The local names of the competencies that K, S and A say, by the IRI of their first place."""
    nodes = [places[0].node for hit, places in part if hit.kind in ("K", "S", "A")]
    if not nodes:
        return {}
    listed = " ".join(f"<{n}>" for n in nodes)
    return {
        row["e"]: row["r"].removeprefix(asked.graph.base)
        for row in asked.rows(
            f"SELECT ?e ?r WHERE {{ VALUES ?e {{ {listed} }} ?e kps:expresses/kps:representative ?r }}"
        )
        if asked.knows(row["r"])
    }


def _facets(
    asked: Asked,
    frame: Frame,
    results: Sequence[tuple[Hit, list[Place]]],
    everything: Sequence[tuple[Hit, list[Place]]],
    narrowed: _Narrowed,
) -> list[Facet]:
    """What the results can be narrowed by, each value with the number of results that have it."""
    kinds = Counter(hit.kind for hit, _ in everything)
    counted: dict[str, Counter[str]] = {
        k: Counter() for k in ("level", "category", "occupation", "industry", "status", "finding")
    }
    for (key, value), count in _met(asked, results).items():
        counted[key][value] = count
    chosen = _values(frame.params)
    made = [
        Facet(
            "kind",
            [
                Option(k, frame.word(f"facet-kind-{k}"), kinds[k], k in narrowed.kinds)
                for k in KINDS
                if kinds[k] or k in narrowed.kinds
            ],
        )
    ]
    for key, counts in counted.items():
        for value in chosen.get(key, ()):
            counts.setdefault(value, 0)
        order = sorted(counts, key=lambda v: (key != "level" and -counts[v], v))
        made.append(
            Facet(
                key,
                [
                    Option(v, _called(asked, frame, key, v), counts[v], v in chosen.get(key, ()))
                    for v in order
                ],
            )
        )
    return made


def _met(asked: Asked, results: Sequence[tuple[Hit, Sequence[Place]]]) -> Counter[tuple[str, str]]:
    """How many results have each value of a facet, a result once for each."""
    narrowing, each, alone = asked.narrowing, list[tuple[str, str]](), Counter[str]()
    for _, places in results:
        each += [("level", str(n)) for n in {p.level for p in places} if n is not None]
        standards = {p.standard for p in places}
        if len(standards) == 1:  # as most do: they are counted together
            alone.update(standards)
        else:
            each += set[tuple[str, str]]().union(*map(narrowing.__getitem__, standards))
    met = Counter(each)
    for standard, count in alone.items():
        met.update(dict.fromkeys(narrowing[standard], count))
    return met


def _values(params: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in params:
        found.setdefault(key, []).extend(v for v in value.split(",") if v)
    return found


def _chosen(asked: Asked, frame: Frame) -> Iterable[tuple[str, str, str]]:
    """What the search is narrowed to: key, value as the address has it, and what it is called."""
    for key, value in frame.params:
        if key in _KEYS and value:
            yield key, value, _called(asked, frame, key, value)


def _called(asked: Asked, frame: Frame, key: str, value: str) -> str:
    """What a value that a search is narrowed to is called."""
    if key == "kind":
        return frame.word(f"facet-kind-{value}") if value in KINDS else value
    if key == "level":
        return f"{frame.word('level-word')} {value}"
    if key in ("category", "occupation", "industry"):
        return f"{value} {asked.classes(key, frame.lang).get(value, '')}".strip()
    if key == "finding":
        return f"{value} {_titles(frame.lang).get(value, '')}".strip()
    return frame.word("only-latest") if key == "status" else value


@cache
def _titles(lang: Language) -> Mapping[str, str]:
    """What the rules are called, by number."""
    return {r.number: r.title[lang] for r in catalogue.rules()}


def _hidden(asked: Asked, frame: Frame, hits: Sequence[Hit]) -> Iterable[tuple[str, str, str, int]]:
    """The filters without which there would be results."""
    for key, value, label in _chosen(asked, frame):
        left = _Narrowed.of([p for p in frame.params if p != (key, value)])
        within = left.within(asked)
        count = sum(1 for hit in hits if _kept(hit, within, left, kinds=True))
        if count:
            yield key, value, label, count


def suggestions(
    asked: Asked, frame: Frame, typed: str, kind: str | None = None, most: int = 8
) -> list[dict[str, Any]]:
    """What may be meant by what is typed: kind, text, where it stands, and its address."""
    if not typed.strip():
        return []
    hits = list(asked.graph.search(typed, limit=most, kind=kind))
    said = _competencies(asked, [(h, list(h.places)) for h in hits])
    made = []
    for hit in hits:
        first = hit.places[0]
        competency = said.get(first.node, "")
        code = first.code.split("•")[0]
        base = f"/id/{first.standard}"
        made.append(
            {
                "letter": _LETTERS.get(hit.kind, hit.kind),
                "kind": frame.word(f"kind-{_LETTERS.get(hit.kind, hit.kind)}"),
                "text": hit.text[:120],
                "marks": [m for m in hit.marks if m[1] <= 120],
                "where": _where(frame, hit, first),
                "code": first.standard,
                "href": frame.href(f"/id/{competency}")
                if competency
                else frame.href(base)
                if hit.kind == "standard"
                else frame.href(base, code),
            }
        )
    return made


def _where(frame: Frame, hit: Hit, first: Place) -> str:
    """Where a hit stands, in one line."""
    users = len({p.standard for p in hit.places})
    if hit.kind == "standard":
        level = "" if first.level is None else f"・{frame.word('level-word')} {first.level}"
        return f"{first.code or first.standard}{level}"
    place = f"{first.occupation} {first.code}".strip()
    return f"{frame.word('n-occupations', n=users)}・{place}" if users > 1 else place
