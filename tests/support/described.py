"""What a store says of itself, against what COUNT gives."""

import kps_graph
from kps_graph.terms import PREFIXES, kps


def numbers(graph, text):
    return {row[0]: int(row[1]) for row in graph.store.texts(text)}


VOID = PREFIXES["void"]
#: What the description says of the whole, and what counts it.
SUMS = {
    "triples": ("*", "?s ?p ?o"),
    "classes": ("DISTINCT ?c", "?s a ?c"),
    "properties": ("DISTINCT ?p", "?s ?p ?o"),
    "entities": ("DISTINCT ?s", f"?s a <{kps.Standard}>"),
}


def classes(graph):
    return numbers(
        graph,
        f"SELECT ?c ?n {{ ?d <{VOID}classPartition> ?p . ?d a <{VOID}Dataset> . "
        f"?p <{VOID}class> ?c ; <{VOID}entities> ?n }}",
    )


def properties(graph):
    return numbers(
        graph,
        f"SELECT ?q ?n {{ ?d <{VOID}propertyPartition> ?p ; a <{VOID}Dataset> . "
        f"?p <{VOID}property> ?q ; <{VOID}triples> ?n }}",
    )


def parts(graph):
    """The counts of the properties of each class, and how many partitions there are of them."""
    rows = graph.store.texts(
        f"SELECT ?c ?q ?n ?pp {{ ?p <{VOID}class> ?c ; <{VOID}propertyPartition> ?pp . "
        f"?pp <{VOID}property> ?q OPTIONAL {{ ?pp <{VOID}triples> ?n }} }}"
    )
    assert len({row[3] for row in rows}) == len(rows)
    return {row[:2]: int(row[2]) for row in rows}


def counted_parts(graph):
    rows = graph.store.texts("SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p")
    return {row[:2]: int(row[2]) for row in rows}


def assert_all_counts_are_those_of_count(store):
    with kps_graph.open(store) as graph:
        counted = numbers(graph, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
        assert classes(graph) == counted
        counted = numbers(graph, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
        assert properties(graph) == counted
        assert parts(graph) == counted_parts(graph)
        for said, asked in SUMS.items():
            told = graph.store.texts(
                f"SELECT ?d ?n {{ ?d <{VOID}{said}> ?n ; <{VOID}classes> ?any }}"
            )
            counted = graph.store.texts(f"SELECT (COUNT({asked[0]}) AS ?n) {{ {asked[1]} }}")
            assert [row[1] for row in told] == [row[0] for row in counted], said
