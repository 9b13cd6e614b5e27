"""A user's broken shapes, queries and profiles are the user's: named with file, shape and remedy."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib.namespace import SH as SHACL

from kps_graph.cli import cli
from kps_graph.errors import BadProfile, BadShapes
from kps_graph.rules import profiles
from kps_graph.shacl import load_shapes

CASES = Path(__file__).parents[1] / "cases" / "mappings"
PREFIXES = """
@prefix kps: <https://w3id.org/kps-graph/ontology#> .
@prefix my: <https://example.org/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
UNITS = "my:S a sh:NodeShape ; sh:targetClass kps:Activity ; "
OUTPUT = "sh:property [ sh:path kps:hasOutput ; {} ] ."
SELECT = (
    'sh:select "SELECT $this WHERE {{ $this a <https://w3id.org/kps-graph/ontology#Activity> {} }}"'
)
#: What is wrong, and what the message names.
BROKEN = {
    **{
        f"{word} in a query": (
            UNITS
            + f"sh:sparql [ sh:select 'SELECT $this WHERE {{ $this a kps:Activity {word} {rest} }}' ] .",
            f"{word.upper()} stands in a query of the shape <https://example.org/shapes#S>",
        )
        for word, rest in (
            ("VALUES", "?x { 1 2 }"),
            ("minus", "{ $this a kps:Task }"),
            ("SERVICE", "<http://example.org/> { $this ?p ?o }"),
        )
    },
    "a query that is no SELECT": (
        UNITS + "sh:sparql [ sh:select 'ASK { $this ?p ?o }' ] .",
        "SELECT",
    ),
    "a query with a prefix that nothing declares": (
        UNITS + "sh:sparql [ sh:select 'SELECT $this { $this nowhere:is ?o }' ] .",
        "nowhere:",
    ),
    "a query with a prefix that an engine knows by itself": (
        UNITS + 'sh:sparql [ sh:select """SELECT $this {\n $this dc:title ?o }""" ] .',
        ":8: a query of the shape <https://example.org/shapes#S> sh:sparql uses the prefix dc:",
    ),
    "a shape that says nothing but what is its author's": (
        UNITS + "my:mustHave kps:hasOutput .",
        "<https://example.org/shapes#S> has no parameter of SHACL",
    ),
    "a property without a demand": (
        UNITS + "sh:property [ sh:path kps:hasOutput ] .",
        "has no parameter of SHACL",
    ),
    "an IRI with a blank": (UNITS + "sh:property [ sh:path <http://example.org/a b> ] .", ":7"),
    "a misspelled constraint": (UNITS + OUTPUT.format("sh:minCuont 1"), "sh:minCount"),
    "a constraint of another version": (
        UNITS + OUTPUT.format("sh:reifierShape my:T"),
        "reifierShape",
    ),
    "a count in quotes": (UNITS + OUTPUT.format('sh:minCount "1"'), "sh:minCount"),
    "a negative count": (UNITS + OUTPUT.format("sh:maxCount -1"), "sh:maxCount"),
    "a kind of node that there is none of": (UNITS + OUTPUT.format("sh:nodeKind sh:Iri"), "sh:IRI"),
    "a class in quotes": (UNITS + OUTPUT.format('sh:class "Output"'), "sh:class"),
    "a list that is none": (UNITS + OUTPUT.format('sh:in "甲"'), "sh:in"),
    "a pattern that is none": (
        UNITS + "sh:property [ sh:path skos:prefLabel ; sh:pattern '(' ] .",
        "pattern",
    ),
    "flags without a pattern": (
        UNITS + OUTPUT.format('sh:minCount 1 ; sh:flags "i"'),
        "sh:pattern",
    ),
    "a count without what is counted": (
        UNITS + OUTPUT.format("sh:qualifiedMinCount 1"),
        "qualifiedValueShape",
    ),
    "what is counted without a count": (
        UNITS + OUTPUT.format("sh:qualifiedValueShape [ sh:class kps:Output ]"),
        "qualifiedMinCount",
    ),
    "a count without a path": (UNITS + "sh:minCount 1 .", "sh:path"),
    "a shape that is nowhere": (UNITS + OUTPUT.format("sh:node my:Nowhere"), "Nowhere"),
    "a severity of one's own": (
        UNITS + OUTPUT.format("sh:minCount 1 ; sh:severity my:Hint"),
        "Hint",
    ),
    "a severity in a query": (
        UNITS + f"sh:sparql [ sh:severity sh:Info ; {SELECT.format('')} ] .",
        "severity",
    ),
    "a path in a query": (
        UNITS + f"sh:sparql [ sh:path kps:level ; {SELECT.format('')} ] .",
        "sh:path",
    ),
    "a query that is none": (UNITS + f"sh:sparql [ {SELECT.format('FILTER (')} ] .", "shapes#S"),
    "a query without this": (
        UNITS + 'sh:sparql [ sh:select "SELECT ?x WHERE { ?x ?y ?z }" ] .',
        "$this",
    ),
    "a rule, which nobody applies": (UNITS + "sh:rule [ a sh:TripleRule ] .", "sh:rule"),
    "a target by query, which nobody asks": (
        "my:S a sh:NodeShape ; sh:targetClass kps:Task ; sh:target [ a sh:SPARQLTarget ] ; sh:class kps:Task .",
        "sh:target",
    ),
    "a message that is no text": (
        UNITS + OUTPUT.format("sh:minCount 1 ; sh:message my:text"),
        "message",
    ),
    "a shape within itself": (UNITS + "sh:not my:S .", "shapes#S"),
    "a term that is none": (
        UNITS + "sh:property [ sh:path kps:hasOutputs ; sh:minCount 1 ] .",
        "hasOutputs",
    ),
    "no target": ("my:S a sh:NodeShape ; " + OUTPUT.format("sh:minCount 1"), "targetClass"),
    "a class that nothing is of": (
        "my:S a sh:NodeShape ; sh:targetClass my:Unit ; sh:closed true .",
        "shapes#S",
    ),
    "no Turtle": ("my:S a sh:NodeShape ;;; [", "Turtle"),
    "a sequence of one": (
        UNITS + "sh:property [ sh:path ( kps:hasOutput ) ; sh:minCount 1 ] .",
        "sh:path",
    ),
    "a path that is a text": (
        UNITS + "sh:property [ sh:path 'output' ; sh:minCount 1 ] .",
        "sh:path",
    ),
    "a class of SHACL that is none": (
        "my:S a sh:NodeShpae ; sh:targetClass kps:Task ; sh:class kps:Task .",
        "sh:NodeShape",
    ),
    "a query outside a sh:sparql": (UNITS + SELECT.format("") + " .", "sh:sparql"),
    "a query in a sh:sparql that answers yes or no": (
        UNITS + "sh:sparql [ sh:ask 'ASK { $this ?p ?o }' ] .",
        "sh:ask",
    ),
    "a path at the shape itself": (UNITS + "sh:inversePath kps:hasActivity .", "sh:path"),
    "a shape that nothing refers to": (
        UNITS + "sh:class kps:Activity . my:T sh:path kps:hasOutput ; sh:minCount 1 .",
        "shapes#T",
    ),
    "a severity where nothing is reported": (
        UNITS + "sh:or ( [ sh:class kps:Task ; sh:severity sh:Info ] [ sh:class kps:Output ] ) .",
        "sh:severity",
    ),
    "a message where nothing is reported": (
        UNITS + "sh:node my:T . my:T sh:class kps:Task ; sh:message 'no task'@en .",
        "shapes#T",
    ),
    "a count without a path, inside another shape": (
        UNITS + "sh:or ( [ sh:minCount 1 ] [ sh:class kps:Output ] ) .",
        "sh:path",
    ),
    "a prefix for nothing": (
        "my:p sh:declare [ sh:prefix 'kps' ] . " + UNITS + "sh:class kps:Activity .",
        "sh:namespace",
    ),
    "a file that would have to be imported": (
        "my: owl:imports <more.ttl> . " + UNITS + "sh:class kps:Activity .",
        "more.ttl",
    ),
    "a component without a validator": (
        "my:c a sh:ConstraintComponent ; sh:parameter [ sh:path my:longest ] . "
        + UNITS
        + "my:longest 3 .",
        "sh:validator",
    ),
    "a component that is not called one": (
        "my:c sh:parameter [ sh:path my:longest ] ; sh:validator [ sh:ask 'ASK {}' ] . "
        + UNITS
        + "my:longest 3 .",
        "sh:ConstraintComponent",
    ),
    "a component of which a parameter is lacking": (
        "my:c a sh:ConstraintComponent ; sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK {}' ] ; "
        "sh:parameter [ sh:path my:least ] , [ sh:path my:most ] . " + UNITS + "my:least 3 .",
        "#most",
    ),
    "a list of classes": (UNITS + OUTPUT.format("sh:class ( kps:Output kps:Task )"), "sh:class"),
    "a severity of SHACL 1.2": (
        UNITS + OUTPUT.format("sh:minCount 1 ; sh:severity sh:Debug"),
        "Debug",
    ),
}
#: What of SHACL says something here, by what it is about.
HONOURED = frozenset(
    [
        "targetClass",
        "targetNode",
        "targetSubjectsOf",
        "targetObjectsOf",
        "path",
        "alternativePath",
        "inversePath",
        "zeroOrMorePath",
        "oneOrMorePath",
        "zeroOrOnePath",
        "severity",
        "message",
        "deactivated",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minExclusive",
        "minInclusive",
        "maxExclusive",
        "maxInclusive",
        "minLength",
        "maxLength",
        "pattern",
        "flags",
        "languageIn",
        "uniqueLang",
        "equals",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "not",
        "and",
        "or",
        "xone",
        "node",
        "property",
        "qualifiedValueShape",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "qualifiedValueShapesDisjoint",
        "closed",
        "ignoredProperties",
        "hasValue",
        "in",
        "sparql",
        "select",
        "ask",
        "prefixes",
        "declare",
        "prefix",
        "namespace",
        "parameter",
        "optional",
        "validator",
        "nodeValidator",
        "propertyValidator",
        "labelTemplate",
    ]
)
#: The terms of SHACL, of its advanced features and of SHACL for JavaScript.
TERMS = sorted(
    {str(term).rpartition("#")[2] for term in dir(SHACL) if str(term).startswith("http")}
    | {"and", "class", "in", "not", "or"}  # words of Python
)
#: What SHACL 1.2 adds.
NEW = [
    "memberShape",
    "minListLength",
    "maxListLength",
    "uniqueMembers",
    "reifierShape",
    "reificationRequired",
    "singleLine",
    "subsetOf",
    "someValue",
    "targetWhere",
    "rootClass",
    "nodeByExpression",
    "values",
    "shape",
    "uniqueValuesFor",
]
#: What says that our insides are spoken of.
INSIDES = (
    "pySHACL",
    "pyshacl",
    "rdflib",
    "Traceback",
    "Component",
    "BNode",
    "ConstraintLoadError",
    "w3.org/TR",
)


