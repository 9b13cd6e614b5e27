"""What courses teach of a standard as a syllabus and as a workbook."""

import json

import openpyxl


def test_by_course_each_row_is_what_a_syllabus_says(kps, example_store, examples):
    done = kps(
        "courses",
        examples / "courses.csv",
        "--standard",
        "貿易經理",
        "--store",
        example_store,
        "--by",
        "course",
        "--format",
        "json",
    )
    first, _, last = json.loads(done.out)
    assert (first["course"], first["level"], first["units"]) == ("國際客戶服務", "5", "T1.1、T1.2")
    assert first["indicators"].splitlines()[0] == ("P1.1.1 規劃時應調查、確認並評估客戶的需求")
    assert "K6 解決抱怨的技巧：客戶關係；" in first["knowledge"]
    assert (last["level"], last["attitudes"]) == (None, "A01 謹慎細心")


def test_a_workbook_has_a_sheet_for_courses_indicators_and_competencies(
    kps, example_store, examples, tmp_path
):
    out = tmp_path / "a.xlsx"
    done = kps(
        "courses",
        examples / "courses.csv",
        "--standard",
        "貿易經理",
        "--store",
        example_store,
        "-o",
        out,
        "--lang",
        "zh",
    )
    assert (done.code, done.out.strip()) == (0, str(out))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["各課程", "各行為指標", "各職能"]
    assert [sheet.max_row - 1 for sheet in book] == [3, 76, 60]
    heads, first = list(book["各行為指標"].values)[:2]
    assert dict(zip(heads, first, strict=True))["涵蓋"] == "已列入"


def test_what_is_no_workbook_is_refused(kps, example_store, examples, tmp_path):
    done = kps(
        "courses",
        examples / "courses.csv",
        "--standard",
        "貿易經理",
        "--store",
        example_store,
        "-o",
        tmp_path / "a.pdf",
    )
    assert done.code == 2
    assert ".xlsx" in done.err
    assert not list(tmp_path.iterdir())
