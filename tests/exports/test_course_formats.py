"""A course for other systems: each file is what that system reads, and says the same course."""

from __future__ import annotations

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator
from rdflib import RDF, Graph, Literal, Namespace

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.document import Span
from kps_graph.exports.course.edx import edx_csv, edx_json
from kps_graph.exports.course.moodle import moodle
from kps_graph.exports.course.outline import outline
from kps_graph.model import Element, Indicator, Standard, Unit
from tests.support.project import ROOT
from tests.support.standards import example

TRADE = "KPS1420-001v2"
SCHEMA = Namespace("https://schema.org/")
KPS = Namespace("https://w3id.org/kps-graph/ontology#")
CASE = ROOT / "tests" / "cases" / "courses" / "case-1.1.schema.json"
#: Of the vocabulary of schema.org: what we use, with the classes above it, domains and ranges.
VOCABULARY = ROOT / "tests" / "cases" / "courses" / "schema-org.tsv"
#: The columns that the importer of Moodle lists as required, in its order
#: (admin/tool/lpimportcsv/classes/framework_importer.php). It cuts numbers and short names at 100
#: characters and drops markup in them; a row below no other is not imported. The rules of Open edX
#: stand in openedx-learning, openedx_tagging: import_export/parsers.py and actions.py, and
#: RESERVED_TAG_CHARS and TAXONOMY_MAX_DEPTH of its models.
MOODLE = [
    "parent",
    "number",
    "short",
    "description",
    "format",
    "scale",
    "configuration",
    "rule",
    "outcome",
    "config",
    "related",
    "export",
    "framework",
    "taxonomy",
]


@pytest.fixture(scope="module")
def truth(examples):
    """By module: what it teaches, as the check of the course has it; and what stands before it."""
    path = examples / "course.xlsx"
    course = read_course(course_document(path.read_bytes(), path.name))
    check = check_course(course, example(examples / f"{TRADE}.md"), ["T1", "T2"])
    taught = {m.name: set() for m in course.modules}
    for covered in check.covered:
        for name in covered.modules:
            taught[name].add(covered.part.code)
    assert all(taught.values())
    return check, taught


@pytest.fixture
def written(kps, examples, tmp_path, example_store):
    def write(style, source=examples / "course.xlsx"):
        out = tmp_path / "out"
        done = kps(
            "course",
            "export",
            source,
            "--tasks",
            "T1,T2",
            "-f",
            style,
            "-o",
            out,
            "--store",
            example_store,
        )
        assert done.code == 0, done.err
        return out.read_bytes()

    return write


#: RESERVED_TAG_CHARS of Open edX.
RESERVED = ("\t", ";", " > ")


