"""``kps-graph align``: which K, S and A say the same, why, and what people decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.curate import bring, review
from kps_graph.cli.options import lang_option, output_option, store_option, written_store_option
from kps_graph.cli.speaking import Speaking
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, Whole
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.align import Lexicon
    from kps_graph.aligned.align import Alignment
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.store import Aligned, Place

__all__ = ["align"]


@click.group(cls=Speaking)
def align() -> None:
    """Judge, match and curate which K, S and A say the same."""


align.add_command(review)
align.add_command(bring)


@align.command()
@click.argument("pairs", type=click.Path(path_type=Path))
@store_option
@click.option(
    "--embedding",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder of a local sentence embedding model.",
)
@lang_option
def judge(pairs: Path, store: Place, embedding: Path | None, lang: Language) -> None:
    """Print the pairs of the TSV file PAIRS (kind, a, b) with label, score and method.

    The weights of words are those of the store; without a store, the built-in ones.
    """
    from kps_graph.align import judge as operation
    from kps_graph.align import load_embedding
    from kps_graph.align.pairs import read_pairs

    given = read_pairs(pairs)
    model = load_embedding(embedding) if embedding else None
    echo("kind\ta\tb\tlabel\tscore\tmethod")
    for found in operation(given, _lexicon(store, lang), model):
        pair = found.pair
        echo(
            "\t".join(
                [
                    pair.kind,
                    _cell(pair.a),
                    _cell(pair.b),
                    str(found.label),
                    f"{found.score:.3f}",
                    found.method,
                ]
            )
        )


def _cell(text: str) -> str:
    """``text`` as it was given, unless a spreadsheet would take its quotes for its own."""
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _lexicon(store: Place, lang: Language) -> Lexicon:
    from kps_graph.align import Lexicon
    from kps_graph.aligned.align import lexicon_of
    from kps_graph.errors import StoreMissing

    try:
        return lexicon_of(store)
    except StoreMissing:
        source = click.get_current_context().get_parameter_source("store")
        if source is not click.core.ParameterSource.DEFAULT:
            raise
        note = say(lang, "no store: the built-in weights of words are used")
        echo(note, err=True)
        return Lexicon()


@align.command()
@click.argument("a")
@click.argument("b")
@click.option("--kind", type=Choice(["K", "S", "A"]), default="S", show_default=True)
@store_option
@lang_option
def explain(a: str, b: str, kind: str, store: Place, lang: Language) -> None:
    """Say how the texts A and B are judged, and why."""
    from kps_graph.align import Pair
    from kps_graph.align import explain as operation

    found = operation(Pair(kind, a, b), _lexicon(store, lang))
    verdict = found.judgement
    echo(
        f"{verdict.label}  {verdict.score:.3f}  ({verdict.method}"
        + (f", skos:{verdict.relation})" if verdict.relation else ")")
    )
    for evidence in found.evidence:
        echo(f"  {evidence.message(lang)}")


@align.command()
@written_store_option
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A file of decisions (SSSOM TSV); they always win.",
)
@lang_option
def apply(store: Path, decisions: Path | None, lang: Language) -> None:
    """Align the store anew, with DECISIONS or with those that it remembers.

    The store keeps its alignment: queries answer over it, and builds renew it. Give an empty file
    to forget all decisions.
    """
    from kps_graph.aligned.materialise import apply as operation
    from kps_graph.cli.waiting import progress

    with progress(lang) as update:
        if update:
            update(0, 0, "align")
        found = operation(store, decisions)
    _summary(found, lang)


def _summary(found: Alignment, lang: Language) -> None:
    """What an alignment came to, its findings on standard error."""
    for finding in found.findings:
        echo(f"{finding.span}: {finding.rule}: {finding.message(lang)}", err=True)
    labels = Counter(str(link.label) for link in found.matching.links)
    same, related = labels["same"], labels["related"]
    gathered = sum(1 for c in found.clusters if c.members)
    forms, decided = len(found.matching.forms), len(found.decisions)
    echo(
        say(
            lang,
            "{forms:,} forms; {same:,} pairs are the same, {related:,} related; {gathered:,} clusters of several; {decided:,} decisions",
            forms=forms,
            same=same,
            related=related,
            gathered=gathered,
            decided=decided,
        )
    )


@align.command()
@store_option
@lang_option
def stats(store: Place, lang: Language) -> None:
    """Count the links of the store by kind, relation, method and status, and its clusters."""
    from kps_graph.aligned.links import counts
    from kps_graph.aligned.names import representatives
    from kps_graph.cli.output import table

    with _opened(store, lang) as graph:
        aligned, found = graph.manifest.aligned, counts(graph.store)
        stars = representatives(graph.store)
    _remind(aligned, lang)
    table(
        lang.pick(
            (
                ["種類", "關係", "方法", "狀態", "連結"],
                ["kind", "relation", "method", "status", "links"],
            )
        ),
        found,
    )
    gathered = len({r for c, r in stars.items() if c != r})
    echo(
        say(
            lang,
            "{count:,} competencies; {gathered:,} clusters of several",
            count=len(stars),
            gathered=gathered,
        )
    )


@align.command()
@output_option("Write to a file instead.")
@click.option("--limit", type=Whole(1), default=None, help="Only the first clusters.")
@store_option
@lang_option
def clusters(output: Path | None, limit: int | None, store: Place, lang: Language) -> None:
    """Print the clusters of names that say the same, the most used first, as TSV.

    They are those that the store keeps; decisions count once they were applied.
    """
    from kps_graph.aligned.links import clusters as operation

    with _opened(store, lang) as graph:
        aligned, found = graph.manifest.aligned, operation(graph.store)[:limit]
    _remind(aligned, lang)
    lines = ["kind\tlabel\tspread\tforms"]
    for c in found:
        texts = [(" / ".join(text.split("\n")), n) for text, n in c.labels]
        forms = "、".join(f"{text}({n})" for text, n in texts)
        lines.append(f"{c.kind}\t{texts[0][0]}\t{c.spread:.3f}\t{forms}")
    _write("\n".join(lines) + "\n", output)


@align.command()
@output_option("Write to a file instead.")
@click.option("--label", type=Choice(["same", "related", "all"]), default="same", show_default=True)
@store_option
@lang_option
def export(output: Path | None, label: str, store: Place, lang: Language) -> None:
    """Write the links that the store keeps as SSSOM TSV."""
    from kps_graph.align import Label, write_decisions
    from kps_graph.aligned.links import as_decisions

    with _opened(store, lang) as graph:
        aligned = graph.manifest.aligned
        links = as_decisions(graph.store, None if label == "all" else Label(label))
        text = write_decisions(links, graph.manifest.base, title="links")
    _remind(aligned, lang)
    _write(text, output)


@contextmanager
def _opened(store: Place, lang: Language) -> Iterator[KnowledgeGraph]:
    """The store, with a sign of life on the terminal while its links are read."""
    import kps_graph
    from kps_graph.cli.waiting import progress

    with progress(lang) as update, kps_graph.open(store) as graph:
        if update:
            update(0, 0, "links")
        yield graph


def _remind(aligned: Aligned, lang: Language) -> None:
    """Says on standard error what the links of a store leave out."""
    if not aligned.matched:
        echo(
            say(lang, "this store was not aligned and has no links: run kps-graph align apply"),
            err=True,
        )
    elif aligned.pending:
        echo(
            say(
                lang,
                "{pending} documents changed since names were compared; what they word newly is not compared yet: run kps-graph align apply",
                pending=aligned.pending,
            ),
            err=True,
        )


def _write(text: str, output: Path | None) -> None:
    if output:
        from kps_graph.cli.output import save

        save(output, text.encode())
        echo(str(output))
    else:
        echo(text, nl=False)
