"""Tracing a code to all that it touches."""

from __future__ import annotations

import json

import pytest

from kps_graph.errors import ResourceError
from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.standards.trace import trace
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


def test_a_trace_is_a_table_too(kps, example_store):
    done = kps("trace", "S13", "--standard", "KPS1420-001v2", "--store", example_store, "-f", "csv")
    under, kind, code, text, level = done.out.splitlines()[2].split(",")
    assert (under, kind, code, level) == ("S13", "T", "T3", "5")
    assert text
    assert "ZZZ4323-901v2,shared,S01,外語表達與溝通能力," in done.out


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
        return [other["standard"] for other in json.loads(shown)["sharedWith"]]

    assert sharers("K01") == ["ZZZ2-001v1"]
    assert sharers("K01~2") == ["ZZZ3-001v1"]
