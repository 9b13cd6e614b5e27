"""The layers of the matcher that need no weighing: which canonical forms are the same by rule."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from kps_graph.align import rules
from kps_graph.align.canonicalise import Canonical

__all__ = ["RULES", "refused", "rule"]

#: What a verdict by rule is worth, as measured on labelled pairs.
RULES: Final = {"identical": 1.0, "canonical": 0.98, "reordered": 0.95}
_ASIDES_ALIKE: Final = 0.75
_LONG_ENOUGH: Final = 6


def rule(kind: str, a: Canonical, b: Canonical) -> str:
    """The rule by which two canonical forms are the same, "" if by none."""
    if a.bag != b.bag or not _asides_agree(a.aside, b.aside):
        return ""
    if a.text == b.text:
        return "identical" if a.folded == b.folded else "canonical"
    # 儀器分析 and 分析儀器 are two kinds of knowledge, 報告撰寫 and 撰寫報告 one skill
    several = len(a.parts) > 1 and len(b.parts) > 1
    return "reordered" if kind != "K" or several or len(a.text) >= _LONG_ENOUGH else ""


def refused(a: Canonical, b: Canonical) -> str:
    """Why two forms of the same characters that :func:`rule` does not take for the same are not."""
    if a.bag != b.bag:
        return ""
    return "brackets" if a.text == b.text else "reordered"


def _asides_agree(a: str, b: str) -> bool:
    if a == b or not (a and b):
        return a == b or not any(w in (a or b) for w in rules.LEVEL_WORDS)
    return SequenceMatcher(None, a, b).ratio() >= _ASIDES_ALIKE
