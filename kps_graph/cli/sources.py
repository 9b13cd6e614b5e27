"""``kps-graph sources``: the manifest of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, slice_option, store_option
from kps_graph.cli.tables import TABLES, excel_option, limit_option, show
from kps_graph.cli.values import Choice
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["sources"]


@click.command()
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
@click.option("--failed", is_flag=True, help="Only what could not be loaded.")
@excel_option
@limit_option
@lang_option
def sources(
    part: Slice,
    store: Place,
    style: str,
    failed: bool,
    excel: bool,
    limit: int | None,
    lang: Language,
) -> None:
    """List the documents that the store was built of, and what became of each.

    Of a slice, the documents of its standards.
    """
    import kps_graph
    from kps_graph.cli.output import echo_json
    from kps_graph.exports.source_table import source_table

    with kps_graph.open(store) as graph:
        listed = list(graph.manifest.sources.values())
        on = (graph.within(part) if part else graph.within(all_versions=True)).selection
    if part:
        listed = [s for s in listed if s.identity in on.identities]
    if failed:
        listed = [s for s in listed if s.outcome != "loaded"]
    if style == "json":
        echo_json(on.as_data([s.as_data() for s in listed[: limit or None]]))
        return
    show(
        source_table(listed, lang),
        style,
        lang,
        limit,
        empty=Sentence("every document was loaded") if failed else None,
        excel=excel,
    )
