"""Tracing a code to all that it touches."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import given

from kps_graph.errors import ResourceError
from kps_graph.exports.pictures.tree_layout import layout
from kps_graph.extract import extract
from kps_graph.model import references
from kps_graph.readers import read
from kps_graph.standards.inherited import inherited
from kps_graph.standards.paths import paths
from kps_graph.standards.trace import trace
from kps_graph.words import Language
from tests.support.generate import standards
from tests.support.stores import built


def load(examples, name):
    return extract(read((examples / name).read_bytes(), name)).standard


@pytest.fixture(scope="module")
def seed(examples):
    return load(examples, "KPS1420-001v2.md")


def codes(branch):
    return {branch.code} | {c for b in branch.children for c in codes(b)}


def test_a_knowledge_item_reaches_items_tasks_activities_outputs_and_indicators(seed):
    found = trace(seed, "K1")
    assert [b.text for b in found.children if b.kind == "item"][-1] == "職業安全衛生法規"
    assert {"T1", "T1.1", "T1.2", "T1.3", "O1.3.1", "P1.2.3"} <= codes(found)
    assert not {"T2", "P2.1.1"} & codes(found)


def test_an_element_attached_to_a_group_of_indicators_reaches_only_these(examples):
    standard = load(examples, "ZZZ2431-902v1.yaml")
    unit = next(u for u in standard.units() if any(p.knowledge for p in u.indicators))
    groups = {}
    for p in unit.indicators:
        groups.setdefault((*p.knowledge, *p.skills), []).append(p.code)
    (first, mine), (second, others) = groups.items()
    only = next(c for c in (*first, *second) if (c in first) != (c in second))
    if only in second:
        mine, others = others, mine
    inside = next(b for b in _walk(trace(standard, only)) if b.code == unit.code)
    assert set(mine) <= codes(inside)
    assert not set(others) & codes(inside)


def _walk(branch):
    yield branch
    for child in branch.children:
        yield from _walk(child)


@pytest.mark.parametrize("code", ["T2.1", "O2.1.1", "P2.1.1"])
def test_a_unit_output_or_indicator_reaches_its_task_and_the_k_and_s_it_needs(seed, code):
    assert {"T2", "K10", "S6"} <= codes(trace(seed, code))


def test_an_attitude_belongs_to_the_standard_as_a_whole(seed):
    assert {"KPS1420-001v2", "T1", "T5"} <= codes(trace(seed, "A01"))


def test_an_unknown_code_is_an_error(seed):
    with pytest.raises(ResourceError, match="K99"):
        trace(seed, "K99")


def asked(kps, store, *words):
    """The rows of a trace, a mapping each."""
    done = kps("trace", *words, "--store", store, "-f", "csv")
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_row_is_a_path_from_the_skill_to_what_needs_it(kps, example_store):
    rows = asked(kps, example_store, "S13", "--standard", "KPS1420-001v2")
    first = rows[0]
    assert (first["element"], first["task"], first["unit"], first["code"]) == (
        "S13",
        "T3",
        "T3.1",
        "O3.1.1",
    )
    assert {r["element"] for r in rows if r["standard"] == "ZZZ4323-901v2"} == {"S01"}
    assert len(rows) == len({tuple(r.values()) for r in rows})


def test_the_paths_of_a_unit_or_indicator_are_those_that_pass_through_it(kps, example_store):
    rows = asked(kps, example_store, "P1.1.1", "--standard", "KPS1420-001v2")
    assert {r["code"] for r in rows} == {"P1.1.1"}
    assert {"K1", "S1"} <= {r["element"] for r in rows}
    rows = asked(kps, example_store, "T1.1", "--standard", "KPS1420-001v2")
    assert {r["unit"] for r in rows} == {"T1.1"}


def test_words_lead_to_every_standard_that_says_them(kps, example_store):
    rows = asked(kps, example_store, "外語表達與溝通能力")
    assert {r["standard"] for r in rows} > {"KPS1420-001v2", "ZZZ4323-901v2"}
    exactly = asked(kps, example_store, "外語表達與溝通能力", "--include", "identical")
    assert {r["competency"] for r in exactly} == {"外語表達與溝通能力"}
    none = kps("trace", "量子糾纏通訊", "--store", example_store)
    assert (none.code, "量子糾纏通訊" in none.err) == (2, True)


def test_a_draft_is_traced_item_by_item_and_what_is_nowhere_else_is_said(
    kps, example_store, examples, tmp_path
):
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "name: 草稿\ntasks:\n  - {code: T1, name: 接待, skills: [S01, S02], "
        "indicators: [{code: P1.1, text: 依需求接待}]}\n"
        "skills:\n  - {code: S01, name: 外語表達與溝通能力}\n  - {code: S02, name: 月面駕駛}\n",
        encoding="utf-8",
    )
    done = kps("trace", draft, "--store", example_store, "-f", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {(r["name"], r["element"]) for r in rows} >= {("草稿", "S01"), ("貿易經理", "S13")}
    assert {r["asked"] for r in rows} == {"S01 外語表達與溝通能力", "S02 月面駕駛"}
    assert "S02 月面駕駛: no other standard in the store has it" in done.err
    assert "S01" not in done.err
    one = asked(kps, example_store, "S01", "--standard", draft)
    assert {r["name"] for r in one} >= {"草稿", "貿易經理"}


def test_back_from_an_indicator_low_levels_are_learnt_first(kps, tmp_path):
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "name: 草稿\ntasks:\n"
        "  - {code: T1, name: 易, level: 2, knowledge: [K01], indicators: [{code: P1.1, text: 甲}]}\n"
        "  - {code: T2, name: 難, level: 4, knowledge: [K02, K01], skills: [S01],"
        " outputs: [{code: O2.1, name: 書}], indicators: [{code: P2.1, text: 乙}]}\n"
        "knowledge:\n  - {code: K01, name: 法規}\n  - {code: K02, name: 理論}\n"
        "skills:\n  - {code: S01, name: 分析}\n",
        encoding="utf-8",
    )
    rows = asked(kps, tmp_path / "none", "P2.1", "--standard", draft, "--back")
    assert [r["code"] for r in rows] == ["K01", "K02", "S01", "P2.1"]
    assert [(r["level"], r["easier"]) for r in rows[:2]] == [("2", "P1.1"), ("4", "")]
    assert rows[3]["easier"] == "K01|K02|S01"
    whole = asked(kps, tmp_path / "none", "O2.1", "--standard", draft, "--back")
    assert whole[-1]["code"] == "O2.1"


def test_a_trace_is_a_workbook_and_a_picture(kps, example_store, tmp_path):
    for name in ("t.xlsx", "t.svg", "t.html", "t.json"):
        done = kps(
            "trace",
            "S13",
            "--standard",
            "KPS1420-001v2",
            "--store",
            example_store,
            "-o",
            tmp_path / name,
        )
        assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [c.value for c in sheet[2]][:2] == ["S13", "KPS1420-001v2"]
    assert "P3.1.1" in (tmp_path / "t.svg").read_text("utf-8")
    assert kps("trace", "S13", "--standard", "KPS1420-001v2", "-o", tmp_path / "t.png").code == 2


def test_the_picture_of_a_trace_has_each_part_once_and_none_over_another(seed):
    branch = trace(seed, "K1")
    scene = layout([branch], "K1", Language.ENGLISH)
    assert len(scene.nodes) == len(list(_walk(branch)))
    for n, node in enumerate(scene.nodes):
        assert not any(node.box.meets(other.box) for other in scene.nodes[n + 1 :])
        assert node.box.x >= 0
        assert node.box.right <= scene.width
        assert node.box.bottom <= scene.height


@given(standards())
def test_every_need_of_a_standard_is_on_a_path(standard):
    every = list(paths(standard))
    for unit in inherited(standard):
        for indicator in unit.indicators():
            if not indicator.part.code:
                continue
            through = {
                p.element.code
                for p in every
                if p.end and p.end.code == indicator.part.code and p.element
            }
            assert through >= {*indicator.knowledge, *indicator.skills} & {
                *references(standard.knowledge),
                *references(standard.skills),
            }


def test_the_sharers_of_a_code_that_stands_twice_are_those_of_the_element_that_was_asked_for(
    tmp_path, kps
):
    for code, elements in (
        ("ZZZ1-001v1", ("化學原理", "稅務法規")),
        ("ZZZ2-001v1", ("化學原理",)),
        ("ZZZ3-001v1", ("稅務法規",)),
    ):
        lines = [f"code: {code}", f"name: 範例{code[3]}", "knowledge:"]
        lines += [f"  - {{code: K01, name: {name}}}" for name in elements]
        (tmp_path / f"{code}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    store = tmp_path / "kps.store"
    built(store, tmp_path)

    def sharers(code):
        shown = kps(
            "trace", code, "--standard", "ZZZ1-001v1", "--store", store, "--format", "json"
        ).out
        return [other["standard"] for other in json.loads(shown)["answers"][0]["sharedWith"]]

    assert sharers("K01") == ["ZZZ2-001v1"]
    assert sharers("K01~2") == ["ZZZ3-001v1"]
