"""``kps-graph serve``: the store for SPARQL clients, programs and people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.cli.values import Fraction, Whole
from kps_graph.errors import MissingExtra
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.store import Place

__all__ = ["serve"]


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=Whole(0), default=8000, show_default=True, help="0: any free port.")
@click.option("--public-url", default="", help="The address that readers see, behind a proxy.")
@click.option(
    "--timeout",
    type=Fraction(0.1),
    default=30.0,
    show_default=True,
    help="Seconds that one query may take.",
)
@click.option(
    "--memory",
    type=Whole(64),
    default=1024,
    show_default=True,
    help="MiB of memory that one query may take.",
)
@click.option(
    "--workers", type=Whole(1), default=1, show_default=True, help="How many processes answer."
)
@click.option(
    "--writable", is_flag=True, help="Take updates from who shows the token in KPS_TOKEN."
)
@click.option("--open", "opens", is_flag=True, help="Open the browser; on a free port.")
@lang_option
def serve(
    store: Place,
    host: str,
    port: int,
    public_url: str,
    timeout: float,
    memory: int,
    workers: int,
    writable: bool,
    opens: bool,
    lang: Language,
) -> None:
    """Serve the store: SPARQL at /sparql, pages at /."""
    del lang, opens
    try:
        from kps_graph.web.running import serve as run
        from kps_graph.web.served import Settings
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "the server needs the package {package}",
            package=error.name or "",
            hint=Sentence("install it with: pip install 'kps-graph[web]'"),
        ) from error
    from kps_graph.store import Bounds

    run(
        Settings(
            store,
            host,
            port,
            public_url.rstrip("/"),
            Bounds(timeout, memory << 20),
            writable,
            os.environ.get("KPS_TOKEN", ""),
            workers,
        )
    )
