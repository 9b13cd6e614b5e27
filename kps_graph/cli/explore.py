"""``kps-graph trace``: the tree of what a code touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import include_option, lang_option, slice_option, store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import note, show
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from rich.tree import Tree

    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.standards.trace import Branch
    from kps_graph.store import Place

__all__ = ["drawn", "trace"]

#: How many places in other standards a tree lists.
_FEW: Final = 20


@click.command()
@click.argument("code")
@click.option("--standard", metavar="STANDARD", help="Code or name of the standard of CODE.")
@slice_option
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
    code: str,
    standard: str | None,
    part: Slice,
    include: Include,
    store: Place,
    style: str,
    lang: Language,
) -> None:
    """Draw the tree from CODE (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) to all it touches.

    A K or S: its sub-items, and the tasks, activities, outputs and indicators that need it. A
    unit, output or indicator: where it belongs, what is in it, and the K and S it needs. A K, S
    or A also lists where other standards say the same, with their words if they differ. Codes
    are positions in one document, so name the standard with --standard, or write STANDARD/CODE.
    """
    from rich.text import Text

    import kps_graph
    from kps_graph.cli.output import echo_json
    from kps_graph.cli.terminal import console

    if standard is None and "/" in code:
        standard, _, code = code.rpartition("/")
    with kps_graph.open(store).within(part) as graph:
        chosen = _chosen(graph, standard)
        found = graph.trace(chosen, code, include=include)
    if found.branch.kind in ("K", "S", "A"):
        note(graph.selection.said().in_words(lang))
    if style == "json":
        echo_json(found.as_data())
        return
    if style != "tree":
        show(found.rows(), style, lang)
        return
    tree = drawn(found.branch, lang)
    if found.sharers:
        heading = tree.add(say(lang, "also found in"))
        for other in found.sharers[:_FEW]:
            said = "" if other.text == found.branch.text else f"（{other.text}）"
            named = filter(None, (other.standard, other.name, other.element))
            heading.add(Text(" ".join(named) + said))
        if len(found.sharers) > _FEW:
            heading.add(f"… {len(found.sharers) - _FEW}")
    out = console()
    out.print(f"{found.standard.code or ''} {found.standard.name}".strip())
    out.print(tree)


def _chosen(graph: KnowledgeGraph, standard: str | None) -> str:
    known = graph.identities()
    if standard is not None:
        return graph.identity(standard)
    if len(known) == 1:
        return next(iter(known))
    raise BadUsage(
        "the store holds {count} standards; say which with --standard (for instance {some})",
        count=len(known),
        some=tuple(source.code or source.name for source in known.values())[:5],
    )


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
