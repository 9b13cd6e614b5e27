"""What the columns of answers, and some of their values, are called by people.

Answers name their columns and values for programs (``used_by``, ``raise``); a table in a terminal
or on a page says them in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.queries.library import Query
    from kps_graph.store.rows import Value

__all__ = ["heading", "headings_of", "in_words", "status"]

#: Column -> heading in Chinese and in English.
_HEADINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "group": ("組別", "group"),
        "group_name": ("組名", "its name"),
        "type": ("類", "type"),
        "competency": ("職能", "competency"),
        "occupations": ("職業數", "occupations"),
        "elsewhere": ("組外", "elsewhere"),
        "used_by": ("使用職業", "used by"),
        "used_by_codes": ("使用職業代碼", "codes"),
        "code": ("代碼", "code"),
        "name": ("名稱", "name"),
        "other": ("另一代碼", "other"),
        "other_name": ("另一名稱", "name"),
        "similarity": ("相似度", "similarity"),
        "shared": ("共用", "shared"),
        "reasons": ("理由，少見者先 [職業數]", "reasons, rarest first [occupations]"),
        "rarity": ("稀有度", "rarity"),
        "standing": ("歸屬", "in"),
        "difference": ("級差", "levels ±"),
        "change": ("需", "to"),
        "tasks": ("任務數", "tasks"),
        "part": ("占比", "part"),
        "units": ("單元數", "units"),
        "level": ("級別", "level"),
        "present": ("現有", "now"),
        "where": ("所在單元", "where"),
        "step": ("步", "step"),
        "from": ("自", "from"),
        "from_name": ("自", "from"),
        "to": ("至代碼", "code"),
        "to_name": ("至", "to"),
        "missing": ("新增", "new"),
        "raised": ("提升", "raise"),
        "covered": ("已有", "covered"),
        "needs": ("需要，任務多者先", "needs, most tasks first"),
        "reuse": ("共用程度", "reuse"),
        "sectors": ("職類群:職業數", "sectors:occupations"),
        "community": ("群", "no."),
        "size": ("數", "size"),
        "members": ("成員，居中者先", "members, central first"),
        "telling": ("特徵", "told by"),
        "member": ("成員代碼", "member"),
        "member_name": ("成員", "name"),
        "participation": ("分散度", "participation"),
        "kind": ("類別", "kind"),
        "link": ("關係", "link"),
        "attached": ("附著", "attached"),
        "task": ("任務", "task"),
        "unit": ("單元", "unit"),
        "place": ("代碼", "place"),
        "places": ("處數", "places"),
        "standard": ("職能基準代碼", "standard"),
        "occupation": ("職業", "occupation"),
        "text": ("內容", "text"),
        "value": ("值", "value"),
        "iri": ("IRI", "iri"),
        "score": ("分數", "score"),
        "file": ("檔案", "file"),
        "outcome": ("結果", "outcome"),
        "format": ("格式", "format"),
        "characters": ("字元", "characters"),
        "unplaced": ("未歸位", "unplaced"),
        "violations": ("違反", "violations"),
        "warnings": ("警告", "warnings"),
        "message": ("說明", "message"),
        "series": ("系列", "series"),
        "version": ("版本", "version"),
        "status": ("狀態", "status"),
        "date": ("日期", "date"),
        "replaced_by": ("取代者", "replaced by"),
        "replaces": ("前一版代碼", "follows"),
        "replaced_name": ("前一版名稱", "name"),
        "held": ("在庫", "held"),
        "by": ("認定依據", "followed by"),
        "changes": ("異動處數", "changes"),
        "communities": ("職業群 [職業數]", "communities [occupations]"),
    }
)
#: Value of a machine's column -> in Chinese and in English.
_VALUES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "loaded": ("已讀入", "loaded"),
        "failed": ("無法讀取", "failed"),
        "duplicate": ("重複", "duplicate"),
        "all": ("皆有", "all"),
        "some": ("部分", "some"),
        "missing": ("新增", "acquire"),
        "raise": ("提升", "raise"),
        "transversal": ("跨領域通用", "transversal"),
        "cross-sector": ("跨職類", "cross-sector"),
        "sector-specific": ("職類專屬", "sector-specific"),
        "occupation-specific": ("職業專屬", "occupation-specific"),
    }
)
#: What documents say of a version, in English.
_STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {"最新版本": "latest version", "歷史版本": "historic version"}
)
_WORDED: Final = frozenset({"standing", "change", "reuse", "outcome"})
#: The longest text of a query's header that is a heading.
_SHORT: Final = 12


def heading(column: str, lang: Language, names: Mapping[str, str] | None = None) -> str:
    """What ``column`` is called; if it has no usual name, that in ``names``, else its own."""
    usual = _HEADINGS.get(column)
    return lang.pick(usual) if usual else (names or {}).get(column, column)


def headings_of(query: Query, lang: Language) -> dict[str, str]:
    """What the columns of a query are called, where not by their own name.

    In Chinese the first words of what its header says of each, or its usual name if that lists
    values; in English its own name in words: ``used by``.
    """
    if lang is not Language.CHINESE:
        return {c.name: c.name.replace("_", " ") for c in query.columns if "_" in c.name}
    stated = {c.name: re.split("[，；（：]", c.description["zh-Hant"])[0] for c in query.columns}
    return {
        name: text if len(text) <= _SHORT and "、" not in text else heading(name, lang)
        for name, text in stated.items()
    }


def status(value: Value, lang: Language) -> Value:
    """What a document says of a version (最新版本), in words of ``lang`` where there are any."""
    return value if lang.chinese else _STATUS.get(str(value), value)


def in_words(
    column: str, value: Value, lang: Language, names: Mapping[str, str] | None = None
) -> Value:
    """What a value of ``column`` is called; itself if it has no name.

    ``names`` are those of what an answer names itself, such as the occupations compared.
    """
    if column in _WORDED and isinstance(value, str):
        usual = _VALUES.get(value)
        if usual:
            return lang.pick(usual)
        return say(lang, "only {name}", name=(names or {}).get(value, value))
    if column == "status":
        return status(value, lang)
    if column == "part" and isinstance(value, float):
        return f"{value:.0%}"
    return value
