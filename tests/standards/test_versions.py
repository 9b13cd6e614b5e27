"""What two versions of a standard have changed: every part of both is accounted for once."""

from __future__ import annotations

import json
from dataclasses import replace

import openpyxl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDFS, Literal, URIRef

from kps_graph.exports.revision import revision
from kps_graph.model import Attitude, Element, Indicator, Output, Standard, Unit
from kps_graph.standards.names import names
from kps_graph.standards.versions import Status, changes, wording
from kps_graph.terms import standard_iri

OLD = Standard(
    "ZZZ0000-001v1",
    "貿易專員",
    description="處理訂單與出貨",
    tasks=(
        Unit(
            "T1",
            "接單",
            level=3,
            units=(
                Unit(
                    "T1.1",
                    "提供報價",
                    knowledge=("K1",),
                    outputs=(Output("O1.1.1", "報價單"),),
                    indicators=(
                        Indicator("P1.1.1", "依成本與市場行情算出合理的價格"),
                        Indicator("P1.1.2", "向客戶說明報價的內容與條件"),
                    ),
                ),
                Unit("T1.2", "簽訂契約", skills=("S1",)),
            ),
        ),
        Unit("T2", "安排出貨", indicators=(Indicator("P2.1", "依訂單內容裝箱並檢查數量"),)),
    ),
    knowledge=(Element("K1", "國貿條規"), Element("K2", "信用狀實務")),
    skills=(Element("S1", "談判技巧"),),
)


def statuses(old, new):
    return {c.part.code: str(c.status) for c in changes(old, new).changes if c.status != "kept"}


def changed(number, **values):
    """``OLD`` with one of its tasks otherwise."""
    tasks = list(OLD.tasks)
    tasks[number] = replace(tasks[number], **values)
    return replace(OLD, tasks=tuple(tasks))


def test_a_standard_has_changed_nothing_of_itself():
    assert statuses(OLD, OLD) == {}


def test_what_is_only_numbered_anew_is_renumbered():
    new = replace(OLD, knowledge=(Element("K7", "國貿條規"), Element("K2", "信用狀實務")))
    (change,) = [c for c in changes(OLD, new).changes if c.part.kind == "K" and c.differences]
    assert (change.status, change.old.code, change.new.code) == ("renumbered", "K1", "K7")


def test_what_says_nearly_the_same_is_reworded_with_its_words():
    new = changed(1, indicators=(Indicator("P2.1", "依訂單內容裝箱並複查數量"),))
    (change,) = [c for c in changes(OLD, new).changes if c.status == "reworded"]
    assert change.differences == ("text",)
    assert wording(change.old.text, change.new.text) == (
        ("=", "依訂單內容裝箱並"),
        ("-", "檢"),
        ("+", "複"),
        ("=", "查數量"),
    )


def test_what_stands_in_another_unit_is_moved():
    first, second = OLD.tasks
    unit = first.units[0]
    moved = unit.indicators[1]
    new = replace(
        OLD,
        tasks=(
            replace(first, units=(replace(unit, indicators=unit.indicators[:1]), first.units[1])),
            replace(second, indicators=(*second.indicators, replace(moved, code="P2.2"))),
        ),
    )
    (change,) = [c for c in changes(OLD, new).changes if c.differences]
    assert (change.status, change.differences) == ("moved", ("code", "unit"))


def test_another_text_under_the_same_code_is_gone_and_new():
    new = replace(OLD, knowledge=(OLD.knowledge[0], Element("K2", "海關稅則")))
    listed = [(c.status, c.part.text) for c in changes(OLD, new).changes if c.status != "kept"]
    assert listed == [("new", "海關稅則"), ("gone", "信用狀實務")]


def test_another_level_and_other_needs_are_said():
    new = changed(0, level=4, knowledge=("K2",))
    (change,) = [c for c in changes(OLD, new).changes if c.differences]
    assert (change.status, change.differences) == ("changed", ("level", "needs"))


def test_fields_of_the_head_are_compared_by_name():
    new = replace(OLD, name="國際貿易專員", code="ZZZ0000-001v2", description=None)
    assert statuses(OLD, new) == {"code": "reworded", "name": "reworded", "description": "gone"}


def test_the_kind_of_the_name_and_the_layout_are_compared_too():
    old = replace(OLD, name_kind="職業", layout="工作任務/工作活動")
    new = replace(OLD, name_kind="職類", layout="主要職責/工作任務")
    assert statuses(old, new) == {"name_kind": "reworded", "layout": "reworded"}


def test_what_keeps_its_heading_is_reworded_whatever_stands_below_it():
    old = replace(OLD, attitudes=(Attitude("A1", "溝通", "與人往來時說明己意。"),))
    new = replace(OLD, attitudes=(Attitude("A1", "溝通", "傾聽、回應，並達成共識"),))
    assert statuses(old, new) == {"A1": "reworded"}