def imported(data):
    """What Moodle makes of the file: the framework, and its competencies by ID number."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {len(MOODLE)}
    found = [dict(zip(MOODLE, row, strict=True)) for row in rows[1:]]
    (framework,) = [row for row in found if row["framework"]]
    return framework, {row["number"]: row for row in found if not row["framework"]}


def test_moodle_imports_every_competency_below_its_parent(written, truth):
    framework, competencies = imported(written("moodle"))
    check, taught = truth
    assert (framework["number"], framework["short"]) == (TRADE, "貿易經理")
    assert json.loads(framework["configuration"])[0]["scaleid"]
    assert len(framework["taxonomy"].split(",")) == 4
    reached, level = {""}, {""}
    while level:
        level = {n for n, row in competencies.items() if row["parent"] in level}
        reached |= level
    assert reached - {""} == set(competencies)
    assert all(
        0 < len(row["number"]) <= 100 and 0 < len(row["short"]) <= 100
        for row in competencies.values()
    )
    for number, (name, codes) in enumerate(taught.items(), 1):
        row = competencies[f"M{number}"]
        assert name in row["short"]
        assert set(row["related"].split(",")) == codes <= set(competencies)
    assert {c.part.code for c in check.covered if c.chosen} <= set(competencies)


def test_a_text_that_moodle_would_cut_is_whole_in_the_description(written, truth):
    _, competencies = imported(written("moodle"))
    for covered in truth[0].covered:
        if covered.chosen:
            assert competencies[covered.part.code]["description"] == covered.part.text


@pytest.mark.parametrize("style", ["edx", "edx-json"])
def test_edx_takes_every_tag_once_with_a_name_of_its_own_behind_its_parent(written, truth, style):
    data = written(style).decode()
    tags = (
        json.loads(data)["tags"] if style == "edx-json" else list(csv.DictReader(io.StringIO(data)))
    )
    assert all(tag["id"] and tag["value"] for tag in tags)
    for field in ("id", "value"):
        assert len({tag[field].casefold() for tag in tags}) == len(tags)
    seen = set()
    for tag in tags:
        assert not tag.get("parent_id") or tag["parent_id"] in seen
        seen.add(tag["id"])
    check, taught = truth
    assert {c.part.code for c in check.covered if c.chosen} <= seen
    assert {t["value"].partition(". ")[2] for t in tags if t.get("parent_id") == "M"} == set(taught)


def test_a_case_package_is_valid_and_says_what_each_module_teaches(written, truth):
    package = json.loads(written("case"))
    schema = json.loads(CASE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(package)) == []
    items = {i["identifier"]: i for i in package["CFItems"]}
    joins = package["CFAssociations"]
    nodes = set(items) | {package["CFDocument"]["identifier"]}
    assert len({j["identifier"] for j in joins}) == len(joins)
    assert all(
        j[end]["identifier"] in nodes
        for j in joins
        for end in ("originNodeURI", "destinationNodeURI")
    )
    children = {
        j["originNodeURI"]["identifier"] for j in joins if j["associationType"] == "isChildOf"
    }
    assert children == set(items)
    related = {}
    for join in joins:
        one, other = (
            items.get(join[end]["identifier"]) for end in ("originNodeURI", "destinationNodeURI")
        )
        if join["associationType"] == "isRelatedTo" and one["CFItemType"] == "課程單元":
            related.setdefault(one["fullStatement"], set()).add(other["humanCodingScheme"])
    assert related == truth[1]


def test_the_schema_refuses_a_package_that_lacks_something(written):
    package = json.loads(written("case"))
    validator = Draft202012Validator(json.loads(CASE.read_text("utf-8")))
    for part, field in (("CFItems", "fullStatement"), ("CFAssociations", "originNodeURI")):
        broken = json.loads(json.dumps(package))
        del broken[part][0][field]
        assert not validator.is_valid(broken)


def test_schema_org_says_the_course_and_uses_only_its_terms(written, truth):
    graph = Graph().parse(data=written("schema.org"), format="json-ld")
    (course,) = set(graph.subjects(SCHEMA.hasPart))
    modules = set(graph.objects(course, SCHEMA.hasPart))
    assert set(graph.subjects(RDF.type, SCHEMA.Course)) == {course, *modules}
    taught = {
        str(graph.value(m, SCHEMA.name)): {
            str(graph.value(t, SCHEMA.termCode)) for t in graph.objects(m, SCHEMA.teaches)
        }
        for m in modules
    }
    assert taught == truth[1]
    assert {str(d) for d in graph.objects(None, SCHEMA.timeRequired)} >= {"PT6H"}


def vocabulary():
    """The classes (with those above them) and properties (domain, range) of schema.org that are kept."""
    rows = list(csv.reader(VOCABULARY.read_text("utf-8").splitlines(), delimiter="\t"))
    above = {name: {name, *supers.split()} for kind, name, supers, _ in rows if kind == "class"}
    properties = {
        name: (set(domain.split()), set(range_.split()))
        for kind, name, domain, range_ in rows
        if kind == "property"
    }
    return above, properties


def test_schema_org_is_used_as_its_vocabulary_says(written):
    above, properties = vocabulary()
    graph = Graph().parse(data=written("schema.org"), format="json-ld")

    def kinds(node):
        names = {str(k).removeprefix(str(SCHEMA)) for k in graph.objects(node, RDF.type)}
        return set().union(*(above[name] for name in names))

    checked = set()
    for node, name, value in graph:
        if name == RDF.type:
            continue
        domain, range_ = properties[str(name).removeprefix(str(SCHEMA))]
        assert kinds(node) & domain, (node, name)
        if isinstance(value, Literal):
            assert range_ & {"Text", "Duration", "Integer"}, (name, value)
        else:
            assert kinds(value) & range_, (name, value)
        checked.add(name)
    assert {SCHEMA.teaches, SCHEMA.coursePrerequisites, SCHEMA.inDefinedTermSet} <= checked


@pytest.mark.parametrize("style", ["edx", "edx-json"])
def test_edx_refuses_no_tag_of_a_standard_with_three_layers(style):
    deep = Unit("T1.1.1", "拆裝; 檢視 > 調整", indicators=(Indicator("P1.1.1.1", "甲;乙"),))
    standard = Standard(
        "ZZZ0000-001v1",
        "技術員",
        tasks=(Unit("T1", "維護", units=(Unit("T1.1", "保養", units=(deep,)),)),),
        knowledge=(Element("K1", "溫度 <5℃ 的影響"),),
    )
    span = Span("a.csv")
    course = Course(
        "a.csv",
        "保養; 入門",
        modules=(Module("單元 > 一", span, (Reference("T1", span), Reference("K1", span))),),
        columns=frozenset(("codes",)),
    )
    told = outline(check_course(course, standard), standard, "ZZZ0000-001v1", "https://e.example/")
    data = (edx_json(told) if style == "edx-json" else edx_csv(told)).decode()
    tags = (
        json.loads(data)["tags"] if style == "edx-json" else list(csv.DictReader(io.StringIO(data)))
    )
    parents = {tag["id"]: tag.get("parent_id") for tag in tags}
    for tag in tags:
        assert not any(mark in tag["value"] for mark in RESERVED), tag
        assert len(tag["value"]) <= 500
        depth, node = 1, tag["id"]
        while node := parents[node]:
            depth += 1
        assert depth <= 3, tag  # TAXONOMY_MAX_DEPTH
    assert parents["P1.1.1.1"] == parents["T1.1.1"] == "T1.1"
    _, competencies = imported(moodle(told))
    assert competencies["K1"]["short"] == "K1 溫度 ＜5℃ 的影響"
    assert competencies["K1"]["description"] == "溫度 <5℃ 的影響"


def test_turtle_is_the_course_as_the_store_has_it(written, truth):
    graph = Graph().parse(data=written("turtle"), format="turtle")
    assert len(set(graph.subjects(RDF.type, KPS.Module))) == len(truth[1])


def test_the_same_course_is_the_same_file_each_time(written):
    for style in ("moodle", "edx", "case", "schema.org", "turtle"):
        assert written(style) == written(style)


def test_a_text_that_looks_like_a_formula_is_none_in_a_spreadsheet(written, tmp_path):
    table = tmp_path / "c.yaml"
    table.write_text(
        f"title: 課\nstandard: {TRADE}\nmodules:\n"
        "  - {name: '=cmd|1', goal: '=HYPERLINK(1)', knowledge: K1}\n",
        encoding="utf-8",
    )
    for row in csv.reader(io.StringIO(written("moodle", table).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
