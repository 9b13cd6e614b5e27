"""Two names of one standard that the matcher calls the same are reported, with how it decided."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.extract import extract
from kps_graph.model import Element, Item, Standard
from kps_graph.readers import read
from kps_graph.report import Severity
from kps_graph.rules.near_identical import near_identical
from kps_graph.standards.names import names


def found(kind, *given):
    elements = tuple(
        e if isinstance(e, Element) else Element(f"{kind}{n:02d}", e)
        for n, e in enumerate(given, 1)
    )
    standard = Standard(
        None, "咖啡師", **{"K": {"knowledge": elements}, "S": {"skills": elements}}[kind]
    )
    return near_identical(standard, names(standard, "draft"))


@pytest.mark.parametrize(
    ("kind", "one", "other", "layer"),
    [
        ("K", "採購合約條款", "採購契約條款", "canonical"),
        ("K", "顧客關係管理", "客戶關係管理", "canonical"),
        ("K", "食品安全衛生管理法", "食品安全衛生管理法規", "canonical"),
        ("S", "庫存管理能力", "存貨管理能力", "canonical"),
        ("S", "判斷能力", "判斷力", "canonical"),
        ("K", "供應商評選與採購管理知識", "採購管理與供應商評選", "reordered"),
    ],
)
def test_the_later_of_two_is_reported_with_how_it_was_decided(kind, one, other, layer):
    (finding,) = found(kind, one, "咖啡豆種類", other)
    assert (finding.rule, finding.severity, finding.code) == ("R25", Severity.INFO, f"{kind}03")
    assert finding.value == other
    for text in finding.messages.values():
        assert one in text
        assert f"{kind}01" in text
        assert layer in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("拉花技術（基礎）", "拉花技術（進階）"),
        ("基礎烘焙技術", "進階烘焙技術"),
        ("茶葉感官品評方法", "茶葉感官品評方法（基礎）"),
        ("初階咖啡沖煮", "咖啡沖煮"),
        ("生豆分級標準", "生豆處理法"),
        ("評價準則公報第十五號", "評價準則公報第五號"),
        ("安全防災、節能管理與健", "安全防災、節能管理與健康舒適指標基本規定與鼓勵項目撰寫能力"),
    ],
)
def test_grades_and_other_names_stay_out(one, other):
    assert found("S", one, other) == []
    assert found("S", other, one) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("K", "病蟲害防治技術（通論）", "病蟲害防治技術專論"),
        ("K", "電鍍注意事項", "電鍍（二次銅）注意事項"),
        ("S", "英文閱讀能力", "英文閱讀能力（契約）"),
        ("S", "資訊分析", "數據分析能力"),
        ("S", "電腦繪圖能力", "電腦輔助設計軟體操作"),
        ("S", "機械常識", "機械應用能力"),
    ],
)
def test_two_names_that_one_author_sets_apart_are_two(kind, one, other):
    assert found(kind, one, other) == []
    assert found(kind, other, one) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("S", "統計軟體操作", "統計軟體操作能力（如：試算表）"),
        ("K", "個人資料保護法", "個人資料保護法規（個資法）"),
        ("K", "優良實驗室操作原則", "優良實驗室操作準則（GLP）"),
        ("S", "資料分析", "數據分析能力"),
        ("K", "機械概念", "機械應用"),
    ],
)
def test_examples_other_names_and_wider_words_set_nothing_apart(kind, one, other):
    assert len(found(kind, one, other)) == 1
    assert len(found(kind, other, one)) == 1


def test_equal_names_are_a_matter_of_rule_7():
    assert found("K", "進出口法規", "進出口 法規") == []


def test_what_has_sub_items_is_left_alone():
    listed = Element("K02", "顧客關係管理", (Item("甲"),))
    assert found("K", "客戶關係管理", listed) == []


def test_of_three_that_say_the_same_two_are_reported():
    assert [f.code for f in found("S", "庫存管理能力", "存貨管理能力", "存貨管理")] == [
        "S02",
        "S03",
    ]


@given(st.lists(st.text("採購合約契管理法規能力知識", min_size=1, max_size=6), max_size=6))
def test_each_is_reported_once_and_never_the_first(given_names):
    reported = [f.code for f in found("K", *given_names)]
    assert len(reported) == len(set(reported))
    assert "K01" not in reported


def test_a_check_needs_no_numpy_for_it():
    import subprocess

    code = "import kps_graph.rules.near_identical, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_of_the_corpus_nearly_all_that_the_matcher_calls_the_same_is_reported(corpus_dir):
    """68 of the 89 pairs of K or S within one standard; the author sets the others apart."""
    count = 0
    for file in sorted(corpus_dir.glob("*.json")):
        standard = extract(read(file.read_bytes(), file.name)).standard
        count += len(near_identical(standard, names(standard, "x")))
    assert 65 <= count <= 80
