"""HTML is read as a browser shows it."""

import pytest

from kps_graph.errors import TooLarge, Undecodable
from kps_graph.readers import Limits
from kps_graph.readers.html import read_html
from tests.support.shown import blocks, cells, paras


def body(html):
    return blocks(read_html(html, "a.html").blocks)


def one_cell(html):
    (table,) = read_html(f"<table><tr><td>{html}</td></tr></table>", "a.html").tables
    return paras(table.cells[0].paragraphs)


def test_headings_paragraphs_and_items_stand_in_order():
    assert body("<h3>貿易經理</h3><p>甲<p>乙<ul><li>丙</ul>丁") == [
        "###貿易經理",
        "甲",
        "乙",
        "0> 丙",
        "丁",
    ]


def test_white_space_is_one_space_and_none_between_wrapped_chinese_lines():
    assert body("<p>確保規劃\n  達成 and\n more\t目標</p>") == ["確保規劃達成 and more 目標"]


def test_entities_private_use_characters_and_no_break_spaces_are_kept():
    assert body("<p>A&nbsp;B &amp; &lt;C&gt; &#xF06C;乙 &#x2F26;</p>") == [
        "A\u00a0B & <C> \uf06c乙 \u2f26"
    ]


def test_inline_markup_leaves_no_trace():
    assert one_cell("<b>P1.1.1</b> <span>規<i>劃</i></span><wbr>時") == ["P1.1.1 規劃時"]


def test_a_line_break_makes_a_soft_paragraph():
    assert one_cell("O1 甲<br>O2 乙<br/><br>丙") == ["O1 甲", "~O2 乙", "~丙"]


def test_bullets_that_are_text_stay():
    assert one_cell("<ul><li>• 反歧視</li></ul>• 道德") == ["0> • 反歧視", "• 道德"]


def test_lists_nest_to_any_depth():
    assert one_cell("<ul><li>甲<ul><li>乙<ol><li>丙</li></ol></li></ul></li><li>丁</ul>") == [
        "0> 甲",
        "1> 乙",
        "2> 1. 丙",
        "0> 丁",
    ]


def test_text_after_an_inner_list_goes_on_with_its_item():
    assert one_cell("<ul><li>甲<ul><li>乙</ul>丙</ul>") == ["0> 甲", "1> 乙", "0> ~丙"]


def test_a_second_paragraph_of_an_item_goes_on_with_it():
    assert one_cell("<ul><li><p>甲</p><p>乙</p></li><li><p>丙</p></li></ul>") == [
        "0> 甲",
        "0> ~乙",
        "0> 丙",
    ]


def test_the_numbers_of_ordered_lists_are_content():
    html = '<ol start="3"><li>甲<li><p>乙</p><li value=9>丙</ol><ol type=a><li>丁</ol>'
    assert one_cell(html) == ["0> 3. 甲", "0> 4. 乙", "0> 9. 丙", "0> a. 丁"]


def test_an_item_outside_any_list_is_an_item():
    assert body("<li>甲<li>乙") == ["0> 甲", "0> 乙"]


def test_preformatted_lines_stay_lines():
    assert body("<pre>甲\n乙</pre>") == ["甲", "~乙"]


def test_what_is_not_displayed_is_left_out_and_hidden_text_reported():
    document = read_html(
        "<head><title>x</title><style>y</style></head><script>z</script>"
        "<p>甲</p><p style='display: none'>乙</p><p hidden>丙</p><!-- 丁 -->",
        "a",
    )
    assert blocks(document.blocks) == ["甲"]
    assert [(rule, text) for rule, text, _ in document.warnings] == [
        ("E21", "乙"),
        ("E21", "丙"),
        ("E45", "丁"),
    ]


def test_a_deletion_is_left_out_and_an_insertion_kept():
    assert body("<p>甲<del>乙</del><ins>丙</ins></p>") == ["甲丙"]


def test_a_place_to_break_a_word_ends_no_cell_and_leaves_no_trace():
    (table,) = read_html("<table><tr><td>K<wbr>01 甲<td>S01 乙</table>", "a.html").tables
    assert cells(table) == cells(
        read_html("<table><tr><td>K01 甲<td>S01 乙</table>", "a.html").tables[0]
    )


def test_merged_cells_cover_their_rows_and_columns():
    (table,) = read_html(
        "<table><tr><td rowspan=3>T1<td colspan=2>甲<tr><td>乙<td rowspan=2>丙<tr><td>丁</table>",
        "a",
    ).tables
    assert table.merged
    assert cells(table) == [
        (1, 1, 3, 1, ["T1"]),
        (1, 2, 1, 2, ["甲"]),
        (2, 2, 1, 1, ["乙"]),
        (2, 3, 2, 1, ["丙"]),
        (3, 2, 1, 1, ["丁"]),
    ]


