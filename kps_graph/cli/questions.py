"""``shared pairs reuse communities bridges``: what the occupations of a store share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.asking import Asked, asking
from kps_graph.cli.tables import show
from kps_graph.cli.values import Choice, Whole
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from kps_graph.sharing.community import Side
    from kps_graph.sharing.shared_competencies import By

__all__ = ["bridges", "communities", "pairs", "reuse", "shared"]

#: Where occupations share too little to form communities.
_APART: Final = Sentence(
    "occupations share too little to form communities (try --include related, or build "
    "more standards)"
)


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
@asking
def shared(
    least: int,
    by: By | None,
    asked: Asked,
) -> None:
    """The competencies that at least --min occupations share, the most shared first.

    The other words that these occupations have for it stand in brackets.
    """
    with asked.graph() as graph:
        found = graph.shared(least, by, lang=asked.lang, **asked.of)
        usage = graph.usage(asked.include, asked.kind)
    most = max((len(usage.by(c.id)) for c in usage.competencies), default=0)
    asked.show(found, graph, empty=_none_shared(least, most, by is not None))


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
@asking
def pairs(
    least: int,
    asked: Asked,
) -> None:
    """All pairs of occupations that share at least --min competencies, the most alike first.

    Similarity is as in `nearest`. As a file, a list of edges for R, Gephi or pandas.
    """
    with asked.graph() as graph:
        found = graph.pairs(least, **asked.of)
        most = 0 if len(found) else max(graph.pairs(1, **asked.of).shared, default=0)
    asked.show(
        found,
        graph,
        empty=Sentence(
            "no two occupations share {least} competencies; at most they share {most} "
            "(try a smaller --min)",
            least=least,
            most=most,
        ),
    )


@click.command()
@click.option(
    "--level",
    type=Choice(["transversal", "cross-sector", "sector-specific", "occupation-specific"]),
    default=None,
    help="Only competencies of this level.",
)
@asking
def reuse(
    level: str | None,
    asked: Asked,
) -> None:
    """How widely each competency is reused, after ESCO: transversal to occupation-specific.

    A sector is a cluster of job categories (the first letter of 職類別). Transversal: used in at
    least half of the sectors. Sector-specific: four fifths of its users are in one. Occupation-
    specific: one user.
    """
    from kps_graph.sharing import reuse_level_rows

    with asked.graph() as graph:
        found = graph.reuse(**asked.of)
    if asked.in_table and level is None:
        show(reuse_level_rows(found), asked.style, asked.lang)
    asked.show(
        found if level is None else found.where(lambda reuse: reuse.level == level),
        graph,
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
@asking
def communities(
    of: Side,
    members: bool,
    asked: Asked,
) -> None:
    """Groups that share more among themselves than with others, named by their most telling.

    Louvain's communities of the network in which each keeps its nearest, weighed by rarity. What
    more than a tenth of all occupations use ties everything with everything and is left out.
    """
    from kps_graph.sharing import member_rows

    with asked.graph() as graph:
        usage = graph.usage(asked.include, asked.kind)
        found = graph.communities(of, **asked.of)
    listed = members and not asked.whole  # which has all members in any case
    asked.show(member_rows(found, usage) if listed else found, graph, empty=_APART)


@click.command()
@click.option("--top", type=Whole(1), default=20, show_default=True, help="How many competencies.")
@asking
def bridges(
    top: int,
    asked: Asked,
) -> None:
    """The competencies that tie communities of occupations together, the strongest first.

    Score: rarity times the pairs of users that it joins across communities. What more than a
    tenth of all occupations use joins everything with everything and is left out.
    """
    with asked.graph() as graph:
        found = graph.bridges(top, **asked.of)
        apart = not found and len(graph.communities(**asked.of)) < 2
    asked.show(
        found,
        graph,
        empty=_APART if apart else Sentence("no competency joins two communities"),
    )
