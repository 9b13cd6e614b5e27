"""``kps-graph serve``: the store for SPARQL clients, programs and people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Fraction, Whole
from kps_graph.errors import MissingExtra, StoreMissing
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.web.served import Settings

__all__ = ["serve"]


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=Whole(0), help="8000 unless given; 0: any free port.")
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
    "--rows",
    type=Whole(1),
    default=1_000_000,
    show_default=True,
    help="Rows, or triples, that one answer may have.",
)
@click.option(
    "--rate",
    type=Fraction(0.0),
    help="Requests of one client in a second; 0 for any number. 100 unless given, but not for "
    "clients on this machine.",
)
@click.option(
    "--workers", type=Whole(1), default=1, show_default=True, help="How many processes answer."
)
@click.option(
    "--writable", is_flag=True, help="Take updates from who shows the token in KPS_TOKEN."
)
@click.option(
    "--open", "opens", is_flag=True, help="Open the browser; on a free port unless given."
)
@lang_option
@click.pass_context
def serve(
    ctx: click.Context,
    store: Place,
    host: str,
    port: int | None,
    public_url: str,
    timeout: float,
    memory: int,
    rows: int,
    rate: float | None,
    workers: int,
    writable: bool,
    opens: bool,
    lang: Language,
) -> None:
    """Serve the store: SPARQL at /sparql, pages at /.

    Without a store, drafts can be checked.
    """
    try:
        from kps_graph.web.running import serve as run
        from kps_graph.web.served import Limits, Settings
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "the server needs the package {package}",
            package=error.name or "",
            hint=Sentence("install it with: pip install 'kps-graph[web]'"),
        ) from error
    from kps_graph.store import Addresses, Bounds

    if port is None:
        port = 0 if opens else 8000
    token = os.environ.get("KPS_TOKEN", "")
    settings = Settings(
        store=store,
        host=host,
        port=port,
        public_url=public_url.rstrip("/"),
        bounds=Bounds(timeout, memory << 20, rows),
        writable=writable,
        token=token if writable else "",
        workers=workers,
        limits=Limits(rate=rate),
    )
    named = ctx.get_parameter_source("store") is not click.core.ParameterSource.DEFAULT
    _refuse(settings, named, lang)

    def listening(address: str) -> None:
        shown = settings.public_url or address
        place = store.query if isinstance(store, Addresses) else str(store)
        echo(say(lang, "{store} is served at {address}", store=place, address=shown))
        if opens:
            import webbrowser

            webbrowser.open(address)

    run(settings, listening)


def _refuse(settings: Settings, named: bool, lang: Language) -> None:
    """Refuses settings that cannot be served, and a store that cannot be read.

    Args:
        settings: of the server.
        named: whether somebody named the store: where nobody did, there may be none yet.
        lang: in which that is said.
    """
    import kps_graph
    from kps_graph.store import Addresses

    if settings.writable and isinstance(settings.store, Addresses):
        raise BadUsage("a store on a server is written to there, not through --writable")
    if settings.writable and not settings.token:
        raise BadUsage(
            "--writable needs a token in the environment variable KPS_TOKEN, which writers show as "
            "Authorization: Bearer TOKEN"
        )
    try:
        kps_graph.open(settings.store).close()
    except StoreMissing:
        if named or settings.writable:
            raise
        echo(
            say(
                lang,
                "there is no store here yet: drafts can be checked, and the rest answers as soon as "
                "one is built by: kps-graph build SOURCE...",
            ),
            err=True,
        )
