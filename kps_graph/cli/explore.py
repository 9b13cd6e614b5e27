"""``kps-graph trace``: the tree of what a code touches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from kps_graph.cli.options import (
    include_option,
    lang_option,
    limits_option,
    no_slice,
    output_option,
    slice_option,
    standard_in_option,
    store_option,
)
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from rich.tree import Tree

    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.graph.reached import Reached
    from kps_graph.model import Standard
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.standards.trace import Branch
    from kps_graph.store import Place, Rows
    from kps_graph.workers.limits import Limits

__all__ = ["drawn", "trace"]

#: Opens the part of a store that is asked.
_Graph: TypeAlias = "Callable[[], KnowledgeGraph]"

#: How many places in other standards a tree lists.
_FEW: Final = 20
_CODE: Final = re.compile(r"[TOPKSA]\s?\d+(?:\.\d+)*(?:~\d+)?|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A trace: what a tree or picture shows, what a table has, and JSON data."""

    title: str
    trees: tuple[Branch, ...]
    rows: Rows | None = None
    data: Mapping[str, Any] | None = None
    beside: tuple[str, ...] = ()


@click.command()
@click.argument("what", metavar="CODE | WORDS | FILE")
@click.option(
    "--standard", metavar="STANDARD", help="The standard: its code or name, or a document."
)
@click.option(
    "--back",
    is_flag=True,
    help="What must be learnt first for an indicator, output or unit: its K and S, in order.",
)
@include_option
@standard_in_option
@slice_option
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(["tree", "json", "csv", "tsv", "markdown"]),
    help="A tree; JSON; or a row for each path.  [default: by the ending of OUTPUT, else tree]",
)
@output_option("Write it to a file (.csv, .tsv, .json, .md, .xlsx, .svg, .html).")
@limits_option
@lang_option
def trace(
    what: str,
    standard: str | None,
    back: bool,
    include: Include,
    part: Slice,
    store: Place,
    style: str | None,
    output: Path | None,
    limits: Limits,
    lang: Language,
) -> None:
    """Trace a code, words or a draft to all that needs it.

    CODE (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) is a position in one document, so name the standard
    with --standard, or write STANDARD/CODE. A K or S leads to its sub-items, and the tasks, activities,
    outputs and indicators that need it; a unit, output or indicator to where it belongs, what is in
    it, and the K and S it needs. A K, S or A also lists where other standards say the same, with
    their words if they differ.

    WORDS are those of a K, S or A, in whichever standards of the store; a FILE is a document, each
    of whose K, S and A is traced. In CSV, TSV, Markdown and a workbook a row is a path: from the K,
    S or A of a standard through task and activity to the output or indicator that needs it.
    """
    form = _form(style, output)
    if standard is None and "/" in what and _CODE.fullmatch(what.rpartition("/")[2]):
        standard, _, what = what.rpartition("/")
    if back:
        no_slice(part, f"trace {what} --back")
        answer = _back(what, standard, store, limits, lang)
    elif standard is not None or _CODE.fullmatch(what):
        answer = _of_code(what, standard, form, include, partial(_asked, store, part), limits, lang)
    else:
        answer = _of_words(what, include, partial(_asked, store, part), limits, lang)
    if form == "tree" and output is None:
        from kps_graph.cli.terminal import console

        out = console()
        out.print(answer.title)
        for tree in answer.trees:
            out.print(drawn(tree, lang))
    else:
        _write(answer, form, output, lang)
    for text in answer.beside:
        echo(text, err=True)


def _form(style: str | None, output: Path | None) -> str:
    """The format that is asked for, by its name or by the ending of a file."""
    from kps_graph.cli.output import STANDARD_OUTPUT

    if output is None or output == STANDARD_OUTPUT:
        return style or ("tree" if output is None else "csv")
    from kps_graph.exports.traced import ENDINGS

    form = style or ENDINGS.get(output.suffix.lower())
    if form is None or form == "tree":
        raise BadUsage("{file} ends in none of {endings}", file=output.name, endings=tuple(ENDINGS))
    return form


def _write(answer: _Answer, form: str, output: Path | None, lang: Language) -> None:
    from kps_graph.cli.output import STANDARD_OUTPUT, save
    from kps_graph.exports.traced import trace_as
    from kps_graph.store import Rows

    rows = answer.rows if answer.rows is not None else Rows((), [])
    data = trace_as(answer.trees, rows, answer.data, form, answer.title, lang)
    if save(output or STANDARD_OUTPUT, data):
        echo(str(output), err=True)


def _of_code(
    code: str,
    standard: str | None,
    form: str,
    include: Include,
    asked: _Graph,
    limits: Limits,
    lang: Language,
) -> _Answer:
    """The trace of a code of one standard, and where others say the same."""
    from kps_graph.graph.reached import reached_in

    if standard is not None and Path(standard).is_file():
        return _of_document(Path(standard), code, include, asked, limits)
    with asked() as graph:
        chosen = _chosen(graph, standard)
        found = graph.trace(chosen, code, include=include)
        value = found.standard
        title = f"{value.code or ''} {value.name}".strip()
        shared = found.branch.kind in ("K", "S", "A")
        on = (graph.selection.said().in_words(lang),) if shared else ()
        if form in ("tree", "json", "svg", "html"):
            branch = _with_sharers(found.branch, found.sharers, lang)
            data = graph.selection.as_data([found.as_data()])
            if not shared:
                data["standards"] = 1  # what is in a unit, others say nothing about
            return _Answer(title, (branch,), data=data, beside=on)
        own = found.branch.reference or found.branch.code
        rows = reached_in(graph, value, own, include, identity=chosen).rows()
    return _Answer(title, (found.branch,), rows, beside=on)


