"""What sets two names of one standard apart that say the same when two standards use them.

Across standards 資訊分析 and 數據分析 are one skill, worded by two authors; one author who lists both
means two. The matcher asks the first, rule 25 the second.
"""

from __future__ import annotations

import re
from typing import Final

from kps_graph.align.canonicalise import Canonical, canonical

__all__ = ["set_apart"]

#: How far one goes: 專論 beside 通論; what ends in 專 alone is broken off, and may be a 專論.
_GRADE: Final = re.compile("入門|初階|初級|基礎|中階|中級|進階|高階|高級|通論|總論|專論|專$")
#: Words that stand for one another, unless both are there.
_KIN: Final = (("資訊", "數據", "情報"), ("繪圖", "設計"))
#: To know of something and to use it are two skills.
_KNOWING: Final = re.compile("常識|知識|認知|認識|概念|理論|原理")
_USING: Final = re.compile("應用|運用|使用|操作|實務|實作")
#: Examples in brackets narrow nothing.
_EXAMPLES: Final = re.compile("^(?:例如|如|包括|包含|含)|等$")


def set_apart(one: str, a: Canonical, other: str, b: Canonical) -> bool:
    """Whether ``one`` and ``other``, with their canonical forms, are two for the author of both."""
    return (
        _grades(one) != _grades(other)
        or (not (a.aside and b.aside) and _narrows(a) != _narrows(b))
        or any(_differ(kin, a.plain, b.plain) for kin in _KIN)
        or (a.kind == "S" and _use(one) | _use(other) == {"knowing", "using"})
    )


def _grades(name: str) -> frozenset[str]:
    return frozenset(_GRADE.findall(name))


def _narrows(form: Canonical) -> bool:
    """Whether its brackets narrow a name, as in 電鍍（二次銅）; another name for it does not."""
    aside = form.aside
    if not aside or _EXAMPLES.search(aside):
        return False
    return canonical(form.kind, aside).text != form.text


def _differ(kin: tuple[str, ...], a: str, b: str) -> bool:
    """Whether both names have a word of ``kin``, and not the same."""
    ours, theirs = ({word for word in kin if word in text} for text in (a, b))
    return bool(ours and theirs and ours != theirs)


def _use(name: str) -> frozenset[str]:
    """``{"knowing"}`` or ``{"using"}`` if the name says that and not the other."""
    known, used = _KNOWING.search(name), _USING.search(name)
    if bool(known) == bool(used):
        return frozenset()
    return frozenset({"knowing" if known else "using"})
