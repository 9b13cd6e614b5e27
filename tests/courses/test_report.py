"""The official report of a course: its form, what is filled in, and the way back."""

from __future__ import annotations

import io
import subprocess
import zipfile

import openpyxl
import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.exports.course.fields import fields
from kps_graph.exports.course.form import FormLine, FormMap, FormTable, form
from kps_graph.exports.course.report import report
from kps_graph.pipeline.courses import course_at, reported_course
from kps_graph.pipeline.given import given
from tests.support.project import ROOT
from tests.support.standards import example

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def course():
    return course_at(EXAMPLES / "course.xlsx")


@pytest.fixture(scope="module")
def basis():
    return given(EXAMPLES / "KPS1420-001v2.md", EXAMPLES / "none.store")


@pytest.fixture(scope="module")
def blocks(course, basis):
    check, _ = reported_course(course, basis, ("T1", "T2"))
    return form(check, basis.standard)


def said(course):
    return [
        (
            m.name,
            m.level,
            m.hours,
            m.text("goal"),
            sorted(r.code for r in m.references),
            *(sorted(m.text(f).split("、")) for f in ("methods", "assessments", "tools")),
        )
        for m in course.modules
    ]


HEADS = {
    "表3": [
        "課程(單元)名稱_中文",
        "課程(單元)職能級別",
        "教學／訓練目標",
        "對應行為指標",
        "對應之知識(K)",
        "對應之技能(S)",
    ],
    "表4": ["課程(單元)名稱", "課程時數", "課程大綱內容"],
    "表5": ["課程(單元)名稱", "教學/訓練目標", "教學方法"],
    "表8": ["課程(單元)名稱", "評量方式", "相對應的評量工具"],
    "表9": ["課程(單元)名稱", "授課教師", "評量人員", "課程協助人員"],
}


def test_the_tables_stand_in_the_order_of_the_form_with_its_heads(blocks):
    titles = [
        b.text.split("　")[0] for b in blocks if isinstance(b, FormLine) and b.style == "table"
    ]
    assert titles == [f"表{n}" for n in range(1, 13)]
    title, heads = "", {}
    for block in blocks:
        if isinstance(block, FormLine):
            title = block.text.split("　")[0] if block.style == "table" else title
        else:
            heads.setdefault(title, list(getattr(block, "heads", ())))
    assert HEADS.items() <= heads.items()
    assert not any("英文" in head for each in heads.values() for head in each)


def test_columns_of_english_names_are_there_on_request(course, basis):
    check, _ = reported_course(course, basis, ("T1",))
    heads = [
        h
        for b in form(check, basis.standard, english=True)
        if isinstance(b, FormTable)
        for h in b.heads
    ]
    assert [h for h in heads if "英文" in h] == ["工作任務_英文*1", "課程(單元)名稱_英文*2"]


def test_no_table_is_wider_than_the_page(blocks):
    assert all(sum(b.widths) <= 17.2 for b in blocks if isinstance(b, FormTable))


def test_a_unit_has_the_same_name_in_every_table(blocks, course):
    names = [m.name for m in course.course.modules]
    columns = [
        [row[0] for row in b.rows]
        for b in blocks
        if isinstance(b, FormTable) and b.heads and b.heads[0].startswith("課程(單元)名稱")
    ]
    assert len(columns) == 8
    assert all(column == names for column in columns)


@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_what_is_filled_in_is_read_back_equal(blocks, course, ending):
    again = read_course(course_document(report(blocks, ending), f"report{ending}"))
    assert said(again) == said(course.course)
    assert (again.title, again.standard, again.hours[0]) == (
        course.course.title,
        "KPS1420-001v2",
        51,
    )
    assert not again.findings


@pytest.mark.office
@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_what_libreoffice_saves_of_it_is_read_back_equal(blocks, course, tmp_path, ending):
    other = {".odt": "docx", ".docx": "odt"}[ending]
    (tmp_path / f"report{ending}").write_bytes(report(blocks, ending))
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--convert-to",
            other,
            "--outdir",
            tmp_path / "out",
            tmp_path / f"report{ending}",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    data = (tmp_path / "out" / f"report.{other}").read_bytes()
    assert said(read_course(course_document(data, f"report.{other}"))) == said(course.course)


def test_a_workbook_has_a_sheet_for_each_table(blocks):
    book = openpyxl.load_workbook(io.BytesIO(report(blocks, ".xlsx")))
    assert [name[:3].strip() for name in book.sheetnames][3:6] == ["表1", "表2", "表3"]


