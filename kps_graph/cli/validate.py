"""``kps-graph validate``: documents against the rules."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

import click

from kps_graph.cli.options import lang_option
from kps_graph.report import Finding, Report, Severity

__all__ = ["validate"]

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_WORDS = {
    "zh-Hant": {"violation": "違反", "warning": "警告", "info": "提示", "page": "頁",
                "table": "表", "row": "列", "column": "欄", "line": "行"},
    "en": {n: n for n in ("violation", "warning", "info", "page", "table", "row", "column",
                          "line")},
}


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--explain", metavar="RULE", help="Explain a rule instead of checking.")
@click.option("--format", "-f", "style", type=click.Choice(["text", "json", "turtle"]),
              default="text", show_default=True)
@click.option("--fail-on", type=click.Choice(["violation", "warning", "info", "never"]),
              default="violation", show_default=True,
              help="Exit with 1 if there is a finding at least this severe.")
@lang_option
def validate(
    sources: tuple[Path, ...], explain: str | None, style: str, fail_on: str, lang: str
) -> None:
    """Check SOURCES (documents and folders of them) against the rules of a good standard."""
    if explain:
        from kps_graph.cli.rules import explain as told

        told(explain, lang)
        return
    if not sources:
        raise click.UsageError("Missing argument 'SOURCES...'.")
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.sources import find

    report, read = check(find(sources))
    failed = [s for s in read if s.outcome == "failed"]
    for source in failed:
        click.echo(f"{click.style('error', fg='red')}: {source.message}", err=True)
    if style == "json":
        summary = {**report.counts(), "standards": len(report.checked), "failed": len(failed)}
        data = {"findings": [f.as_data() for f in report.findings], "summary": summary}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif style == "turtle":
        click.echo(_turtle(report), nl=False)
    else:
        _text(report, lang)
    if failed:
        sys.exit(2)
    if fail_on != "never" and report.at_least(Severity.of(fail_on)):
        sys.exit(1)


def _text(report: Report, lang: str) -> None:
    words = _WORDS[lang]
    for place, found in groupby(report.findings, key=lambda f: (f.span.source, _place(f, lang))):
        click.echo(click.style(f"{place[0]} {place[1]}".strip(), bold=True))
        for f in found:
            mark = click.style(f"{words[str(f.severity)]} {f.rule}", fg=_COLOURS[f.severity])
            code = f" {f.code}" if f.code else ""
            click.echo(f"  {mark}{code}: {f.message(lang)}")
            if f.value and f.value not in f.message(lang):
                click.echo(f"      「{f.value}」")
    counts = report.counts()
    listed = "，".join(f"{words[n]} {counts[n]}" for n in counts)
    click.echo(f"{len(report.checked)} 份職能基準：{listed}" if lang == "zh-Hant" else
               f"{len(report.checked)} standards: "
               + ", ".join(f"{counts[n]} {n}" for n in counts))


def _place(finding: Finding, lang: str) -> str:
    words, span = _WORDS[lang], finding.span
    names = ("page", "table", "row", "column", "line")
    return " ".join(f"{words[n]} {v}" for n in names if (v := getattr(span, n)) is not None)


def _turtle(report: Report) -> str:
    """The findings as a W3C validation report."""
    from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

    sh, graph, root = Namespace("http://www.w3.org/ns/shacl#"), Graph(), BNode()
    graph.bind("sh", sh)
    graph.add((root, RDF.type, sh.ValidationReport))
    graph.add((root, sh.conforms, Literal(not report.findings)))
    for f in report.findings:
        node = BNode()
        graph.add((root, sh.result, node))
        graph.add((node, RDF.type, sh.ValidationResult))
        graph.add((node, sh.resultSeverity, sh[str(f.severity).capitalize()]))
        if f.focus:
            graph.add((node, sh.focusNode, URIRef(f.focus)))
        if f.value:
            graph.add((node, sh.value, Literal(f.value)))
        for tag, text in f.messages.items():
            graph.add((node, sh.resultMessage, Literal(text, lang=tag)))
    return graph.serialize(format="turtle")
