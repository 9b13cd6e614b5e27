"""Made-up standards with what real documents have in them, each with the style it is set in."""

from dataclasses import replace

from kps_graph.model import (
    Attitude,
    ClassCode,
    Classification,
    Element,
    Indicator,
    Item,
    Note,
    Output,
    Standard,
    Unit,
    Version,
)
from tests.support.render import Style

KNOWLEDGE = (
    Element(
        "K1",
        "國際商業條款(International Commercial Terms, INCOTERMS)與相關法規，如：",
        (
            Item("消費者保護法、公平交易法"),
            Item("個人資料保護法"),
            Item("ISO 9001 and S1000D 標準"),
        ),
    ),
    Element("K2", "K8s 叢集與 T1.5 mm 板材、A4 紙張規格"),
    Element("K3", "⾦融⼈員與⾏銷知識【T1.1】"),
    Element("K4", "國際市場資料的外部 and 內部來源管道"),
)
SKILLS = (
    Element(
        "S1",
        "讀寫技能：",
        (
            Item("編輯並校對內容以確保意義被釐清，文法及標點符號的準確性"),
            Item("閱讀並理解各種文字內容"),
        ),
    ),
    Element("S2", "使用 Microsoft Excel 及 SQL 分析資料的能力"),
    Element("S3", "溝通協調能力"),
)


def _p(code, text, *level, **more):
    return Indicator(code, text, *level, **more)


COMMON = Standard(
    "ZZZ1234-001v2",
    "範例專員",
    "職業",
    "工作任務/工作活動",
    "進行國際市場資料蒐集與分析，拓展與開發國際市場，並管理客戶服務品質。",
    4,
    (
        Version("V2", "ZZZ1234-001v2", "範例專員", "最新版本", "略", "2024/01/02"),
        Version(
            "V1",
            "ZZZ1234-001",
            "範例人員",
            "歷史版本",
            "已被《ZZZ1234-001v2》取代",
            "2020/12/31",
            "ZZZ1234-001v2",
        ),
    ),
    Classification(
        (ClassCode("ZZZ", "科學、技術、工程、數學／範例"),),
        (ClassCode("1234", "範例人員"),),
        (ClassCode("C22", "製造業／塑膠製品製造業"), ClassCode("N74", "專業服務業")),
    ),
    (),
    KNOWLEDGE,
    SKILLS,
    (
        Attitude("A01", "謹慎細心", "對於任務的執行過程，能謹慎考量及處理所有細節。"),
        Attitude("A02", "持續學習", "能夠展現自我提升的企圖心，利用且積極參與各種機會。"),
    ),
    (
        Note(
            "建議擔任此職類/職業之學歷/經驗/或能力條件：",
            (
                Item("大專以上畢業，且具 3 年以上相關業務經驗。"),
                Item("具 TOEIC 750 分以上者尤佳。"),
            ),
        ),
        Note("此項職能基準為虛構之範例。"),
    ),
)

