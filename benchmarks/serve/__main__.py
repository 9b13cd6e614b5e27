"""Our server beside rdflib-endpoint and Oxigraph's own, over the same data, in one run.

``python -m benchmarks.serve STORE [SECONDS [REQUESTS]]`` starts each in turn on the store, sends
ten requests that are likely from 1, 16 and 64 clients, and the smallest of them alone from 16, and
prints a table: answers in a second, the median and p99 in milliseconds, and the milliseconds of
processor (user and system, of the server with its workers) that an answer takes, which hardly
depend on what else the machine does; then p99 of ours while a hundred runaways are asked, its
memory over 50,000 requests, and what of all this is demanded, with what came. It ends with 1 if
something demanded did not come. Five seconds for each line are some five minutes in all, on a
machine that does nothing else. rdflib-endpoint is taken by uv into an environment of its own.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil

import kps_graph
from benchmarks.serve.load import Load, asked, flood, load
from kps_graph.store import current

PREFIXES = (
    "PREFIX kps: <https://w3id.org/kps-graph/ontology#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
_ONE, _TWO = "kps-graph, 1 process", "kps-graph, 2 processes"
_RIVAL = "rdflib-endpoint"
_QUIET, _FLOODED = "ours, quiet", "ours, with 100 runaways"
_RDFLIB_ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(store="Oxigraph", default_union=True)
data.open(sys.argv[1])
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


def likely(store: Path) -> list[str]:
    """Ten requests that are likely."""
    with kps_graph.open(store) as graph:
        names = list(graph.identities())[:50:5]
    one, two, three = (f"<https://w3id.org/kps-graph/id/{name}>" for name in names[:3])
    return [
        PREFIXES + query
        for query in (
            "ASK { ?s a kps:Standard }",
            f"SELECT ?p ?o {{ {one} ?p ?o }}",
            f"SELECT ?label {{ {two} skos:prefLabel ?label }}",
            f"SELECT ?code ?label {{ GRAPH {one} {{ ?k skos:notation ?code ; skos:prefLabel ?label }} }} LIMIT 20",
            f"SELECT (COUNT(*) AS ?n) {{ GRAPH {three} {{ ?s ?p ?o }} }}",
            "SELECT ?s ?label { ?s a kps:Standard ; skos:prefLabel ?label } LIMIT 20",
            f"CONSTRUCT {{ {two} ?p ?o }} WHERE {{ {two} ?p ?o }}",
            f"DESCRIBE {three}",
            f"SELECT DISTINCT ?c {{ GRAPH {two} {{ ?s a ?c }} }}",
            f"SELECT ?p (COUNT(*) AS ?n) {{ GRAPH {one} {{ ?s ?p ?o }} }} GROUP BY ?p",
        )
    ]


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: list[str], address: str) -> Iterator[psutil.Process]:
    """A server, as soon as it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}?query={quote('ASK {}')}", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def ours(store: Path, workers: int) -> tuple[list[str], str]:
    """How our server is started, and where it answers."""
    port = _port()
    command = [str(Path(sys.executable).with_name("kps-graph")), "serve", "--store", str(store)]
    more = ["--port", str(port), "--workers", str(workers)]
    return command + more, f"http://127.0.0.1:{port}/sparql"


def rdflib_endpoint(data: Path) -> tuple[list[str], str]:
    """The same of rdflib-endpoint."""
    port = _port()
    command = [
        "uv",
        "run",
        "--no-project",
        "-q",
        "--with",
        "rdflib-endpoint",
        "--with",
        "oxrdflib",
        "--with",
        "uvicorn",
    ]
    python = ["python", "-c", _RDFLIB_ENDPOINT, str(data), str(port)]
    return command + python, f"http://127.0.0.1:{port}/sparql"


