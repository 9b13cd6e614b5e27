"""Comparing two standards by what their texts say."""

from __future__ import annotations

from kps_graph.compare import compare
from kps_graph.model import Element, Item, Standard


def standard(code, *knowledge, skills=()):
    return Standard(code, code, knowledge=knowledge, skills=skills)


def test_equal_texts_are_shared_whatever_their_codes():
    found = compare(standard("A", Element("K1", "紀錄管理")),
                    standard("B", Element("K07", "記錄 管理")))
    assert [(h.first, h.second) for h in found.shared] == [(("K1",), ("K07",))]


def test_equal_codes_share_nothing():
    found = compare(standard("A", Element("K1", "甲")), standard("B", Element("K1", "乙")))
    assert (found.shared, found.jaccard) == ((), 0.0)
    assert [h.text for h in found.only_first + found.only_second] == ["甲", "乙"]


def test_a_sub_item_here_and_a_whole_element_there_are_shared():
    found = compare(standard("A", Element("K1", "法規，如：", (Item("個人資料保護法"),))),
                    standard("B", Element("K1", "個人資料保護法")))
    assert [h.first for h in found.shared] == [("K1•1",)]


def test_one_heading_over_two_lists_is_not_shared():
    found = compare(standard("A", Element("K1", "法規：", (Item("民法"),))),
                    standard("B", Element("K1", "法規：", (Item("刑法"),))))
    assert found.shared == ()


def test_knowledge_and_skill_of_one_text_are_not_shared():
    found = compare(standard("A", Element("K1", "風險管理")),
                    standard("B", skills=(Element("S1", "風險管理"),)))
    assert found.shared == ()
