"""A standard stands in RDF as the decision on the model says, and comes back from it unchanged."""

import os
import subprocess
import sys
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph import rdf, resources, terms
from kps_graph.document import Span
from kps_graph.errors import ModelError
from kps_graph.extract import extract
from kps_graph.model import (
    Attitude,
    Element,
    Indicator,
    Item,
    Output,
    Standard,
    Unit,
    Version,
    place_of,
)
from kps_graph.rdf.places import place, span
from kps_graph.readers import read
from kps_graph.standards.names import kept_as
from kps_graph.store import memory
from tests.support import wild
from tests.support.generate import standards
from tests.support.graphs import from_graph, to_graph
from tests.support.project import ROOT

EXAMPLES = sorted(resources.folder("examples").glob("*-*v*.*"))
CASES = ROOT / "tests" / "cases" / "rdf"
FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
small = st.none() | st.integers(1, 999)
some = settings(
    max_examples=settings.default.max_examples * 3 // 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def standard_in(path):
    return extract(read(path.read_bytes(), path.name)).standard


TEAHOUSE = standard_in(CASES / "teahouse.yaml")


@pytest.fixture(params=[*EXAMPLES, CASES / "teahouse.yaml"], ids=lambda p: p.name)
def example(request) -> Standard:
    return standard_in(request.param)


def through_the_store(standard):
    """The standard after a trip through Oxigraph, which rewrites literals and language tags."""
    root = terms.standard_iri(kept_as(standard))
    store = memory()
    store.load(rdf.serialise(standard, "nquads", derived=True))
    rows = store.select(f"SELECT ?s ?p ?o {{ GRAPH <{root}> {{ ?s ?p ?o }} }}")
    assert {o.lang for *_, o in rows.terms} <= {None, "zh-hant"}, "it keeps tags in lower case"
    return rdf.read(
        ((s.value, p.value, rdf.Term(o.value, o.datatype)) for s, p, o in rows.terms), root
    )


def parsed(standard, format_name, **options):
    """What another RDF library reads from the standard in a format."""
    made = rdf.serialise(standard, format_name, **options)
    return set(ox.parse(made, format=FORMATS[format_name]))


def triples_of(standard, format_name):
    return {q.triple for q in parsed(standard, format_name)}


def objects(standard, subject, predicate, derived=True):
    """The local names (or texts) that a node of the standard points at."""
    root = terms.standard_iri(terms.identity_of(standard.code, ""))
    found = [*rdf.triples(standard), *(rdf.inferred(standard) if derived else ())]
    return [
        o.strip('<>"').removeprefix(root + "/")
        for s, p, o in found
        if (s, p) == (f"<{root}/{subject}>" if subject else f"<{root}>", f"<{predicate}>")
    ]


# -- there and back --------------------------------------------------------------------------


def test_an_example_comes_back_from_its_graph_with_its_places(example):
    found = from_graph(to_graph(example))
    assert found == example
    assert found.tasks[0].span == example.tasks[0].span
    assert [k.span for k in found.knowledge] == [k.span for k in example.knowledge]
    assert place_of(found, "level") == place_of(example, "level")
    assert [place_of(u, "level") for u in found.units()] == [
        place_of(u, "level") for u in example.units()
    ]
    assert [place_of(v, "date") for v in found.versions] == [
        place_of(v, "date") for v in example.versions
    ]


def test_widths_of_columns_come_back_and_are_none_where_the_document_has_none():
    wide = replace(TEAHOUSE, column_widths=(10.0, 20.5, 9.5, 30.0, 5.0, 15.0, 10.0))
    assert through_the_store(wide).column_widths == wide.column_widths
    assert from_graph(to_graph(wide)).column_widths == wide.column_widths
    assert objects(wide, "", terms.kps.columnWidths) == ["10.0 20.5 9.5 30.0 5.0 15.0 10.0"]
    assert from_graph(to_graph(TEAHOUSE)).column_widths == ()
    assert objects(TEAHOUSE, "", terms.kps.columnWidths) == []


@pytest.mark.parametrize("stated", ["", "ten", "0.0 100", "1e9 5", "-3 4", "nan 3"])
def test_widths_of_others_that_are_none_are_left_out(stated):
    graph = to_graph(TEAHOUSE)
    (root,) = graph.subjects(rdflib.RDF.type, rdflib.URIRef(terms.kps.Standard))
    graph.add((root, rdflib.URIRef(terms.kps.columnWidths), rdflib.Literal(stated)))
    assert from_graph(graph).column_widths == ()


def test_an_example_comes_back_from_among_what_is_derived(example):
    assert from_graph(to_graph(example, derived=True)) == example


def test_an_example_comes_back_from_the_store(example):
    assert through_the_store(example) == example


@given(standards())
@some
def test_a_standard_as_authors_write_it_comes_back_from_graph_and_store(standard):
    assert from_graph(to_graph(standard)) == standard
    assert through_the_store(standard) == standard


@given(wild.standards())
@some
def test_a_standard_of_any_texts_and_codes_comes_back_from_graph_and_store(standard):
    assert from_graph(to_graph(standard)) == standard
    assert through_the_store(standard) == standard


@pytest.mark.parametrize("format_name", ["turtle", "ntriples", "xml"])
def test_a_standard_comes_back_from_what_another_library_wrote(format_name):
    text = to_graph(TEAHOUSE).serialize(format="nt" if format_name == "ntriples" else format_name)
    graph = rdflib.Graph().parse(
        data=text, format="nt" if format_name == "ntriples" else format_name
    )
    assert from_graph(graph) == TEAHOUSE


def test_a_graph_of_several_standards_is_read_by_name():
    graph = to_graph(TEAHOUSE) + to_graph(TEAHOUSE, "other")
    assert from_graph(graph, terms.standard_iri("other")) == TEAHOUSE


def test_a_graph_without_the_standard_is_refused():
    with pytest.raises(ModelError, match="not described as a kps:Standard"):
        from_graph(to_graph(TEAHOUSE), "https://example.org/x")


# -- form ------------------------------------------------------------------------------------


def test_the_golden_graph_says_the_same_when_canonicalised():
    """RDFC-1.0, so that neither order nor spelling counts."""

    def canonical(data):
        dataset = ox.Dataset(ox.parse(data, format=ox.RdfFormat.TRIG))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return sorted(map(str, dataset))

    golden = canonical((CASES / "teahouse.trig").read_bytes())
    assert golden
    assert canonical(rdf.serialise(TEAHOUSE, "trig", derived=True)) == golden


@pytest.mark.parametrize("format_name", ["turtle", "jsonld", "rdfxml"])
@given(standard=wild.standards())
@some
def test_every_format_of_one_graph_says_the_same(format_name, standard):
    assert triples_of(standard, format_name) == triples_of(standard, "ntriples")


@given(wild.standards())
@some
def test_both_formats_with_graphs_say_the_same(standard):
    assert parsed(standard, "trig", derived=True) == parsed(standard, "nquads", derived=True)


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_example_has_no_blank_node_in_any_format(example, format_name):
    quads = parsed(example, format_name, derived=True)
    assert quads
    assert not [q for q in quads for term in q if isinstance(term, ox.BlankNode)]


def test_the_bytes_are_the_same_in_every_process():
    code = (
        "import hashlib, sys\nfrom pathlib import Path\nfrom kps_graph import rdf\n"
        "from kps_graph.extract import extract\nfrom kps_graph.readers import read\n"
        "for path in map(Path, sys.argv[1:]):\n"
        "    standard = extract(read(path.read_bytes(), path.name)).standard\n"
        f"    for name in {list(FORMATS)!r}:\n"
        "        data = rdf.serialise(standard, name, derived=True)\n"
        "        print(path.name, name, hashlib.sha256(data).hexdigest())\n"
    )
    paths = [str(p) for p in (EXAMPLES[0], CASES / "teahouse.yaml")]
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, *paths],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == len(paths) * len(FORMATS)


