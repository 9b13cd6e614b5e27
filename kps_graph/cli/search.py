"""``kps-graph search``: finds texts by a few of their characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, slice_option, store_option
from kps_graph.cli.output import echo_json
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import FIRST, TABLES, excel_option, note, show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, Whole
from kps_graph.words import Few, Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.search import Hits
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["search"]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    type=Choice(["standard", "task", "activity", "output", "indicator", "K", "S", "A", "note"]),
    help="Only texts of this kind.",
)
@click.option("--similar", is_flag=True, help="Words that say the same count too.")
@click.option("--suggest", is_flag=True, help="How texts go on that begin so, a line each.")
@click.option("--places", is_flag=True, help="A row for each place that a text stands in.")
@click.option("--values", is_flag=True, help="The places as VALUES ?node {…}, for SPARQL.")
@click.option(
    "--limit",
    type=Whole(0),
    default=20,
    show_default=True,
    metavar="N",
    help="Only the first N texts, 0 for all.",
)
@slice_option
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    default="table",
    show_default=True,
    type=Choice(TABLES),
)
@excel_option
@lang_option
def search(
    words: tuple[str, ...],
    kind: str | None,
    similar: bool,
    suggest: bool,
    places: bool,
    values: bool,
    limit: int,
    part: Slice,
    store: Place,
    style: str,
    excel: bool,
    lang: Language,
) -> None:
    """Find WORDS in names, tasks, outputs, indicators, K, S, A, definitions and notes, best first.

    Any part of a text is found, in any case and width, with variant and simplified characters. A
    code of a standard, or that and the code of a part of it, is found in any case and padding.
    """
    import kps_graph

    if sum((suggest, places, values)) > 1:
        raise BadUsage("--suggest, --places and --values exclude each other")
    with kps_graph.open(store).within(part) as graph:
        if suggest:
            for text in graph.suggest(" ".join(words), limit or 1000, kind=kind):
                echo(text)
            return
        found = graph.search(*words, limit=limit or None, kind=kind, similar=similar)
        beyond = _beyond(graph, words, kind, similar) if found.near or not found else None
    if values:
        echo(found.values())
        return
    _tell(found, words, beyond, lang)
    if style == "json":
        _print(graph, found, lang)
        return
    most = Few(FIRST, lang) if style in ("table", "markdown") else None
    show(
        found.each(most) if places else found.rows(most),
        style,
        lang,
        0,
        empty=beyond or Sentence("nothing was found; try fewer characters, or --similar"),
        without=("iri",),
        on=graph.selection,
        excel=excel,
    )
    if found and style == "table":
        note(
            say(
                lang,
                "{texts} texts of {standards} standards",
                texts=len(found),
                standards=found.standards,
            )
        )


def _tell(found: Hits, words: tuple[str, ...], beyond: Sentence | None, lang: Language) -> None:
    """Says what else was searched for, and that what was found only comes near."""
    if len(found.words) > len(words):
        note(say(lang, "searched for: {names}", names=found.words))
    if found.near and found:
        if beyond:
            note(beyond.in_words(lang))
        note(say(lang, "no text has these words; these come near"))


def _print(graph: KnowledgeGraph, found: Hits, lang: Language) -> None:
    """Prints the hits in JSON."""
    from kps_graph.graph.answered import answers_of

    note(graph.selection.said().in_words(lang))
    echo_json(graph.selection.as_data(answers_of(found, graph)))


def _beyond(
    graph: KnowledgeGraph, words: tuple[str, ...], kind: str | None, similar: bool
) -> Sentence | None:
    """What to say if standards outside the slice have what it lacks."""
    if not graph.selection.whole:
        beyond = graph.within(all_versions=True).search(*words, kind=kind, similar=similar)
        if beyond and not beyond.near:
            return Sentence(
                "nothing was found in this part; --all-versions without --in finds it in "
                "{count} standards",
                count=beyond.standards,
            )
    return None
