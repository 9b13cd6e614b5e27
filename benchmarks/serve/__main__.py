"""Our server beside rdflib-endpoint and Oxigraph's own, over the same data, in one run.

``python -m benchmarks.serve STORE [SECONDS [REQUESTS]]`` starts each in turn on the store, sends
ten requests that are likely from 1, 16 and 64 clients, and the smallest of them alone from 16, and
prints a table: answers in a second, the median and p99 in milliseconds; then p99 of ours while a
hundred runaways are asked, and its memory over 50,000 requests. Of a corpus, five seconds for each
line are some five minutes in all, on a machine that does nothing else. rdflib-endpoint is taken by
uv into an environment of its own.
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
from contextlib import contextmanager
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


def heading() -> None:
    """Prints the head of the table."""
    print("| server | requests | clients | answers/s | median ms | p99 ms | failed |")
    print("|---|---|---|---|---|---|---|", flush=True)


def said(name: str, requests: str, clients: int, come: Load) -> None:
    """Prints a line of the table."""
    times = f"{come.percentile(0.5):.1f} | {come.percentile(0.99):.1f}"
    print(
        f"| {name} | {requests} | {clients} | {come.rate:.0f} | {times} | {come.failed} |",
        flush=True,
    )


def memory(process: psutil.Process) -> int:
    """MiB of a server with its workers."""
    found = [process, *process.children(recursive=True)]
    return sum(p.memory_info().rss for p in found) >> 20


def main(store: Path, seconds: float = 5.0, most: int = 50_000) -> None:
    """Measures them all."""
    queries = likely(store)
    heading()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(current(store).data, data)
        other = Path(shutil.copytree(data, Path(folder) / "other"))
        servers = {
            "kps-graph, 1 process": ours(store, 1),
            "kps-graph, 2 processes": ours(store, 2),
            "rdflib-endpoint": rdflib_endpoint(data),
            "oxigraph": oxigraph(other),
        }
        for name, (command, address) in servers.items():
            with running(command, address):
                requests = asked(address, queries)
                load(address, requests, 4, seconds / 2)
                for clients in (1, 16, 64):
                    said(name, "ten", clients, load(address, requests, clients, seconds))
                said(name, "smallest", 16, load(address, requests[:1], 16, seconds))
        alone(*servers["kps-graph, 1 process"], queries, seconds, most)


def alone(command: list[str], address: str, queries: list[str], seconds: float, most: int) -> None:
    """Measures ours while others ask runaways, and what memory it takes in the long run."""
    with running(command, address) as process:
        requests = asked(address, queries)
        load(address, requests, 4, seconds)
        for clients in (1, 4):
            said("ours, quiet", "ten", clients, load(address, requests, clients, seconds))
            flooding = flood(address, 100, int(seconds) + 3)
            come = load(address, requests, clients, seconds)
            said("ours, with 100 runaways", "ten", clients, come)
            flooding.join()
        before = memory(process)
        count = 0
        while count < most:
            count += len(load(address, requests, 16, 5).times)
        print(f"\nmemory before {before} MiB, after {count} requests {memory(process)} MiB")


if __name__ == "__main__":
    _, place, *more = sys.argv
    seconds, most = [*more, "5", "50000"][:2] if not more[1:] else more
    main(Path(place), float(seconds), int(most))
