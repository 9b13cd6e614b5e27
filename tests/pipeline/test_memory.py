"""Many documents are read in worker processes, and what comes of it is the same."""

import pytest

from kps_graph.pipeline import memory
from kps_graph.pipeline.sources import find
from kps_graph.store import Store, nquads_of


def contents(store: Store) -> list[bytes]:
    return sorted(nquads_of(store).split(b"\n"))


@pytest.fixture
def folder(tmp_path, examples):
    """The examples, one of them twice under another name, and a file that cannot be read."""
    for path in examples.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    twin = sorted(tmp_path.iterdir())[0]
    (tmp_path / "z-twin.yaml").write_bytes(twin.read_bytes())
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_workers_give_what_one_process_gives_in_the_order_given(folder, monkeypatch):
    files = find([folder])
    alone = memory.load(files)
    monkeypatch.setenv("KPS_WORKERS", "1")
    shared = memory.load(files, workers=2)
    assert shared.sources == alone.sources
    assert contents(shared.store) == contents(alone.store)
    by_path = {s.path: s for s in shared.sources}
    twin = by_path[str(folder / "z-twin.yaml")]
    assert (twin.outcome, twin.identity) == ("duplicate", "")
    assert [s.path for s in shared.sources if s.outcome == "failed"] == [str(folder / "broken.pdf")]
