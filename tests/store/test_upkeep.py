"""A store is checked, copied away and back, and made compact."""

import json
import shutil

import pytest

from kps_graph.errors import StoreDamaged, StoreError, StoreMissing
from kps_graph.store import nquads_of, opened, upkeep
from kps_graph.store.directory import current
from kps_graph.store.next_generation import writing
from tests.support.stores import built, document, write


@pytest.fixture
def store(tmp_path):
    """A store of two small standards."""
    write(tmp_path, a=document("ZZZ1111-001v2", "甲員"), b=document("ZZZ1112-001v1", "乙員"))
    built(tmp_path / "kps.store", tmp_path)
    return tmp_path / "kps.store"


def held(store):
    with opened(store) as graph:
        return sorted(nquads_of(graph.store).splitlines())


def test_a_copy_is_a_store_that_says_the_same(store, tmp_path):
    upkeep.backup(store, tmp_path / "copy")
    assert held(tmp_path / "copy") == held(store)


def test_a_copy_is_taken_while_a_build_runs(store, tmp_path):
    before = held(store)
    with writing(store) as new:
        new.begin(new.before)
        upkeep.backup(store, tmp_path / "copy")
    assert held(tmp_path / "copy") == before


def test_a_copy_comes_back_in_the_place_of_what_was_there(store, tmp_path):
    before = held(store)
    upkeep.backup(store, tmp_path / "copy")
    write(tmp_path, c=document("ZZZ1113-001v1", "丙員"))
    built(store, tmp_path / "c.json")
    assert held(store) != before
    upkeep.restore(tmp_path / "copy", store)
    assert held(store) == before
    assert upkeep.backup(store, tmp_path / "again") is None


def test_a_damaged_store_is_brought_back(store, tmp_path):
    upkeep.backup(store, tmp_path / "copy")
    (store / "CURRENT").write_text("nonsense\n", "ascii")
    with pytest.raises(StoreDamaged):
        opened(store)
    upkeep.restore(tmp_path / "copy", store)
    assert held(store) == held(tmp_path / "copy")


def test_a_damaged_copy_is_not_brought_back(store, tmp_path):
    before = held(store)
    upkeep.backup(store, tmp_path / "copy")
    table = next(current(tmp_path / "copy").data.glob("*.sst"))
    table.write_bytes(table.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreDamaged):
        upkeep.restore(tmp_path / "copy", store)
    assert held(store) == before


def test_nothing_is_copied_over(store, tmp_path):
    (tmp_path / "copy").mkdir()
    with pytest.raises(StoreError, match="something here already"):
        upkeep.backup(store, tmp_path / "copy")
    with pytest.raises(StoreMissing):
        upkeep.backup(tmp_path / "none", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_compact_store_says_the_same(store):
    before = held(store)
    taken, left = upkeep.compact(store)
    assert left <= taken
    assert [q for q in held(store) if b"endedAtTime" not in q] == [
        q for q in before if b"endedAtTime" not in q
    ]


def test_a_sound_store_has_no_faults_and_one_that_lacks_a_standard_has(store):
    with opened(store) as graph:
        assert upkeep.faults(graph) == []
        manifest = graph.manifest
    with writing(store) as new:
        written = new.begin(new.before)
        written.remove([f"{manifest.base}ZZZ1111-001v2"])
        new.finish(manifest)
    with opened(store) as graph:
        (fault,) = upkeep.faults(graph)
    assert "ZZZ1111-001v2" in str(fault)


def test_the_commands_say_what_they_did(kps, store, tmp_path):
    said = json.loads(kps("store", "stats", "--store", store).out)
    assert said["sources"] == {"loaded": 2}
    assert said["triples"] == len(held(store))
    assert kps("store", "check", "--store", store).out == "the store is sound\n"
    assert "ZZZ1111-001v2" in kps("store", "graphs", "--store", store).out
    assert kps("store", "backup", tmp_path / "copy", "--store", store).code == 0
    shutil.rmtree(store)
    assert kps("store", "restore", tmp_path / "copy", "--store", store).code == 0
    assert "bytes before" in kps("store", "compact", "--store", store).out
