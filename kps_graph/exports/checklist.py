"""The checklist of the certification as text, Markdown, a page, or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from kps_graph.exports import pages
from kps_graph.printable import json_text, markdown_text, printable
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
        return (json_text(data, 1) + "\n").encode()
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
    own, fit = _WORDS[lang], markdown_text if markdown else printable
    yield f"{'# ' if markdown else ''}{own['title']}：{fit(name)}"
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
                yield from (f"{'  * ' if markdown else '        '}{fit(line)}" for line in lines)
    yield ""
    yield _summary(answers, lang)


def _html(answers: Sequence[Answer], name: str, lang: Language) -> str:
    own = _WORDS[lang]
    groups = groupby(answers, key=lambda a: (a.condition.aspect[lang], a.condition.indicator[lang]))
    return pages.render(
        "checklist.html",
        style=pages.asset("checklist.css"),
        lang=lang,
        title=f"{own['title']}：{name}",
        summary=_summary(answers, lang),
        groups=[(head, [_shown(a, lang) for a in group]) for head, group in groups],
    )


def _shown(answer: Answer, lang: Language) -> dict[str, Any]:
    """A condition as the page shows it."""
    own = _WORDS[lang]
    return {
        "kind": answer.outcome.name.lower(),
        "mark": _MARKS[answer.outcome],
        "outcome": own[answer.outcome],
        "number": answer.condition.number,
        "text": _text(answer, lang),
        "details": [
            {"heading": heading, "lines": lines, "open": heading == own["found"]}
            for heading, lines in _details(answer, lang, whole=True)
        ],
    }
