"""One course in tables that nobody has seen before: other words, other shapes, texts for codes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kps_graph.courses.documents import course_document
from kps_graph.courses.hang_together import prerequisites
from kps_graph.courses.read import read_course
from kps_graph.courses.resolve import Parts, meant
from tests.support.standards import example

TAUGHT = {
    "甲概論": (6, "P1.1.1 P1.1.2 K1 K2 S1"),
    "乙實務": (12, "P1.2.1 P1.2.2 P1.2.3 K3 K4 K5 S1 S2"),
    "丙評估": (18, "P2.3.1 K12 S8"),
}
HOURS = {name: hours for name, (hours, _) in TAUGHT.items()}
PARTS = {
    "甲概論": ("P1.1.1-P1.1.2", "K01,K02", "S01"),
    "乙實務": ("P1.2.1至1.2.3", "K03~05", "S01/S02"),
    "丙評估": ("Ｐ２．３．１", "Ｋ１２", "Ｓ０８"),
}


@pytest.fixture(scope="module")
def parts(examples):
    return Parts(example(examples / "KPS1420-001v2.md"))


def sheet(rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def listed(*heads):
    return [[*heads], *([name, HOURS[name], *codes] for name, codes in PARTS.items())]


def matrix():
    codes = list(dict.fromkeys(c for _, taught in TAUGHT.values() for c in taught.split()))
    marks = [[c, "", *("●" if c in t.split() else None for _, t in TAUGHT.values())] for c in codes]
    return sheet([["代碼", "內容", *TAUGHT], *marks])


def by_week():
    rows = [["週次", "單元名稱", "課程內容", "時數", "行為指標", "知識", "技能"]]
    for name, (hours, taught) in TAUGHT.items():
        codes = taught.split()
        rows += [
            [1, name, "導論", hours / 2, *("、".join(c for c in codes if c[0] == k) for k in "PKS")]
        ]
        rows += [[2, name, "練習", hours / 2, "", "", ""]]
    return sheet(rows)


def in_words(parts):
    rows = [["單元名稱", "時數", "行為指標", "知識", "技能"]]
    for name, (hours, taught) in TAUGHT.items():
        said = [[parts.text(c) for c in taught.split() if c[0] == kind] for kind in "PKS"]
        lines = "\n".join(f"{n}. {text}" for n, text in enumerate(said[0], 1))
        rows.append([name, hours, lines, "、".join(said[1]), "；".join(said[2])])
    return sheet(rows)


def with_words(parts):
    rows = [["單元名稱", "時數", "行為指標", "知識", "技能"]]
    for name, (hours, taught) in TAUGHT.items():
        said = [[f"{c}{parts.text(c)}" for c in taught.split() if c[0] == kind] for kind in "PKS"]
        rows.append([name, hours, "".join(said[0]), "\n".join(said[1]), "【" + "】".join(said[2])])
    return sheet(rows)


def wrapped(parts):
    """An indicator broken over two lines of its cell, and the items of K1 below it with bullets."""
    data = listed("單元名稱", "時數", "行為指標", "知識", "技能")
    text, (head, _, items) = parts.text("P1.1.1"), parts.text("K1").partition("：")
    bullets = "".join(f"\n•{item}" for item in items.split("；"))
    data[1][2] = f"P1.1.1 {text[:8]}\n{text[8:]}\nP1.1.2"
    data[1][3] = f"K1 {head}：{bullets}\nK2"
    return sheet(data)


def as_yaml():
    lines = ["課程名稱: 課", "課程單元:"]
    for name, (hours, taught) in TAUGHT.items():
        kinds = {k: [c for c in taught.split() if c[0] == k] for k in "PKS"}
        lines += [
            f"- 單元名稱: {name}",
            f"  時數: {hours}",
            f"  行為指標: [{', '.join(kinds['P'])}]",
        ]
        lines += ["  知識: {" + ", ".join(f"{c}: 說明" for c in kinds["K"]) + "}"]
        lines += [f"  技能: {'、'.join(kinds['S'])}"]
    return "\n".join(lines).encode(), "map.yaml"


LAYOUTS = {
    "other words": lambda _: sheet(
        listed("訓練課程", "訓練時數(hr)", "對應績效指標", "所需知識", "所需技能")
    ),
    "two languages": lambda _: sheet(
        listed(
            "單元名稱\nUnit", "時數（必填）", "行為指標 P\n(Performance)", "知識 Knowledge", "技能*"
        )
    ),
    "English": lambda _: sheet(
        listed("Lesson", "Duration", "Performance indicators", "Knowledge (K)", "Skills required")
    ),
    "a column a unit": lambda _: sheet(
        list(zip(*listed("單元名稱", "時數", "行為指標", "知識", "技能"), strict=True))
    ),
    "groups and sums": lambda _: sheet(
        [
            *(rows := listed("單元名稱", "時數", "行為指標", "知識", "技能"))[:1],
            ["模組一：基礎"],
            rows[1],
            ["小計", 6],
            ["模組二：進階"],
            *rows[2:],
            ["小計", 30],
            ["總計", 36],
            ["備註：", "時數含評量"],
        ]
    ),
    "semicolons": lambda _: (
        "\n".join(
            ";".join(map(str, row)).replace(",", "、")
            for row in listed("單元名稱", "時數", "行為指標", "知識", "技能")
        ).encode(),
        "map.csv",
    ),
    "a row a week": lambda _: by_week(),
    "words for codes": in_words,
    "words behind codes": with_words,
    "lines that go on": wrapped,
    "YAML in Chinese": lambda _: as_yaml(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_course_is_read_and_nothing_is_said_of_it(layout, parts):
    data, name = LAYOUTS[layout](parts)
    course = read_course(course_document(data, name))
    said = meant(course, parts)
    assert {m.name: set(said.named[m.name]) for m in course.modules} == {
        name: set(taught.split()) for name, (_, taught) in TAUGHT.items()
    }
    assert {m.name: m.hours for m in course.modules} == HOURS
    assert {f.rule for f in (*course.findings, *said.findings)} <= {"C05"}


def test_a_matrix_of_marks_is_read_by_its_columns(parts):
    data, name = matrix()
    course = read_course(course_document(data, name))
    named = meant(course, parts).named
    assert {m: set(codes) for m, codes in named.items()} == {
        name: set(taught.split()) for name, (_, taught) in TAUGHT.items()
    }
    (first, *_) = course.modules[0].references
    assert first.span.pointer.endswith("!C2")


def test_a_prerequisite_may_be_the_number_that_a_unit_bears():
    rows = [
        ["單元代號", "單元名稱", "知識", "先修"],
        ["U1", "甲", "K1", ""],
        ["U2", "乙", "K2", "U1"],
    ]
    assert prerequisites(read_course(course_document(*sheet(rows)))) == {"乙": ["甲"]}
