"""What the columns of a course table mean, by the words that people and the official form use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kps_graph.courses.plain import plain
from kps_graph.document import Cell

__all__ = [
    "OFFICIAL",
    "analysis",
    "columns",
    "fact",
    "field_of",
    "holds_content",
    "results",
    "unknown_heads",
]

#: The columns of the official form (職能導向課程規劃與執行報告書), by field.
OFFICIAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "課程(單元)名稱",
        "level": "課程(單元)職能級別",
        "goal": "教學/訓練目標",
        "indicators": "對應行為指標",
        "knowledge": "對應之知識(K)",
        "skills": "對應之技能(S)",
        "hours": "課程時數",
        "outline": "課程大綱內容",
        "methods": "教學方法",
        "materials": "教材",
        "equipment": "教具/設備",
        "teachers": "授課教師",
        "assessors": "評量人員",
        "assistants": "課程協助人員",
        "assessments": "評量方式",
        "tools": "相對應的評量工具",
        "evidence": "學習成果證據項目",
    }
)
#: Other words for a column, without brackets, spaces and what stands before them (對應之).
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "課程單元名稱 課程單元 單元名稱 單元 課程名稱 課程 科目 科目名稱 課目 主題 課程主題 名稱 "
        "訓練課程 訓練單元 學習單元 教學單元 訓練項目 課程項目 "
        "name course coursename coursetitle module modulename moduletitle unit unitname unittitle lesson "
        "lessontitle subject topic title",
        "group": "模組 模塊 模塊名稱 課程模塊 模組名稱 課程模組 課程模組名稱 課程類別 類別 分類 階段 領域 group block",
        "level": "課程單元職能級別 課程職能級別 課程單元級別 課程級別 單元級別 職能級別 級別 等級 level competencylevel l",
        "goal": "教學/訓練目標 教學訓練目標 教學目標 訓練目標 學習目標 課程目標 單元目標 目標 goal goals "
        "objective objectives learningobjectives learningoutcomes aim aims",
        "codes": "代碼 職能代碼 職能內涵代碼 職能項目 職能 職能內涵 對應職能 指標 code codes competency competencies",
        "tasks": "工作任務 工作任務_中文 工作任務代碼 任務 工作活動 工作活動代碼 主要職責 職責 工作職責 t task tasks duty duties",
        "indicators": "行為指標 行為指標代碼 指標代碼 p indicator indicators behavioralindicators "
        "behaviouralindicators performancecriteria",
        "knowledge": "知識 職能內涵k=知識 知識k 知識內涵 k knowledge",
        "skills": "技能 職能內涵s=技能 技能s 技能內涵 技術 s skill skills",
        "attitudes": "態度 態度a 職能內涵a=態度 a attitude attitudes",
        "hours": "時數 課程時數 單元時數 訓練時數 上課時數 授課時數 教學時數 課時 學時 小時 小時數 時間 hours hour h duration",
        "outline": "課程大綱內容 課程大綱 大綱 課程內容 單元內容 內容大綱 教學內容 內容 outline content contents syllabus",
        "methods": "教學方法 教學方式 授課方式 授課方法 訓練方法 訓練方式 上課方式 教法 method methods teachingmethod "
        "teachingmethods",
        "materials": "教材 教材與教學資源 教學資源 教材教具 講義 material materials",
        "equipment": "教具/設備 教具設備 教具 設備 教學設備 器材 equipment",
        "assessments": "評量方式 評量方法 評量 評估方式 評估方法 考核方式 評核方式 評鑑方式 成績考核 考評方式 學習成果評量方式 學習評量 "
        "測驗方式 assessment assessments assessmentmethod evaluation",
        "tools": "相對應的評量工具 相對應評量工具 評量工具 評核工具 tool tools assessmenttool assessmenttools",
        "evidence": "學習成果證據項目 學習成果證據 成果證據 evidence",
        "teachers": "授課教師 授課講師 講師 教師 師資 師資條件 teacher teachers instructor trainer",
        "assessors": "評量人員 assessor assessors",
        "assistants": "課程協助人員 協助人員 助教 assistant assistants",
        "prerequisites": "先修 先修課程 先修單元 先備 先備條件 先備課程 先備單元 擋修 先修條件 prerequisite prerequisites",
        "number": "項次 序號 編號 序 no no. # 次序 代號 單元代號 單元編號 課程代號 課程編號 number id",
        "standard": "職能基準代碼 職能基準 職能基準名稱 職能基準編號 職能依據 基準代碼 standard standardcode "
        "occupationalstandard competencystandard",
        "note": "備註 備考 說明 註 週次 日期 附註 note notes remark remarks",
    }
)
_BY_WORD: Final = {
    word: name for name, words in _WORDS.items() for word in words.casefold().split()
}
#: What a head beside a column of names speaks of, whatever else it says; the first that fits.
_ABOUT: Final = (
    ("tools", re.compile("(?:評量|評核|考核|評鑑).*工具|assess.*tool")),
    (
        "assessments",
        re.compile(
            "^(?!.*(?:配分|比重|比例|占比|佔比|百分比|權重|分數|時間|時數|日期|地點|標準|weight|percent|score|date|time)).*(?:評量|評核|考核|考評|測驗|評鑑|assess|evaluat)"
        ),
    ),
    ("evidence", re.compile("證據|佐證|evidence")),
    ("prerequisites", re.compile("先修|擋修|先備|prerequisite|^requires?$")),
    ("goal", re.compile("目標|學習成果|outcome|objective|goal")),
    ("methods", re.compile("(?:教學|授課|訓練|上課).*(?:方法|方式|法)|method|delivery")),
    ("hours", re.compile("時數|小時|hours?|duration")),
    ("level", re.compile("級別|等級|level")),
    ("indicators", re.compile("指標|indicator|performance")),
    ("knowledge", re.compile("知識|knowledge")),
    ("skills", re.compile("技能|skill")),
    ("attitudes", re.compile("態度|attitude")),
    ("teachers", re.compile("師資|教師|講師|teacher|instructor")),
    ("materials", re.compile("教材|講義|material")),
    ("equipment", re.compile("設備|教具|equipment")),
    ("outline", re.compile("大綱|內容|outline|content|syllabus")),
    ("codes", re.compile("代碼|competenc|codes?$")),
)
#: Chinese alone, of a head that says the same in English or marks what must be filled in.
_HAN: Final = re.compile(r"[(].*?[)]|[^\u4e00-\u9fff/]")
#: What a head may say before its word.
_BEFORE: Final = re.compile(r"^(?:相?對應(?:之|的|至)?|本?課程之|所?對應)")
#: The letter of the official forms behind a word, a note, or the language of the column.
_BEHIND: Final = re.compile(
    r"(?:\*?\d++|_?中文|[（(](?:中文|小時|hr|hrs|hours|h|[a-z]=?[^)）]*)[)）])+$"
)
#: A column of English texts, of which only that of the names counts.
_ENGLISH: Final = re.compile(r"_英文|[(]英文[)]|英文\*|英文名稱$")
_NAMED: Final = re.compile("課程|單元|模組|工作任務|任務|英文名稱")
#: What the form prints behind a label, for whoever fills it in.
_HINT: Final = re.compile(r"[(](?:上傳字數限1000字|填數字|符合icap結訓標準)[)]")
#: What is stated once, by the word before its colon or in the cell before it.
_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "課程名稱": "title",
        "課程中文名稱": "title",
        "course": "title",
        "coursename": "title",
        "對應職能基準": "standard",
        "職能基準": "standard",
        "職能依據": "standard",
        "職能基準代碼": "standard",
        "對應職能基準代碼": "standard",
        "standard": "standard",
        "課程範圍": "scope",
        "tasks": "scope",
        "課程總時數": "hours",
        "總時數": "hours",
        "課程時數": "hours",
        "訓練總時數": "hours",
        "totalhours": "hours",
        "courselevel": "level",
        "need": "need",
        "introduction": "introduction",
        "purpose": "purpose",
        "audience": "audience",
        "admission": "admission",
        "applicant": "applicant",
        "partner": "partner",
        "period": "period",
        "課程職能級別": "level",
        "課程級別": "level",
        "訓練需求": "need",
        "課程簡介": "introduction",
        "課程目的": "purpose",
        "課程目標": "purpose",
        "主要對象": "audience",
        "參訓資格": "audience",
        "主要對象(參訓資格)": "audience",
        "參訓對象": "audience",
        "先備條件": "admission",
        "資格條件": "admission",
        "先備條件(資格條件)": "admission",
        "類型": "kind",
        "申請單位": "applicant",
        "協力單位": "partner",
        "辦訓期間": "period",
        "辦訓期間_起": "trial-from",
        "辦訓期間_訖": "trial-to",
        "參訓人數": "enrolled",
        "完訓人數": "completed",
        "結訓人數": "qualified",
    }
)
#: Columns of the tables that say what courses teach, and of the list of evidence of the form.
_OF_AN_ANSWER: Final = frozenset(
    ("涵蓋", "所在單元", "佐證資料*6", "佐證資料", "原代碼", "oldcode")
)
#: What a row of content has and a heading has not: a number alone, or codes.
_CONTENT: Final = re.compile(r"\d+(?:\.\d+)?|[tpksao]\d[\d.]*(?:[^\w].*)?")
#: No head and no label is longer; to look for words in longer texts takes their length squared.
_LONGEST: Final = 200
#: What a table of lessons has, and none of tasks.
_OF_LESSONS: Final = frozenset(("hours", "methods", "goal", "assessments", "outline"))
#: What heads a sum of the hours of a unit, beside those of each kind.
_SUM: Final = re.compile("^(?:總|合計|小計|共計|total|sum)|(?:合計|小計|總計|total)$")
#: How a head begins that is of whole courses, where one of their units stands beside it.
_OF_COURSES: Final = ("課程", "course", "訓練課程")
#: What makes a row the head of a table of modules, beside the column of their names.
_TELLING: Final = frozenset(_WORDS) - {"name", "group", "number", "note", "standard"}


def holds_content(text: str) -> bool:
    """Whether a cell has what no head has: a number alone, or codes."""
    return len(text) < _LONGEST and _CONTENT.fullmatch(plain(text)) is not None


def columns(row: Sequence[Cell]) -> dict[int, str] | None:
    """The fields of the columns below ``row``, by column; None if it heads no table of modules.

    Empty for the heading of a table of ours, or of the form, that is no list of modules. Where both a module and a
    course have a column of names, 模組 groups the others; alone it names them, and so do tasks
    where hours or methods stand beside them.
    """
    if any(plain(cell.text) in _OF_AN_ANSWER for cell in row):
        return {}
    if any(holds_content(cell.text) for cell in row):
        return None  # 單元1 and 測驗 are what a module is called and how it is assessed
    heads = {cell.column: field for cell in row if (field := field_of(cell.text))}
    for other in ("group", "tasks") if _OF_LESSONS.intersection(heads.values()) else ("group",):
        if "name" not in heads.values():
            heads = {n: "name" if field == other else field for n, field in heads.items()}
    if "name" in heads.values():  # a heading it is, if more of it is understood
        heads |= {
            c.column: about for c in row if c.column not in heads and (about := _about(c.text))
        }
    heads = _summed(row, heads)
    fields = list(heads.values())
    if "name" not in fields or not _TELLING.intersection(fields):
        return None
    first = fields.index("name")
    if fields.count("name") > 1:  # 課程 beside 單元: the narrower one names, the wider one groups
        names = [n for n, field in heads.items() if field == "name"]
        said = {cell.column: plain(cell.text) for cell in row}
        wider = {n: "course" if said[n].startswith(_OF_COURSES) else "group" for n in names[:-1]}
        heads |= wider if first == 0 else {}
    return {n: heads[c.column] for c in row if c.column in heads for n in _covered(c)}


def _covered(cell: Cell) -> range:
    """The columns that a head stands over."""
    return range(cell.column, cell.column + cell.colspan)


def _summed(row: Sequence[Cell], heads: Mapping[int, str]) -> dict[int, str]:
    """The fields of columns without the hours that another column adds up: 學科時數, 術科時數, 總時數."""
    hours = [cell for cell in row if heads.get(cell.column) == "hours"]
    sums = {cell.column for cell in hours if _SUM.search(plain(cell.text))}
    if len(hours) == 1 or len(sums) != 1:
        return dict(heads)
    return {n: "" if f == "hours" and n not in sums else f for n, f in heads.items()}


@lru_cache(maxsize=1 << 12)
def _about(text: str) -> str | None:
    """What a head speaks of that is none of the known words."""
    head = plain(text)
    if not head or len(head) > 24 or _ENGLISH.search(head):
        return None
    return next((field for field, word in _ABOUT if word.search(head)), None)


def analysis(row: Sequence[Cell]) -> dict[int, str] | None:
    """The fields of the columns of table 1 (職能表), whose tasks are its names; None for others."""
    heads = {cell.column: field for cell in row if (field := field_of(cell.text))}
    fields = set(heads.values())
    if "tasks" not in fields or "name" in fields or not {"indicators", "knowledge"} <= fields:
        return None
    named = {n: "name" if field == "tasks" else field for n, field in heads.items()}
    return {n: named[c.column] for c in row if c.column in named for n in _covered(c)}


@lru_cache(maxsize=1 << 12)
def field_of(text: str) -> str | None:
    """The field of a column that is headed so, by words that are known; None for others."""
    if len(text) > _LONGEST:
        return None
    head = plain(text)
    if not head or len(head) > 40:
        return None
    if _ENGLISH.search(head):
        return "english" if _NAMED.match(head) else None
    bare = _BEHIND.sub("", head)
    for word in (head, bare, _BEFORE.sub("", bare), _HAN.sub("", head)):
        if field := _BY_WORD.get(word) or _BY_WORD.get(re.sub(r"[()]", "", word)):
            return field
    return None


@lru_cache(maxsize=1 << 12)
def fact(label: str) -> str | None:
    """What is stated behind ``label``: title, standard, hours … of the course; None if nothing."""
    if len(label) > _LONGEST:
        return None
    word = _HINT.sub("", plain(label).rstrip(":"))
    return _FACTS.get(word) or _FACTS.get(_BEHIND.sub("", word))


def results(row: Sequence[Cell]) -> dict[int, str] | None:
    """The facts whose heads stand in ``row``, by column, as table 10 has them; None for others."""
    heads = {cell.column: name for cell in row if (name := fact(cell.text))}
    return heads if {"enrolled", "completed"} <= set(heads.values()) else None


def unknown_heads(row: Iterable[Cell], known: Mapping[int, str]) -> list[Cell]:
    """The cells of a heading that name no column of ours."""
    return [
        cell
        for cell in row
        if cell.column not in known and cell.text.strip() and not _ENGLISH.search(plain(cell.text))
    ]
