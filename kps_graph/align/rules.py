"""The stated rules: what carries no meaning in the names of competencies, and what says the same.

Data only; :mod:`kps_graph.align.canonicalise` applies it. Every entry was chosen by looking at which
differences occur between otherwise equal names of published standards, and *how*: words that
alternate across many standards and never stand for two elements of one standard
(``顧客``/``客戶``) are one word, words that one standard sets beside each other
(``填補``/``清潔``, ``規劃``/``執行``) are two. Doubtful ones are left out.

Words are written as :func:`kps_graph.folding.fold` leaves them (台, 紀錄, 計畫).
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACTIVITIES",
    "DATA",
    "DATA_COMPOUNDS",
    "DATA_VERBS",
    "EMPTY_PREFIXES",
    "EMPTY_SUFFIXES",
    "ENDINGS",
    "FOUNDATIONS",
    "HOW",
    "KEPT_AS_PART",
    "LEVEL_WORDS",
    "LIGHTLY_HOW",
    "LIGHT_WORDS",
    "MARKS",
    "NOT_CONNECTIVE",
    "OF_DATA",
    "OPERATED",
    "PERFORMED",
    "PERFORMS",
    "SHORTEST",
    "USES",
    "VERBS",
    "WORDS_THAT_BEGIN_ALIKE",
    "WORDS_THAT_END_ALIKE",
]

#: Patterns of marks that belong to the document and not to the competency, removed in order.
MARKS: Final = (
    r"【[^】]*】?",  # 【註4】, 【T1.1】, and one cut off
    r"[^【】]{0,1}(?<=[註\d])\d*】$",  # the rest of one whose beginning was cut off: 1】
    r"[（(]?註\s*\d+[）)]?$",  # (註4), 註4
    r"^\s*(?:[KSA]\s*\d{1,3}|\d{1,2}(?![\dDd℃%點]))[\s.、．:：]*(?=[一-鿿])",  # 1產業資訊, K03 …
    r"(?<=..)[：:，,]\s*(?:例如|如|包括|包含|含).*$",  # examples: ：如A、B等
    r"2D\s*[/／&＆、與和及]\s*3D",  # both are all there is
    r"(?<=知識|能力|概念|技能|技巧)[知能概技A-Za-z]\s*$",  # what is left of the next cell: 知識知
    r"^[\s•●▪■◆‧·*\-–—\uE000-\uF8FF]+",  # bullets
)

#: Verbs that say that something is known, in front of what is known.
EMPTY_PREFIXES: Final = tuple(
    """
    認識 理解 瞭解 了解 熟悉 熟知 知悉 具備 具有 擁有 懂得 有關 能夠 正確 有效 基本 基礎 一般 常用
    常見 各種 各類 各式 各項 相關 擅長 擅於 所屬
    """.split()
)

#: Words that begin like an empty prefix and are not one.
WORDS_THAT_BEGIN_ALIKE: Final = tuple(
    """
    基礎設施 基礎建設 基礎工程 基礎施工 基本法 基本工資 一般化 有效期 有效性 有效率 正確性
    """.split()
)

#: Endings that carry nothing, by kind; ``*`` is for every kind. The longest is removed first, and
#: again, while at least :data:`SHORTEST` characters remain.
EMPTY_SUFFIXES: Final = {
    "*": tuple(
        """
        能力 技能 技能力 的能力 知識 相關知識 基本知識 基礎知識 知能 專業知識 概念 基本概念
        基礎概念 概論 概要 概述 常識 認知 基本認知 原理 基本原理 技巧 要領 相關 等 之 的
        簡介 導論 通論 理論 概 技 專 專業 佳 基本 基礎
        """.split()
    ),
    "K": (
        "方法",
        "方式",
        "進行方法",
        "進行方式",
        "技術",
        "學",
        "論",
        "認識",
        "原則",
        "內容",
        "運用",
        "應用",
        "技術運用",
        "技術應用",
    ),
    "S": ("實務", "實作", "技術", "技法", "方法", "方式", "運用", "應用", "能"),
    "A": ("力", "感", "態度", "精神", "心", "意識"),
}

#: Suffixes that carry something when they are a part of their own: 蒐集與運用 is not 蒐集.
KEPT_AS_PART: Final = ("實務", "實作", "技術", "方法", "方式", "運用", "應用")

#: Endings that look like an empty suffix and are part of a word.
WORDS_THAT_END_ALIKE: Final = tuple(
    """
    科學 化學 文學 數學 醫學 教學 力學 光學 工學 語學 大學 大專 哲學 智能 功能 性能 節能 儲能 職能
    效能 科技 特技 競技 演技 理論 討論 評論
    """.split()
)

#: Endings that are spelled otherwise: an act names the law, a method its activity.
ENDINGS: Final = (
    *(
        (act, f"{act}規")
        for act in """
        保護法 財產權法 基準法 衛生法 安全法 交易法 保存法 採購法 防制法 防治法 管制法 促進法
        消防法 商標法 專利法 著作權法 公司法 保險法 建築法 藥事法 管理法
    """.split()
    ),
    *(
        (method, method.removesuffix("法"))
        for method in """
        設計法 計算法 分析法 預測法 檢驗法 加工法
    """.split()
    ),
    *(
        (power, power.removesuffix("力"))
        for power in """
        應用力 領導力 觀察力 溝通力 表達力 理解力 思考力 運用力 判斷力 分析力 執行力 選用力
        檢索力 設計力 規畫力 整合力 協調力 學習力
    """.split()
    ),
    ("法法規", "法規"),
    ("法相關法規", "法規"),
    ("衛生規則", "衛生法規"),
    ("衛生規定", "衛生法規"),
    ("衛生規範", "衛生法規"),
    ("安全規則", "安全法規"),
    ("安全規範", "安全法規"),
    ("安全規定", "安全法規"),
    ("分析判讀", "分析"),
    ("分析解讀", "分析"),
    ("分析研判", "分析"),
    ("分析\x1f判讀", "分析"),
    ("分析\x1f解讀", "分析"),
    ("策略規畫", "策略"),
    ("應變處理", "應變"),
    ("流程方法", "流程"),
    ("理論\x1f實務", ""),
    ("理論實務", ""),
)

#: What one uses by operating it: 夾治具使用 is 夾治具操作, among skills.
OPERATED: Final = tuple(
    """
    工具 夾具 治具 器具 機具 儀器 機器 設備 機台 軟體 系統 平台
    """.split()
)

#: Activities: 測量操作 and 測量作業 are 測量, but 設備操作 is not 設備.
ACTIVITIES: Final = tuple(
    """
    測量 繪圖 製作 施工 加工 包裝 焊接 銲接 安裝 組裝 檢測 檢驗 檢查 維修 維護 保養 清潔 消毒 處理
    排除 防護 管理 採購 盤點 驗收 校正 調整 定位 烘焙 研磨 裁切 鑽孔 配線 搬運 拆解 急救 分析 導向
    更換 裝卸 組立 調校 拆卸 拆裝 清洗 清掃 切割 塗裝 噴塗 印刷 縫製 剪裁 裁剪 栽培 種植 採收 灌溉
    飼養 烹飪 放樣 打樣 試模 測試 驗證 監測 監控 監督 稽核 巡檢 點檢 檢修 理貨 揀貨 進貨 出貨 結賬
    記賬 報賬 出圖 排版 編輯 剪輯 錄音 翻譯 導覽 接待 銷售 回收 分類 吊掛 救援 通報 統計 檢索 登錄
    建檔 歸檔 備份 部署 除錯 估價 報價 審核 審查 核銷 申報 報關 通關 招募 甄選 訓練 取樣 採樣 抽樣
    """.split()
)

#: What is only said of an activity again, at its end.
PERFORMED: Final = ("操作", "作業", "工作", "執行", "實作", "施作")

#: What is only said of an activity in front of it: 執行測試 and 進行測試 are 測試, among skills.
PERFORMS: Final = ("執行", "進行", "實施", "從事")

#: Using; at the end of a name they carry little, but what stands in front of them is an object.
USES: Final = ("使用", "運用", "應用")

#: What is done to what follows it: 撰寫報告 is 報告撰寫, among skills.
VERBS: Final = tuple(
    """
    撰寫 編寫 填寫 製作 繪製 蒐集 收集 彙整 整理 分析 判讀 解讀 閱讀 理解 瞭解 判別 判斷 辨識 辨別
    操作 維護 保養 維修 清潔 管理 管控 規劃 規畫 設計 選用 選擇 編列 編製 檢核 檢查 檢測 檢驗 測試
    測量 量測 處理 排除 解決 計算 估算 建立 建置 評估 執行 擬定 擬訂 研擬 制定 制訂 訂定 安裝 組裝
    拆卸 更換 調整 校正 穿戴 培訓 開發 拓展 招募 指導 監督 掌握 追蹤
    """.split()
)

#: What one gathers and analyses is data, whatever it is called, unless it is part of a longer word.
DATA: Final = ("資訊", "數據", "情報")
DATA_VERBS: Final = ("蒐集", "分析", "彙整", "判讀", "統計", "整理")
DATA_COMPOUNDS: Final = tuple(
    """
    安全 系統 科技 網路 設備 技術 工程 管理 通訊 化 庫
    """.split()
)
#: What is done to data even if the name does not say so.
OF_DATA: Final = ("蒐集分析", "蒐集彙整", "比較分析")

#: Where 基礎 inside a name is a thing: 基礎工程 builds foundations.
FOUNDATIONS: Final = ("設施", "建設", "工程", "施工", "結構", "開挖", "資料", "架設", "模板")

#: What tells how something is to be done, the weightier first. Where a name lists several of these
#: at its end, one of them says enough: 程序與規範 is 程序, 方法及流程 is 流程.
HOW: Final = ("規範", "流程", "標準", "制度", "原則", "規定", "守則", "要點", "注意事項")
LIGHTLY_HOW: Final = ("方法", "實務", "技巧", "工具")

#: A text is never stripped below this many characters.
SHORTEST: Final = 2

#: Remarks in brackets that name another level: with one, a name is not the same as without.
LEVEL_WORDS: Final = ("初階", "中階", "高階", "進階", "初級", "中級", "高級", "簡易")

#: Words that narrow a name little: they count for a fraction of their weight.
LIGHT_WORDS: Final = tuple(
    """
    相關 基本 基礎 一般 作業 工作 技術 方法 實務 理論 原則 專業 執行 進行 使用 應用 運用 概念 知識
    能力 技巧 各種 各類 各式 常用 常見 內容 流程 規範 正確 依據 認知 技能 實作 及其 如何 資料 管理
    處理 組織 系統 軟體 保存 手冊 策略 緊急 電腦 各項 初步 有效 傳達 服務
    """.split()
)

#: Where 與 及 和 ... are no conjunctions but part of a word.
NOT_CONNECTIVE: Final = tuple(
    """
    親和 和諧 飽和 調和 緩和 溫和 中和 和解 總和 參與 給與 賦與 授與 與會 及時 普及 涉及 顧及 觸及
    及格 或然
    """.split()
)
