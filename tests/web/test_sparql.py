"""The endpoint as clients meet it: what is asked, in which form, and what comes of what cannot be."""

import gzip
import json
import time
from contextlib import closing
from urllib.parse import quote, urlencode

import pytest
from rdflib import DCTERMS, OWL, RDF, Graph, Namespace

from kps_graph.store import Addresses, at
from tests.support.served import BEARER, TOKEN

ROWS = "SELECT ?s ?n { ?s <http://www.w3.org/2004/02/skos/core#notation> ?n } ORDER BY ?n LIMIT 3"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/turtle;q=0.9, text/csv;q=0.1", "text/csv"),
    ],
)
def test_rows_come_as_they_are_wanted(endpoint, accept, media_type):
    answer = endpoint.query(ROWS, accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("*/*", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("application/trig", "trig"),
    ],
)
def test_a_graph_comes_as_it_is_wanted(endpoint, accept, format):
    answer = endpoint.query(GRAPH, accept)
    assert len(Graph().parse(data=answer.text, format=format)) == 5


def test_a_format_can_be_named_where_no_header_can_be_set(endpoint):
    answer = endpoint.query(ROWS, format="csv")
    assert answer.text.splitlines()[0] == "s,n"
    assert endpoint.query(ROWS, format="docx").status == 400


@pytest.mark.parametrize(
    ("query", "accept"), [(ROWS, "text/turtle"), (GRAPH, "text/csv"), (ROWS, "image/png")]
)
def test_what_cannot_be_given_is_not_acceptable(endpoint, query, accept):
    answer = endpoint.query(query, accept)
    assert answer.status == 406
    assert "application/" in answer.json["hint"] or "text/" in answer.json["hint"]


def test_three_ways_to_ask_have_one_answer(endpoint):
    ways = [
        endpoint.query(ROWS),
        endpoint.ask("POST", "/sparql", urlencode({"query": ROWS}), FORM),
        endpoint.ask("POST", "/sparql", ROWS.encode(), QUERY),
    ]
    assert len({way.body for way in ways}) == 1


def test_a_query_that_does_not_parse_is_answered_with_its_place(endpoint):
    answer = endpoint.query("SELECT ?s\nWHERE { ?s ?p }")
    assert (answer.status, answer.media_type) == (400, "application/problem+json")
    assert answer.json["line"] == 2
    assert answer.json["column"] in (15, 16)  # at the bracket, or behind it


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_a_query_reaches_no_other_server(endpoint, query):
    assert endpoint.query(query).status == 400


def test_a_graph_at_a_foreign_address_is_not_fetched(endpoint):
    answer = endpoint.query("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }")
    assert answer.json["results"]["bindings"] == []


def test_what_the_request_says_of_the_dataset_counts(endpoint):
    graphs = endpoint.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 2").json
    one, other = (b["g"]["value"] for b in graphs["results"]["bindings"])
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(answer):
        return int(answer.json["results"]["bindings"][0]["n"]["value"])

    alone = number(endpoint.query(f"SELECT (COUNT(*) AS ?n) FROM <{one}> {{ ?s ?p ?o }}"))
    said = endpoint.query(
        count.replace("{ ?s", f"FROM <{other}> {{ ?s"), **{"default-graph-uri": one}
    )
    assert number(said) == alone
    assert number(endpoint.query(count, **{"named-graph-uri": one})) == 0
    assert number(endpoint.query(count)) > alone


