"""Requests that no browser sends: each has an answer in the form of all errors, or is cut."""

import gzip
import json
import socket
import time
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from kps_graph.web.app import application
from kps_graph.web.served import Settings

PROBLEM = "application/problem+json"
JSON_RPC = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


@contextmanager
def connected(server):
    place = urlsplit(server.address)
    with closing(socket.create_connection((place.hostname, place.port), timeout=20)) as sock:
        yield sock


def answered(server, data):
    """Status and content of what comes until the connection ends; None if nothing does."""
    with connected(server) as sock:
        sock.sendall(data)
        came = b"".join(iter(lambda: sock.recv(1 << 16), b""))
    if not came:
        return None
    head, _, body = came.partition(b"\r\n\r\n")
    return int(head[9:12]), head.lower(), body


@pytest.mark.parametrize(
    "sent",
    [
        b"FOO /health HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET health HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: -3\r\n\r\nabcd",
        CHUNKED + b"ZZ\r\nabc\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nabc\r\n0\r\n\r\n",
        CHUNKED + b"FFFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    ],
    ids=[
        "no method",
        "no version",
        "no path",
        "a zero in the header",
        "no host",
        "two hosts",
        "two lengths",
        "a length and chunks",
        "a negative length",
        "no size of a chunk",
        "another size of a chunk",
        "an endless chunk",
        "TLS",
    ],
)
@pytest.mark.oracle
def test_what_is_no_request_is_told_so(server, sent):
    status, head, body = answered(server, sent)
    assert status == 400
    assert f"content-type: {PROBLEM}".encode() in head
    assert json.loads(body)["status"] == 400


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (64 << 10) + b"\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 10_000 + b"\r\n",
        b"GET /health?" + b"a" * (64 << 10) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["a long field", "many fields", "a long address"],
)
@pytest.mark.oracle
def test_a_header_that_is_too_large_is_told_so(server, sent):
    status, head, body = answered(server, sent)
    assert status == 431
    assert f"content-type: {PROBLEM}".encode() in head
    assert json.loads(body)["status"] == 431


@pytest.mark.oracle
def test_what_follows_a_request_unread_is_not_taken_for_its_answer(server):
    first = b"GET /sparql?query=SELECT*%7B?s?p?o%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    came = answered(server, first + b"\0 no request\r\n\r\n")
    assert came is None or came[0] == 200


@pytest.mark.parametrize("path", ["/sparql", "/reconcile", "/mcp", "/check", "/course"])
def test_what_is_sent_packed_is_not_unpacked(web, path):
    bomb = gzip.compress(bytes(10 << 20))
    answer = web.post(path, content=bomb, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "identity"
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.oracle
def test_who_goes_before_all_is_sent_is_no_fault_in_the_log(server):
    for rest in (b"Content-Length: 50\r\n\r\nquery=", b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n"):
        with connected(server) as sock:
            sock.sendall(POST + rest)
    time.sleep(0.5)
    assert server.ask("GET", "/health").status == 200
    assert not [line for line in server.logged() if line["level"] == "error"]


@pytest.mark.oracle
def test_each_line_of_the_log_is_json_whatever_library_says_it(server):
    server.ask("POST", "/check", b"x", {"Content-Type": "multipart/form-data; boundary=y"})
    server.ask("POST", "/mcp", b"{}", JSON_RPC)
    assert server.logged()


#: What each address takes, whatever follows its beginning.
ADDRESSES = (
    "/sparql",
    "/graph-store",
    "/health",
    "/metrics",
    "/openapi.json",
    "/api/standards",
    "/reconcile",
    "/reconcile/preview",
    "/mcp",
    "/id/KPS1420-001v2",
    "/ontology",
    "/sitemap.xml",
    "/robots.txt",
    "/",
    "/search",
    "/check",
    "/nowhere",
)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE"])
def test_every_error_of_every_address_is_of_one_form(web, method):
    for path in ADDRESSES:
        answer = web.request(method, path, headers={"Accept": "*/*"})
        assert answer.status_code < 500, path
        if answer.status_code >= 400 and path != "/check":  # a page for people
            assert answer.headers["content-type"] == PROBLEM, path
            assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_has_the_head_of_get_and_no_content(web, path):
    given = {"Accept": "*/*"}
    head, get = web.head(path, headers=given), web.get(path, headers=given)
    assert head.status_code == get.status_code
    assert head.content == b""


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({}, b"", 400),
        ({"Content-Type": "text/plain"}, b"{}", 400),
        ({**JSON_RPC, "Host": "evil.example"}, b"{}", 421),
        ({**JSON_RPC, "Origin": "https://evil.example"}, b"{}", 403),
    ],
    ids=["nothing", "text", "another host", "a page of another site"],
)
@pytest.mark.oracle
def test_what_the_protocol_of_assistants_refuses_is_a_problem(server, headers, content, status):
    answer = server.ask("POST", "/mcp", content, headers)
    assert (answer.status, answer.media_type) == (status, PROBLEM)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"jsonrpc": "2.0"}']
)
@pytest.mark.oracle
def test_what_is_no_message_is_an_error_of_json_rpc(server, content):
    answer = server.ask("POST", "/mcp", content, JSON_RPC)
    assert (answer.status, answer.media_type) == (400, "application/json")
    assert answer.json["error"]["code"] in (-32700, -32600, -32602)


