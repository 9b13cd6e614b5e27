"""``kps-graph queries`` and ``kps-graph query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kps_graph.cli.options import lang_option, parameters, store_option

__all__ = ["queries", "query"]

_FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle")


@click.command()
@click.argument("name", required=False)
@click.option("--format", "-f", "style", type=click.Choice(["table", "json"]), default="table",
              show_default=True)
@lang_option
def queries(name: str | None, style: str, lang: str) -> None:
    """List the queries of the library; with NAME, what that one takes and gives."""
    from kps_graph import queries as library
    from kps_graph.cli.output import echo_json, table

    found = [library.get(name)] if name else list(library.library().values())
    if style == "json":
        echo_json([{
            "name": q.name, "group": q.group, "title": dict(q.title), "row": dict(q.row),
            "parameters": [{"name": p.name, "kind": p.kind, "default": p.default,
                            "description": dict(p.description)} for p in q.parameters],
            "columns": [{"name": c.name, "description": dict(c.description)} for c in q.columns],
        } for q in found])
        return
    zh = lang == "zh-Hant"
    if name:
        one = found[0]
        click.echo(f"{one.name}：{one.title[lang]}" if zh else f"{one.name}: {one.title[lang]}")
        click.echo(("每一列：" if zh else "a row: ") + one.row[lang])
        if one.parameters:
            table(["參數", "類型", "預設", "說明"] if zh else
                  ["parameter", "kind", "default", "meaning"],
                  [[p.name, p.kind, p.default if p.default is not None else
                    ("（必填）" if zh else "(required)"), p.description[lang]]
                   for p in one.parameters])
        table(["欄位", "說明"] if zh else ["column", "meaning"],
              [[c.name, c.description[lang]] for c in one.columns])
        return
    table(["名稱", "類別", "說明", "參數"] if zh else ["name", "group", "title", "parameters"],
          [[q.name, q.group, q.title[lang],
            " ".join(p.name if p.default is None else f"[{p.name}={p.default}]"
                     for p in q.parameters)] for q in found])


@click.command()
@click.argument("name")
@click.option("--param", "-p", "given", multiple=True, metavar="KEY=VALUE",
              help="A parameter of the query; may be repeated.")
@store_option
@click.option("--format", "-f", "style", type=click.Choice(_FORMATS), default="table",
              show_default=True)
@lang_option
def query(name: str, given: tuple[str, ...], store: Path, style: str, lang: str) -> None:
    """Ask NAME: a query of the library, SPARQL, a FILE.rq with it, or - for standard input."""
    import kps_graph
    from kps_graph.queries import Query, get

    if name == "-":
        asked = Query.adhoc(sys.stdin.read(), "-")
    elif "{" in name:
        asked = Query.adhoc(name)
    elif name.endswith((".rq", ".sparql")) or "/" in name:
        asked = Query.adhoc(_text(Path(name)), Path(name).stem)
    else:
        asked = get(name)
    bound = parameters(given)
    with kps_graph.open(store) as graph:
        _show(graph.query(asked, **bound), style)


def _text(path: Path) -> str:
    from kps_graph.errors import SourceError

    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"the query cannot be read: {error}", source=str(path)) from error


def _show(answer: object, style: str) -> None:
    from kps_graph.cli.output import rows_as, rows_table, write
    from kps_graph.store import Rows

    if isinstance(answer, bool):
        click.echo('{"head": {}, "boolean": ' + str(answer).lower() + "}" if style == "json"
                   else str(answer).lower())
    elif isinstance(answer, bytes):
        _graph(answer, style)
    elif isinstance(answer, Rows):
        if style == "turtle":
            raise click.UsageError("a SELECT gives rows; turtle is for CONSTRUCT and DESCRIBE")
        if style == "table":
            rows_table(answer)
            click.echo(f"({len(answer)})", err=True)
        else:
            write(rows_as(answer, style).encode())


def _graph(ntriples: bytes, style: str) -> None:
    if style not in ("table", "turtle"):
        raise click.UsageError(f"a graph has no {style} form; use --format turtle")
    from rdflib import Graph

    from kps_graph.terms import PREFIXES

    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.parse(data=ntriples, format="nt")
    click.echo(graph.serialize(format="turtle"), nl=False)
