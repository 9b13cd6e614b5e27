"""What courses teach of a standard as a syllabus and as a workbook."""

import csv
import io
import json

import openpyxl
import pytest


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
    assert (first["course"], first["levels"]) == ("國際客戶服務", [5])
    assert first["units"] == ["T1.1", "T1.2"]
    assert first["indicators"][0] == {
        "code": "P1.1.1",
        "text": "規劃時應調查、確認並評估客戶的需求",
    }
    assert [k["code"] for k in first["knowledge"]] == [f"K{n}" for n in range(1, 10)]
    assert (last["levels"], last["attitudes"]) == ([], [{"code": "A01", "text": "謹慎細心"}])


@pytest.mark.parametrize("by", ["indicator", "competency", "course"])
def test_a_file_for_programs_lists_between_bars(kps, example_store, examples, by):
    given = (examples / "courses.csv", "--standard", "貿易經理", "--store", example_store)
    asked = ("courses", *given, "--by", by, "--format")
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "csv").out)))
    data = json.loads(kps(*asked, "json").out)
    lists = {"missing", "courses", "units"} & set(rows[0])
    assert any(len(one[name]) > 1 for one in data for name in lists)
    for name in lists:
        assert [row[name] for row in rows] == ["|".join(one[name]) for one in data]


def test_proposed_modules_are_lists_in_data_and_between_bars_in_a_file(kps, example_store):
    asked = ("course", "suggest", "貿易經理", "--store", example_store, "--format")
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "csv").out)))
    data = json.loads(kps(*asked, "json").out)
    assert data[0]["teaches"][:2] == ["K1", "K2"]
    for name in ("units", "teaches", "before"):
        assert [row[name] for row in rows] == ["|".join(one[name]) for one in data]


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