def _with_sharers(branch: Branch, sharers: Iterable[Any], lang: Language) -> Branch:
    from kps_graph.standards.trace import Branch as Tree

    listed = list(sharers)
    if not listed:
        return branch
    places = [
        Tree(
            "place",
            "",
            " ".join(filter(None, (s.standard, s.name, s.element)))
            + ("" if s.text == branch.text else f"（{s.text}）"),
        )
        for s in listed[:_FEW]
    ]
    if len(listed) > _FEW:
        places.append(Tree("place", "", f"… {len(listed) - _FEW}"))
    group = Tree("group", "", say(lang, "also found in"), None, tuple(places))
    return replace(branch, children=(*branch.children, group))


def _of_document(path: Path, code: str, include: Include, asked: _Graph, limits: Limits) -> _Answer:
    """The trace of a code of a document, and where the standards of the store say the same."""
    from kps_graph.graph.reached import reached_in
    from kps_graph.standards.trace import trace as traced

    standard = _read(path, limits)
    branch = traced(standard, code)
    graph = _opened(asked)
    found = reached_in(graph, standard, branch.reference or branch.code, include)
    others = tuple(r.branch() for r in found.found if r.standard is not standard)
    title = f"{standard.code or ''} {standard.name}".strip()
    return _Answer(title, (branch, *others), found.rows(), _data(found, graph))


def _of_words(
    what: str, include: Include, asked: _Graph, limits: Limits, lang: Language
) -> _Answer:
    """What needs the K, S and A that have these words, or those of a document."""
    from kps_graph.graph.reached import reached, reached_from
    from kps_graph.standards.trace import Branch as Tree

    path = Path(what)
    with asked() as graph:
        on = graph.selection.said().in_words(lang)
        if path.is_file():
            standard = _read(path, limits)
            found = reached_from(graph, standard, include)
            title = f"{standard.code or ''} {standard.name}".strip()
        else:
            found = reached(graph, what, include)
            title = what
        data = _data(found, graph)
    by_text: dict[str, list[Branch]] = {}
    for reach in found.found:
        by_text.setdefault(reach.asked, []).append(reach.branch())
    trees = tuple(
        Tree("words", "", text, None, tuple(branches)) for text, branches in by_text.items()
    )
    beside = tuple(
        say(lang, "{asked}: no other standard in the store has it", asked=asked)
        for asked in found.nowhere
    )
    return _Answer(title, trees, found.rows(), data, (*beside, on))


def _data(found: Reached, graph: KnowledgeGraph | None) -> dict[str, Any]:
    """What needs what was asked for, and what no other standard has, as JSON data."""
    answers = [
        {
            "asked": reach.asked,
            "standard": reach.standard.code,
            "name": reach.standard.name,
            **reach.branch().as_data(),
        }
        for reach in found.found
    ]
    answers += [{"asked": asked, "nowhere": True} for asked in found.nowhere]
    return graph.selection.as_data(answers) if graph else _alone(answers)


def _alone(answers: Sequence[Any], of: int = 1) -> dict[str, Any]:
    """Answers that one standard gives, of as many as a store holds."""
    return {"slice": "", "standards": 1, "of": of, "answers": list(answers)}


def _back(code: str, standard: str | None, store: Place, limits: Limits, lang: Language) -> _Answer:
    """What must be learnt first for a part of the work."""
    import kps_graph
    from kps_graph.standards.learnt_first import learnt_first
    from kps_graph.standards.trace import Branch as Tree
    from kps_graph.store import Rows

    of = 1
    if standard is not None and Path(standard).is_file():
        value = _read(Path(standard), limits)
    else:
        with kps_graph.open(store) as graph:
            value, of = graph.standard(_chosen(graph, standard)), len(graph.identities())
    steps = learnt_first(value, code)
    rows = Rows.of(
        ("step", "kind", "code", "text", "level", "easier"),
        steps,
        lambda s: (
            s.number,
            s.step.kind,
            s.step.code or None,
            s.step.text,
            s.step.level,
            "|".join(s.easier) or None,
        ),
    )
    trees = tuple(
        Tree(
            s.step.kind,
            s.step.code,
            s.step.text + lang.aside(lang.joined(s.easier)) if s.easier else s.step.text,
            s.step.level,
        )
        for s in steps
    )
    title = " ".join(filter(None, (value.code, value.name, code)))
    data = [
        {**row, "easier": list(s.easier)} for row, s in zip(rows.to_dicts(), steps, strict=True)
    ]
    return _Answer(title, (Tree("group", "", code, None, trees),), rows, _alone(data, of))


def _read(path: Path, limits: Limits) -> Standard:
    from kps_graph.pipeline.reading import read_safely
    from kps_graph.pipeline.sources import SourceFile

    return read_safely(SourceFile.at(path), limits).standard


def _asked(store: Place, part: Slice) -> KnowledgeGraph:
    """The part of a store that is asked."""
    import kps_graph

    return kps_graph.open(store).within(part)


def _opened(asked: _Graph) -> KnowledgeGraph | None:
    """The store, if there is one: a document can be traced without."""
    from kps_graph.errors import StoreMissing

    try:
        return asked()
    except StoreMissing:
        return None


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
