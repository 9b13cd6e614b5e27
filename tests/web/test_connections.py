"""Clients that are too slow: their connections are cut, and nobody else waits for them."""

import socket
import threading
import time
from contextlib import closing, contextmanager

import pytest
import uvicorn

from kps_graph.web.connections import Config

pytestmark = pytest.mark.oracle


async def _much(scope, receive, send):
    """An answer that fits into no buffer."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(400):
        await send({"type": "http.response.body", "body": b"x" * (1 << 18), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@contextmanager
def listening(**more):
    """A server that waits half a second for each step; a way to connect to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = Config(_much, 0.5, lifespan="off", log_level="critical", **more)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield lambda: closing(socket.create_connection(listener.getsockname(), timeout=30))
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
    ],
    ids=["nothing", "half a line", "half a header"],
)
def test_a_request_that_does_not_come_is_waited_for_no_longer(sent):
    with listening() as connected, connected() as sock:
        sock.sendall(sent)
        assert sock.recv(100) == b""


def test_a_header_byte_by_byte_is_no_way_to_stay():
    with listening() as connected, connected() as sock:
        assert _ends(lambda: (sock.sendall(b"x"), time.sleep(0.05)), 200)


def test_who_reads_nothing_of_an_answer_is_cut():
    with listening() as connected, connected() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2)
        parts = []
        assert _ends(lambda: parts.append(sock.recv(1 << 16)), 10_000) or parts[-1] == b""
        assert sum(map(len, parts)) < 100 << 20


def test_one_connection_too_many_is_told_when_to_come_again():
    with listening(limit_concurrency=1) as connected, connected() as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        came = b"".join(iter(lambda: sock.recv(1 << 16), b""))
    assert came.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 10" in came
    assert b"application/problem+json" in came


def _ends(step, times):
    """Whether the other side cuts the connection while something is done again and again."""
    try:
        for _ in range(times):
            step()
    except OSError:
        return True
    return False