def test_turtle_reads_like_the_document():
    """Subjects in the order of the document, T2 before T10, and a change touches its own lines."""
    tasks = tuple(Unit(f"T{n}", f"任務{n}") for n in range(1, 12))
    before = rdf.serialise(Standard("ZZZ1234-001v2", "甲", tasks=tasks), "turtle").decode()
    subjects = [line.split()[0] for line in before.splitlines() if line.startswith("this:T")]
    assert subjects == [f"this:T{n}" for n in range(1, 12)]
    changed = (*tasks[:4], Unit("T5", "另一任務"), *tasks[5:])
    after = rdf.serialise(Standard("ZZZ1234-001v2", "甲", tasks=changed), "turtle").decode()
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    assert [(a.strip(), b.strip()) for a, b in lines if a != b] == [
        ('skos:prefLabel "任務5"@zh-Hant ;', 'skos:prefLabel "另一任務"@zh-Hant ;')
    ]


def test_data_live_under_the_base_that_is_asked_for():
    base = "https://example.org/data/id/"
    quads = parsed(TEAHOUSE, "nquads", base=base, derived=True)
    ours = {q.subject.value for q in quads} | {q.graph_name.value for q in quads}
    assert all(iri.startswith("https://example.org/data/") for iri in ours)
    assert from_graph(to_graph(TEAHOUSE, base=base)) == TEAHOUSE


