"""The words of the explorer, in Chinese and English.

A text may name values (``{n}``). An English text that depends on a number has two forms around
``|``: for one, and for any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from kps_graph.exports.site.wording import PAGES
from kps_graph.exports.site.wording_courses import COURSES
from kps_graph.exports.site.wording_tools import TOOLS
from kps_graph.words import Language

__all__ = ["named", "word"]

_FRAME: Final[Mapping[str, tuple[str, str]]] = {
    "brand": ("職能基準圖譜", "Competency standards graph"),
    "title-end": ("｜職能基準圖譜", " – Competency standards graph"),
    "skip": ("跳到主要內容", "Skip to content"),
    "main-nav": ("主要", "Main"),
    "on-page": ("本頁", "On this page"),
    "dark": ("深色", "Dark"),
    "search": ("搜尋", "Search"),
    "compare": ("比較", "Compare"),
    "map": ("職業地圖", "Map of occupations"),
    "queries": ("查詢", "Queries"),
    "check": ("檢核草稿", "Check a draft"),
    "about": ("關於", "About"),
    "rules": ("規則", "Rules"),
    "glossary": ("名詞", "Glossary"),
    "ontology": ("本體", "Ontology"),
    "accessibility": ("無障礙聲明", "Accessibility"),
    "foot-store": (
        "圖譜庫：{n} 個職能基準，{m} 個職業",
        "Store: {n} standard, {m} occupations|Store: {n} standards, {m} occupations",
    ),
    "foot-built": ("，建置於 {date}", ", built on {date}"),
    "foot-empty": ("圖譜庫裡還沒有職能基準", "The store holds no standards yet"),
    "foot-local": (
        "本頁全部由這台電腦提供，不向外連線。",
        " Everything on this page comes from this computer; nothing is fetched from elsewhere.",
    ),
    "foot-static": ("本頁不向外連線。", " Nothing on this page is fetched from elsewhere."),
    "stop": ("。", "."),
    "comma": ("、", ", "),
    "open": ("（", " ("),
    "close": ("）", ")"),
    "colon": ("：", ": "),
    "none": ("無", "none"),
    "basis": (
        "依據 {n} 個職業（一職業計一次）。",
        "From {n} occupation, each counted once.|From {n} occupations, each counted once.",
    ),
    "n-occupations": ("{n} 職業", "{n} occupation|{n} occupations"),
    "cut": ("（全文 {n} 字）", "({n} characters in all)"),
    "sev-violation": ("違反", "Violation"),
    "sev-warning": ("警告", "Warning"),
    "sev-info": ("提示", "Note"),
    "level-word": ("級別", "Level"),
    "kind-K": ("知識 K", "Knowledge K"),
    "kind-S": ("技能 S", "Skill S"),
    "kind-A": ("態度 A", "Attitude A"),
    "kind-O": ("產出", "Output"),
    "kind-P": ("指標", "Indicator"),
    "kind-T": ("任務", "Task"),
    "kind-N": ("說明", "Note"),
    "kind-W": ("職業", "Occupation"),
    "why-rule": ("為什麼有這條規則", "Why this rule"),
    "rule-n": ("規則 {n}", "Rule {n}"),
    "search-label": (
        "搜尋職業、任務、指標、知識、技能或代碼",
        "Search occupations, tasks, indicators, knowledge, skills or codes",
    ),
    "search-hint": (
        "兩個字就能找，例如：抱怨、外語、S13",
        "Two characters are enough: 抱怨, 外語, S13",
    ),
    "suggestions": ("建議", "Suggestions"),
    "suggested": ("{n} 項建議，用上下鍵選擇", "{n} suggestions, choose with the arrow keys"),
}

_STANDARD: Final[Mapping[str, tuple[str, str]]] = {
    "task": ("工作任務", "Task"),
    "layer-主要職責": ("主要職責", "Main duty"),
    "layer-工作任務": ("工作任務", "Work task"),
    "layer-工作活動": ("工作活動", "Work activity"),
    "name-kind-職業": ("職業", "occupation"),
    "name-kind-職類": ("職類", "job category"),
    "in-brackets": ("（{text}）", " ({text})"),
    "status-最新版本": ("最新版本", "Latest version"),
    "status-歷史版本": ("歷史版本", "Earlier version"),
    "activity": ("工作活動", "Activity"),
    "output": ("工作產出", "Output"),
    "indicator": ("行為指標", "Behavioural indicator"),
    "head-K": ("職能內涵（K 知識）", "Competencies (K knowledge)"),
    "head-S": ("職能內涵（S 技能）", "Competencies (S skills)"),
    "head-A": ("職能內涵（A 態度）", "Competencies (A attitudes)"),
    "unused": ("沒有任務用到的知識與技能", "Knowledge and skills that no task needs"),
    "basics": ("基本資料", "Basic data"),
    "code": ("職能基準代碼", "Code"),
    "name": ("職能基準名稱", "Name"),
    "classes": ("所屬類別", "Classes"),
    "class-category": ("職類別", "Job category"),
    "class-occupation": ("職業別", "Occupation class"),
    "class-industry": ("行業別", "Industry"),
    "description": ("工作描述", "Description"),
    "base-level": ("基準級別", "Base level"),
    "use-in": ("，用於 {units}", ", used in {units}"),
    "use-none": ("，沒有任務用到", ", used in no task"),
    "use-alone": ("，僅此職業使用", ", by this occupation only"),
    "use-with": ("，{names}等職業共用", ", by occupations such as {names}"),
    "tray-units": ("用於 {units}", "used in {units}"),
    "applies": ("適用 {first} 至 {last}", "applies to {first}–{last}"),
    "applies-one": ("適用 {first}", "applies to {first}"),
    "compare-with": ("與其他職業比較", "Compare with others"),
    "download": ("下載", "Download"),
    "xlsx-whole": ("Excel（XLSX）・整份表格", "Excel (XLSX), the whole table"),
    "csv-each": ("CSV・一列一項", "CSV, one row a part"),
    "yaml-check": ("YAML・可再檢核", "YAML, can be checked again"),
    "cite": ("引用", "Cite"),
    "cite-note": (
        "發布單位與引用格式以原文件及其來源為準。內容取自文件，結構由 kps-graph 讀出；每一項都附頁、列、欄。",
        "Who published it, and how they want to be cited, is for the document and its source to say. The content is that of the document, its structure was read by kps-graph; every part keeps its page, row and column.",
    ),
    "print": ("列印", "Print"),
    "n-versions": ("{n} 個版本", "{n} version|{n} versions"),
    "count-tasks": ("工作任務", "task|tasks"),
    "count-activities": ("工作活動", "activity|activities"),
    "count-outputs": ("工作產出", "output|outputs"),
    "count-indicators": ("行為指標", "indicator|indicators"),
    "count-K": ("知識", "knowledge"),
    "count-S": ("技能", "skill|skills"),
    "count-A": ("態度", "attitude|attitudes"),
    "attitudes-short": ("態度", "Attitudes"),
    "notes-short": ("說明", "Notes"),
    "notes": ("說明與補充事項", "Notes"),
    "versions": ("版本", "Versions"),
    "version": ("版本", "Version"),
    "nearest": ("相近職業", "Nearest occupations"),
    "show-findings": ("顯示 {n} 個發現", "Show {n} finding|Show {n} findings"),
    "findings-parts": ("發現分段", "Findings in parts"),
    "findings-part": ("第 {first}–{last} 個", "{first}–{last}"),
    "no-findings": ("沒有發現", "No findings"),
    "table-title": (
        "工作任務、行為指標與職能內涵",
        "Tasks, behavioural indicators and competencies",
    ),
    "table-help": (
        "指著或聚焦一項 K 或 S，會標出用到它的工作活動；按代碼可固定。「3 職業」表示另有職業也需要這一項。",
        "Point at a K or S, or move the focus there, to light up the activities that need it; its code keeps the light on. “3 occupations” says that others need it too.",
    ),
    "no-tasks": ("這份文件沒有工作任務。", "This document has no tasks."),
    "definition": ("定義", "Definition"),
    "diff": ("比對", "Compare"),
    "code-short": ("代碼", "Code"),
    "status": ("狀態", "Status"),
    "update-note": ("更新說明", "Update note"),
    "update-date": ("發展更新日期", "Date"),
    "diff-tick": ("比對 {version}", "Compare {version}"),
    "diff-two": ("比對勾選的兩個版本", "Compare the two ticked versions"),
    "nearest-caption": (
        "共用較多少見職能者在前。",
        "Those that share more rare competencies come first. ",
    ),
    "occupation-word": ("職業", "Occupation"),
    "shared": ("共用職能", "Shared competencies"),
    "similarity": ("相似度", "Similarity"),
    "rare-shared": ("少見而共用", "Rare and shared"),
    "look-on": ("再看", "Look on"),
    "gap": ("落差", "Gap"),
}

_WORDS: Final = MappingProxyType({**_FRAME, **_STANDARD, **PAGES, **TOOLS, **COURSES})


def word(lang: Language, key: str, /, **values: Any) -> str:
    """The text called ``key`` in ``lang``, with its values.

    Raises:
        KeyError: if there is none.
    """
    text = lang.pick(_WORDS[key])
    if "|" in text:
        one, _, more = text.partition("|")
        text = one if values.get("n") == 1 else more
    return text.format(**values) if values else text


def named(lang: Language, kind: str, name: str) -> str:
    """What one of a kind is called, such as a method that the store names; else its own name."""
    return lang.pick(_WORDS.get(f"{kind}-{name}", (name, name)))
