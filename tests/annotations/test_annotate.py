"""Comments in the author's own file: at their places, the text and others' comments untouched."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from lxml import etree

from kps_graph.annotations import annotate
from kps_graph.errors import UnknownFormat
from kps_graph.exports.reports.anchors import find
from kps_graph.readers import read
from tests.support import docx
from tests.support.checks import HOSTILE, checked, seed_docx, seed_odt
from tests.support.document import OLD
from tests.support.draft import draft
from tests.support.odt import document as odt_document
from tests.support.odt import pack
from tests.support.office import convert
from tests.support.package import zipped
from tests.support.project import ROOT

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
KINDS = pytest.mark.parametrize("kind", ["docx", "odt"])


@pytest.fixture(scope="module")
def seeds(examples, office):
    return {"docx": seed_docx(examples), "odt": seed_odt(examples)}


def annotated(data, kind, folder, **more):
    """The copy, and the outcome of the check that it tells of."""
    file = folder / f"draft.{kind}"
    file.write_bytes(data)
    outcome = checked(file, **more)
    return annotate(data, file.name, outcome, NOW), outcome


def member(data, name):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def comments(data):
    """Every comment as (author, text, the words it stands at), in the order of the document."""
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    return _in_docx(data) if "word/document.xml" in names else _in_odt(data)


def _in_docx(data):
    texts = {
        c.get(f"{W}id"): (
            c.get(f"{W}author"),
            "\n".join("".join(t.text for t in p.iter(f"{W}t")) for p in c.iter(f"{W}p")),
        )
        for c in member(data, "word/comments.xml")
    }
    open_, words, order = {}, {}, []
    for node in member(data, "word/document.xml").iter():
        if node.tag == f"{W}commentRangeStart":
            open_[node.get(f"{W}id")] = []
            order.append(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            words[node.get(f"{W}id")] = "".join(open_.pop(node.get(f"{W}id")))
        elif node.tag == f"{W}t":
            for collected in open_.values():
                collected.append(node.text or "")
        elif node.tag == f"{W}commentReference":
            assert node.get(f"{W}id") in words, "a comment ends before its reference"
    assert not open_
    assert set(order) == set(texts)
    return [(*texts[i], words[i]) for i in order]


def _in_odt(data):
    found, open_ = [], {}

    def walk(element):
        for collected in open_.values():
            collected.append(element.text or "")
        for child in element:
            if child.tag == f"{OFFICE}annotation":
                text = "\n".join("".join(p.itertext()) for p in child if p.tag.endswith("}p"))
                found.append([child.findtext(f"{DC}creator"), text, None])
                open_[child.get(f"{OFFICE}name")] = words = []
                found[-1][2] = words
            elif child.tag == f"{OFFICE}annotation-end":
                open_.pop(child.get(f"{OFFICE}name"))
            else:
                walk(child)
            for collected in open_.values():
                collected.append(child.tail or "")

    walk(member(data, "content.xml"))
    assert not open_
    return [(author, text, "".join(words)) for author, text, words in found]


@KINDS
def test_there_is_one_comment_per_finding(seeds, kind, tmp_path):
    copy, outcome = annotated(seeds[kind], kind, tmp_path)
    assert len(outcome.report.findings) > 10
    assert len(comments(copy)) == len(outcome.report.findings)


@KINDS
def test_a_comment_stands_at_the_words_it_is_about(seeds, kind, tmp_path):
    copy, _ = annotated(seeds[kind], kind, tmp_path)
    at = {text.split("：")[0]: words for _, text, words in comments(copy)}
    assert at["[警告 R23] P1.2.1"] == "依組織業績計畫，交付符合客戶規格的产品和服務"
    assert at["[警告 E03] P1.3.3"] == "P1.3.3."
    assert at["[提示 R20] H5210"] == "運輸及倉儲業 / 運輸輔助業"
    assert at["[警告 R07] K26"] == at["[警告 R23] K26"] == "國際市場資料的外部 and 內部來源管道"


def test_a_comment_stands_at_the_second_use_of_a_code_and_at_a_paragraph_without_one(tmp_path):
    data = draft(
        [
            (
                "T1 沖煮咖啡",
                "T1.1 調製飲品",
                "",
                "P1.1.1 依配方調製飲品，並確認風味。\n清洗器具",
                "3",
                "K01 咖啡豆種類\nK01 沖煮原理",
                "S01 器具操作能力",
            )
        ]
    )
    copy, _ = annotated(data, "docx", tmp_path)
    at = {text.split("：")[0]: words for _, text, words in comments(copy)}
    assert at["[提示 E27] P1.1.1"] == "清洗器具"
    assert at["[違反 R05] K01"] == "K01"
    xml = zipfile.ZipFile(BytesIO(copy)).read("word/document.xml").decode()
    assert "commentRangeStart" in xml[xml.index("咖啡豆種類") : xml.index("沖煮原理")]


@KINDS
def test_a_comment_says_what_is_wrong_by_which_rule_and_what_to_do(seeds, kind, tmp_path):
    copy, _ = annotated(seeds[kind], kind, tmp_path)
    (text,) = (t for _, t, _ in comments(copy) if t.startswith("[警告 R07] K24"))
    first, rule, fix = text.split("\n")
    assert first.endswith("請只列一次，並共用同一代碼。")
    assert rule == "規則：同一內容不以兩個代碼列出 — 職能基準發展指引 (G22) p49"
    assert fix.startswith("範例：")


@KINDS
def test_comments_are_in_the_language_of_the_messages(seeds, kind, tmp_path):
    copy, _ = annotated(seeds[kind], kind, tmp_path, lang="en")
    assert any("list it once" in text for _, text, _ in comments(copy))


@KINDS
def test_the_text_of_the_copy_is_that_of_the_original(seeds, kind, tmp_path):
    copy, _ = annotated(seeds[kind], kind, tmp_path)
    assert read(copy, "a") == read(seeds[kind], "a")


@KINDS
def test_annotating_again_replaces_the_earlier_comments(seeds, kind, tmp_path):
    once, _ = annotated(seeds[kind], kind, tmp_path)
    twice, _ = annotated(once, kind, tmp_path)
    assert comments(twice) == comments(once)
    assert read(twice, "a") == read(seeds[kind], "a")


@KINDS
def test_every_other_member_of_the_file_is_as_it_was(seeds, kind, tmp_path):
    copy, _ = annotated(seeds[kind], kind, tmp_path)
    changed = (
        {"content.xml"}
        if kind == "odt"
        else {
            "word/document.xml",
            "word/comments.xml",
            "word/_rels/document.xml.rels",
            "[Content_Types].xml",
        }
    )
    with zipfile.ZipFile(BytesIO(seeds[kind])) as old, zipfile.ZipFile(BytesIO(copy)) as new:
        assert set(new.namelist()) - set(old.namelist()) <= changed
        assert [n for n in old.namelist() if old.read(n) != new.read(n)] == [
            n for n in old.namelist() if n in changed
        ]
        assert new.infolist()[0].compress_type == old.infolist()[0].compress_type


def test_libreoffice_opens_the_copies_and_keeps_every_comment(seeds, tmp_path):
    copies = {f"{k}.{k}": annotated(seeds[k], k, tmp_path)[0] for k in ("docx", "odt")}
    wanted = {k: sorted(t for _, t, _ in comments(v)) for k, v in copies.items()}
    swapped = {
        **convert({"docx.docx": copies["docx.docx"]}, "odt"),
        **convert({"odt.odt": copies["odt.odt"]}, "docx"),
    }
    assert sorted(t for _, t, _ in comments(swapped["docx.odt"])) == wanted["docx.docx"]
    assert sorted(t for _, t, _ in comments(swapped["odt.docx"])) == wanted["odt.odt"]
    pdfs = convert(copies, "pdf")
    assert all(data.startswith(b"%PDF") for data in pdfs.values())


def test_comments_that_libreoffice_saved_are_replaced_too(seeds, tmp_path):
    copy, outcome = annotated(seeds["docx"], "docx", tmp_path)
    saved = convert({"a.odt": convert({"a.docx": copy}, "odt")["a.odt"]}, "docx")["a.docx"]
    again, _ = annotated(saved, "docx", tmp_path)
    assert len(comments(again)) == len(outcome.report.findings)


# the comments of others

BODY = docx.paragraph("測試人員職能基準") + docx.table(
    [docx.cell("職能基準代碼"), docx.cell("ZZZ1234-001v1")],
    [docx.cell("職能基準名稱"), docx.cell("職業"), docx.cell("測試人員")],
    [docx.cell("基準級別"), docx.cell("3")],
)


def units(*paragraphs):
    """A table of one unit whose indicators are ``paragraphs`` of Word."""
    texts = ["T1 管理產品", "T1.1 檢查產品", "", None, "3", "K01 產品知識", "S01 檢查技能"]
    return docx.table(
        [docx.cell(t) for t in OLD.split("\t")],
        [
            f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>" if t is None else docx.cell(t)
            for t in texts
        ],
    )


def test_a_word_comment_of_another_person_stays(tmp_path):
    body = BODY + units(
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>P1.1.1 瞭解產品</w:t></w:r>'
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )
    data = docx.to_docx(
        body,
        comments=(
            '<w:comment w:id="7" w:author="審查委員"><w:p><w:r><w:t>請補充</w:t></w:r></w:p>'
            "</w:comment>"
        ),
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Target="comments.xml" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        members = {n: package.read(n) for n in package.namelist()}
    data = zipped({**members, "word/_rels/document.xml.rels": relations})
    copy, outcome = annotated(data, "docx", tmp_path)
    others = [c for c in comments(copy) if c[0] == "審查委員"]
    assert others == [("審查委員", "請補充", "P1.1.1 瞭解產品")]
    assert len(comments(copy)) == len(outcome.report.findings) + 1
    assert ("kps-graph", "瞭解產品") in [(a, w) for a, _, w in comments(copy)]


def test_an_odt_comment_of_another_person_stays(examples, tmp_path):
    data = seed_odt(examples)
    with zipfile.ZipFile(BytesIO(data)) as package:
        content = package.read("content.xml").decode()
    remark = (
        "<office:annotation><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>審查委員"
        "</dc:creator><text:p>請補充</text:p></office:annotation>"
    )
    words = "依組織業績計畫，交付符合客戶規格的产品和服務"
    assert content.count(words) == 1
    data = pack(content.replace(words, words[:4] + remark + words[4:]))
    copy, outcome = annotated(data, "odt", tmp_path)
    root = member(copy, "content.xml")
    creators = [a.findtext(f"{DC}creator") for a in root.iter(f"{OFFICE}annotation")]
    assert creators.count("審查委員") == 1
    assert creators.count("kps-graph") == len(outcome.report.findings)
    assert read(copy, "a") == read(data, "a")


# where a comment goes


def test_words_that_are_cut_into_runs_are_found(tmp_path):
    cut = (
        "<w:p><w:pPr><w:jc w:val='left'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>P1.1.1 瞭"
        "</w:t></w:r><w:r><w:t>解產</w:t><w:br/><w:t>品</w:t><w:t>。其他</w:t></w:r></w:p>"
    )
    data = docx.to_docx(BODY + units(cut))
    copy, outcome = annotated(data, "docx", tmp_path)
    (finding,) = (f for f in outcome.report.findings if f.rule == "R10")
    at = {t.split("]")[0]: w for _, t, w in comments(copy)}
    assert at["[警告 R10"] == "".join(finding.value.split())
    assert read(copy, "a") == read(data, "a")
    bold = [
        r
        for r in member(copy, "word/document.xml").iter(f"{W}r")
        if r.find(f"{W}rPr/{W}b") is not None
    ]
    assert "".join(t.text for r in bold for t in r.iter(f"{W}t")) == "P1.1.1 瞭"


def test_a_finding_without_a_place_stands_at_the_title(tmp_path):
    data = docx.to_docx(
        docx.paragraph("測試人員職能基準") + units(docx.paragraph("P1.1.1 依計畫檢查產品"))
    )
    copy, outcome = annotated(data, "docx", tmp_path)
    (finding,) = (
        f for f in outcome.report.findings if (f.rule, f.value) == ("E05", "職能基準代碼")
    )
    assert finding.span.table is None
    (words,) = (w for _, t, w in comments(copy) if "找不到「職能基準代碼」欄" in t)
    assert words == "測試人員職能基準"


@pytest.mark.parametrize(
    ("pieces", "wanted", "found"),
    [
        (["K10 甲 K1 乙"], "K1", ((0, 6), (0, 8))),
        (["P1.1.10 甲"], "P1.1.1", None),
        (["P1.1.1.1 甲"], "P1.1.1", None),
        (["P1.3.3. 甲"], "P1.3.3", ((0, 0), (0, 6))),
        (["外部", " and", " 內部"], "外部 and 內部", ((0, 0), (2, 3))),
        (["外部and內部"], "外部 and 內部", ((0, 0), (0, 7))),
        (["甲"], "", None),
        ([], "甲", None),
        (["甲"], "乙", None),
    ],
)
def test_words_are_found_whatever_white_space_or_cuts_there_are(pieces, wanted, found):
    assert find(pieces, wanted) == found


@KINDS
def test_hostile_text_is_text(kind, tmp_path):
    """What the author wrote comes back in a comment as text, whatever it is."""
    from xml.sax.saxutils import escape

    text = "瞭解" + HOSTILE[0] + HOSTILE[7]
    if kind == "docx":
        data = docx.to_docx(BODY + units(docx.paragraph(f"P1.1.1 {escape(text)}")))
    else:
        cells = "".join(
            f"<table:table-cell><text:p>{t}</text:p></table:table-cell>"
            for t in ("T1 甲", "T1.1 乙", "", f"P1.1.1 {escape(text)}", "3", "K01 丙", "S01 丁")
        )
        heads = "".join(
            f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in OLD.split("\t")
        )
        data = pack(
            odt_document(
                f"<text:p>測試</text:p><table:table><table:table-row>{heads}</table:table-row>"
                f"<table:table-row>{cells}</table:table-row></table:table>"
            )
        )
    copy, _ = annotated(data, kind, tmp_path)
    assert text in [w for _, _, w in comments(copy)]
    assert read(copy, "a") == read(data, "a")


# the command


def test_another_format_is_refused_with_what_to_do(kps, seeds, tmp_path):
    source = tmp_path / "draft.odt"
    source.write_bytes(seeds["odt"])
    done = kps("validate", source, "--annotate", tmp_path / "copy.docx")
    assert done.code == 2
    assert "save the document as .docx" in done.err
    assert "must end in .odt too" in done.err
    assert not (tmp_path / "copy.docx").exists()


@pytest.mark.parametrize(
    ("sources", "copy", "says"),
    [
        (["a.odt", "b.odt"], "c.odt", "one document"),
        (["a.odt"], "a.odt", "replace the document"),
        (["a.odt"], "c.pdf", ".docx, .odt and .xlsx"),
    ],
)
def test_what_cannot_be_annotated_is_refused_before_any_work(
    kps, seeds, tmp_path, sources, copy, says
):
    for name in sources:
        (tmp_path / name).write_bytes(seeds["odt"])
    done = kps("validate", *(tmp_path / n for n in sources), "--annotate", tmp_path / copy)
    assert done.code == 2
    assert says in done.err
    assert (tmp_path / "a.odt").read_bytes() == seeds["odt"]


def test_a_document_that_cannot_be_read_gives_no_copy(kps, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\3\4")
    done = kps("validate", tmp_path / "a.docx", "--annotate", tmp_path / "b.docx")
    assert done.code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_the_command_writes_the_copy_beside_the_report(kps, seeds, tmp_path):
    (tmp_path / "a.odt").write_bytes(seeds["odt"])
    done = kps("validate", tmp_path / "a.odt", "--annotate", tmp_path / "b.odt", "--lang", "zh")
    assert done.code == 0
    assert "警告 R07 K24" in done.out
    assert any(
        t.startswith("[警告 R07] K24") for _, t, _ in comments((tmp_path / "b.odt").read_bytes())
    )


def test_a_format_without_comments_is_refused(examples):
    file = examples / "KPS1420-001v2.md"
    with pytest.raises(UnknownFormat, match="cannot hold comments"):
        annotate(file.read_bytes(), file.name, checked(file), NOW)


def test_tracked_changes_stay_as_they_were(tmp_path):
    data = (ROOT / "tests" / "cases" / "checking" / "01-tracked-comments.docx").read_bytes()
    copy, outcome = annotated(data, "docx", tmp_path)
    assert outcome.report.findings

    def tracked(file):
        root = member(file, "word/document.xml")
        changes = (c for tag in ("ins", "del") for c in root.iter(f"{W}{tag}"))
        return [(c.tag, dict(c.attrib), "".join(c.itertext())) for c in changes]

    assert tracked(copy) == tracked(data) != []
    others = {c[:2] for c in comments(data)}
    assert others <= {c[:2] for c in comments(copy)}


@pytest.mark.office
def test_tracked_changes_of_an_odt_stay_as_they_were(tmp_path):
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    source = tmp_path / "source.docx"
    source.write_bytes(
        (ROOT / "tests" / "cases" / "checking" / "01-tracked-comments.docx").read_bytes()
    )
    (data,) = convert({source.name: source.read_bytes()}, "odt").values()
    copy, _ = annotated(data, "odt", tmp_path)
    before, after = (
        [etree.tostring(c) for c in member(file, "content.xml").iter(f"{{{text}}}tracked-changes")]
        for file in (data, copy)
    )
    assert before == after != []
