"""The engine: the same results as pySHACL, and no conformance by silence."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from rdflib import Graph

from kps_graph import shacl
from kps_graph.errors import BadShapes, ValidationAborted
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.store import memory
from kps_graph.terms import DEFAULT_BASE
from tests.support.project import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TODAY = datetime.date(2026, 11, 24)
HEAD = """
@prefix : <https://example.org/shapes#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/kps-graph/id/> .
@prefix kps: <https://w3id.org/kps-graph/ontology#> .
@prefix level: <https://w3id.org/kps-graph/scheme/level/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WRONG = 'sh:severity sh:Warning ; sh:message "有誤"@zh-Hant , "wrong"@en .'


def read(turtle):
    """The shapes that somebody wrote."""
    return shacl.read_shapes(Graph().parse(data=HEAD + turtle, format="turtle"), TODAY)


def of(target, path, demand):
    """A property shape of somebody's."""
    return f":X a sh:PropertyShape ; sh:targetClass {target} ; sh:path {path} ; {demand} ; {WRONG}"


def asking(select, kind="Property"):
    """A shape of standards with a query."""
    path = "sh:path skos:notation ;" if kind == "Property" else ""
    return f"""
:prefixes sh:declare
    [ sh:prefix "kps" ; sh:namespace "https://w3id.org/kps-graph/ontology#"^^xsd:anyURI ] ,
    [ sh:prefix "skos" ; sh:namespace "http://www.w3.org/2004/02/skos/core#"^^xsd:anyURI ] .
:X a sh:{kind}Shape ; sh:targetClass kps:Standard ; {path}
    sh:sparql [ sh:prefixes :prefixes ; sh:select '''{select}''' ] ; {WRONG}"""


def merged(store):
    """All graphs of a store as one, for pySHACL."""
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return Graph().parse(data=triples, format="nt")


def facts(results):
    """What must be the same: focus, path, rule, value, severity, messages, component."""
    return {
        (
            f.focus,
            f.path,
            f.rule,
            r.value,
            f.value,
            str(f.severity),
            r.component,
            tuple(sorted(f.messages.items())),
        )
        for r in results
        for f in [r.finding]
    }


@pytest.fixture(scope="module")
def shapes():
    return shacl.load_shapes(today=TODAY)


@pytest.fixture(scope="module")
def loaded(examples):
    return load(find([examples]), ontology=True)


@pytest.fixture(scope="module")
def graph(loaded):
    return merged(loaded.store)


# -- the shapes of kps-graph


@pytest.mark.oracle
def test_the_examples_give_the_results_that_pyshacl_gives(shapes, loaded, graph):
    found = facts(shacl.check_store(shapes, loaded.store.select))
    assert found
    assert found == facts(shacl.check(shapes, graph))