ODD = (
    *("..", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "..%5cetc", "%00", "a%00b"),
    *("%ed%a0%80", "%ff", "%c0%ae", "%f4%90%80%80", "%zz", "%", "%2525", "%0d%0aX-In: 1", "%0a"),
    *("%e2%80%ae", "%20", "a" * 5000, "<script>", "%22%3e%3cscript%3e", "//evil.example", "{x}"),
)


@pytest.mark.parametrize(
    "room", ["/", "/id/", "/ontology/", "/graph/", "/api/standards/", "/assets/", "/download/"]
)
@pytest.mark.oracle
def test_no_spelling_of_a_path_leads_out_of_the_store(server, room):
    for odd in ODD:
        path = f"{room}{odd}".replace(" ", "%20")
        answer = server.ask("GET", path, headers={"Accept": "*/*"})
        assert answer.status < 500, path
        assert "x-in" not in answer.headers
        assert b"root:" not in answer.body
        if 300 <= answer.status < 400:
            place = urlsplit(answer.headers["location"])
            assert place.netloc in ("", urlsplit(server.address).netloc), path


PARAMETERS = (
    *("%ff", "%ed%a0%80", "%00", "a" * 20_000, "", "%F0%9F%98%80", "%22", "*", "-1", "9" * 30),
    *("1e5", "nan", "&&&", "a&q=b", "a;b", "%", "[]"),
)


@pytest.mark.parametrize(
    "asked",
    [
        "/api/search?q=",
        "/api/nearest?standard=KPS1420-001v2&top=",
        "/api/trace?standard=KPS1420-001v2&code=",
        "/api/standards?offset=",
        "/api/standards?in=",
        "/api/changes?since=",
        "/sparql?query=",
        "/sparql?query=ASK%7B%7D&timeout=",
        "/sparql?query=ASK%7B%7D&default-graph-uri=",
        "/graph-store?graph=",
        "/reconcile?queries=",
        "/reconcile?extend=",
        "/reconcile?callback=",
        "/reconcile/suggest/entity?prefix=",
        "/id/KPS1420-001v2?lang=",
    ],
)
@pytest.mark.oracle
def test_no_value_of_a_parameter_is_a_fault_of_ours(server, asked):
    for value in PARAMETERS:
        answer = server.ask("GET", f"{asked}{value}", headers={"Accept": "application/json, */*"})
        assert answer.status < 500, value
        if answer.status >= 400:
            assert answer.media_type == PROBLEM, value


def test_a_server_that_has_been_told_its_address_names_no_other(example_store):
    settings = Settings(example_store, public_url="https://kps.example.tw")
    with TestClient(application(settings), follow_redirects=False) as client:
        for host in ("evil.example", "evil.example:99999", 'evil"><script>', "ev il", "evil/../"):
            for path in ("/sitemap.xml", "/openapi.json", "/reconcile", "/id/KPS1420-001v2.ttl"):
                answer = client.get(path, headers={"Host": host, "X-Forwarded-Host": host})
                assert answer.status_code < 500
                assert host not in answer.text
                assert host not in str(answer.headers)


@pytest.mark.oracle
def test_two_hundred_held_connections_keep_nobody_waiting(server):
    held = []
    try:
        for _ in range(200):
            place = urlsplit(server.address)
            held.append(socket.create_connection((place.hostname, place.port)))
            held[-1].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX: ")
        assert server.ask("GET", "/health", timeout=10).status == 200
    finally:
        for sock in held:
            sock.close()
