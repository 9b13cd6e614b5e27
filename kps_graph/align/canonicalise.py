"""Brings a name down to what carries meaning, by the rules of :mod:`kps_graph.align.rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from kps_graph.align import rules, synonyms
from kps_graph.align.spelling import spell
from kps_graph.folding import fold, glyphs

__all__ = ["Canonical", "canonical", "strip_marks"]

_ASIDE = re.compile(r"[（(\[［〔]([^（）()\[\]［］〔〕]*)(?:[）)\]］〕]|$)")
_LATIN = re.compile(r"[^一-鿿]*")
_CONNECTIVE = re.compile(
    r"以及|並且|[與及和暨並或/／、&＆,，;；\n]| and ",
    re.IGNORECASE,
)
_MARKS = re.compile("|".join(rules.MARKS))
_LINK = "\x1f"
_OPERATED = re.compile(f"({'|'.join(rules.OPERATED)})[之的]?(?:操作)?(?:使用|運用|應用)$")
_USING = ("使用", "運用", "應用", "操作")
_OPERATES = re.compile(f"^(?:{'|'.join(_USING)})(.+(?:{'|'.join(rules.OPERATED)}))$")
_CARRIES_OUT = re.compile(
    f"^(?:{'|'.join(rules.PERFORMS)})(.*(?:{'|'.join(rules.ACTIVITIES)})(?:作業|工作)?)$"
)
_VERB = "|".join(rules.VERBS)
_VERBS_FIRST = re.compile(f"((?:{_VERB})(?:{_LINK}(?:{_VERB}))*)[之的{_LINK}]?(..+)$", re.DOTALL)
_PROGRAM = re.compile(r"([a-z0-9])軟體操作$")
_DATA = re.compile(f"(?<!大)(?:{'|'.join(rules.DATA)})(?!{'|'.join(rules.DATA_COMPOUNDS)})")
_HOWS = f"(?:{'|'.join((*rules.HOW, *rules.LIGHTLY_HOW))})"
_HOW = re.compile(f"(?<=..){_HOWS}(?:(?:{_LINK}|(?<=流程)(?=規範)){_HOWS})+$")
_PERFORMED = re.compile(f"({'|'.join(rules.ACTIVITIES)})的?(?:{'|'.join(rules.PERFORMED)})$")
_INNER = re.compile(f"(?<=[^{_LINK}]{{2}})(?:概念|知識|能力|技能|技巧)(?={_LINK})")
_BASIC = re.compile(f"(?<=.)(?:基本|基礎(?!{'|'.join(rules.FOUNDATIONS)}))(?=..)")
_TWICE = re.compile(r"([一-鿿]{2,})\1")
#: One character in brackets inside a word is one of its spellings: 夾(治)具.
_INSIDE = re.compile(r"(?<=[一-鿿])[（(]([一-鿿])[）)](?=[一-鿿])")


class Canonical(NamedTuple):
    """What a name comes down to.

    Attributes:
        kind: K, S or A.
        folded: normalised, nothing removed.
        text: the meaning-carrying characters in their order, in one spelling.
        plain: ``text`` as it was worded, no synonym spelled otherwise: 儀器設備保養 and 設備保養
            share 設備保養, which 儀器保養 and 設備保養 do not; evidence only.
        aside: what stood in brackets and is no abbreviation.
        parts: ``text`` split at its conjunctions.
    """

    kind: str
    folded: str
    text: str
    plain: str
    aside: str
    parts: tuple[str, ...]

    @property
    def bag(self) -> str:
        """The characters of ``text`` in no order: 溝通協調 and 協調溝通 meet here."""
        return "".join(sorted(self.text))


def strip_marks(text: str) -> str:
    """``text`` without 註 marks, 【T1.1】, leading numbers and extraction debris."""
    text = glyphs(text)
    shorter = _MARKS.sub("", text).strip()
    if shorter == text:
        return text
    return shorter if fold(shorter) and len(fold(shorter)) >= rules.SHORTEST else text


@lru_cache(maxsize=1 << 18)  # names are learned from first and matched then: both in one pass
def canonical(kind: str, text: str) -> Canonical:
    """The canonical form of ``text``, a name of ``kind`` K, S or A."""
    bare = strip_marks(text)
    aside = ""
    if "（" in bare or "(" in bare or "[" in bare:
        bare = _INSIDE.sub(r"\1", bare)
        outside = _ASIDE.sub("", bare)
        if len(fold(outside)) >= rules.SHORTEST:
            inner = "".join(m for m in _ASIDE.findall(bare) if not _LATIN.fullmatch(m))
            bare, aside = outside, fold(inner)
            aside = "" if aside in rules.EMPTY_PREFIXES else aside
    joined = _LINK.join(fold(p) for p in _split(bare) if p.strip())
    half = joined[: len(joined) // 2]
    worded = half if joined == half * 2 else joined
    worded = _object_first(worded) if kind == "S" else worded
    spelled = spell(worded)
    body = _act(_trim(spelled, kind), kind)
    if kind == "A":
        spelled = body = _attitudes().get(body.replace(_LINK, ""), body)
    parts = tuple(p for p in (_trim_part(p) for p in body.split(_LINK)) if p)
    # again, since a conjunction may have stood between the characters of a listed word
    flat = spell("".join(parts))
    if len(set(flat)) < len(flat) - 1:
        flat = _TWICE.sub(r"\1", flat)
    plain = flat if spelled == worded else _trim(worded, kind).replace(_LINK, "")
    return Canonical(kind, fold(text), flat, plain, aside, parts)


def _split(text: str) -> Iterable[str]:
    """The pieces between conjunctions; a conjunction that is part of a word is none."""
    start = position = 0
    while found := _CONNECTIVE.search(text, position):
        position = found.end()
        around = text[max(found.start() - 1, 0) : found.end() + 1]
        if any(w in around for w in rules.NOT_CONNECTIVE):
            continue
        yield text[start : found.start()]
        start = position
    yield text[start:]


def _trim(body: str, kind: str) -> str:
    """``body`` without empty prefixes and suffixes, one after the other."""
    while body.startswith(rules.EMPTY_PREFIXES) and not body.startswith(
        rules.WORDS_THAT_BEGIN_ALIKE
    ):
        prefix = next(p for p in rules.EMPTY_PREFIXES if body.startswith(p))
        if len(body) - len(prefix) < rules.SHORTEST:
            break
        body = body.removeprefix(prefix).lstrip("之的")
    endings = _endings(kind)
    while True:
        body = body.strip(_LINK)
        for suffix, ending in endings.get(body[-1:], ()):
            if not body.endswith(suffix):
                continue
            rest = body[: -len(suffix)]
            if len(rest) + len(ending) < rules.SHORTEST:
                continue
            if not ending and _in_a_word(body, len(rest)):
                continue
            if ending or (rest.endswith(_LINK) and suffix in rules.KEPT_AS_PART):
                return rest + ending if ending else body
            body = rest
            break
        else:
            return body


def _object_first(name: str) -> str:
    """``name`` with the verbs that it begins with at its end, as most names of skills have them.

    Not if it ends in one already: 測試報告撰寫 is about 測試報告.
    """
    body = _trim(name, "S")
    found = _VERBS_FIRST.match(body)
    # 清潔工具運用: what ends in its use is a tool, also where its ending is gone
    used = any(use in name[1:] for use in rules.USES)
    return name if not found or used or body.endswith(rules.VERBS) else found[2] + found[1]


def _act(body: str, kind: str) -> str:
    """``body`` without what says twice that something is known, done or operated."""
    if _LINK in body:
        body = _INNER.sub("", body)
    if "基" in body:
        body = _BASIC.sub("", body)
    if kind == "S":
        if body.endswith("用"):
            body = _OPERATED.sub(r"\1操作", body)
        if body.startswith(_USING):
            body = _OPERATES.sub(r"\1操作", body)
        body += "操作" if body.endswith("軟體") else ""
        if body.endswith("軟體操作"):
            body = _PROGRAM.sub(r"\1操作", body)
        if body.startswith(rules.PERFORMS):
            body = _CARRIES_OUT.sub(r"\1", body)
    if kind == "K":
        body = _HOW.sub(_weightiest, body)
    if any(verb in body for verb in rules.DATA_VERBS):
        body = _DATA.sub("資料", body)
        body = f"資料{body}" if body.replace(_LINK, "") in rules.OF_DATA else body
    return _PERFORMED.sub(r"\1", body) if body.endswith(rules.PERFORMED) else body


def _weightiest(hows: re.Match[str]) -> str:
    """The first of several words that say how something is done, a weighty one if there is any."""
    words = hows[0].replace("流程規範", "流程").split(_LINK)
    return next((w for w in words if w in rules.HOW), words[0])


def _in_a_word(body: str, cut: int) -> bool:
    """Whether a word of ``body`` would be cut at ``cut``: 科|學, 資訊科|技能力."""
    return any(
        body.endswith(left, 0, cut) and body.startswith(right, cut)
        for left, right in _halves().get(body[cut - 1 : cut + 1], ())
    )


@cache
def _halves() -> dict[str, list[tuple[str, str]]]:
    """Both halves of each way to cut a word that is not cut, by the characters at the cut."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word in rules.WORDS_THAT_END_ALIKE:
        for cut in range(1, len(word)):
            found.setdefault(word[cut - 1 : cut + 1], []).append((word[:cut], word[cut:]))
    return found


def _trim_part(part: str) -> str:
    """A part without 的, 之 and 相關 inside it."""
    shorter = part.replace("相關", "").replace("的", "").replace("之", "")
    return shorter if shorter else part


@cache
def _endings(kind: str) -> dict[str, list[tuple[str, str]]]:
    """By its last character, what a name may end in and what stands there instead; longest first."""
    empty = (*rules.EMPTY_SUFFIXES["*"], *rules.EMPTY_SUFFIXES.get(kind, ()))
    every = dict.fromkeys(empty, "") | dict(rules.ENDINGS)
    found: dict[str, list[tuple[str, str]]] = {}
    for suffix in sorted(every, key=len, reverse=True):
        found.setdefault(suffix[-1], []).append((suffix, every[suffix]))
    return found


@cache
def _attitudes() -> dict[str, str]:
    table: dict[str, str] = {}
    for first, *others in synonyms.ATTITUDES:
        for word in (first, *others):
            trimmed = _trim("".join(_split(fold(word))), "A")
            table.setdefault(trimmed, first)
    return table
