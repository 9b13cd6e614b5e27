"""DOCX is read from its content, as Word shows it."""

import pytest

from kps_graph.errors import TooLarge, Undecodable
from kps_graph.readers import Limits
from kps_graph.readers.docx import read_docx
from tests.support.docx import cell, paragraph, table, to_docx
from tests.support.package import zipped
from tests.support.shown import blocks, cells

LISTED = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'.format
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
    'w:val="decimalZero"/><w:lvlText w:val="K%1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText '
    'w:val="\uf06c"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride '
    'w:val="5"/></w:lvlOverride></w:num>'
)


def read(xml, limits=None, **parts):
    return read_docx(to_docx(xml, **parts), "a.docx", limits or Limits())


def body(xml, **parts):
    return blocks(read(xml, **parts).blocks)


def run(xml):
    return f"<w:p><w:r>{xml}</w:r></w:p>"


def test_runs_tabs_breaks_and_hyphens_are_running_text():
    assert body(
        "<w:p><w:r><w:t>P1.1</w:t></w:r><w:r><w:t xml:space='preserve'>.1 規劃</w:t>"
        "<w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/></w:r></w:p>"
    ) == ["P1.1.1 規劃\t甲", "~乙\u2011"]


def test_symbols_become_their_private_use_characters():
    assert body(run('<w:sym w:font="Wingdings" w:char="F06C"/><w:t>甲</w:t>')) == ["\uf06c甲"]


def test_a_symbol_that_cannot_be_read_is_reported():
    found = read(run('<w:sym w:char="ZZ"/><w:t>甲</w:t>'))
    assert blocks(found.blocks) == ["甲"]
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E16", "ZZ")]


def test_insertions_are_kept_and_deletions_dropped():
    assert body(
        "<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText>"
        "</w:r></w:del><w:moveFrom><w:r><w:t>丙</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>丁</w:t></w:r></w:moveTo></w:p>"
    ) == ["甲丁"]


def test_links_fields_and_content_controls_are_running_text():
    assert body(
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r>"
        "</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r>"
        "<w:t>乙</w:t></w:r></w:fldSimple></w:p></w:sdtContent></w:sdt>"
    ) == ["甲乙"]


def test_footnotes_and_hidden_text_are_left_out_and_reported():
    found = read(
        "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='2'/><w:commentReference/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>乙</w:t></w:r></w:p>",
        footnotes="<w:footnote w:id='2'>" + paragraph("出處") + "</w:footnote>",
    )
    assert blocks(found.blocks) == ["甲乙"]
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E20", "出處"), ("E21", "密")]


def test_a_text_box_follows_its_paragraph_and_is_read_once():
    box = f"<w:txbxContent>{paragraph('乙')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}"
        "</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert body(run(f"<w:t>甲</w:t>{both}<w:t>丙</w:t>")) == ["甲丙", "乙"]


def test_headings_are_known_by_outline_level_or_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="2"/></w:style>'
    )
    assert body(
        paragraph("甲", '<w:pStyle w:val="X"/>')
        + paragraph("乙", '<w:outlineLvl w:val="3"/>')
        + paragraph("丙"),
        styles=styles,
    ) == ["##甲", "####乙", "丙"]


def test_numbers_of_a_list_are_content_and_bullets_are_not():
    assert body(
        paragraph("甲", LISTED(1, 0))
        + paragraph("乙", LISTED(1, 1))
        + paragraph("丙", LISTED(1, 0))
        + paragraph("丁", LISTED(1, 1))
        + paragraph("戊", LISTED(2, 0))
        + paragraph("己", LISTED(3, 0))
        + paragraph("庚", LISTED(0, 0)),
        numbering=NUMBERING,
    ) == ["0> K01 甲", "1> 01.1 乙", "0> K02 丙", "1> 02.1 丁", "0> 戊", "0> K05 己", "庚"]


def test_a_list_can_belong_to_the_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/>'
        f"<w:pPr>{LISTED(2, 0)}</w:pPr></w:style>"
    )
    assert body(paragraph("甲", '<w:pStyle w:val="L"/>'), styles=styles, numbering=NUMBERING) == [
        "0> 甲"
    ]