def test_every_term_is_of_a_known_vocabulary(example):
    known = {
        vocabulary[name]
        for vocabulary in (terms.kps, terms.rdf, terms.rdfs, terms.skos, terms.dcterms, terms.prov)
        for name in vocabulary
    }
    for quad in parsed(example, "nquads", derived=True):
        assert quad.predicate.value in known
        if quad.predicate.value == terms.rdf.type:
            assert quad.object.value.removeprefix(str(terms.kps)) in set(terms.kps)


def test_every_text_of_the_document_is_tagged_and_no_code_is():
    tagged = {
        q.predicate.value
        for q in parsed(TEAHOUSE, "nquads")
        if isinstance(q.object, ox.Literal) and q.object.language
    }
    assert tagged == {
        terms.skos.prefLabel,
        terms.skos.definition,
        terms.dcterms.description,
        terms.kps.updateNote,
    }


def test_a_level_is_a_number_only_where_the_document_has_one():
    levels = {
        str(q.object) for q in parsed(TEAHOUSE, "nquads") if q.predicate.value == terms.kps.level
    }
    integer = f"^^<{terms.xsd.integer}>"
    assert levels == {f'"4"{integer}', f'"3"{integer}', f'"34"{integer}', '"三"'}


# -- names -----------------------------------------------------------------------------------

NODES = {
    "": terms.kps.Standard,
    "T1": terms.kps.Task,
    "T1.1": terms.kps.Activity,
    "T1.1.1": terms.kps.Activity,
    "units/2": terms.kps.Task,
    "O1.1.1": terms.kps.Output,
    "T1.1.1/outputs/2": terms.kps.Output,
    "P1.1.1": terms.kps.Indicator,
    "P1.1.1~2": terms.kps.Indicator,
    "T1.1.1/indicators/3": terms.kps.Indicator,
    "K1": terms.kps.Knowledge,
    "K1~2": terms.kps.Knowledge,
    "K1/items/1": terms.kps.CompetencyItem,
    "S01": terms.kps.Skill,
    "skills/2": terms.kps.Skill,
    "A01": terms.kps.Attitude,
    "attitudes/2": terms.kps.Attitude,
    "notes/1": terms.kps.Note,
    "notes/1/items/1": terms.kps.Note,
    "versions/1": terms.kps.VersionEntry,
    "versions/2": terms.kps.VersionEntry,
    "classification/category/1": terms.kps.ClassificationEntry,
    "classification/occupation/1": terms.kps.ClassificationEntry,
    "classification/industry/1": terms.kps.ClassificationEntry,
}


@pytest.mark.parametrize(("name", "kind"), NODES.items())
def test_every_kind_of_node_has_its_stable_iri(name, kind):
    assert objects(TEAHOUSE, name, terms.rdf.type) == [kind]


def test_both_nodes_of_one_code_have_that_notation():
    for node in ("K1", "K1~2"):
        assert objects(TEAHOUSE, node, terms.skos.notation) == ["K1"]


def test_a_reference_goes_to_the_element_that_it_means():
    assert objects(TEAHOUSE, "P1.1.1", terms.kps.requiresKnowledge) == ["K1~2"]


def test_an_undefined_reference_points_at_a_node_that_has_only_its_notation():
    node = "undefined/S99"
    assert node in objects(TEAHOUSE, "T1.1.1/indicators/3", terms.kps.requiresSkill)
    about = [(p, o) for s, p, o in rdf.triples(TEAHOUSE) if s.endswith(f"/{node}>")]
    assert about == [(f"<{terms.skos.notation}>", '"S99"')]