def profile(folder, shapes):
    (folder / "mine.ttl").write_text(PREFIXES + shapes, "utf-8")
    (folder / "mine.toml").write_text('shapes = ["mine.ttl"]', "utf-8")
    return str(folder / "mine.toml")


def checked(named, lang="en"):
    return CliRunner().invoke(
        cli, ["--lang", lang, "validate", str(CASES / "shacl_base.md"), "--profile", named]
    )


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_shapes_are_refused_with_the_file_the_shape_and_what_to_do(fault, tmp_path):
    shapes, names = BROKEN[fault]
    try:
        done = checked(profile(tmp_path, shapes))
        said, code = done.output, done.exit_code
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
    except BadShapes as error:
        said, code = str(error), 2
    assert code == 2, said
    assert "mine.ttl" in said
    assert names in said
    assert "→" in said
    assert not [word for word in INSIDES if word in said.replace("sh:ConstraintComponent", "")]
    assert not [
        word for word in said.split() if word.strip("<>_:").startswith("n") and len(word) > 30
    ]


@pytest.mark.parametrize(
    "name", [n for n in (*TERMS, *NEW) if n[0].islower() and n not in HONOURED]
)
def test_a_property_of_shacl_that_says_nothing_here_is_refused_by_its_name(name, tmp_path):
    shapes = UNITS + f"sh:class kps:Activity ; sh:{name} my:something ."
    with pytest.raises(BadShapes, match=f"sh:{name}") as refused:
        profiles.load(profile(tmp_path, shapes))
    assert refused.value.source.endswith("mine.ttl")