@pytest.mark.oracle
def test_a_head_has_the_headers_alone(server):
    path = f"/sparql?query={quote(ROWS)}"
    head, get = server.ask("HEAD", path), server.ask("GET", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_pages_of_others_may_ask(endpoint):
    origin = {"Origin": "https://example.org"}
    preflight = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert endpoint.ask("OPTIONS", "/sparql", headers=origin | preflight).status == 200
    answer = endpoint.ask("GET", f"/sparql?query={quote(ROWS)}", headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in endpoint.ask("OPTIONS", "/sparql").headers["allow"]


@pytest.mark.oracle
def test_an_answer_is_compressed_for_who_wants_it(server):
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 500')}"
    plain = server.ask("GET", path)
    packed = server.ask("GET", path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    refused = server.ask("GET", path, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


@pytest.mark.oracle
@pytest.mark.parametrize("query", [RUNAWAY, RUNAWAY.replace("(COUNT(*) AS ?n)", "(MAX(?a) AS ?m)")])
def test_a_runaway_ends_in_time_with_a_whole_answer(server, query):
    began = time.monotonic()
    answer = server.query(query, timeout=1)
    assert time.monotonic() - began < 2
    assert (answer.status, answer.whole) == (503, True)
    assert answer.json["status"] == 503


@pytest.mark.oracle
def test_more_time_than_the_server_allows_is_not_given(server):
    began = time.monotonic()
    assert server.query(RUNAWAY, timeout=600).status == 503
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "1e99"])
def test_a_time_that_is_none_is_refused(endpoint, seconds):
    assert endpoint.query(ROWS, timeout=seconds).status == 400


@pytest.mark.oracle
def test_a_streamed_answer_that_fails_is_cut(server):
    """Rows come for a while, then the time is over."""
    answer = server.query("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=1)
    assert answer.status == 200
    assert not answer.whole
    with pytest.raises(json.JSONDecodeError):
        assert answer.json


def test_a_large_answer_is_whole(endpoint):
    answer = endpoint.query("SELECT ?s ?p ?o { ?s ?p ?o }", "text/tab-separated-values")
    (count,) = endpoint.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"]
    assert answer.text.count("\n") - 1 == int(count["n"]["value"])


def test_a_query_is_not_written_by(endpoint):
    for text in ("INSERT DATA { <urn:a> <urn:b> 1 }", "CLEAR ALL"):
        assert endpoint.query(text).status == 400
        assert endpoint.update(text).status == 403
    assert endpoint.ask("PUT", "/sparql").status == 405


@pytest.mark.oracle
def test_a_body_has_a_bound(server):
    body = urlencode({"query": f"SELECT * {{}} #{'x' * (1 << 20)}"})
    assert server.ask("POST", "/sparql", body, FORM).status == 413


@pytest.mark.oracle
def test_who_writes_shows_the_token(writable):
    insert = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    for shown in ({}, {"Authorization": "Bearer no"}, {"Authorization": "Basic YTpi"}):
        answer = writable.update(insert, shown)
        assert (answer.status, "www-authenticate" in answer.headers) == (401, True)


@pytest.mark.oracle
def test_what_was_written_is_seen_by_all_who_ask_afterwards(writable):
    for number in range(3):
        text = f"INSERT DATA {{ GRAPH <urn:seen> {{ <urn:a> <urn:b> {number} }} }}"
        assert writable.update(text).status == 204
        answer = writable.query("SELECT ?o { GRAPH <urn:seen> { ?s ?p ?o } }")
        assert len(answer.json["results"]["bindings"]) == number + 1


@pytest.mark.oracle
@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/x>",
        "CLEAR SILENT DEFAULT ; load silent <http://127.0.0.1:9/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "\\u004cOAD <http://127.0.0.1:9/x>",
    ],
)
def test_an_update_reaches_no_other_server(writable, text):
    began = time.monotonic()
    assert writable.update(text).status == 400
    assert time.monotonic() - began < 1


@pytest.mark.oracle
def test_an_update_that_fails_changes_nothing(writable):
    before = writable.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    text = "INSERT DATA { <urn:x> <urn:y> 1 } ; INSERT { ?a ?b ?c } WHERE { ?a ?b"
    assert writable.update(text).status == 400
    answer = writable.ask(
        "PUT",
        "/graph-store?graph=urn:half",
        b"<urn:a> <urn:b> 1 . <urn:c>",
        {"Content-Type": "text/turtle", **BEARER},
    )
    assert (answer.status, answer.json["line"]) == (422, 1)
    assert writable.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before
    assert writable.query("ASK { GRAPH <urn:half> { ?s ?p ?o } }").json["boolean"] is False


def test_a_harvester_learns_which_dataset_is_served(endpoint):
    answer = endpoint.ask("GET", "/sparql", headers={"Accept": "text/turtle"})
    said = Graph().parse(data=answer.text)
    dcat = Namespace("http://www.w3.org/ns/dcat#")
    (service,) = said.subjects(RDF.type, dcat.DataService)
    (data,) = said.objects(service, dcat.servesDataset)
    (distribution,) = said.objects(data, dcat.distribution)
    assert (distribution, dcat.accessURL, service) in said
    for term in (DCTERMS.title, DCTERMS.license, DCTERMS.modified, OWL.versionInfo):
        assert (data, term, None) in said


@pytest.mark.oracle
def test_a_client_finds_in_the_description_where_to_write(writable, monkeypatch):
    graph, line = "https://example.org/found", '<urn:a> <urn:b> "c" .\n'
    monkeypatch.setenv("KPS_STORE_TOKEN", TOKEN)
    with closing(at(Addresses(f"{writable.address}/sparql"))) as store:
        store.put(graph, line.encode())
        assert store.dump(graph).decode() == line
        store.remove([graph])
        assert store.dump(graph) == b""


@pytest.mark.parametrize("path", ["/health", "/api/standards", "/id/KPS1420-001v2", "/reconcile"])
def test_every_address_says_what_it_takes(endpoint, path):
    answer = endpoint.ask("OPTIONS", path)
    assert (answer.status, answer.body) == (204, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
    refused = endpoint.ask("DELETE", path, headers={"Accept-Language": "zh"})
    assert (refused.status, refused.media_type) == (405, "application/problem+json")
    assert refused.headers["allow"] == answer.headers["allow"]
    assert "接受" in refused.json["detail"]


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_person_who_opens_the_endpoint_is_led_to_the_editor(web):
    answer = web.get("/sparql", headers={"Accept": BROWSER})
    assert answer.status_code == 303
    assert answer.headers["vary"] == "Accept"
    page = web.get(answer.headers["location"], headers={"Accept": BROWSER})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("accept", [None, "*/*", "text/turtle", "text/turtle, text/html;q=0.5"])
def test_a_machine_that_asks_nothing_is_given_the_description(web, accept):
    answer = web.get("/sparql", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert "service-description#" in answer.text


def test_a_query_of_a_browser_is_answered_and_not_led_away(web):
    answer = web.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": BROWSER})
    assert answer.status_code == 200
