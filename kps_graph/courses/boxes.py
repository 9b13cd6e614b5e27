"""The lists of boxes to tick that the official form has in its cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

__all__ = ["ASSESSMENTS", "EQUIPMENT", "METHODS", "TOOLS", "boxes", "chosen", "parts", "ticked"]

METHODS: Final = (
    "講述教學",
    "討論教學",
    "演練教學",
    "協同教學",
    "專題教學",
    "示範教學",
    "案例教學",
)
EQUIPMENT: Final = ("電腦設備", "投影設備", "麥克風", "黑/白板", "視訊軟體及鏡頭", "喇叭")
ASSESSMENTS: Final = ("測驗", "作業評量", "實作評量", "口頭報告", "無")
TOOLS: Final = ("測驗卷", "評量題目", "意見回饋表", "檢核表", "無")
#: What people write for a choice of the form.
_ALIKE: Final = {
    "講授": "講述教學",
    "講述": "講述教學",
    "課堂講授": "講述教學",
    "討論": "討論教學",
    "分組討論": "討論教學",
    "演練": "演練教學",
    "實作演練": "演練教學",
    "專題": "專題教學",
    "示範": "示範教學",
    "案例": "案例教學",
    "案例討論": "案例教學",
    "個案教學": "案例教學",
    "筆試": "測驗",
    "紙筆測驗": "測驗",
    "作業": "作業評量",
    "實作": "實作評量",
    "試卷": "測驗卷",
    "考卷": "測驗卷",
    "電腦": "電腦設備",
    "投影機": "投影設備",
    "白板": "黑/白板",
    "黑板": "黑/白板",
}
_BOX: Final = re.compile("(?P<box>[□☐■☑☒✓✔])(?P<text>[^□☐■☑☒✓✔]*)")
_OTHER: Final = re.compile(r"^其他\s*(?:[:：]\s*|$)")
_APART: Final = re.compile(r"[、,，;；\n]+")


def ticked(text: str) -> str:
    """What is ticked of a list of boxes, joined by 、; all of a text that has none.

    Behind 其他 stands what is written there.
    """
    found = list(_BOX.finditer(text))
    if not found:
        return text.strip()
    chosen = (m["text"].strip(" :：\n") for m in found if m["box"] not in "□☐")
    return "、".join(filter(None, (_OTHER.sub("", each) for each in chosen)))


def parts(text: str) -> list[str]:
    """The single things that ``text`` lists."""
    return [part.strip() for part in _APART.split(ticked(text)) if part.strip()]


def chosen(text: str, choices: Sequence[str]) -> list[str]:
    """The single things that ``text`` lists, those of the form in its words."""
    alike = {unicodedata.normalize("NFKC", choice): choice for choice in choices} | _ALIKE
    return [alike.get(unicodedata.normalize("NFKC", part), part) for part in parts(text)]


def boxes(text: str, choices: Sequence[str]) -> str:
    """The list of boxes of the form, those that ``text`` names ticked, others behind 其他."""
    named = chosen(text, choices)
    others = "、".join(part for part in dict.fromkeys(named) if part not in choices)
    lines = [f"{'■' if choice in named else '□'}{choice}" for choice in choices]
    return "\n".join([*lines, f"{'■' if others else '□'}其他：{others}"])
