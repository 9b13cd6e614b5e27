"""ODT is read from its content, as LibreOffice shows it."""

import pytest

from kps_graph.errors import TooLarge, Undecodable
from kps_graph.readers import Limits
from kps_graph.readers.odt import read_odt
from tests.support.odt import document, pack
from tests.support.package import zipped
from tests.support.shown import blocks, cells, paras

NUMBERED = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-prefix="K"/><text:list-level-style-number '
    'text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
)
HIDDEN = (
    '<style:style style:name="H" style:family="text"><style:text-properties '
    'text:display="none"/></style:style>'
)


def read(body, automatic="", **limits):
    return read_odt(pack(document(body, automatic)), "a.odt", Limits(**limits))


def body(xml, automatic=""):
    return blocks(read(xml, automatic).blocks)


def table(rows):
    (found,) = read(f"<table:table>{rows}</table:table>").tables
    return cells(found)


def cell(text="", attributes=""):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*content):
    return f"<table:table-row>{''.join(content)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def test_headings_paragraphs_and_items_stand_in_order():
    assert body(
        '<text:h text:outline-level="3">貿易經理</text:h><text:p>甲</text:p><text:list>'
        "<text:list-item><text:p>乙</text:p><text:list><text:list-item><text:p>丙</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
    ) == ["###貿易經理", "甲", "0> 乙", "1> 丙"]


def test_spaces_tabs_and_line_breaks_are_elements_of_their_own():
    xml = '<text:p>T1\n  <text:s text:c="2"/>甲<text:tab/>乙<text:line-break/>丙</text:p>'
    assert body(xml) == ["T1   甲\t乙", "~丙"]


def test_spans_links_and_fields_are_running_text():
    assert body(
        "<text:p><text:span>P1.1</text:span>.1 <text:a>規劃</text:a>"
        "<text:page-number>3</text:page-number></text:p>"
    ) == ["P1.1.1 規劃3"]


def test_private_use_and_radical_characters_are_kept():
    assert body("<text:p>\uf06c ⾦⼈</text:p>") == ["\uf06c ⾦⼈"]


def test_deletions_comments_and_ruby_are_not_text():
    assert body(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>刪</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes><text:p>甲"
        '<text:change text:change-id="x"/><office:annotation><text:p>註</text:p>'
        "</office:annotation><text:ruby><text:ruby-base>乙</text:ruby-base>"
        "<text:ruby-text>ㄧˇ</text:ruby-text></text:ruby></text:p>"
    ) == ["甲乙"]


def test_tracked_deletions_are_said_with_their_place():
    found = read(
        '<text:tracked-changes><text:changed-region text:id="x"><text:deletion><text:p>刪</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes><table:table>"
        + row(
            '<table:table-cell><text:p>甲<text:change text:change-id="x"/></text:p></table:table-cell>'
        )
        + "</table:table>"
    )
    assert [(rule, text, str(place)) for rule, text, place in found.warnings] == [
        ("E21", "刪", "a.odt, table 1, row 1, column 1")
    ]


