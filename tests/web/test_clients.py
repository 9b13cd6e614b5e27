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


@pytest.mark.skipif(not shutil.which("npx"), reason="Node is not installed")
def test_comunica(endpoint, tmp_path):
    command = ["npx", "--yes", "-p", "@comunica/query-sparql@5", "-p", "undici@7.3.0"]
    asked = ["comunica-sparql", f"sparql@{endpoint}", ROWS, "-t", "application/sparql-results+json"]
    environment = {**os.environ, "npm_config_cache": str(tmp_path / "npm")}
    done = subprocess.run(
        [*command, *asked], capture_output=True, cwd=tmp_path, timeout=300, env=environment
    )
    if done.returncode:
        if b"npm" in done.stderr and b"ERR" in done.stderr.upper():
            pytest.skip("npm cannot fetch Comunica here")
        raise AssertionError(done.stderr.decode()[-2000:])
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 3
