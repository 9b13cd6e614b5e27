"""Networks and whole stores for Gephi, networkx and other triple stores, the same bytes every time."""

import csv
import gzip
import io
import subprocess
import sys
from urllib.parse import quote

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kps_graph
from kps_graph.exports.settled import settled
from kps_graph.graph.questions import NETWORKS
from tests.support.stores import built, content


@pytest.mark.parametrize("of", NETWORKS)
@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_a_network_has_one_name_in_command_and_python(kps, example_store, tmp_path, of, ending):
    out = tmp_path / f"x{ending}"
    written = set()
    for _ in range(2):
        assert kps("export", of, "-o", out, "--min", "2", "--store", example_store).code == 0
        written.add(out.read_bytes())
    assert len(written) == 1
    read = (nx.read_graphml if ending == ".graphml" else nx.read_gexf)(out)
    with kps_graph.open(example_store) as graph:
        found = graph.network(of, 2)
    assert set(read) == set(found)
    assert {frozenset(e) for e in read.edges()} == {frozenset(e) for e in found.edges()}


def test_occupations_have_what_gephi_sorts_and_colours_by(example_store):
    with kps_graph.open(example_store) as graph:
        node = graph.network("occupations").nodes["KPS1420-001v2"]
        found = graph.network("competencies", 2, kind="K")
    assert (node["label"], node["code"]) == ("貿易經理", "KPS1420-001v2")
    assert (node["level"], node["category"], node["status"]) == (5, "KPS", "latest")
    assert {data["competencyKind"] for _, data in found.nodes(data=True)} == {"K"}
    assert all(data["shared"] >= 2 for *_, data in found.edges(data=True))


def test_a_list_of_edges_says_what_its_ends_are(kps, example_store, tmp_path):
    out = tmp_path / "x.csv"
    kps("export", "occupations", "-o", out, "--store", example_store)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    with kps_graph.open(example_store) as graph:
        edges = graph.network("occupations").edges(data=True)
        assert [(r["source"], r["target"], int(r["shared"])) for r in rows] == [
            (a, b, data["shared"]) for a, b, data in edges
        ]
    assert all(r["source_label"] and r["target_label"] for r in rows)


@pytest.mark.sweep
def test_a_whole_store_is_written_the_same_every_time(kps, example_store, tmp_path):
    files = {}
    for name in ("a.nq", "b.nq", "a.nq.gz", "b.nq.gz", "a.trig"):
        assert kps("export", "store", "-o", tmp_path / name, "--store", example_store).code == 0
        files[name] = (tmp_path / name).read_bytes()
    assert files["a.nq"] == files["b.nq"] == gzip.decompress(files["a.nq.gz"])
    assert files["a.nq.gz"] == files["b.nq.gz"]
    quads = {str(q) for q in ox.parse(files["a.nq"], format=ox.RdfFormat.N_QUADS)}
    assert quads == {str(q) for q in ox.parse(files["a.trig"], format=ox.RdfFormat.TRIG)}
    assert set(content(example_store)) <= set(files["a.nq"].decode().splitlines())


@pytest.mark.sweep
def test_two_builds_of_the_same_documents_are_written_the_same(
    kps, examples, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    written = []
    for name in ("one", "other"):
        store = tmp_path / f"{name}.store"
        built(store, examples, check=True)
        assert kps("export", "store", "-o", tmp_path / f"{name}.nq", "--store", store).code == 0
        assert kps("export", "store", "-o", f"{tmp_path / name}/", "--store", store).code == 0
        files = sorted((tmp_path / name).iterdir())
        written.append(
            [(tmp_path / f"{name}.nq").read_bytes(), *((f.name, f.read_bytes()) for f in files)]
        )
    assert written[0] == written[1]
    assert b" _:" in written[0][0], "the ontology has blank nodes, which an engine names anew"


def test_without_a_given_time_two_builds_differ_in_the_times_alone(kps, examples, tmp_path):
    written = []
    for name in ("one", "other"):
        store, out = tmp_path / f"{name}.store", tmp_path / f"{name}.nq"
        built(store, examples / "KPS1420-001v2.md")
        assert kps("export", "store", "-o", out, "--store", store).code == 0
        written.append(set(out.read_bytes().splitlines()))
    assert all(b"endedAtTime" in line or b"/modified>" in line for line in written[0] ^ written[1])


@given(st.lists(st.sampled_from("ab")), st.text("xyz", min_size=1))
def test_names_of_blank_nodes_depend_on_what_is_said_of_them_alone(items, prefix):
    def nquads(label):
        said = [f'_:{label(n)} <a:item> "{item}> _:x" <a:g> .' for n, item in enumerate(items)]
        said += [f"_:{label(n)} <a:rest> _:{label(n + 1)} <a:g> ." for n in range(len(items))]
        return {"a:g": "".join(f"{line}\n" for line in said).encode()}

    one = settled(nquads(lambda n: f"{n}{prefix}"))
    other = settled(nquads(lambda n: f"{prefix}{len(items) - n}"))
    assert one == other
    kept = ox.Dataset(ox.parse(one["a:g"], format=ox.RdfFormat.N_QUADS))
    was = ox.Dataset(ox.parse(nquads(lambda n: f"{n}")["a:g"], format=ox.RdfFormat.N_QUADS))
    for dataset in (kept, was):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert kept == was


def test_blank_nodes_that_nothing_tells_apart_all_stay_and_take_no_time():
    said = [f"_:n{a} <a:p> _:n{b} <a:g> .\n" for a in range(20) for b in range(20) if a != b]
    data = "".join(said).encode()
    one, again = settled({"a:g": data}), settled({"a:g": data})
    assert one == again
    assert len(list(ox.parse(one["a:g"], format=ox.RdfFormat.N_QUADS))) == len(said)


def test_a_whole_store_is_turtle_in_a_file_for_each_graph(kps, example_store, tmp_path):
    folder = tmp_path / "graphs"
    assert kps("export", "store", "-o", f"{folder}/", "--store", example_store).code == 0
    files = {f.name: f.read_bytes() for f in folder.iterdir()}
    with kps_graph.open(example_store) as graph:
        graphs = graph.store.graphs()
        whole = {iri: graph.store.dump(iri) for iri in graphs}
        for iri in graphs:
            name = f"{quote(iri.removeprefix(graph.base), safe='')}.ttl"
            written = ox.Dataset(ox.parse(files.pop(name), format=ox.RdfFormat.TURTLE))
            was = ox.Dataset(ox.parse(whole[iri], format=ox.RdfFormat.N_TRIPLES))
            for dataset in (written, was):  # blank nodes have other names
                dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            assert written == was
    assert not files
    again = kps("export", "store", "-o", folder, "--store", example_store)
    assert again.code == 2, "what lies there would pass for a graph of the store"


def test_an_answer_is_parquet_with_the_rows_of_its_csv(kps, example_store):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
    asked = ("gap", "貿易經理", "國際物流專員", "--store", str(example_store), "--format")
    command = [sys.executable, "-m", "kps_graph", *asked, "parquet"]
    written = subprocess.run(command, capture_output=True, check=True).stdout
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "csv").out)))
    table = parquet.read_table(io.BytesIO(written)).to_pylist()
    assert [r["iri"] for r in table] == [r["iri"] for r in rows]
    assert list(table[0]) == list(rows[0])
    assert all(isinstance(r["tasks"], int) for r in table)
