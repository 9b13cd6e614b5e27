"""A store of an older layout is written anew from what it holds."""

import json
import unicodedata

import pytest

from kps_graph.errors import StoreMissing, StoreVersion
from kps_graph.pipeline.build import migrate
from kps_graph.store import current
from kps_graph.store.beside import Beside
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.manifest import FORMAT, OLDER
from kps_graph.terms import DEFAULT_BASE, graph_iri, kps, skos
from tests.support.stores import built, content, document, manifest, opened, write

THEIRS = "https://example.org/theirs"
COMPOSED = unicodedata.normalize("NFC", "設計方法é")


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, a=document(), b=document("ZZZ1112-001v1", "乙員", ("風險管理", COMPOSED)))
    write(folder, twin=document(), broken="{")
    return folder


@pytest.fixture
def store(tmp_path, documents):
    """A store as an older version left it: its texts as printed, and its stamp."""
    built(tmp_path / "kps.store", documents, check=True)
    age(tmp_path / "kps.store", min(OLDER))
    return tmp_path / "kps.store"


def age(store, format):
    """Makes the stamp of a store that of another layout, and a text of it as it was printed."""
    generation = current(store)
    data = EmbeddedStore.on_disk(generation.data, writable=True)
    data.update(
        f"DELETE {{ GRAPH ?g {{ ?g <{kps.storeFormat}> ?f }} }} "
        f"INSERT {{ GRAPH ?g {{ ?g <{kps.storeFormat}> {format} }} }} "
        f"WHERE {{ GRAPH ?g {{ ?g <{kps.storeFormat}> ?f }} }}"
    )
    printed = unicodedata.normalize("NFD", COMPOSED)
    data.update(
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} "
        f'INSERT {{ GRAPH ?g {{ ?s ?p "{printed}"@zh-hant }} }} '
        f'WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STR(?o) = "{COMPOSED}") }}'
    )
    data.load(f'<{THEIRS}> <{THEIRS}> "theirs" <{THEIRS}> .\n'.encode())
    data.settle()
    data.close()
    Beside(generation.path).seal(generation.data)
    seal = generation.path / "manifest.json"
    seal.write_text(json.dumps({**json.loads(seal.read_text()), "format": format}))


def found(store):
    """What became of each document, and what was found in it."""
    sources = manifest(store).sources.values()
    return [(s.path, s.sha256, s.outcome, s.identity, s.noted, s.read, s.placed) for s in sources]


def test_it_says_then_what_a_store_built_today_says(store, documents, tmp_path):
    migrate(store)
    built(tmp_path / "new.store", documents, check=True)
    theirs = f'<{THEIRS}> <{THEIRS}> "theirs" <{THEIRS}> .'
    mine = [line for line in content(store) if "rawText" not in line]
    assert mine == sorted([*content(tmp_path / "new.store"), theirs])
    assert found(store) == found(tmp_path / "new.store")


def test_what_was_printed_stands_beside_the_normal_form(store):
    migrate(store)
    rows = opened(store).texts(
        f"SELECT DISTINCT ?text ?raw {{ ?x a <{kps.Knowledge}> ; <{kps.rawText}> ?raw ; "
        f"<{skos.prefLabel}> ?text }}"
    )
    assert rows == [(COMPOSED, unicodedata.normalize("NFD", COMPOSED))]


def test_an_older_store_is_not_asked_and_says_what_to_do(store):
    with pytest.raises(StoreVersion) as refused:
        opened(store)
    assert "kps-graph store migrate" in str(refused.value.hint)


def test_a_layout_that_is_not_known_is_refused(store):
    generation = current(store)
    before = (store / "CURRENT").read_text()
    seal = generation.path / "manifest.json"
    seal.write_text(json.dumps({**json.loads(seal.read_text()), "format": FORMAT + 1}))
    with pytest.raises(StoreVersion):
        migrate(store)
    assert (store / "CURRENT").read_text() == before


def test_where_there_is_no_store_nothing_is_made(tmp_path):
    with pytest.raises(StoreMissing):
        migrate(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_store_of_today_is_written_anew_as_it_is(tmp_path, documents):
    built(tmp_path / "kps.store", documents, check=True)
    before = content(tmp_path / "kps.store")
    migrate(tmp_path / "kps.store")
    assert content(tmp_path / "kps.store") == before
    assert graph_iri("findings", DEFAULT_BASE) in opened(tmp_path / "kps.store").graphs()
