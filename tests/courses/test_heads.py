"""Heads of two rows, heads that are choices or codes, in every format that people keep tables in."""

from __future__ import annotations

import csv
import io
from html import escape

import openpyxl
import pytest

from kps_graph.courses.basis import basis_of
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.errors import ResourceError
from tests.support.docx import to_docx

#: name, P, K, S, hours, methods, assessments, tools
MODULES = [
    ("市場調查", "P1.1.1、P1.1.2", "K1、K2", "S1", 6, "講述教學", "測驗", "測驗卷"),
    ("品質監控", "P1.2.1", "K3", "S1、S2", 12, "演練教學", "實作評量", "檢核表"),
    ("風險評估", "P2.3.1", "K12", "S8", 18, "討論教學", "口頭報告", "評量題目"),
]
#: A head of two rows: each upper cell with how many columns it is over, and what stands below.
HEADS = {
    "Chinese": (
        [("單元名稱", 1), ("行為指標(P)", 1), ("職能內涵", 2), ("教學", 2), ("評量", 2)],
        ["", "", "知識(K)", "技能(S)", "時數", "方法", "方式", "工具"],
    ),
    "simplified": (
        [("单元名称", 1), ("行为指标", 1), ("职能内涵", 2), ("教学", 2), ("评量", 2)],
        ["", "", "知识", "技能", "课时", "方法", "方式", "工具"],
    ),
    "English": (
        [("Module", 1), ("Indicators", 1), ("Competencies", 2), ("Teaching", 2), ("Assessment", 2)],
        ["", "", "Knowledge", "Skills", "Hours", "Method", "Method", "Tools"],
    ),
    "all in groups": (
        [("課程單元", 1), ("對應職能", 3), ("教學規劃", 2), ("學習成果評量", 2)],
        ["名稱", "行為指標", "知識", "技能", "時數", "方法", "方式", "工具"],
    ),
}
CHOICES = (
    [
        *((label, 1) for label in ("單元名稱", "行為指標", "知識", "技能", "時數")),
        *(("教學方法", 3), ("評量方式", 3), ("評量工具", 1)),
    ],
    [*[""] * 5, "講述教學", "演練教學", "討論教學", "測驗", "實作評量", "口頭報告", ""],
)


def grid(head):
    upper, lower = head
    top = [text for label, width in upper for text in (label, *[""] * (width - 1))]
    return [top, lower, *([str(part) for part in module] for module in MODULES)]


def spans(head):
    """Row, column, rows and columns of each merged cell."""
    column = 1
    for _, width in head[0]:
        down = 1 if head[1][column - 1] else 2
        if down * width > 1:
            yield 1, column, down, width
        column += width


