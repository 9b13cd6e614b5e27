"""One course, written down as people do: the same modules are read from every layout."""

from __future__ import annotations

import csv
import io
import subprocess

import openpyxl
import pytest
import yaml

from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course

#: name, level, goal, P, K, S, hours, method, assessment
MODULES = [
    (
        "客戶需求調查",
        5,
        "能調查客戶需求",
        ["P1.1.1", "P1.1.2"],
        ["K1", "K2"],
        ["S1"],
        6,
        "講述教學",
        "測驗",
    ),
    (
        "服務品質監控",
        5,
        "能監控品質",
        ["P1.2.1", "P1.2.2", "P1.2.3"],
        ["K3", "K4", "K5"],
        ["S1", "S2"],
        12,
        "演練教學",
        "實作評量",
    ),
    ("市場評估", 6, "能評估市場", ["P2.3.1"], ["K12"], ["S8"], 18, "討論教學", "口頭報告"),
]
HEADS = [
    "單元名稱",
    "課程級別",
    "教學目標",
    "行為指標(P)",
    "知識(K)",
    "技能(S)",
    "時數",
    "教學方法",
    "評量方式",
]
OFFICIAL = [
    "課程(單元)名稱_中文",
    "課程(單元)職能級別",
    "教學／訓練目標",
    "對應行為指標",
    "對應之知識(K)",
    "對應之技能(S)",
    "課程時數",
    "教學方法",
    "評量方式",
]
PLAIN = ["課程", "級別", "目標", "P", "K", "S", "時間", "教學方式", "評核方式"]
ENGLISH = [
    "Module",
    "Level",
    "Goal",
    "Indicators",
    "Knowledge",
    "Skills",
    "Hours",
    "Methods",
    "Assessment",
]


def span(codes):
    """Codes as a range where they follow each other."""
    return codes[0] if len(codes) == 1 else f"{codes[0]}~{codes[-1]}"


def rows(join, heads=HEADS, hours=str):
    yield heads
    for name, level, goal, p, k, s, h, method, assessment in MODULES:
        yield [name, level, goal, join(p), join(k), join(s), hours(h), method, assessment]


