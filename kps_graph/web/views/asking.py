"""The pages of questions about occupations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kps_graph.errors import ResourceError
from kps_graph.exports.pictures.render import svg
from kps_graph.exports.site import asking
from kps_graph.exports.site.asking import Chosen, Group
from kps_graph.exports.site.frame import Frame
from kps_graph.sharing import Gap, Usage, compare, gap
from kps_graph.standards.trace import Branch
from kps_graph.standards.versions import changes
from kps_graph.web.views.asked import Asked

__all__ = [
    "compare_page",
    "diff_page",
    "gap_page",
    "map_page",
    "map_picture",
    "offered",
    "overlap_page",
    "overlap_picture",
    "path_page",
    "trace_page",
]

#: Up to so many standards a list to choose from is put into the page.
_FEW: Final = 100
_MOST: Final = 4
#: Up to so many occupations a picture of how much they share can be read.
_DRAWN: Final = 60
_PAIRS: Final = 50
_PAIR: Final = 2


def offered(asked: Asked, values: Sequence[str]) -> Chosen:
    """The standards to choose from, where they are few, and what is chosen."""
    known = asked.identities
    few = [(i, s.name) for i, s in sorted(known.items())] if len(known) <= _FEW else []
    return Chosen(few, values)


def _local(asked: Asked, iris: Iterable[str]) -> dict[str, str]:
    return {iri: iri.removeprefix(asked.graph.base) for iri in iris}


def compare_page(asked: Asked, frame: Frame, given: Sequence[str], different: bool) -> str:
    """Two to four occupations side by side."""
    chosen = list(dict.fromkeys(asked.identity(g) for g in given))[:_MOST]
    found = compare(asked.detailed(chosen), chosen) if len(chosen) > 1 else None
    said = (
        []
        if found is None
        else [*found.shared, *found.some, *(s for o in found.only.values() for s in o)]
    )
    names = _local(asked, (s.competency.id for s in said))
    return asking.compare_page(frame, offered(asked, chosen), found, names, different)


def gap_page(asked: Asked, frame: Frame, start: str, goal: str) -> str:
    """What a move from one occupation to another needs."""
    fields = offered(asked, (start, goal))
    if not (start.strip() and goal.strip()):
        return asking.gap_page(frame, fields, None, [], {})
    ends = asked.identity(start), asked.identity(goal)
    usage = asked.usage_with(ends)
    found = gap(asked.detailed(ends), *ends)
    raised = {n.competency.id for n in found.raised}
    covered = [usage.competency(c) for c in usage.shared(*ends) if c not in raised]
    return asking.gap_page(
        frame,
        offered(asked, ends),
        found,
        [(c.id.removeprefix(asked.graph.base), c.kind, c.name) for c in covered],
        _needed(asked, [found]),
    )


def _needed(asked: Asked, gaps: Iterable[Gap]) -> dict[str, str]:
    return _local(asked, (n.competency.id for g in gaps for n in (*g.missing, *g.raised)))


def path_page(asked: Asked, frame: Frame, start: str, goal: str) -> str:
    """The steps of the way from one occupation to another."""
    if not (start.strip() and goal.strip()):
        return asking.path_page(frame, offered(asked, (start, goal)), [], None, "", {})
    ends = asked.identity(start), asked.identity(goal)
    walked, direct = asked.graph.path(*ends), gap(asked.detailed(ends), *ends)
    return asking.path_page(
        frame,
        offered(asked, ends),
        list(walked),
        direct,
        walked.explain(frame.lang),
        _needed(asked, [*walked, direct]),
    )


def trace_page(asked: Asked, frame: Frame, standard: str, code: str) -> str:
    """What a code of a standard touches."""
    if not standard.strip():
        return asking.trace_page(frame, offered(asked, (standard, code)), "", "", None, [], [])
    identity = asked.identity(standard)
    value = asked.standard(identity)
    codes = [(c, t) for c, t in _codes(asked, identity) if c]
    branch: Branch | None = None
    sharers: list[tuple[str, str, str, str, str]] = []
    if code.strip():
        found = asked.graph.trace(identity, code)
        branch = found.branch
        sharers = [
            (asked.version(s.standard), s.standard, s.name, s.element, s.text)
            for s in found.sharers
        ]
    fields = offered(asked, (identity, code))
    return asking.trace_page(frame, fields, identity, value.name, branch, sharers, codes)


def _codes(asked: Asked, identity: str) -> Iterable[tuple[str, str]]:
    """The codes of units and elements of a standard, each with its text."""
    standard = asked.standard(identity)
    for unit in standard.units():
        yield unit.code or "", unit.name
    for element in (*standard.knowledge, *standard.skills):
        yield element.code or "", element.name


def diff_page(asked: Asked, frame: Frame, given: Sequence[str]) -> str:
    """What became of every part from one version to another, the newer one given first."""
    if len(given) < 2:
        return asking.diff_page(frame, offered(asked, [*given, "", ""][:2]), None, ("", ""))
    new, old = (asked.identity(g) for g in given)
    found = changes(asked.standard(old), asked.standard(new))
    return asking.diff_page(frame, offered(asked, (old, new)), found, (old, new))


def map_page(asked: Asked, frame: Frame) -> str:
    """The map of occupations."""
    usage, base = asked.usage, asked.graph.base
    groups = [
        Group(
            g.number,
            g.name,
            [usage.occupation(m) for m in g.members],
            [
                (c.removeprefix(base), usage.competency(c).kind, usage.competency(c).name)
                for c in g.telling[:5]
            ],
        )
        for g in (asked.groups if len(usage.occupations) > 1 else ())
    ]
    return asking.map_page(frame, groups)


def map_picture(asked: Asked, frame: Frame) -> str:
    """The picture of the map, as a file; its occupations lead to their pages.

    Raises:
        ResourceError: if there are not two occupations.
    """
    from kps_graph.exports.pictures import occupation_map

    if len(asked.usage.occupations) < _PAIR:
        raise ResourceError("a map needs two occupations at least")
    leads = {o.id: frame.href(f"/id/{o.id}") for o in asked.usage.occupations}
    return svg(occupation_map.layout(asked.usage, frame.lang), leads)


def overlap_page(asked: Asked, frame: Frame, given: Sequence[str]) -> str:
    """How much occupations share: of those that are named, or of all."""
    chosen, usage, drawn = _compared(asked, given)
    wanted = set(drawn)
    pairs = asked.graph.pairs(1)
    found = sorted(
        (
            (-weight, pairs.names[left], pairs.names[right], shared)
            for left, right, shared, weight in zip(
                pairs.left, pairs.right, pairs.shared, pairs.weight, strict=True
            )
            if pairs.names[left] in wanted and pairs.names[right] in wanted
        )
    )
    return asking.overlap_page(
        frame,
        offered(asked, chosen),
        1 < len(drawn) <= _DRAWN,
        [(usage.occupation(a), usage.occupation(b), n, -w) for w, a, b, n in found[:_PAIRS]],
        len(found),
    )


def overlap_picture(asked: Asked, frame: Frame, given: Sequence[str]) -> str:
    """The picture of how much occupations share, as a file.

    Raises:
        ResourceError: if they are too many or too few for one.
    """
    from kps_graph.exports.pictures import overlap_matrix

    _, usage, drawn = _compared(asked, given)
    if not _PAIR <= len(drawn) <= _DRAWN:
        raise ResourceError("a picture of overlap shows 2 to {most} occupations", most=_DRAWN)
    leads = {o: frame.href(f"/id/{o}") for o in drawn}
    return svg(overlap_matrix.layout(usage, drawn, frame.lang), leads)


def _compared(asked: Asked, given: Sequence[str]) -> tuple[list[str], Usage, list[str]]:
    """The occupations that are named, who uses what, and those that are shown."""
    chosen = list(dict.fromkeys(asked.identity(g) for g in given if g.strip()))
    usage = asked.graph.usage(also=chosen)
    return chosen, usage, chosen or [o.id for o in usage.occupations]
