"""SPARQL as text: terms cannot leave their place, variables are bound, the network is refused."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kps_graph import sparql
from kps_graph.errors import BadParameter, QuerySyntax

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_a_literal_means_its_text_on_oxigraph(text):
    found = ox.Store().query(f"SELECT ({sparql.literal(text)} AS ?x) {{}}")
    assert next(iter(found))["x"].value == text


@given(TEXTS)
def test_a_literal_is_one_word(text):
    assert [w.kind for w in sparql.words(sparql.literal(text))] == ["string"]


@pytest.mark.parametrize("text", ["a\"b'c\\d\n\r\te", "}", "臺灣🍵", "\x00\x7f", "#"])
def test_a_literal_means_its_text_on_rdflib(text):
    found = rdflib.Graph().query(f"SELECT ({sparql.literal(text)} AS ?x) {{}}")
    assert str(next(iter(found))[0]) == text


@pytest.mark.parametrize("value", ["a b", "no-scheme", "http://a>b", "a:\\u003e", "", "<a:b>"])
def test_what_is_no_absolute_iri_is_refused(value):
    with pytest.raises(BadParameter, match="not an absolute IRI"):
        sparql.iri(value)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SELECT * { ?s ?p ?x }", "SELECT * { ?s ?p 1 }"),
        ("SELECT * { ?s ?p $x }", "SELECT * { ?s ?p 1 }"),
        ("SELECT * { ?s ?p ?xy }", "SELECT * { ?s ?p ?xy }"),
        ("SELECT * { ?s ?p '?x' } # ?x", "SELECT * { ?s ?p '?x' } # ?x"),
        ("SELECT * { ?s ?p '''\n?x' ''' }", "SELECT * { ?s ?p '''\n?x' ''' }"),
        ("SELECT * { <http://a/?x> ?p ?x }", "SELECT * { <http://a/?x> ?p 1 }"),
        ("SELECT * { ex:o\\'?x }", "SELECT * { ex:o\\'1 }"),
        ("SELECT * { FILTER(?n<?x) }", "SELECT * { FILTER(?n<1) }"),
        ("SELECT ?s ?x { ?s ?p ?x }", "SELECT ?s (1 AS ?x) { ?s ?p 1 }"),
        ("SELECT (SUM(?x) AS ?n) { }", "SELECT (SUM(1) AS ?n) { }"),
        (
            "SELECT * { { SELECT ?x { ?s ?p ?x } } }",
            "SELECT * { { SELECT (1 AS ?bound_x) { ?s ?p 1 } } }",
        ),
        (
            "SELECT ?s { } GROUP BY ?s ?x HAVING(COUNT(*) > ?x) ORDER BY ?x DESC(?x) LIMIT ?x",
            "SELECT ?s { } GROUP BY ?s (1) HAVING(COUNT(*) > 1) ORDER BY (1) DESC(1) LIMIT 1",
        ),
        ("SELECT * { FILTER(!BOUND( ?x ) || ?x = 2) }", "SELECT * { FILTER(!true || 1 = 2) }"),
    ],
)
def test_a_variable_is_bound_wherever_it_is_a_word(text, bound):
    assert sparql.bind(text, {"x": "1"}) == bound


@pytest.mark.parametrize("text", ["SELECT * { BIND(1 AS ?x) }", "SELECT * { VALUES (?x) { (1) } }"])
def test_a_variable_that_the_query_sets_cannot_be_bound(text):
    with pytest.raises(BadParameter, match=r"\?x cannot be set"):
        sparql.bind(text, {"x": "1"})


def test_prefixes_are_declared_where_they_are_missing_and_lines_stay():
    text = "PREFIX a: <urn:a>\nSELECT * { ?s a:p b:q ; c:r 'd:s' }"
    found = sparql.declare(text, {"a": "urn:A", "b": "urn:B", "d": "urn:D"})
    assert found == f"PREFIX b: <urn:B> {text}"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT ?a (COUNT(?b) AS ?c) WHERE { ?d ?e ?f }", ("a", "c")),
        ("SELECT DISTINCT ?a FROM <urn:g> { { SELECT ?z {} } }", ("a",)),
        ("SELECT * { ?a ?b ?c }", ()),
        ("ASK { ?a ?b ?c }", ()),
    ],
)
def test_the_columns_are_those_of_the_outermost_select(text, columns):
    assert sparql.projection(text) == columns


SERVICE = [
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "select * { service silent ?x { } }",
    "SELECT * { ?s ?p 'it''s' SERVICE<http://a/>{} }",
    "SELECT * { ?s ?p trueSERVICE<http://a/>{} }",
    "SELECT * { ?s ?p 5.SERVICE<http://a/>{} }",
    "PREFIX ex: <http://a/> SELECT * { SERVICEex:p{} }",
    "PREFIX ex: <http://a/> SELECT * { SERVICESILENTex:p # now\n {} }",
    "PREFIX ex: <http://a/> SELECT * { ?s ?p ex:.SERVICE<http://a/>{} }",
    "PREFIX ex: <http://a/> SELECT * { ?s ?p ex:o\\' . SERVICE <http://a/> {} # '\n }",
    "SELECT * { \\u0053ERVICE <http://a/> {} }",
    "SELECT * { ?s ?p ?o FILTER(?o<'b>' ) SERVICE <http://a/> {} #'\n }",
    "SELECT * { ?s ?p ?o FILTER(?o<?s)SERVICE?p#>\n{} }",
    'SELECT * { ?s ?p """a"b""" . SERVICE <http://a/> {} }',
]


@pytest.mark.parametrize("text", SERVICE)
def test_service_is_refused_however_it_is_written(text):
    with pytest.raises(QuerySyntax) as caught:
        sparql.refuse_network(text)
    assert caught.value.line == 1
    assert caught.value.column is not None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://a/> {}' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://a/> {}",
        "SELECT * { <http://a/service> <http://a/#service> ?service }",
        "SELECT * { ?s ex:service ?o . ?o a service:Thing }",
        "SELECT * { GRAPH service:graph { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x'@service }",
        "SELECT * FROM <urn:g> { ?s ?p ?o }",
    ],
)
def test_the_word_service_may_stand_where_it_asks_nobody(text):
    sparql.refuse_network(text)


@pytest.mark.parametrize("word", ["INSERT", "delete", "LOAD", "Clear", "WITH"])
def test_an_update_is_refused(word):
    with pytest.raises(QuerySyntax, match="update"):
        sparql.refuse_update(f"BASE <urn:b> PREFIX a: <urn:a> {word} <urn:x>")


@pytest.mark.parametrize("text", ["PREFIX load: <urn:a> SELECT * { ?s load:x ?o }", "", "ASK {}"])
def test_a_query_is_no_update(text):
    sparql.refuse_update(text)