def test_merged_cells_cover_their_rows_and_columns():
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (found,) = read(
        table(
            [cell("T1", restart), cell("甲", '<w:gridSpan w:val="2"/>')],
            [cell("", go_on), cell("乙"), cell("丙", restart)],
            [cell("", go_on), cell("丁"), cell("", go_on)],
            [cell("T2", restart), cell("戊"), cell("己")],
        )
    ).tables
    assert found.merged
    assert cells(found) == [
        (1, 1, 3, 1, ["T1"]),
        (1, 2, 1, 2, ["甲"]),
        (2, 2, 1, 1, ["乙"]),
        (2, 3, 2, 1, ["丙"]),
        (3, 2, 1, 1, ["丁"]),
        (4, 1, 1, 1, ["T2"]),
        (4, 2, 1, 1, ["戊"]),
        (4, 3, 1, 1, ["己"]),
    ]


def test_a_merge_that_nothing_began_is_a_cell():
    (found,) = read(table([cell("甲", "<w:vMerge/>")])).tables
    assert cells(found) == [(1, 1, 1, 1, ["甲"])]


def test_text_in_a_covered_cell_is_reported():
    found = read(table([cell("甲", '<w:vMerge w:val="restart"/>')], [cell("乙", "<w:vMerge/>")]))
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E21", "乙")]


def test_columns_left_out_before_a_row_are_counted():
    xml = table([cell("甲"), cell("乙")]).replace(
        "</w:tbl>",
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("丙") + "</w:tr></w:tbl>",
    )
    assert [(c.row, c.column) for c in read(xml).tables[0].cells] == [(1, 1), (1, 2), (2, 2)]


def test_a_deleted_row_is_no_row():
    xml = table([cell("甲")]).replace(
        "</w:tbl>", "<w:tr><w:trPr><w:del/></w:trPr>" + cell("乙") + "</w:tr></w:tbl>"
    )
    assert [c.text for c in read(xml).tables[0].cells] == ["甲"]


def test_a_table_in_a_cell_becomes_paragraphs_of_the_cell():
    inner = table([cell("乙"), cell("丙")])
    (found,) = read(table([f"<w:tc>{paragraph('甲')}{inner}<w:p/></w:tc>"])).tables
    assert cells(found) == [(1, 1, 1, 1, ["甲", "乙", "丙"])]


def test_every_place_names_table_row_and_column():
    found = read(paragraph("題") + table([cell("甲"), cell("乙")]))
    assert str(found.tables[0].cells[1].paragraphs[0].span) == "a.docx, table 1, row 1, column 2"


def test_page_headers_and_comments_are_not_in_the_body():
    assert body(paragraph("甲"), header1=paragraph("頁首"), comments=paragraph("註")) == ["甲"]


def test_page_headers_and_footers_are_said_once_but_for_page_numbers_and_the_title():
    found = read(
        paragraph("職能基準"),
        header1=paragraph("適用於飯店業"),
        header2=paragraph("適用於飯店業"),
        header3=paragraph("職能基準"),
        footer1=paragraph("第 3 頁，總共 12 頁"),
    )
    assert [(rule, text) for rule, text, _ in found.warnings] == [("E19", "適用於飯店業")]


def test_tracked_deletions_are_said_with_their_place():
    gone = "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("丁") + "</w:tr></w:tbl>"
    found = read(
        table([f"<w:tc><w:p><w:r><w:t>甲</w:t></w:r>{gone}</w:p></w:tc>"]).replace(
            "</w:tbl>", deleted
        )
    )
    assert [[c.text for c in t.cells] for t in found.tables] == [["甲"]]
    assert [(rule, text, str(place)) for rule, text, place in found.warnings] == [
        ("E21", "乙", "a.docx, table 1, row 1, column 1"),
        ("E21", "丁", "a.docx, table 1, row 1, column 1"),
    ]


def test_a_package_without_a_document_is_undecodable():
    with pytest.raises(Undecodable):
        read_docx(zipped({"word/x.xml": ""}), "a.docx")


def test_tables_of_billions_of_cells_are_refused():
    with pytest.raises(TooLarge, match="table cells"):
        read(table([cell("甲", '<w:gridSpan w:val="999999999"/>')]))


def test_endless_nesting_is_refused():
    with pytest.raises(TooLarge, match="nesting"):
        read("<w:sdt>" * 110 + "</w:sdt>" * 110)
    with pytest.raises(Undecodable, match=r"document\.xml"):
        read("<w:sdt>" * 3000 + "</w:sdt>" * 3000)
