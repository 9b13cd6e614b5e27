"""``kps-graph trace``: the tree of what a code touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import include_option, lang_option, store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import show
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from rich.tree import Tree

    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.standards.names import Names
    from kps_graph.standards.trace import Branch
    from kps_graph.store.rows import Rows

__all__ = ["drawn", "trace"]


@click.command()
@click.argument("code")
@click.option("--in", "standard", metavar="STANDARD", help="Code or name of the standard.")
@include_option
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    default="tree",
    type=Choice(["tree", "json", "csv", "tsv", "markdown"]),
    show_default=True,
    help="A tree; JSON; or a row for each part, with the codes above it.",
)
@lang_option
def trace(
    code: str, standard: str | None, include: str, store: Path, style: str, lang: Language
) -> None:
    """Draw the tree from CODE (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) to all it touches.

    A K or S: its sub-items, and the tasks, activities, outputs and indicators that need it. A
    unit, output or indicator: where it belongs, what is in it, and the K and S it needs. A K, S
    or A also lists where other standards say the same, with their words if they differ. Codes
    are positions in one document, so name the standard with --in, or write STANDARD/CODE.
    """
    from rich.text import Text

    import kps_graph
    from kps_graph.cli.output import console, echo_json
    from kps_graph.standards.names import names
    from kps_graph.standards.trace import trace as operation

    if standard is None and "/" in code:
        standard, _, code = code.rpartition("/")
    with kps_graph.open(store) as graph:
        chosen = _chosen(graph, standard)
        value = graph.standard(chosen)
        branch = operation(value, code)
        others = _elsewhere(graph, names(value, chosen, graph.manifest.base), branch, include)
    if style == "json":
        echo_json(
            {"standard": value.code, "name": value.name, **branch.as_data(), "sharedWith": others}
        )
        return
    if style != "tree":
        show(_rows(branch, others), style, lang)
        return
    tree = drawn(branch, lang)
    if others:
        heading = tree.add(say(lang, "also found in"))
        for other in others[:20]:
            said = "" if other["text"] == branch.text else f"（{other['text']}）"
            heading.add(Text(" ".join((other["standard"], other["name"], other["element"])) + said))
        if len(others) > 20:
            heading.add(f"… {len(others) - 20}")
    out = console()
    out.print(f"{value.code or chosen} {value.name}", markup=False)
    out.print(tree)


def _rows(branch: Branch, others: Iterable[Mapping[str, str]]) -> Rows:
    """A row for each part of the tree, and for each place in other standards."""
    from kps_graph.standards.trace import rows
    from kps_graph.store.rows import Rows, Term

    listed = [
        *rows(branch),
        *((o["standard"], "shared", o["element"], o["text"], None) for o in others),
    ]
    return Rows(
        ("under", "kind", "code", "text", "level"),
        (
            tuple(None if cell in ("", None) else Term("literal", str(cell)) for cell in row)
            for row in listed
        ),
    )


def _chosen(graph: KnowledgeGraph, standard: str | None) -> str:
    known = graph.identities()
    if standard is not None:
        return graph.identity(standard)
    if len(known) == 1:
        return next(iter(known))
    raise BadUsage(
        "the store holds {count} standards; say which with --in (for instance {some})",
        count=len(known),
        some=tuple(known)[:5],
    )


def _elsewhere(
    graph: KnowledgeGraph, named: Names, branch: Branch, include: str
) -> list[dict[str, str]]:
    """Where else the competency stands that a traced K, S or A expresses, and in what words."""
    if branch.kind not in "KSA":
        return []
    from kps_graph.queries.parameters import SHARING
    from kps_graph.terms import identity_in, kps, local_name, skos

    mine = named.standard
    node = (
        f"{mine}/{local_name(branch.code)}"
        if branch.kind == "A"
        else named.references[branch.kind, branch.reference]
    )
    paths = SHARING[include]
    # whose an element is stands in its IRI: to ask for it takes a hundred times as long
    rows = graph.store.select(
        f"SELECT DISTINCT ?e ?text ?own ?held WHERE {{ <{node}> {paths['_part_own']} ?c . "
        f"?e {paths['_part']} ?c ; <{skos.prefLabel}> ?text "
        f"OPTIONAL {{ ?e <{skos.notation}> ?own }} "
        f"OPTIONAL {{ ?h <{kps.hasItem}> ?e ; <{skos.notation}> ?held }} }}"
    )
    known = graph.identities()
    found = {
        (
            identity_in(str(r["e"]), graph.manifest.base),
            str(r["own"] or r["held"] or ""),
            str(r["text"]),
        )
        for r in rows
        if not str(r["e"]).startswith(f"{mine}/")
    }
    return [
        {
            "standard": known[identity].code or identity,
            "name": known[identity].name,
            "element": element,
            "text": text,
        }
        for identity, element, text in sorted(found)
    ]


_STYLES = {"T": "bold", "K": "cyan", "S": "green", "O": "magenta", "A": "yellow", "P": ""}


def drawn(branch: Branch, lang: Language) -> Tree:
    """A trace as the tree that a terminal shows."""
    from rich.tree import Tree

    root = Tree(_label(branch, lang))
    _grow(root, branch, lang)
    return root


def _grow(tree: Tree, branch: Branch, lang: Language) -> None:
    for child in branch.children:
        _grow(tree.add(_label(child, lang)), child, lang)


def _label(branch: Branch, lang: Language):  # type: ignore[no-untyped-def] # noqa: ANN202
    from kps_graph.cli.linebreaks import Cell

    text = Cell()
    if branch.kind == "item":
        return Cell(f"• {branch.text}")
    if branch.code:
        text.append(f"{branch.code} ", style=_STYLES.get(branch.kind, ""))
    text.append(branch.text)
    if branch.level is not None:
        text.append(say(lang, "  [level {level}]", level=branch.level), style="dim")
    return text
