"""Says why a pair was judged as it was: as values, each with a sentence in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from kps_graph.align import weights
from kps_graph.align.canonicalise import Canonical, canonical
from kps_graph.align.features import FEATURES, measure, prepare
from kps_graph.align.judging import Judgement, Pair, judge
from kps_graph.align.lexicon import Lexicon
from kps_graph.words import Language

__all__ = ["Evidence", "Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for or against.

    Attributes:
        name: ``canonical``, ``shared``, ``differing``, or a feature of the model.
        value: what was found.
        speaks_for: what it adds to same, related and different, in that order (log odds); zeros
            for what is only told.
        messages: what it says, by language tag.
    """

    name: str
    value: str
    speaks_for: tuple[float, float, float] = (0.0, 0.0, 0.0)
    messages: Mapping[str, str] = field(default_factory=dict, hash=False)

    def message(self, lang: str = Language.CHINESE) -> str:
        """What it says in ``lang``."""
        return self.messages[Language.of(lang)]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A judgement and what led to it."""

    judgement: Judgement
    evidence: tuple[Evidence, ...]


#: What a feature says, by language; ``{}`` is its value.
_SAYS: Final = {
    "less": ("各自獨有的部分，較少一方占 {}", "of the name with less of its own, {} is its own"),
    "more": ("各自獨有的部分，較多一方占 {}", "of the name with more of its own, {} is its own"),
    "begins": (
        "開頭也見於對方的名稱數 {}",
        "names that begin with what the other has, too: {}",
    ),
    "cut": ("一方疑似被截斷", "one name looks broken off"),
    "aside": ("只有一方有括號說明", "only one has a remark in brackets"),
}
_RULES: Final = {
    "identical": ("正規化後完全相同", "identical once normalised"),
    "canonical": ("去除無意義成分後相同", "equal without what carries no meaning"),
    "reordered": ("僅次序不同", "the same in another order"),
}


def explain(pair: Pair, lexicon: Lexicon) -> Explanation:
    """Why ``pair`` is judged as :func:`kps_graph.align.judging.judge` judges it."""
    judgement = judge([pair], lexicon)[0]
    a, b = canonical(pair.kind, pair.a), canonical(pair.kind, pair.b)
    told = _texts(a, b)
    if judgement.method in _RULES:
        told.append(Evidence(judgement.method, "", messages=_said(*_RULES[judgement.method])))
        return Explanation(judgement, tuple(told))
    first, second = sorted([a, b], key=lambda c: (c.text, c.folded))
    one = np.array([0])
    found = measure(prepare([first], lexicon), one, prepare([second], lexicon), one, lexicon)[0]
    weighed = []
    for name, value in zip(FEATURES, found.tolist(), strict=True):
        if value:
            same, related, different = (round(value * w, 3) for w in weights.COEFFICIENTS[name])
            shown = f"{round(value, 2):g}"
            messages = _said(*(text.format(shown) for text in _SAYS[name]))
            weighed.append(Evidence(name, shown, (same, related, different), messages))
    weighed.sort(key=lambda e: -max(map(abs, e.speaks_for)))
    return Explanation(judgement, (*told, *weighed))


def _said(chinese: str, english: str) -> dict[str, str]:
    """A message by language tag."""
    return {Language.CHINESE: chinese, Language.ENGLISH: english}


def _texts(a: Canonical, b: Canonical) -> list[Evidence]:
    """What the names come down to, what they share and in what they differ."""
    blocks = SequenceMatcher(None, a.text, b.text, autojunk=False).get_opcodes()
    shared = "…".join(a.text[i:j] for tag, i, j, _, _ in blocks if tag == "equal")
    differing = "、".join(
        f"{a.text[i:j] or '∅'}/{b.text[k:m] or '∅'}" for tag, i, j, k, m in blocks if tag != "equal"
    )
    core = f"{a.text} / {b.text}"
    told = [
        Evidence(
            "canonical",
            core,
            messages=_said(f"比較的是：{core}", f"compared as: {core}"),
        ),
        Evidence(
            "shared",
            shared,
            messages=_said(f"相同：{shared or '無'}", f"in common: {shared or 'nothing'}"),
        ),
    ]
    if differing:
        told.append(
            Evidence(
                "differing",
                differing,
                messages=_said(f"相異：{differing}", f"differing: {differing}"),
            )
        )
    return told
