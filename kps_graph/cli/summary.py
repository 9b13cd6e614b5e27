"""What a build says of itself when it is done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kps_graph.cli.terminal import console
from kps_graph.pipeline.build import Built
from kps_graph.words import Language, Sentence, say

__all__ = ["summary"]


def summary(built: Built, store: Path, lang: Language) -> None:
    """Prints what the store holds now, what changed, and what could not be read."""
    from rich.text import Text

    sources = list(built.manifest.sources.values())
    outcomes = Counter(s.outcome for s in sources)
    out = console()
    line = say(
        lang,
        "{store}: {standards} standards, {triples:,} triples; "
        "read {read}, removed {removed}, the rest unchanged",
        store=str(store),
        standards=outcomes["loaded"],
        triples=built.triples,
        read=len(built.changed),
        removed=len(built.removed),
    )
    out.print(Text(line))
    severities = sum((s.severities for s in sources), Counter())
    counts = {name: severities[name] for name in ("violation", "warning", "info")}
    out.print(
        Text(say(lang, "findings: {violation} violation, {warning} warning, {info} info", **counts))
    )
    unplaced = sum(s.unplaced for s in sources)
    if unplaced:
        out.print(
            Text(
                say(
                    lang,
                    "characters that could not be placed: {unplaced:,} (kps-graph sources)",
                    unplaced=unplaced,
                )
            )
        )
    if pending := built.manifest.aligned.pending:
        out.print(
            Text(
                say(
                    lang,
                    "{pending} standards have changed: what they word newly is not compared yet; kps-graph align apply does it",
                    pending=pending,
                )
            )
        )
    for source in sources:
        if source.outcome in ("failed", "duplicate"):
            word = {
                "failed": say(lang, "failed"),
                "duplicate": say(lang, "duplicate"),
            }[source.outcome]
            style = "red" if source.outcome == "failed" else "yellow"
            said = source.message
            if said and source.outcome == "duplicate":
                said = Sentence("{place}: {message}", place=source.path, message=said)
            out.print(Text(f"  {word} ", style=style) + Text(said.in_words(lang) if said else ""))