def test_the_same_code_in_two_roles_names_two_nodes():
    standard = Standard(
        "ZZZ1234-001v2", "甲", tasks=(Unit("K1", "乙"),), knowledge=(Element("K1", "丙"),)
    )
    assert objects(standard, "K1", terms.skos.prefLabel, False) == ['乙"@zh-Hant']
    assert objects(standard, "K1~2", terms.skos.prefLabel, False) == ['丙"@zh-Hant']


def test_a_code_that_looks_like_a_second_one_keeps_its_name():
    knowledge = tuple(
        Element(code, text) for code, text in [("K1", "甲"), ("K1", "乙"), ("K1~2", "丙")]
    )
    standard = Standard("ZZZ1234-001v2", "甲", knowledge=knowledge)
    assert objects(standard, "", terms.kps.hasKnowledge, False) == ["K1", "K1~3", "K1~2"]
    assert from_graph(to_graph(standard)) == standard


def test_a_code_cannot_reach_out_of_its_place():
    standard = Standard("a/../bv2", "甲", tasks=(Unit("../T 1>", "乙"),))
    graph = to_graph(standard)
    assert str(graph.identifier) == terms.DEFAULT_BASE + "a%2F..%2Fbv2"
    assert objects(standard, "", terms.kps.hasTask, False) == ["..%2FT%201%3E"]
    assert from_graph(graph) == standard


def test_the_first_version_is_kept_apart_from_its_series():
    standard = Standard(
        "ZZZ1234-001",
        "甲",
        versions=(Version("V1", "ZZZ1234-001", "甲", "歷史版本", "", "", "ZZZ1234-001v2"),),
    )
    graph = to_graph(standard)
    first, series = (
        rdflib.URIRef(terms.DEFAULT_BASE + n) for n in ("ZZZ1234-001v1", "ZZZ1234-001")
    )
    assert graph.value(first, rdflib.URIRef(terms.dcterms.isVersionOf)) == series
    assert str(graph.value(first, rdflib.SKOS.notation)) == "ZZZ1234-001"
    assert graph.value(first, rdflib.URIRef(terms.dcterms.isReplacedBy)) == rdflib.URIRef(
        terms.DEFAULT_BASE + "ZZZ1234-001v2"
    )


def test_a_standard_without_a_code_is_named_after_its_source_and_gets_no_code():
    iri = str(to_graph(Standard(None, "甲")).identifier)
    assert iri.startswith(terms.DEFAULT_BASE + "draft-")
    assert not [t for t in rdf.triples(Standard(None, "甲")) if terms.skos.notation in t[1]]


def test_a_standard_kept_apart_speaks_of_itself_in_its_version_row():
    standard = Standard(
        "ZZZ1234-001v2", "甲", versions=(Version("V2", "ZZZ1234-001v2", "甲", "最新版本", "", ""),)
    )
    graph = to_graph(standard, "ZZZ1234-001v2~2")
    entry = rdflib.URIRef(terms.standard_iri("ZZZ1234-001v2~2") + "/versions/1")
    assert graph.value(entry, rdflib.URIRef(terms.kps.ofVersion)) == graph.identifier


# -- what is derived -------------------------------------------------------------------------


def attached(where):
    """One task, activity and indicator; level 4, K1 and S1 stand on one of them."""
    own = {"level": 4, "knowledge": ("K1",), "skills": ("S1",)}
    on = {place: own if place == where else {} for place in ("task", "activity", "indicator")}
    indicator = Indicator("P1.1.1", "丁", **on["indicator"])
    activity = Unit(
        "T1.1", "丙", outputs=(Output("O1.1.1", "己"),), indicators=(indicator,), **on["activity"]
    )
    return Standard(
        "ZZZ1234-001v2",
        "甲",
        tasks=(Unit("T1", "乙", units=(activity,), **on["task"]),),
        knowledge=(Element("K1", "知"),),
        skills=(Element("S1", "技"),),
    )


