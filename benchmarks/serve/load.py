"""Clients that ask over connections that are kept, each the next question when it has its answer."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

__all__ = ["RUNAWAYS", "Asked", "Load", "asked", "flood", "load"]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_OF_A_GRAPH = re.compile(r"\b(CONSTRUCT|DESCRIBE)\b")
_ROWS, _GRAPH = "application/sparql-results+json", "text/turtle"
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)

RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (MAX(?c) AS ?m) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did.

    Attributes:
        seconds: that it lasted.
        times: of each answer, in seconds, sorted.
        failed: how many answers had another status than 200.
    """

    seconds: float
    times: list[float]
    failed: int

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.times) / self.seconds

    def percentile(self, part: float) -> float:
        """Milliseconds that this part of the answers took at most."""
        return 1000 * self.times[min(len(self.times) - 1, int(part * len(self.times)))]


Asked = Sequence[bytes]


def asked(address: str, queries: Sequence[str]) -> list[bytes]:
    """Requests for queries, as they are sent: each accepts what it asks for, and nothing else."""
    place = urlsplit(address)
    return [
        f"GET {place.path}?query={quote(query)} HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Accept: {_GRAPH if _OF_A_GRAPH.search(query) else _ROWS}\r\n\r\n".encode()
        for query in queries
    ]


def load(address: str, requests: Asked, clients: int, seconds: float) -> Load:
    """Sends requests from several clients at once for a while."""
    return asyncio.run(_load(address, requests, clients, seconds))


async def _load(address: str, requests: Asked, clients: int, seconds: float) -> Load:
    place = urlsplit(address)
    times: list[float] = []
    failed = [0]
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 24)
        for request in itertools.islice(itertools.cycle(requests), number, None):
            began = time.perf_counter()
            if began >= end:
                break
            writer.write(request)
            status = await _answer(reader)
            times.append(time.perf_counter() - began)
            failed[0] += status != 200
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    return Load(time.perf_counter() - began, sorted(times), failed[0])


async def _answer(reader: asyncio.StreamReader) -> int:
    """Reads one answer to its end; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    if length := _LENGTH.search(head):
        await reader.readexactly(int(length[1]))
    elif _CHUNKED.search(head):
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head[9:12])


def flood(address: str, count: int, seconds: int) -> multiprocessing.process.BaseProcess:
    """Asks runaways, all at once, in a process of its own."""
    flooding = multiprocessing.get_context("spawn").Process(
        target=_flood, args=(address, count, seconds)
    )
    flooding.start()
    time.sleep(1)  # it starts
    return flooding


def _flood(address: str, count: int, seconds: int) -> None:
    def ask(number: int) -> None:
        text = f"{RUNAWAYS[number % len(RUNAWAYS)]} #{number}"
        url = f"{address}?query={quote(text)}&timeout={seconds}"
        try:
            urllib.request.urlopen(url, timeout=seconds + 30).read()
        except (urllib.error.HTTPError, OSError):
            return

    threads = [threading.Thread(target=ask, args=(n,), daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