def test_a_blank_cell_is_a_cell_without_paragraphs():
    (table,) = read_html("<table><tr><td>T1<td>&nbsp;<td></table>", "a").tables
    assert cells(table) == [(1, 1, 1, 1, ["T1"]), (1, 2, 1, 1, []), (1, 3, 1, 1, [])]


def test_a_row_span_ends_with_its_row_group_and_zero_asks_for_all_of_it():
    (table,) = read_html(
        "<table><thead><tr><th rowspan=9>甲</thead><tr><td rowspan=0>乙<td>丙<tr><td>丁</table>",
        "a",
    ).tables
    assert [(c.row, c.column, c.rowspan) for c in table.cells] == [
        (1, 1, 1),
        (2, 1, 2),
        (2, 2, 1),
        (3, 2, 1),
    ]


def test_a_table_in_a_cell_becomes_paragraphs_of_the_cell():
    document = read_html("<table><tr><td>甲<table><tr><td>乙<td>丙</table>丁<td>戊</table>", "a")
    (table,) = document.tables
    assert cells(table) == [(1, 1, 1, 1, ["甲", "乙", "丙", "丁"]), (1, 2, 1, 1, ["戊"])]


def test_a_caption_stands_before_its_table():
    assert body("<table><caption>表一</caption><tr><td>甲</table>") == [
        "表一",
        [(1, 1, 1, 1, ["甲"])],
    ]


def test_a_table_without_cells_is_no_table():
    assert body("<table></table><p>甲<table><tr><td>乙</table>") == ["甲", [(1, 1, 1, 1, ["乙"])]]


def test_every_place_names_table_row_column_and_line():
    document = read_html("<p>甲\n<table><tr><td>乙\n<tr><td>丙<td>丁</table>", "a.html")
    assert str(document.blocks[0].span) == "a.html, line 1"
    assert str(document.tables[0].cells[2].paragraphs[0].span) == (
        "a.html, table 1, row 2, column 2, line 3"
    )


def test_a_page_without_anything_to_show_is_undecodable():
    with pytest.raises(Undecodable):
        read_html("<!doctype html><!-- -->", "a")


def test_a_huge_row_span_is_cut_at_the_end_of_the_table():
    (table,) = read_html("<table><tr><td rowspan=999999999 colspan=1>甲</table>", "a").tables
    assert cells(table) == [(1, 1, 1, 1, ["甲"])]


def test_billions_of_cells_by_spans_are_refused():
    bomb = "<table>" + "<tr><td colspan=1000 rowspan=65000>x" * 3000 + "</table>"
    with pytest.raises(TooLarge, match="table cells"):
        read_html(bomb, "a")


@pytest.mark.parametrize("tag", ["div", "ul><li", "b", "table><tr><td"])
@pytest.mark.parametrize("times", [150, 20000])
def test_endless_nesting_is_refused(tag, times):
    with pytest.raises(TooLarge):
        read_html(f"<{tag}>" * times + "x", "a")


def test_a_text_that_the_parser_would_drop_is_refused():
    with pytest.raises(TooLarge):
        read_html("<p>" + "x" * 11_000_000, "a", Limits(bytes=10**9))


def test_entities_declared_in_the_page_expand_to_nothing_large():
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&b;&x;</p>'
    )
    assert all("root:" not in text and len(text) < 200 for text in body(bomb))


def test_what_stands_behind_the_end_of_the_page_is_read_as_browsers_do():
    page = "<html><body><p>甲</p></body></html>\n<html><body><p>乙</p></body></html>"
    assert [p.text for p in read_html(page, "a.html").paragraphs] == ["甲", "乙"]


@pytest.mark.parametrize(
    "style",
    [
        'li.k::before { content: "K0" counter(k) " " }',
        "ol { list-style-type: 'K01 ' }",
        '@counter-style codes { system: extends decimal; prefix: "K0" }',
    ],
)
def test_what_a_style_sheet_writes_before_items_is_said(style):
    found = read_html(f"<style>{style} p {{ color: red }}</style><ol><li>甲</ol>", "a.html")
    ((rule, value, _),) = found.warnings
    assert rule == "E16"
    assert "K0" in str(value)
    assert "color" not in str(value)


@pytest.mark.parametrize(
    "style",
    [
        "li::before { content: '• ' }",
        ".clear::after { content: ''; display: table }",
        "a::after { content: ' (' attr(href) ')' }",
        "li::before { content: counter(item) '. ' }",
        "ul { list-style: none; font-family: 'Noto Sans' }",
        "/* content: 'K0' counter(k) */ ul { list-style: disc }",
    ],
)
def test_ornaments_of_a_style_sheet_need_no_word(style):
    assert not read_html(f"<style>{style}</style><ul><li>甲</ul>", "a.html").warnings


def test_a_list_that_shows_no_numbers_has_none():
    made = '<ol style="list-style: none"><li>甲</li><li>乙</li></ol>'
    assert blocks(read_html(made, "a.html").blocks) == ["0> 甲", "0> 乙"]
