"""An empty answer in SPARQL says what the query names that the store does not hold."""

import pytest

import kps_graph

CORE = "https://w3id.org/kps-graph/ontology#"
EMPTY = {
    "a text without its tag": (
        '?s skos:prefLabel "貿易經理"',
        'no skos:prefLabel is "貿易經理"; did you mean "貿易經理"@zh-Hant?',
    ),
    "a text compared without its tag": (
        '?s a kps:Standard ; skos:prefLabel ?n FILTER(?n = "貿易經理")',
        'did you mean "貿易經理"@zh-Hant?',
    ),
    "a code with a tag": (
        '?s kps:statedCode "KPS1420-001v2"@zh-Hant',
        'no kps:statedCode is "KPS1420-001v2"@zh-Hant; did you mean "KPS1420-001v2"?',
    ),
    "a text that nothing has": (
        'VALUES ?n { "貿易經裡"@zh-Hant } ?s skos:prefLabel ?n',
        "kps-graph search finds what holds a part of it",
    ),
    "a code in small letters": (
        '?s skos:notation "kps1420-001v2"',
        'did you mean "KPS1420-001v2"?',
    ),
    "a number where a level stands": (
        "?u a kps:Task ; kps:atLevel 5",
        "no kps:atLevel is 5; did you mean <https://w3id.org/kps-graph/scheme/level/5>?",
    ),
    "a code where a class stands": (
        '?s kps:jobCategory "ZZB"',
        "its values are IRIs, such as <",
    ),
    "a text that a property with few values has not": (
        '?s kps:status "latest"',
        'its values are "最新版本", "歷史版本"',
    ),
    "a class misspelled in a full IRI": (
        f"?s a <{CORE}Standrad>",
        f"the store does not hold <{CORE}Standrad>; did you mean <{CORE}Standard>",
    ),
    "a property of another vocabulary": (
        "?s skos:prefLable ?n",
        "did you mean skos:prefLabel",
    ),
    "a standard that there is not": (
        "<{standard}x> skos:prefLabel ?n",
        "did you mean <{standard}",
    ),
    "a property of another class": (
        "?s a kps:Standard ; skos:prefLabel ?n ; kps:level ?l",
        "no kps:Standard has kps:level; what has it is ",
    ),
}


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def sparql(graph, pattern):
    standard = graph.store.texts(f"SELECT ?s {{ ?s a <{CORE}Standard> }} ORDER BY ?s")[0][0]
    return f"SELECT * {{ {pattern.replace('{standard}', standard)} }}", standard


@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_answer_says_why(graph, case):
    pattern, cause = EMPTY[case]
    text, standard = sparql(graph, pattern)
    rows = graph.query(text)
    assert len(rows) == 0
    assert cause.replace("{standard}", standard) in " | ".join(map(str, rows.why))
    assert str(rows.why[0]) in repr(rows)


def test_of_a_property_without_values_none_are_listed(graph):
    causes = graph.query('SELECT * { ?s <https://example.org/p> "x" }').why
    assert causes
    assert "its values are" not in " ".join(map(str, causes))


def test_a_level_of_a_standard_is_asked_as_its_base_level(graph):
    (cause,) = graph.query("SELECT * { ?s a kps:Standard ; kps:level ?l }").why
    assert "did you mean kps:atLevel, kps:baseLevel?" in str(cause)


@pytest.mark.parametrize(
    "pattern",
    [
        "?s a kps:Standard ; kps:baseLevel 4 ; skos:prefLabel ?n FILTER(STR(?n) = 'x')",
        "?s a kps:Standard ; skos:prefLabel ?n FILTER(CONTAINS(?n, 'x'))",
        '?s skos:prefLabel "貿易經理"@zh-hant ; kps:baseLevel 1',
        "?s a kps:Standard ; (kps:hasTask|skos:broader)/kps:level 99",
    ],
)
def test_what_the_store_holds_is_no_cause(graph, pattern):
    rows = graph.query(f"SELECT * {{ {pattern} }}")
    assert len(rows) == 0
    assert rows.why == ()


def test_rows_have_no_cause(graph):
    assert graph.query("SELECT * { ?s a kps:Standard }").why == ()


@pytest.mark.parametrize("style", ["table", "csv"])
def test_the_command_says_it_beside_the_answer(kps, example_store, style):
    text = 'SELECT ?s { ?s skos:prefLabel "貿易經理" }'
    done = kps("query", text, "--format", style, "--store", example_store)
    assert done.code == 0
    assert '"貿易經理"@zh-Hant' in done.err
    assert "@zh-Hant" not in done.out
