"""What holds the place of content is told from content, in whatever width, brackets and case."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.placeholders import Placeholder, hollow, placeholder, unfinished

NONE = [
    "無特別要求",
    "無 (None)",
    "無／NA",
    "可省略",
    "不詳",
    "同前",
    "同上列",
    "同 T1.1",
    "同舊版",
    "如前述",
    "沿用舊版",
    "以上皆是",
    "詳附件",
    "參考附件一",
    "見備註",
    "無產出",
    "（無實體產出）",
    "同左",
    "（暫缺）",
    "從缺",
    "缺",
    "尚無",
    "無此項",
    "無資料",
    "（如有）",
    "（如無則免填）",
    "（可不填）",
    "N.A.",
    "同上",
    "如上",
    "詳見附件",
    "見下表",
    "□",
    "○",
    "x",
    "#REF!",
    "#N/A",
    "無",
    "無。",
    "（無）",
    "沒有",
    "略",
    "（略）",
    "－",
    "—",
    "--",
    "／",
    "/",
    "N/A",
    "n/a",
    "NA",
    "不適用",
    "……",
    "___",
    "*",
    "免填",
    "無須填寫",
]
OPEN = [
    "？",
    "?",
    "待確",
    "待商議",
    "待 AI 產業專家確認",
    "請專家補充",
    "再議",
    "後補資料",
    "之後補",
    "晚點補",
    "需再補充",
    "補件中",
    "（研商中）",
    "尚未撰寫",
    "還沒寫",
    "先空著",
    "先留白",
    "擬刪",
    "WIP",
    "draft",
    "test",
    "知識",
    "技能",
    "內容",
    "文字",
    "點選此處以輸入文字",
    "請按此輸入內容",
    "按一下以輸入日期。",
    "Click or tap to enter a date.",
    "Enter your text here",
    "Please fill in this field",
    "〇〇〇公司",
    "請補",
    "待補件",
    "補充中",
    "（待專家座談會後填寫）",
    "待產官學確認",
    "研議中",
    "草擬中",
    "討論後補",
    "另補",
    "待寫",
    "待釐清",
    "To be completed",
    "to be defined",
    "[fill in]",
    "<填寫>",
    "{{name}}",
    "（二擇一）",
    "擇一填列",
    "請擇一",
    "在此輸入",
    "（此處填寫工作產出）",
    "填寫行為指標",
    "請詳列",
    "請以條列式說明",
    "（100字以內）",
    "（50~100字）",
    "限100字",
    "（必填）",
    "（自行填寫）",
    "新增任務",
    "任務名稱",
    "工作任務",
    "知識名稱",
    "工作產出名稱",
    "職能基準名稱",
    "主要職責",
    "某某公司",
    "範例文字",
    "例如：",
    "※待補",
    "TBD：由委員會決定",
    "待補，預計5月完成",
    "待補（王小明）",
    "（待補：請產業專家提供）",
    "其餘待補",
    "（預留）",
    "Your text here",
    "select one",
    "分層展開主要職責、工作任務、工作活動",
    "如：冷凍空調、汽車修護。",
    "如：教育訓練人員",
    "以實際操作性技能之敘述為主",
    "儘量以書、文件、圖表等有形交付標的為主",
    "建議擔任此職類／職業之學歷／經歷／或能力條件",
    "專有名詞釋義",
    "待補",
    "（待補）",
    "待補充",
    "內容待補",
    "行為指標待補",
    "尚待確認",
    "待專家會議確認",
    "後續待補",
    "待定",
    "未定",
    "TBD",
    "TODO",
    "撰寫中",
    "範例",
    "○○",
    "○○○報告",
    "ＯＯＯ法規",
    "XXX",
    "ＸＸＸ",
    "xxx表",
    "XX公司",
    "？？？",
    "□□□",
    "◯◯分析表",
    "請填寫",
    "（請填寫行為指標）",
    "（請以50-100字說明主要工作內容）",
    "請說明工作內容",
    "請輸入文字",
    "選擇一個項目。",
    "請選擇級別",
    "按一下或點選這裡以輸入文字。",
    "（iCAP計畫執行單位提供）",
    "（職類／職業擇一）",
    "（擇一填寫）",
    "（表格列數請自行調整）",
    "（態度內涵將於後續職能應用時視需求納入考量）",
    "動詞、受詞、條件",
    "指執行某項任務所需瞭解可應用於該領域的原則與事實。",
    "Click or tap here to enter text.",
    "Choose an item.",
    "（iCAP 計畫執行單位提供）",
]
CONTENT = [
    "XX染色體遺傳概念",
    "測試驅動開發",
    "Test plan",
    "留白設計",
    "知識管理",
    "內容行銷",
    "文字學",
    "同步工程",
    "同理心",
    "沿用料件管理",
    "不明來電處理",
    "詳細設計",
    "見習制度",
    "參考文獻整理",
    "考照輔導",
    "再議價技巧",
    "待確認訂單處理",
    "商中庸之道",
    "需求分析",
    "擬刪除清單",
    "補件通知",
    "前版修訂紀錄",
    "按規格選擇材料",
    "按訂單輸入系統",
    "按客訴等級選擇處理方式",
    "按月輸入帳務資料",
    "按此流程輸入資料",
    "按鍵輸入",
    "點選商品並輸入數量",
    "輸入資料",
    "新增資料",
    "Fill in claim forms",
    "Choose raw material for each item",
    "Enter delivery date",
    "二〇〇〇年版標準",
    "一○○年度預算",
    "同左右鄰站協調",
    "無產出落差分析",
    "後補注射",
    "補充兵役法規",
    "討論後續行動",
    "規劃中央廚房",
    "草擬中英文合約",
    "缺失改善",
    "空調",
    "空拍",
    "同上游供應商協調",
    "如期交付",
    "如廁協助",
    "保留盈餘計算",
    "預留孔位置確認",
    "新增功能",
    "任務分派",
    "任務一",
    "活動1",
    "知識1",
    "知識管理",
    "行為指標設計",
    "名稱標示",
    "代碼管理",
    "必填欄位檢核",
    "100字以內摘要撰寫",
    "填寫表單",
    "輸入訂單資料",
    "某些限制",
    "附件整理",
    "例行維護",
    "分層抽樣",
    "專有名詞翻譯",
    "O型環",
    "X射線檢測",
    "待補貨通知",
    "無人機操作",
    "無塵室規範",
    "無障礙設計",
    "無機化學",
    "略圖繪製",
    "請購儀器",
    "請款作業能力",
    "請示主管",
    "請益技巧",
    "待客禮儀",
    "待料時間控管",
    "待議事項處理",
    "於會議中解決待議事項。",
    "處理待確認訂單",
    "待辦事項清單",
    "禮服接待、諮詢與簽訂",
    "候補名單",
    "選擇原料",
    "選擇題設計",
    "輸入法操作",
    "文字輸入能力",
    "範本製作",
    "數位影像作品範例",
    "測試",
    "測試報告",
    "OO設計模式",
    "物件導向（OO）",
    "XML文件",
    "XXL尺寸打版",
    "開",
    "競",
    "食",
    "3D列印",
    "SOP",
    "Ｘ光判讀",
    "乙",
    "請專職人員檢視佈線計畫，並徵求其同意。",
    "填寫保養紀錄表",
    "說明書撰寫",
    "動詞變化",
    "通訊協定（EtherNet…）",
    "異議…等事項處理",
    "定期保養",
    "更新程序",
    "提供資料",
]


@pytest.mark.parametrize("text", NONE)
def test_a_word_or_sign_for_nothing_is_no_content(text):
    assert placeholder(text) is Placeholder.NONE


@pytest.mark.parametrize("text", OPEN)
def test_what_is_still_to_be_written_is_no_content(text):
    assert placeholder(text) is Placeholder.OPEN


@pytest.mark.parametrize("text", CONTENT)
def test_content_that_only_looks_like_it_is_content(text):
    assert placeholder(text) is None


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b"])
def test_nothing_is_no_placeholder(text):
    assert placeholder(text) is None


@given(
    st.sampled_from([*NONE, *OPEN]),
    st.sampled_from(
        ["{}", "（{}）", "({})", "【{}】", " {} ", "{}。", "「{}」", "（{}）。", "{}\u200b"]
    ),
    st.sampled_from([str, str.lower, str.upper]),
)
def test_brackets_blanks_and_case_make_no_content(text, around, case):
    assert placeholder(around.format(case(text)))


@given(
    st.text("咖啡豆種類與特性沖煮原理", min_size=2, max_size=8),
    st.sampled_from(["無", "略", "待補", "請填寫"]),
)
def test_content_before_such_a_word_is_content(text, word):
    assert placeholder(f"{text}的{word}痕處理") is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("倉儲原理（待補）", "（待補）"),
        ("倉儲原理(待補充)，含法規", "(待補充)"),
        ("採購生豆，待填", "待填"),
        ("採購生豆【TBD】", "【TBD】"),
        ("（待補）", ""),
        ("專案計畫書（範本）", ""),
        ("協助確認待補文件", ""),
        ("異常處理（待料、停機）", ""),
        ("不良品（待處理）標示", ""),
    ],
)
def test_a_mark_within_a_text_says_that_it_is_not_finished(text, mark):
    assert unfinished(text) == mark


def test_no_text_of_the_corpus_is_taken_for_a_placeholder_but_a_full_stop(corpus_dir):
    """無 is an answer among the requirements, which are notes and stand as they are.

    One has the heading of the description for its description; the categories are the third party's.
    """
    found = set()

    def look(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                look(inner, name)
        elif isinstance(value, list):
            for inner in value:
                look(inner, key)
        elif isinstance(value, str) and key != "category" and placeholder(value):
            found.add((key, value))

    for file in corpus_dir.glob("*.json"):
        look(json.loads(file.read_text("utf-8")))
    assert found == {("output", "."), ("requirements", "無。"), ("job_description", "工作描述")}


@given(
    st.lists(
        st.sampled_from(
            [
                "無",
                "原理（待補）",
                "ＸＸＸ法規",
                "無人機操作",
                "K01",
                "TBD",
                "空 白",
                "理論",
                "",
                "不適用",
            ]
        )
        | st.text(max_size=6),
        max_size=5,
    )
)
def test_texts_looked_at_together_say_what_each_says(texts):
    assert hollow(texts) == {t for t in texts if placeholder(t) or unfinished(t)}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "待委員確認後補上",
            "（專家會議後補）",
            "待專家會議討論後再補充",
            "俟座談會後補",
            "待核發",
        ),
        *("等委員討論後填寫", "待工作小組會議決議後補充內容", "待公告", "專家座談後再補"),
    ],
)
def test_what_waits_for_a_meeting_is_still_to_be_written(text):
    assert placeholder(text) is Placeholder.OPEN


@pytest.mark.parametrize(
    "text",
    [
        *(
            "待客戶確認後提供報價單",
            "會議後補充紀錄",
            "於會議後補充資料並歸檔",
            "等待客戶確認後出貨",
        ),
        *("候補人員名單", "等級審查後公告名單", "缺料後補作業", "俟驗收完成後提供保固書"),
    ],
)
def test_work_after_a_meeting_is_work(text):
    assert placeholder(text) is None
