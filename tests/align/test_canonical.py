"""What carries no meaning in a name is removed by stated rules, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.align import canonical, synonyms
from kps_graph.align.layers import rule

SAME = [
    # suffixes that carry nothing
    ("S", "市場分析能力", "市場分析技能"),
    ("S", "行銷計畫撰寫技能力", "行銷計劃撰寫"),
    ("K", "風險管理概念", "風險管理概論"),
    ("K", "電子電路相關知識", "電子電路學"),
    ("K", "實驗設計", "實驗設計法"),
    ("K", "統計基礎", "統計學"),
    # what is used by operating it, among skills
    ("S", "量具及治具使用", "量具與治具操作能力"),
    ("S", "操作起重機具", "起重機具使用能力"),
    ("S", "排版軟體", "排版軟體使用能力"),
    # what is only said of an activity again
    ("S", "倉庫盤點作業", "倉庫盤點"),
    ("S", "雕刻機保養的執行能力", "雕刻機保養"),
    # 基礎 inside a name; knowing and being able at the end of each part
    ("S", "鐘錶基礎維修能力", "鐘錶維修"),
    ("K", "茶葉分級概念與茶葉品評概念", "茶葉分級與茶葉品評"),
    # one character in brackets inside a word
    ("K", "夾(治)具設計", "夾治具設計"),
    ("K", "夾具與治具設計", "夾治具設計"),
    # examples after a colon
    ("S", "試算軟體使用能力：如樞紐分析、巨集等", "試算軟體操作"),
    # what is said twice, as an abbreviation beside its long form
    ("K", "KPI關鍵績效指標", "關鍵績效指標"),
    # a term in English
    ("K", "人工智慧概論", "Artificial Intelligence"),
    ("S", "Big Data 分析", "大數據分析能力"),
    # an act names the law
    ("K", "山林保存法", "山林保存法規概論"),
    ("K", "職業安全衛生相關規則", "職業安全衛生法規"),
    # what narrows nothing, in front
    ("K", "各種量具", "常用量具"),
    ("S", "正確包裝", "包裝技巧"),
    ("K", "2D/3D建模", "建模"),
    # one word for another
    ("S", "庫存控管", "庫存管理能力"),
    ("K", "遊艇維護方式", "遊艇保養"),
    ("S", "鍋爐故障判斷與排除能力", "鍋爐故障排除"),
    ("S", "歷史文獻資料搜尋", "歷史文獻檢索"),
    # variant characters
    ("S", "陶土粘著佈置", "陶土黏著布置"),
    ("S", "船殼銲接", "船殼焊接能力"),
    ("K", "出貨作業程序", "出貨流程"),
    # what knows, in front of what is known
    ("K", "認識倉儲管理", "倉儲管理"),
    ("K", "瞭解關稅制度", "熟悉關稅制度"),
    # marks and debris
    ("K", "關務相關法規【註1】", "關務法規"),
    ("K", "關務相關法規【註2", "關務法規"),
    ("K", "【T1.1】報關流程", "報關流程"),
    ("S", "1貨況追蹤", "貨況追蹤"),
    ("S", "0客戶拜訪", "客戶拜訪"),
    ("S", "語言表達語言表達", "語言表達"),
    # synonyms
    ("K", "顧客關係管理", "客戶關係管理"),
    ("S", "資料收集", "資料蒐集"),
    ("S", "影像軟體應用能力", "影像軟體操作能力"),
    # conjunctions and particles
    ("S", "溝通與協調能力", "溝通協調能力"),
    ("S", "評估供應商的能力", "評估供應商能力"),
    # brackets with an abbreviation
    ("K", "國際商業條款（INCOTERMS）", "國際商業條款"),
    # laws
    ("K", "消費者保護法", "消費者保護相關法規"),
    # the verb of a skill, at its beginning or its end
    ("S", "蒐集與分析航運情報", "航運資訊蒐集與分析能力"),
    ("S", "編寫導覽手冊", "導覽手冊編寫"),
    # carrying out what is an activity anyway
    ("S", "進行釀酒取樣", "釀酒取樣能力"),
    # one of several words for how
    ("K", "登山嚮導規範與注意事項", "登山嚮導規範"),
    ("K", "釀造測試方法及流程", "釀造測試流程及方法"),
    # two empty beginnings, and what is left of the next cell
    ("K", "認識各種釀酒酵母", "釀酒酵母"),
    ("K", "釀酒酵母知識知", "釀酒酵母知識"),
    # the whole name is a word with an ending
    ("S", "領導力", "領導能力"),
    # attitudes under an older name
    ("A", "應對不明狀況", "應對不確定性"),
    ("A", "親和關係", "親和力"),
]
NOT_SAME = [
    ("K", "資料庫管理", "人力資源管理"),
    ("S", "資料蒐集與運用", "資料蒐集"),  # another activity, not a suffix
    ("K", "材料科學", "材料"),  # 學 is part of a word here
    ("S", "航海科技", "航海科"),  # and so is 技
    ("K", "3D列印", "列印"),  # 3 is no leading number
    ("S", "方案執行能力", "方案能力"),
    ("K", "食品安全衛生法規", "職業安全衛生法規"),
    ("A", "親和力", "溝通"),
    ("K", "橋梁基礎工程", "橋梁工程"),  # 基礎 is a thing here
    ("S", "船舶設備操作", "船舶設備"),  # 操作 is the act, 設備 is none
    ("S", "盤點與操作", "盤點"),
    ("S", "噴塗裝設備操作", "噴塗安裝備操作"),  # no 裝設 across two words
    ("K", "智慧財產權", "智慧財產權法規"),
    ("K", "AIoT概論", "AI概論"),  # a word in Latin letters is no part of a longer one
    ("S", "資訊科技能力", "資訊科能力"),  # 科技 | 能力, not 科 | 技能力
    ("K", "資訊安全分析", "資料安全分析"),  # 資訊安全 is no data
    ("K", "釀造科技運用程式", "釀造科技"),
]
#: Texts in which a listed word stands by chance, across two words.
ACROSS = [
    ("S", "釀酒系統整合", "系統整合"),  # 統整
    ("K", "食品檢驗", "食品檢驗"),  # 品檢
    ("S", "藥品管理", "藥品管理"),  # 品管
    ("S", "旅客服務", "旅客服務"),  # 客服
    ("K", "病人資料", "病人資料"),  # 人資
    ("S", "流量測試", "流量測試"),  # 量測
    ("K", "定型化契約簽訂定期檢討", "定期"),  # 訂定
]


@pytest.mark.parametrize(("kind", "a", "b"), SAME)
def test_names_that_differ_in_what_carries_nothing_come_down_to_one(kind, a, b):
    assert canonical(kind, a).text == canonical(kind, b).text


@pytest.mark.parametrize(("kind", "a", "b"), NOT_SAME)
def test_names_that_differ_in_meaning_stay_apart(kind, a, b):
    assert canonical(kind, a).text != canonical(kind, b).text


@pytest.mark.parametrize(("kind", "name", "kept"), ACROSS)
def test_a_word_is_not_seen_where_its_characters_belong_to_two_words(kind, name, kept):
    assert kept in canonical(kind, name).text


def test_words_parted_by_a_bar_are_two():
    assert all(len(pair.split("|")) == 2 and all(pair.split("|")) for pair in synonyms.ACROSS_WORDS)


def test_the_order_of_parts_is_no_difference():
    assert canonical("S", "溝通協調").bag == canonical("S", "協調溝通能力").bag


def test_a_remark_in_brackets_is_kept_beside_the_name():
    found = canonical("S", "設計能力（含手繪草圖）")
    assert (found.text, found.aside) == ("設計", "含手繪草圖")


def test_a_word_that_begins_like_an_empty_prefix_is_kept():
    assert canonical("K", "基礎設施維護").text == "基礎設施維護"


@pytest.mark.parametrize(
    ("aside", "agrees"), [("（進階）", ""), ("（基礎）", "canonical"), ("（含實作）", "canonical")]
)
def test_another_level_in_brackets_is_not_the_same(aside, agrees):
    assert rule("K", canonical("K", f"建模{aside}"), canonical("K", "建模概論")) == agrees


def test_a_conjunction_that_is_part_of_a_word_divides_nothing():
    assert canonical("A", "親和力").parts == canonical("A", "親和關係").parts
    assert canonical("S", "參與規劃").parts == ("參與規畫",)


def test_a_name_made_of_nothing_but_suffixes_keeps_something():
    assert canonical("K", "知識").text
    assert canonical("S", "能力").text


def test_every_variant_of_a_word_is_listed_once_among_the_sure_ones():
    words = [w for group in synonyms.ATTITUDES for w in group]
    assert len(words) == len(set(words))


@given(st.sampled_from("KSA"), st.text(min_size=1, max_size=40))
def test_any_text_has_a_canonical_form_without_white_space(kind, text):
    assert not any(c.isspace() for c in canonical(kind, text).text)


@given(
    st.sampled_from("KSA"),
    st.text(
        alphabet="資料庫管理人力源蒐集分析與及能知識概念的、（）法規12ab", min_size=1, max_size=16
    ),
)
def test_white_space_around_a_name_makes_no_difference(kind, text):
    assert canonical(kind, f"  {text} ").text == canonical(kind, text).text
