"""``kps-graph slices``: the parts of a corpus that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, slice_option, store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import TABLES, excel_option, show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["slices"]


@click.command()
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help="Forget the slice NAME.")
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
def slices(
    name: str | None,
    remove: bool,
    part: Slice,
    store: Place,
    style: str,
    excel: bool,
    lang: Language,
) -> None:
    """List the saved slices and how many standards each has; with NAME and --in, save one.

    A slice is a part of the corpus, by what standards state. Saved slices stand in kps.slices.toml in
    the current folder, or in the file that KPS_SLICES names.
    """
    import kps_graph
    from kps_graph.cli.output import echo_json
    from kps_graph.slices import keep, saved
    from kps_graph.slices import remove as forget
    from kps_graph.store.rows import Rows

    if (name is None) != (not part and not remove) or (part and remove):
        raise BadUsage("name a slice to save with --in, or to forget with --remove")
    if name and remove:
        forget(name)
        return
    with kps_graph.open(store) as graph:
        if name:
            said = graph.within(part).selection.said()
            keep(name, part)
            echo(said.in_words(lang))
            return
        listed = {n: (p, graph.within(p).selection) for n, p in saved().items()}
        every = graph.within(all_versions=True).selection
    rows = Rows.of(
        ("slice", "criteria", "standards"),
        listed.items(),
        lambda one: (one[0], str(one[1][0]), len(one[1][1].identities)),
    )
    if style == "json":
        echo_json(every.as_data(rows.to_dicts()))
        return
    show(
        rows,
        style,
        lang,
        0,
        empty=Sentence("no slice is saved; save one with kps-graph slices NAME --in category=K"),
        excel=excel,
    )
