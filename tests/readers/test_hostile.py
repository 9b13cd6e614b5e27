"""Hostile and broken files are refused with a reason; nothing is written, fetched or blown up."""

import json
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph.errors import SourceError, TooLarge, Undecodable
from kps_graph.extract import extract
from kps_graph.readers import Limits, read
from kps_graph.readers.sheets import read_sheets
from tests.support.docx import MORE, W, cell, paragraph, table, to_docx
from tests.support.odt import content, document, pack, to_odt
from tests.support.package import zipped
from tests.support.pdf import lattice, text, to_pdf
from tests.support.render import grid, to_html
from tests.support.variety import CASES

GRID = grid(*CASES["wide"])
ODT = to_odt(GRID)
DOCX = to_docx(
    paragraph("題")
    + table(
        [cell("T1 甲", '<w:vMerge w:val="restart"/>'), cell("乙")],
        [cell("", "<w:vMerge/>"), cell("丙")],
    )
)
PDF = to_pdf(lattice([20, 120, 220], [100, 150, 200]) + text(30, 180, "T1"), text(30, 30, "two"))
HTML = to_html(GRID).encode()


def packed(member: str, data: bytes) -> bytes:
    """An office file of the kind that has this member."""
    kind = (
        {}
        if member.startswith("word/")
        else {"mimetype": "application/vnd.oasis.opendocument.text"}
    )
    return zipped({**kind, member: data})


both = pytest.mark.parametrize("member", ["content.xml", "word/document.xml"])


@both
def test_a_zip_bomb_is_refused(member):
    with pytest.raises(TooLarge, match="its packed size"):
        read(packed(member, b" " * 4_000_000), "a")


@both
def test_a_member_that_unpacks_to_more_than_the_limit_is_refused(member):
    with pytest.raises(TooLarge, match="bytes unpacked"):
        read(packed(member, b"<x/>" + b" " * 1000), "a", Limits(unpacked=1000))


@both
def test_a_member_of_more_elements_than_the_limit_is_refused(member):
    with pytest.raises(TooLarge, match="too large: 11 elements"):
        read(packed(member, b"<x>" + b"<y/>" * 10 + b"</x>"), "a", Limits(elements=10))


def test_html_of_more_elements_than_the_limit_is_refused():
    with pytest.raises(TooLarge, match="elements, at most 10 are read"):
        read(b"<html><body>" + b"<p>K01</p>" * 10, "a.html", Limits(elements=10))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "K01\n" * 11),
        ("a.md", "|a|b|\n|--|--|\n|a|" + "<li>K01</li>" * 11 + "|\n"),
        ("a.html", "<html><body><ul>" + "<li>K01" * 11),
        ("a.txt", "K01\n" * 11),
    ],
)
def test_a_document_of_more_paragraphs_than_the_limit_is_refused(name, text):
    with pytest.raises(TooLarge, match="lines or paragraphs, at most 10 are read"):
        read(text.encode(), name, Limits(lines=10))


@pytest.mark.parametrize("mark", ["\t", "|"])
def test_a_table_of_more_cells_than_the_limit_is_refused_in_markdown_too(mark):
    with pytest.raises(TooLarge, match="table cells, at most 10 are read"):
        read(f"a{mark}b\n\n".encode() + mark.encode() * 20, "a.md", Limits(cells=10))


def test_the_cells_of_a_ragged_table_count_by_its_widest_row():
    text = "a\tb\tc\n" + "a\tb\n" * 3
    with pytest.raises(TooLarge, match="12 table cells"):
        read(text.encode(), "a.md", Limits(cells=11))


@pytest.mark.parametrize(
    "repeated", ["<!-- ", "<del>", "<s>~~a ", "**a ", "__a ", "![](a", "<p ", "<del>~~a **b "]
)
def test_marks_that_nothing_ends_take_time_in_proportion_to_the_text(repeated):
    # each of them looked for its end to the end of the text: half an hour for these
    assert len(read((repeated * 100_000).encode(), "a.md").paragraphs) > 0


def test_a_number_without_end_is_none():
    with pytest.raises(Undecodable, match="too long to be one"):
        read(b'{"name": ' + b"9" * 2_000_000 + b"}", "a.json")


@pytest.mark.parametrize("part", ["tasks", "knowledge", "skills", "attitudes"])
def test_a_standard_of_more_parts_than_any_has_is_refused(part):
    record = {"name": "甲", part: [{"code": part[0].upper() + "1", "name": "乙"}] * 1_501}
    with pytest.raises(TooLarge, match=r"1,501 .*, at most 1,500 are read"):
        extract(read(json.dumps(record).encode(), "a.json"))