@pytest.mark.parametrize(
    ("where", "have"),
    [
        ("task", ["T1", "T1.1", "P1.1.1"]),
        ("activity", ["T1.1", "P1.1.1"]),
        ("indicator", ["P1.1.1"]),
    ],
)
def test_what_stands_on_a_unit_holds_for_all_below_it_and_nothing_above(where, have):
    standard = attached(where)
    for node in ("T1", "T1.1", "P1.1.1", "O1.1.1"):
        expected = (["K1"], ["S1"], [terms.level_iri(4)]) if node in have else ([], [], [])
        assert (
            tuple(
                objects(standard, node, p)
                for p in (terms.kps.needsKnowledge, terms.kps.needsSkill, terms.kps.atLevel)
            )
            == expected
        )


def test_what_is_attached_stays_where_it_is_attached():
    for where, node in (("task", "T1"), ("activity", "T1.1"), ("indicator", "P1.1.1")):
        standard = attached(where)
        holders = [
            n for n in ("T1", "T1.1", "P1.1.1") if objects(standard, n, terms.kps.requiresKnowledge)
        ]
        assert holders == [node]


def test_the_nearest_level_counts_and_all_knowledge_does():
    inner = Unit("T1.1", "丙", 3, ("K2",))
    outer = Unit("T1", "乙", 5, ("K1",), units=(inner,))
    standard = Standard(
        "ZZZ1234-001v2", "甲", tasks=(outer,), knowledge=(Element("K1", "一"), Element("K2", "二"))
    )
    assert objects(standard, "T1.1", terms.kps.atLevel) == [terms.level_iri(3)]
    assert objects(standard, "T1.1", terms.kps.needsKnowledge) == ["K1", "K2"]


@pytest.mark.parametrize("level", [0, 7, 34, "三", None])
def test_what_is_no_level_from_1_to_6_points_at_no_level(level):
    standard = Standard("ZZZ1234-001v2", "甲", level=level, tasks=(Unit("T1", "乙", level),))
    assert objects(standard, "", terms.kps.atLevel) == []
    assert objects(standard, "T1", terms.kps.atLevel) == []


def test_the_standard_has_the_level_that_it_states():
    assert objects(TEAHOUSE, "", terms.kps.atLevel) == [terms.level_iri(4)]


def expresses(standard):
    root = terms.standard_iri(terms.identity_of(standard.code, "")) + "/"
    return {
        s.strip("<>").removeprefix(root): o
        for s, p, o in rdf.inferred(standard)
        if p == f"<{terms.kps.expresses}>"
    }


def test_texts_that_differ_only_in_width_variants_and_spacing_meet_in_one_competency():
    one = Standard("A", "甲", knowledge=(Element("K1", "臺灣 ＡＢＣ 記錄"),))
    two = Standard("B", "乙", knowledge=(Element("K9", "台灣abc紀錄。"),))
    assert expresses(one)["K1"] == expresses(two)["K9"]


def test_an_item_meets_an_element_of_its_text_and_kind():
    one = Standard("A", "甲", knowledge=(Element("K1", "法規", (Item("個人資料保護法"),)),))
    two = Standard(
        "B",
        "乙",
        knowledge=(Element("K1", "個人資料保護法"),),
        skills=(Element("S1", "個人資料保護法"),),
    )
    assert expresses(one)["K1/items/1"] == expresses(two)["K1"]
    assert expresses(one)["K1/items/1"] != expresses(two)["S1"]


def test_one_code_or_one_heading_does_not_make_two_lists_one_competency():
    one = Standard("A", "甲", knowledge=(Element("K1", "法規", (Item("民法"),)),))
    two = Standard("B", "乙", knowledge=(Element("K1", "法規", (Item("公司法"),)),))
    assert expresses(one)["K1"] != expresses(two)["K1"]


def test_a_standard_uses_what_its_elements_items_and_attitudes_express():
    used = {o for _, p, o in rdf.inferred(TEAHOUSE) if p == f"<{terms.kps.uses}>"}
    assert used == set(expresses(TEAHOUSE).values())
    assert len(used) == 8


def test_a_text_without_letters_meets_only_its_own_kind():
    marks = Standard("A", "甲", attitudes=(Attitude(None, "——"), Attitude(None, "……")))
    assert len(set(expresses(marks).values())) == 2


@given(
    st.builds(
        Span, source=st.just("a.docx"), page=small, table=small, row=small, column=small, line=small
    )
    | st.builds(Span, source=st.just("a.json"), pointer=st.just("/a/0"))
)
def test_a_place_is_read_as_it_was_written(where):
    assert span(place(where), where.source) == where
