"""A store goes to a server and comes back, and answers there as it does here."""

from contextlib import closing

import pytest

import kps_graph as kps
from kps_graph.errors import StoreError, StoreMissing
from kps_graph.store import Addresses, at, opened
from kps_graph.store.digest import digest
from kps_graph.store.moving import pull, push
from kps_graph.terms import DEFAULT_BASE, graph_iri
from tests.support.servers import free_port
from tests.support.stores import built, document, write

ONE, OTHER = "ZZZ1111-001v2", "ZZZ1112-001v1"
THEIRS = "https://example.org/theirs"


@pytest.fixture
def address(request, monkeypatch, tmp_path):
    """The address of a server that holds a graph of somebody else's."""
    monkeypatch.setenv("KPS_STORE_USER", "dba")
    monkeypatch.setenv("KPS_STORE_PASSWORD", "dba")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    address = request.getfixturevalue(f"{getattr(request, 'param', 'oxigraph')}_server")
    with closing(at(Addresses(address))) as store:
        store.remove(store.graphs())
        store.load(f'<{THEIRS}> <{THEIRS}> "a" <{THEIRS}> .\n'.encode())
    return address


@pytest.fixture
def target(address):
    """The server, to write to."""
    with closing(at(Addresses(address))) as store:
        yield store


@pytest.fixture(scope="module")
def small_store(tmp_path_factory):
    """A store of two small standards that share a K and an S."""
    folder = tmp_path_factory.mktemp("small")
    write(folder, a=document(ONE, "甲員"), b=document(OTHER, "乙員", ("風險管理", "採購")))
    built(folder / "kps.store", folder)
    return folder / "kps.store"


@pytest.fixture
def source(small_store):
    """The store that is moved."""
    with opened(small_store) as source:
        yield source


def digests(store, graphs):
    return {graph: digest(store.dump(graph)) for graph in graphs}


def test_a_push_sends_everything_and_the_next_what_changed(source, target):
    graphs = source.store.graphs()
    first = push(source, target)
    assert (sorted(first.sent), first.removed, first.differing) == (graphs, (), ())
    assert digests(target, graphs) == digests(source.store, graphs)
    assert push(source, target).sent == ()

    one, other = DEFAULT_BASE + ONE, DEFAULT_BASE + OTHER
    target.remove([one])
    target.load(f'<{other}> <{THEIRS}> "odd" <{other}> .\n'.encode())
    stale = f"{DEFAULT_BASE}KPS0000-001v1"
    target.load(f'<{stale}> <{THEIRS}> "old" <{stale}> .\n'.encode())
    again = push(source, target)
    assert sorted(again.sent) == sorted([one, other])
    assert again.removed == (stale,)
    assert THEIRS in target.graphs()


def test_what_a_store_says_of_itself_goes_last(source, target):
    assert push(source, target).sent[-1] == graph_iri("provenance")


def test_an_interrupted_push_goes_on_where_it_was(source, target):
    def stop(done, total, name):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(source, target, stop)
    assert len(push(source, target).sent) == len(source.store.graphs()) - 4


def test_a_graph_that_came_otherwise_is_named(source, target, monkeypatch):
    lost = graph_iri("schemes")
    put = type(target).put

    def losing(store, graph, triples):
        put(store, graph, triples.partition(b"\n")[0] + b"\n" if graph == lost else triples)

    monkeypatch.setattr(type(target), "put", losing)
    (difference,) = push(source, target).differing
    assert (difference.graph, difference.there.triples) == (lost, 1)


@pytest.mark.parametrize(
    "address", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.oracle)], indirect=True
)
def test_a_store_on_a_server_is_asked_as_one_on_disk(source, target, address, small_store):
    push(source, target)
    with kps.open(small_store) as here, kps.open(address) as there:
        assert there.base == here.base
        assert there.manifest == here.manifest
        assert there.standard(ONE) == here.standard(ONE)
        assert there.nearest(ONE).to_dicts() == here.nearest(ONE).to_dicts()
        assert there.trace(ONE, "K1") == here.trace(ONE, "K1")
        assert there.query("SELECT ?s { ?s a kps:Standard } ORDER BY ?s").to_dicts() == (
            here.query("SELECT ?s { ?s a kps:Standard } ORDER BY ?s").to_dicts()
        )


def test_what_is_computed_of_a_store_is_kept_in_the_cache(source, target, address, tmp_path):
    push(source, target)
    for _ in range(2):
        with kps.open(address) as graph:
            graph.shared()
    assert len(list((tmp_path / "cache").glob("kps-graph/*/usage.jsonl"))) == 1


@pytest.mark.sweep
def test_a_pulled_store_is_the_one_that_was_pushed(source, target, address, tmp_path):
    push(source, target)
    with opened(address) as server:
        moved = pull(server, tmp_path / "kps.store")
    # what says when a store was written
    dated = (graph_iri("provenance"), graph_iri("description"))
    graphs = [g for g in source.store.graphs() if g not in dated]
    assert moved.graphs == len(graphs) + len(dated)
    with opened(tmp_path / "kps.store") as pulled:
        assert digests(pulled.store, graphs) == digests(source.store, graphs)
        assert pulled.manifest == source.manifest


@pytest.mark.sweep
def test_the_commands_say_what_was_moved(kps, address, small_store, tmp_path):
    first = kps("push", "--to", address, "--store", small_store)
    assert (first.code, " 0 sent" in first.out) == (0, False)
    assert " 0 sent" in kps("push", "--to", address, "--store", small_store).out
    assert kps("pull", "--from", address, "--store", tmp_path / "s").code == 0
    shown = [kps("query", "standards", "--store", place).out for place in (address, tmp_path / "s")]
    assert shown[0] == shown[1] != ""


# -- what goes wrong -------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_named(kps, small_store):
    nowhere = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        opened(nowhere)
    assert caught.value.source == nowhere
    result = kps("query", "standards", "--store", nowhere)
    assert (result.code, "cannot be reached" in result.err) == (2, True)


def test_an_address_without_a_service_is_no_store(oxigraph_server):
    with pytest.raises(StoreError), closing(at(Addresses(f"{oxigraph_server}/none"))) as store:
        store.query("ASK {}")
    assert issubclass(StoreMissing, StoreError)


def test_credentials_are_neither_taken_from_an_address_nor_shown(virtuoso_server, monkeypatch):
    with pytest.raises(StoreError, match="can be seen by others") as caught:
        opened("http://dba:secret@127.0.0.1/sparql")
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("KPS_STORE_USER", "dba")
    monkeypatch.setenv("KPS_STORE_PASSWORD", "wrong-secret")
    with closing(at(Addresses(virtuoso_server))) as store:
        with pytest.raises(StoreError, match="KPS_STORE_USER") as caught:
            store.remove([THEIRS])
        assert (
            "wrong-secret"
            not in f"{caught.value!r} {caught.value} {store!r} {vars(store._requests)}"
        )


def test_a_store_is_built_in_a_directory(kps, oxigraph_server, examples):
    result = kps("build", examples, "--store", oxigraph_server)
    assert (result.code, "kps-graph push" in result.err) == (2, True)


def test_a_server_without_a_store_says_so(oxigraph_server):
    with closing(at(Addresses(oxigraph_server))) as store:
        store.remove(store.graphs())
    with pytest.raises(StoreError, match="does not say what it was built of"):
        opened(oxigraph_server)
