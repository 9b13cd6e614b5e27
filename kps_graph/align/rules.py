"""The stated rules: what carries no meaning in the names of competencies, and what says the same.

Data only; :mod:`kps_graph.align.canonical` applies it. Every entry was chosen by looking at which
differences occur between otherwise equal names of published standards, and *how*: words that
alternate across many standards and never stand for two elements of one standard
(``顧客``/``客戶``) are one word, words that one standard sets beside each other
(``填補``/``清潔``, ``規劃``/``執行``) are two. Doubtful ones are left out or are only
*near* (:data:`NEAR_WORDS`): evidence that the model weighs, never a verdict.

Words are written as :func:`kps_graph.folding.fold` leaves them (台, 紀錄, 計畫).
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ABBREVIATIONS",
    "ATTITUDES",
    "EMPTY_PREFIXES",
    "EMPTY_SUFFIXES",
    "ENDINGS",
    "KEPT_AS_PART",
    "LIGHT_WORDS",
    "MARKS",
    "NEAR_WORDS",
    "NOT_CONNECTIVE",
    "SAME_WORDS",
    "SHORTEST",
    "WORDS_THAT_END_ALIKE",
]

#: Patterns of marks that belong to the document and not to the competency, removed in order.
MARKS: Final = (
    r"【[^】]*】?",  # 【註4】, 【T1.1】, and one cut off
    r"[^【】]{0,1}(?<=[註\d])\d*】$",  # the rest of one whose beginning was cut off: 1】
    r"[（(]?註\s*\d+[）)]?$",  # (註4), 註4
    r"^\s*(?:[KSA]\s*\d{1,3}|\d{1,2}(?![\dDd℃%點]))[\s.、．:：]*(?=[一-鿿])",  # 1產業資訊, K03 …
    r"^[\s•●▪■◆‧·*\-–—\uE000-\uF8FF]+",  # bullets
)

#: Verbs that say that something is known, in front of what is known.
EMPTY_PREFIXES: Final = (
    "認識",
    "理解",
    "瞭解",
    "了解",
    "熟悉",
    "熟知",
    "知悉",
    "具備",
    "具有",
    "擁有",
    "懂得",
    "有關",
    "能夠",
)

#: Endings that carry nothing, by kind; ``*`` is for every kind. The longest is removed first, and
#: again, while at least :data:`SHORTEST` characters remain.
EMPTY_SUFFIXES: Final = {
    "*": (
        "能力",
        "技能",
        "技能力",
        "的能力",
        "知識",
        "相關知識",
        "基本知識",
        "基礎知識",
        "知能",
        "專業知識",
        "概念",
        "基本概念",
        "基礎概念",
        "概論",
        "概要",
        "概述",
        "常識",
        "認知",
        "基本認知",
        "原理",
        "基本原理",
        "技巧",
        "相關",
        "等",
        "之",
        "的",
        "簡介",
        "導論",
        "通論",
        "理論",
        "概",
        "技",
        "佳",
    ),
    "K": ("方法", "學", "論"),
    "S": ("實務", "技術", "方法", "運用", "應用", "能"),
    "A": ("力", "感", "態度", "精神", "心", "意識"),
}

#: Suffixes that carry something when they are a part of their own: 蒐集與運用 is not 蒐集.
KEPT_AS_PART: Final = ("實務", "技術", "方法", "運用", "應用")

#: Endings that look like an empty suffix and are part of a word.
WORDS_THAT_END_ALIKE: Final = (
    "科學",
    "化學",
    "文學",
    "數學",
    "醫學",
    "教學",
    "力學",
    "光學",
    "工學",
    "語學",
    "大學",
    "哲學",
    "智能",
    "功能",
    "性能",
    "節能",
    "儲能",
    "職能",
    "效能",
    "理論",
    "討論",
    "評論",
)

#: Endings that are spelled otherwise: an act names the law, a method its activity.
ENDINGS: Final = (
    ("法法規", "法規"),
    ("法相關法規", "法規"),
    ("保護法", "保護法規"),
    ("財產權法", "財產權法規"),
    ("基準法", "基準法規"),
    ("衛生法", "衛生法規"),
    ("安全法", "安全法規"),
    ("交易法", "交易法規"),
    ("管理法", "管理法規"),
    ("安全規則", "安全法規"),
    ("安全規範", "安全法規"),
    ("設計法", "設計"),
    ("分析法", "分析"),
    ("預測法", "預測"),
    ("檢驗法", "檢驗"),
    ("理論\x1f實務", ""),
    ("理論實務", ""),
)

#: A text is never stripped below this many characters.
SHORTEST: Final = 2

#: Words that are one word: each group is spelled as its first member. Longest match first.
SAME_WORDS: Final = (
    ("顧客", "客戶"),
    ("蒐集", "收集", "搜集"),
    ("資料蒐集", "數據蒐集", "資訊蒐集"),
    ("資料分析", "數據分析"),
    ("統計分析", "數據統計分析", "資料統計分析"),
    (
        "法規",
        "法令規範",
        "法規規範",
        "法令規章",
        "法律規範",
        "法令",
        "法案",
        "法規規定",
        "相關規範",
        "規則法規",
    ),
    ("職業安全衛生", "職業安全與衛生", "勞工安全衛生", "勞工安全與衛生"),
    ("智慧財產權", "智慧財產", "智財權"),
    ("軟體操作", "軟體應用", "軟體使用", "軟體運用", "軟體的操作", "軟體之操作"),
    ("軟體操作", "軟體操作應用", "軟體應用操作", "軟體操作使用"),
    ("工具操作", "工具使用", "工具應用", "工具運用"),
    ("設備操作", "設備使用", "設施操作", "設施的操作"),
    ("儀器操作", "儀器使用"),
    ("電腦繪圖", "電腦輔助繪圖", "電腦輔助設計", "電腦輔助製圖", "電腦製圖"),
    ("電腦繪圖", "電腦輔助繪圖2d3d", "電腦輔助設計cad", "電腦輔助繪圖cad"),
    ("判斷", "判別", "判定"),
    ("測量", "量測"),
    ("編列", "編制", "編製"),
    ("管控", "控管"),
    ("流程", "程序"),
    ("廢棄物", "廢料", "廢棄物料"),
    ("佈局", "布局"),
    ("佈置", "布置"),
    ("報告撰寫", "報告書撰寫", "報告製作", "撰寫報告", "製作報告", "報告編寫"),
    ("計畫撰寫", "計畫書撰寫"),
    ("繪製", "繪作"),
    ("規畫", "規劃", "計畫規劃"),
    ("產業", "行業"),
    ("運用", "應用"),
    ("與", "或"),
    ("相關", "有關"),
    ("解決問題", "問題解決"),
)

#: Words close enough to be evidence, too wide to decide: as :data:`SAME_WORDS`.
NEAR_WORDS: Final = (
    ("操作", "使用", "運用", "應用"),
    ("維護", "保養", "維護保養", "維護與保養", "維護及保養", "保養維護"),
    ("資料", "資訊", "數據", "情報"),
    ("檢測", "檢驗", "檢查"),
    ("處理", "解決", "排除", "應變", "因應"),
    ("分析", "解讀", "判讀", "判斷", "研判", "評估", "解析"),
    ("整合", "統整", "彙整", "整理"),
    ("談判", "協商", "議價"),
    ("設備", "機台", "設施", "裝置"),
    ("工具", "器具", "機具", "器機具", "工機具", "機器"),
    ("撰寫", "編寫", "製作", "填寫"),
    ("規畫", "企劃", "策劃", "設計"),
    ("管理", "管控", "管制", "控制"),
    ("表達", "溝通", "說明"),
    ("辨識", "識別", "判斷", "鑑別"),
    ("異常", "故障", "意外", "緊急"),
    ("規範", "法規", "標準", "準則"),
    ("方案", "提案", "企劃"),
    ("流程", "步驟", "工序"),
    ("計算", "估算", "試算"),
    ("評估", "評核", "考核", "評量"),
    ("商品", "產品", "貨品"),
    ("工法", "工序", "工程"),
    ("文件", "文書"),
    ("趨勢", "現況"),
    ("選用", "選擇"),
    ("組裝", "裝配", "安裝", "組立"),
)

#: Words that narrow a name little: they count for a fraction of their weight.
LIGHT_WORDS: Final = (
    "相關",
    "基本",
    "基礎",
    "一般",
    "作業",
    "工作",
    "技術",
    "方法",
    "實務",
    "理論",
    "原則",
    "專業",
    "執行",
    "進行",
    "使用",
    "應用",
    "運用",
    "概念",
    "知識",
    "能力",
    "技巧",
    "各種",
    "各類",
    "各式",
    "常用",
    "常見",
    "內容",
    "流程",
    "規範",
    "正確",
    "依據",
    "認知",
    "技能",
    "實作",
    "及其",
    "如何",
    "資料",
    "管理",
    "處理",
    "組織",
    "系統",
    "軟體",
    "保存",
    "手冊",
    "策略",
)

#: Where 與 及 和 ... are no conjunctions but part of a word.
NOT_CONNECTIVE: Final = (
    "親和",
    "和諧",
    "飽和",
    "調和",
    "緩和",
    "溫和",
    "中和",
    "和解",
    "總和",
    "參與",
    "給與",
    "賦與",
    "授與",
    "與會",
    "及時",
    "普及",
    "涉及",
    "顧及",
    "觸及",
    "及格",
    "或然",
)

#: Short forms that stand without their long form, and it.
ABBREVIATIONS: Final = (
    ("標準作業程序", "sop"),
    ("標準作業程序", "標準作業流程"),
    ("顧客關係管理", "crm"),
    ("人工智慧", "ai"),
    ("物聯網", "iot"),
    ("國際商業條款", "國貿條規", "incoterms"),
    ("失效模式效應分析", "失效模式與效應分析", "fmea失效模式效應分析", "fmea"),
)

#: Attitudes that the official list renamed, or that are one under two names.
ATTITUDES: Final = (
    ("親和力", "親和關係", "親和力關係", "具親和力"),
    ("持續學習", "自我提升"),
    ("應對不確定性", "應對不明狀況", "對應不確定性", "對不確定性", "應對不確定"),
    ("正直誠實", "正直誠信", "誠實正直", "誠信正直"),
    ("謹慎細心", "細心", "細心周到", "謹慎", "細心謹慎"),
    ("壓力容忍", "抗壓力", "抗壓性", "抗壓"),
    ("主動積極", "積極主動", "主動", "積極"),
    ("追求卓越", "卓越"),
    ("團隊意識", "團隊合作", "團隊精神"),
    ("溝通", "溝通力"),
    ("創新", "追求創新"),
    ("創意思考", "創意思維", "創意思考與創造力"),
    ("冒險挑戰", "勇於挑戰"),
    ("責任心", "責任感", "有責任心", "負責", "負責任"),
    ("職業道德", "職業倫理", "工作倫理", "工作倫理與職業道德"),
    ("環境保護", "環保"),
)
