"""The checklist as a form shows it, whatever the form is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, TypeAlias

from kps_graph.exports.reports.phrases import place
from kps_graph.report import Finding
from kps_graph.rules.checklist import Answer, Outcome
from kps_graph.rules.opinions import CHOOSE, COLUMNS, IDENTITY, VERDICTS, Kept, Opinion
from kps_graph.words import Language, say

__all__ = [
    "MARKS",
    "Condition",
    "Group",
    "Part",
    "Review",
    "counted",
    "found",
    "groups",
    "offered",
    "words",
]

#: What is kept of a condition, by its number.
_Lookup: TypeAlias = "Callable[[str], Kept | None]"

MARKS: Final = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.ASK: "?"}
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "colon": ("：", ": "),
    "slash": ("／", " / "),
    "met": ("符合", "met"),
    "not_met": ("不符合", "not met"),
    "ask": ("待人工判斷", "to be judged"),
    "title": ("職能基準品質認證審核條件", "Conditions of the certification"),
    "form": ("職能基準品質認證審查表", "Review form of the certification"),
    "doc": ("文件內容", "in the document"),
    "found": ("檢核發現", "found by the check"),
    "aside": ("供參考（不影響判定）：", "for information, not decisive: "),
    "result": ("檢核結果", "Result of the check"),
    "digest": (
        "（條件為摘述，請以官方表單為準）",
        " (a summary; the official form is what counts)",
    ),
    "ours": ("", " (English ours)"),
    "evidence": (
        "文件中沒有相關內容，請另備佐證資料",
        "nothing in the document speaks of it; have the evidence ready",
    ),
    "changed": (
        "⚠ 判定之後，檢核結果或文件內容已變更，請重新判斷；修改判定、說明、審查人或日期，即視為已重新判斷。",
        "⚠ The findings or the document changed after this was judged. Please judge again: a new "
        "verdict, note, name or date says that you have.",
    ),
    "changed-short": ("⚠ 證據已變更", "⚠ evidence changed"),
    "keep": (
        "請填寫判定、說明、審查人、日期四欄；再次執行 kps-graph review 並指定同一檔案時，會保留這四欄，其餘內容重新產生。核對碼請勿更改。",
        "Fill in verdict, note, reviewer and date: these four stay when kps-graph review is run "
        "again with this file, and everything else is made anew. Leave the check code as it is.",
    ),
    "aspect": ("構面／指標", "Aspect / indicator"),
    "text": ("要求條件", "What must hold"),
    "place": ("位置", "Place"),
    "kind": ("種類", "Kind"),
    "content": ("內容", "Content"),
    "page": ("頁", "page"),
    "save": ("儲存填寫內容", "Save what is filled in"),
    "print": ("列印", "Print"),
    "more": ("另有", "more"),
    # the parts of a document
    "name": ("職能基準名稱", "name"),
    "description": ("工作描述", "work description"),
    "level": ("基準級別", "base level"),
    "levels": ("職能級別", "levels"),
    "occupation": ("職業別", "occupation"),
    "industry": ("行業別", "industry"),
    "tasks": ("工作任務", "tasks"),
    "versions": ("版本", "versions"),
    "indicators": ("行為指標", "indicators"),
    "knowledge": ("知識 K", "knowledge K"),
    "skills": ("技能 S", "skills S"),
    "attitudes": ("態度 A", "attitudes A"),
}


@dataclass(frozen=True, slots=True)
class Review:
    """The answers about one standard, and what people wrote of them.

    Attributes:
        name: of the standard; "" if it has none.
        code: of the standard; "" if it has none.
        file: the name of the document.
        answers: to all conditions.
        kept: what an earlier form says, by the number of the condition.
    """

    name: str
    code: str
    file: str
    answers: Sequence[Answer]
    kept: Mapping[str, Kept] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The standard as a heading calls it: by code and name, else by its file."""
        return f"{self.code} {self.name}".strip() or self.file


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: its lines as text, place and depth, or where they stand already."""

    key: str
    title: str
    lines: Sequence[tuple[str, str, int]]
    see: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as a form shows it.

    Attributes:
        number: of the condition.
        text: what must hold, marked where the words are not the official ones.
        kind: ``met``, ``not_met`` or ``ask``.
        result: that in words, with its mark.
        findings: severity, text and place of each.
        parts: of the document.
        missing: what to say where the document has nothing of it; else "".
        opinion: what people wrote, the verdict in the language of the form.
        changed: whether the evidence changed since.
        check: the code that is kept with it.
    """

    number: str
    text: str
    kind: str
    result: str
    findings: Sequence[tuple[str, str, str]]
    parts: Sequence[Part]
    missing: str
    opinion: Opinion
    changed: bool
    check: str


