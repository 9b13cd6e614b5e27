"""Files that mean harm, by what they are: each with its name, and how it is made."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.support import pdf
from tests.support.package import zipped

ROOT = Path(__file__).parents[1]
STANDARD = str(ROOT / "examples" / "ZZZ4323-901v2.yaml")
CASES = ROOT / "tests" / "cases" / "robustness"
MIB = 2**20
_CHANCE = random.Random(13)
#: Two MiB that do not pack well: what a limit on the ratio lets through.
NOISE = "".join(_CHANCE.choices("職能基準代碼名稱知識技能態度工作任務行為指標", k=MIB))


def _docx(body: str, **members: bytes | str) -> bytes:
    named = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{named}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": document, **members})


def _row(cells: int, text: str = "K01") -> str:
    cell = f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    return f"<w:tr>{cell * cells}</w:tr>"


def _open_document(kind: str, body: str) -> bytes:
    named = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{n}="{named}:{n}:1.0"' for n in ("office", "text", "table"))
    content = (
        f"<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    mimetype = {"text": "text", "spreadsheet": "spreadsheet"}[kind]
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{mimetype}",
            "content.xml": content,
        }
    )


def _workbook(sheet: str, **members: bytes | str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="b"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships "
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="b" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
            **members,
        }
    )


def _cells(rows: int, columns: int) -> str:
    row = "".join('<c t="inlineStr"><is><t>P1.1.1</t></is></c>' for _ in range(columns))
    return f"<sheetData>{f'<row>{row}</row>' * rows}</sheetData>"


def _flate_bomb() -> bytes:
    """A page whose content unpacks to 1 GiB of operators, packed twice."""
    packer = zlib.compressobj(9)
    inner = (
        b"".join(packer.compress(b"0 0 m 1 1 l S " * 75_000) for _ in range(1024)) + packer.flush()
    )
    twice = zlib.compress(inner, 9)
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
    return pdf.to_pdf("", objects=(body % (len(twice), twice),), page="").replace(
        b"/Contents 6 0 R", b"/Contents 4 0 R"
    )


def _nested_forms(depth: int = 24) -> bytes:
    """Forms that each draw the next one twice: 2 to the power of ``depth`` drawings."""
    forms = tuple(
        pdf.stream(
            b"/X Do /X Do" if n + 1 < depth else b"0 0 m 9 9 l S",
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {5 + n} 0 R >> >>",
        )
        for n in range(depth)
    )
    return pdf.to_pdf("/X Do", extra={"XObject": "/X 4 0 R"}, objects=forms)


def _markdown(rows: int, columns: int, text: str = "K01") -> bytes:
    line = "|" + f"{text}|" * columns + "\n"
    return (line + "|" + "---|" * columns + "\n" + line * rows).encode()


def _table(cells: str) -> bytes:
    return f"<html><body><table>{cells}</table></body></html>".encode()


def _given(name: str) -> Callable[[], bytes]:
    return (CASES / name).read_bytes


_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
#: What reads a document, a table of courses, a profile, a baseline: the file comes last.
#: Kind -> the name of the file, and what is in it.
DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF: a form that contains itself": ("a.pdf", _given("formloop.pdf")),
    "PDF: 24 forms, each drawing the next twice": ("a.pdf", _nested_forms),
    "PDF: content of 1 GiB, packed twice": ("a.pdf", _flate_bomb),
    "PDF: 195,000 letters on a page": (
        "a.pdf",
        lambda: pdf.to_pdf("".join(pdf.text(x % 400, x % 300, "K" * 199, 1) for x in range(980))),
    ),
    "PDF: 90,000 lines that cross": (
        "a.pdf",
        lambda: pdf.to_pdf(
            pdf.lattice([n / 120 for n in range(45_000)], [n / 160 for n in range(45_000)])
        ),
    ),
    "PDF: 1,000 pages of tables": (
        "a.pdf",
        lambda: pdf.to_pdf(
            *[pdf.lattice([20, 90, 160], [20, 60, 100]) + pdf.text(30, 90, "T1")] * 1000
        ),
    ),
    "PDF: 1,001 pages": ("a.pdf", lambda: pdf.to_pdf(*[""] * 1001)),
    "DOCX: 100 MiB of text": ("a.docx", lambda: _docx((_P.format(NOISE[:50_000])) * 650)),
    "DOCX: 127 MiB of blank paragraphs": ("a.docx", lambda: _docx("<w:p/>" * 22_000_000)),
    "DOCX: 1,000,000 paragraphs of noise": (
        "a.docx",
        lambda: _docx(
            "".join(_P.format(NOISE[n % 900_000 : n % 900_000 + 5]) for n in range(1_000_000))
        ),
    ),
    "DOCX: 3,000,000 tabs": (
        "a.docx",
        lambda: _docx(
            f"<w:p><w:r>{'<w:tab/>' * 3_000_000}<w:t>{NOISE[:150_000]}</w:t></w:r></w:p>"
        ),
    ),
    "DOCX: a table of 99,000 cells": (
        "a.docx",
        lambda: _docx(f"<w:tbl>{_row(100) * 990}</w:tbl>{_P.format(NOISE[:150_000])}"),
    ),
    "DOCX: a table of 1,000,000 cells": (
        "a.docx",
        lambda: _docx(f"<w:tbl>{_row(100) * 10_000}</w:tbl>{_P.format(NOISE[:450_000])}"),
    ),
    "DOCX: 1,000 times tables in tables, 25 deep": (
        "a.docx",
        lambda: _docx(
            "".join(
                "<w:tbl><w:tr><w:tc>" * 25
                + _P.format(NOISE[n : n + 99])
                + "</w:tc></w:tr></w:tbl>" * 25
                for n in range(1_000)
            )
        ),
    ),
    "DOCX: tables in tables, 10,000 deep": (
        "a.docx",
        lambda: _docx("<w:tbl><w:tr><w:tc>" * 10_000 + "<w:p/></w:tc></w:tr></w:tbl>" * 10_000),
    ),
    "DOCX: a cell over 1,000,000,000 columns": (
        "a.docx",
        lambda: _docx(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
    ),
    "DOCX: styles of 100 MiB": (
        "a.docx",
        lambda: _docx(
            "<w:p/>", **{"word/styles.xml": f"<a>{f'<b>{NOISE[:60_000]}</b>' * 550}</a>"}
        ),
    ),
    "DOCX: 190,000 bookmarks and paragraphs": (
        "a.docx",
        lambda: _docx(
            "".join(
                f'<w:p><w:bookmarkStart w:id="1"/><w:r><w:t>{NOISE[n : n + 5]}</w:t></w:r></w:p>'
                for n in range(190_000)
            )
        ),
    ),
    "DOCX: 90,000 paragraphs in a cell": (
        "a.docx",
        lambda: _docx(
            "<w:tbl><w:tr><w:tc>"
            + "".join(_P.format("K01" + NOISE[n : n + 9]) for n in range(90_000))
            + "</w:tc></w:tr></w:tbl>"
        ),
    ),
    "ODT: 100 MiB of text": (
        "a.odt",
        lambda: _open_document("text", f"<text:p>{NOISE[:50_000]}</text:p>" * 650),
    ),
    "ODT: a cell repeated 1,000,000,000 times": (
        "a.odt",
        lambda: _open_document(
            "text",
            '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="1000"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>',
        ),
    ),
    "ODT: 2,000,000,000 blanks in a row": (
        "a.odt",
        lambda: _open_document("text", '<text:p>甲<text:s text:c="2000000000"/>乙</text:p>'),
    ),
    "ODT: 3,000,000 tabs": (
        "a.odt",
        lambda: _open_document(
            "text", f"<text:p>{'<text:tab/>' * 3_000_000}{NOISE[:200_000]}</text:p>"
        ),
    ),
    "HTML: a table of 99,000 cells": (
        "a.html",
        lambda: _table(f"<tr>{'<td>K01</td>' * 100}</tr>" * 990),
    ),
    "HTML: a cell over 65,534 rows and 1,000 columns, 100 times": (
        "a.html",
        lambda: _table('<tr><td rowspan="65534" colspan="1000">K01</td></tr>' * 100),
    ),
    "HTML: 200,000 levels": ("a.html", lambda: b"<div>" * 200_000),
    "HTML: 30 MiB of text": (
        "a.html",
        lambda: f"<html><body><p>{NOISE * 10}</p></body></html>".encode(),
    ),
    "HTML: 2,000,000 list items": ("a.html", lambda: b"<html><body><ul>" + b"<li>K01" * 2_000_000),
    "HTML: 990,000 list items": ("a.html", lambda: b"<html><body><ul>" + b"<li>K01" * 990_000),
    "HTML: 90,000 list items": ("a.html", lambda: b"<html><body><ul>" + b"<li>K01" * 90_000),
    "HTML: comments without end": ("a.html", lambda: b"<!-- " * 2_000_000),
    "Markdown: comments without end": ("a.md", lambda: b"<!-- " * 2_000_000),
    "Markdown: struck-out text without end": ("a.md", lambda: b"<del>~~a **b " * 2_000_000),
    "Markdown: 20,000,000 asterisks": ("a.md", lambda: b"*" * 20_000_000),
    "Markdown: a tag of 20,000,000 blanks": ("a.md", lambda: b"<p" + b" " * 20_000_000 + b"<"),
    "Markdown: 99,000 lines in an open list of a row": (
        "a.md",
        lambda: b"a\t<ul>\n" + b"x\n" * 99_000,
    ),
    "Markdown: 90,000 items in a cell": (
        "a.md",
        lambda: b"|a|b|\n|--|--|\n|a|" + b"<li>K01 a</li>" * 90_000 + b"|\n",
    ),
    "Markdown: 99,000 lines": ("a.md", lambda: b"K01 a\n" * 99_000),
    "Markdown: a table of 99,000 cells": ("a.md", lambda: _markdown(988, 100)),
    "Markdown: 20,000,000 tabs": ("a.md", lambda: b"# a\n" + b"\t" * 20_000_000),
    "Markdown: 20,000,000 bars": ("a.md", lambda: b"|" * 20_000_000),
    "Markdown: 5,000,000 lines": ("a.md", lambda: b"K01 a\n" * 5_000_000),
    "Markdown: 300,000 codes in a cell": (
        "a.md",
        lambda: _markdown(1, 5, " ".join(f"K{n:06d}甲" for n in range(300_000))),
    ),
    "Markdown: 10,000,000 quotes": ("a.md", lambda: b">" * 10_000_000 + b" a"),
    "Markdown: a level of 6,000 digits": ("a.md", _given("level6000.md")),
    "YAML: aliases of aliases": (
        "a.yaml",
        lambda: (
            b"name: a\na0: &a0 [x]\n"
            + b"".join(
                b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9))
                for n in range(1, 30)
            )
        ),
    ),
    "YAML: 1,000,000 levels": ("a.yaml", lambda: b"name: " + b"[" * 1_000_000),
    "YAML: 1,000,000 keys": (
        "a.yaml",
        lambda: b"name: a\n" + b"".join(b"k%d: 1\n" % n for n in range(1_000_000)),
    ),
    "YAML: 100,000 tasks": (
        "a.yaml",
        lambda: "name: 甲\ntasks:\n".encode() + b"- {code: T1, name: a}\n" * 100_000,
    ),
    "JSON: 1,000,000 levels": ("a.json", lambda: b'{"a":' * 1_000_000),
    "JSON: a number of 10,000,000 digits": (
        "a.json",
        lambda: b'{"name": ' + b"9" * 10_000_000 + b"}",
    ),
    "JSON: 60 MiB of one text": ("a.json", lambda: b'{"name": "' + b"a" * 60 * MIB + b'"}'),
    "JSON: 3,000,000 elements": (
        "a.json",
        lambda: b'{"name": "a", "notes": [' + b"1," * 3_000_000 + b"1]}",
    ),
    "JSON: 1,500 tasks, and as many K, of one code": (
        "a.json",
        lambda: (
            '{"name": "甲", "knowledge": ['
            + ", ".join(f'{{"code": "K01", "name": "學{n % 7}"}}' for n in range(1_500))
            + '], "tasks": ['
            + ", ".join(f'{{"code": "T1", "name": "作{n % 7}"}}' for n in range(1_500))
            + "]}"
        ).encode(),
    ),
    "JSON: 30,000 tasks": (
        "a.json",
        lambda: (
            '{"name": "甲", "tasks": [' + ", ".join(['{"code": "T1", "name": "a"}'] * 30_000) + "]}"
        ).encode(),
    ),
    "a file of 65 MiB": ("a.md", lambda: b"a" * 65 * MIB),
    "UTF-16 text of 60 MiB": ("a.txt", lambda: ("職能\n" * (10 * MIB)).encode("utf-16")),
    "bytes of no encoding, 60 MiB": ("a.txt", lambda: random.Random(1).randbytes(60 * MIB)),
}
#: The same of tables of courses.
COURSES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "XLSX: 99,000 cells": (
        "a.xlsx",
        lambda: _workbook(_cells(990, 100) + f"<!--{NOISE[:150_000]}-->"),
    ),
    "XLSX: 1,000,000 cells": (
        "a.xlsx",
        lambda: _workbook(_cells(10_000, 100) + f"<!--{NOISE[:400_000]}-->"),
    ),
    "XLSX: a merged area of the whole sheet": (
        "a.xlsx",
        lambda: _workbook(
            _cells(2, 2) + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    ),
    "XLSX: one cell in the last row and column": (
        "a.xlsx",
        lambda: _workbook(
            '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    ),
    "XLSX: a member of 100 MiB": (
        "a.xlsx",
        lambda: _workbook(
            _cells(2, 2), **{"xl/sharedStrings.xml": f"<sst><si><t>{NOISE}</t></si></sst>" * 34}
        ),
    ),
    "XLSX: 40 members of 100 MiB of blanks": (
        "a.xlsx",
        lambda: _workbook(
            _cells(2, 2), **{f"xl/media/{n}.xml": b" " * 100 * MIB for n in range(4)}
        ),
    ),
    "ODS: a cell repeated 1,000,000,000 times": (
        "a.ods",
        lambda: _open_document(
            "spreadsheet",
            '<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="1000"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>',
        ),
    ),
    "CSV: 5,000,000 lines": ("a.csv", lambda: b"course,P\na,P1.1.1\n" + b"a,P1.1.1\n" * 5_000_000),
    "CSV: a quotation mark without end, 60 MiB": (
        "a.csv",
        lambda: b'course,P\n"' + b"a,b\n" * (15 * MIB),
    ),
    "CSV: a line of 20,000,000 cells": ("a.csv", lambda: b"course,P\n" + b"a," * 20_000_000),
}
#: Profiles and baselines.
PROFILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a profile of 40 MiB": ("a.toml", lambda: b"a = [" + b"1," * (20 * MIB)),
    "a profile of 1 MiB": ("a.toml", lambda: b"a = [" + b"1," * (2**19 - 3)),
    "a profile of 1,000,000 levels": ("a.toml", lambda: b"a = " + b"[" * 1_000_000),
}
BASELINES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a baseline of 1,000,000 levels": ("a.json", lambda: b"[" * 1_000_000),
    "a baseline of 31 MiB": (
        "a.json",
        lambda: b'{"baseline": 2, "findings": [' + b'{"a": 1},' * (3 * MIB) + b'{"a": 1}]}',
    ),
    "a baseline of 60 MiB": (
        "a.json",
        lambda: b'{"baseline": 2, "findings": [' + b'{"a": 1},' * (6 * MIB) + b"1]}",
    ),
}
