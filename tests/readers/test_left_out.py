"""What is struck out, drawn or laid over the page is left out of the text, and said."""

import pytest

from kps_graph.readers import read
from kps_graph.readers.docx import read_docx
from kps_graph.readers.html import read_html
from kps_graph.readers.markdown import read_markdown
from kps_graph.words import Language, in_words
from tests.support.docx import to_docx
from tests.support.odt import document, pack
from tests.support.pdf import lattice, line, text, to_pdf

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def texts(document):
    paragraphs = [p for t in document.tables for c in t.cells for p in c.paragraphs]
    return [p.text for p in (*document.paragraphs, *paragraphs)]


def said(document):
    return [(rule, value) for rule, value, _ in document.warnings]


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


STYLES = (
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="below"><w:basedOn w:val="gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:dstrike/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        (run("3", "<w:strike/>") + run("4"), ["4"]),
        (run("3", "<w:dstrike/>") + run("4", '<w:strike w:val="0"/>'), ["4"]),
        (run("3", '<w:rStyle w:val="gone"/>') + run("4"), ["4"]),
        (run("3", '<w:rStyle w:val="below"/>') + run("4"), ["4"]),
        ('<w:pPr><w:pStyle w:val="old"/></w:pPr>' + run("3"), []),
        (
            '<w:pPr><w:pStyle w:val="old"/></w:pPr>'
            + run("3")
            + run("4", '<w:dstrike w:val="0"/>'),
            ["4"],
        ),
    ],
)
def test_word_strikes_out_by_a_run_or_a_style(paragraph, kept):
    found = read_docx(to_docx(f"<w:p>{paragraph}</w:p>", styles=STYLES), "a.docx")
    assert texts(found) == kept
    assert said(found) == [("E21", "3")]


def test_what_is_struck_in_one_cell_is_said_once():
    paragraphs = "".join(f"<w:p>{run(t, '<w:strike/>')}</w:p>" for t in "甲乙")
    found = read_docx(to_docx(f"<w:tbl><w:tr><w:tc>{paragraphs}</w:tc></w:tr></w:tbl>"), "a.docx")
    ((rule, value, span),) = found.warnings
    assert (rule, value, span.table, span.row, span.column) == ("E21", "甲；乙", 1, 1, 1)


@pytest.mark.parametrize(
    ("drawing", "name"),
    [
        (
            f'<w:drawing><x:inline xmlns:x="{WP}"><x:docPr name="Picture 1" descr="流程圖"/>'
            f'<p:pic xmlns:p="{PIC}"/></x:inline></w:drawing>',
            "Picture 1：流程圖",
        ),
        (
            '<w:pict><v:shape><v:imagedata xmlns:o="urn:schemas-microsoft-com:office:office" '
            'o:title="掃描"/></v:shape></w:pict>',
            "掃描",
        ),
        (
            f'<w:drawing><x:anchor xmlns:x="{WP}"><x:docPr name="箭號 2"/></x:anchor></w:drawing>',
            "箭號 2",
        ),
        ("<w:object/>", "—"),
    ],
)
def test_word_names_pictures_and_shapes_with_their_cell(drawing, name):
    cell = f"<w:tc><w:p><w:r>{drawing}</w:r></w:p></w:tc>"
    found = read_docx(to_docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), "a.docx")
    ((rule, value, span),) = found.warnings
    assert (rule, value, span.row) == ("E33", name, 1)


def test_a_text_box_is_text_and_no_picture():
    box = (
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>甲</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    found = read_docx(to_docx(f"<w:p><w:r>{box}</w:r></w:p>"), "a.docx")
    assert (texts(found), said(found)) == (["甲"], [])


ODT_STYLES = (
    '<style:style style:name="gone" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="below" style:family="text" style:parent-style-name="gone"/>'
    '<style:style style:name="kept" style:family="text">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
)
DRAW = (
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('<text:p><text:span text:style-name="gone">3</text:span>4</text:p>', ["4"]),
        ('<text:p><text:span text:style-name="below">3</text:span>4</text:p>', ["4"]),
        (
            '<text:p text:style-name="gone">3<text:span text:style-name="kept">4</text:span></text:p>',
            ["4"],
        ),
    ],
)
def test_odt_strikes_out_by_a_style(body, kept):
    found = read(pack(document(body, ODT_STYLES)), "a.odt")
    assert (texts(found), said(found)) == (kept, [("E21", "3")])


def test_odt_names_a_picture_once_and_reads_a_text_box():
    body = (
        '<text:p><draw:frame draw:name="圖一"><draw:image xlink:href="Pictures/a.png"/>'
        "<svg:desc>流程</svg:desc></draw:frame></text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>甲</text:p></draw:text-box></draw:frame></text:p>"
        '<text:p><draw:custom-shape draw:name="箭號"/></text:p>'
    )
    found = read(pack(document(f"<text:section {DRAW}>{body}</text:section>")), "a.odt")
    assert texts(found) == ["甲"]
    assert [(rule, in_words(value, Language.CHINESE)) for rule, value in said(found)] == [
        ("E33", "圖一：流程（在所有文字之前）"),
        ("E33", "箭號（在「甲」之後）"),
    ]


