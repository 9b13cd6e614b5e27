"""No query can end the process of the one who asks: what the engine cannot read is refused."""

from __future__ import annotations

import pytest

from kps_graph.errors import QuerySyntax
from kps_graph.queries import library
from kps_graph.store import memory
from kps_graph.store.depth import refuse_deep

#: Name -> a query of so many parts, each nested in or chained to the others.
MANY = {
    "groups": lambda n: "SELECT * " + "{" * n + "?s ?p ?o" + "}" * n,
    "subqueries": lambda n: "SELECT * {" * n + "?s ?p ?o" + "}" * n,
    "brackets": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "functions": lambda n: "SELECT * { FILTER(" + "STR(" * n + "1" + ")" * n + ") }",
    "negations": lambda n: "SELECT * { FILTER(" + "!" * n + "true) }",
    "alternatives": lambda n: "SELECT * { FILTER(" + "||".join(["1=1"] * n) + ") }",
    "sums": lambda n: "SELECT * { FILTER(0=" + "+".join(["1"] * n) + ") }",
    "paths": lambda n: "SELECT * { ?s " + "/".join(["<http://a>"] * n) + " ?o }",
    "unions": lambda n: "SELECT * { " + " UNION ".join(["{?s ?p ?o}"] * n) + " }",
    "triples": lambda n: "SELECT * { " + "?s ?p ?o. " * n + "}",
    "options": lambda n: "SELECT * { " + "OPTIONAL {?s ?p ?o} " * n + "}",
    "lists": lambda n: "SELECT * { ?s ?p " + "(" * n + "1" + ")" * n + "}",
    "shut in texts": lambda n: "SELECT * { FILTER(" + '("("=' * n + "1" + ")" * n + ") }",
}


@pytest.mark.parametrize("kind", MANY)
def test_a_query_that_no_engine_can_read_is_refused(kind):
    with pytest.raises(QuerySyntax) as caught:
        memory().query(MANY[kind](20_000))
    assert caught.value.line == 1
    assert caught.value.hint


def test_a_long_list_of_values_is_read():
    some = " ".join(f'("{n} ((" {n})' for n in range(20_000))
    rows = memory().query(f"SELECT * {{ VALUES (?text ?n) {{ {some} }} }}")
    assert len(rows) == 20_000


def test_brackets_in_a_text_do_not_count():
    assert len(memory().query("SELECT ('" + "(" * 500 + "' AS ?x) {}")) == 1


@pytest.mark.parametrize("name", library.library())
def test_every_query_of_the_library_is_far_from_the_bounds(name):
    refuse_deep(library.get(name).text)