def workbook(lines, *, titles=(), first_sheet=(), total=None, columns=(), blank=0):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in first_sheet:
        sheet.append(line)
    if first_sheet:
        sheet = book.create_sheet("課程單元表")
    for title in titles:
        sheet.append([title])
        sheet.merge_cells(
            start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=9
        )
    for _ in range(blank):
        sheet.append([])
    for line in lines:
        sheet.append([*columns, *line] if columns and line is not lines else line)
    if total is not None:
        sheet.append(["合計", None, None, None, None, None, total])
        sheet.append(["備註：本課程採小班制"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def merged():
    """Groups and names merged over rows, a code a row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["模組", *HEADS])
    for name, level, goal, p, k, s, hours, method, assessment in MODULES:
        first = sheet.max_row + 1
        for n in range(max(map(len, (p, k, s)))):
            each = [codes[n] if n < len(codes) else None for codes in (p, k, s)]
            once = (name, level, goal, hours, method, assessment) if n == 0 else (None,) * 6
            sheet.append(["模組一", *once[:3], *each, *once[3:]])
        for column in (2, 3, 4, 8, 9, 10):
            if sheet.max_row > first:
                sheet.merge_cells(
                    start_row=first, start_column=column, end_row=sheet.max_row, end_column=column
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def text(delimiter, encoding, join="、".join):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows(join))
    return out.getvalue().encode(encoding), "map.csv"


def as_yaml():
    names = (
        "name",
        "level",
        "goal",
        "indicators",
        "knowledge",
        "skills",
        "hours",
        "methods",
        "assessments",
    )
    modules = [dict(zip(names, module, strict=True)) for module in MODULES]
    return yaml.safe_dump({"modules": modules}, allow_unicode=True).encode(), "map.yaml"


def as_html(tables):
    body = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in table)
        + "</table>"
        for table in tables
    )
    return f"<meta charset=utf-8><body>{body}".encode(), "map.html"


def apart():
    """The official form: names in each table, what is said of them in several."""
    official = dict(zip(HEADS, OFFICIAL, strict=True))
    lines = [dict(zip(HEADS, row, strict=True)) for row in list(rows("、".join))[1:]]
    for heads in (
        ["單元名稱", "課程級別", "教學目標", "行為指標(P)", "知識(K)", "技能(S)"],
        ["單元名稱", "時數"],
        ["單元名稱", "教學目標", "教學方法"],
        ["單元名稱", "評量方式"],
    ):
        yield [[official[h] for h in heads], *([line[h] for h in heads] for line in lines)]


LAYOUTS = {
    "plain": lambda: workbook(rows("、".join)),
    "ranges": lambda: workbook(rows(span)),
    "lines": lambda: workbook(rows("\n".join)),
    "commas": lambda: workbook(rows(", ".join)),
    "semicolons": lambda: workbook(rows("；".join)),
    "title rows": lambda: workbook(
        rows("、".join), titles=["○○課程規劃表", "版本：113.05"], blank=1
    ),
    "cover sheet": lambda: workbook(rows("、".join), first_sheet=[["課程規劃表"], ["說明"]]),
    "total and remark": lambda: workbook(rows("、".join), total=36),
    "hours with a unit": lambda: workbook(rows("、".join, hours=lambda h: f"{h} 小時")),
    "minutes": lambda: workbook(rows("、".join, hours=lambda h: f"{h * 60}分鐘")),
    "official heads": lambda: workbook(rows("、".join, OFFICIAL)),
    "letters for heads": lambda: workbook(rows("、".join, PLAIN)),
    "English heads": lambda: workbook(rows("、".join, ENGLISH)),
    "merged cells": merged,
    "CSV": lambda: text(",", "utf-8"),
    "CSV of Excel": lambda: text(",", "utf-8-sig"),
    "Big5": lambda: text(",", "big5"),
    "TSV in UTF-16": lambda: text("\t", "utf-16"),
    "YAML": as_yaml,
    "HTML": lambda: as_html([list(rows("、".join))]),
    "tables of the form": lambda: as_html(apart()),
    "padded codes": lambda: workbook(
        rows(lambda c: "、".join(f"{x[0]}{int(x[1:]):02d}" if "." not in x else x for x in c))
    ),
}


def spelled(code):
    return code if "." in code else f"{code[0]}{int(code[1:])}"


def read(data, name):
    course = read_course(course_document(data, name))
    return [
        (
            m.name,
            m.level,
            m.text("goal"),
            *([spelled(r.code) for r in m.references if r.code[0] == kind] for kind in "PKS"),
            m.hours,
            m.text("methods"),
            m.text("assessments"),
        )
        for m in course.modules
    ], course


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_course_is_read_from_every_layout(layout):
    modules, course = read(*LAYOUTS[layout]())
    assert modules == [tuple(module) for module in MODULES]
    assert not course.findings


@pytest.mark.office
@pytest.mark.parametrize("format", ["ods", "xlsx"])
def test_what_libreoffice_saves_is_read_alike(tmp_path, format):
    data, name = merged()
    (tmp_path / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--convert-to",
            format,
            "--outdir",
            tmp_path / "out",
            tmp_path / name,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    modules, _ = read((tmp_path / "out" / f"map.{format}").read_bytes(), f"map.{format}")
    assert modules == [tuple(module) for module in MODULES]


def test_the_total_and_the_basis_are_read_from_titles_and_sums():
    data, name = workbook(
        rows("、".join),
        titles=["課程名稱：貿易實務", "對應職能基準：KPS1420-001v2 貿易經理　　版本：1"],
        total=36,
    )
    course = read_course(course_document(data, name))
    assert (course.title, course.standard, course.hours[0]) == ("貿易實務", "KPS1420-001v2", 36)


def test_a_formula_without_a_value_is_said_and_no_empty_course():
    lines = [list(row) for row in rows("、".join)]
    lines[1][3] = '=CONCAT("P1.1.1")'
    course = read_course(course_document(*workbook(lines)))
    (finding,) = course.findings
    assert (finding.rule, finding.span.pointer) == ("C04", "Sheet!D2")


def test_a_column_that_is_not_known_is_said_once():
    lines = [[*row, "x"] for row in rows("、".join)]
    lines[0][-1] = "K/S/A"
    course = read_course(course_document(*workbook(lines)))
    (finding,) = course.findings
    assert (finding.rule, finding.value) == ("C21", "K/S/A")