def test_page_headers_and_footers_are_said():
    styles = (
        "<office:document-styles xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
        "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:master-styles>"
        "<style:master-page><style:header><text:p>適用於飯店業</text:p></style:header>"
        "<style:footer><text:p>第<text:page-number>1</text:page-number>頁</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    data = zipped({"content.xml": document("<text:p>甲</text:p>", ""), "styles.xml": styles})
    assert [(rule, text) for rule, text, _ in read_odt(data, "a.odt").warnings] == [
        ("E19", "適用於飯店業")
    ]


def test_footnotes_and_hidden_text_are_left_out_and_reported():
    found = read(
        "<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>出處</text:p></text:note-body></text:note>"
        '<text:span text:style-name="H">密</text:span></text:p>',
        HIDDEN,
    )
    assert blocks(found.blocks) == ["甲"]
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E20", "1出處"), ("E21", "密")]


def test_a_text_box_follows_the_paragraph_it_hangs_on():
    draw = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    assert body(
        f"<text:p>甲<draw:frame {draw}><draw:text-box><text:p>乙</text:p></draw:text-box>"
        "</draw:frame>丙</text:p>"
    ) == ["甲丙", "乙"]


def test_numbers_of_a_list_are_content_and_bullets_are_not():
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = f"<text:list>{item('乙', '')}</text:list>"
    xml = f'<text:list text:style-name="N">{item("甲", inner)}{item("丙", "")}</text:list>'
    assert body(xml, NUMBERED) == ["0> K1 甲", "1> a) 乙", "0> K2 丙"]
    assert body(xml) == ["0> 甲", "1> 乙", "0> 丙"]


def test_a_list_goes_on_counting_where_the_file_says_so():
    item = "<text:list-item><text:p>甲</text:p></text:list-item>"
    more = (
        '<text:list text:style-name="N" text:continue-numbering="true">'
        '<text:list-item text:start-value="7"><text:p>丁</text:p></text:list-item></text:list>'
    )
    assert body(
        f'<text:list text:style-name="N">{item}</text:list><text:p>乙</text:p>'
        f'<text:list text:style-name="N" text:continue-numbering="true">{item}</text:list>'
        f'<text:list text:style-name="N">{item}</text:list>{more}',
        NUMBERED,
    ) == ["0> K1 甲", "乙", "0> K2 甲", "0> K1 甲", "0> K7 丁"]


def test_a_second_paragraph_of_an_item_goes_on_with_it():
    assert body(
        "<text:list><text:list-item><text:p>甲</text:p><text:p>乙</text:p>"
        "</text:list-item></text:list>"
    ) == ["0> 甲", "0> ~乙"]


def test_merged_cells_cover_their_rows_and_columns():
    spans = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    assert table(
        row(cell("甲", spans), COVERED, cell("乙")) + row(COVERED, COVERED, cell("丙"))
    ) == [(1, 1, 2, 2, ["甲"]), (1, 3, 1, 1, ["乙"]), (2, 3, 1, 1, ["丙"])]


def test_repeated_cells_and_rows_are_repeated():
    repeated = 'table:number-columns-repeated="3"'
    assert table(
        row(cell("甲", repeated))
        + row(cell("乙"), '<table:covered-table-cell table:number-columns-repeated="2"/>')
    ) == [
        (1, 1, 1, 1, ["甲"]),
        (1, 2, 1, 1, ["甲"]),
        (1, 3, 1, 1, ["甲"]),
        (2, 1, 1, 1, ["乙"]),
        (2, 2, 1, 1, []),
        (2, 3, 1, 1, []),
    ]
    rows = f'<table:table-row table:number-rows-repeated="2">{cell("丙")}</table:table-row>'
    assert table(rows) == [(1, 1, 1, 1, ["丙"]), (2, 1, 1, 1, ["丙"])]


def test_header_rows_and_row_groups_are_rows():
    assert table(
        f"<table:table-header-rows>{row(cell('甲'))}</table:table-header-rows>"
        f"<table:table-rows>{row(cell('乙'))}</table:table-rows>"
    ) == [(1, 1, 1, 1, ["甲"]), (2, 1, 1, 1, ["乙"])]


def test_a_table_in_a_cell_becomes_paragraphs_of_the_cell():
    inner = f"<table:table>{row(cell('乙'), cell('丙'))}</table:table>"
    assert table(row(f"<table:table-cell><text:p>甲</text:p>{inner}</table:table-cell>")) == [
        (1, 1, 1, 1, ["甲", "乙", "丙"])
    ]


def test_text_in_a_covered_cell_is_reported():
    found = read(
        "<table:table>"
        + row(
            cell("甲", 'table:number-columns-spanned="2"'),
            "<table:covered-table-cell><text:p>乙</text:p></table:covered-table-cell>",
        )
        + "</table:table>"
    )
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E21", "乙")]


def test_every_place_names_table_row_and_column():
    found = read(f"<table:table>{row(cell('甲'), cell('乙'))}</table:table>")
    assert str(found.tables[0].cells[1].paragraphs[0].span) == "a.odt, table 1, row 1, column 2"


def test_sections_and_lists_in_cells_are_read():
    xml = (
        "<text:section><text:list><text:list-item><text:p>甲</text:p></text:list-item>"
        "</text:list></text:section>"
    )
    (found,) = read(
        f"<table:table>{row(f'<table:table-cell>{xml}</table:table-cell>')}</table:table>"
    ).tables
    assert paras(found.cells[0].paragraphs) == ["0> 甲"]


def test_a_password_is_named_as_the_reason():
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "junk",
            "META-INF/manifest.xml": "<m:encryption-data/>",
        }
    )
    with pytest.raises(Undecodable, match="password"):
        read_odt(data, "a.odt")


