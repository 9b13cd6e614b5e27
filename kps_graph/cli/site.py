"""``kps-graph site``: the store as pages for any web host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.cli.terminal import echo
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.store import Place

__all__ = ["site"]


@click.command()
@store_option
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write to.",
)
@lang_option
def site(store: Place, folder: Path, lang: Language) -> None:
    """Write the store as pages in Chinese and English, for any web host or to open as files."""
    from kps_graph.graph.opened import open
    from kps_graph.web.views.static import write

    with open(store) as graph:
        count = write(graph, folder)
    echo(say(lang, "{count} pages written to {folder}", count=count, folder=str(folder)))
