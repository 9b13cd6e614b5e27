"""``kps-graph demo``: the examples, built and shown."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from kps_graph.cli.options import lang_option
from kps_graph.cli.terminal import echo
from kps_graph.words import Language, say

__all__ = ["demo"]


@click.command()
@lang_option
def demo(lang: Language) -> None:
    """Build the example standards in a temporary store and show what the graph can do."""
    import kps_graph
    from kps_graph import resources
    from kps_graph.cli.explore import drawn
    from kps_graph.cli.occupations import show_comparison
    from kps_graph.cli.output import rows_table
    from kps_graph.cli.summary import summary
    from kps_graph.cli.terminal import console
    from kps_graph.exports.headings import headings_of
    from kps_graph.pipeline.build import build
    from kps_graph.pipeline.sources import find
    from kps_graph.queries import library
    from kps_graph.standards.trace import trace

    out = console()
    with tempfile.TemporaryDirectory(prefix="kps-demo-") as folder:
        store = Path(folder) / "kps.store"
        built = build(find([resources.folder("examples")]), store)
        out.rule(say(lang, "built and checked"))
        summary(built, store, lang)
        with kps_graph.open(store) as graph:
            out.rule(say(lang, "what it holds"))
            rows_table(
                graph.rows("overview", language=lang.pick(("zh", "en"))),
                lang,
                headings=headings_of(library.get("overview"), lang),
            )
            out.rule(say(lang, "shared by three or more occupations"))
            rows_table(
                graph.rows("shared", min_occupations=3),
                lang,
                without=["iri"],
                headings=headings_of(library.get("shared"), lang),
            )
            trade = graph.standard("KPS1420-001v2")
            out.rule(say(lang, "a comparison"))
            show_comparison(graph.compare("KPS1420-001v2", "ZZZ4323-901v2"), "table", lang, 12)
            out.rule(say(lang, "a trace of S13"))
            out.print(drawn(trace(trade, "S13"), lang))
    out.rule(say(lang, "what to type next"))
    examples = resources.folder("examples")
    for line in (
        f"kps-graph build {examples}",
        "kps-graph nearest 貿易經理",
        "kps-graph trace K1 --standard KPS1420-001v2",
        "kps-graph draw map -o map.html",
        "kps-graph queries",
        "kps-graph validate DRAFT.docx",
    ):
        echo(f"  {line}")
