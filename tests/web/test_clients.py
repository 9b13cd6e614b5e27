"""Clients that people have ask the endpoint, and none of them is told anything about it."""

import csv
import io
import json
import os
import shutil
import subprocess
import urllib.request
from urllib.parse import quote

import pytest
from rdflib import ConjunctiveGraph, Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.support.served import TOKEN

pytestmark = pytest.mark.oracle
ROWS = "SELECT ?s ?n { ?s <http://www.w3.org/2004/02/skos/core#notation> ?n } ORDER BY ?n LIMIT 3"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"


@pytest.fixture(scope="module")
def endpoint(server):
    return f"{server.address}/sparql"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
def test_sparqlwrapper(endpoint, method, way):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(ROWS)
    for format in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(format)
        assert client.query().convert()
    client.setReturnFormat(wrapper.JSON)
    assert len(client.query().convert()["results"]["bindings"]) == 3
    client.setQuery(GRAPH)
    for format in (wrapper.TURTLE, wrapper.RDFXML, wrapper.JSONLD, wrapper.N3):
        client.setReturnFormat(format)
        assert client.query().convert()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(endpoint, method):
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat="xml"))
    assert len(list(graph.query(ROWS))) == 3
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert len(graph.query(GRAPH).graph) == 5


def test_rdflib_writes(writable):
    endpoint = f"{writable.address}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, headers={"Authorization": f"Bearer {TOKEN}"})
    graph = ConjunctiveGraph(store)
    graph.update("INSERT DATA { GRAPH <urn:rdflib> { <urn:a> <urn:b> 'c' } }")
    assert list(graph.query("SELECT ?o { GRAPH <urn:rdflib> { ?s ?p ?o } }"))


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(endpoint):
    ways = (
        ["-G", endpoint, "--data-urlencode", f"query={ROWS}"],
        [endpoint, "--data-urlencode", f"query={ROWS}"],
        [endpoint, "-H", "Content-Type: application/sparql-query", "--data", ROWS],
        ["--compressed", "--http1.0", "-G", endpoint, "--data-urlencode", f"query={ROWS}"],
    )
    answers = {subprocess.check_output(["curl", "-sSf", *way]) for way in ways}
    assert [len(json.loads(a)["results"]["bindings"]) for a in answers] == [3]


def test_csv_by_get_as_r_reads_it(endpoint):
    """``read.csv(url)`` sets no header."""
    url = f"{endpoint}?query={quote(ROWS)}&format=csv"
    text = urllib.request.urlopen(url).read().decode()
    assert [len(row) for row in csv.reader(io.StringIO(text))] == [2, 2, 2, 2]


#: Comunica on Node 20 needs the older undici.
_COMUNICA = {"dependencies": {"@comunica/query-sparql": "^5"}, "overrides": {"undici": "7.3.0"}}


@pytest.fixture(scope="module")
def comunica(tmp_path_factory):
    """The program of Comunica: of KPS_COMUNICA, or as npm fetches it."""
    if program := os.environ.get("KPS_COMUNICA"):
        return program
    if not shutil.which("npm"):
        pytest.skip("Node is not installed")
    folder = tmp_path_factory.mktemp("comunica")
    (folder / "package.json").write_text(json.dumps({"private": True, **_COMUNICA}), "utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(command, cwd=folder, capture_output=True, timeout=600).returncode:
        pytest.skip("npm cannot fetch Comunica here")
    return folder / "node_modules" / ".bin" / "comunica-sparql"


@pytest.mark.parametrize("query", [ROWS, GRAPH])
def test_comunica(endpoint, comunica, query):
    media_type = "application/sparql-results+json" if query == ROWS else "application/n-triples"
    command = [comunica, f"sparql@{endpoint}", query, "-t", media_type]
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    if query == ROWS:
        assert len(json.loads(done.stdout)["results"]["bindings"]) == 3
    else:
        assert done.stdout.count(b" .\n") == 5
