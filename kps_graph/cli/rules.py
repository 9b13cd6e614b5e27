"""``kps-graph rules``: the catalogue of rules."""

from __future__ import annotations

import click

from kps_graph.cli.options import lang_option
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

__all__ = ["explain", "rules"]


@click.command()
@click.argument("number", required=False)
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
)
@lang_option
def rules(number: str | None, style: str, lang: Language) -> None:
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
        echo(catalogue.page(), nl=False)
    else:
        heads = lang.pick(
            (["編號", "嚴重性", "規則", "依據"], ["number", "severity", "rule", "basis"])
        )
        said = words(lang)
        table(
            heads,
            [
                [r.number, said[str(r.severity)], r.title[lang], r.basis[lang]]
                for r in catalogue.rules()
            ],
        )


def explain(number: str, lang: Language) -> None:
    """Prints all there is to say about a rule."""
    from kps_graph.exports.reports.phrases import words
    from kps_graph.rules.catalogue import get

    rule = get(number)
    echo(f"{rule.number} {rule.title[lang]}")
    echo(say(lang, "severity: {severity}", severity=words(lang)[str(rule.severity)]))
    echo(say(lang, "basis: {basis}", basis=rule.basis[lang]))
    if rule.remedy:
        echo(say(lang, "what to do: {remedy}", remedy=rule.remedy[lang]))
    echo(say(lang, "a breach: {breach}", breach=rule.breach))
    echo(say(lang, "its fix: {fix}", fix=rule.fix))
