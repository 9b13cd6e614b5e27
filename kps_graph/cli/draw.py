"""``kps-graph draw``: a picture of a standard."""

from __future__ import annotations

from pathlib import Path

import click

from kps_graph.cli.options import lang_option, store_option

__all__ = ["draw"]


@click.command()
@click.argument("standard")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The file to write: .svg or .html.")
@click.option("--indicators", type=click.Choice(["text", "codes"]), default="text",
              show_default=True, help="Write indicators out, or only their codes.")
@store_option
@lang_option
def draw(standard: str, output: Path, indicators: str, store: Path, lang: str) -> None:
    """Draw STANDARD: its tasks and activities, and the K, S and A that they need.

    STANDARD is the code or name of a standard in the store, or a document to read. The HTML page
    can be searched and explored, and needs no network.
    """
    from kps_graph.cli.standard import the_standard
    from kps_graph.exports import drawing
    from kps_graph.exports.scene import Lang
    from kps_graph.exports.standard_layout import Indicators

    value = the_standard(standard, store)
    kinds = {".svg": drawing.svg, ".html": drawing.html, ".htm": drawing.html}
    write = kinds.get(output.suffix.lower())
    if write is None:
        raise click.UsageError(f"{output.name} is neither .svg nor .html")
    language: Lang = "zh-Hant" if lang == "zh-Hant" else "en"
    style: Indicators = "text" if indicators == "text" else "code"
    output.write_text(write(value, language, style), encoding="utf-8")
    click.echo(str(output))
