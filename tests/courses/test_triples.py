"""A course as triples: what it says, that the shapes hold, and that it lives beside the standards."""

from __future__ import annotations

import shutil

import openpyxl
import pyshacl
import pytest
from rdflib import Graph

import kps_graph
from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.triples import triples
from kps_graph.rdf.ntriples import nquads
from kps_graph.terms import DEFAULT_BASE
from tests.support.ontology import CORE
from tests.support.project import ROOT
from tests.support.standards import example

SHAPES = ROOT / "ontology" / "ext" / "courses.shapes.ttl"
TRADE = "KPS1420-001v2"
KPS = "PREFIX kps: <https://w3id.org/kps-graph/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "


def graph_of(text, examples):
    """The triples of a course given as YAML, on the trade manager."""
    course = read_course(course_document(text.encode(), "c.yaml"))
    standard = example(examples / f"{TRADE}.md")
    statements = triples(check_course(course, standard), standard, TRADE, DEFAULT_BASE)
    return Graph().parse(data=nquads(statements, "urn:g").replace(" <urn:g> .", " ."), format="nt")


COURSE = """
title: 客訴處理
standard: KPS1420-001v2
hours: 9
level: 5
modules:
  - {name: 甲, hours: 3, level: 5, indicators: P1.1.1~P1.1.2, knowledge: K1, 評量方式: 測驗、實作評量, 評量工具: 測驗卷, 教學方法: 講述教學}
  - {name: 乙, hours: 6, level: 5, tasks: T1.2, prerequisites: 甲, 評量方式: 無}
"""


def asked(graph, query):
    return sorted(tuple(str(v) for v in row) for row in graph.query(KPS + query))


def test_a_module_points_at_the_very_parts_of_the_standard(examples):
    graph = graph_of(COURSE, examples)
    taught = asked(graph, 'SELECT ?p { ?m dcterms:title "甲"@zh-Hant ; kps:teaches ?p }')
    assert [t.removeprefix(f"{DEFAULT_BASE}{TRADE}/") for (t,) in taught] == [
        "K1",
        "P1.1.1",
        "P1.1.2",
    ]
    whole = asked(graph, 'SELECT ?p { ?m dcterms:title "乙"@zh-Hant ; kps:teaches ?p }')
    assert {"P1.2.1", "K1", "S1"} <= {t.rpartition("/")[2] for (t,) in whole}


def test_hours_levels_order_and_prerequisites_are_said(examples):
    graph = graph_of(COURSE, examples)
    assert asked(
        graph,
        "SELECT ?n ?t ?h ?l { ?m kps:moduleNumber ?n ; dcterms:title ?t ; kps:hours ?h ; kps:courseLevel ?l }",
    ) == [
        ("1", "甲", "3.0", "5"),
        ("2", "乙", "6.0", "5"),
    ]
    assert asked(
        graph, "SELECT ?a ?b { ?x kps:buildsOn ?y . ?x dcterms:title ?a . ?y dcterms:title ?b }"
    ) == [("乙", "甲")]
    assert asked(graph, "SELECT ?h { ?c a kps:Course ; kps:hours ?h }") == [("9.0",)]


def test_what_is_not_assessed_has_no_assessment(examples):
    graph = graph_of(COURSE, examples)
    assert asked(
        graph, "SELECT ?t ?w { ?m kps:hasAssessment/kps:assessmentMethod ?w ; dcterms:title ?t }"
    ) == [
        ("甲", "實作評量"),
        ("甲", "測驗"),
    ]


def conforms(graph):
    ok, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES), ont_graph=None)
    return ok, text


def test_the_shapes_hold_for_a_course_and_say_what_is_wrong_with_another(examples):
    assert conforms(graph_of(COURSE, examples)) == (True, conforms(graph_of(COURSE, examples))[1])
    for fault, said in {
        "DELETE { ?c kps:basedOn ?s } WHERE { ?c kps:basedOn ?s }": "rests on one standard",
        "DELETE { ?m dcterms:title ?t } WHERE { ?m a kps:Module ; dcterms:title ?t }": "has one name",
        "INSERT { ?y kps:buildsOn ?x } WHERE { ?x kps:buildsOn ?y }": "lead back",
        "INSERT { ?m kps:courseLevel 9 } WHERE { ?m a kps:Module }": "from 1 to 6",
        "DELETE { ?m kps:teaches ?p } WHERE { ?m kps:hasAssessment ?a ; kps:teaches ?p }": "does not teach",
        "DELETE { ?a kps:assessmentMethod ?w } WHERE { ?a kps:assessmentMethod ?w }": "has no method",
        "DELETE { ?c kps:hasModule ?m } WHERE { ?c kps:hasModule ?m }": "has no module",
        "DELETE { ?m kps:hours ?h } INSERT { ?m kps:hours 0.0 } WHERE { ?m a kps:Module ; kps:hours ?h }": "more than 0",
    }.items():
        graph = graph_of(COURSE, examples)
        graph.update(KPS + fault)
        ok, text = conforms(graph)
        assert not ok, fault
        assert said in text, (fault, text)


