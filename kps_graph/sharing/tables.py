"""The answers to questions as rows: for a table, a file, or a data frame (``.to_frame()``).

Each row explains itself: a competency stands with its other forms in brackets, a likeness with
its reasons. ``most`` shortens long lists for people; files have all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar, overload

from kps_graph.sharing.communities import Bridge, Community
from kps_graph.sharing.comparing import Comparison, Gap, Need, Neighbour, Reason, Standing
from kps_graph.sharing.neighbourhood import Neighbourhood
from kps_graph.sharing.overlaps import Overlaps
from kps_graph.sharing.reuse import Reuse, ReuseLevel
from kps_graph.sharing.shared import Shared
from kps_graph.sharing.usage import Competency, Usage, Use, wording
from kps_graph.store.rows import Rows, Term, Value, term

__all__ = [
    "bridges",
    "communities",
    "companions",
    "compare",
    "gap",
    "levels",
    "members",
    "nearest",
    "pairs",
    "path",
    "reasons",
    "reuse",
    "shared",
]

_COMPETENCY: Final = ("type", "competency")


Found = TypeVar("Found")


class _Made(Sequence[tuple[Term | None, ...]], Generic[Found]):
    """The rows of what was found, each made when it is looked at: a table shows few of many."""

    __slots__ = ("_found", "_row")

    def __init__(
        self, found: Sequence[Found], row: Callable[[Found], tuple[Term | None, ...]]
    ) -> None:
        self._found = found
        self._row = row

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> tuple[Term | None, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> _Made[Found]: ...
    def __getitem__(self, index: int | slice) -> tuple[Term | None, ...] | _Made[Found]:
        if isinstance(index, slice):
            return _Made(self._found[index], self._row)
        return self._row(self._found[index])


def _rows(
    columns: Sequence[str], found: Iterable[Found], row: Callable[[Found], Iterable[Value]]
) -> Rows:
    kinds = ["iri" if column == "iri" else "literal" for column in columns]
    return Rows(columns, _Made(list(found), lambda one: tuple(map(term, row(one), kinds))))


def _some(texts: Iterable[str], most: int | None) -> str:
    listed = list(texts)
    if most is None or len(listed) <= most:
        return "、".join(listed)
    return f"{'、'.join(listed[:most])}…（{len(listed)}）"


def _named(competency: Competency, forms: Iterable[str]) -> tuple[str, str]:
    return competency.kind, wording(competency.name, forms)


def shared(
    found: Iterable[Shared], groups: Mapping[str, str] | None = None, most: int | None = None
) -> Rows:
    """A row for each competency, and group if there are any; ``groups`` names these."""
    listed = list(found)
    grouped = any(s.group for s in listed)
    names = groups or {}
    heads = ("group", "group_name") if names else ("group",)
    columns = (
        *(heads if grouped else ()),
        *_COMPETENCY,
        "occupations",
        *(("elsewhere",) if grouped else ()),
        "used_by",
        "iri",
    )
    return _rows(
        columns,
        listed,
        lambda s: (
            *((s.group, names.get(s.group, ""))[: len(heads)] if grouped else ()),
            *_named(s.competency, s.forms),
            len(s.users),
            *((s.elsewhere,) if grouped else ()),
            _some((o.name for o in s.occupations), most),
            s.competency.id,
        ),
    )


def pairs(found: Overlaps, names: Mapping[str, str]) -> Rows:
    """A row for each pair of occupations, the most alike first."""
    return _rows(
        ("code", "name", "other", "other_name", "shared", "similarity"),
        sorted(found, key=lambda p: (-p[3], p[0], p[1])),
        lambda p: (p[0], names.get(p[0], p[0]), p[1], names.get(p[1], p[1]), p[2], p[3]),
    )


def nearest(found: Iterable[Neighbour], most: int | None = None) -> Rows:
    """A row for each occupation; each reason with the number of occupations that use it."""
    return _rows(
        ("code", "name", "similarity", "shared", "reasons"),
        found,
        lambda n: (
            n.occupation.id,
            n.occupation.name,
            n.similarity,
            len(n.reasons),
            _some(
                (f"{wording(r.competency.name, r.forms)} [{r.used_by}]" for r in n.reasons), most
            ),
        ),
    )


def reasons(found: Iterable[Neighbour]) -> Rows:
    """A row for each competency that a near occupation shares."""

    def row(pair: tuple[Neighbour, Reason]) -> tuple[Value, ...]:
        n, r = pair
        return (
            n.occupation.id,
            n.occupation.name,
            n.similarity,
            *_named(r.competency, r.forms),
            r.used_by,
            r.rarity,
            r.competency.id,
        )

    return _rows(
        ("code", "name", "similarity", *_COMPETENCY, "used_by", "rarity", "iri"),
        ((n, r) for n in found for r in n.reasons),
        row,
    )


def compare(found: Comparison) -> Rows:
    """A row for each competency, with a column for each occupation: codes, and the level."""
    names = [o.id for o in found.occupations]

    def row(pair: tuple[str, Standing]) -> tuple[Value, ...]:
        standing, s = pair
        return (
            standing,
            *_named(s.competency, s.forms),
            *(_held(s.uses.get(name)) for name in names),
            s.spread if len(s.uses) > 1 else None,
            s.used_by,
            s.competency.id,
        )

    return _rows(
        ("standing", *_COMPETENCY, *names, "difference", "used_by", "iri"),
        [
            *(("all", s) for s in found.shared),
            *(("some", s) for s in found.some),
            *((name, s) for name in names for s in found.only[name]),
        ],
        row,
    )


def _held(use: Use | None) -> str | None:
    if use is None:
        return None
    level = "" if use.level is None else f" L{use.level}"
    return f"{' '.join(use.codes) or '✓'}{level}"


def gap(found: Gap, most: int | None = None) -> Rows:
    """A row for each competency to acquire, then for each to raise."""

    def row(pair: tuple[str, Need]) -> tuple[Value, ...]:
        change, n = pair
        return (
            change,
            *_named(n.competency, n.forms),
            len(n.tasks),
            n.part,
            len(n.units),
            n.level,
            n.present,
            n.used_by,
            _some(n.units, most),
            n.competency.id,
        )

    return _rows(
        (
            "change",
            *_COMPETENCY,
            "tasks",
            "part",
            "units",
            "level",
            "present",
            "used_by",
            "where",
            "iri",
        ),
        [*(("missing", n) for n in found.missing), *(("raise", n) for n in found.raised)],
        row,
    )


def path(found: Iterable[Gap], most: int | None = None) -> Rows:
    """A row for each step, with what it needs, what most tasks need first."""

    def row(step: tuple[int, Gap]) -> tuple[Value, ...]:
        n, g = step
        return (
            n,
            g.start.id,
            g.start.name,
            g.goal.id,
            g.goal.name,
            len(g.missing),
            len(g.raised),
            g.covered,
            _some((wording(need.competency.name, need.forms) for need in g.missing), most),
        )

    return _rows(
        ("step", "from", "from_name", "to", "to_name", "missing", "raised", "covered", "needs"),
        enumerate(found, 1),
        row,
    )


def reuse(found: Mapping[str, Reuse], usage: Usage) -> Rows:
    """A row for each competency, the widest reused first."""
    order = {level: n for n, level in enumerate(ReuseLevel)}
    listed = sorted(
        found.items(),
        key=lambda f: (order[f[1].level], -f[1].used_by, usage.competency(f[0]).name, f[0]),
    )

    def row(pair: tuple[str, Reuse]) -> tuple[Value, ...]:
        c, r = pair
        return (
            str(r.level),
            *_named(usage.competency(c), usage.forms(c, sorted(usage.by(c)))),
            r.used_by,
            " ".join(f"{s}:{k}" for s, k in sorted(r.sectors.items())),
            c,
        )

    return _rows(("reuse", *_COMPETENCY, "occupations", "sectors", "iri"), listed, row)


def levels(found: Mapping[str, Reuse]) -> Rows:
    """A row for each reuse level, with how many competencies have it."""
    counts = Counter(r.level for r in found.values())
    return _rows(("reuse", "size"), ReuseLevel, lambda level: (str(level), counts[level]))


def communities(found: Iterable[Community], usage: Usage, most: int | None = None) -> Rows:
    """A row for each community."""
    names = _names(usage)
    return _rows(
        ("community", "name", "size", "members", "telling"),
        found,
        lambda g: (
            g.number,
            g.name,
            len(g.members),
            _some((names[m] for m in g.members), most),
            _some((names[t] for t in g.telling), None),
        ),
    )


def members(found: Iterable[Community], usage: Usage) -> Rows:
    """A row for each member of each community, the most central first."""
    names = _names(usage)
    return _rows(
        ("community", "name", "member", "member_name"),
        ((g, m) for g in found for m in g.members),
        lambda pair: (pair[0].number, pair[0].name, pair[1], names[pair[1]]),
    )


def bridges(
    found: Iterable[Bridge], groups: Iterable[Community], usage: Usage, most: int | None = None
) -> Rows:
    """A row for each competency, with how many members of each community use it.

    A community stands there by its number and its most central member.
    """
    names = {g.number: f"{g.number} {usage.occupation(g.members[0]).name}" for g in groups}
    return _rows(
        (*_COMPETENCY, "occupations", "participation", "score", "communities", "iri"),
        found,
        lambda b: (
            *_named(b.competency, usage.forms(b.competency.id, sorted(usage.by(b.competency.id)))),
            sum(b.users.values()),
            b.participation,
            round(b.score, 1),
            _some(
                (
                    f"{names[n]} [{k}]"
                    for n, k in sorted(b.users.items(), key=lambda u: (-u[1], u[0]))
                ),
                most,
            ),
            b.competency.id,
        ),
    )


def companions(found: Neighbourhood) -> Rows:
    """A row for each competency that is needed together with the one asked about, best first."""
    return _rows(
        (*_COMPETENCY, "together", "lift", "iri"),
        found.companions,
        lambda c: (c.competency.kind, c.competency.name, c.together, c.lift, c.competency.id),
    )


def _names(usage: Usage) -> dict[str, str]:
    return {o.id: o.name for o in usage.occupations} | {c.id: c.name for c in usage.competencies}
