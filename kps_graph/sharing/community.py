"""Communities, what tells them apart, what bridges them, and who is central."""

from __future__ import annotations

import heapq
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

from kps_graph.sharing.overlap import Incidence, Overlaps, incidence, overlaps
from kps_graph.sharing.tabular import Answers, heads, named, some
from kps_graph.sharing.usage import Competency, Usage
from kps_graph.store.rows import Rows
from kps_graph.terms import stated_code
from kps_graph.words import Few

__all__ = [
    "Bridge",
    "Community",
    "Side",
    "backbone",
    "bridges",
    "centrality",
    "communities",
    "member_rows",
    "partition",
    "ties",
]

#: Which end of the uses is asked about.
Side: TypeAlias = Literal["occupation", "competency"]

#: How many of its nearest each node keeps in the backbone, unless told otherwise.
NEAREST: Final = 6
#: What more than this part of all occupations use, and more than FEW of them, is common.
COMMON: Final = 0.1
FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Community:
    """Occupations (or competencies) that share more with one another than with others.

    Attributes:
        number: 1 for the largest.
        name: its most central member, and the next that is named differently.
        members: ids, the most central first.
        telling: ids from the other side (competencies of a community of occupations) that are
            used much more inside than outside, the most telling first.
    """

    number: int
    name: str
    members: tuple[str, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A competency that ties communities of occupations together.

    Attributes:
        competency: which.
        participation: how evenly its users are spread over communities: 0 all in one, near 1
            in many (Guimerà and Amaral's participation coefficient).
        score: the rarity-weighted ties between communities that would be lost without it.
        users: how many users it has in each community, by number.
    """

    competency: Competency
    participation: float
    score: float
    users: Mapping[int, int]


def backbone(pairs: Overlaps, nearest: int = NEAREST) -> Overlaps:
    """The pairs of which one is among the ``nearest`` of the other.

    A projection in which everyone shares something with everyone has no visible structure; what
    each shares with its nearest shows it.
    """
    import numpy as np

    weight = np.asarray(pairs.weight)
    heaviest = np.argsort(-weight, kind="stable")
    ends = np.column_stack([np.asarray(pairs.left)[heaviest], np.asarray(pairs.right)[heaviest]])
    # each end in turn, its heaviest pairs first; small numbers are sorted faster
    ends = ends.ravel().astype(np.min_scalar_type(len(pairs.names)))
    order = np.argsort(ends, kind="stable")
    ends = ends[order]
    starts = np.searchsorted(ends, np.arange(len(pairs.names), dtype=ends.dtype))
    rank = np.arange(len(order)) - starts[ends]
    kept = np.unique(heaviest[order[rank < nearest] >> 1])
    left, right, shared = (
        np.asarray(a)[kept].tobytes() for a in (pairs.left, pairs.right, pairs.shared)
    )
    return Overlaps(
        pairs.names,
        array("q", left),
        array("q", right),
        array("q", shared),
        array("d", weight[kept].tobytes()),
    )


def partition(pairs: Overlaps, seed: int = 0) -> list[list[str]]:
    """Louvain's communities of two or more, the largest first, members in the order of names.

    Args:
        pairs: the weighted graph.
        seed: of the random numbers; the same seed gives the same communities.
    """
    import networkx as nx  # it takes longer to import than most questions to answer

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(pairs.names)))
    graph.add_weighted_edges_from(zip(pairs.left, pairs.right, pairs.weight, strict=True))
    found = [
        [pairs.names[node] for node in sorted(group)]
        for group in nx.community.louvain_communities(graph, seed=seed)
        if len(group) > 1
    ]
    return sorted(found, key=lambda group: (-len(group), group[0]))


def communities(
    usage: Usage, of: Side = "occupation", nearest: int = NEAREST, seed: int = 0
) -> Answers[Community]:
    """Communities of occupations, or of the competencies that two or more occupations use.

    Louvain on the backbone of :func:`ties`. What shares nothing but the common with anything is in
    no community. Members are ordered by how alike they are to all others of their community.

    Args:
        usage: who uses what.
        of: which end is grouped.
        nearest: how many neighbours each keeps in the backbone.
        seed: of the random numbers.
    """
    links = ties(usage, of)
    groups = partition(backbone(links, nearest), seed)
    strength = _inner_strength(links, groups)
    names = {o.id: o.name for o in usage.occupations} | {c.id: c.name for c in usage.competencies}
    found = []
    for number, group in enumerate(groups, 1):
        members = tuple(sorted(group, key=lambda m: (-strength[m], m)))
        found.append(
            Community(
                number, _name([names[m] for m in members]), members, _telling(usage, of, members)
            )
        )
    return Answers(found, partial(_community_rows, usage))


def ties(usage: Usage, of: Side = "occupation") -> Overlaps:
    """How alike occupations (or competencies) are by what is not common to all.

    What more than a tenth of the occupations use ties everything with everything, and is left
    out: what is left follows the official categories (職類別) more closely. Two occupations need
    one competency in common, two competencies two occupations. Every occupation that uses
    anything is among the names.
    """
    limit = _most(usage)
    if of == "competency":
        return overlaps(
            (
                (u.competency, u.occupation)
                for u in usage.uses
                if 1 < len(usage.by(u.competency)) <= limit
            ),
            2,
        )
    cells = incidence((o, c) for o, c in usage.pairs() if len(usage.by(c)) <= limit)
    named = frozenset(cells.names)
    return overlaps(
        Incidence(
            (
                *cells.names,
                *(o.id for o in usage.occupations if o.id not in named and usage.of(o.id)),
            ),
            cells.things,
            cells.rows,
            cells.columns,
        )
    )


def _most(usage: Usage, part: float = COMMON) -> float:
    """How many occupations use a competency at most that is not common."""
    return max(FEW, part * len(usage.occupations))


def _inner_strength(links: Overlaps, groups: Sequence[Sequence[str]]) -> dict[str, float]:
    """How alike each member is to all others of its group, summed."""
    import numpy as np

    home = {member: number for number, group in enumerate(groups) for member in group}
    group = np.array([home.get(name, -1) for name in links.names], dtype=np.int64)
    left, right = np.asarray(links.left), np.asarray(links.right)
    inside = (group[left] == group[right]) & (group[left] >= 0)
    size, weight = len(links.names), np.asarray(links.weight)[inside]
    sums = np.bincount(left[inside], weight, size) + np.bincount(right[inside], weight, size)
    return dict(zip(links.names, sums.round(9).tolist(), strict=True))


def _name(names: Sequence[str]) -> str:
    """The first member, and the next one whose name begins and goes on differently."""
    from difflib import SequenceMatcher

    first = names[0]
    other = next(
        (
            n
            for n in names[1:]
            if n[:2] != first[:2] and SequenceMatcher(None, first, n, autojunk=False).ratio() < 0.6
        ),
        None,
    )
    return f"{first} · {other}" if other else first


def _telling(usage: Usage, of: Side, members: Sequence[str], n: int = 5) -> tuple[str, ...]:
    """What the members use (or who uses them) most beyond the expected, by information gain."""
    look = usage.of if of == "occupation" else usage.by
    back = usage.by if of == "occupation" else usage.of
    everyone = len(usage.occupations if of == "occupation" else usage.competencies)
    inside = Counter(other for member in members for other in look(member))
    size, rest = len(members), everyone - len(members)

    def score(other: str) -> float:
        here = inside[other] / size
        there = (len(back(other)) - inside[other] + 1) / (rest + 2)
        return here * math.log(here / there)

    return tuple(sorted(inside, key=lambda o: (-score(o), o))[:n])


def bridges(
    usage: Usage, groups: Sequence[Community], n: int = 20, most: float = COMMON
) -> Answers[Bridge]:
    """The competencies that tie communities of occupations together, the strongest first.

    A competency's score is its rarity times the pairs of users that it joins across communities.

    Args:
        usage: who uses what.
        groups: communities of occupations.
        n: how many to return.
        most: what more than this part of the occupations use, and more than ten, joins
            everything with everything and is left out.
    """
    home = {member: group.number for group in groups for member in group.members}
    limit = _most(usage, most)
    found = []
    for competency in usage.competencies:
        users = Counter(home[o] for o in usage.by(competency.id) if o in home)
        total = sum(users.values())
        if len(users) < 2 or len(usage.by(competency.id)) > limit:
            continue
        participation = 1 - sum(k * k for k in users.values()) / total**2
        score = usage.rarity(competency.id) * participation * total**2 / 2
        found.append(Bridge(competency, participation, score, dict(sorted(users.items()))))
    strongest = heapq.nsmallest(n, found, key=lambda b: (-b.score, b.competency.id))
    return Answers(strongest, partial(_bridge_rows, usage, groups))


def centrality(
    pairs: Overlaps, damping: float = 0.85, tolerance: float = 1e-10
) -> dict[str, float]:
    """PageRank over a weighted graph: who shares most, with those who share most.

    Args:
        pairs: the weighted graph.
        damping: the part of rank that follows links.
        tolerance: the change, summed over all, at which to stop.
    """
    import numpy as np
    from scipy import sparse

    if not pairs.names:
        return {}
    size = len(pairs.names)
    half = sparse.coo_matrix((pairs.weight, (pairs.left, pairs.right)), shape=(size, size)).tocsr()
    links = half + half.T
    out = np.asarray(links.sum(axis=1)).ravel()
    share = np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)
    ranks = np.full(size, 1 / size)
    for _ in range(200):
        loose = ranks[out == 0].sum()
        new = (1 - damping + damping * loose) / size + damping * (links @ (ranks * share))
        change = np.abs(new - ranks).sum()
        ranks = new
        if change < tolerance:
            break
    return dict(zip(pairs.names, ranks.tolist(), strict=True))


def _community_rows(usage: Usage, found: Iterable[Community], most: int | None) -> Rows:
    """A row for each community."""
    names = _names(usage)
    codes = ("members_codes",) if most is None else ()
    every = None if most is None else Few(sys.maxsize, Few(most).language)
    return Rows.of(
        ("community", "name", "size", *codes, "members", "telling"),
        found,
        lambda g: (
            g.number,
            g.name,
            len(g.members),
            *((some(map(stated_code, g.members), None),) if codes else ()),
            some((names[m] for m in g.members), most),
            some((names[t] for t in g.telling), every),
        ),
    )


def member_rows(groups: Iterable[Community], usage: Usage) -> Rows:
    """A row for each member of each community, the most central first."""
    names = _names(usage)
    return Rows.of(
        ("community", "name", "member", "member_name"),
        ((g, m) for g in groups for m in g.members),
        lambda pair: (pair[0].number, pair[0].name, stated_code(pair[1]), names[pair[1]]),
    )


def _bridge_rows(
    usage: Usage, groups: Iterable[Community], found: Iterable[Bridge], most: int | None
) -> Rows:
    """A row for each competency, with how many members of each community use it.

    A community stands there by its number and its most central member.
    """
    names = {g.number: usage.occupation(g.members[0]).name for g in groups}
    ties = ("communities", "communities_names", "communities_occupations")[
        : 3 if most is None else 1
    ]

    def tied(b: Bridge) -> tuple[str, ...]:
        users = sorted(b.users.items(), key=lambda u: (-u[1], u[0]))
        if most is not None:
            return (some((f"{n} {names[n]} [{k}]" for n, k in users), most),)
        return (
            "|".join(str(n) for n, _ in users),
            "|".join(names[n] for n, _ in users),
            "|".join(str(k) for _, k in users),
        )

    return Rows.of(
        (*heads(most), "occupations", "participation", "score", *ties, "iri"),
        found,
        lambda b: (
            *named(
                b.competency, usage.forms(b.competency.id, sorted(usage.by(b.competency.id))), most
            ),
            sum(b.users.values()),
            b.participation,
            round(b.score, 1),
            *tied(b),
            b.competency.id,
        ),
    )


def _names(usage: Usage) -> dict[str, str]:
    return {o.id: o.name for o in usage.occupations} | {c.id: c.name for c in usage.competencies}