def as_xlsx(rows, merged):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    for row, column, down, across in merged:
        book.active.merge_cells(None, row, column, row + down - 1, column + across - 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def as_csv(rows, _):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(), "map.csv"


def drawn(rows, merged, cell):
    """The cells of each row, those that a merged one covers left out."""
    begins = {(row, column): size for row, column, *size in merged}
    covered = {
        (row + down, column + across)
        for (row, column), (rows_, columns) in begins.items()
        for down in range(rows_)
        for across in range(columns)
        if down or across
    }
    for row, texts in enumerate(rows, 1):
        yield "".join(
            cell(text, *begins.get((row, column), (1, 1)))
            for column, text in enumerate(texts, 1)
            if (row, column) not in covered
        )


def as_html(rows, merged):
    lines = drawn(
        rows, merged, lambda t, r, c: f"<td rowspan={r} colspan={c}>{escape(str(t))}</td>"
    )
    return (
        f"<meta charset=utf-8><table>{''.join(f'<tr>{x}</tr>' for x in lines)}</table>".encode(),
        ("map.html"),
    )


def as_docx(rows, merged):
    across_only = [(r, c, 1, w) for r, c, _, w in merged if w > 1]
    lines = drawn(
        rows,
        across_only,
        lambda t, _, c: (
            f'<w:tc><w:tcPr><w:gridSpan w:val="{c}"/></w:tcPr><w:p><w:r><w:t>{escape(str(t))}'
            "</w:t></w:r></w:p></w:tc>"
        ),
    )
    return to_docx(f"<w:tbl>{''.join(f'<w:tr>{x}</w:tr>' for x in lines)}</w:tbl>"), "map.docx"


def unmerged(rows, _):
    return as_xlsx(rows, ())


FORMATS = {f.__name__: f for f in (as_xlsx, unmerged, as_csv, as_html, as_docx)}


def read(data, name):
    course = read_course(course_document(data, name))
    return [
        (
            m.name,
            *("、".join(r.code for r in m.references if r.code[:1] == kind) for kind in "PKS"),
            m.hours,
            *(m.text(field) for field in ("methods", "assessments", "tools")),
        )
        for m in course.modules
    ], course


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_two_rows_is_read_by_both(head, write):
    modules, course = read(*FORMATS[write](grid(HEADS[head]), list(spans(HEADS[head]))))
    assert modules == MODULES
    assert not course.findings


@pytest.mark.parametrize("write", FORMATS)
def test_a_mark_below_a_choice_is_what_is_chosen(write):
    rows = grid(CHOICES)
    for row, module in zip(rows[2:], MODULES, strict=True):
        marks = ["V" if choice in module else "" for choice in CHOICES[1][5:11]]
        row[5:] = [*marks, module[-1]]
    modules, course = read(*FORMATS[write](rows, list(spans(CHOICES))))
    assert modules == MODULES
    assert not course.findings


@pytest.mark.parametrize("upper", [False, True])
def test_a_mark_below_a_code_is_that_code(upper):
    codes = ["K1", "K2", "K3", "K12"]
    head = ["單元名稱", "行為指標", *codes, "技能", "時數"]
    above = [["單元名稱", "行為指標", "知識", "", "", "", "技能", "時數"]] if upper else []
    below = ["", "", *codes, "", ""] if upper else head
    rows = [*above, below]
    for name, p, k, s, hours, *_ in MODULES:
        rows.append([name, p, *("●" if c in k.split("、") else "" for c in codes), s, hours])
    modules, course = read(*as_csv(rows, ()))
    assert [m[:5] for m in modules] == [m[:5] for m in MODULES]
    assert not course.findings


@pytest.mark.parametrize(
    "heads",
    [
        [["單元名稱", "知識", "學科時數", "術科時數", "總時數"]],
        [["單元名稱", "知識", "時數", "", ""], ["", "", "學科", "術科", "合計"]],
    ],
)
def test_hours_of_each_kind_beside_their_sum_count_once(heads):
    rows = [*heads, *([m[0], m[2], m[4] / 3, m[4] / 3 * 2, m[4]] for m in MODULES)]
    modules, course = read(*as_csv(rows, ()))
    assert [m[4] for m in modules] == [m[4] for m in MODULES]
    assert not course.findings


def test_codes_and_texts_side_by_side_are_of_the_kind_above_them():
    rows = [["單元名稱", "行為指標", "", "時數"], ["", "代碼", "內容", ""]]
    rows += [["市場調查", "P1.1.1", "界定客戶", 6]]
    _, course = read(*as_csv(rows, ()))
    (module,) = course.modules
    assert [(r.code, r.text, r.kind) for r in module.references] == [
        ("P1.1.1", "", ""),
        ("", "界定客戶", "P"),
    ]


def test_a_row_below_a_wide_head_is_no_head_if_it_says_what_a_unit_has():
    rows = [["單元名稱", "知識", "評量", ""], ["市場調查", "貿易實務", "測驗", "口試"]]
    _, course = read(*as_csv(rows, ()))
    assert [m.name for m in course.modules] == ["市場調查"]
    assert [(f.rule, f.value) for f in course.findings] == [("C21", "口試")]


def test_what_stands_below_a_head_over_two_columns_is_all_read():
    rows = [["單元名稱", "", "知識", "評量", ""], ["1", "市場調查", "K1", "測驗", "口頭報告"]]
    _, course = read(*as_xlsx(rows, [(1, 1, 1, 2), (1, 4, 1, 2)]))
    (module,) = course.modules
    assert (module.name, module.text("number")) == ("市場調查", "1")
    assert module.text("assessments") == "測驗\n口頭報告"


def test_a_module_in_yaml_may_have_its_parts_below_a_key():
    text = """
modules:
- 單元名稱: 市場調查
  職能內涵: {知識: [K1, K2], 技能: S1}
  教學: {時數: 6, 方法: 講述教學}
  評量: {方式: 測驗, 工具: 測驗卷}
"""
    modules, course = read(text.encode(), "map.yaml")
    assert modules == [("市場調查", "", *MODULES[0][2:])]
    assert not course.findings


def test_a_column_of_how_much_an_assessment_counts_is_no_assessment():
    rows = [["單元名稱", "知識", "評量方式", "評量比重"], ["市場調查", "K1", "測驗", "30%"]]
    _, course = read(*as_csv(rows, ()))
    assert course.modules[0].text("assessments") == "測驗"
    assert [(f.rule, f.value) for f in course.findings] == [("C21", "評量比重")]


@pytest.mark.parametrize(
    "rows",
    [
        [["對應職能基準：KPS1420-001v2、ZZZ1499-903v1"], ["單元名稱", "知識"], ["市場調查", "K1"]],
        [
            *(["職能基準", "KPS1420-001v2"], ["職能基準", "ZZZ1499-903v1"]),
            *(["單元名稱", "知識"], ["市場調查", "K1"]),
        ],
        [
            ["職能基準代碼", "單元名稱", "知識"],
            *(["KPS1420-001v2", "市場調查", "K1"], ["ZZZ1499-903v1", "客戶服務", "K1"]),
        ],
    ],
)
def test_of_two_standards_that_a_table_names_it_is_asked_which(rows):
    _, course = read(*as_csv(rows, ()))
    with pytest.raises(ResourceError) as caught:
        basis_of(course)
    assert "KPS1420-001v2" in str(caught.value)
    assert "ZZZ1499-903v1" in str(caught.value)
    assert "--standard" in str(caught.value.hint)


def test_two_versions_of_one_standard_are_one():
    rows = [["職能基準：KPS1420-001v2（原 KPS1420-001v1）"], ["單元名稱", "知識"], ["甲", "K1"]]
    _, course = read(*as_csv(rows, ()))
    assert basis_of(course) == "KPS1420-001v2"


def test_standards_are_asked_about_in_the_order_of_the_table():
    rows = [
        ["職能基準：KPS1420-001v1、ZZZ1499-903v1、KPS1420-001v2"],
        ["單元名稱", "知識"],
        ["甲", "K1"],
    ]
    _, course = read(*as_csv(rows, ()))
    with pytest.raises(ResourceError, match=r"KPS1420-001v1.*ZZZ1499-903v1"):
        basis_of(course)


def test_what_is_stated_above_a_head_is_no_part_of_it():
    stated = [["課程名稱", "產業實務班"], ["職能基準", "KPS1420-001v2"], ["課程時數", "36"]]
    rows = [*stated, ["單元名稱", "知識", "評量方式", "時數"], ["市場調查", "K1", "測驗", 36]]
    _, course = read(*as_csv(rows, ()))
    assert (course.title, course.standard, course.hours[0]) == ("產業實務班", "KPS1420-001v2", 36)
    assert [m.name for m in course.modules] == ["市場調查"]
    for alone in stated:
        _, course = read(*as_csv([alone, *rows[3:]], ()))
        assert len(course.facts) == 1


def test_the_choices_of_one_table_are_none_of_the_next():
    first = [["單元名稱", "知識", "評量方式", ""], ["", "", "測驗", "口頭報告"]]
    first += [["市場調查", "K1", "V", ""]]
    second = [["單元名稱", "教學目標", "時數", "先修"], ["市場調查", "能調查", "1", "1"]]
    _, course = read(*as_csv([*first, *second], ()))
    (module,) = course.modules
    assert (module.hours, module.text("assessments")) == (1, "測驗")
    assert (module.text("goal"), module.text("prerequisites")) == ("能調查", "1")