def test_a_drawing_outside_tables_is_named_with_what_stands_before_it():
    arrow = (
        f'<w:p><w:r><w:drawing><x:anchor xmlns:x="{WP}"><x:docPr name="箭號"/></x:anchor>'
        "</w:drawing></w:r></w:p>"
    )
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr></w:tbl>"
    found = read_docx(to_docx(f"{arrow}<w:p>{run('甲')}</w:p>{arrow}{table}{arrow}"), "a.docx")
    assert [str(value) for _, value in said(found)] == [
        "箭號, above all text",
        "箭號, behind “甲”",
        "箭號, below table 1",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<s>3</s>4",
        "<strike>3</strike>4",
        "<del>3</del>4",
        '<span style="color:red; text-decoration: line-through">3</span>4',
    ],
)
def test_html_strikes_out_by_element_or_style(markup):
    found = read_html(f"<table><tr><td>{markup}</td></tr></table>", "a.html")
    assert (texts(found), said(found)) == (["4"], [("E21", "3")])


def test_html_names_pictures():
    found = read_html(
        '<p>甲<img src="img/a.png" alt="流程"></p><svg><text>乙</text></svg>', "a.html"
    )
    assert texts(found) == ["甲"]
    assert said(found) == [("E33", "流程：a.png"), ("E33", "乙")]


@pytest.mark.parametrize("markup", ["~~3~~4", "<s>3</s>4", "<del>3</del>4"])
@pytest.mark.parametrize("line", ["a\tb\tc\t{}", "{}", "- {}"])
def test_markdown_strikes_out(line, markup):
    found = read_markdown(line.format(markup), "a.md")
    assert texts(found)[-1] == "4"
    assert said(found) == [("E21", "3")]


def test_markdown_names_pictures():
    found = read_markdown('甲![流程](img/a.png)\n\n乙<img src="b.png">', "a.md")
    assert texts(found) == ["甲", "乙"]
    assert said(found) == [("E33", "流程：a.png"), ("E33", "b.png")]


# -- PDF ---------------------------------------------------------------------------------------

GRID = lattice([20, 120, 220], [100, 150, 200])


def turned(angle, x, y, words):
    """Text that runs in another direction: ``a b c d`` of its matrix."""
    return f"BT /F1 10 Tf {angle} {x} {y} Tm ({words}) Tj ET\n"


def pdf(*contents):
    return read(to_pdf(*contents), "a.pdf")


def test_slanted_text_is_left_out_and_said_once_for_all_pages():
    page = GRID + text(30, 180, "A") + turned("0.866 0.5 -0.5 0.866", 40, 110, "DRAFT")
    found = pdf(page, page)
    assert texts(found) == ["A", "A"]
    assert said(found) == [("E36", "DRAFT")]


def test_italics_are_upright():
    found = pdf(GRID + turned("1 0 0.33 1", 30, 180, "ABC"))
    assert (texts(found), said(found)) == (["ABC"], [])


def test_text_on_its_side_in_a_cell_is_read_downwards_or_upwards():
    down = turned("0 -1 1 0", 100, 198, "T1 AB") + turned("0 -1 1 0", 80, 198, "CD")
    up = turned("0 1 -1 0", 140, 152, "T2 EF") + turned("0 1 -1 0", 160, 152, "GH")
    found = pdf(GRID + down + up)
    cells = ["".join(p.text for p in c.paragraphs).replace(" ", "") for c in found.tables[0].cells]
    assert cells[:2] == ["T1ABCD", "T2EFGH"]
    assert said(found) == []


def test_text_on_its_side_outside_tables_is_left_out():
    found = pdf(GRID + text(30, 180, "A") + turned("0 1 -1 0", 380, 100, "SIDE"))
    assert (texts(found), said(found)) == (["A"], [("E36", "SIDE")])


def test_a_line_through_text_strikes_it_out():
    found = pdf(GRID + text(30, 180, "AAAA BBBB") + line(29, 183.5, 58, 183.5))
    ((rule, value, span),) = found.warnings
    assert (rule, value, span.table, span.row, span.column) == ("E21", "AAAA", 1, 1, 1)
    assert texts(found) == ["BBBB"]


def test_a_line_below_text_does_not():
    found = pdf(GRID + text(30, 180, "AAAA") + line(29, 178.5, 58, 178.5))
    assert (texts(found), said(found)) == (["AAAA"], [])


IMAGE = "q {w} 0 0 {h} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"


def test_a_picture_is_named_with_its_cell_and_a_bullet_is_not():
    found = pdf(
        GRID
        + text(30, 180, "A")
        + IMAGE.format(w=60, h=30, x=130, y=110)
        + IMAGE.format(w=6, h=6, x=30, y=110)
    )
    ((rule, value, span),) = found.warnings
    assert (rule, value, span.row, span.column) == ("E33", "21×11 mm", 2, 2)


def test_a_page_that_is_an_image_is_named():
    found = pdf(GRID + text(30, 180, "A"), IMAGE.format(w=400, h=300, x=0, y=0))
    assert [(rule, span.page) for rule, _, span in found.warnings] == [("E34", 2)]
