"""A new store that is filled in memory and written down as it comes."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.errors import StoreError
from kps_graph.store import memory
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.filling import ROOM, FillingStore
from kps_graph.terms import rdf

_GRAPHS = ("https://example.org/g", "https://example.org/h", "https://example.org/g/h")


def _line(subject: int, graph: str, value: str) -> str:
    about = f"<https://example.org/s{subject}>"
    if not value:
        return f"{about} <{rdf.type}> <https://example.org/C> <{graph}> ."
    return f'{about} <https://example.org/p> "{value}" <{graph}> .'


_values = st.sampled_from(["", "甲", "乙 <https://example.org/g> .", "https://example.org/h"])
_graphs = st.sampled_from(_GRAPHS)
_lines = st.lists(st.tuples(st.integers(0, 5), _values), max_size=6)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("load"), _graphs, _lines),
        st.tuples(st.just("replace"), _graphs, _lines),
        st.tuples(st.just("wait"), _graphs, _lines),
        st.tuples(st.just("remove"), _graphs, st.just([])),
        st.tuples(st.just("discard"), _graphs, _lines),
    ),
    max_size=8,
)


def _do(store: EmbeddedStore, step: str, graph: str, lines: list[str]) -> None:
    match step:
        case "load":
            store.load("".join(f"{line}\n" for line in lines).encode())
        case "discard":
            store.discard("".join(f"{line}\n" for line in lines).encode())
        case "remove":
            store.remove([graph])
        case _:
            store.replace(graph, lines, asked=step == "replace")


def _held(store: EmbeddedStore) -> dict[str, Counter[bytes]]:
    graphs = {g: Counter(store.dump(g).split(b"\n")) for g in store.graphs()}
    return {g: lines for g, lines in graphs.items() if set(lines) != {b""}}


@given(_steps, st.sampled_from([0, 200, ROOM]))
def test_what_is_written_to_disk_is_what_was_loaded_and_not_removed(
    steps: list[tuple[str, str, list[tuple[int, str]]]], room: int
) -> None:
    """Whatever is loaded, replaced and removed in whatever order, as a plain store holds it.

    So it is whether all has room in memory, some, or nothing.
    """
    plain = memory()
    assert isinstance(plain, EmbeddedStore)
    with tempfile.TemporaryDirectory() as folder:
        filling = FillingStore(Path(folder) / "data", room)
        for step, graph, said in steps:
            lines = [_line(subject, graph, value) for subject, value in said]
            _do(plain, step, graph, lines)
            _do(filling, step, graph, lines)
        assert filling.counted() == plain.counted()
        filling.settle()
        assert _held(filling) == _held(plain)
        assert filling.counted() == plain.counted()
        filling.close()
        assert [path.name for path in Path(folder).iterdir()] == ["data"]


def test_a_store_that_is_given_up_holds_no_file_open(tmp_path: Path) -> None:
    """So that its folder can be removed on every system."""
    filling = FillingStore(tmp_path / "data")
    filling.load(f"{_line(1, _GRAPHS[0], '')}\n".encode())
    filling.close()
    for path in tmp_path.iterdir():
        path.unlink()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the disk that is full is one of Linux")
def test_on_a_full_disk_it_says_so_and_can_be_given_up(tmp_path: Path) -> None:
    """What is written down is no reason to fail when nobody wants it any more."""
    (tmp_path / "data.nq").symlink_to("/dev/full")
    filling = FillingStore(tmp_path / "data")
    lines = "".join(f"{_line(n, _GRAPHS[0], '甲')}\n" for n in range(5000))
    with pytest.raises(StoreError, match="cannot be written"):
        filling.load(lines.encode())
    filling.close()