@dataclass(frozen=True, slots=True)
class Group:
    """The conditions of one indicator below its heading."""

    title: str
    conditions: Sequence[Condition]


def words(lang: Language) -> dict[str, str]:
    """What forms say, in ``lang``; those of the headings that are read back are ``col-…`` and ``id-…``."""
    return {
        **{key: lang.pick(pair) for key, pair in _WORDS.items()},
        **{f"col-{key}": lang.pick(pair) for key, pair in COLUMNS.items()},
        **{f"id-{key}": lang.pick(pair) for key, pair in IDENTITY.items()},
        "choose": lang.pick(CHOOSE),
    }


def found(answer: Answer, finding: Finding, lang: Language) -> str:
    """A finding in a line, marked where it did not decide the condition that it stands below."""
    aside = words(lang)["aside"] if answer.aside(finding) else ""
    named = f"{finding.rule} {finding.code}".strip()
    return f"{aside}{named}{words(lang)['colon']}{finding.message(lang)}"


def offered(condition: Condition, lang: Language) -> list[str]:
    """What the list of a verdict offers: none yet, the verdicts, and what is written instead."""
    known = [lang.pick(CHOOSE), *(lang.pick(pair) for pair in VERDICTS)]
    verdict = condition.opinion.verdict
    return known if not verdict or verdict in known else [*known, verdict]


def counted(review: Review, lang: Language) -> str:
    """How many conditions are decided, and how many people judged."""
    counts = Counter(a.outcome for a in review.answers)
    return say(
        lang,
        "{count} conditions: met {met}, not met {not_met}, to be judged {ask}",
        count=len(review.answers),
        met=counts[Outcome.MET],
        not_met=counts[Outcome.NOT_MET],
        ask=counts[Outcome.ASK],
    )


def groups(review: Review, lang: Language) -> list[Group]:
    """The conditions by indicator; each part of the document once, where it is needed first."""
    shown: dict[str, str] = {}
    by_indicator = groupby(
        review.answers, key=lambda a: (a.condition.aspect[lang], a.condition.indicator[lang])
    )
    return [
        Group(
            words(lang)["slash"].join(titles),
            [_condition(a, review.kept.get, shown, lang) for a in answers],
        )
        for titles, answers in by_indicator
    ]


def _condition(answer: Answer, kept: _Lookup, shown: dict[str, str], lang: Language) -> Condition:
    own, condition = words(lang), answer.condition
    kind = answer.outcome.name.lower()
    memory = kept(condition.number) or Kept()
    opinion = memory.opinion
    marked = own["ours"] if condition.quoted else own["digest"]
    return Condition(
        condition.number,
        condition.text[lang] + marked,
        kind,
        f"{MARKS[answer.outcome]} {own[kind]}",
        [
            (str(f.severity), found(answer, f, lang), place(f.span, lang))
            for f in sorted(answer.findings, key=lambda f: -f.severity)
        ],
        list(_parts(answer, shown, lang)),
        own["evidence"]
        if answer.outcome is Outcome.ASK and not (answer.findings or answer.excerpts)
        else "",
        Opinion(opinion.verdict_in(lang), opinion.note, opinion.reviewer, opinion.date),
        memory.outdated(answer.evidence),
        memory.check(answer.evidence),
    )


def _parts(answer: Answer, shown: dict[str, str], lang: Language) -> Iterator[Part]:
    own, number = words(lang), answer.condition.number
    for key, excerpts in groupby(answer.excerpts, key=lambda e: e.part):
        lines = [(e.text(lang), place(e.span, lang), e.depth) for e in excerpts]
        first = shown.setdefault(key, number)
        see = "" if first == number else first
        yield Part(key, own[key], [] if see else lines, see)