def oxigraph(data: Path) -> tuple[list[str], str]:
    """The same of Oxigraph's own server."""
    port = _port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve-read-only"]
    place = ["--location", str(data), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return command + place, f"http://127.0.0.1:{port}/query"


class Table:
    """Measures lines of the table, prints them, and keeps what came."""

    def __init__(self) -> None:
        self.came: dict[tuple[str, str, int], Load] = {}
        print("| server | requests | clients | answers/s | median ms | p99 ms | CPU ms | failed |")
        print("|---|---|---|---|---|---|---|---|", flush=True)

    def line(
        self,
        server: psutil.Process,
        name: str,
        asked: tuple[str, str, list[bytes]],
        clients: int,
        seconds: float,
    ) -> None:
        """Sends what is ``asked`` (where, what it is called, requests), and prints what came."""
        address, requests, sent = asked
        before = processor(server)
        come = load(address, sent, clients, seconds)
        each = 1000 * (processor(server) - before) / len(come.times)
        times = f"{come.percentile(0.5):.1f} | {come.percentile(0.99):.1f} | {each:.2f}"
        print(
            f"| {name} | {requests} | {clients} | {come.rate:.0f} | {times} | {come.failed} |",
            flush=True,
        )
        self.came[name, requests, clients] = come


def family(server: psutil.Process) -> list[psutil.Process]:
    """A server with its workers."""
    return [server, *server.children(recursive=True)]


def processor(server: psutil.Process) -> float:
    """Seconds of processor of a server, with the workers that it has and had."""
    spent = 0.0
    for one in family(server):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            spent += times.user + times.system
    ended = server.cpu_times()
    return spent + ended.children_user + ended.children_system


def memory(server: psutil.Process) -> int:
    """MiB of a server with its workers."""
    return sum(p.memory_info().rss for p in family(server)) >> 20


def main(store: Path, seconds: float = 5.0, most: int = 50_000) -> bool:
    """Measures them all; whether all that is demanded came."""
    queries = likely(store)
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(current(store).data, data)
        other = Path(shutil.copytree(data, Path(folder) / "other"))
        servers = {
            _ONE: ours(store, 1),
            _TWO: ours(store, 2),
            _RIVAL: rdflib_endpoint(data),
            "oxigraph": oxigraph(other),
        }
        for name, (command, address) in servers.items():
            with running(command, address) as server:
                requests = asked(address, queries)
                load(address, requests, 4, seconds / 2)
                for clients in (1, 16, 64):
                    table.line(server, name, (address, "ten", requests), clients, seconds)
                table.line(server, name, (address, "smallest", requests[:1]), 16, seconds)
        grown = alone(table, *servers[_ONE], queries, seconds, most)
    return verdict(table.came, grown)


def alone(
    table: Table, command: list[str], address: str, queries: list[str], seconds: float, most: int
) -> float:
    """Measures ours while others ask runaways; how many times its memory is after many requests."""
    with running(command, address) as server:
        requests = asked(address, queries)
        load(address, requests, 4, seconds)
        for clients in (1, 4):
            ten = address, "ten", requests
            table.line(server, _QUIET, ten, clients, seconds)
            flooding = flood(address, 100, int(seconds) + 3)
            table.line(server, _FLOODED, ten, clients, seconds)
            flooding.join()
        before = memory(server)
        count = 0
        while count < most:
            count += len(load(address, requests, 16, 5).times)
        after = memory(server)
        print(f"\nmemory before {before} MiB, after {count} requests {after} MiB")
        return after / before


def verdict(came: dict[tuple[str, str, int], Load], grown: float) -> bool:
    """Prints what is demanded with what came; whether all of it did."""

    def times(name: str) -> float:
        return came[name, "ten", 16].rate / came[_RIVAL, "ten", 16].rate

    def held_up(clients: int) -> float:
        ninety_nine = (came[n, "ten", clients].percentile(0.99) for n in (_FLOODED, _QUIET))
        return next(ninety_nine) / next(ninety_nine)

    demanded = (
        ("one process, times the answers of rdflib-endpoint, 16 clients", times(_ONE), ">=", 5.0),
        ("two processes, the same", times(_TWO), ">=", 8.0),
        ("one process, p99 in ms, 16 clients", came[_ONE, "ten", 16].percentile(0.99), "<=", 40.0),
        ("p99 during 100 runaways, times the quiet one, 1 client", held_up(1), "<=", 3.0),
        ("the same, 4 clients", held_up(4), "<=", 3.0),
        ("memory after many requests, times that before", grown, "<=", 1.1),
    )
    print("\n| what | came | demanded |\n|---|---|---|")
    for what, value, sign, bound in demanded:
        print(f"| {what} | {value:.2f} | {sign} {bound:g} |")
    return all(v >= b if sign == ">=" else v <= b for _, v, sign, b in demanded)


if __name__ == "__main__":
    _, place, *more = sys.argv
    seconds, most = [*more, *("5", "50000")[len(more) :]]
    sys.exit(not main(Path(place), float(seconds), int(most)))
