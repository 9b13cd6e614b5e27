"""Nobody can bring the server down: limits, slow clients, lost workers, new generations, the end."""

import http.client
import os
import signal
import socket
import threading
import time
from urllib.parse import quote, urlsplit

import psutil
import pytest

from kps_graph.cli import main
from tests.support.served import serving
from tests.support.stores import built, document, write
from tests.web.test_sparql import ROWS, RUNAWAY

pytestmark = pytest.mark.oracle
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"


def connected(server):
    place = urlsplit(server.address)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def request(query, **more):
    fields = "".join(f"&{name}={value}" for name, value in more.items())
    return f"GET /sparql?query={quote(query)}{fields} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def read_all(sock):
    parts = []
    while part := sock.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def children(server):
    return psutil.Process(server.process.pid).children(recursive=True)


def test_it_says_that_it_is_well_and_what_it_has_done(server):
    server.query(ROWS)
    assert server.ask("GET", "/health").json["status"] == "ok"
    numbers = server.ask("GET", "/metrics").text
    assert 'kps_http_requests_total{method="GET",room="sparql",status="200"}' in numbers
    assert 'kps_query_workers_busy{lane="quick"} 0.0' in numbers


def test_each_request_is_a_line_of_the_log_without_its_query(server):
    server.query("SELECT ?mark { ?mark ?p ?o } LIMIT 1")
    line = [line for line in server.logged() if line.get("path") == "/sparql"][-1]
    assert line.keys() >= {"time", "level", "client", "method", "status", "bytes", "ms"}
    assert "mark" not in str(line)


def test_every_answer_has_the_headers_of_the_book(server):
    for path in ("/health", f"/sparql?query={quote(ROWS)}", "/nowhere"):
        headers = server.ask("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src" in headers["content-security-policy"]
        assert "server" not in headers


def test_a_header_has_a_bound(server):
    with connected(server) as sock:
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"x" * (64 << 10))
        assert read_all(sock).startswith(b"HTTP/1.1 431 ")


def test_a_client_that_asks_too_much_is_told_when_to_ask_again(small_store, tmp_path):
    with serving(small_store(), tmp_path, "--rate", 2) as server:
        answers = [server.ask("GET", "/health") for _ in range(40)]
        assert answers[0].status == 200
        assert answers[-1].status == 429
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert answers[-1].media_type == "application/problem+json"


def test_a_small_query_is_answered_while_runaways_run(server):
    began = time.monotonic()
    runaways = [
        threading.Thread(target=server.query, args=(f"{RUNAWAY} #{n}",), kwargs={"timeout": 2})
        for n in range(30)
    ]
    for thread in runaways:
        thread.start()
    times = []
    while time.monotonic() - began < 1.5:
        asked = time.monotonic()
        assert server.query(ROWS).status == 200
        times.append(time.monotonic() - asked)
    for thread in runaways:
        thread.join()
    assert time.monotonic() - began < 20
    assert len(times) > 5


def test_a_worker_that_is_killed_takes_only_its_own_query_with_it(server):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(server.query(RUNAWAY, timeout=3)))
    thread.start()
    time.sleep(0.7)
    for child in children(server):
        child.kill()
    thread.join()
    assert (answers[0].status, answers[0].whole) == (503, True)
    assert [server.query(ROWS).status for _ in range(3)] == [200, 200, 200]


def test_a_query_that_wants_too_much_memory_is_ended(example_store, tmp_path):
    with serving(example_store, tmp_path, "--memory", 64, "--timeout", 60) as server:
        hungry = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
        answer = server.query(hungry)
        assert (answer.status, answer.whole) == (503, True)
        assert "MiB" in server.ask("GET", f"/sparql?query={quote(hungry)}&lang=en").json["detail"]
        assert server.query(ROWS).status == 200


def test_an_answer_has_a_bound_of_rows(example_store, tmp_path):
    with serving(example_store, tmp_path, "--rows", 1000) as server:
        assert server.query(f"{EVERYTHING} LIMIT 1000").whole
        few = server.query(f"{EVERYTHING} LIMIT 1001", "text/csv")
        assert few.status == 503 or not few.whole
        assert not server.query(EVERYTHING).whole


def test_who_goes_away_lets_go_of_a_worker(server):
    def at_work():
        numbers = server.ask("GET", "/metrics").text.splitlines()
        return sum(float(n.split()[1]) for n in numbers if n.startswith("kps_query_workers_busy{"))

    with connected(server) as sock:
        sock.sendall(request(RUNAWAY, timeout=3))
        time.sleep(0.5)
        assert at_work() == 1
    time.sleep(0.5)
    assert at_work() == 0


def test_who_reads_no_more_of_a_long_answer_lets_go_of_its_worker(server):
    for _ in range(6):
        with connected(server) as sock:
            sock.sendall(request(EVERYTHING))
            sock.recv(100)
        server.ask("HEAD", f"/sparql?query={quote(EVERYTHING)}")
    time.sleep(1)
    numbers = server.ask("GET", "/metrics").text.splitlines()
    assert sum(float(n.split()[1]) for n in numbers if n.startswith("kps_query_workers_busy{")) == 0


