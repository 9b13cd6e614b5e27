"""A slice is a part of a corpus, named in one way wherever something is asked."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kps_graph
from kps_graph.errors import BadParameter, ResourceError
from kps_graph.slices import CRITERIA, Slice, keep, parse, saved
from tests.support.stores import built, document, write


def standard(code, name, level=3, status="最新版本", date="2023-05-01", **more):
    """A document that states its version, and classes if they are given by code."""
    classes = {
        key: [{"code": c, "name": c} for c in more.pop(key, ())]
        for key in ("jobCategory", "occupation", "industry")
    }
    version = {"version": "V1", "code": code, "name": name, "status": status, "date": date}
    return document(code, name, level=level, versions=[version], classification=classes, **more)


DOCUMENTS = {
    "seller": standard(
        "KPS1420-001v1", "銷售員", 3, jobCategory=["KPS"], occupation=["5220"], industry=["H5210"]
    ),
    "trader": standard(
        "KPS1420-002v1",
        "貿易員",
        4,
        date="2021-12-31",
        jobCategory=["KPS", "BGM"],
        occupation=["2431"],
    ),
    "potter": standard(
        "AVA7314-001v1", "陶藝員", 2, date="", jobCategory=["AVA"], occupation=["7314"]
    ),
    "old_potter": standard("", "《歷史資料》陶工", 2, status="歷史版本", date="2015-01-01"),
    "weaver1": standard("AVA7318-001v1", "織工", 2, date="2016-01-01"),
    "weaver2": standard("AVA7318-001v2", "織品員", 3, date="2024-01-01"),
    "guard1": standard("LPS5404-001v1", "保全員", 2, date="2024-12-31"),
    "guard2": standard("LPS5404-001v2", "機動保全員", 3, date="2023-12-31"),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slices")
    write(folder, **DOCUMENTS)
    built(folder / "kps.store", folder)
    with kps_graph.open(folder / "kps.store") as opened:
        yield opened


def names(graph):
    known = graph.identities()
    return {known[i].name for i in graph.selection.identities}


def test_an_occupation_counts_once_and_what_is_past_does_not(graph):
    assert names(graph) == {"銷售員", "貿易員", "陶藝員", "織品員", "保全員", "機動保全員"}


def test_two_occupations_under_one_base_of_a_code_are_both_kept(graph):
    assert {"保全員", "機動保全員"} <= names(graph)


def test_all_versions_can_be_asked_for(graph):
    assert graph.within(all_versions=True).selection.whole
    assert names(graph.within(status="historic")) == {"《歷史資料》陶工", "織工"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("category=K", {"銷售員", "貿易員"}),
        ("category=BGM,AVA", {"貿易員", "陶藝員"}),
        ("category=行銷與銷售", {"銷售員", "貿易員"}),
        ("occupation=2", {"貿易員"}),
        ("occupation=52,73", {"銷售員", "陶藝員"}),
        ("industry=H", {"銷售員"}),
        ("industry=52", {"銷售員"}),
        ("level=4", {"貿易員"}),
        ("level=2-3 category=K", {"銷售員"}),
        ("updated=2021", {"貿易員"}),
        ("updated=..2021-12", {"貿易員"}),
        ("updated=2023-06..", {"織品員", "保全員", "機動保全員"}),
        ("code=kps*", {"銷售員", "貿易員"}),
        ("source=pot*", {"陶藝員"}),
        ("職類別＝K　級別＝4", {"貿易員"}),
    ],
)
def test_a_criterion_is_met_by_what_a_standard_states(graph, text, found):
    assert names(graph.within(text)) == found


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("levle=4", BadParameter, "did you mean level=?"),
        ("level=7", BadParameter, "'7' is not a level from 1 to 6"),
        ("level=5-4", BadParameter, "is not a level"),
        ("status=latset", BadParameter, "did you mean latest?"),
        ("updated=last year", BadParameter, "is no date"),
        ("updated=2024..2020", BadParameter, "is no span of time"),
        ("category=", BadParameter, "category has no value"),
        ("level=3 level=4", BadParameter, "level stands twice"),
        ("category=KPZ", ResourceError, "did you mean KPS"),
        ("category=行銷", ResourceError, "did you mean K 行銷與銷售"),
        ("level=6", ResourceError, "each criterion alone has: level=6: 0, status=latest: 6"),
        ("level=4 occupation=73", ResourceError, "occupation=73: 1, level=4: 1"),
        ("code=KPS1420-001v3", ResourceError, "did you mean KPS"),
        ("code=貿易員", ResourceError, "貿易員"),
        ("mine", BadParameter, "no slice is saved as 'mine'"),
    ],
)
def test_what_is_no_slice_is_refused_with_what_may_be_meant(
    graph, tmp_path, monkeypatch, text, error, message
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error) as raised:
        assert graph.within(text).selection
    assert message in str(raised.value)


@given(st.lists(st.sampled_from(sorted(CRITERIA)), unique=True))
def test_the_written_form_of_a_slice_reads_back_as_the_slice(chosen):
    values = {"level": "3-4,6", "status": "any", "updated": "2020..2024,2016-05"}
    part = parse(**{name: values.get(name, "B,C*") for name in chosen})
    assert parse(str(part)) == part


def test_a_saved_slice_is_asked_by_its_name(graph, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keep("trade", Slice(category=("K",)))
    assert saved() == {"trade": Slice(category=("K",))}
    assert names(graph.within("trade", level=4)) == {"貿易員"}


def test_frequencies_and_rarity_are_those_of_the_slice(graph):
    # all six occupations of today know 風險管理, two of them are of the cluster
    (risk,) = {c.id for c in graph.usage().competencies if c.name == "風險管理"}
    part = graph.within("category=K")
    assert (len(graph.usage().by(risk)), len(part.usage().by(risk))) == (6, 2)
    assert {s.competency.name: len(s.users) for s in part.shared()}["風險管理"] == 2
    assert {str(row["competency"]): row["occupations"] for row in part.rows("shared")}[
        "風險管理"
    ] == 2
    assert part.usage().rarity(risk) == math.log(3 / 2)
    assert {n.occupation.name for n in part.nearest("陶藝員")} == {"貿易員", "銷售員"}


def test_every_command_that_asks_takes_a_slice_and_says_what_its_answer_stands_on(kps, graph):
    store = graph._opened.place
    said = "on 2 of 8 standards: category=K status=latest"
    for command in (
        ["shared"], ["pairs", "--min", "1"], ["reuse"], ["communities"], ["bridges"],
        ["nearest", "銷售員"], ["compare", "銷售員", "貿易員"], ["gap", "銷售員", "貿易員"],
        ["path", "銷售員", "貿易員"], ["query", "standards"], ["search", "風險"],
        ["trace", "KPS1420-001v1/K1"], ["draw", "map", "-o", "-"], ["export", "occupations", "-o", "-"],
    ):  # fmt: skip
        done = kps(*command, "--in", "category=K", "--store", store, "--lang", "en")
        assert (done.code, said in done.err) == (0, True), (command, done.err)
        assert "陶藝員" not in done.out, command


def test_criteria_may_follow_each_other_on_the_command_line(kps, graph):
    store = graph._opened.place
    ask = ("query", "standards", "--in", "category=K", "level=4", "--format", "csv")
    assert "貿易員" in (out := kps(*ask, "--store", store).out)
    assert "銷售員" not in out


def test_a_query_about_one_standard_refuses_a_slice(kps, graph):
    done = kps(
        "query", "task-tree", "-p", "standard=KPS1420-001v1", "--in", "level=4",
        "--store", graph._opened.place, "--lang", "en",
    )  # fmt: skip
    assert (done.code, "task-tree looks at no slice" in done.err) == (2, True)


def test_a_query_of_ones_own_says_which_variable_is_a_standard(graph):
    text = "SELECT ?name { ?s a kps:Standard ; skos:prefLabel ?name\n# slice: ?s\n}"
    assert {str(r["name"]) for r in graph.within("level=4").rows(text)} == {"貿易員"}


def test_the_saved_slices_are_listed_with_their_standards(kps, graph, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = ("--store", graph._opened.place)
    assert kps("slices", "trade", "--in", "category=K", "level=4", *store).code == 0
    listed = json.loads(kps("slices", "--format", "json", *store).out)["answers"]
    assert listed == [{"slice": "trade", "criteria": "category=K level=4", "standards": 1}]
    assert kps("slices", "trade", "--remove", *store).code == 0
    assert "kps-graph slices NAME" in kps("slices", *store, "--lang", "en").out
