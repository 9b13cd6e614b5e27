"""The checklist of the certification as text, Markdown, a page, or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from kps_graph.rules.checklist import Answer, Outcome
from kps_graph.words import Language, say

__all__ = ["STYLES", "write"]

STYLES: Final = ("text", "markdown", "html", "json")
_SHOWN: Final = 12
_WORDS: Final = {
    Language.CHINESE: {
        Outcome.MET: "符合",
        Outcome.NOT_MET: "不符合",
        Outcome.ASK: "待人工判斷",
        "title": "職能基準品質認證審核條件",
        "doc": "文件內容",
        "more": "……另有 {n} 行",
        "found": "檢核發現",
        "not-official": "（條件為摘述，請以官方表單為準）",
        "evidence": "文件中沒有相關內容，請另備佐證資料",
    },
    Language.ENGLISH: {
        Outcome.MET: "met",
        Outcome.NOT_MET: "not met",
        Outcome.ASK: "to be judged",
        "title": "Conditions of the certification",
        "doc": "in the document",
        "more": "… and {n} lines more",
        "found": "found by the check",
        "not-official": " (a summary; the official form is what counts)",
        "evidence": "nothing in the document speaks of it; have the evidence ready",
    },
}
_MARKS: Final = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.ASK: "?"}


def write(answers: Sequence[Answer], name: str, style: str, lang: Language) -> bytes:
    """The answers about the standard called ``name`` in one of :data:`STYLES`."""
    if style == "json":
        counts = {o.value: sum(a.outcome is o for a in answers) for o in Outcome}
        data = {
            "standard": name,
            "conditions": [a.as_data(lang) for a in answers],
            "summary": counts,
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    if style == "html":
        return _html(answers, name, lang).encode()
    return ("\n".join(_lines(answers, name, lang, style == "markdown")) + "\n").encode()


def _summary(answers: Sequence[Answer], lang: Language) -> str:
    counts = Counter(a.outcome for a in answers)
    return say(
        lang,
        "{count} conditions: met {met}, not met {not_met}, to be judged {ask}",
        count=len(answers),
        met=counts[Outcome.MET],
        not_met=counts[Outcome.NOT_MET],
        ask=counts[Outcome.ASK],
    )


def _details(
    answer: Answer, lang: Language, whole: bool = False
) -> Iterator[tuple[str, list[str]]]:
    """What stands below a condition: a heading and its lines, cut short unless ``whole``."""
    own = _WORDS[lang]
    if answer.findings:
        yield (
            own["found"],
            [f"{f.rule} {f.code}：{f.message(lang)}".replace(" ：", "：") for f in answer.findings],
        )
    if answer.excerpts:
        lines = list(answer.excerpts if whole else answer.excerpts[:_SHOWN])
        if len(lines) < len(answer.excerpts):
            lines.append(own["more"].format(n=len(answer.excerpts) - len(lines)))
        yield own["doc"], lines
    elif not answer.findings and answer.outcome is Outcome.ASK:
        yield own["evidence"], []


def _text(answer: Answer, lang: Language) -> str:
    note = "" if answer.condition.quoted else _WORDS[lang]["not-official"]
    return answer.condition.text[lang] + note


def _lines(answers: Sequence[Answer], name: str, lang: Language, markdown: bool) -> Iterator[str]:
    own = _WORDS[lang]
    yield f"{'# ' if markdown else ''}{own['title']}：{name}"
    for (aspect, indicator), group in groupby(
        answers, key=lambda a: (a.condition.aspect[lang], a.condition.indicator[lang])
    ):
        yield ""
        yield f"{'## ' if markdown else ''}{aspect}／{indicator}"
        for answer in group:
            mark = f"{_MARKS[answer.outcome]} {answer.condition.number} [{own[answer.outcome]}]"
            yield (
                f"\n### {mark} {_text(answer, lang)}\n"
                if markdown
                else f"  {mark} {_text(answer, lang)}"
            )
            for heading, lines in _details(answer, lang):
                yield f"* {heading}" if markdown else f"      {heading}{'：' if lines else ''}"
                yield from (f"{'  * ' if markdown else '        '}{line}" for line in lines)
    yield ""
    yield _summary(answers, lang)


def _html(answers: Sequence[Answer], name: str, lang: Language) -> str:
    own = _WORDS[lang]
    title = escape(f"{own['title']}：{name}")
    parts = [f"<h1>{title}</h1><p>{escape(_summary(answers, lang))}</p>"]
    for (aspect, indicator), group in groupby(
        answers, key=lambda a: (a.condition.aspect[lang], a.condition.indicator[lang])
    ):
        parts.append(f"<h2>{escape(aspect)}／{escape(indicator)}</h2>")
        for answer in group:
            inner = "".join(
                f"<details{' open' if heading == own['found'] else ''}><summary>{escape(heading)}"
                f"</summary><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
                "</details>"
                if lines
                else f"<p class=none>{escape(heading)}</p>"
                for heading, lines in _details(answer, lang, whole=True)
            )
            kind = answer.outcome.name.lower()
            parts.append(
                f"<section class={kind}><h3><span>{_MARKS[answer.outcome]} "
                f"{escape(own[answer.outcome])}</span> {answer.condition.number} "
                f"{escape(_text(answer, lang))}</h3>{inner}</section>"
            )
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style><main>{''.join(parts)}</main></html>\n"
    )


_STYLE: Final = """
body{font:16px/1.6 "Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif;color:#1c1c1c;
background:#fff;margin:0}main{max-width:56rem;margin:0 auto;padding:1.5rem}h1{font-size:1.5rem}
h2{font-size:1.15rem;border-bottom:1px solid #bbb;margin-top:2rem}h3{font-size:1rem;margin:.2rem 0;
font-weight:500}section{border-left:4px solid #8a6d00;padding:.2rem .8rem;margin:.8rem 0}
section.met{border-color:#1b6e3c}section.not_met{border-color:#b3261e}h3 span{font-size:.85rem;
border:1px solid currentColor;border-radius:3px;padding:0 .3rem;color:#6b5500}
.met h3 span{color:#1b6e3c}
.not_met h3 span{color:#b3261e}.none{color:#555;margin:.2rem 0}
ul{margin:.3rem 0}li{white-space:pre-wrap}
@media print{details>*{display:block}}
"""
