"""``kps-graph course``: from a standard to a workbook, and from the workbook to findings."""

from __future__ import annotations

import io
import json
import subprocess

import lxml.html
import openpyxl
import pytest

SEED = "KPS1420-001v2.md"


@pytest.fixture
def filled(kps, tmp_path, examples):
    """A workbook for T1 as a designer leaves it: everything filled in."""
    path = tmp_path / "map.xlsx"
    done = kps("course", "template", examples / SEED, "--tasks", "T1", "-o", path, "--lang", "zh")
    assert done.code == 0, done.err
    book = openpyxl.load_workbook(path)
    sheet = book["課程單元"]
    sheet["A1"] = "課程名稱：客戶服務實務"
    rows = [row for row in sheet.iter_rows(min_row=6) if row[1].value]
    for row in rows:
        for column, text in {
            3: "能說明作法",
            8: 6,
            9: "講述教學",
            10: "測驗",
            11: "測驗卷",
        }.items():
            row[column].value = text
    book.save(path)
    return path


def check(kps, path, examples, *more):
    return kps("course", "check", path, "--standard", examples / SEED, "--tasks", "T1", *more)


def test_a_template_names_what_there_is_to_teach(filled):
    book = openpyxl.load_workbook(filled)
    assert book.sheetnames == ["課程單元", "職能內涵", "涵蓋", "課程資訊", "說明"]
    units = [row[1] for row in book["課程單元"].iter_rows(min_row=6, max_row=8, values_only=True)]
    assert units == [
        "確保規劃達成內部和外部客戶要求",
        "確保交付產品和服務的品質",
        "監控、調整並評量客戶服務",
    ]
    codes = [row[0] for row in book["職能內涵"].iter_rows(min_row=2, values_only=True)]
    assert {"P1.1.1", "P1.3.5", "K1", "S5", "A01"} <= set(codes)
    assert not {c for c in codes if c.startswith(("P2", "K10"))}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_that_the_report_asks_for_before_a_course_has_a_place_in_the_template(
    kps, tmp_path, examples, lang
):
    path = tmp_path / "map.xlsx"
    kps("course", "template", examples / SEED, "--tasks", "T1.1", "-o", path, "--lang", lang)
    book = openpyxl.load_workbook(path)
    units, course = book.worksheets[0], book.worksheets[3]
    heads = {cell.value: cell.column for cell in units[5]}
    for head, column in heads.items():
        if column > 13:
            units.cell(6, column).value = f"填{head}"
    labels = [row[0].value for row in course.iter_rows()]
    for number, label in enumerate(labels, 1):
        course.cell(number, 2).value = f"填{label}"
    course["B7"], course["B8"] = 36, 5
    book.save(path)
    done = kps("course", "report", path, "--standard", examples / SEED, "--fields")
    for head in [*labels, *heads]:
        if head in labels[:6] + labels[8:] or heads.get(head, 0) in range(14, 21):
            assert f"填{head}" in done.out
    assert "### 課程時數\n36\n" in done.out


def test_a_filled_template_has_no_fault(kps, filled, examples):
    done = check(kps, filled, examples)
    assert done.code == 0, done.out
    assert "24 of 24 P, K and S are taught, 24 assessed, by 3 modules" in done.out


def test_a_fault_is_named_by_sheet_and_cell(kps, filled, examples):
    book = openpyxl.load_workbook(filled)
    sheet = book["課程單元"]
    sheet["F6"] = sheet["F6"].value + "、K88"
    sheet["C7"] = 2
    book.save(filled)
    done = check(kps, filled, examples)
    assert done.code == 1
    assert "sheet 課程單元 F6" in done.out
    assert "C01 K88" in done.out
    assert "sheet 課程單元 C7" in done.out
    data = json.loads(check(kps, filled, examples, "--format", "json").out)
    assert [(f["rule"], f["place"]["pointer"]) for f in data["findings"]] == [
        ("C01", "課程單元!F6"),
        ("C09", "課程單元!C7"),
    ]
    assert all(f["remedy"]["zh-Hant"] for f in data["findings"])


