"""How long the pages of a store take, from the request to the last byte, over a kept connection.

uv run python -m benchmarks.serve.pages STORE [--count N] [--draft FILE]

A server is started on the store, and warm before anything is measured. For each kind of page it
prints the milliseconds that a client waits and those that the server's processor takes, which
hardly depend on what else the machine does; then the answers to who has a page already (304), and
a draft from drop to report. It ends with 1 if something took longer than is demanded.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil

from benchmarks.explorer import HEADERS, addresses
from benchmarks.serve.__main__ import ours, processor, running

#: What is demanded: milliseconds in 95 of 100 answers.
DEMANDED = {"search": 20, "suggest": 20, "have it": 5, "draft": 1500}
_PAGE = 50
_PART = 0.95
_HEADERS = HEADERS | {"accept-encoding": "gzip"}


class Client:
    """Asks one server over a connection that is kept, and prints a line for what it asked."""

    def __init__(self, server: psutil.Process, place: str) -> None:
        self._server = server
        self._connection = HTTPConnection(urlsplit(place).netloc, timeout=60)
        self.late: list[str] = []

    def ask(self, path: str, **headers: str) -> tuple[float, int, dict[str, str]]:
        """Milliseconds, status, and the fields of an answer."""
        return self.sent("GET", path, None, headers)

    def sent(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[float, int, dict[str, str]]:
        """The same of any request."""
        begun = time.perf_counter()
        address = quote(path, safe="/?=&%")
        self._connection.request(method, address, body, _HEADERS | headers)
        answer = self._connection.getresponse()
        answer.read()
        return 1000 * (time.perf_counter() - begun), answer.status, dict(answer.headers)

    def line(self, kind: str, waited: Iterable[float]) -> None:
        """Prints how long the answers of a kind took, which are asked meanwhile."""
        before = processor(self._server)
        times = sorted(waited)
        each = 1000 * (processor(self._server) - before) / len(times)
        late, demanded = times[int(_PART * (len(times) - 1))], DEMANDED.get(kind, _PAGE)
        print(
            f"{kind:12} {len(times):3} answers, ms: median {times[len(times) // 2]:7.1f}, "
            f"95% {late:7.1f} (demanded {demanded}), most {times[-1]:7.1f}; CPU {each:6.1f} each",
            flush=True,
        )
        if late > demanded:
            self.late.append(kind)


def main() -> bool:
    """Prints a line for each kind of page; whether all came in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--draft", type=Path, help="a document of some 30 activities")
    given = parser.parse_args()
    pages = addresses(given.store, given.count)
    command, place = ours(given.store, 1)
    with running(command, place) as server:
        client = Client(server, place)
        for kind, paths in pages.items():
            for path in paths[:2]:
                client.ask(path)
            client.line(kind, (_taken(*client.ask(path)) for path in paths[2:]))
        kept = [(p, client.ask(p)[2].get("etag", "")) for p in pages["standard"]]
        having = ((p, {"If-None-Match": tag}) for p, tag in kept if tag)
        client.line("have it", (_taken(*client.ask(p, **h), wanted=304) for p, h in having))
        if given.draft:
            body, kind = _form(given.draft)
            client.sent("POST", "/check", body, {"Content-Type": kind})
            drops = (client.sent("POST", "/check", body, {"Content-Type": kind}) for _ in range(5))
            client.line("draft", (_taken(*drop) for drop in drops))
    return not client.late


def _taken(milliseconds: float, status: int, fields: dict[str, str], wanted: int = 200) -> float:
    """The milliseconds of an answer with the status that is wanted."""
    if status != wanted:
        raise SystemExit(f"{status} instead of {wanted}: {fields}")
    return milliseconds


def _form(file: Path) -> tuple[bytes, str]:
    """A file as a browser sends it, and the content type of that."""
    edge = b"--------------------------kps"
    head = f'Content-Disposition: form-data; name="draft"; filename="draft{file.suffix}"\r\n\r\n'
    body = b"--" + edge + b"\r\n" + head.encode() + file.read_bytes() + b"\r\n--" + edge + b"--\r\n"
    return body, f"multipart/form-data; boundary={edge.decode()}"


if __name__ == "__main__":
    sys.exit(not main())
