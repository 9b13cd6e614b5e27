"""What stands where a line of a PDF was broken: a space or nothing, from all that tells it."""

import pytest

from kps_graph.document import Span
from kps_graph.readers.pdf_lines import Breaks, Line, paragraphs

#: A column of ten full-width characters of 10 points, its text one point within its edges.
LEFT, RIGHT = 0.0, 102.0


def line(text, number=0, free=0.0):
    """A line that leaves ``free`` points of its column."""
    return Line(text, LEFT + 1, RIGHT - 1 - free, 12.0 * number, 10.0, [])


def column(*texts, free=0.0):
    return [line(text, n, free) for n, text in enumerate(texts)]


def read(lines, *others):
    """The paragraphs of ``lines`` in a document that also has the columns ``others``."""
    breaks = Breaks.of([(group, LEFT, RIGHT) for group in (lines, *others)])
    return list(paragraphs(lines, LEFT, RIGHT, Span(), breaks))


def joined(lines, *others):
    found = read(lines, *others)
    return "".join(f"{p.gap or ''}{p.text.rstrip()}" if p.soft else p.text.rstrip() for p in found)


#: A column whose lines end in drawn spaces.
DRAWN = column("trade ", "terms ", "sales", free=5.0)


def test_a_space_that_is_drawn_is_one():
    assert joined(column("使用 ERP ", "系統")) == "使用 ERP 系統"


def test_a_break_with_room_for_a_space_that_is_not_drawn_is_none():
    assert joined(column("使用國際貿易 ERP", "系統", free=4.0), DRAWN) == "使用國際貿易 ERP系統"


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [("學習 ERP 系統", "使用國際貿易 ERP 系統"), ("學習 ERP系統", "使用國際貿易 ERP系統")],
)
def test_in_a_full_line_the_same_word_elsewhere_in_the_document_tells(elsewhere, expected):
    assert joined(column("使用國際貿易 ERP", "系統"), DRAWN, column(elsewhere)) == expected


def test_or_else_all_words_of_the_document_do():
    others = column("學習 CRM 系統", "認識 SCM 系統")
    assert joined(column("使用國際貿易 ERP", "系統"), DRAWN, others) == "使用國際貿易 ERP 系統"


def test_numbers_and_words_are_counted_apart():
    others = column("學習 CRM 系統", "認識 SCM 系統", "具備3年經驗")
    assert joined(column("使用國際貿易達3", "年經驗"), DRAWN, others) == "使用國際貿易達3年經驗"


def test_the_space_after_a_code_tells_nothing_of_words():
    others = column("K01 知識", "K02 知識", "學習CRM系統")
    assert joined(column("使用國際貿易ERP", "系統"), DRAWN, others) == "使用國際貿易ERP系統"


def test_chinese_characters_are_never_parted():
    assert joined(column("消費者保護", "法、公平交易法")) == "消費者保護法、公平交易法"


def test_latin_words_are_parted_in_a_full_line():
    assert joined(column("條款(International", "Commercial Terms)"), DRAWN) == (
        "條款(International Commercial Terms)"
    )


def test_where_spaces_hang_over_the_edge_a_full_line_without_one_has_none():
    hanging = column("進行 trade ", "terms 與分析")
    assert joined(column("條款(Inter", "national)"), hanging) == "條款(International)"


def test_a_word_too_long_for_a_line_is_one_word():
    assert joined(column("internationaliz", "ation 策略"), DRAWN) == "internationalization 策略"


def test_a_word_known_from_elsewhere_is_not_the_end_of_another():
    assert (
        joined(column("performance", "indicators"), DRAWN, column("訂定 key indicators 報表"))
        == "performance indicators"
    )


def test_a_code_cut_by_a_break_stands_whole_in_its_line():
    found = read(column("O1.1.1.", "1 文件審查表"))
    assert [p.text for p in found] == ["O1.1.1.1 ", "文件審查表"]


@pytest.mark.parametrize(("first", "second"), [("2026/01/1", "5"), ("ZZZ1234-00", "1v2")])
def test_a_date_or_number_too_long_for_a_line_is_one(first, second):
    assert joined(column(first, second)) == first + second