def test_broken_xml_is_undecodable():
    with pytest.raises(Undecodable, match=r"content\.xml"):
        read_odt(pack("<office:document-content"), "a.odt")


@pytest.mark.parametrize(
    "xml",
    [
        '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell/>'
        "</table:table-row>",
        row('<table:table-cell table:number-columns-repeated="999999999"/>'),
        row('<table:covered-table-cell table:number-columns-repeated="999999999"/>'),
        row(cell("甲", 'table:number-rows-spanned="100000" table:number-columns-spanned="100000"')),
        '<table:table-row table:number-rows-repeated="1000">'
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>',
    ],
    ids=["rows", "columns", "covered", "spans", "both"],
)
def test_tables_of_billions_of_cells_are_refused(xml):
    with pytest.raises(TooLarge, match="table cells"):
        read(f"<table:table>{xml}</table:table>")


def test_endless_nesting_is_refused():
    with pytest.raises(TooLarge, match="nesting"):
        read("<text:section>" * 110 + "</text:section>" * 110)
    with pytest.raises(TooLarge, match="nesting"):
        read("<text:p>" + "<text:span>" * 110 + "</text:span>" * 110 + "</text:p>")


CODES = (
    '<text:list-style style:name="C"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-prefix="K0"/></text:list-style>'
)


def items(*texts, style="", paragraph="", number=None):
    made = "".join(
        f"<text:list-item>{'' if number is None else f'<text:number>{number}{n}</text:number>'}"
        f"<text:p{paragraph}>{text}</text:p></text:list-item>"
        for n, text in enumerate(texts, 1)
    )
    return f"<text:list{style}>{made}</text:list>"


@pytest.mark.parametrize(
    ("xml", "styles"),
    [
        (items("甲", "乙", style=' text:style-name="C"'), CODES),
        (
            items("甲", "乙", paragraph=' text:style-name="Q"'),
            CODES + '<style:style style:name="P" style:list-style-name="C"/>'
            '<style:style style:name="Q" style:parent-style-name="P"/>',
        ),
        (
            items("甲", "乙", style=' text:style-name="C"'),
            CODES.replace('style:num-prefix="K0"', 'style:num-list-format="K0%1%"'),
        ),
        (items("甲", "乙", number="K0"), ""),
    ],
)
def test_codes_that_a_list_counts_are_read_wherever_it_says_so(xml, styles):
    assert body(xml, styles) == ["0> K01 甲", "0> K02 乙"]


def test_numbered_paragraphs_count_on_whatever_stands_between():
    def numbered(text, more=""):
        return (
            f'<text:numbered-paragraph text:list-id="a" text:style-name="C"{more}>'
            f"<text:p>{text}</text:p></text:numbered-paragraph>"
        )

    assert body(numbered("甲") + "<text:p>丙</text:p>" + numbered("乙"), CODES) == [
        "0> K01 甲",
        "丙",
        "0> K02 乙",
    ]
