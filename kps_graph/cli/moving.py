"""``kps-graph push`` and ``kps-graph pull``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option, written_store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo
from kps_graph.cli.waiting import progress
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.store.moving import Moved

__all__ = ["pull", "push"]

#: How many graphs that differ are named.
_NAMED = 20

_data = click.option(
    "--store-data",
    "data",
    default="",
    metavar="URL",
    envvar="KPS_STORE_DATA",
    show_envvar=True,
    help="Address of its graphs.",
)


@click.command()
@click.option("--to", "server", required=True, metavar="URL", help="Address of the server.")
@click.option(
    "--store-update",
    "update",
    default="",
    metavar="URL",
    envvar="KPS_STORE_UPDATE",
    show_envvar=True,
    help="Address of its updates.",
)
@_data
@click.option(
    "--graph-per-standard",
    is_flag=True,
    hidden=True,
    help="Each standard in a graph of its own, as it is in any case.",
)
@store_option
@lang_option
@click.pass_context
def push(
    ctx: click.Context,
    server: str,
    update: str,
    data: str,
    graph_per_standard: bool,
    store: Place,
    lang: Language,
) -> None:
    """Send the store to a SPARQL server, graph by graph, and hold it against what came of it.

    Only graphs that differ are sent, so that a push that was interrupted goes on where it was.
    Credentials: KPS_STORE_USER and KPS_STORE_PASSWORD, or KPS_STORE_TOKEN.
    """
    from contextlib import closing

    from kps_graph.store import Addresses, at, moving, opened

    del graph_per_standard
    if "://" not in server:
        raise BadUsage("--to takes the address of a server: http://…")
    with (
        progress(lang) as told,
        opened(store) as source,
        closing(at(Addresses(server, update, data))) as target,
    ):
        if told:
            told(0, 0, "send")
        moved = moving.push(source, target, told)
    _summary(moved, server, lang)
    if moved.differing:
        ctx.exit(1)


@click.command()
@click.option("--from", "server", required=True, metavar="URL", help="Address of the server.")
@_data
@written_store_option
@lang_option
def pull(server: str, data: str, store: Path, lang: Language) -> None:
    """Write the store on a SPARQL server into a directory, in one step."""
    from kps_graph.store import Addresses, moving, opened

    if "://" not in server:
        raise BadUsage("--from takes the address of a server: http://…")
    with progress(lang) as told, opened(Addresses(server, data=data)) as source:
        if told:
            told(0, 0, "send")
        moved = moving.pull(source, store, told)
    _summary(moved, str(store), lang)


def _summary(moved: Moved, place: str, lang: Language) -> None:
    """Prints what was moved, and what is not on the other side what it is here."""
    echo(
        say(
            lang,
            "{place}: {graphs:,} graphs, {triples:,} triples; {sent:,} sent, {removed:,} removed",
            place=place,
            graphs=moved.graphs,
            triples=moved.triples,
            sent=len(moved.sent),
            removed=len(moved.removed),
        )
    )
    for one in moved.differing[:_NAMED]:
        echo(
            say(
                lang,
                "{graph} differs: {here:,} triples here, {there:,} there",
                graph=one.graph,
                here=one.here.triples,
                there=one.there.triples,
            )
        )
    if left := len(moved.differing[_NAMED:]):
        echo(say(lang, "{count:,} more graphs differ", count=left))
