"""A file is what its content says; its name decides only where content leaves a choice."""

import pytest

from kps_graph.errors import TooLarge, Undecodable, UnknownFormat
from kps_graph.formats import SourceFormat as F
from kps_graph.readers import Limits, read, recognise
from tests.support.docx import paragraph, to_docx
from tests.support.odt import document, pack
from tests.support.package import zipped
from tests.support.pdf import text, to_pdf

ODT = pack(document("<text:p>貿易經理</text:p>"))
DOCX = to_docx(paragraph("貿易經理"))
PDF = to_pdf(text(50, 50, "T1"))
TABBED = "### 貿易經理職能基準\n\n版本\t職能基準代碼\nV1\tKPS1420-001\n"
HEADER = "<b>職能基準代碼</b>\t\tKPS1420-001v2\n"
YAML = "code: ZZZ1234-001v1\nname: 甲\ntasks: []\n"


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (ODT, "a.odt", F.ODT),
        (DOCX, "a.docx", F.DOCX),
        (DOCX, "a.pdf", F.DOCX),
        (ODT, "a.docx", F.ODT),
        (PDF, "a.html", F.PDF),
        (b"\n\n junk before " + PDF, "a", F.PDF),
        ("<!DOCTYPE html><p>貿易", "a.txt", F.HTML),
        ("<!-- saved --><html><body>x", "a.md", F.HTML),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "a", F.HTML),
        ("<table><tr><td>T1", "a.md", F.HTML),
        ("<p>貿易", "a.md", F.MARKDOWN),
        ("<p>貿易", "a", F.HTML),
        ("貿易", "a.html", F.HTML),
        (TABBED, "a.md", F.MARKDOWN),
        (TABBED, "a", F.MARKDOWN),
        (HEADER, "a.pdf", F.MARKDOWN),
        ("just words", "a.docx", F.MARKDOWN),
        (YAML, "a.txt", F.YAML),
        ("code: 一個說明", "a.yaml", F.YAML),
        ("code: 一個說明", "a.txt", F.MARKDOWN),
        (YAML, "a.md", F.MARKDOWN),
        ('{"code": "X", "tasks": []}', "a.json", F.JSON),
        ('{"code": "X"', "cut-short.json", F.JSON),
        ('{"code": "X"}', "a.yaml", F.YAML),
        ('{"metadata": {}, "basic_info": {}, "competency_tasks": []}', "a.json", F.ICAP_JSON),
        ('{"metadata": {}, "basic_info": {}, "competency_tasks": []}', "a.yaml", F.ICAP_JSON),
    ],
)
def test_the_format_is_recognised(data, name, format):
    data = data.encode() if isinstance(data, str) else data
    assert recognise(data, name) is format


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), r"\.doc"),
        (b"{\\rtf1 hello}", r"\.rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG image"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (zipped({"a.txt": "x"}), "ZIP archive"),
        (zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
        (b"\x7fELF\0\0\0" + bytes(range(256)), "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b'<?xml version="1.0"?><rdf:RDF/>', "XML"),
    ],
)
def test_what_has_no_reader_is_named_with_what_to_do(data, says):
    with pytest.raises(UnknownFormat, match=says) as caught:
        read(data, "a.pdf")
    assert caught.value.source == "a.pdf"
    assert caught.value.hint


def test_an_office_file_cut_short_is_damaged_not_unknown():
    with pytest.raises(Undecodable, match="damaged or incomplete"):
        read(ODT[:300], "a.odt")


def test_a_text_with_a_byte_order_mark_is_read_without_it():
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        document = read("貿易經理".encode(encoding), "a.txt")
        assert [p.text for p in document.paragraphs] == ["貿易經理"]
        assert not document.warnings


def test_big5_is_decoded_and_reported():
    sample = TABBED + "\n管理客戶服務品質，確保規劃達成內部和外部客戶要求。\n"
    document = read(sample.encode("cp950"), "a.md")
    assert document.encoding == "cp950"
    assert "管理客戶服務品質" in document.paragraphs[-1].text
    assert [(rule, text) for rule, text, _ in document.warnings] == [("E09", "Big5")]


def test_big5_html_is_decoded_whatever_its_head_claims():
    page = "<html><meta charset=utf-8><body><p>職能基準代碼</p></body></html>"
    document = read(page.encode("cp950"), "a.html")
    assert [p.text for p in document.paragraphs] == ["職能基準代碼"]


@pytest.mark.parametrize("encoding", ["gbk", "shift_jis", "latin-1"])
def test_other_legacy_encodings_are_refused_not_guessed(encoding):
    sample = (
        "Ägypten öffnet für Müller ça déjà"
        if encoding == "latin-1"
        else ("管理国际贸易业务" if encoding == "gbk" else "国際貿易を管理する")
    )
    with pytest.raises((Undecodable, UnknownFormat)):
        read(sample.encode(encoding), "a.txt")


def test_undecodable_text_is_placed_by_line_and_column():
    with pytest.raises(Undecodable) as caught:
        read("第一行\r\n第二".encode() + b"\xff\xfe" + "行".encode(), "a.txt")
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert "ff" in str(caught.value)


def test_a_broken_byte_in_utf8_is_not_taken_for_big5():
    good = "管理客戶服務品質，確保規劃達成內部和外部客戶要求。".encode()
    with pytest.raises(Undecodable):
        read(good + b"\xa4" + good, "a.txt")


def test_line_ends_are_made_one_and_nothing_else_is_changed():
    document = read("甲\r\n\r\n乙\u3000\u00a0丙\r\r丁\u2028戊".encode(), "a.txt")
    assert [p.text for p in document.paragraphs] == ["甲", "乙\u3000\u00a0丙", "丁\u2028戊"]


def test_the_document_says_what_it_was_read_as():
    for data, name in ((ODT, "odt"), (DOCX, "docx"), (PDF, "pdf"), (b"<html>x", "html")):
        document = read(data, "a")
        assert (document.format, document.source) == (name, "a")


def test_a_file_over_the_size_limit_is_not_looked_at():
    with pytest.raises(TooLarge, match="5 bytes"):
        read(b"12345", "a.txt", Limits(bytes=4))
