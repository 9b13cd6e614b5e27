"""``kps-graph store``: what a store holds, whether it is sound, copies of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option, written_store_option
from kps_graph.cli.speaking import Speaking
from kps_graph.cli.terminal import echo
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.store import Place

__all__ = ["store"]


@click.group(cls=Speaking)
def store() -> None:
    """See what a store holds, check it, copy it, restore it."""


@store.command()
@store_option
@lang_option
def graphs(store: Place, lang: Language) -> None:
    """List the named graphs, and how many triples each has."""
    from kps_graph.cli.output import table
    from kps_graph.store import opened
    from kps_graph.store.upkeep import graph_sizes

    with opened(store) as graph:
        sizes = graph_sizes(graph.store)
    table(lang.pick((["圖", "三元組"], ["graph", "triples"])), [[g, n] for g, n in sizes.items()])


@store.command()
@store_option
@lang_option
def stats(store: Place, lang: Language) -> None:
    """Say what the store holds, who wrote it, and what room it takes."""
    from dataclasses import asdict

    from kps_graph.cli.output import echo_json
    from kps_graph.store import opened, upkeep

    del lang
    with opened(store) as graph:
        echo_json(asdict(upkeep.stats(graph)))


@store.command()
@store_option
@lang_option
@click.pass_context
def check(ctx: click.Context, store: Place, lang: Language) -> None:
    """Read all of the store, and hold it against what it says of itself."""
    from kps_graph.store import opened
    from kps_graph.store.upkeep import faults

    with opened(store) as graph:
        found = faults(graph)
    for fault in found:
        echo(fault.in_words(lang))
    if found:
        ctx.exit(1)
    echo(say(lang, "the store is sound"))


@store.command()
@click.argument("copy", type=click.Path(path_type=Path))
@written_store_option
@lang_option
def backup(copy: Path, store: Path, lang: Language) -> None:
    """Copy the store to the new directory COPY; a build may go on meanwhile."""
    from kps_graph.store import upkeep

    del lang
    upkeep.backup(store, copy)
    echo(str(copy))


@store.command()
@click.argument("copy", type=click.Path(path_type=Path))
@written_store_option
@lang_option
def restore(copy: Path, store: Path, lang: Language) -> None:
    """Bring back the store that was copied to COPY, in one step."""
    from kps_graph.store import upkeep

    del lang
    upkeep.restore(copy, store)
    echo(str(store))


@store.command()
@written_store_option
@lang_option
def migrate(store: Path, lang: Language) -> None:
    """Write a store of an older layout anew, from the standards that it holds.

    No document is read; what people decided, and courses, are kept.
    """
    from kps_graph.cli.waiting import BUILDING, progress
    from kps_graph.pipeline.build import migrate as operation

    with progress(lang, BUILDING) as update:
        manifest = operation(store, progress=update)
    loaded = sum(source.outcome == "loaded" for source in manifest.sources.values())
    echo(
        say(
            lang,
            "{store}: {count:,} standards in the layout of today",
            store=str(store),
            count=loaded,
        )
    )


@store.command()
@written_store_option
@lang_option
def compact(store: Path, lang: Language) -> None:
    """Write the store anew, in as little room as it needs."""
    from kps_graph.store import upkeep

    before, after = upkeep.compact(store)
    echo(say(lang, "{before:,} bytes before, {after:,} now", before=before, after=after))
