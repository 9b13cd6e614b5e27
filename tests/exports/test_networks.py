"""Networks and whole stores for Gephi, networkx and other triple stores, the same bytes every time."""

import csv
import gzip
import io

import networkx as nx
import pyoxigraph as ox
import pytest

import kps_graph
from kps_graph.graph.questions import NETWORKS
from tests.support.stores import content


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
