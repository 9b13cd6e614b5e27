"""The query library answers on servers as it does here, in the same order."""

from contextlib import closing

import pyoxigraph as ox
import pytest

from kps_graph.queries import library as queries
from kps_graph.queries.sliced import LONG
from kps_graph.store import Addresses, Bounds, at
from kps_graph.terms import DEFAULT_BASE, kps
from tests.support import query_cases

#: What Virtuoso is known not to answer as others do, and why (``docs/stores.md``).
VIRTUOSO = {
    "incomplete": "takes minutes",
    "shared": "concatenates names in another order",
    "tasks-with-word": "finds nothing by a pattern of Chinese characters",
    "trace": "knows no EXISTS inside BIND",
    "where": "finds nothing by a pattern of Chinese characters",
}


@pytest.fixture(
    scope="module", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.oracle)]
)
def server(request):
    """A server with the data of the cases."""
    address = request.getfixturevalue(f"{request.param}_server")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPS_STORE_USER", "dba")
        patch.setenv("KPS_STORE_PASSWORD", "dba")
        with closing(at(Addresses(address))) as store:
            store.remove(store.graphs())
            held = ox.Store()
            for path in query_cases.data():
                held.load(path=str(path), format=ox.RdfFormat.TRIG)
            store.load(held.dump(format=ox.RdfFormat.N_QUADS))
            yield request.param, store
            store.remove(store.graphs())


@pytest.mark.parametrize("name", query_cases.names())
def test_a_query_gives_the_same_rows_on_a_server(server, name):
    kind, store = server
    if kind == "virtuoso" and name in VIRTUOSO:
        pytest.skip(f"Virtuoso {VIRTUOSO[name]}: see docs/stores.md")
    for case in query_cases.cases(name):
        text = queries.get(name).bind(**case.params).text
        found = store.stream(text, Bounds(60)).rows()
        rows = [[folded(query_cases.cell(term)) for term in row] for row in found.terms]
        assert list(found.columns) == case.columns
        assert rows == [[folded(cell) for cell in row] for row in case.rows]


@pytest.mark.parametrize("name", ["categories", "attitudes", "shared"])
def test_a_slice_of_many_standards_is_one_of_few_beside_others_that_are_not_there(server, name):
    """A long list is written in another way: see queries/sliced.py."""
    kind, store = server
    if kind == "virtuoso" and name in VIRTUOSO:
        pytest.skip(f"Virtuoso {VIRTUOSO[name]}: see docs/stores.md")
    there = [iri for (iri,) in store.texts(f"SELECT ?s {{ ?s a <{kps.Standard}> }} ORDER BY ?s")]
    others = [f"{DEFAULT_BASE}ZZZ{n}" for n in range(LONG)]
    query, params = queries.get(name), query_cases.cases(name)[0].params
    few, many = (
        store.stream(query.within(standards).bind(**params).text, Bounds(60)).rows().terms
        for standards in (there, [*others, *there])
    )
    assert few == many != ()


def folded(cell):
    """A truth value in one form."""
    return {"true": "1", "false": "0"}.get(cell, cell)
