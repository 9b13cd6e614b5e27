"""The checklist as text for a terminal, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from kps_graph.exports.checklist.shown import MARKS, Review, counted, found, words
from kps_graph.exports.reports.phrases import place
from kps_graph.printable import markdown_text, printable
from kps_graph.rules.checklist import Answer, Outcome
from kps_graph.words import Language, say

__all__ = ["lines"]

#: As many lines of the document are shown.
_SHOWN: Final = 12


def lines(review: Review, lang: Language, markdown: bool) -> Iterator[str]:
    """The checklist, line by line."""
    own, fit = words(lang), markdown_text if markdown else printable
    yield f"{'# ' if markdown else ''}{own['title']}{own['colon']}{fit(review.title)}"
    for (aspect, indicator), group in groupby(
        review.answers, key=lambda a: (a.condition.aspect[lang], a.condition.indicator[lang])
    ):
        yield ""
        yield f"{'## ' if markdown else ''}{aspect}{own['slash']}{indicator}"
        for answer in group:
            outcome = own[answer.outcome.name.lower()]
            mark = f"{MARKS[answer.outcome]} {answer.condition.number} [{outcome}]"
            text = _text(answer, lang)
            yield f"\n### {mark} {text}\n" if markdown else f"  {mark} {text}"
            for heading, below in _details(answer, lang):
                yield (
                    f"* {heading}"
                    if markdown
                    else f"      {heading}{own['colon'].rstrip() if below else ''}"
                )
                yield from (f"{'  * ' if markdown else '        '}{fit(line)}" for line in below)
    yield ""
    yield counted(review, lang)


def _details(answer: Answer, lang: Language) -> Iterator[tuple[str, list[str]]]:
    """What stands below a condition: a heading and its lines, the excerpts cut short."""
    own = words(lang)
    if answer.findings:
        yield (
            own["found"],
            [found(answer, f, lang) for f in answer.findings],
        )
    if answer.excerpts:
        shown = [
            f"{'　' * e.depth}{e.text(lang)}"
            + (lang.aside(at) if (at := place(e.span, lang)) else "")
            for e in answer.excerpts[:_SHOWN]
        ]
        if len(shown) < len(answer.excerpts):
            shown.append(say(lang, "… and {n} lines more", n=len(answer.excerpts) - len(shown)))
        yield own["doc"], shown
    elif not answer.findings and answer.outcome is Outcome.ASK:
        yield own["evidence"], []


def _text(answer: Answer, lang: Language) -> str:
    own = words(lang)
    return answer.condition.text[lang] + own["ours" if answer.condition.quoted else "digest"]
