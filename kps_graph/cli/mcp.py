"""``kps-graph mcp``: the store for an assistant on the same machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.errors import MissingExtra
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.store import Place

__all__ = ["mcp"]


@click.command()
@store_option
@lang_option
def mcp(store: Place, lang: Language) -> None:
    """Answer an assistant on standard input and output, by MCP.

    Its eight tools read and never write; a server has them at /mcp.
    """
    del lang
    try:
        from kps_graph.web.mcp.stdio import run
        from kps_graph.web.served import Settings
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "the protocol needs the package {package}",
            package=error.name or "",
            hint=Sentence("install it with: pip install 'kps-graph[mcp]'"),
        ) from error
    run(Settings(store))