def test_the_triples_use_only_terms_of_the_ontology(examples):
    graph = graph_of(COURSE, examples)
    known = {str(s) for s in CORE.subjects()}
    ours = "https://w3id.org/kps-graph/ontology#"
    used = {str(n) for t in graph for n in t if str(n).startswith(ours)}
    assert used
    assert used <= known


@pytest.fixture
def store(example_store, tmp_path):
    return shutil.copytree(example_store, tmp_path / "kps.store")


def coverage(store):
    with kps_graph.open(store) as graph:
        return {r["course"]: r for r in graph.rows("course-coverage").to_dicts()}


def test_a_course_stands_beside_the_standards_and_sparql_asks_across(kps, store, examples):
    before = kps("query", "overview", "--store", store, "-f", "csv").out
    done = kps("course", "add", examples / "course.xlsx", "--store", store)
    assert done.code == 0, done.err
    (row,) = coverage(store).values()
    assert (row["standard"], row["modules"], row["of_indicators"]) == (TRADE, 7, 76)
    assert kps("query", "overview", "--store", store, "-f", "csv").out == before
    assert kps("store", "check", "--store", store).code == 0
    with kps_graph.open(store) as graph:
        rows = graph.rows("course-teaching", label="客戶服務技巧").to_dicts()
        assert {r["element"] for r in rows} == {"K5"}
        assert all(r["assessed"] is True for r in rows)
        assert graph.nearest(TRADE, 1)


@pytest.mark.sweep
def test_a_course_of_the_same_name_is_replaced_and_one_that_is_removed_is_gone(
    kps, store, examples, tmp_path
):
    changed = tmp_path / "c.xlsx"
    book = openpyxl.load_workbook(examples / "course.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "P1.1.1" in cell.value:
                    cell.value = cell.value.replace("P1.1.1", "P1.1.2")
    book.save(changed)
    kps("course", "add", examples / "course.xlsx", "--store", store)
    (old,) = coverage(store).values()
    kps("course", "add", changed, "--store", store)
    (new,) = coverage(store).values()
    assert new["course"] == old["course"]
    assert kps("course", "remove", new["course"], "--store", store).code == 0
    assert coverage(store) == {}
    assert kps("course", "remove", new["course"], "--store", store).code == 2


def test_a_folder_with_what_is_no_course_says_so_and_adds_the_others(
    kps, store, examples, tmp_path
):
    folder = tmp_path / "courses"
    folder.mkdir()
    shutil.copy(examples / "course.xlsx", folder)
    (folder / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "other.yaml").write_text(
        "title: x\nstandard: ABC1234-001v1\nmodules:\n- {name: 甲, knowledge: K1}\n",
        encoding="utf-8",
    )
    done = kps("course", "add", folder, "--store", store, "--lang", "en")
    assert done.code == 1
    assert "list.csv" in done.err
    assert "ABC1234-001v1" in done.err
    assert len(coverage(store)) == 1


@pytest.mark.sweep
def test_courses_of_one_name_in_one_run_are_both_kept(kps, store, examples, tmp_path):
    for n in (1, 2):
        shutil.copy(examples / "course.xlsx", tmp_path / f"{n}.xlsx")
    kps("course", "add", tmp_path / "1.xlsx", tmp_path / "2.xlsx", "--store", store)
    with kps_graph.open(store) as graph:
        assert len(graph.rows(KPS + "SELECT ?c { ?c a kps:Course }")) == 2


def test_build_takes_courses_along(kps, examples, tmp_path):
    store = tmp_path / "kps.store"
    done = kps(
        "build", examples / f"{TRADE}.md", "--courses", examples / "course.xlsx", "--store", store
    )
    assert done.code == 0, done.err
    assert len(coverage(store)) == 1
    kps("build", examples / "ZZZ1499-903v1.yaml", "--store", store)
    assert len(coverage(store)) == 1
