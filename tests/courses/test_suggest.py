"""Modules that are proposed for a standard, and the occupations that a course prepares for."""

from __future__ import annotations

import json

import openpyxl
import pytest
from hypothesis import given

from kps_graph.courses.suggest import suggest
from kps_graph.errors import ResourceError
from kps_graph.model import references
from kps_graph.words import Language
from tests.support.generate import standards
from tests.support.standards import example, standard_of

TRADE = "KPS1420-001v2"


def work(*activities, **more):
    """A standard whose activities are (level, its K and S)."""
    codes = dict.fromkeys(c for _, needs in activities for c in needs.split())
    return standard_of(
        {
            "name": "範例",
            "tasks": [
                {
                    "code": "T1",
                    "name": "工作",
                    "activities": [
                        {
                            "code": f"T1.{n}",
                            "name": f"調查市場{n}",
                            "level": level,
                            "knowledge": [c for c in needs.split() if c[0] == "K"],
                            "skills": [c for c in needs.split() if c[0] == "S"],
                            "indicators": [{"code": f"P1.{n}.1", "text": f"做{n}"}],
                        }
                        for n, (level, needs) in enumerate(activities, 1)
                    ],
                }
            ],
            "knowledge": [{"code": c, "name": f"知{c}"} for c in codes if c[0] == "K"],
            "skills": [{"code": c, "name": f"技{c}"} for c in codes if c[0] == "S"],
            **more,
        }
    )


def test_activities_that_take_the_same_are_one_module_and_others_are_not():
    found = suggest(work((3, "K1 S1"), (3, "K2 S2"), (3, "K1 S1")))
    assert [p.units for p in found] == [("T1.1", "T1.3"), ("T1.2",)]
    assert found[0].indicators == ("P1.1.1", "P1.3.1")
    assert found[0].name == "調查市場1與調查市場3"


def test_modules_stand_by_level_and_what_later_ones_build_on_comes_before_them():
    found = suggest(work((4, "K1 K2 K3"), (2, "K1"), (4, "K4 K3 K5")))
    assert [p.units for p in found] == [("T1.2",), ("T1.1",), ("T1.3",)]
    assert [p.knowledge for p in found] == [("K1",), ("K2", "K3"), ("K4", "K5")]
    assert [p.before for p in found] == [(), ("調查市場2",), ("調查市場1",)]


def test_what_half_of_the_activities_need_is_a_foundation():
    found = suggest(work((3, "K1 K2"), (4, "K1 K3"), (3, "K4"), (3, "K5")))
    assert (found[0].name, found[0].knowledge, found[0].level) == ("共通基礎", ("K1",), 3)
    assert {p.name for p in found if "共通基礎" in p.before} == {"調查市場1", "調查市場2"}


def test_what_no_activity_needs_is_not_lost():
    extra = [{"code": "K1", "name": "知"}, {"code": "K9", "name": "閒"}]
    found = suggest(work((3, "K1"), knowledge=extra))
    assert found[-1].knowledge == ("K9",)


def test_each_module_is_explained_in_both_languages():
    for proposal in suggest(work((3, "K1 S1"), (3, "K1 S1"), (4, "K1"))):
        for reason in (proposal.together, proposal.here):
            chinese, english = (reason.in_words(lang) for lang in Language)
            assert chinese != english


@given(standards())
def test_each_k_and_s_is_taught_once_and_every_module_stands_behind_what_it_builds_on(standard):
    found = suggest(standard)
    assert found == suggest(standard)
    taught = [code for p in found for code in (*p.knowledge, *p.skills)]
    assert sorted(taught) == sorted([*references(standard.knowledge), *references(standard.skills)])
    names = [p.name for p in found]
    assert len(set(names)) == len(names)
    for n, proposal in enumerate(found):
        assert set(proposal.before) <= set(names[:n])
    levels = [p.level for p in found if p.level and p.units]
    assert levels == sorted(levels)


def test_a_task_that_is_none_is_refused():
    with pytest.raises(ResourceError, match="T9"):
        suggest(work((3, "K1")), ["T9"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_is_read_as_the_course_that_was_proposed(
    kps, example_store, examples, tmp_path, lang
):
    path = tmp_path / "map.xlsx"
    done = kps(
        "course",
        "suggest",
        TRADE,
        "--tasks",
        "T1,T2",
        "-o",
        path,
        "--store",
        example_store,
        "--lang",
        lang,
    )
    assert done.code == 0, done.err
    checked = kps(
        "course", "check", path, "--tasks", "T1,T2", "--store", example_store, "--lang", "en"
    )
    assert checked.code == 0
    assert not {"C01", "C02", "C06", "C08", "C09", "C16", "C17", "C21"} & set(checked.out.split())
    proposals = suggest(example(examples / f"{TRADE}.md"), ["T1", "T2"])
    assert f"by {len(proposals)} modules" in checked.out
    again = tmp_path / "again.xlsx"
    kps(
        "course",
        "suggest",
        TRADE,
        "--tasks",
        "T1,T2",
        "-o",
        again,
        "--store",
        example_store,
        "--lang",
        lang,
    )
    sheets = [
        [[c.value for c in row] for sheet in openpyxl.load_workbook(p) for row in sheet]
        for p in (path, again)
    ]
    assert sheets[0] == sheets[1]


def test_a_course_prepares_for_other_occupations_as_far_as_it_teaches_what_they_need(
    kps, example_store, examples
):
    done = kps(
        "course", "prepares", examples / "course.xlsx", "--store", example_store, "-f", "json"
    )
    rows = json.loads(done.out)
    assert TRADE not in {r["code"] for r in rows}
    parts = [r["part"] for r in rows]
    assert parts == sorted(parts, reverse=True)
    assert parts[0] > 0
    for row in rows:
        assert abs(row["part"] - row["covered"] / (row["covered"] + row["missing"])) < 1e-3
        assert len(row["needs"]) >= row["missing"]