#: Level, K and S stand on the whole T.
WIDE = replace(
    COMMON,
    tasks=(
        Unit(
            "T1",
            "管理客戶服務品質",
            4,
            ("K1", "K2"),
            ("S1",),
            units=(
                Unit(
                    "T1.1",
                    "確保規劃達成內部和外部客戶要求",
                    outputs=(
                        Output("O1.1.1", "客戶服務檢討報告"),
                        Output("O1.1.2", "Service Level Agreement 文件"),
                    ),
                    indicators=(
                        _p("P1.1.1", "規劃時應調查、確認並評估客戶的需求"),
                        _p("P1.1.2", "確保計畫滿足客戶期望的品質和成本規格，並符合 S1000D 規範"),
                    ),
                ),
                Unit(
                    "T1.2",
                    "確保交付產品和服務的品質",
                    indicators=(
                        _p(
                            "P1.2.1",
                            "監控團隊表現，以求符合組織的品質和交付標準",
                            raw_code="P1.2.1.",
                        ),
                    ),
                ),
            ),
        ),
        Unit(
            "T2",
            "分析市場",
            5,
            ("K3", "K4"),
            ("S2", "S3"),
            units=(
                Unit(
                    "T2.1",
                    "蒐集市場情報",
                    outputs=(Output("O2.1.1", "市場情報資料", raw_code="02.1.1"),),
                    indicators=(
                        _p(
                            "P2.1.1",
                            "透過人脈網絡交流和參加活動來蒐集並記錄市場情報",
                            raw_code="P 2.1.1",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

#: Level, K and S differ by T.x and by groups of P; three T.x need the same.
MIXED = replace(
    COMMON,
    name_kind="職類",
    layout="主要職責/工作任務",
    tasks=(
        Unit(
            "T1",
            "管理客戶服務品質",
            units=(
                Unit(
                    "T1.1",
                    "規劃服務",
                    3,
                    ("K1",),
                    ("S1",),
                    indicators=(_p("P1.1.1", "調查客戶需求"),),
                ),
                Unit(
                    "T1.2",
                    "執行服務",
                    3,
                    ("K1",),
                    ("S1",),
                    indicators=(_p("P1.2.1", "依計畫執行"),),
                ),
                Unit(
                    "T1.3",
                    "檢討服務",
                    3,
                    ("K1",),
                    ("S1",),
                    (Output("O1.3.1", "檢討報告"),),
                    (_p("P1.3.1", "依據與適當的個人和團體諮詢結果，制定決策以排解問題"),),
                ),
                Unit(
                    "T1.4",
                    "處理抱怨",
                    None,
                    ("K2", "K3"),
                    (),
                    (Output("O1.4.1", "處理紀錄"),),
                    (
                        _p("P1.4.1", "記錄抱怨內容", 2, skills=("S2",)),
                        _p("P1.4.2", "分類抱怨內容並通知負責人員", 2, skills=("S2",)),
                        _p("P1.4.3", "提出改善方案", 4, skills=("S1", "S3")),
                    ),
                ),
            ),
        ),
        Unit("T2", "無細分之任務", 4, ("K4",), ("S3",), indicators=(_p("P2.1", "完成例行工作"),)),
    ),
)

#: Three layers; attitudes without codes.
DEEP = replace(
    MIXED,
    layout="主要職責/工作任務/工作細項",
    knowledge=(KNOWLEDGE[0], *KNOWLEDGE[2:]),
    skills=SKILLS[1:],
    attitudes=tuple(replace(a, code=None) for a in COMMON.attitudes),
    tasks=(
        Unit(
            "T1",
            "管理專案",
            units=(
                Unit(
                    "T1.1",
                    "規劃專案",
                    4,
                    ("K1", "K3"),
                    ("S2",),
                    units=(
                        Unit("T1.1.1", "界定範圍", indicators=(_p("P1.1.1.1", "界定專案範圍"),)),
                        Unit(
                            "T1.1.2",
                            "編列預算",
                            outputs=(Output("O1.1.2.1", "預算表"),),
                            indicators=(_p("P1.1.2.1", "依公司規定編列預算"),),
                        ),
                    ),
                ),
                Unit(
                    "T1.2",
                    "執行專案",
                    3,
                    ("K4",),
                    ("S3",),
                    indicators=(_p("P1.2.1", "依時程執行專案"),),
                ),
            ),
        ),
    ),
)

#: Name -> (standard, style), one for each way of setting a document.
CASES = {
    "wide": (WIDE, Style()),
    "wide-table": (WIDE, Style(attitudes="table", notes="table", stacked_classes=True)),
    "mixed": (MIXED, Style()),
    "mixed-merged": (MIXED, Style(merge_siblings=True, attitudes="body")),
    "mixed-shared-cells": (MIXED, Style(units_per_cell=3, bullets="\uf06c ")),
    "deep": (DEEP, Style(attitudes="table", bullets="• ", gap="")),
}