@given(st.data())
def test_every_part_of_both_stands_in_one_change(data):
    texts = ["國貿條規", "信用狀實務", "談判技巧", "海關稅則", "國貿條規實務", "", "國貿條規"]

    def standard(code):
        names = data.draw(st.lists(st.sampled_from(texts), max_size=6))
        elements = tuple(Element(f"K{n}", name) for n, name in enumerate(names, 1))
        codes = st.sampled_from((None, "T1", "T2"))  # a document may repeat a code, or have none
        units = tuple(Unit(data.draw(codes), name) for name in names)
        return Standard(code, "甲", tasks=units, knowledge=elements)

    old, new = standard("A"), standard("B")
    listed = changes(old, new).changes
    for side, one in (("old", old), ("new", new)):
        parts = [p for c in listed if (p := getattr(c, side)) and p.kind in "TK"]
        assert sorted((p.kind, p.code, p.text) for p in parts) == sorted(
            [("T", u.code or "", u.name) for u in one.tasks]
            + [("K", e.code, e.name) for e in one.knowledge]
        )
    assert all(c.old or c.new for c in listed)


@given(st.text("甲乙丙丁 ", max_size=20), st.text("甲乙丙丁 ", max_size=20))
def test_the_words_of_both_sides_are_told_whole(old, new):
    runs = wording(old, new)
    assert "".join(text for mark, text in runs if mark in "=-") == old
    assert "".join(text for mark, text in runs if mark in "=+") == new


class TestTheCommand:
    @pytest.fixture
    def newer(self, tmp_path, examples):
        text = (examples / "KPS1420-001v2.md").read_text("utf-8")
        path = tmp_path / "new.md"
        path.write_text(
            text.replace("P1.1.2 確保計畫", "P1.1.3 確保所有計畫").replace("K7 ", "K77 "), "utf-8"
        )
        return path

    def test_it_names_what_changed_and_counts_the_rest(self, kps, examples, newer):
        done = kps("diff", examples / "KPS1420-001v2.md", newer)
        assert done.code == 0, done.err
        assert "kept 181" in done.out
        assert "re-worded P1.1.2 → P1.1.3" in done.out
        assert "renumbered K7 → K77" in done.out

    def test_as_data_every_part_is_there_on_request(self, kps, examples, newer):
        data = json.loads(
            kps("diff", examples / "KPS1420-001v2.md", newer, "-f", "json", "--all").out
        )
        assert len(data["changes"]) == sum(data["counts"].values())
        assert set(data["counts"]) == {str(s) for s in Status}

    def test_a_page_and_a_workbook_are_written(self, kps, examples, newer, tmp_path):
        for ending in (".html", ".xlsx"):
            done = kps("diff", examples / "KPS1420-001v2.md", newer, "-o", tmp_path / f"d{ending}")
            assert done.code == 0, done.err
        page = (tmp_path / "d.html").read_text("utf-8")
        assert "<ins>所有</ins>" in page
        sheet = openpyxl.load_workbook(tmp_path / "d.xlsx").active
        assert sheet.max_row == 3

    def test_versions_in_a_store_are_named_by_code(self, kps, example_store):
        done = kps("diff", "KPS1420-001v2", "國際物流專員", "--store", example_store)
        assert done.code == 0
        assert "gone" in done.out


def test_as_rdf_every_part_has_come_from_somewhere_or_gone():
    """PROV and dcterms:replaces: nothing of either version is left out."""
    new = changed(1, name="安排出貨與報關", units=(Unit("T2.1", "訂艙"),))
    new = replace(new, code="ZZZ0000-001v2", knowledge=(Element("K1", "信用狀實務"),))
    graph = rdflib.Graph().parse(data=revision(changes(OLD, new)), format="turtle")
    before, after = (URIRef(standard_iri(s.code)) for s in (OLD, new))
    assert (after, DCTERMS.replaces, before) in graph
    activity = graph.value(after, PROV.wasGeneratedBy)
    ends = []
    for standard, said in ((OLD, PROV.wasInvalidatedBy), (new, PROV.wasGeneratedBy)):
        nodes = {URIRef(iri) for iri in names(standard, standard.code).nodes.values()}
        ends.append(nodes)
        replaced = {s if standard is new else o for s, o in graph[: DCTERMS.replaces]}
        alone = set(graph[:said:activity])
        assert nodes == (replaced | alone) - {before, after}
        assert not replaced & alone - {after}
    assert (URIRef(f"{after}/K1"), PROV.wasDerivedFrom, URIRef(f"{before}/K2")) in graph
    assert (URIRef(f"{after}/T2"), PROV.wasRevisionOf, URIRef(f"{before}/T2")) in graph
    assert (URIRef(f"{after}/T2.1"), PROV.wasGeneratedBy, activity) in graph
    assert (URIRef(f"{before}/K1"), PROV.wasInvalidatedBy, activity) in graph
    assert Literal("H code reworded") in graph[activity : RDFS.comment]
