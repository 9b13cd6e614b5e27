"""A store on any SPARQL 1.1 server, asked and written by the W3C's protocols."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kps_graph import sparql
from kps_graph.errors import QuerySyntax, StoreError
from kps_graph.oxigraph.evaluation import plain
from kps_graph.sparql import Dataset
from kps_graph.store.addresses import Addresses
from kps_graph.store.bounds import FREE, Bounds, GraphStream, RowStream, Streamed, whole
from kps_graph.store.engines import STANDARD, Engine
from kps_graph.store.remote.requests import Body, Requests, timed_out
from kps_graph.store.rows import Rows, Term
from kps_graph.store.tags import lower_tags
from kps_graph.words import Sentence, parser_reason

if TYPE_CHECKING:
    import httpx2

__all__ = ["SparqlStore"]

T = TypeVar("T")

_ROWS: Final = "application/sparql-results+json"
_GRAPH: Final = "application/n-triples, text/turtle;q=0.8"
_TRIPLES: Final = "application/n-triples"
_BASE: Final = "https://w3id.org/kps-graph/"
#: How many rows of an answer are handed on together.
_PART: Final = 1_000
#: How many triples are sent at once, and how many subjects or graphs one update names.
_SENT: Final = 20_000
_NAMED: Final = 100
_DISCARDED: Final = 500


class SparqlStore:
    """A store on a server; an answer must be read in the thread that asked.

    Args:
        addresses: where it is asked and written.
        engine: what is peculiar to the server.
        requests: to the server.
    """

    __slots__ = ("_addresses", "_engine", "_requests")

    def __init__(
        self, addresses: Addresses, engine: Engine = STANDARD, requests: Requests | None = None
    ) -> None:
        self._addresses = addresses
        self._engine = engine
        self._requests = requests or Requests(addresses.query)

    # -- asking ----------------------------------------------------------------------------

    def select(self, text: str) -> Rows:
        """The rows of a SELECT."""
        rows = whole(self.stream(self._select(text)))
        assert isinstance(rows, Rows)
        return rows

    def texts(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as bare texts, "" where unbound."""
        return [tuple(t.value if t else "" for t in row) for row in self.select(text).terms]

    def query(self, text: str) -> Rows | bool | bytes:
        """The answer to any query: rows, a truth value, or the N-Triples of a graph."""
        return whole(self.stream(text))

    def stream(self, text: str, bounds: Bounds = FREE, dataset: Dataset | None = None) -> Streamed:
        """The answer to any query while it comes; the memory of a server is its own affair."""
        sparql.refuse_network(text)
        text = lower_tags(text)
        form = sparql.form(text)
        kept = ExitStack()
        response = kept.enter_context(self._asked(text, form, bounds, dataset))
        body: Any = io.BufferedReader(Body(response, bounds.seconds), 1 << 16)
        try:
            if self._engine.blank and form == "SELECT":
                body = self._labelled(response)
            if form in ("CONSTRUCT", "DESCRIBE"):
                return GraphStream(_ending(kept, self._triples(response, body, bounds.rows)))
            answer = _read(body, self._requests.place)
            if isinstance(answer, bool):
                kept.close()
                return answer
            columns = tuple(v.value for v in answer.variables)
            if form == "ASK":  # some answer a row, or none
                with kept:
                    return any(True for _ in answer)
            return RowStream(columns, _ending(kept, self._rows(response, answer, bounds.rows)))
        except BaseException:
            kept.close()
            raise

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; without those that the server brings with it."""
        found = self.texts("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return sorted(g for (g,) in found if not g.startswith(self._engine.own or (" ",)))

    def dump(self, graph: str) -> bytes:
        """A named graph as N-Triples; empty if there is none."""
        if not self._addresses.data:
            return self._paged(graph, self._count(graph))
        if self._engine.page is None:
            return self._got(graph)
        count = self._count(graph)
        if not count:
            return b""
        whole = self._got(graph) if count <= self._engine.page else b""
        return whole if whole.count(b"\n") == count else self._paged(graph, count)

    def _got(self, graph: str) -> bytes:
        response = self._requests.send(
            "GET",
            self._addresses.data,
            params={self._engine.graph: graph},
            headers={"Accept": _GRAPH},
            again=True,
            missing=True,
        )
        return b"" if response.status_code == 404 else _ntriples(response, response.content)

    def _count(self, graph: str) -> int:
        node = sparql.iri(graph)
        rows = self.texts(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {node} {{ ?s ?p ?o }} }}")
        return int(rows[0][0])

    def close(self) -> None:
        """Lets go of the connections."""
        self._requests.close()

    def _select(self, text: str) -> str:
        if sparql.form(text) != "SELECT":
            whole(self.stream(text, Bounds(rows=1)))  # it may be no query at all
            raise QuerySyntax("a SELECT query was expected here")
        return text

    def _asked(self, text: str, form: str, bounds: Bounds, dataset: Dataset | None = None) -> Any:
        """The request for an answer, not sent yet."""
        data: dict[str, Any] = {"query": f"BASE <{_BASE}> {text}" if _relative(text) else text}
        if dataset is not None:  # the protocol lets these count more than the text
            data["default-graph-uri"] = list(dataset.default)
            data["named-graph-uri"] = list(dataset.named)
        elif sparql.dataset(text, _BASE) is None:
            data |= self._engine.union
        if bounds.seconds is not None and self._engine.milliseconds:
            data[self._engine.milliseconds] = str(int(bounds.seconds * 1000))
        accept = _GRAPH if form in ("CONSTRUCT", "DESCRIBE") else _ROWS
        return self._requests.opened(
            "POST",
            self._addresses.query,
            data=data,
            headers={"Accept": accept},
            again=True,
            seconds=bounds.seconds,
        )

    def _rows(
        self, response: httpx2.Response, answer: Any, most: int | None
    ) -> Iterator[list[tuple[Term | None, ...]]]:
        """The rows of an answer; what the server leaves out is not passed over."""
        count = 0
        with self._reading():
            for part in _some(islice(answer, most), _PART):
                count += len(part)
                yield [tuple(None if t is None else Term(*plain(t)) for t in row) for row in part]
        if most is None or count < most:
            self._refuse_part(response)

    def _triples(
        self, response: httpx2.Response, body: io.BufferedIOBase, most: int | None
    ) -> Iterator[bytes]:
        import pyoxigraph as ox

        with self._reading():
            for part in _some(islice(_parsed(response, body), most), _PART):
                yield ox.serialize((q.triple for q in part), format=ox.RdfFormat.N_TRIPLES) or b""
        self._refuse_part(response)

    def _labelled(self, response: httpx2.Response) -> io.BytesIO:
        """The whole of a result, its blank nodes with labels that can be read."""
        with self._reading():
            content = response.read()
        return io.BytesIO(content.replace(f'"{self._engine.blank}'.encode(), b'"'))

    def _refuse_part(self, response: httpx2.Response) -> None:
        """Raises if the server says that there is more than it sent."""
        header, value = self._engine.late
        if header and value in response.headers.get(header, ""):
            raise timed_out(0.0)
        if self._engine.cut and (most := response.headers.get(self._engine.cut)):
            raise StoreError(
                "the server answers {most} rows at most, and there are more",
                most=most,
                source=self._requests.place,
                hint=Sentence(
                    "ask for fewer with --limit, or raise the server's limit (Virtuoso: "
                    "ResultSetMaxRows)"
                ),
            )

    def _reading(self) -> Any:
        return self._requests.speaking(None)

    def _paged(self, graph: str, count: int) -> bytes:
        """A named graph, read page by page, with the number of its triples held against it."""
        import pyoxigraph as ox

        node = sparql.iri(graph)
        page = self._engine.page or 10_000
        found: dict[str, None] = {}
        more = True
        while more and len(found) < count:
            # a server may have a lower limit, of which it says nothing; and a CONSTRUCT is slower
            before = len(found)
            text = f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }} LIMIT {page} OFFSET {before}"
            with self._asked(text, "SELECT", Bounds()) as response, self._reading():
                rows = _read(self._labelled(response), self._requests.place)
            found |= dict.fromkeys(f"{ox.Triple(*row)} .\n" for row in rows)
            more = len(found) > before
        if len(found) != count:
            raise StoreError(
                "the server has {count} triples in the graph {graph} and gives {given}",
                count=count,
                given=len(found),
                graph=graph,
                source=self._requests.place,
            )
        return "".join(found).encode()

    # -- writing ---------------------------------------------------------------------------

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads, graph by graph; they must be well formed, as kps-graph writes them."""
        for graph, triples in _by_graph(nquads).items():
            # a blank node is one node only within what is sent at once
            size = len(triples) if any("_:" in line for line in triples) else _SENT
            for part in _some(triples, size):
                self._send("POST", graph, "".join(part).encode(), again=False)

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files, each to the named graph beside it."""
        import pyoxigraph as ox

        for path, graph in files:
            quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=_BASE)
            triples = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
            self._send("POST", graph, triples or b"", again=False)

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        for some in _some(graphs, _NAMED):
            self._update(f"DROP SILENT GRAPH {sparql.iri(graph)}" for graph in some)

    def put(self, graph: str, triples: bytes) -> None:
        """Makes N-Triples all that ``graph`` holds, in one step."""
        if triples:
            self._send("PUT", graph, triples, again=True)
        else:
            self.remove([graph])

    def replace(self, graph: str, lines: Iterable[str], *, asked: bool = True) -> None:
        """Makes ``lines`` (N-Quads) all that ``graph`` holds; nothing is sent if it is."""
        wanted = _by_graph("".join(f"{line}\n" for line in lines).encode()).get(graph, {})
        if set(self.dump(graph).decode().splitlines(keepends=True)) != set(wanted):
            self.put(graph, "".join(wanted).encode())

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        node = sparql.iri(graph)
        for some in _some(subjects, _NAMED):
            self._update(
                f"DELETE WHERE {{ GRAPH {node} {{ {sparql.iri(s)} ?p ?o }} }}" for s in some
            )

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        for graph, triples in _by_graph(nquads).items():
            for some in _some(triples, _DISCARDED):
                inside = f"GRAPH {sparql.iri(graph)} {{ {''.join(some)} }}"
                self._update([f"DELETE DATA {{ {inside} }}"])

    def _send(self, method: str, graph: str, triples: bytes, *, again: bool) -> None:
        if not self._addresses.data:
            raise self._unknown("--store-data")
        self._requests.send(
            method,
            self._addresses.data,
            params={self._engine.graph: graph},
            content=triples,
            headers={"Content-Type": _TRIPLES},
            again=again,
        )

    def _update(self, steps: Iterable[str]) -> None:
        if not self._addresses.update:
            raise self._unknown("--store-update")
        text = " ;\n".join(steps)
        self._requests.send("POST", self._addresses.update, data={"update": text}, again=False)

    def _unknown(self, option: str) -> StoreError:
        return StoreError(
            "it is not known where this server is written to",
            source=self._requests.place,
            hint=Sentence("give the address with {option}", option=option),
        )


def _some(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values, in lists of at most ``size``."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _relative(text: str) -> bool:
    """Whether a query may hold an IRI that is relative to nothing."""
    return any(w.kind == "iri" and ":" not in w.text for w in sparql.words(text)) and not any(
        w.keyword == "BASE" for w in sparql.words(text)
    )


def _ending(kept: ExitStack, parts: Iterator[Any]) -> Iterator[Any]:
    """``parts``, and the end of the request with them."""
    with kept:
        yield from parts


def _read(body: Any, place: str) -> Any:
    """The answer to a SELECT or an ASK, as it comes."""
    import pyoxigraph as ox

    try:
        answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            "the server does not answer as the protocol says: {reason}",
            reason=parser_reason(str(error)),
            source=place,
            hint=Sentence("see whether this is the address of its queries"),
        ) from error
    return bool(answer) if isinstance(answer, ox.QueryBoolean) else answer


def _parsed(response: httpx2.Response, body: Any) -> Iterator[Any]:
    """The statements of a graph that a server sends."""
    import pyoxigraph as ox

    media = response.headers.get("content-type", "").partition(";")[0].strip()
    turtle = media in ("text/turtle", "application/x-turtle", "text/n3")
    format = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
    return iter(ox.parse(body, format=format, base_iri=_BASE if turtle else None))


def _ntriples(response: httpx2.Response, content: bytes) -> bytes:
    """A graph that a server sent, as N-Triples as the embedded store writes them."""
    import pyoxigraph as ox

    quads = _parsed(response, content)
    return bytes(ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b"")


def _by_graph(nquads: bytes) -> dict[str, dict[str, None]]:
    """N-Quads as the N-Triples of each graph, each of them once."""
    import pyoxigraph as ox

    found: dict[str, dict[str, None]] = defaultdict(dict)
    for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True):
        graph = getattr(quad.graph_name, "value", "")
        found[graph][f"{quad.triple} .\n"] = None
    return found
