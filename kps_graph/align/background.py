"""How common characters are in the names of published standards, in thousandths.

A prior: it stands in for what a small store cannot teach, and a large one soon outweighs it. Only
what is common is listed; everything else is taken to be rare.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CHARACTERS", "PRIOR_NAMES"]

#: The prior counts as much as this many names.
PRIOR_NAMES: Final = 500

#: Share of names (in thousandths) that contain each of these characters.
CHARACTERS: Final = {
    132: "作",
    108: "理",
    94: "設",
    92: "工",
    86: "程",
    85: "規",
    74: "管",
    64: "用品",
    63: "法",
    62: "業料",
    61: "分",
    59: "計",
    58: "資",
    56: "操",
    54: "物備",
    53: "流",
    51: "析具",
    48: "統",
    46: "機",
    43: "運產",
    42: "系安",
    41: "畫測",
    40: "電材文",
    39: "件",
    36: "全",
    35: "製",
    34: "護務",
    33: "行標保",
    32: "定動",
    31: "體評檢成器",
    28: "裝處生技性估",
    27: "類訊術方基",
    26: "質構整",
    25: "路維本合修",
    24: "量能組準式",
    23: "識解範案建場型化",
    22: "通施原判人",
    21: "調試發模控圖",
    20: "驗織網寫",
    19: "選表清服效專學",
    18: "讀報制",
    17: "車算策潔撰客則事",
    16: "養防銷配軟環格斷數意實加",
    15: "項繪查展力儀使",
    14: "題線種特度境商",
    13: "顧面險色結求排應影",
    12: "風造置築營源架市導台內位",
    11: "需錄礎活擬問告",
    10: "音開金進農辨藥藝溝注木常存協勢出",
    9: "點食集除關趨要目略書智指手彩對外地各光價",
    8: "證語認蒐職紀知決水樣械核會故政慧容執國因元企",
}
