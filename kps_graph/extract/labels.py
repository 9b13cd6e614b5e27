"""The words by which the parts of a standard are told: headings and labels, Chinese and English.

The Chinese ones are official, and what drafts make of them. Of the English ones only *behavioral
indicators*, *work output*, *knowledge* and *competency standard* are printed in official texts;
the others are ours, and what drafts use.

All patterns are compared with :func:`kps_graph.extract.text.label`: no white space, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kps_graph.extract.text import label

__all__ = [
    "ATTITUDES",
    "BRIEF",
    "COUNT",
    "ELEMENTS",
    "FIELDS",
    "FOOTER",
    "KIND",
    "LISTED",
    "LISTED_IN_ONE",
    "NOTES",
    "RECORD",
    "RECORDS",
    "REMARKS",
    "UNIT_DOCUMENT",
    "VERSION_COLUMNS",
    "begins_field",
    "code_heading",
    "field_of",
    "fields_at",
    "heads",
    "is_english",
    "role_of",
]

#: Labels of the header, the longer before the shorter, each with the field it names.
FIELDS: Final = (
    ("職能基準代碼", "code"),
    ("職能基準名稱", "name"),
    ("職能單元代碼", "code"),
    ("職能單元名稱", "name:職能單元"),
    ("職能單元級別", "level"),
    ("單元代碼", "code"),
    ("單元名稱", "name:職能單元"),
    ("職類別代碼", "category_code"),
    ("職業別代碼", "occupation_code"),
    ("行業別代碼", "industry_code"),
    ("所屬類別", ""),
    ("職類別", "category"),
    ("職業別", "occupation"),
    ("行業別", "industry"),
    ("工作描述", "description"),
    ("基準級別", "level"),
    ("職能級別", "level"),
    ("單元級別", "level"),
    ("(擇一填寫)", ""),
    ("職類", "name:職類"),
    ("職業", "name:職業"),
    ("occupationalcompetencystandardcode", "code"),
    ("occupationalcompetencystandardname", "name"),
    ("occupationalcompetencystandardtitle", "name"),
    ("occupationalcompetencyunitcode", "code"),
    ("occupationalcompetencyunitname", "name:職能單元"),
    ("competencystandardcode", "code"),
    ("competencystandardname", "name"),
    ("competencystandardtitle", "name"),
    ("competencyunitcode", "code"),
    ("competencyunitname", "name:職能單元"),
    ("competencyunittitle", "name:職能單元"),
    ("competencyunitlevel", "level"),
    ("unitcode", "code"),
    ("unitname", "name:職能單元"),
    ("unittitle", "name:職能單元"),
    ("unitlevel", "level"),
    ("competencystandardlevel", "level"),
    ("standardcode", "code"),
    ("standardname", "name"),
    ("ocscode", "code"),
    ("ocsname", "name"),
    ("ocucode", "code"),
    ("ocuname", "name:職能單元"),
    ("occupationtitle", "name:職業"),
    ("occupationname", "name:職業"),
    ("nameofoccupation", "name:職業"),
    ("jobtitle", "name:職業"),
    ("jobcategorycode", "category_code"),
    ("categorycode", "category_code"),
    ("occupationcode", "occupation_code"),
    ("occupationalcode", "occupation_code"),
    ("industrycode", "industry_code"),
    ("jobcategory", "category"),
    ("category", "category"),
    ("occupationalcategory", "occupation"),
    ("occupationcategory", "occupation"),
    ("industrycategory", "industry"),
    ("occupation", "occupation"),
    ("industry", "industry"),
    ("classifications", ""),
    ("classification", ""),
    ("jobdescription", "description"),
    ("workdescription", "description"),
    ("descriptionofwork", "description"),
    ("description", "description"),
    ("competencylevel", "level"),
    ("standardlevel", "level"),
    ("benchmarklevel", "level"),
    ("baselevel", "level"),
    ("overalllevel", "level"),
    ("level", "level"),
)
_KEYS: Final = dict(FIELDS)
#: Labels that are those of a header only where nothing stands behind them in their cell.
BRIEF: Final = {
    "代碼": "code",
    "基準代碼": "code",
    "職能基準編號": "code",
    "職能單元編號": "code",
    "名稱": "name",
    "基準名稱": "name",
    "職能名稱": "name",
    "職業名稱": "name:職業",
    "職務名稱": "name:職業",
    "職類名稱": "name:職類",
    "描述": "description",
    "工作說明": "description",
    "職務說明": "description",
    "職務描述": "description",
    "單元說明": "description",
    "單元描述": "description",
    "職能單元說明": "description",
    "職能單元描述": "description",
    "級別": "level",
    "等級": "level",
    "基準等級": "level",
    "職能等級": "level",
    "code": "code",
    "name": "name",
    "title": "name",
}
_BY_FIRST: Final = {
    first: tuple(field for field in FIELDS if field[0][0] == first)
    for first in {start[0] for start, _ in FIELDS}
}
_FIELD: Final = re.compile(
    rf"(?P<field>{'|'.join(re.escape(start) for start, _ in FIELDS)})(\([^()]*\))?:?"
)
_FIELD_START: Final = re.compile(
    "|".join(
        re.escape(start) + ("(?=[(:]|$)" if start.isascii() else "")
        for start, key in FIELDS
        if not key.startswith("name:職") or "單元" in key
    )
)
#: A Chinese label with its English one behind it: 主要職責 Main duty, 工作產出/Output.
_BILINGUAL: Final = re.compile(
    r"(?P<chinese>[\u3400-\u9fff]+)(?P<english>[(/:-]?[a-z][a-z/&'-]*(?:\([a-z]\))?\)?)"
)
#: What the header of a document about a 職能單元 has where others have 職能基準.
UNIT_DOCUMENT: Final = re.compile(
    r"(職能)?單元(代碼|名稱)|(competencyunit|ocu|unit)(code|name|title)"
)

#: Fields of the version table, each with the beginnings of its headings.
VERSION_COLUMNS: Final = {
    "version": ("版本", "版次", "版號", "修訂次數", "修訂版次", "version", "revision"),
    "code": ("職能基準代碼", "職能單元代碼", "代碼", "competencystandardcode", "code"),
    "name": ("職能基準名稱", "職能單元名稱", "名稱", "competencystandardname", "name"),
    "status": ("狀態", "status"),
    "note": (
        "更新說明",
        "更新內容",
        "說明",
        "備註",
        "修訂內容",
        "修訂說明",
        "修改內容",
        "修改說明",
        "變更說明",
        "updatenote",
        "note",
        "change",
    ),
    "date": (
        "發展更新日期",
        "更新日期",
        "日期",
        "修訂日期",
        "修改日期",
        "修正日期",
        "異動日期",
        "變更日期",
        "發布日期",
        "核定日期",
        "發展",
        "dateof",
        "date",
        "updated",
    ),
}
#: What else a record of updates says, which has no code, name or status.
RECORD: Final = re.compile(
    r"版次|項次|序號|次數|編號|(更新|修[訂正改]|變更|發布|修編|異動)?(次數|人員?|單位|機關|者|內容|摘要|重點|概要|要點"
    r"|原因|理由|依據|項目|紀錄|記錄|情形)"
    r"|核准|審核|核定|簽核|承辦"
    r"|revision|author|by|description"
)
#: What stands above a record of updates.
RECORDS: Final = re.compile(
    r"(職能)?(基準)?(更新|修[訂正改]|版本|變更|異動)(紀錄|記錄|歷程|沿革|履歷)表?[:：]?"
    r"|(revision|version|update|change)(history|records?|log):?"
)
#: The columns of a list of K and S by code.
LISTED: Final = re.compile(
    r"(職能)?(名稱|內容|項目|說明|定義)|(competency)?(name|description|text)"
)
#: The heading of such a list that has code and text in one column.
LISTED_IN_ONE: Final = re.compile(
    r"(?:代碼|代號|編號|編碼|codes?)(?:[/、，,及與和&+]|and)"
    r"(?:職能(?:內涵)?|知識|技能|名稱|內容|項目|說明|competenc(?:y|ies)|names?|descriptions?|[、/及與和])+"
)
#: The column of such a list that says which kind each is of.
KIND: Final = re.compile(r"(?:職能(?:內涵)?)?(?:類別|類型|種類|分類|別)|kind|type|category")

#: What may follow the name of a column in its heading.
_MORE: Final = r"(?:說明|內容|名稱|項目|描述|細項|清單)?(?:\([^()]{0,24}\))?"
_UNIT: Final = re.compile(
    rf"(?:工作任務|工作活動|工作職責|主要職責|工作項目|工作步驟|主要任務|工作細項){_MORE}"
    r"|(?:main|work|job|major|key)?(?:dut(?:y|ies)|tasks?|responsibilit(?:y|ies)|activit(?:y|ies))"
)
_ROLES: Final = (
    (
        "O",
        re.compile(
            rf"(?:工作)?產出{_MORE}|(?:(?:main|work|key)?outputs?|workproducts?|deliverables?)"
            r"(?:\(o\))?"
        ),
    ),
    (
        "P",
        re.compile(
            rf"行為指標{_MORE}|(?:(?:behaviou?r(?:al)?|performance)?indicators?"
            r"|(?:key)?performance(?:criteria|indicators?))(?:\(p\))?"
        ),
    ),
    (
        "L",
        re.compile(
            r"(?:職能)?(?:級別|等級)(?:\(l\))?|(?:required)?(?:compe"
            r"ten(?:cy|ce)|proficiency|skill)?levels?"
        ),
    ),
    (
        "A",
        re.compile(
            r"a|職能內涵\(?a(?:[=:]?attitudes?)?(?:[=:]?態度)?\)?|\(?(?:a[=:]?)?attitudes?(?:態度)?\)?"
            r"(?:\(a\))?|(?:職能內涵)?\(?(?:a[=:]?)?態度(?:\(a\))?\)?(?:內涵)?"
        ),
    ),
)
_BOTH: Final = "職能內涵|competenc(?:y|ies)(?:content)?"
_ELEMENTS: Final = re.compile(
    rf"(?:{_BOTH})?(?:knowledge|skills?|abilit(?:y|ies)|required|related|知識|技能|[ks]|所需|相關|應具?備|對應之?|內涵|and|與|和|及"
    r"|[=:、,/&+()])*"
)
_ONE: Final = re.compile(rf"(?P<both>{_BOTH})|(?P<K>knowledge|知識|k)|(?P<S>skills?|技能|s)")

_CODE_HEADING: Final = re.compile(r"(代碼|代號|編號|編碼|codes?|no\.?|id)$")
#: A column that only counts the rows.
COUNT: Final = re.compile(r"項次|序號|編號|序|no\.?|item(no\.?)?|#")
#: A column in which people talk about the standard.
REMARKS: Final = re.compile(
    r"備註|備考|附註|註記|意見|建議|審查|討論|回覆|回應|修[正改訂]|說明"
    r"|remark|comment|opinion|feedback|^notes?$|suggestion|review"
)

#: What stands above the attitudes, the notes, and a list of the K and S by code.
ATTITUDES: Final = re.compile(
    r"(職能內涵)?[(]?(a[=:]?)?\s*(attitudes?)?態度[)]?|職能內涵\(a[^)0-9]{0,20}\)?[:：]?"
    r"|(competenc(y|ies)[:(,-]?)?(a[=:])?attitudes?(\(a\)|\))?:?"
)
NOTES: Final = re.compile(
    r"(說明與補充事項|說明及補充事項|補充說明|說明與補充)[:：]?"
    r"|((supplementary|additional|explanatory)?(notes|information|remarks)"
    r"|(notes|explanations?|descriptions?)and(supplement|supplementaryinformation|remark)s?):?"
)
ELEMENTS: Final = re.compile(
    r"(附[件錄表][一二三四五\d]?[:：.、]?)?(職能(內涵)?|知識|技能|k|s|及|與|和|、|/|\(|\))+"
    r"(代碼|項目)?(一覽表?|清單|列表|總表|對照表?|彙整表?|彙總表?|說明表?)"
    r"|附[件錄表][一二三四五\d]?[:：.、]?(職能內涵|知識|技能|及|與|和|、)+"
    r"|listof(knowledge|skills?|competenc(y|ies)|and|&)+"
    r"|(knowledge|skills?|competenc(y|ies)|and|&)+(list|table|index)"
)
#: The number of a page, as it is left behind in tables and text.
FOOTER: Final = re.compile(r"第\d+頁[,、/]?(\(?總?共\d+頁\)?)?|page\d+((of|/)\d+)?")
#: Fields whose labels begin ordinary words and sentences too.
_NO_LINE: Final = (None, "", "name:職業", "name:職類")
#: The longest label.
_LONGEST: Final = 80


def field_of(text: str) -> str | None:
    """The field of the header whose label the whole of ``text`` is, None if it is none."""
    name = label(text)
    match = _FIELD.fullmatch(name)
    if match is None and (both := _BILINGUAL.fullmatch(name)) and is_english(both["english"]):
        match = _FIELD.fullmatch(both["chinese"])
    return None if match is None else _kind(match[0], _KEYS[match["field"]])


def is_english(name: str) -> bool:
    """Whether ``name``, as labels are compared, is the English label of a field."""
    return (plain := name.strip("():/-")) in _KEYS or plain in BRIEF


def fields_at(name: str) -> Iterator[tuple[str, str]]:
    """The labels of the header that ``name``, as labels are compared, begins with, and their fields."""
    return (field for field in _BY_FIRST.get(name[:1], ()) if name.startswith(field[0]))


def begins_field(text: str) -> bool:
    """Whether ``text`` begins with a label of the header, its value may be behind it."""
    match = _FIELD_START.match(label(text))
    return match is not None


def heads(text: str) -> bool:
    """Whether a line is one of a header that is no table: ``工作描述：…``."""
    name, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and len(name) < _LONGEST and field_of(name) not in _NO_LINE


def _kind(name: str, key: str) -> str:
    """``key``, and which of the two kinds of names it is where the label says one of them."""
    if key != "name":
        return key
    occupation = "職業" in name or "(occupation)" in name
    category = "職類" in name or "(category)" in name
    return "name:職業" if occupation > category else "name:職類" if category > occupation else key


@lru_cache(maxsize=1024)
def role_of(text: str) -> str | None:
    """The role that a heading gives its column: U, O, P, L, K, S, KS or A; None if none."""
    name = label(text)
    plain = re.sub(r"\([topl]\)|[:*]$", "", name)
    if _UNIT.fullmatch(plain) and len(plain) <= 20 and not _CODE_HEADING.search(plain):
        return "U"
    for role, pattern in _ROLES:
        if pattern.fullmatch(plain):
            return role
    if not name or not _ELEMENTS.fullmatch(name):
        both = _BILINGUAL.fullmatch(plain)
        return None if both is None else role_of(both["chinese"])
    kinds = {m.lastgroup for m in _ONE.finditer(name)}
    if len(kinds & {"K", "S"}) == 1:
        return "K" if "K" in kinds else "S"
    return "KS" if kinds else None


def code_heading(text: str) -> str | None:
    """What the codes of a column are codes of, by its heading: 主要職責 for 主要職責代碼.

    "" for a mere 代碼; None if it is no heading of codes.
    """
    name = label(text)
    match = _CODE_HEADING.search(name)
    return None if match is None else name[: match.start()]