def test_a_member_whose_header_understates_its_size_is_not_read_on():
    data = bytearray(packed("content.xml", b" " * 100_000))
    size = (100_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(SourceError):
        read(bytes(data), "a.odt")


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FETCH = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("dtd", [LAUGHS, FETCH], ids=["expansion", "fetching"])
def test_entities_are_never_expanded_or_fetched(dtd):
    odt = pack(dtd + document("<text:p>&i;</text:p>").partition("?>")[2])
    docx = zipped(
        {
            "word/document.xml": f"{dtd}<w:document {W} {MORE}><w:body>"
            f"{paragraph('&i;')}</w:body></w:document>"
        }
    )
    for data in (odt, docx):
        with pytest.raises(Undecodable, match="entities"):
            read(data, "a")


def test_paths_inside_a_package_have_no_power(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = BytesIO(ODT)
    with zipfile.ZipFile(out, "a") as z:
        for name in ("../up.xml", "/tmp/absolute.xml", "..\\up.xml", "C:\\up.xml"):
            z.writestr(name, "x")
        link = zipfile.ZipInfo("styles2.xml")
        link.external_attr = 0o120777 << 16
        z.writestr(link, "/etc/hostname")
    assert read(out.getvalue(), "a.odt").blocks == read(ODT, "a.odt").blocks
    assert not list(tmp_path.parent.rglob("up.xml")) + list(tmp_path.iterdir())


def test_a_workbook_of_too_many_cells_is_refused_before_it_is_read(monkeypatch):
    book = openpyxl.Workbook()
    for _ in range(11):
        book.active.append(["P1.1.1"] * 10)
    out = BytesIO()
    book.save(out)
    assert len(read_sheets(out.getvalue(), "a.xlsx", Limits(cells=110)).tables[0].cells) == 110
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    with pytest.raises(TooLarge, match="110 table cells"):
        read_sheets(out.getvalue(), "a.xlsx", Limits(cells=109))


@pytest.mark.parametrize("count", ["x", "-3", "1.5", "", "9" * 5000])
@pytest.mark.parametrize("what", ["columns-repeated", "columns-spanned", "rows-spanned"])
def test_a_count_in_a_spreadsheet_that_is_none_counts_one(what, count):
    named = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{n}="{named}:{n}:1.0"' for n in ("office", "table", "text"))
    cell = f'<table:table-cell table:number-{what}="{count}"><text:p>甲</text:p></table:table-cell>'
    sheet = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    content = f"<office:document-content {spaces}>{sheet}</office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    document = read_sheets(zipped({"mimetype": kind, "content.xml": content}), "a.ods")
    assert [cell.text for cell in document.tables[0].cells] == ["甲"]


def test_a_member_that_stands_twice_is_read_once():
    out = BytesIO(ODT)
    with zipfile.ZipFile(out, "a") as z, pytest.warns(UserWarning, match="Duplicate"):
        z.writestr("content.xml", content([]))
    assert read(out.getvalue(), "a.odt").blocks == ()


def test_an_unknown_compression_is_refused():
    data = bytearray(ODT)
    central = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    data[central + 10 : central + 12] = (99).to_bytes(2, "little")
    with pytest.raises(Undecodable):
        read(bytes(data), "a.odt")


@st.composite
def mutated(draw, data: bytes) -> bytes:
    """``data`` with parts cut out, doubled, overwritten, or cut off at the end."""
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        start = draw(st.integers(0, len(data) - 1))
        end = min(len(data), start + draw(st.integers(1, 40)))
        match draw(st.sampled_from(["cut", "double", "overwrite", "flip", "end"])):
            case "cut":
                data = data[:start] + data[end:]
            case "double":
                data = data[:end] + data[start:end] * draw(st.integers(1, 50)) + data[end:]
            case "overwrite":
                data = data[:start] + draw(st.binary(min_size=1, max_size=20)) + data[end:]
            case "flip":
                data = (
                    data[:start]
                    + bytes([data[start] ^ draw(st.integers(1, 255))])
                    + (data[start + 1 :])
                )
            case "end":
                data = data[:start]
    return data


FUZZ = settings(
    max_examples=settings.default.max_examples * 5 // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SMALL = Limits(bytes=10**7, unpacked=10**7, cells=50_000, pages=50, marks=50_000)


def survives(data: bytes, name: str) -> None:
    """Reads, or refuses with an error that names the file."""
    refused = None
    try:
        read(data, name, SMALL)
    except SourceError as error:
        refused = error
    assert refused is None or (refused.source == name and refused.message)


@given(st.sampled_from([ODT, DOCX, PDF, HTML]).flatmap(mutated))
@FUZZ
def test_damaged_files_are_read_or_refused(data):
    survives(data, "a.bin")


@given(mutated(content(GRID).encode()))
@FUZZ
def test_damaged_odt_content_is_read_or_refused(xml):
    survives(packed("content.xml", xml), "a.odt")


@given(mutated(zipfile.ZipFile(BytesIO(DOCX)).read("word/document.xml")))
@FUZZ
def test_damaged_docx_content_is_read_or_refused(xml):
    survives(packed("word/document.xml", xml), "a.docx")


@given(st.binary(max_size=300), st.sampled_from(["a", "a.pdf", "a.odt", "a.html", "a.md"]))
@FUZZ
def test_any_bytes_are_read_or_refused(data, name):
    survives(data, name)


@given(st.text(max_size=300), st.sampled_from(["a.md", "a.html", "a.txt"]))
@FUZZ
def test_any_text_is_read_or_refused(text, name):
    survives(text.encode("utf-8", "replace"), name)