def test_http_1_0_is_answered_with_a_length(server):
    with connected(server) as sock:
        sock.sendall(request(EVERYTHING).replace(b"HTTP/1.1", b"HTTP/1.0"))
        head, _, body = read_all(sock).partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head.lower()


def test_the_next_generation_is_served_as_soon_as_it_is_there(tmp_path):
    write(tmp_path, one=document())
    store = tmp_path / "kps.store"
    built(store, tmp_path)
    count = "SELECT (COUNT(?s) AS ?n) { ?s a <https://w3id.org/kps-graph/ontology#Standard> }"
    with serving(store, tmp_path) as server:
        stop, wrong = threading.Event(), []

        def asking():
            while not stop.is_set():
                answer = server.query(count)
                if answer.status != 200 or not answer.whole:
                    wrong.append(answer)

        thread = threading.Thread(target=asking)
        thread.start()
        for number in (2, 3, 4):
            write(tmp_path, **{f"n{number}": document(f"ZZZ111{number}-001v2", f"甲員{number}")})
            built(store, tmp_path)
            rows = server.query(count).json["results"]["bindings"]
            assert int(rows[0]["n"]["value"]) == number
        stop.set()
        thread.join()
        assert wrong == []


def test_what_is_under_way_is_finished_when_the_server_is_asked_to_end(example_store, tmp_path):
    with serving(example_store, tmp_path) as server:
        with connected(server) as sock:
            sock.sendall(request(EVERYTHING))
            sock.recv(1)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            rest = read_all(sock)
        assert rest.endswith(b"0\r\n\r\n")
        assert server.process.wait(20) in (0, 128 + signal.SIGTERM)


def test_no_process_is_left_when_a_server_is_killed(small_store, tmp_path):
    with serving(small_store(), tmp_path) as server:
        server.query(ROWS)
        thread = threading.Thread(target=_ask_in_vain, args=(server,))
        thread.start()
        time.sleep(0.7)
        left = children(server)
        assert left
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        _, alive = psutil.wait_procs(left, 5)
        assert alive == []
        thread.join()


def _ask_in_vain(server):
    with pytest.raises((http.client.HTTPException, OSError)):
        server.query(RUNAWAY)


def test_several_processes_answer_and_see_what_was_written(small_store, tmp_path):
    with serving(small_store(), tmp_path, "--workers", 2, "--writable") as server:
        for number in range(4):
            text = f"INSERT DATA {{ GRAPH <urn:seen> {{ <urn:a> <urn:b> {number} }} }}"
            assert server.update(text).status == 204
            for _ in range(4):
                answer = server.query("SELECT ?o { GRAPH <urn:seen> { ?s ?p ?o } }")
                assert len(answer.json["results"]["bindings"]) == number + 1
        assert "kps_http_requests_total" in server.ask("GET", "/metrics").text


def test_writing_needs_a_token(small_store, monkeypatch, capsys):
    monkeypatch.setenv("KPS_TOKEN", "")
    monkeypatch.setenv("KPS_LANG", "en")
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--store", str(small_store()), "--writable", "--port", "0"])
    assert ended.value.code == 2
    assert "KPS_TOKEN" in capsys.readouterr().err


def test_a_store_on_a_server_is_asked_within_the_same_bounds(server, tmp_path):
    with serving(f"{server.address}/sparql", tmp_path, "--timeout", 2) as proxy:
        assert proxy.query(ROWS).json == server.query(ROWS).json
        for accept in ("text/csv", "application/sparql-results+xml"):
            assert proxy.query(ROWS, accept).media_type == accept
        assert proxy.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2", "text/turtle").status == 200
        assert proxy.query("SELECT {").status == 400
        assert proxy.query(RUNAWAY).status == 503
        assert proxy.update("CLEAR ALL").status == 403
        head = proxy.ask("HEAD", f"/sparql?query={quote(ROWS)}")
        assert (head.status, head.body) == (200, b"")


def test_what_a_request_says_of_the_dataset_reaches_a_store_on_a_server(server, tmp_path):
    (graph,) = server.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1").json["results"][
        "bindings"
    ]
    chosen = {"default-graph-uri": graph["g"]["value"]}
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with serving(f"{server.address}/sparql", tmp_path) as proxy:
        assert proxy.query(count, **chosen).json == server.query(count, **chosen).json
        assert proxy.query(count, **chosen).json != proxy.query(count).json


def test_an_answer_of_a_store_on_a_server_has_a_bound_of_rows(server, tmp_path):
    with serving(f"{server.address}/sparql", tmp_path, "--rows", 1000) as proxy:
        assert proxy.query(f"{EVERYTHING} LIMIT 1000").whole
        for text in (f"{EVERYTHING} LIMIT 1001", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            many = proxy.query(text, "text/csv, application/n-triples")
            assert many.status == 503 or not many.whole
