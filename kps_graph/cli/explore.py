"""``trace``, ``shared`` and ``compare``: questions that have a command of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, store_option

if TYPE_CHECKING:
    from rich.tree import Tree

    from kps_graph.graph import KnowledgeGraph
    from kps_graph.trace import Branch

__all__ = ["compare", "shared", "trace"]

_TABLE = click.option("--format", "-f", "style", type=click.Choice(
    ["table", "csv", "tsv", "json", "markdown"]), default="table", show_default=True)


@click.command()
@click.argument("code")
@click.option("--in", "standard", metavar="STANDARD", help="Code or name of the standard.")
@store_option
@click.option("--format", "-f", "style", type=click.Choice(["tree", "json"]), default="tree",
              show_default=True)
@lang_option
def trace(code: str, standard: str | None, store: Path, style: str, lang: str) -> None:
    """Draw the tree from CODE (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) to all it touches.

    A K or S: its sub-items, and the tasks, activities, outputs and indicators that need it. A
    unit, output or indicator: where it belongs, what is in it, and the K and S it needs. Codes
    are positions in one document, so name the standard with --in, or write STANDARD/CODE.
    """
    import kps_graph
    from kps_graph.cli.output import console, echo_json
    from kps_graph.trace import trace as operation

    if standard is None and "/" in code:
        standard, _, code = code.rpartition("/")
    with kps_graph.open(store) as graph:
        chosen = _chosen(graph, standard)
        value = graph.standard(chosen)
        branch = operation(value, code)
        others = _elsewhere(graph, chosen, branch)
    if style == "json":
        echo_json({"standard": value.code, "name": value.name, **branch.as_data(),
                   "sharedWith": others})
        return
    tree = _tree(branch, lang)
    if others:
        heading = tree.add("同一職能也見於" if lang == "zh-Hant" else "also found in")
        for other in others[:20]:
            heading.add(f"{other['standard']} {other['name']} {other['element']}")
        if len(others) > 20:
            heading.add(f"… {len(others) - 20}")
    out = console()
    out.print(f"{value.code or chosen} {value.name}", markup=False)
    out.print(tree)


def _chosen(graph: KnowledgeGraph, standard: str | None) -> str:
    known = graph.identities()
    if standard is not None:
        return graph.identity(standard)
    if len(known) == 1:
        return next(iter(known))
    some = ", ".join(list(known)[:5])
    raise click.UsageError(f"the store holds {len(known)} standards; say which with --in "
                           f"(for instance {some})")


def _elsewhere(graph: KnowledgeGraph, identity: str, branch: Branch) -> list[dict[str, str]]:
    """Where else the competency stands that a traced K, S or A expresses."""
    if branch.kind not in "KSA":
        return []
    from kps_graph.terms import kps, local_name, skos, standard_iri

    mine = standard_iri(identity, graph.manifest.base)
    node = f"{mine}/{local_name(branch.code)}" if branch.code else mine
    has = f"<{kps.hasKnowledge}>|<{kps.hasSkill}>|<{kps.hasAttitude}>"
    rows = graph.store.select(
        f"SELECT DISTINCT ?standard ?code ?name ?element WHERE {{ <{node}> <{kps.expresses}> ?c . "
        f"?e <{kps.expresses}> ?c . "
        f"{{ ?standard {has} ?e }} UNION {{ ?h <{kps.hasItem}> ?e . ?standard {has} ?h }} "
        f"FILTER(?standard != <{mine}>) ?standard <{skos.prefLabel}> ?name "
        f"OPTIONAL {{ ?standard <{skos.notation}> ?code }} "
        f"OPTIONAL {{ ?e <{skos.notation}> ?own }} OPTIONAL {{ ?h <{skos.notation}> ?held }} "
        'BIND(COALESCE(?own, ?held, "") AS ?element) } ORDER BY ?code ?name ?element'
    )
    return [{"standard": str(r["code"] or r["standard"]), "name": str(r["name"]),
             "element": str(r["element"])} for r in rows]


_STYLES = {"T": "bold", "K": "cyan", "S": "green", "O": "magenta", "A": "yellow", "P": ""}


def _tree(branch: Branch, lang: str) -> Tree:
    from rich.tree import Tree

    root = Tree(_label(branch, lang))
    _grow(root, branch, lang)
    return root


def _grow(tree: Tree, branch: Branch, lang: str) -> None:
    for child in branch.children:
        _grow(tree.add(_label(child, lang)), child, lang)


def _label(branch: Branch, lang: str):  # type: ignore[no-untyped-def] # noqa: ANN202
    from rich.text import Text

    text = Text()
    if branch.kind == "item":
        return Text(f"• {branch.text}")
    if branch.code:
        text.append(f"{branch.code} ", style=_STYLES.get(branch.kind, ""))
    text.append(branch.text)
    if branch.level is not None:
        text.append(f"  [{'級別' if lang == 'zh-Hant' else 'level'} {branch.level}]", style="dim")
    return text


@click.command()
@click.option("--min", "-n", "least", type=click.IntRange(2), default=2, show_default=True,
              help="At least this many occupations.")
@click.option("--kind", type=click.Choice(["any", "K", "S", "A"]), default="any",
              show_default=True)
@click.option("--limit", type=click.IntRange(1), default=None, help="Only the first rows.")
@store_option
@_TABLE
@lang_option
def shared(least: int, kind: str, limit: int | None, store: Path, style: str, lang: str) -> None:
    """Show the competencies that at least --min occupations share, the most shared first."""
    import kps_graph
    from kps_graph.cli.output import rows_as, rows_table, write

    with kps_graph.open(store) as graph:
        rows = graph.rows("shared", min_occupations=least, kind=kind)
        rows = rows[:limit] if limit else rows
    if style == "table":
        rows_table(rows, without=["iri"])
    else:
        write(rows_as(rows, style).encode())


@click.command()
@click.argument("first")
@click.argument("second")
@store_option
@click.option("--format", "-f", "style", type=click.Choice(["table", "json"]), default="table",
              show_default=True)
@lang_option
def compare(first: str, second: str, store: Path, style: str, lang: str) -> None:
    """Compare two standards: what both need, and what only one of them needs."""
    import kps_graph
    from kps_graph.cli.output import echo_json
    from kps_graph.compare import compare as operation

    with kps_graph.open(store) as graph:
        result = operation(graph.standard(graph.identity(first)),
                           graph.standard(graph.identity(second)))
    if style == "json":
        echo_json(result.as_data())
        return
    _show_comparison(result, lang)


def _show_comparison(result, lang: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    from kps_graph.cli.output import console, table

    zh = lang == "zh-Hant"
    out = console()
    a, b = result.names
    shared_words = f"共通 {len(result.shared)} 項" if zh else f"{len(result.shared)} shared"
    out.print(f"{a}  ↔  {b}：{shared_words}，Jaccard {result.jaccard:.2f}", markup=False)
    if result.shared:
        table(["", "兩者皆需" if zh else "needed by both", a, b],
              [[s.kind, s.text, " ".join(s.first), " ".join(s.second)] for s in result.shared])
    for name, found in ((a, result.only_first), (b, result.only_second)):
        heading = f"只有{name}（{len(found)} 項）" if zh else f"only {name} ({len(found)})"
        table(["", heading, "代碼" if zh else "code"],
              [[s.kind, s.text, " ".join(s.first or s.second)] for s in found])