@pytest.mark.parametrize(
    "name", [n for n in TERMS if n.startswith(("JS", "SPARQLR", "SPARQLF", "SPARQLT", "TripleR"))]
)
def test_what_is_of_a_class_of_shacl_that_says_nothing_here_is_refused(name, tmp_path):
    shapes = UNITS + f"sh:class kps:Activity . my:x a sh:{name} ."
    with pytest.raises(BadShapes, match=f"sh:{name}"):
        profiles.load(profile(tmp_path, shapes))


def test_every_property_of_shacl_that_says_something_is_one_of_shacl():
    assert set(TERMS) >= HONOURED


@pytest.mark.parametrize(
    "case", ["s01_sev_in_sparql", "s02_custom_sev", "s09_ignoredprops_noclosed", "s11_recursive"]
)
def test_the_given_profiles_are_refused(case):
    with pytest.raises(BadShapes) as refused:
        profiles.load(str(CASES / f"{case}.toml"))
    assert refused.value.source.endswith(f"{case}.ttl")
    assert "example.org/shapes#S" in str(refused.value)


def test_sound_shapes_are_taken(tmp_path):
    shapes = (
        UNITS
        + "sh:severity sh:Info ; sh:message '沒有工作產出'@zh-Hant ; "
        + OUTPUT.format("sh:minCount 1 ; sh:severity sh:Info ; sh:message '沒有工作產出'@zh-Hant")
    )
    loaded = profiles.load(profile(tmp_path, shapes))
    assert loaded.shapes is not None
    assert loaded.shapes.source.endswith("mine.ttl")


