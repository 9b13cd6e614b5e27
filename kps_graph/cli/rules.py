"""``kps-graph rules``: the catalogue of rules."""

from __future__ import annotations

import click

from kps_graph.cli.options import lang_option

__all__ = ["explain", "rules"]


@click.command()
@click.argument("number", required=False)
@click.option(
    "--format",
    "-f",
    "style",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
)
@lang_option
def rules(number: str | None, style: str, lang: str) -> None:
    """List the rules, or explain rule NUMBER: its basis, an example of a breach and its fix."""
    from kps_graph.cli.output import echo_json, table
    from kps_graph.exports.reports.phrases import words
    from kps_graph.rules import catalogue

    if number:
        if style == "json":
            echo_json(catalogue.get(number).as_data())
        else:
            explain(number, lang)
    elif style == "json":
        echo_json([r.as_data() for r in catalogue.rules()])
    elif style == "markdown":
        click.echo(catalogue.page(), nl=False)
    else:
        heads = (
            ["編號", "嚴重性", "規則", "依據"]
            if lang == "zh-Hant"
            else ["number", "severity", "rule", "basis"]
        )
        said = words(lang)
        table(
            heads,
            [
                [r.number, said[str(r.severity)], r.title[lang], r.basis[lang]]
                for r in catalogue.rules()
            ],
        )


def explain(number: str, lang: str) -> None:
    """Prints all there is to say about a rule."""
    from kps_graph.exports.reports.phrases import words
    from kps_graph.rules.catalogue import get

    rule = get(number)
    zh = lang == "zh-Hant"
    click.echo(f"{rule.number} {rule.title[lang]}")
    click.echo(("嚴重性：" if zh else "severity: ") + words(lang)[str(rule.severity)])
    click.echo(("依據：" if zh else "basis: ") + rule.basis[lang])
    if rule.remedy:
        click.echo(("處理：" if zh else "what to do: ") + rule.remedy[lang])
    click.echo(("違反之例：" if zh else "a breach: ") + rule.breach)
    click.echo(("改正之例：" if zh else "its fix: ") + rule.fix)
