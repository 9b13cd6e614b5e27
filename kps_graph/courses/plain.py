"""How the heads and labels of a course table are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["plain", "traditional"]

#: The simplified characters that heads and labels may have, and those that Taiwan writes.
_SIMPLIFIED: Final = str.maketrans(
    "业与为书习会传内划别办务单参号员围块备学审对导师应总态执报据挡数时术权条来标栏测点电"
    "盖码称签简类级纲练组经结绩编职联范规计训讲设证评识话说请课责资门间阶陆项领题",
    "業與為書習會傳內劃別辦務單參號員圍塊備學審對導師應總態執報據擋數時術權條來標欄測點電"
    "蓋碼稱簽簡類級綱練組經結績編職聯範規計訓講設證評識話說請課責資門間階陸項領題",
)


def traditional(text: str) -> str:
    """``text`` with the characters that heads and labels have in Taiwan; for comparison only."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """``text`` as heads are compared: one width, no white space, lower case, no simplified characters."""
    return traditional("".join(unicodedata.normalize("NFKC", text).split()).casefold())
