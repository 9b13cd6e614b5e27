"""The pictures' own words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kps_graph.words import Language

__all__ = ["WORDS", "words"]

WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "task": ("工作任務", "Tasks"),
        "activity": ("工作活動", "Activities"),
        "output": ("工作產出", "Outputs"),
        "indicator": ("行為指標", "Indicators"),
        "knowledge": ("知識", "Knowledge"),
        "skill": ("技能", "Skills"),
        "attitude": ("態度", "Attitudes"),
        "item": ("細項", "Items"),
        "level": ("職能級別", "Level"),
        "base": ("基準級別", "Base level"),
        "needed-by": ("所需", "need"),
        "unused": ("未有單元引用", "Not needed by any unit"),
        "undefined": ("文件中未定義", "not defined in the document"),
        "standard": ("職能基準", "Competency standard"),
        "no-tasks": ("文件中沒有工作任務", "The document has no tasks"),
        "search": ("搜尋文字或代碼", "Search text or code"),
        "found": ("符合", "found"),
        "clear": ("清除", "Clear"),
        "print": ("列印", "Print"),
        "zoom-in": ("放大", "Zoom in"),
        "zoom-out": ("縮小", "Zoom out"),
        "zoom-all": ("符合視窗", "Fit the window"),
        "help": (
            "+/− 縮放，拖曳移動，點選固定，Esc 取消，Enter 下一個符合",
            "+/− to zoom, drag to move, click to pin, Esc to clear, Enter for the next match",
        ),
        "map-help": (
            "滾輪或 +/− 縮放，拖曳或方向鍵移動，點選固定，Esc 取消",
            "Wheel or +/− to zoom, drag or arrow keys to move, click to pin, Esc to clear",
        ),
        "overlap": ("職業職能重疊", "Overlap of occupations"),
        "overlap-summary": (
            "格內為共同職能數；顏色愈深，以稀有度加權的相似度愈高；對角線為各職業的職能數",
            "Numbers: shared competencies; darker: more similar, weighted by rarity; "
            "diagonal: how many competencies each has",
        ),
        "overview-summary": (
            "顏色愈深，以稀有度加權的相似度愈高；同一職業群相鄰並加框；指向一列可見最相近的職業",
            "Darker: more similar, weighted by rarity; communities stand together in a frame; "
            "point at a row for the nearest",
        ),
        "similarity": ("相似度", "similarity"),
        "shared": ("共同職能", "shared"),
        "map": ("職業地圖", "Map of occupations"),
        "map-summary": (
            "相近的職業共用較多少見的職能；線連結最相近者；圓愈大愈居中心",
            "Occupations that share rarer competencies stand closer; lines join the nearest; "
            "larger dots are more central",
        ),
        "communities": ("職業群", "Communities"),
        "loose": ("未成群", "In no community"),
        "occupations": ("個職業", "occupations"),
        "occupation": ("職業", "Occupations"),
        "competencies": ("項職能", "competencies"),
        "more": ("另有", "and"),
        "neighbourhood": ("職能的鄰近關係", "Neighbourhood of a competency"),
        "used-by": ("使用此職能的職業", "Occupations that use it"),
        "together": ("常一併需要的職能", "Often needed together with it"),
        "together-summary": (
            "個職業同時需要；括號為倍數（與巧合相比）",
            "occupations need both; in brackets, how many times more than by chance",
        ),
        "other-categories": ("其他職類", "Other categories"),
        "no-category": ("未分類", "No category"),
        "rarity": ("稀有度", "rarity"),
    }
)


def words(lang: Language) -> Mapping[str, str]:
    """Every word in ``lang``."""
    return {key: Language.of(lang).pick(pair) for key, pair in WORDS.items()}
