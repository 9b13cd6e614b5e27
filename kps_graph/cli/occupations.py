"""``nearest compare gap path``: chosen occupations beside each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kps_graph.cli.asking import Asked, asking
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import note, show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Fraction, Whole
from kps_graph.words import Few, Language, Sentence, clauses, say

if TYPE_CHECKING:
    from kps_graph.sharing import Comparison
    from kps_graph.slices import Selection

__all__ = ["compare", "gap", "nearest", "path", "show_comparison"]


@click.command()
@click.argument("occupation")
@click.option("--top", type=Whole(1), default=10, show_default=True, help="How many occupations.")
@click.option("--reasons", is_flag=True, help="A row for each shared competency.")
@asking
def nearest(
    occupation: str,
    top: int,
    reasons: bool,
    asked: Asked,
) -> None:
    """The occupations most like OCCUPATION (code or name), and why.

    Similarity is the part of all that the two use which they share, every competency weighed by
    its rarity: what few occupations use says more than what everyone does.
    """
    from kps_graph.sharing import reason_rows

    with asked.graph() as graph:
        found = graph.nearest(occupation, top, **asked.of)
    asked.show(
        reason_rows(found, asked.most) if reasons and not asked.whole else found,
        graph,
        empty=Sentence(
            "{occupation} shares no competency with any other (try --include related, or no --kind)",
            occupation=occupation,
        ),
    )


@click.command()
@click.argument("occupations", nargs=-1, required=True, metavar="A B [C]...")
@asking
def compare(
    occupations: tuple[str, ...],
    asked: Asked,
) -> None:
    """Compare two or more occupations: what all need, some, or only one, and at what level.

    A cell gives the codes under which an occupation lists the competency, and the highest level
    at which it needs it.
    """
    if len(occupations) < 2:
        raise BadUsage("name at least two occupations to compare")
    with asked.graph() as graph:
        found = graph.compare(*occupations, **asked.of)
    if asked.whole:
        asked.show(found, graph)
        return
    show_comparison(
        found, asked.style, asked.lang, asked.limit, graph.selection, asked.most, excel=asked.excel
    )


def show_comparison(
    comparison: Comparison,
    style: str,
    lang: Language,
    limit: int | None,
    on: Selection | None = None,
    most: int | None = sys.maxsize,
    *,
    excel: bool = False,
) -> None:
    """Prints a comparison, in a table with a summary above it."""
    names = {
        o.id: o.name
        if [p.name for p in comparison.occupations].count(o.name) == 1
        else comparison.columns[o.id]
        if not o.code
        else f"{o.name} {o.code}"
        for o in comparison.occupations
    }
    if style == "table":
        parts = [Sentence("{count} shared", count=len(comparison.shared))]
        if len(names) > 2:
            parts.append(Sentence("{count} by some", count=len(comparison.some)))
        parts += [
            Sentence("{count} only {name}", count=len(alone), name=names[i])
            for i, alone in comparison.only.items()
        ]
        parts.append(Sentence("{count} at different levels", count=len(comparison.differing)))
        parts.append(Sentence("similarity {similarity:.2f}", similarity=comparison.similarity))
        echo(" ↔ ".join(names.values()))
        echo(clauses(parts).in_words(lang))
    called = {column: names[i] for i, column in comparison.columns.items()}
    show(
        comparison.rows(None if most is None else Few(most, lang)),
        style,
        lang,
        limit,
        names=called,
        on=on,
        excel=excel,
    )


@click.command()
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@asking
def gap(
    start: str,
    goal: str,
    asked: Asked,
) -> None:
    """What a move from occupation A to B needs: what most tasks of B need comes first.

    What A lacks is to be acquired; what A has at a lower level, to be raised.
    """
    with asked.graph() as graph:
        found = graph.gap(start, goal, **asked.of)
    if asked.in_table and found.start != found.goal:
        total = len(found.missing) + found.covered
        echo(f"{found.start.name} → {found.goal.name}")
        echo(
            say(
                asked.lang,
                "{missing} to acquire, {raised} to raise; {covered} of {total} are there",
                missing=len(found.missing),
                raised=len(found.raised),
                covered=found.covered,
                total=total,
            )
        )
    goal_name = found.goal.name
    asked.show(
        found,
        graph,
        without=("iri", "used_by", "units"),
        empty=_same(goal_name)
        if found.start == found.goal
        else Sentence("{start} has all that {goal} needs", start=found.start.name, goal=goal_name),
    )


@click.command()
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@click.option("--max-steps", type=Whole(1), metavar="N", help="At most so many steps.")
@click.option(
    "--within",
    metavar="CATEGORY",
    help="Only through occupations of this job category, or the cluster with this letter.",
)
@click.option(
    "--step-price",
    type=Fraction(0),
    default=2.0,
    show_default=True,
    help="What a step costs besides what it needs, in competencies.",
)
@click.option(
    "--level-price",
    type=Fraction(0),
    default=3.0,
    show_default=True,
    help="What each level costs that a step goes down, in competencies.",
)
@click.option("--explain", is_flag=True, help="Say what each step costs, and why it goes so.")
@asking
def path(
    start: str,
    goal: str,
    max_steps: int | None,
    within: str | None,
    step_price: float,
    level_price: float,
    explain: bool,
    asked: Asked,
) -> None:
    """The cheapest chain of occupations from A to B; the direct way, unless a detour is cheaper.

    A step costs what it needs anew, times the part that this is of the occupation. In between
    stand occupations that are nearer to A and to B than these are to each other.
    """
    from kps_graph.sharing import Prices

    with asked.graph() as graph:
        found = graph.path(
            start,
            goal,
            **asked.of,
            max_steps=max_steps,
            within=within.upper() if within else None,
            prices=Prices(step_price, level_price),
        )
        name = graph.identities()[graph.identity(goal)].name
    if not found and not asked.in_table:
        note(_same(name).in_words(asked.lang))
    elif asked.in_table and len(found) > 1 and found.route.direct:
        steps = [len(g.missing) for g in found]
        echo(
            say(
                asked.lang,
                "{steps} steps, the largest needs {largest}, all {total}; the direct one {direct}",
                steps=len(steps),
                largest=max(steps),
                total=sum(steps),
                direct=found.route.direct.missing,
            )
        )
    asked.show(found, graph, without=("from", "to"), empty=_same(name))
    if explain and found:
        note(found.explain(asked.lang))


def _same(name: str) -> Sentence:
    """That a move from an occupation to itself was asked for."""
    return Sentence(
        "both are {name}, so nothing is needed; name two different occupations", name=name
    )