@pytest.mark.parametrize(
    "ending", [".txt", ".json", ".sarif", ".xml", ".ttl", ".csv", ".xlsx", ".html"]
)
def test_every_form_of_report_is_written(kps, filled, examples, tmp_path, ending):
    book = openpyxl.load_workbook(filled)
    book["課程單元"]["F6"] = "K88"
    book.save(filled)
    done = check(kps, filled, examples, "-o", tmp_path / f"report{ending}")
    assert done.code == 1, done.err
    assert b"K88" in (tmp_path / f"report{ending}").read_bytes() or ending == ".xlsx"


def test_findings_stand_as_comments_in_a_copy_of_the_workbook(kps, filled, examples, tmp_path):
    book = openpyxl.load_workbook(filled)
    book["課程單元"]["F6"] = "K88"
    book.save(filled)
    for copy in (tmp_path / "once.xlsx", tmp_path / "twice.xlsx"):
        done = check(kps, filled, examples, "--annotate", copy)
        assert done.code == 1, done.err
        filled = copy
    sheet = openpyxl.load_workbook(copy)["課程單元"]
    assert sheet["F6"].comment.text.count("C01") == 1
    assert sheet["F6"].value == "K88"


def test_matrices_list_gaps_first(kps, filled, examples, tmp_path):
    book = openpyxl.load_workbook(filled)
    sheet = book["課程單元"]
    for row in (6, 7, 8):
        sheet[f"F{row}"] = sheet[f"F{row}"].value.replace("、K9", "")
    book.save(filled)
    check(kps, filled, examples, "--matrix", tmp_path / "matrix.xlsx")
    matrix = openpyxl.load_workbook(tmp_path / "matrix.xlsx")["K and S by module"]
    (first, second, *_) = matrix.iter_rows(min_row=2, values_only=True)
    assert (first[0], first[2]) == ("K9", "gap")
    assert second[3] == "●"
    check(kps, filled, examples, "--matrix", tmp_path / "matrix.html")
    page = lxml.html.parse(tmp_path / "matrix.html")
    (_, table, _) = page.findall(".//table")
    told = [[c.text_content() for c in row] for row in table.findall(".//tr")]
    assert told[1:3] == [[v or "" for v in row] for row in (first, second)]
    assert page.findall(".//h2")[1].text == "K and S by module"


@pytest.mark.parametrize("name", ["matrix.csv", "matrix", "matrix.pdf"])
def test_matrices_in_another_format_are_refused(kps, filled, examples, tmp_path, name):
    done = check(kps, filled, examples, "--matrix", tmp_path / name)
    assert (done.code, "ending in .xlsx or .html" in done.err) == (2, True)
    assert not (tmp_path / name).exists()


def test_the_standard_that_the_table_names_is_the_basis(kps, filled, example_store):
    assert kps("course", "check", filled, "--tasks", "T1", "--store", example_store).code == 0


def test_a_table_that_names_none_asks_for_it(kps, tmp_path, example_store):
    (tmp_path / "a.csv").write_text("課程,K\n甲,K1\n")
    done = kps("course", "check", tmp_path / "a.csv", "--store", example_store)
    assert done.code == 2
    assert "--standard" in done.err


def test_a_profile_grades_and_switches_off(kps, filled, examples, tmp_path):
    book = openpyxl.load_workbook(filled)
    book["課程單元"]["C7"] = 2
    book["課程單元"]["L6"] = None
    book.save(filled)
    profile = tmp_path / "mine.toml"
    profile.write_text('[severity]\nC09 = "violation"\n[off]\nC13 = "工具另列"\n')
    data = json.loads(check(kps, filled, examples, "--format", "json", "--profile", profile).out)
    assert [(f["rule"], f["severity"]) for f in data["findings"]] == [("C09", "violation")]


@pytest.mark.office
def test_the_coverage_counts_while_one_types(filled, tmp_path):
    book = openpyxl.load_workbook(filled)
    sheet = book["課程單元"]
    sheet["F6"] = "K1, K2；K3\nK4"
    sheet["K7"] = None
    book.save(filled)
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            tmp_path / "out",
            filled,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = openpyxl.load_workbook(
        io.BytesIO((tmp_path / "out" / "map.xlsx").read_bytes()), data_only=True
    )
    state = {row[0]: row[2:5] for row in saved["涵蓋"].iter_rows(min_row=2, values_only=True)}
    assert state["P1.1.1"] == (1, 1, "✓")
    assert state["P1.2.1"] == (1, 0, "未評量")
    assert state["K4"][0] == 3
