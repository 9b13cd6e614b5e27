"""What every store does, whatever engine keeps it: the two protocols as a specification.

A kind of store joins by a fixture of its own in ``conftest.py``.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph.errors import QuerySyntax, StoreError
from kps_graph.rdf import literal
from kps_graph.sparql import Dataset
from kps_graph.store import Rows, Term, nquads_of

A, B, C = (
    "https://example.org/graph/a",
    "https://example.org/graph/b",
    "https://example.org/graph/c",
)
DATA = f"""\
<https://example.org/x> <https://example.org/p> "甲"@zh-hant <{A}> .
<https://example.org/x> <https://example.org/q> <https://example.org/y> <{A}> .
<https://example.org/y> <https://example.org/p> "乙" <{B}> .
<https://example.org/x> <https://example.org/p> "甲"@zh-hant <{B}> .
<https://example.org/z> <https://example.org/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <{C}> .
"""


@pytest.fixture
def asked(kind):
    """Each kind of store with :data:`DATA`, to ask."""
    kind.store.load(DATA.encode())
    return kind.reading()


def ours(store):
    """The graphs of the test: what a store says of itself is left out."""
    return [g for g in store.graphs() if g.startswith("https://example.org/")]


def lines(store):
    return sorted(nquads_of(store, *ours(store)).decode().splitlines()) if ours(store) else []


def count(store, text):
    return store.select(text)[0]["n"]


# -- which graphs a query sees ---------------------------------------------------------------

EXAMPLE = 'FILTER(STRSTARTS(STR(?s), "https://example.org/"))'


def test_a_query_that_names_no_graph_sees_all_graphs_as_one(asked):
    assert len(asked.select(f"SELECT DISTINCT * {{ ?s ?p ?o {EXAMPLE} }}")) == 4
    joined = "SELECT ?t { ?x <https://example.org/q>/<https://example.org/p> ?t }"
    assert asked.texts(joined) == [("乙",)]


def test_graph_looks_into_one_graph_or_into_each(asked):
    assert count(asked, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{A}> {{ ?s ?p ?o }} }}") == 2
    each = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o {EXAMPLE} }} }} GROUP BY ?g ORDER BY ?g"
    assert asked.texts(each) == [(A, "2"), (B, "2"), (C, "1")]


PROLOGUE = "BASE <https://example.org/graph/> PREFIX g: <https://example.org/graph/> "


@pytest.mark.parametrize(
    ("clause", "triples"),
    [
        (f"FROM <{A}>", 2),
        (f"FROM <{B}>", 2),
        (f"FROM <{A}> FROM <{B}>", 3),
        (f"FROM <{A}> FROM NAMED <{B}>", 2),
        (f"FROM NAMED <{A}>", 0),
        ("FROM <https://example.org/graph/none>", 0),
        (f"from\n<{A}>", 2),
        (f"FROM <{A}> FROM <{B}> FROM NAMED <{C}>", 3),
        ("FROM <a> FROM <b>", 3),
        ("FROM g:a FROM g:b", 3),
        (f"# FROM <{B}>\nFROM <{A}>", 2),
    ],
)
class TestFromChoosesTheDefaultGraph:
    """A triple that two of its graphs hold is there once."""

    @pytest.fixture(autouse=True)
    def bags(self, request, clause, deviates):
        twice = clause.replace("FROM NAMED", "").count("FROM") > 1 and "#" not in clause
        rows = "select" in request.node.name
        deviates("counts a triple in two graphs twice", "virtuoso", when=twice and rows)
        described = "describe" in request.node.name
        counted = twice and (rows or described)
        deviates("counts a triple in two graphs twice", "oxigraph", when=counted)
        without = described and clause.startswith("FROM NAMED")
        deviates("cannot describe nothing", "virtuoso", when=without)

    def test_of_a_select(self, asked, clause, triples):
        assert (
            count(asked, PROLOGUE + f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}") == triples
        )

    def test_of_a_select_without_spaces(self, asked, clause, triples):
        assert len(asked.select(PROLOGUE + f"SELECT*{clause}{{?s ?p ?o}}")) == triples

    def test_of_an_ask(self, asked, clause, triples):
        assert asked.query(PROLOGUE + f"ASK {clause} {{ ?s ?p ?o }}") is (triples > 0)

    def test_of_a_construct(self, asked, clause, triples):
        made = asked.query(PROLOGUE + f"CONSTRUCT {{ ?s ?p ?o }} {clause} WHERE {{ ?s ?p ?o }}")
        assert len(made.splitlines()) == triples

    def test_of_a_short_construct(self, asked, clause, triples):
        made = asked.query(PROLOGUE + f"CONSTRUCT {clause} WHERE {{ ?s ?p ?o }}")
        assert len(made.splitlines()) == triples

    def test_of_a_describe(self, asked, clause, triples):
        made = asked.query(PROLOGUE + f"DESCRIBE ?s {clause} {{ ?s ?p ?o }}")
        assert len(made.splitlines()) == triples


@pytest.mark.parametrize(
    ("clause", "graphs"),
    [
        (f"FROM NAMED <{A}>", [A]),
        (f"FROM NAMED <{A}> FROM NAMED <{C}>", [A, C]),
        (f"FROM <{A}>", []),
        (f"FROM <{A}> FROM NAMED <{B}>", [B]),
    ],
)
def test_from_named_chooses_what_graph_looks_into(asked, clause, graphs, deviates):
    deviates("looks into all graphs", "virtuoso", when=not graphs)
    text = f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?g"
    assert [g for (g,) in asked.texts(text)] == graphs


@pytest.mark.parametrize("clause", ["", f"FROM <{C}>", f"FROM NAMED <{C}>"])
def test_a_dataset_beside_the_query_counts_more_than_what_the_query_says(asked, clause, deviates):
    deviates("takes the graphs of both", "virtuoso", when=clause)
    text = f"SELECT ?s {clause} {{ ?s <https://example.org/p> ?o }}"
    found = asked.stream(text, dataset=Dataset((B,), ())).rows()
    assert {row["s"] for row in found} == {"https://example.org/x", "https://example.org/y"}
    named = asked.stream(
        f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }}", dataset=Dataset((), (A,))
    )
    assert [row["g"] for row in named.rows()] == [A]


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s { ?s ?p "乙" . BIND("FROM <https://example.org/graph/c>" AS ?t) }',
        'SELECT ?s { ?s ?p "乙" } # FROM <https://example.org/graph/c>',
        'SELECT ?s { ?s ?p "乙" OPTIONAL { ?s <https://example.org/FROM> ?from } }',
        'PREFIX from: <https://example.org/> SELECT ?s { ?s from:p "乙" }',
    ],
    ids=["string", "comment", "names", "prefix"],
)
def test_from_counts_only_as_a_word_of_the_query(asked, text):
    assert asked.texts(text) == [("https://example.org/y",)]


# -- answers ---------------------------------------------------------------------------------


def test_rows_have_their_columns_in_order_and_none_where_nothing_is_bound(asked):
    rows = asked.select("SELECT ?t ?none ?s { ?s <https://example.org/p> ?t } ORDER BY STR(?t)")
    assert rows.columns == ("t", "none", "s")
    assert [t and t.value for t in rows.terms[0]] == ["7", None, "https://example.org/z"]
    assert asked.texts("SELECT ?a ?b { VALUES (?a ?b) { (UNDEF 1) } }") == [("", "1")]


def test_terms_are_what_was_written(asked):
    found = {t for (t,) in asked.select(f"SELECT ?o {{ ?s ?p ?o {EXAMPLE} }}").terms}
    assert found == {
        Term("literal", "甲", None, "zh-hant"),
        Term("iri", "https://example.org/y"),
        Term("literal", "乙"),
        Term("literal", "7", "http://www.w3.org/2001/XMLSchema#integer"),
    }


@pytest.mark.parametrize(
    "condition",
    [
        'lang(?t) = "zh-Hant"',
        'LANG( ?t )="zh-hant"',
        '"zh-Hant" = LANG(?t)',
        "lang(?t) IN ('en', 'zh-Hant')",
        'LANGMATCHES(LANG(?t), "zh-Hant")',
        'LANG(?t) != "" && LANG(?t) NOT IN ("ZH", "en")',
        '"" != LANG(?t) && ?t != "zh-Hant"',
    ],
)
def test_a_language_is_the_same_in_any_case(asked, condition):
    text = f"SELECT DISTINCT ?t {{ ?s <https://example.org/p> ?t FILTER({condition}) {EXAMPLE} }}"
    assert asked.texts(text) == [("甲",)]


def test_only_the_language_of_a_text_is_without_case(asked):
    text = 'SELECT ?a { BIND("Zh-Hant" AS ?a) FILTER(?a = "Zh-Hant" && LANG("x"@en) = "EN") }'
    assert asked.texts(text) == [("Zh-Hant",)]


def test_each_form_of_query_has_its_kind_of_answer(asked):
    assert isinstance(asked.query(f"SELECT * {{ ?s ?p ?o {EXAMPLE} }}"), Rows)
    assert asked.query("ASK { ?s ?p ?o }") is True
    assert asked.query("ASK { <https://example.org/none> ?p ?o }") is False
    made = asked.query(
        'CONSTRUCT { <https://example.org/x> ?p "é" } { <https://example.org/z> ?p ?o }'
    )
    assert made.decode() == '<https://example.org/x> <https://example.org/p> "é" .\n'


def test_a_description_holds_what_is_said_of_a_node(asked, deviates):
    deviates("describes no node that has only literals", "virtuoso")
    assert b'"7"' in asked.query("DESCRIBE <https://example.org/z>")


@pytest.mark.parametrize(
    ("text", "line", "column"), [("SELECT ?x {", 1, 12), ("SELECT ?x\n\n  WHERE [}", 3, 9)]
)
def test_a_syntax_error_has_its_position(asked, text, line, column, deviates):
    deviates("says a line that is another one, and no column", "virtuoso")
    with pytest.raises(QuerySyntax, match="not valid SPARQL") as caught:
        asked.query(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("text", ["ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_rows_are_wanted_where_a_select_is_asked_for(asked, text):
    for ask in (asked.select, asked.texts):
        with pytest.raises(QuerySyntax, match="a SELECT query was expected"):
            ask(text)


def test_no_query_reaches_another_server(asked):
    with pytest.raises(QuerySyntax, match="SERVICE"):
        asked.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_store_lists_and_dumps_its_graphs(asked):
    assert ours(asked) == [A, B, C]
    assert asked.dump(C).decode() == DATA.splitlines()[-1].replace(f" <{C}>", "") + "\n"
    assert asked.dump("https://example.org/graph/none") == b""
    assert lines(asked) == sorted(DATA.splitlines())


def test_a_closed_store_answers_no_more(asked):
    asked.close()
    with pytest.raises(StoreError, match="closed"):
        asked.query("ASK {}")


# -- writing ---------------------------------------------------------------------------------


def test_what_is_written_can_be_asked_at_once(store):
    store.load(DATA.encode())
    assert store.texts('SELECT ?s { ?s ?p "乙" }') == [("https://example.org/y",)]


def test_what_is_loaded_twice_is_there_once(store):
    store.load(DATA.encode())
    store.load(DATA.encode())
    assert lines(store) == sorted(DATA.splitlines())


def test_turtle_files_go_to_the_graph_beside_them(store, tmp_path):
    for name in ("one", "two"):
        text = f"@prefix : <https://example.org/> . :{name} :p [ :q 1 ] ."
        (tmp_path / f"{name}.ttl").write_text(text, "utf-8")
    store.load_files([(tmp_path / "one.ttl", A), (tmp_path / "two.ttl", A)])
    assert ours(store) == [A]
    assert (
        count(
            store,
            f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ GRAPH <{A}> {{ ?s <https://example.org/p> ?o }} }}",
        )
        == 2
    )


def test_removed_graphs_are_gone_and_others_stay(store):
    store.load(DATA.encode())
    store.remove([A, C, "https://example.org/graph/none"])
    assert lines(store) == sorted(line for line in DATA.splitlines() if f"<{B}>" in line)


@pytest.mark.parametrize(
    "wanted",
    [
        DATA.splitlines()[:1],
        [],
        [
            f'<https://example.org/n> <https://example.org/p> "新\\n" <{A}> .',
            *DATA.splitlines()[:2],
        ],
    ],
    ids=["fewer", "none", "more"],
)
def test_a_replaced_graph_holds_what_is_wanted(store, wanted):
    store.load(DATA.encode())
    store.replace(A, wanted)
    rest = [line for line in DATA.splitlines() if f"<{A}>" not in line]
    assert lines(store) == sorted([*wanted, *rest])


def test_what_a_graph_forgets_of_a_subject_other_graphs_still_say(store):
    store.load(DATA.encode())
    store.forget(A, ["https://example.org/x", "https://example.org/none"])
    assert lines(store) == sorted(line for line in DATA.splitlines() if f"<{A}>" not in line)


def test_discarded_statements_are_gone_where_they_were(store):
    store.load(DATA.encode())
    first, *rest = DATA.splitlines()
    store.discard(first.encode())
    assert lines(store) == sorted(rest)


@settings(
    max_examples=settings.default.max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4, unique=True))
def test_any_text_comes_back_as_it_was_written(store, texts):
    store.remove([A])
    said = [(f"https://example.org/{n}", t) for n, t in enumerate(texts)]
    quads = "".join(f"<{s}> <https://example.org/p> {literal(t)} <{A}> .\n" for s, t in said)
    store.load(quads.encode())
    assert store.texts(f"SELECT ?s ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} ORDER BY ?s") == said
    store.replace(A, quads.split("\n")[:-1])
    assert store.texts(f"SELECT ?s ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} ORDER BY ?s") == said
