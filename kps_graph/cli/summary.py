"""What a build says of itself when it is done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kps_graph.cli.output import console
from kps_graph.messages import in_chinese
from kps_graph.pipeline.build import Built

__all__ = ["summary"]


def summary(built: Built, store: Path, lang: str) -> None:
    """Prints what the store holds now, what changed, and what could not be read."""
    from rich.text import Text

    zh = lang == "zh-Hant"
    sources = list(built.manifest.sources.values())
    outcomes = Counter(s.outcome for s in sources)
    out = console()
    line = (
        f"{store}：{outcomes['loaded']} 個職能基準，{built.triples:,} 個三元組；"
        f"讀取 {len(built.changed)} 份，移除 {len(built.removed)} 份，其餘未變"
        if zh
        else f"{store}: {outcomes['loaded']} standards, {built.triples:,} triples; "
        f"read {len(built.changed)}, removed {len(built.removed)}, the rest unchanged"
    )
    out.print(Text(line))
    severities = Counter(str(f.severity) for s in sources for f in s.findings)
    names = {"violation": "違反", "warning": "警告", "info": "提示"}
    listed = (
        "，".join(f"{names[n]} {severities[n]}" for n in names)
        if zh
        else ", ".join(f"{severities[n]} {n}" for n in names)
    )
    out.print(Text(f"檢核結果：{listed}" if zh else f"findings: {listed}"))
    unplaced = sum(s.unplaced for s in sources)
    if unplaced:
        out.print(
            Text(
                f"未能歸位的字元：{unplaced:,}（見 kps-graph sources）"
                if zh
                else f"characters that could not be placed: {unplaced:,} (kps-graph sources)"
            )
        )
    if pending := built.manifest.aligned.pending:
        out.print(
            Text(
                f"{pending} 份職能基準有異動：其中新的說法尚未比對；執行 kps-graph align apply 即可比對"
                if zh
                else f"{pending} standards have changed: what they word newly is not compared yet; "
                "kps-graph align apply does it"
            )
        )
    for source in sources:
        if source.outcome in ("failed", "duplicate"):
            word = {
                "failed": "無法讀取" if zh else "failed",
                "duplicate": "重複" if zh else "duplicate",
            }[source.outcome]
            style = "red" if source.outcome == "failed" else "yellow"
            # an error message begins with the name of the file
            said = source.message.removeprefix(f"{Path(source.path).name}: ")
            said = in_chinese(said) if zh else said
            out.print(Text(f"  {word} ", style=style) + Text(f"{source.path}: {said}"))