@pytest.mark.oracle
def test_a_sample_of_the_corpus_gives_the_results_that_pyshacl_gives(shapes, corpus_dir):
    files = find([corpus_dir])
    store = load(files[:: max(1, len(files) // 6)], ontology=True).store
    found = facts(shacl.check_store(shapes, store.select))
    assert found
    assert found == facts(shacl.check(shapes, merged(store)))


def test_every_shape_is_compiled(shapes):
    assert not shacl.not_compiled(shapes)


def test_the_python_of_the_page_on_the_engine_runs():
    page = (ROOT / "docs" / "engine.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.S)
    exec(compile(block, "engine.md", "exec"), {})


def test_each_finding_comes_once(shapes, loaded):
    found = shacl.validate_store(shapes, loaded.store.select)
    assert len(found) == len({(f.focus, f.path, f.rule, f.value, f.message("en")) for f in found})


def test_the_order_of_results_is_the_same_on_every_run(shapes, loaded):
    first, second = (shacl.check_store(shapes, loaded.store.select) for _ in range(2))
    assert first == second


# -- some standards only


def test_checking_some_standards_gives_their_part_of_the_whole(shapes, loaded):
    whole = facts(shacl.check_store(shapes, loaded.store.select))
    for source in loaded.sources:
        if source.outcome == "loaded":
            iri = DEFAULT_BASE + source.identity
            part = facts(shacl.check_store(shapes, loaded.store.select, [iri]))
            assert part == {f for f in whole if f[0] == iri or f[0].startswith(f"{iri}/")}


def test_no_standard_at_all_gives_nothing(shapes, loaded):
    assert shacl.check_store(shapes, loaded.store.select, []) == []


def test_a_shape_left_to_pyshacl_keeps_to_the_chosen_standards_too(loaded):
    iri = DEFAULT_BASE + "KPS1420-001v2"
    mine = read(of("kps:Task", "skos:notation", "sh:disjoint skos:notation"))
    assert shacl.not_compiled(mine)
    found = {r.finding.focus for r in shacl.check_store(mine, loaded.store.select, [iri])}
    assert found == {f"{iri}/T{n}" for n in range(1, 6)}


def stored(**graphs):
    """A store with one named graph for each standard."""
    store = memory()
    for name, turtle in graphs.items():
        lines = Graph().parse(data=HEAD + turtle, format="turtle").serialize(format="nt")
        iri = DEFAULT_BASE + name
        store.load(
            "".join(
                f"{line.strip()[:-1]}<{iri}> .\n" for line in lines.split("\n") if line.strip()
            ).encode()
        )
    return store


def rules_at(store, shapes, *standards):
    chosen = [DEFAULT_BASE + name for name in standards]
    return {
        (r.finding.focus.removeprefix(DEFAULT_BASE), r.shape.partition("#")[2])
        for r in shacl.check_store(shapes, store.select, chosen)
    }


def test_a_code_shared_with_a_standard_that_is_not_checked_is_found(shapes):
    same = 'a kps:Standard ; skos:notation "ZZZ1111-001v1" ; skos:prefLabel "{}"@zh-Hant .'
    store = stored(one=f"id:one {same.format('甲')}", two=f"id:two {same.format('乙')}")
    found = rules_at(store, shapes, "one")
    assert ("one", "R21-code-unique") in found
    assert {focus for focus, _ in found} == {"one"}


def test_the_versions_of_a_series_are_looked_at_together(shapes):
    version = (
        'id:{0} a kps:Standard ; skos:notation "{0}" ; kps:status "最新版本" ; '
        "dcterms:isVersionOf id:ZZZ1111-001 ."
    )
    store = stored(**{name: version.format(name) for name in ("ZZZ1111-001v1", "ZZZ1111-001v2")})
    assert ("ZZZ1111-001v2", "R19-latest-in-series") in rules_at(store, shapes, "ZZZ1111-001v2")


def test_a_replacement_is_found_among_standards_that_are_not_checked(shapes):
    row = """<https://w3id.org/kps-graph/id/{0}/versions/1> a kps:VersionEntry ;
        kps:ofVersion id:{0} ; kps:replacedByCode "{1}" ; dcterms:isReplacedBy id:{1} .
        id:{0} a kps:Standard ; dcterms:isReplacedBy id:{1} ."""
    store = stored(one=row.format("one", "two"), two=row.format("two", "one"))
    at = "one/versions/1"
    assert (at, "R19-replacement-acyclic") in rules_at(store, shapes, "one")
    assert (at, "R19-replacement-known") not in rules_at(store, shapes, "one")
    alone = stored(one=row.format("one", "two"))
    assert (at, "R19-replacement-known") in rules_at(alone, shapes, "one")
    assert (at, "R19-replacement-acyclic") not in rules_at(alone, shapes, "one")


# -- the shapes of others: as pySHACL, whether compiled or not

COMPILED = {
    "a class with subclasses": of("kps:WorkUnit", "kps:hasOutput", "sh:minCount 1"),
    "at least three": of("kps:Task", "kps:hasActivity", "sh:minCount 3"),
    "at most two": of("kps:Task", "kps:hasActivity", "sh:maxCount 2"),
    "a language": of("kps:Standard", "skos:prefLabel", 'sh:languageIn ( "en" "ja" )'),
    "the language of an IRI": of("kps:Standard", "kps:hasTask", 'sh:languageIn ( "zh" )'),
    "the language of a plain string": of("kps:Standard", "skos:notation", 'sh:languageIn ("zh")'),
    "a datatype": of("kps:Standard", "kps:baseLevel", "sh:datatype xsd:string"),
    "tagged strings": of("kps:Standard", "skos:notation", "sh:datatype rdf:langString"),
    "the datatype of an IRI": of("kps:Standard", "kps:hasTask", "sh:datatype xsd:date"),
    "a kind of node": of("kps:Standard", "kps:hasTask", "sh:nodeKind sh:Literal"),
    "a greatest number": of("kps:Task", "kps:position", "sh:maxInclusive 2"),
    "numbers of two types": of("kps:Task", "kps:position", "sh:minExclusive 1.0"),
    "a string for a number": of("kps:Task", "skos:notation", "sh:minInclusive 2"),
    "an IRI for a number": of("kps:Task", "kps:hasActivity", "sh:minExclusive 2"),
    "an earliest date": of(
        "kps:VersionEntry", "dcterms:issued", 'sh:minInclusive "2026-01-01"^^xsd:date'
    ),
    "a date and a time": of(
        "kps:VersionEntry", "dcterms:issued", 'sh:minInclusive "2026-01-01T00:00:00"^^xsd:dateTime'
    ),
    "less than another": of("kps:Standard", "kps:baseLevel", "sh:lessThan kps:baseLevel"),
    "a length": of("kps:Knowledge", "skos:prefLabel", "sh:maxLength 6"),
    "a pattern with flags": of("kps:Standard", "skos:notation", 'sh:pattern "^zzz" ; sh:flags "i"'),
    "a pattern of IRIs": of("kps:Task", "kps:hasActivity", 'sh:pattern "T1[.]1$"'),
    "a value": of("kps:Standard", "kps:nameKind", 'sh:hasValue "職類"'),
    "a value with a tag in small letters": of(
        "kps:Attitude", "skos:prefLabel", 'sh:hasValue "主動積極"@zh-hant'
    ),
    "one of some IRIs": of("kps:Standard", "kps:atLevel", "sh:in ( level:5 )"),
    "one of some texts": of("kps:Attitude", "skos:prefLabel", 'sh:in ( "主動積極"@zh-Hant )'),
    "a class of values": of(
        "kps:Knowledge", "[ sh:inversePath kps:requiresKnowledge ]", "sh:class kps:Activity"
    ),
    "two classes of values": of("kps:Task", "kps:hasActivity", "sh:class kps:Task , kps:WorkUnit"),
    "the class of a literal": of("kps:Task", "skos:notation", "sh:class kps:Task"),
    "not": of("kps:Knowledge", "skos:prefLabel", 'sh:not [ sh:pattern "法" ]'),
    "or": of("kps:Knowledge", "skos:prefLabel", 'sh:or ( [ sh:pattern "法" ] [ sh:maxLength 5 ] )'),
    "and": of(
        "kps:Knowledge", "skos:prefLabel", 'sh:and ( [ sh:pattern "法" ] [ sh:maxLength 5 ] )'
    ),
    "exactly one": of(
        "kps:Knowledge", "skos:prefLabel", 'sh:xone ( [ sh:pattern "法" ] [ sh:maxLength 5 ] )'
    ),
    "another shape": of("kps:Knowledge", "skos:prefLabel", 'sh:node [ sh:pattern "法" ]'),
    "a sequence": of("kps:Standard", "( kps:hasTask kps:hasActivity )", "sh:maxCount 4"),
    "any depth": of(
        "kps:Standard", "( kps:hasTask [ sh:zeroOrMorePath kps:hasActivity ] )", "sh:maxCount 6"
    ),
    "below": of(
        "kps:Standard",
        "( kps:hasTask [ sh:oneOrMorePath kps:hasActivity ] skos:notation )",
        'sh:pattern "1$"',
    ),
    "perhaps": of(
        "kps:Task", "( [ sh:zeroOrOnePath kps:hasActivity ] skos:prefLabel )", "sh:maxLength 6"
    ),
    "either": of(
        "kps:Task", "[ sh:alternativePath ( kps:hasActivity kps:hasOutput ) ]", "sh:maxCount 3"
    ),
    "upwards": of("kps:Knowledge", "[ sh:inversePath kps:requiresKnowledge ]", "sh:maxCount 1"),
    "a node and a kind": f":X a sh:NodeShape ; sh:targetClass kps:Task ; "
    f"sh:nodeKind sh:Literal ; {WRONG}",
    "a node and a value": f":X a sh:NodeShape ; sh:targetClass kps:Standard ; "
    f"sh:hasValue id:KPS1420-001v2 ; {WRONG}",
    "a node and a list": f":X a sh:NodeShape ; sh:targetClass kps:Standard ; "
    f"sh:in ( id:KPS1420-001v2 ) ; {WRONG}",
    "a node and a class": f":X a sh:NodeShape ; sh:targetClass kps:Task ; "
    f"sh:class kps:Activity ; {WRONG}",
    "properties of a node, with the rule of the node": ':X a sh:NodeShape ; dcterms:identifier "ORG7" ; sh:targetClass kps:Activity ; '
    f"sh:property [ sh:path kps:hasOutput ; sh:minCount 1 ; {WRONG[:-1]} ] ; "
    f"sh:property [ sh:path kps:hasIndicator ; sh:maxCount 2 ; {WRONG[:-1]} ] .",
    "a property that is switched off": ":X a sh:NodeShape ; sh:targetClass kps:Activity ; sh:property :Y , :Z . "
    f":Y sh:path kps:hasOutput ; sh:minCount 1 ; sh:deactivated true ; {WRONG} "
    f":Z sh:path kps:hasOutput ; sh:maxCount 0 ; {WRONG}",
    "a class that is a shape": "kps:Task a rdfs:Class , sh:NodeShape ; "
    f"sh:property [ sh:path kps:hasOutput ; sh:minCount 1 ; {WRONG[:-1]} ] .",
    "the subjects of a property": ":X a sh:PropertyShape ; sh:targetSubjectsOf kps:level ; sh:path kps:hasOutput ; "
    f"sh:minCount 1 ; {WRONG}",
    "the values of a property": ":X a sh:PropertyShape ; sh:targetObjectsOf kps:hasOutput ; sh:path kps:hasOutput ; "
    f"sh:minCount 1 ; {WRONG}",
    "values that are literals": f":X a sh:NodeShape ; sh:targetObjectsOf kps:level ; sh:in ( 1 2 3 ) ; {WRONG}",
    "one node": ":X a sh:PropertyShape ; sh:targetNode id:KPS1420-001v2 ; sh:path kps:hasTask ; "
    f"sh:maxCount 2 ; {WRONG}",
    "no message": ":X a sh:PropertyShape ; sh:targetClass kps:Task ; sh:path kps:hasOutput ; "
    "sh:minCount 1 .",
    "a message without a language": ":X a sh:PropertyShape ; sh:targetClass kps:Task ; sh:path kps:hasOutput ; "
    'sh:minCount 1 ; sh:message "wrong" .',
    "a query about a node": asking(
        "SELECT $this { $this kps:hasTask/kps:requiresKnowledge ?k }", "Node"
    ),
    "a query for values": asking(
        "SELECT $this ?value { $this kps:hasTask ?value . ?value kps:requiresSkill ?s }"
    ),
    "a query for a path": asking(
        "SELECT $this (kps:hasTask AS ?path) ?value { $this kps:hasTask ?value }", "Node"
    ),
    "a query for what is not there": asking(
        "SELECT $this ?value { $this kps:hasKnowledge ?value FILTER NOT EXISTS "
        "{ $this kps:hasTask/kps:hasActivity*/kps:requiresKnowledge ?value } }"
    ),
    "a query that counts in a subquery": asking(
        "SELECT $this ?value { { SELECT $this (COUNT(?t) AS ?value) { $this kps:hasTask ?t }"
        " GROUP BY $this } FILTER (?value > 3) }"
    ),
    "a query with a comment": asking(
        "SELECT $this ?value { # $this LIMIT 1\n $this kps:hasTask ?value }"
    ),
    "a query with a text that looks like one": asking(
        'SELECT $this ?value { $this kps:hasTask ?t BIND ("{ $this }" AS ?value) }'
    ),
    "a query for the absence of a property": asking(
        "SELECT $this ?value { OPTIONAL { $this kps:rawCode ?value } FILTER (!BOUND(?value)) }"
    ),
}

COMPONENT = """
:longest-component a sh:ConstraintComponent ; sh:parameter [ sh:path :longest ] ;
    sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER (STRLEN(STR($value)) <= $longest) }" ] .
"""
LEFT = {
    "sh:closed": f":X a sh:NodeShape ; sh:targetClass kps:Output ; sh:closed true ; "
    f"sh:ignoredProperties ( rdf:type kps:position kps:place ) ; {WRONG}",
    "sh:equals": of("kps:Knowledge", "skos:notation", "sh:equals kps:rawCode"),
    "sh:disjoint": of("kps:Task", "skos:notation", "sh:disjoint skos:notation"),
    "sh:qualifiedMinCount": of(
        "kps:Standard",
        "kps:hasAttitude",
        "sh:qualifiedValueShape [ sh:path skos:definition ; sh:minCount 1 ] ; "
        "sh:qualifiedMinCount 6",
    ),
    "sh:property": of(
        "kps:Task",
        "kps:hasActivity",
        "sh:node [ sh:property [ sh:path kps:hasOutput ; sh:minCount 1 ] ]",
    ),
    "sh:minCount": f":X a sh:NodeShape ; sh:targetClass kps:Activity ; sh:or ( "
    "[ sh:path kps:hasOutput ; sh:minCount 1 ] "
    f"[ sh:path kps:requiresKnowledge ; sh:minCount 1 ] ) ; {WRONG}",
    "a sh:pattern that engines read differently": of(
        "kps:Knowledge", "skos:notation", 'sh:pattern "^K(?!1)"'
    ),
    "shapes that refer to each other in a circle": ":A a sh:NodeShape ; sh:not :A . "
    + of("kps:Task", "kps:hasActivity", "sh:node :A"),
    "<https://example.org/shapes#longest>": COMPONENT
    + of("kps:Knowledge", "skos:prefLabel", ":longest 6"),
    "<https://example.org/shapes#longest> in another shape": COMPONENT
    + of("kps:Knowledge", "skos:prefLabel", "sh:node [ :longest 6 ]"),
    "UNION": asking(
        "SELECT $this ?value { { $this kps:hasTask ?value } UNION "
        "{ $this kps:hasAttitude ?value } }"
    ),
    "SELECT *": asking("SELECT * { $this kps:hasTask ?value }"),
    "an aggregate that is not grouped by $this": asking(
        "SELECT $this (COUNT(?t) AS ?value) { $this kps:hasTask ?t }"
    ),
    "$this in an expression of a nested group": asking(
        "SELECT $this ?value { $this kps:hasTask ?t { BIND (STR($this) AS ?value) } }"
    ),
}


@pytest.mark.oracle
@pytest.mark.parametrize("turtle", COMPILED.values(), ids=COMPILED)
def test_a_shape_that_is_compiled_gives_the_results_that_pyshacl_gives(turtle, loaded, graph):
    mine = read(turtle)
    assert not shacl.not_compiled(mine)
    found = facts(shacl.check_store(mine, loaded.store.select))
    assert found
    assert found == facts(shacl.check(mine, graph))


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")  # pySHACL warns of circles
@pytest.mark.parametrize("construct", LEFT)
def test_a_shape_that_is_not_compiled_goes_to_pyshacl_and_gives_its_results(
    construct, loaded, graph
):
    mine = read(LEFT[construct])
    assert set(shacl.not_compiled(mine).values()) == {construct.partition(" in another")[0]}
    found = facts(shacl.check_store(mine, loaded.store.select))
    assert found
    assert found == facts(shacl.check(mine, graph))


@pytest.mark.oracle
def test_only_the_shape_that_is_not_compiled_goes_to_pyshacl(loaded, graph):
    mine = read(LEFT["sh:disjoint"] + COMPILED["at most two"].replace(":X", ":Y"))
    assert list(shacl.not_compiled(mine)) == ["https://example.org/shapes#X"]
    assert facts(shacl.check_store(mine, loaded.store.select)) == facts(shacl.check(mine, graph))


def test_a_shape_without_a_message_gets_one_in_both_languages(loaded):
    (finding, *_) = shacl.validate_store(read(COMPILED["no message"]), loaded.store.select)
    assert set(finding.messages) == {"zh-Hant", "en"}
    assert all("X" in text for text in finding.messages.values())


def test_a_message_is_filled_in_with_columns_and_unknown_ones_stay(loaded):
    mine = read(
        asking("SELECT $this ?value ?name { $this $PATH ?value ; skos:prefLabel ?name }")
        .replace("sh:select", 'sh:message "{$value} {?name} {?none}"@en ; sh:select')
        .replace(' sh:message "有誤"@zh-Hant , "wrong"@en ', " sh:order 1 ")
    )
    found = shacl.validate_store(mine, loaded.store.select, [DEFAULT_BASE + "KPS1420-001v2"])
    assert [f.messages["en"] for f in found] == ["KPS1420-001v2 貿易經理 {?none}"]


# -- silence is not conformance

SILENT = {
    "nothing": "",
    "no target": ":X a sh:NodeShape ; sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] .",
    "a misspelled class": of("kps:Standrad", "skos:prefLabel", "sh:minCount 1"),
    "a misspelled path": of("kps:Standard", "kps:hasTsk", "sh:maxCount 1"),
    "a misspelled path of a property": ":X a sh:NodeShape ; sh:targetClass kps:Standard ; "
    "sh:property [ sh:path ( kps:hasTask kps:hasActivty ) ; sh:maxCount 9 ] .",
    "a misspelled constraint": of("kps:Standard", "kps:hasTask", "sh:disjoint kps:hasTsk"),
    "a misspelled term in a query": asking("SELECT $this ?value { $this kps:hasTsk ?value }"),
    "a misspelled IRI in a query": asking(
        "SELECT $this ?value { $this <https://w3id.org/kps-graph/ontology#tsk> ?value }"
    ),
    "a shape that is switched off": of(
        "kps:Standard", "kps:hasTask", "sh:minCount 9 ; sh:deactivated true"
    ),
}
IDLE = {
    "a class that is not ours": of("skos:Concpt", "skos:prefLabel", "sh:minCount 1"),
    "a property that is not ours": f":X a sh:PropertyShape ; sh:targetSubjectsOf skos:notaton ; sh:path skos:prefLabel ; "
    f"sh:minCount 1 ; {WRONG}",
    "a node that is not there": ":X a sh:PropertyShape ; sh:targetNode id:KPS1420-001v9 ; sh:path kps:hasTask ; "
    f"sh:maxCount 1 ; {WRONG}",
    "one of two": of("skos:Concpt", "skos:prefLabel", "sh:minCount 1")
    + of("kps:Task", "skos:prefLabel", "sh:minCount 1").replace(":X", ":Y"),
}


#: Shapes that hold for want of a property that nothing has, and that property.
UNMET = {
    "a path": (of("kps:Task", "skos:prefLable", "sh:maxLength 3"), "skos:prefLable"),
    "none of them": (of("kps:Task", "skos:prefLable", "sh:maxCount 0"), "skos:prefLable"),
    "at least none": (of("kps:Task", "dcterms:titel", "sh:minCount 0"), "dcterms:titel"),
    "an inverse": (of("kps:Task", "[ sh:inversePath :has ]", "sh:maxCount 1"), ":has"),
    "the end of a sequence": (
        of("kps:Standard", "( kps:hasTask skos:prefLable )", "sh:minLength 3"),
        "skos:prefLable",
    ),
    "an alternative": (
        of("kps:Task", "[ sh:alternativePath ( skos:prefLabel skos:altLable ) ]", "sh:minCount 1"),
        "skos:altLable",
    ),
    "none or one step": (
        of("kps:Task", "( [ sh:zeroOrOnePath :has ] skos:prefLabel )", "sh:minCount 1"),
        ":has",
    ),
    "one step or more": (
        of("kps:Task", "[ sh:oneOrMorePath :has ]", "sh:maxCount 1"),
        ":has",
    ),
    "a pair": (of("kps:Task", "skos:prefLabel", "sh:disjoint skos:altLable"), "skos:altLable"),
    "an order": (of("kps:Task", "kps:position", "sh:lessThan :last"), ":last"),
    "what may not be": (
        of("kps:Standard", "kps:hasTask", "sh:not [ sh:path :draft ; sh:minCount 1 ]"),
        ":draft",
    ),
    "what may seldom be": (
        of(
            "kps:Standard",
            "kps:hasTask",
            "sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [ sh:path :draft ; sh:hasValue true ]",
        ),
        ":draft",
    ),
    "one of two": (
        of(
            "kps:Standard",
            "kps:hasTask",
            "sh:xone ( [ sh:path :draft ; sh:minCount 1 ] [ sh:path skos:prefLabel ; sh:minCount 1 ] )",
        ),
        ":draft",
    ),
    "a property of a property": (
        ":X a sh:NodeShape ; sh:targetClass kps:Standard ; sh:property [ sh:path kps:hasTask ; "
        "sh:property [ sh:path skos:prefLable ; sh:maxCount 1 ] ] .",
        "skos:prefLable",
    ),
}
#: Shapes about such a property that are reported where they are not met, and how often here.
LOUD = {
    "one at least": of("kps:Standard", "dcterms:titel", "sh:minCount 1 ; sh:maxLength 3"),
    "a value": of("kps:Standard", "dcterms:titel", "sh:hasValue 'a'"),
    "a sequence": of("kps:Standard", "( kps:hasTask skos:prefLable )", "sh:minCount 1"),
    "an inverse": of("kps:Standard", "[ sh:inversePath :has ]", "sh:minCount 1"),
    "alternatives": of("kps:Standard", "[ sh:alternativePath ( :one :two ) ]", "sh:minCount 1"),
    "not without": ":X a sh:NodeShape ; sh:targetClass kps:Standard ; "
    f"sh:not [ sh:path :draft ; sh:maxCount 1 ] ; {WRONG}",
    "equal to it": of("kps:Standard", "skos:notation", "sh:equals skos:notaton"),
    "one of two": ":X a sh:NodeShape ; sh:targetClass kps:Standard ; sh:or ( "
    f"[ sh:path :one ; sh:minCount 1 ] [ sh:path :two ; sh:hasValue 1 ] ) ; {WRONG}",
    "enough such values": of(
        "kps:Standard",
        "kps:hasTask",
        "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:path :draft ; sh:minCount 1 ]",
    ),
}


@pytest.mark.parametrize(("turtle", "name"), UNMET.values(), ids=UNMET)
def test_a_shape_about_a_property_that_nothing_has_is_an_error_in_both_engines(
    turtle, name, loaded, graph
):
    mine = read(turtle)
    shown = name if name[0] != ":" else f"<https://example.org/shapes#{name[1:]}>"
    with pytest.raises(ValidationAborted, match=f"needs {shown}, which nothing has"):
        shacl.check_store(mine, loaded.store.select)
    with pytest.raises(ValidationAborted, match=f"needs {shown}, which nothing has"):
        shacl.check(mine, graph)
    assert shacl.check_store(replace(mine, idle=True), loaded.store.select) == []


@pytest.mark.parametrize("turtle", LOUD.values(), ids=LOUD)
def test_a_demand_of_a_property_that_nothing_has_is_reported_at_every_node(turtle, loaded):
    standards = loaded.store.select(
        "SELECT ?s { ?s a <https://w3id.org/kps-graph/ontology#Standard> }"
    ).terms
    found = shacl.check_store(read(turtle), loaded.store.select)
    assert {result.focus.value for result in found} == {row[0].value for row in standards}


def test_a_closed_shape_may_permit_a_property_that_nothing_has(loaded):
    mine = read(
        ":X a sh:NodeShape ; sh:targetClass kps:Knowledge ; sh:closed true ; "
        f"sh:property [ sh:path :remark ; sh:maxCount 1 ] ; {WRONG}"
    )
    assert shacl.check_store(mine, loaded.store.select)


def test_a_property_that_only_the_data_has_is_one_to_check(loaded):
    store = memory()
    store.load(
        b'<https://example.org/a> <https://example.org/shapes#remark> "long" .\n'
        b"<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        b"<https://w3id.org/kps-graph/ontology#Task> .\n"
    )
    assert shacl.check_store(read(of("kps:Task", ":remark", "sh:maxLength 3")), store.select)


def test_the_property_that_may_have_been_meant_is_named(loaded):
    with pytest.raises(ValidationAborted) as error:
        shacl.check_store(
            read(of("kps:Task", "skos:prefLable", "sh:maxLength 3")), loaded.store.select
        )
    assert "did you mean skos:prefLabel" in str(error.value.advice)


@pytest.mark.parametrize("turtle", SILENT.values(), ids=SILENT)
def test_shapes_that_check_nothing_are_an_error(turtle, tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    with pytest.raises((ValidationAborted, BadShapes)):
        shacl.load_shapes([path])


@pytest.mark.parametrize("turtle", IDLE.values(), ids=IDLE)
def test_shapes_that_meet_no_node_are_an_error_in_both_engines(turtle, loaded, graph):
    mine = read(turtle)
    with pytest.raises((ValidationAborted, BadShapes), match="meets no node"):
        shacl.check_store(mine, loaded.store.select)
    with pytest.raises((ValidationAborted, BadShapes), match="meets no node"):
        shacl.check(mine, graph)


@pytest.mark.parametrize("turtle", IDLE.values(), ids=IDLE)
def test_shapes_that_meet_no_node_conform_in_both_engines_where_they_may(turtle, loaded, graph):
    mine = replace(read(turtle), idle=True)
    assert facts(shacl.check_store(mine, loaded.store.select)) == facts(shacl.check(mine, graph))


def test_data_without_a_standard_is_an_error(shapes):
    with pytest.raises((ValidationAborted, BadShapes), match="nothing was checked"):
        shacl.check_store(shapes, memory().select)
    with pytest.raises((ValidationAborted, BadShapes), match="nothing was checked"):
        shacl.check(shapes, Graph())


def test_a_draft_that_lacks_outputs_is_checked_all_the_same(shapes):
    draft = stored(draft='id:draft a kps:Standard ; skos:prefLabel "草案"@zh-Hant .')
    assert ("draft", "R01-tasks") in rules_at(draft, shapes, "draft")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b":a a sh:NodeShape", "not Turtle"),
        ("# 規則".encode("big5"), "not UTF-8"),
        (None, "cannot be read"),
    ],
    ids=["broken", "of another encoding", "missing"],
)
def test_a_file_that_is_no_turtle_is_an_error_that_names_it(content, said, tmp_path):
    path = tmp_path / "mine.ttl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((ValidationAborted, BadShapes), match=said) as error:
        shacl.load_shapes([path])
    assert "mine.ttl" in str(error.value)


def test_broken_turtle_is_an_error_with_its_line(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD.strip() + "\n:a a sh:NodeShape ;;; sh:path ( .\n", encoding="utf-8")
    with pytest.raises((ValidationAborted, BadShapes)) as error:
        shacl.load_shapes([path])
    assert error.value.line == HEAD.strip().count("\n") + 2


@pytest.mark.parametrize(
    "turtle",
    [
        of("kps:Standard", "kps:hasTask", "sh:minCount 1").replace("sh:Warning", "sh:Waning"),
        of("kps:Standard", '"kps:hasTask"', "sh:minCount 1"),
    ],
    ids=["severity", "path"],
)
def test_a_shape_that_cannot_be_read_is_an_error(turtle):
    with pytest.raises((ValidationAborted, BadShapes)):
        read(turtle)


@pytest.mark.parametrize(
    "turtle",
    [
        asking("SELECT $this ?value { { GRAPH ?g { $this kps:hasTask ?value } } UNION { } }"),
        of("kps:Standard", "skos:prefLabel", 'sh:pattern "(?<"'),
    ],
    ids=["what one graph cannot answer", "a pattern that is none"],
)
def test_a_failure_of_pyshacl_is_an_error_and_no_conformance(turtle, loaded, graph):
    mine = read(turtle)
    with pytest.raises((ValidationAborted, BadShapes), match="pySHACL failed"):
        shacl.check(mine, graph)
    with pytest.raises((ValidationAborted, BadShapes), match="pySHACL failed"):
        shacl.check_store(mine, loaded.store.select)


def test_the_day_of_the_check_is_put_in_the_place_of_now(loaded):
    def dated(day):
        return {
            (f.focus, f.value)
            for f in shacl.validate_store(shacl.load_shapes(today=day), loaded.store.select)
            if f.shape.endswith("R22-recent")
        }

    early, late = dated(datetime.date(2000, 1, 1)), dated(datetime.date(2100, 1, 1))
    assert not early
    assert len(late) >= len(loaded.sources)
