"""A course carried over to a new version: every link is accounted for, and the workbook says so."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from kps_graph.courses.migrate import migrate
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.document import Span
from kps_graph.model import Element, Indicator, Standard, Unit
from kps_graph.pipeline.courses import course_at
from kps_graph.pipeline.given import given
from tests.support.project import ROOT

EXAMPLES = ROOT / "examples"
SEED = EXAMPLES / "KPS1420-001v2.md"


@pytest.fixture
def newer(tmp_path):
    """A version with a re-worded indicator, a renumbered K, one gone and one new."""
    text = SEED.read_text("utf-8").replace("KPS1420-001v2", "KPS1420-001v3")
    text = text.replace("P1.1.2 確保計畫", "P1.1.3 確保所有計畫").replace("K7 記錄", "K77 記錄")
    text = text.replace("K3 服務標準和最佳實務典範", "K3 跨境電子商務稅制")
    path = tmp_path / "KPS1420-001v3.md"
    path.write_text(text, "utf-8")
    return path


def ends(newer):
    return (given(path, EXAMPLES / "none.store").standard for path in (SEED, newer))


def test_each_link_has_one_outcome(newer):
    course = course_at(EXAMPLES / "course.xlsx").course
    outcome = migrate(course, *ends(newer))
    assert len(outcome.links) == sum(len(m.references) for m in course.modules)
    differing = {
        (link.code, str(link.change.status), link.new_code)
        for link in outcome.links
        if link.change.status != "kept"
    }
    assert differing == {
        ("P1.1.2", "reworded", "P1.1.3"),
        ("K7", "renumbered", "K77"),
        ("K3", "gone", ""),
    }
    assert [c.part.text for c in outcome.added] == ["跨境電子商務稅制"]


def test_the_new_workbook_has_the_new_codes_and_says_what_changed(kps, newer, tmp_path):
    out = tmp_path / "new.xlsx"
    done = kps(
        "course", "migrate", EXAMPLES / "course.xlsx", "--standard", SEED, "--to", newer, "-o", out
    )
    assert done.code == 0, done.err
    assert "課程單元!E6: re-worded P1.1.2 → P1.1.3" in done.out
    assert "new, to be taught K3 跨境電子商務稅制" in done.out
    book = openpyxl.load_workbook(out)
    sheet = book["課程單元"]
    assert sheet["E6"].value == "P1.1.1、P1.1.3"
    assert "+ 確保所有計畫" in sheet["E6"].comment.text
    assert "K77" in sheet["F6"].value
    assert "K3、" not in sheet["F6"].value
    assert sheet["A2"].value.endswith("KPS1420-001v3 貿易經理")
    rows = list(book["versions"].iter_rows(min_row=2, values_only=True))
    assert ("gone", "K3") in {(row[1], row[2]) for row in rows}
    assert rows[-1][1:4:2] == ("new, to be taught", "K3")


def test_an_unknown_code_stays_beside_the_new_codes_and_is_told(newer, tmp_path, kps):
    book = openpyxl.load_workbook(EXAMPLES / "course.xlsx")
    book["課程單元"]["F6"] = "K7、K88、K9~S2"
    book.save(tmp_path / "map.xlsx")
    out = tmp_path / "new.xlsx"
    done = kps(
        "course", "migrate", tmp_path / "map.xlsx", "--standard", SEED, "--to", newer, "-o", out
    )
    assert "not in the old version K88" in done.out
    assert openpyxl.load_workbook(out)["課程單元"]["F6"].value == "K77、K88、K9~S2"


def test_of_a_whole_unit_is_told_what_it_no_longer_has():
    def standard(code, *units):
        return Standard(code, "甲", tasks=units)

    gone, away, stays = (
        Indicator(code, text)
        for code, text in (
            ("P1.1", "處理現場的客訴並回報"),
            ("P1.2", "編列預算與控制支出"),
            ("P1.3", "依企劃辦理活動"),
        )
    )
    old = standard("A", Unit("T1", "辦理行銷活動", indicators=(gone, away, stays)))
    new = standard(
        "B",
        Unit("T1", "辦理行銷活動", indicators=(replace(stays, code="P1.1"),)),
        Unit("T2", "撰寫計畫書", indicators=(replace(away, code="P2.1"),)),
    )
    module = Module("一", Span(""), (Reference("T1", Span("")),))
    links = migrate(Course("", modules=(module,)), old, new).links
    assert [(link.code, str(link.change.status), link.new_code) for link in links] == [
        ("T1", "kept", "T1"),
        ("P1.1", "gone", ""),
        ("P1.2", "moved", "P2.1"),
    ]


def test_only_a_workbook_becomes_one(kps, newer, tmp_path):
    done = kps(
        "course",
        "migrate",
        EXAMPLES / "courses.csv",
        "--standard",
        SEED,
        "--to",
        newer,
        "-o",
        tmp_path / "x.xlsx",
    )
    assert done.code == 2
    assert "must be workbooks" in done.err


def test_of_a_new_unit_all_is_told_that_no_module_teaches_yet():
    """The K and S that it needs too, which other units, not taught here, had before."""
    before = (
        Unit("T1", "接單", knowledge=("K1",), indicators=(Indicator("P1.1", "報價"),)),
        Unit("T2", "出貨", knowledge=("K2",), indicators=(Indicator("P2.1", "裝箱"),)),
    )
    added = Unit("T3", "結匯", knowledge=("K1", "K2"), indicators=(Indicator("P3.1", "核對單據"),))
    elements = (Element("K1", "條規"), Element("K2", "包裝"))
    old = Standard("ZZZ0000-001v1", "貿易", tasks=before, knowledge=elements)
    new = replace(old, code="ZZZ0000-001v2", tasks=(*before, added))
    span = Span("a.csv")
    course = Course(
        "a.csv", modules=(Module("甲", span, (Reference("P1.1", span), Reference("K1", span))),)
    )
    assert [c.part.code for c in migrate(course, old, new).added] == ["T3", "P3.1", "K2"]
    both = Course(
        "a.csv", modules=(Module("甲", span, (Reference("T1", span), Reference("T2", span))),)
    )
    assert [c.part.code for c in migrate(both, old, new).added] == ["T3", "P3.1"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_new_workbook_is_checked_by_its_units_and_not_by_what_it_says_of_the_old_version(
    kps, newer, tmp_path, lang
):
    out = tmp_path / "new.xlsx"
    given = ("--standard", SEED, "--to", newer, "-o", out, "--lang", lang)
    kps("course", "migrate", EXAMPLES / "course.xlsx", *given)
    done = kps("course", "check", out, "--standard", newer, "--tasks", "T1,T2", "--lang", "en")
    assert [line.split()[1] for line in done.out.splitlines() if line.startswith("    ")] == ["C06"]
    assert "No module teaches K3" in done.out