def test_a_finding_of_a_shape_without_an_iri_names_no_blank_node(tmp_path):
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.sources import find

    mine = profiles.load(
        profile(tmp_path, UNITS + OUTPUT.format("sh:minCount 1 ; sh:message 'no output'@en"))
    )
    report, _ = check(find([CASES / "shacl_base.md"]), mine)
    (finding,) = [f for f in report.findings if f.rule == "S"]
    assert finding.shape == ""


def test_shapes_of_several_files_may_refer_to_each_other(tmp_path):
    (tmp_path / "a.ttl").write_text(PREFIXES + UNITS + OUTPUT.format("sh:node my:T"), "utf-8")
    (tmp_path / "b.ttl").write_text(
        PREFIXES + "my:T a sh:NodeShape ; sh:targetClass kps:Output ; sh:nodeKind sh:IRI .", "utf-8"
    )
    (tmp_path / "mine.toml").write_text('shapes = ["a.ttl", "b.ttl"]', "utf-8")
    assert profiles.load(str(tmp_path / "mine.toml")).shapes


def test_a_profile_may_be_based_on_one_beside_it(tmp_path):
    (tmp_path / "house.toml").write_text(
        'base = "review"\n[severity]\nR10 = "violation"\n', "utf-8"
    )
    (tmp_path / "mine.toml").write_text('base = "house.toml"\n', "utf-8")
    assert "R10" in profiles.load(str(tmp_path / "mine.toml")).severity


@pytest.mark.parametrize("ring", [("mine", "mine"), ("mine", "other", "mine")])
def test_a_profile_that_is_based_on_itself_is_refused(ring, tmp_path):
    for name, base in itertools.pairwise(ring):
        (tmp_path / f"{name}.toml").write_text(f'base = "{base}.toml"\n', "utf-8")
    with pytest.raises(BadProfile, match="based on itself"):
        profiles.load(str(tmp_path / "mine.toml"))


#: Turtle that is none, in the ways that end rdflib's parser by a failure of its own.
NO_TURTLE = {
    "a text without an end": 'my:A sh:message "no output',
    "a quote at the end": "my:A a sh:NodeShape ; sh:message 'x' ; sh:severity my:e999output\"@en .",
    "a variable": "my:A a sh:NodeShape ; ?o my:B .",
    "brackets without end": "my:A a " + "[ my:p " * 3000,
    "a number without end": "my:A sh:minCount " + "9" * 6000 + "x .",
    "a cut-off IRI": "my:A a <http://example.org/",
}


@pytest.mark.parametrize("fault", NO_TURTLE)
def test_what_is_no_turtle_is_refused_with_its_line(fault, tmp_path):
    (tmp_path / "mine.ttl").write_text(f"{PREFIXES}{NO_TURTLE[fault]}", "utf-8")
    with pytest.raises(BadShapes) as refused:
        load_shapes([tmp_path / "mine.ttl"])
    assert str(tmp_path / "mine.ttl") in str(refused.value)
    assert "is not Turtle" in str(refused.value)


def test_shapes_may_begin_with_a_byte_order_mark_and_have_the_line_ends_of_windows(tmp_path):
    text = f"{PREFIXES}my:A a sh:NodeShape ; sh:targetNode my:B ; sh:nodeKind sh:IRI ."
    (tmp_path / "mine.ttl").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(load_shapes([tmp_path / "mine.ttl"]).shapes) == 1
