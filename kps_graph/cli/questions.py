"""``shared pairs nearest compare gap path reuse communities bridges``: what occupations share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import answer_options, note, show
from kps_graph.cli.values import Choice, Whole
from kps_graph.words import Language, Sentence, clauses, say

if TYPE_CHECKING:
    from kps_graph.graph.questions import Kind
    from kps_graph.sharing import Comparison, Occupation, Shared
    from kps_graph.sharing.communities import Side
    from kps_graph.sharing.projected import Include
    from kps_graph.sharing.shared import By

__all__ = [
    "bridges",
    "communities",
    "compare",
    "gap",
    "nearest",
    "pairs",
    "path",
    "reuse",
    "shared",
    "show_comparison",
]

#: How many entries of a list a table shows.
FEW = 5
#: Where occupations share too little to form communities.
_APART = Sentence(
    "occupations share too little to form communities (try --include related, or build "
    "more standards)"
)


def _few(style: str, limit: int | None) -> int | None:
    return FEW if style == "table" and limit != 0 else None


@click.command()
@click.option(
    "--min",
    "-n",
    "least",
    type=Whole(2),
    default=2,
    show_default=True,
    help="At least this many occupations.",
)
@click.option(
    "--by",
    type=Choice(["category", "level"]),
    default=None,
    help="Within each job category (職類別) or base level.",
)
@click.option(
    "--in",
    "only",
    metavar="GROUP",
    default=None,
    help="With --by: only this category (or the letter of its cluster) or level.",
)
@answer_options
def shared(
    least: int,
    by: By | None,
    only: str | None,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """The competencies that at least --min occupations share, the most shared first.

    The other words that these occupations have for it stand in brackets.
    """
    import kps_graph
    from kps_graph.errors import ResourceError
    from kps_graph.sharing import shared_rows

    if only and not by:
        raise BadUsage("--in needs --by category or --by level")
    with kps_graph.open(store) as graph:
        found = graph.shared(least, by, kind=kind, include=include)
        names = graph.categories() if by == "category" else {}
        usage = graph.usage(include, kind)
    chosen: Sequence[Shared] = found
    if only:
        inside = [o for o in usage.occupations if _belongs(o, by, only)]
        if not inside:
            groups = sorted(
                {
                    g
                    for o in usage.occupations
                    for g in (
                        o.categories
                        if by == "category"
                        else ()
                        if o.level is None
                        else (str(o.level),)
                    )
                }
            )
            raise ResourceError(
                "no occupation is of the group {only!r}",
                only=only,
                hint=Sentence("there are {names}", names=tuple(groups)),
            )
        chosen = [
            s
            for s in found
            if s.group == only or (len(only) == 1 and by == "category" and s.group.startswith(only))
        ]
        count = len(inside)
        if not chosen:
            show(
                shared_rows(chosen, names),
                style,
                lang,
                limit,
                empty=Sentence(
                    "of the {count} occupations of {group} no {least} share a competency "
                    "(try a smaller --min)",
                    count=count,
                    group=only,
                    least=least,
                ),
            )
            return
    most = max((len(usage.by(c.id)) for c in usage.competencies), default=0)
    show(
        shared_rows(chosen, names, _few(style, limit)),
        style,
        lang,
        limit,
        empty=_none_shared(least, most, by is not None),
    )


def _none_shared(least: int, most: int, grouped: bool) -> Sentence:
    if grouped:
        return Sentence(
            "no competency is shared by {least} occupations within one group; the most widely used "
            "one is used by {most} (try a smaller --min, or --include related)",
            least=least,
            most=most,
        )
    return Sentence(
        "no competency is shared by {least} occupations; the most widely used one is used by "
        "{most} (try a smaller --min, or --include related)",
        least=least,
        most=most,
    )


def _belongs(occupation: Occupation, by: By | None, group: str) -> bool:
    """Whether an occupation is in a category (or the cluster of a letter), or has a level."""
    if by == "level":
        return str(occupation.level) == group
    return group in occupation.categories or (len(group) == 1 and group in occupation.sectors)


@click.command()
@click.option(
    "--min",
    "-n",
    "least",
    type=Whole(1),
    default=10,
    show_default=True,
    help="At least this many competencies.",
)
@answer_options
def pairs(
    least: int,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """All pairs of occupations that share at least --min competencies, the most alike first.

    Similarity is as in `nearest`. As a file, a list of edges for R, Gephi or pandas.
    """
    import kps_graph
    from kps_graph.sharing import pair_rows

    with kps_graph.open(store) as graph:
        found = graph.pairs(least, kind=kind, include=include)
        names = graph.names()
        most = (
            max(graph.pairs(1, kind=kind, include=include).shared, default=0)
            if not len(found)
            else 0
        )
    show(
        pair_rows(found, names),
        style,
        lang,
        limit,
        empty=Sentence(
            "no two occupations share {least} competencies; at most they share {most} "
            "(try a smaller --min)",
            least=least,
            most=most,
        ),
    )


@click.command()
@click.argument("occupation")
@click.option("--top", type=Whole(1), default=10, show_default=True, help="How many occupations.")
@click.option("--reasons", is_flag=True, help="A row for each shared competency.")
@answer_options
def nearest(
    occupation: str,
    top: int,
    reasons: bool,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """The occupations most like OCCUPATION (code or name), and why.

    Similarity is the part of all that the two use which they share, every competency weighed by
    its rarity: what few occupations use says more than what everyone does.
    """
    import kps_graph
    from kps_graph.sharing import neighbour_rows, reason_rows

    with kps_graph.open(store) as graph:
        found = graph.nearest(occupation, top, kind=kind, include=include)
    rows = reason_rows(found) if reasons else neighbour_rows(found, _few(style, limit))
    show(
        rows,
        style,
        lang,
        limit,
        empty=Sentence(
            "{occupation} shares no competency with any other (try --include related, or no --kind)",
            occupation=occupation,
        ),
    )


@click.command()
@click.argument("occupations", nargs=-1, required=True, metavar="A B [C]...")
@answer_options
def compare(
    occupations: tuple[str, ...],
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """Compare two or more occupations: what all need, some, or only one, and at what level.

    A cell gives the codes under which an occupation lists the competency, and the highest level
    at which it needs it.
    """
    import kps_graph

    if len(occupations) < 2:
        raise BadUsage("name at least two occupations to compare")
    with kps_graph.open(store) as graph:
        found = graph.compare(*occupations, kind=kind, include=include)
    show_comparison(found, style, lang, limit)


def show_comparison(found: Comparison, style: str, lang: Language, limit: int | None) -> None:
    """Prints a comparison, in a table with a summary above it."""
    from kps_graph.sharing import comparison_rows

    names = {
        o.id: o.name
        if [p.name for p in found.occupations].count(o.name) == 1
        else f"{o.name} {o.id}"
        for o in found.occupations
    }
    if style == "table":
        parts = [Sentence("{count} shared", count=len(found.shared))]
        if len(names) > 2:
            parts.append(Sentence("{count} by some", count=len(found.some)))
        parts += [
            Sentence("{count} only {name}", count=len(alone), name=names[i])
            for i, alone in found.only.items()
        ]
        parts.append(Sentence("{count} at different levels", count=len(found.differing)))
        parts.append(Sentence("similarity {similarity:.2f}", similarity=found.similarity))
        click.echo(" ↔ ".join(names.values()))
        click.echo(clauses(parts).in_words(lang))
    show(comparison_rows(found), style, lang, limit, names=names)


@click.command()
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@answer_options
def gap(
    start: str,
    goal: str,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """What a move from occupation A to B needs: what most tasks of B need comes first.

    What A lacks is to be acquired; what A has at a lower level, to be raised.
    """
    import kps_graph
    from kps_graph.sharing import gap_rows

    with kps_graph.open(store) as graph:
        found = graph.gap(start, goal, kind=kind, include=include)
    if style == "table" and found.start != found.goal:
        total = len(found.missing) + found.covered
        click.echo(f"{found.start.name} → {found.goal.name}")
        click.echo(
            say(
                lang,
                "{missing} to acquire, {raised} to raise; {covered} of {total} are there",
                missing=len(found.missing),
                raised=len(found.raised),
                covered=found.covered,
                total=total,
            )
        )
    goal_name = found.goal.name
    show(
        gap_rows(found, _few(style, limit)),
        style,
        lang,
        limit,
        without=("iri", "used_by", "units"),
        empty=_same(goal_name)
        if found.start == found.goal
        else Sentence("{start} has all that {goal} needs", start=found.start.name, goal=goal_name),
    )


@click.command()
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@answer_options
def path(
    start: str,
    goal: str,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """The chain of occupations from A to B whose largest step is as small as can be.

    A step is as large as the number of competencies that it needs anew; of chains with equal
    largest steps, the one that needs least in all.
    """
    import kps_graph
    from kps_graph.sharing import path_rows

    with kps_graph.open(store) as graph:
        found = graph.path(start, goal, kind=kind, include=include)
        direct = found[0] if len(found) == 1 else graph.gap(start, goal, kind=kind, include=include)
    if not found and style != "table":
        note(_same(direct.goal.name).in_words(lang))
    elif style == "table" and len(found) > 1:
        steps = [len(g.missing) for g in found]
        click.echo(
            say(
                lang,
                "{steps} steps, the largest needs {largest}, all {total}; the direct one {direct}",
                steps=len(steps),
                largest=max(steps),
                total=sum(steps),
                direct=len(direct.missing),
            )
        )
    show(
        path_rows(found, _few(style, limit)),
        style,
        lang,
        limit,
        without=("from", "to"),
        empty=_same(direct.goal.name),
    )


def _same(name: str) -> Sentence:
    """That a move from an occupation to itself was asked for."""
    return Sentence(
        "both are {name}, so nothing is needed; name two different occupations", name=name
    )


@click.command()
@click.option(
    "--level",
    type=Choice(["transversal", "cross-sector", "sector-specific", "occupation-specific"]),
    default=None,
    help="Only competencies of this level.",
)
@answer_options
def reuse(
    level: str | None,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """How widely each competency is reused, after ESCO: transversal to occupation-specific.

    A sector is a cluster of job categories (the first letter of 職類別). Transversal: used in at
    least half of the sectors. Sector-specific: four fifths of its users are in one. Occupation-
    specific: one user.
    """
    import kps_graph
    from kps_graph.sharing import reuse, reuse_level_rows, reuse_rows

    with kps_graph.open(store) as graph:
        usage = graph.usage(include, kind)
    found = reuse(usage)
    if style == "table" and level is None:
        show(reuse_level_rows(found), style, lang)
    if level is not None:
        found = {c: r for c, r in found.items() if r.level == level}
    show(
        reuse_rows(found, usage),
        style,
        lang,
        limit,
        empty=Sentence("no competency has this level; without --level the number of each is shown"),
    )


@click.command()
@click.option(
    "--of",
    type=Choice(["occupation", "competency"]),
    default="occupation",
    show_default=True,
    help="What is grouped.",
)
@click.option("--members", is_flag=True, help="A row for each member.")
@answer_options
def communities(
    of: Side,
    members: bool,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """Groups that share more among themselves than with others, named by their most telling.

    Louvain's communities of the network in which each keeps its nearest, weighed by rarity. What
    more than a tenth of all occupations use ties everything with everything and is left out.
    """
    import kps_graph
    from kps_graph.sharing import communities, community_rows, member_rows

    with kps_graph.open(store) as graph:
        usage = graph.usage(include, kind)
    found = communities(usage, of)
    rows = (
        member_rows(found, usage) if members else community_rows(found, usage, _few(style, limit))
    )
    show(rows, style, lang, limit, empty=_APART)


@click.command()
@click.option("--top", type=Whole(1), default=20, show_default=True, help="How many competencies.")
@answer_options
def bridges(
    top: int,
    kind: Kind,
    include: Include,
    store: Path,
    style: str,
    limit: int | None,
    lang: Language,
) -> None:
    """The competencies that tie communities of occupations together, the strongest first.

    Score: rarity times the pairs of users that it joins across communities. What more than a
    tenth of all occupations use joins everything with everything and is left out.
    """
    import kps_graph
    from kps_graph.sharing import bridge_rows, bridges, communities

    with kps_graph.open(store) as graph:
        usage = graph.usage(include, kind)
    groups = communities(usage)
    found = bridges(usage, groups, top)
    show(
        bridge_rows(found, groups, usage, _few(style, limit)),
        style,
        lang,
        limit,
        empty=_APART if len(groups) < 2 else Sentence("no competency joins two communities"),
    )