def test_fields_are_printed_one_by_one_and_say_what_is_too_long(blocks):
    text = fields(blocks)
    assert "### 課程時數\n51" in text
    assert "（未填）" in text
    longer = [
        FormTable(b.widths, [["訓練需求\n（上傳字數限1000字）", "甲" * 1010]], labels=True)
        if isinstance(b, FormTable) and b.rows[0][0].startswith("訓練需求")
        else b
        for b in blocks
    ]
    assert "超過 10 字" in fields(longer)


def test_the_command_writes_and_prints_it(kps, tmp_path):
    line = (
        "course",
        "report",
        EXAMPLES / "course.xlsx",
        "--standard",
        EXAMPLES / "KPS1420-001v2.md",
        "--tasks",
        "T1,T2",
    )
    assert kps(*line, "-o", tmp_path / "report.odt").code == 0
    assert (tmp_path / "report.odt").read_bytes().startswith(b"PK")
    assert "表8" in kps(*line, "--fields").out
    assert kps(*line).code == 2
    assert kps(*line, "-o", tmp_path / "report.pdf").code == 2


def drawn_map(examples, lines):
    text = "title: 課\nstandard: KPS1420-001v2\nmodules:\n" + "\n".join(lines)
    course = read_course(course_document(text.encode(), "c.yaml"))
    standard = example(examples / "KPS1420-001v2.md")
    blocks = form(check_course(course, standard), standard)
    return next(b.map for b in blocks if isinstance(b, FormMap)), blocks


MODULES = (
    "- {name: 甲, hours: 6, level: 5, indicators: P1.1.1}",
    "- {name: 乙, hours: 3.5, level: 5, indicators: P1.2.1, prerequisites: 甲}",
    "- {name: 丙, hours: 2, level: 6, indicators: P2.1.1, prerequisites: 甲；乙}",
)


def test_the_map_shows_units_in_order_with_hours_level_tasks_and_what_is_before(examples):
    drawn, _ = drawn_map(examples, MODULES)
    assert drawn.rows() == [
        ["1", "T1 管理客戶服務品質", "甲", "6", "5", "T1.1", ""],
        ["2", "T1 管理客戶服務品質", "乙", "3.5", "5", "T1.2", "甲"],
        ["3", "T2 預測國際市場和企業需求", "丙", "2", "6", "T2.1", "甲；乙"],
    ]
    assert drawn.total == "合計 11.5 小時"
    assert sum(bool(each.points) for each in drawn.drawn) == 3


def test_nothing_on_a_map_stands_over_another(examples):
    lines = [
        f"- {{name: 很長的單元名稱{n}{'的說明' * (n % 9)}, indicators: P{n % 5 + 1}.1.1}}"
        for n in range(1, 41)
    ]
    drawn, _ = drawn_map(examples, lines)
    boxes = [each.box for each in drawn.drawn if each.box]
    for n, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[n + 1 :])
        assert box.right <= drawn.width
        assert box.bottom <= drawn.height


def test_the_map_is_drawn_in_the_documents_and_stands_in_cells_in_the_workbook(examples):
    _, blocks = drawn_map(examples, MODULES)
    with zipfile.ZipFile(io.BytesIO(report(blocks, ".odt"))) as archive:
        picture = archive.read("Pictures/map1.svg").decode()
        assert "Pictures/map1.svg" in archive.read("META-INF/manifest.xml").decode()
    assert all(f"{n}. {name}" in picture for n, name in enumerate("甲乙丙", 1))
    with zipfile.ZipFile(io.BytesIO(report(blocks, ".docx"))) as archive:
        document = archive.read("word/document.xml").decode()
    assert document.count("<wps:txbx>") == 6
    book = openpyxl.load_workbook(io.BytesIO(report(blocks, ".xlsx")))
    sheet = next(s for s in book if "課程地圖" in s.title)
    assert [c.value for c in sheet[4]][:4] == ["2", "T1 管理客戶服務品質", "乙", "3.5"]


def test_the_map_alone_is_a_picture(kps, examples, tmp_path, example_store):
    path = tmp_path / "map.svg"
    done = kps(
        "course", "report", examples / "course.xlsx", "--map", path, "--store", example_store
    )
    assert done.code == 0, done.err
    assert "合計" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("ending", "part", "row", "whole"),
    [
        (".odt", "content.xml", "<table:table-row", 'table:style-name="Whole"'),
        (".docx", "word/document.xml", "<w:tr>", "<w:cantSplit/>"),
    ],
)
def test_no_page_cuts_a_list_of_boxes_but_long_rows_go_on(blocks, ending, part, row, whole):
    with zipfile.ZipFile(io.BytesIO(report(blocks, ending))) as file:
        rows = file.read(part).decode().split(row)[1:]
    boxed = [r for r in rows if "講述教學" in r]
    assert boxed
    assert all(whole in r for r in boxed)
    assert any(whole not in r for r in rows if "P1.1.1" in r)