def test_a_line_knows_what_it_would_go_on_with_on_the_page_before():
    before = line("使用國際 ERP ")
    breaks = Breaks.of([(DRAWN, LEFT, RIGHT)])
    first, _ = paragraphs(column("系統的", "能力"), LEFT, RIGHT, Span(), breaks, before)
    assert (first.soft, first.gap) == (False, " ")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("管理資訊系統", "ISO 9001 標準"), "管理資訊系統 ISO 9001 標準"),
        (("管理資訊系統", "ISO 9001標準"), "管理資訊系統ISO 9001標準"),
        (("規劃 ISO 9001", "標準"), "規劃 ISO 9001 標準"),
        (("規劃ISO 9001", "標準"), "規劃ISO 9001標準"),
    ],
)
def test_words_that_are_set_apart_at_one_end_are_at_the_other(lines, expected):
    assert joined(column(*lines), DRAWN, column("學習CRM系統", "認識 SCM 系統")) == expected


@pytest.mark.parametrize(
    ("lines", "elsewhere", "expected"),
    [
        (("規劃展覽活動A4", "紙張"), ("學習 CRM 系統", "認識 SCM 系統"), "規劃展覽活動A4 紙張"),
        (("規劃展覽活動", "K8s 容器"), ("學習CRM系統", "認識SCM系統"), "規劃展覽活動K8s 容器"),
        (
            ("確認資訊系統", "ISO 9001 標準"),
            ("學習CRM系統", "認識SCM系統"),
            "確認資訊系統 ISO 9001 標準",
        ),
    ],
)
def test_what_most_words_agree_in_tells_more_than_the_other_end(lines, elsewhere, expected):
    others = column(*elsewhere, *elsewhere)
    assert joined(column(*lines), DRAWN, others) == expected


def test_behind_a_code_that_is_glued_to_its_name_nothing_is_put():
    others = column("學習 CRM 系統", "認識 SCM 系統", "使用 ERP 系統")
    assert joined(column("K2P2P", "執行"), DRAWN, others) == "K2P2P執行"


def test_one_space_at_the_edge_does_not_mean_that_all_are_drawn():
    others = [column("key ", "terms"), column("trade", "terms"), column("使用 air", "mail")]
    assert joined(column("規劃 sales", "teams 報表"), *others) == "規劃 sales teams 報表"


def test_a_bracket_does_not_keep_a_word_from_being_too_long_for_its_line():
    assert joined(column("（Internat", "ional）"), DRAWN) == "（International）"


def test_words_that_begin_and_end_here_as_others_do_are_two():
    others = column("訂定 key performance indicators 報表")
    assert joined(column("mance", "indicat"), DRAWN, others) == "mance indicat"


def test_what_would_be_longer_than_any_word_is_two():
    assert joined(column("organisational", "effectiveness"), DRAWN) == (
        "organisational effectiveness"
    )


def test_a_code_that_is_longer_than_any_is_cut_within_the_digits_of_its_name():
    assert joined(column("T1.2.211", "0V 電源"), DRAWN) == "T1.2.2110V 電源"
    assert joined(column("T1.2.21", "0.5V 電源"), DRAWN) == "T1.2.21 0.5V 電源"


def test_a_code_before_a_word_is_no_part_of_it():
    others = column("P1.2.15S 稽核", "O1.1.25S 檢查")
    assert joined(column("推動跨部門之5S", "活動"), DRAWN, others) == "推動跨部門之5S 活動"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("O1.1.3.2110", "V 電源"), "O1.1.3.2110V 電源"),  # too long for its line
        (("板材厚度T1.5", "mm 鋼板"), "板材厚度T1.5 mm 鋼板"),  # it might have been broken before
        (("O3.1.1T1.", "5 mm 鋼板"), "O3.1.1T1.5 mm 鋼板"),  # a number is one
    ],
)
def test_digits_are_parted_from_letters_only_in_a_word_too_long_for_its_line(lines, expected):
    assert joined(column(*lines), DRAWN) == expected
