"""Recognises what stands in a field and is no content: marks for "none", fillers, printed hints.

The words are those of drafts on the official template (職能基準發展指引, 職能基準品質認證作業手冊) and of the
content controls of Word and LibreOffice. Whole texts are judged, without their code: 無 is no
content, 無人機操作 is; only fillers (○○, XXX) make a text that holds them none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

__all__ = ["Placeholder", "hollow", "placeholder", "unfinished"]


class Placeholder(Enum):
    """What a text without content is."""

    #: It says that there is nothing: 無, －, 不適用.
    NONE = "none"
    #: It holds the place of what is still to be written: 待補, ○○○報告, （請填寫行為指標）.
    OPEN = "open"


_BRACKETS: Final = (
    "()",
    "[]",
    "【】",
    "〔〕",
    "「」",
    "『』",
    "<>",
    "《》",
    "〈〉",
    "{}",
    '""',
    "“”",
)
_CLOSING: Final = frozenset(pair[1] for pair in _BRACKETS)
_ENDS: Final = "。.．,，、;；:：!！*＊※"
#: Format characters (the category Cf of Unicode).
_INVISIBLE: Final = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
#: Dashes, slashes, dots and underlines of any kind and nothing else.
_MARKS: Final = re.compile(r"[-‐‑‒–—―−ー─━_/\\|~…⋯.。·・‧*※]+")
_NOTHING: Final = re.compile(
    r"(目前|暫時?|尚|本[項欄格])?(無|沒有|略|從略|(暫|從)?缺|空白?|不適用|無須?填寫?|[免可]?免填寫?|可?不需?填寫?"
    r"|無此項目?|無(相關)?(資料|內容|項目)|無(相關|特別|另外)(要求|規定|需求)?|無[(/]?(無|none|n/?a)[)]?|可?省略|不詳|不明|無((具體|實體|有形|明顯|特定)(之|的)?)?(工作)?產出|如?無(則|請)?(填無|免填寫?|不填)|如有|同[上左右前](列|欄|項|述)?|如[上前]述?|[同如][舊前上](版|版本)|沿用(舊|前|原|上一?)(版本?|內容)|以上皆[是同]|同[tpkosa]\d+([.-]\d+)*"
    r"|(詳?見|如|詳|詳如|請?[參詳][考閱照見])(上|下|右|左|附)[表件頁錄]?[一二三四五\d]?|[詳請]?見備註|n[/.]?a|[xo○◯〇□☐▢△×✕✗☓]|none|null|nil|#(n/a|ref|value|name|null|num|div/0)[!?]?)"
)
#: Signs that hold the place of a word, wherever they stand: ○○○報告, XXX 法規, ＿＿＿表; 二〇〇〇年 is a number.
_FILLERS: Final = re.compile(
    r"(?<![一二三四五六七八九○◯〇●◎])[○◯〇●◎]{2}|[□△▲☐▢]{2}|[?]{2}|_{3}|某某|\{\{|\}\}"
    r"|(?<![a-z0-9])(?:x{3,}|o{3,})(?![a-z0-9])|^(?:xx|oo)(?![a-z0-9]|設計|程式|分析|模式|語言|概念|技術|染色體)"
)
#: The fields of a standard, as a text that stands for its content names them.
_FIELD: Final = "(?:主要)?(?:職能基準)?(?:工作)?(?:內容|資料|文字|名稱|說明|描述|項目|行為指標|指標|知識|技能|態度|任務|職責|產出|活動|級別|代碼|類別)"
_WAITS: Final = re.compile(
    rf"(此[處欄格]|本[欄格項]|以下|其餘|[tpkosa])?(?:{_FIELD})?"
    r"(尚|仍|還|有|均|皆|後續)*待(後續|日後|再|進一步|與?([a-z]{1,4})?(產官學|產業|業界|專家|委員|審查|工作)*(座談)?(小組|會議?|學者|委員|團隊|單位)*)?後?"
    r"(補|填|定|訂|議|商議|確認?|確定|討論|續|編寫?|擬|撰?寫|研議|研擬|決定|查|提供|更新|修正|新增|處理|釐清|商榷|核發|核定|給號|編號|編碼|賦碼|配號|公告)"
    r"[充上齊正入寫列妥中件]{0,2}(內容|資料|文字|說明|項目)?"
    r"|[待俟等].{0,10}(討論|會議?|確認|訪談|決議|審查|開會|座談|定案|完成)後(再|另)?"
    r"(補[充上齊正入]?|填[寫入列]?|撰寫|擬定|確認|提供)(內容|資料|文字|說明|項目)?"
    r"|((產官學|專家|委員|工作|小組)*(座談|討論|會議?|確認|訪談|決議|審查|定案))?([之晚]?後|晚點|[另再])[再另]?(補[充上齊正]?|填寫?)(內容|資料|文字)?|[容另再後續]{1,2}議|需再?補[充上齊正]?"
)
_UNDECIDED: Final = re.compile(
    r"(尚|暫)?(未|待)(定|填|[填撰編]寫|完成|決定|確定|提供)|(還|尚)?沒(有)?(填|寫|完成|決定|確定)|[先暫]時?(空著|空白|留白|不寫)"
    r"|擬刪除?|(tbd|tba|tbc|todo|wip|範例|範本|示例)|draft|test\d*|sample|dummy|asdf[a-z]*|aaa+|[?]|(職能內涵|知識|技能|態度|文字|內容)"
    r"|(撰寫|編寫|研擬|研議|研商|草擬|修訂|確認|討論|規劃|補充|補件|整理|建置)中|預留(欄位?)?|保留欄位?"
    r"|(範例|示例|佔位)文字|例如?|tobe(determined|confirmed|added|done|completed|defined|written|filledin)"
    r"|(please)?fill(in|out)(here|later|text|the(text|name|field|blank|cell)s?|this(field|cell|part|column)?)?|placeholder|loremipsum.*"
)
#: What says within a text that it is not finished; a 範本 or 範例 may be what is meant.
_STILL: Final = re.compile(
    r"(?:尚|仍|均|皆|後續)*待(?:後續|日後|再|進一步)?(?:補|填|定|訂|議|擬|撰寫|編寫|研議|研擬)"
    r"[充上齊正入寫列妥中]{0,2}(?:內容|資料|文字|說明|項目)?"
    r"|(?:尚|暫)?未(?:定|填|填寫)|tbd|tba|tbc|todo|(?:撰寫|編寫|研擬)中"
    r"|(?:由|待)?icap.{0,8}(?:提供|核發|填寫|編碼|給定)"
)
#: What each of these has a character of, in any width.
_UNWRITTEN: Final = re.compile("[待未中tTiI\u2100-\u33ff\uff00-\uffef\U00010000-\U0010ffff]")
_TYPE: Final = "(輸入|新增|選擇|選取|編輯|鍵入)"
#: What content controls of office programs show until something is typed.
_CONTROLS: Final = re.compile(
    # 按規格選擇材料 and 點選商品並輸入數量 are work
    rf"請?(按一下|按兩下|點一下|單擊)(或(點選|點擊|輕觸))?.{{0,8}}{_TYPE}.{{0,8}}"
    rf"|請?(點擊|點選|輕觸|按)(或(點選|點擊|輕觸))?((此處|這裡|這裏|這個位置)以?.{{0,2}}|此以?|以){_TYPE}.{{0,8}}"
    r"|(請)?(下拉)?(選擇|選取|點選|勾選)(一個|其中一個|下列|以下)?(項目|選項|日期|級別|類別|代碼|文字|內容)"
    r"|請?[在於]此([處欄格])?(輸入|鍵入|填寫|填入|撰寫).{0,12}|請(輸入|鍵入).{0,6}(文字|內容|名稱|日期|資料|代碼)|(輸入|鍵入)(文字|日期)"
    r"|(此[處欄格]|本[欄格])(請)?(輸入|鍵入|填寫|填入|撰寫).{0,12}"
    r"|(insert|your)?texthere|select(one|…)?"
    r"|(clickortap|click|tap)(here|to)(.{0,30}(text|item|date|here))?"
    r"|(choose|enter|select|type|insert)(an?|the|your|some)?(text|items?|date|here)(here|fromthelist)?"
)
#: 請以50-100字說明主要工作內容, 請填寫行為指標; 請購儀器 and 請款作業 are work.
_PROMPTS: Final = re.compile(
    r"(此[處欄格]|本[欄格項]|註)?(敬)?請(先|再|務必|自行|依實際|簡要|簡單|具體|詳細|逐項|分項|分點|條列|以條列方式|於此|在此"
    r"|於本欄|於此欄|在本欄|於下方)*"
    r"(填|輸入|鍵入|說明|描述|敘述|簡述|詳述|概述|列出|列舉|詳?列|條列|寫|撰寫|書寫|勾選|選填|選擇|擇一|補充|補上|補齊|補$|(專家|委員|業界|產業)+(代表)?(補|填|協助|提供)|以條列式?"
    r"|參考(職能|附|本|手冊|指引|範|官方)|參照(職能|附|本|手冊|指引|範)|刪除(本|此)|以.{1,12}字|依.{0,12}(填|撰寫|書寫|說明|列出))"
    r".*"
)
#: What the official template prints into its cells.
_HINTS: Final = re.compile(
    r"icap計畫執行單位提供|(由|待)?icap.{0,8}(提供|核發|填寫|編碼|給定)|職類/?職業擇一(填寫)?|[二三]?擇一([填][寫列]?)?"
    r"|(選|必|自行)填寫?|(填寫|(輸入|新增)(?!資料))"
    + _FIELD
    # a head of the form, as it stands; a short word with a number may be a name (任務一)
    + "|主要職責|工作(任務|產出|活動|描述)|行為指標|職能級別|職能基準(名稱|代碼)|"
    + _FIELD
    + "(名稱|內容)|空|填[寫入]"
    r"|(限|上限|以|約|至多)?\d+([-~至]\d+)?字(以內|以上|為限|左右|內)|上?限\d+字|\d+[-~至]\d+字"
    r"|分層展開主要職責.*|如:?冷凍空調、汽車修護|如:?教育訓練人員|(若屬操作性技能,?)?以實際操作性技能之敘述為主.*"
    r"|儘量以書、文件、圖表等有形交付標的為主.*|請?將知識、技能、態度對應行為指標|建議擔任此職類/職業之學歷/經歷/或能力條件|專有名詞釋義"
    r"|態度內涵將於後續職能應用時視需求納入考量|表格列數請自行調整|動詞[、+]受詞[、+]條件"
    r"|標示至(小類|中類|細類).{0,20}為原則"
    r"|指(應用相近技能|職務或工作名稱|執行某項任務所需瞭解|個人對某一事物的看法).*"
    r"|用以評估是否成功完成工作任務之標準.*|最主要的關鍵工作產出,?包含過程.*|(指)?整體描述,?包含最主要的工作內容.*"
    r"|指?(認知層面能力|執行某項任務所需具備可幫助任務進行的認知層面能力).*|上傳字數限\d+字.*"
)
_OPEN: Final = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_WAITS, _UNDECIDED, _CONTROLS, _PROMPTS, _HINTS))
)
#: Where a remark begins.
_REMARK: Final = re.compile("[:,;(]")
#: What stands in brackets, or behind the last punctuation.
_ASIDE: Final = re.compile(
    r"[（(\[【〔][^（()）\[\]【】〔〕]{1,40}[）)\]】〕]|(?<=[，,；;。：:、])[^，,；;。：:、]{1,20}$"
)
#: No mark is longer than the official hints; real texts seldom are as short.
_LONGEST: Final = 200


#: White space, brackets and punctuation around a text.
_WRAPPED: Final = r"[\s。.，,、;；:：!！*＊※()（）<>《》〈〉【】〔〕「」『』{}｛｝“”\"\[\]]"
#: What all placeholders with a Chinese character, and all marks that a text is unfinished, have one
#: of, so that most texts need no look: a rare character, a head of the form alone, or a word that
#: begins with a commoner one. Before each text that is looked at stands the character 0.
_TELLING: Final = (
    re.compile("[^\\s\0\u3001-\u30ff\u3400-\u9fff\uff00-\uff5eA-Za-z0-9()./,:;+&%-]"),
    re.compile("[○◯〇●◎□△▲☐?？_＿待未請按單點選鍵輸擇勾無沒略免某缺填]"),
    re.compile(
        f"\0{_WRAPPED}*(?:新增|空)?(?:{_FIELD}){{0,2}}[0-9０-９一二三四五]{{0,2}}{_WRAPPED}*(?![^\0])"
    ),
    re.compile(
        "[空不範示寫擬訂認論議劃置理充商件標指用最整上態動同如見詳考閱照沿需留預保後另再例分以儘建專0-9０-９xXｘＸoOｏＯiIｉＩtTｔＴ]"
        # what any of the words below goes on with: most texts are done with here
        r"(?=\s*[白著適需詳明例本中刪上左右前舊下附備有:：冷教留補議再填皆用如)）字層實量議示應職執個認以主體知傳度詞xXｘＸoOｏＯcCｃＣbBｂＢtTｔＴpPｐＰkKｋＫsSｓＳaAａＡ])"
        r"(?:(?<=空)\s*[白著]|(?<=不)\s*[適需詳明]|(?<=範)\s*[例本]|(?<=示)\s*例|(?<=[寫擬訂認論議劃置理充商件])\s*中|(?<=擬)\s*刪|(?<=需)\s*[補再]|(?<=沿)\s*用|(?<=上)\s*皆"
        r"|(?<=同)\s*[上左右前舊tTｔＴpPｐＰkKｋＫoOｏＯsSｓＳaAａＡ]|(?<=[如見詳考閱照])\s*[上下左右前舊附備如有:：冷教]|(?<=[預保])\s*留|(?<=留)\s*白|(?<=[後另再])\s*[補議填]|(?<=例)\s*[如)）]|(?<=[0-9０-９])\s*字"
        r"|(?<=分)\s*層|(?<=以)\s*實際|(?<=儘)\s*量|(?<=建)\s*議擔|(?<=專)\s*有名"
        r"|(?<=標)\s*示|(?<=指)\s*[應職執個認]|(?<=用)\s*以|(?<=最)\s*主|(?<=整)\s*體|(?<=認)\s*知"
        r"|(?<=上)\s*傳|(?<=態)\s*度\s*內|(?<=動)\s*詞|(?<=[xXｘＸ])\s*[xXｘＸ]|(?<=[oOｏＯ])\s*[oOｏＯ]"
        r"|(?<=[iIｉＩ])\s*[cCｃＣ]|(?<=[tTｔＴ])\s*[bBoOｂＢｏＯ])"
    ),
)
_HAN: Final = re.compile("[\u3400-\u9fff]")


def hollow(texts: Sequence[str]) -> set[str]:
    """Those of ``texts`` of which :func:`placeholder` or :func:`unfinished` says something.

    All are looked at at once, which takes a third of the time.
    """
    return {text for text in set(_suspects(texts)) if _kind(text) or _mark(text)}


def _suspects(texts: Sequence[str]) -> Iterator[str]:
    """Those of ``texts`` that have something telling, or do not begin in Chinese."""
    whole = "\0" + "\0".join(texts)
    if whole.count("\0") > max(1, len(texts)):
        yield from texts  # one of them has that character itself
        return
    for pattern in _TELLING:
        for found in pattern.finditer(whole):
            end = whole.find("\0", found.end())
            yield whole[whole.rfind("\0", 0, found.end()) + 1 : None if end < 0 else end]
    yield from (text for text in texts if text and not "\u3400" <= text[0] <= "\u9fff")


def placeholder(text: str) -> Placeholder | None:
    """What ``text``, without its code, is if it has no content; None if it has, or is empty."""
    return _kind(text) if _tells(text) or (text and not _HAN.search(text)) else None


def unfinished(text: str) -> str:
    """The mark in ``text`` that something is still to be written, as 原理（待補） has; "" if none."""
    return _mark(text) if _tells(text) else ""


def _tells(text: str) -> bool:
    whole = f"\0{text}"
    rare, sign, head, word = _TELLING
    return bool(
        rare.search(whole) or sign.search(whole) or word.search(whole) or head.search(whole)
    )


def _kind(text: str) -> Placeholder | None:
    """As :func:`placeholder`, of a text that may be one."""
    if text.isascii() and text.isalnum() and text[-1].isdigit():
        return None  # a code
    return _judged(text)


@lru_cache(maxsize=1 << 16)
def _judged(text: str) -> Placeholder | None:
    """As :func:`placeholder`, of a text that may be one."""
    bare = _bare(text)
    if not bare or len(bare) > _LONGEST:
        return None
    inner = _unwrapped(bare)
    if not inner or _MARKS.fullmatch(bare) or _MARKS.fullmatch(inner) or _NOTHING.fullmatch(inner):
        return Placeholder.NONE
    if _FILLERS.search(bare) or _OPEN.fullmatch(inner):
        return Placeholder.OPEN
    if _STILL.fullmatch(_REMARK.split(inner)[0]):  # 待補（王小明）, TBD：由委員會決定
        return Placeholder.OPEN
    return None


def _mark(text: str) -> str:
    """As :func:`unfinished`, of a text that may have one."""
    for found in _ASIDE.finditer(text) if _UNWRITTEN.search(text) else ():
        if _STILL.fullmatch(_unwrapped(_bare(found[0]))) and found[0] != text.strip():
            return found[0].strip()
    return ""


def _bare(text: str) -> str:
    """``text`` in one width and case, without white space and invisible characters."""
    wide = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return wide if wide.isascii() else _INVISIBLE.sub("", wide)


def _unwrapped(text: str) -> str:
    """``text`` without brackets around it and punctuation at its end, however many there are."""
    while True:
        shorter = text.strip(_ENDS)
        for opening, closing in _BRACKETS if shorter[-1:] in _CLOSING else ():
            if _wraps(opening, closing, shorter):
                shorter = shorter[1:-1]
        if shorter == text:
            return text
        text = shorter


def _wraps(opening: str, closing: str, text: str) -> bool:
    """Whether the first and the last character of ``text`` are a pair of brackets around it."""
    if len(text) < 2 or text[0] != opening or text[-1] != closing:
        return False
    depth = 0
    for char in text[1:-1]:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return False
    return depth == 0
