"""A worker that answers queries in the bytes that a client of the SPARQL Protocol is sent."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final, cast

from kps_graph.oxigraph.counting import counter
from kps_graph.oxigraph.evaluation import Asked, evaluate
from kps_graph.workers.frames import Frame, Say
from kps_graph.workers.limits import allow, in_use

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["GRAPH", "RESULTS", "Answering", "Declined", "Dumped", "Wanted"]

#: The kinds of an answer: rows or a truth value, and a graph.
RESULTS: Final = b"r"
GRAPH: Final = b"g"
#: How much of an answer is said at once, and for how many seconds it is collected.
_PART: Final = 1 << 16
_SECONDS: Final = 0.2
#: What XML cannot hold.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REPLACEMENT: Final = "\ufffd".encode()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query and how its answer is wanted.

    Attributes:
        asked: the query; its number of rows is the most that there may be.
        results: the media type for rows and truth values; "" if they are not wanted.
        graph: the media type for a graph; "" if it is not wanted.
        memory: bytes that the engine may use; 0 for any number.
    """

    asked: Asked
    results: str
    graph: str
    memory: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent to a worker: quicker than by its fields, as dataclasses do."""
        asked = self.asked
        fields = (asked.text, asked.base, asked.graphs, asked.rows)
        return _wanted, (fields, self.results, self.graph, self.memory)


def _wanted(asked: tuple[Any, ...], results: str, graph: str, memory: int) -> Wanted:
    return Wanted(Asked(*asked), results, graph, memory)


@dataclass(frozen=True, slots=True)
class Dumped:
    """A graph that is wanted whole.

    Attributes:
        graph: its IRI; None for that which has none.
        media_type: in which it is wanted.
    """

    graph: str | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Declined:
    """Why there is no answer, or no more of it.

    Attributes:
        cause: ``syntax``, ``unreadable``, ``unacceptable`` (in the media types wanted), ``rows``
            (too many), ``memory`` or ``missing`` (there is no such graph).
        reason: in the engine's words.
    """

    cause: str
    reason: str = ""

    def written(self) -> bytes:
        """As it is said."""
        return json.dumps([self.cause, self.reason]).encode()

    @classmethod
    def read(cls, said: bytes) -> Declined:
        """What was said."""
        cause, reason = json.loads(said)
        return cls(cause, reason)


class _TooMany(Exception):
    """There are more rows than there may be."""


class Answering:
    """Answers one query after the other.

    Args:
        place: the directory of the database.
        prefixes: for formats that know any.
    """

    __slots__ = ("_idle", "_place", "_prefixes", "_store")

    def __init__(self, place: str, prefixes: Mapping[str, str]) -> None:
        self._place = place
        self._prefixes = dict(prefixes)
        self._store: ox.Store | None = None
        self._idle = 0

    def __call__(self, wanted: Wanted | Dumped | None, say: Say) -> None:
        """Says the answer to a query, or a graph; to None, that the database is open."""
        try:
            store = self._opened()
            if wanted is None:
                return say(Frame.END, b"")
            if isinstance(wanted, Dumped):
                return self._dump(store, wanted, say)
            allow(self._idle, wanted.memory)
            return self._answer(store, wanted, say)
        except SyntaxError as error:
            declined = Declined("syntax", str(error))
        except _TooMany:
            declined = Declined("rows")
        except MemoryError:
            declined = Declined("memory")
        except BrokenPipeError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            declined = Declined("unreadable", str(error))
        return say(Frame.REFUSED, declined.written())

    def _opened(self) -> ox.Store:
        if self._store is None:
            import pyoxigraph as ox

            self._store = ox.Store.read_only(self._place)
            self._idle = in_use()
        return self._store

    def _answer(self, store: ox.Store, wanted: Wanted, say: Say) -> None:
        import pyoxigraph as ox

        result = evaluate(store, wanted.asked)
        if isinstance(result, ox.QueryTriples):
            if not wanted.graph:
                return say(Frame.REFUSED, Declined("unacceptable", "graph").written())
            return self._write(_counted(result, wanted.asked.rows), wanted.graph, say)
        if not wanted.results:
            return say(Frame.REFUSED, Declined("unacceptable", "results").written())
        most = wanted.asked.rows if isinstance(result, ox.QuerySolutions) else None
        out = _Parts(say, RESULTS, wanted.results, most)
        result.serialize(output=cast(IO[bytes], out), format=_results_format(wanted.results))
        return out.end()

    def _dump(self, store: ox.Store, wanted: Dumped, say: Say) -> None:
        import pyoxigraph as ox

        graph = ox.DefaultGraph() if wanted.graph is None else ox.NamedNode(wanted.graph)
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            return say(Frame.REFUSED, Declined("missing").written())
        quads = store.quads_for_pattern(None, None, None, graph)
        return self._write((quad.triple for quad in quads), wanted.media_type, say)

    def _write(self, triples: Iterator[Any], media_type: str, say: Say) -> None:
        import pyoxigraph as ox

        out = _Parts(say, GRAPH, media_type)
        format = _graph_format(media_type)
        ox.serialize(triples, output=cast(IO[bytes], out), format=format, prefixes=self._prefixes)
        out.end()


class _Parts(io.RawIOBase):
    """A file that is written to by the engine, and said part by part.

    Args:
        say: where to.
        kind: of the answer.
        media_type: of what is written.
        most: how many rows there may be; None for any number.
    """

    def __init__(self, say: Say, kind: bytes, media_type: str, most: int | None = None) -> None:
        self._say = say
        self._kind = kind
        self._xml = media_type.endswith("xml")
        self._most = most
        self._count = counter(media_type) if most is not None else None
        self._parts: list[bytes] = []
        self._size = 0
        self._begun = False
        self._until = monotonic() + _SECONDS

    def write(self, data: Any) -> int:
        """Takes some of the answer."""
        if self._count and self._most is not None and self._count(data) > self._most:
            raise _TooMany
        self._parts.append(data)
        self._size += len(data)
        if self._size >= _PART or monotonic() > self._until:
            frame = Frame.MORE if self._begun else Frame.FIRST
            self._say(frame, self._taken())
        return len(data)

    def flush(self) -> None:
        """What is written is said when it is enough."""

    def end(self) -> None:
        """Says the rest."""
        if not self._begun:
            return self._say(Frame.WHOLE, self._taken())
        if self._parts:
            self._say(Frame.MORE, self._taken())
        return self._say(Frame.END, b"")

    def _taken(self) -> bytes:
        content = b"".join(self._parts)
        if self._xml:
            content = _CONTROL.sub(_REPLACEMENT, content)
        kind = b"" if self._begun else self._kind
        self._parts, self._size, self._begun = [], 0, True
        self._until = monotonic() + _SECONDS
        return kind + content


def _counted(triples: Iterator[Any], most: int | None) -> Iterator[Any]:
    for number, triple in enumerate(triples):
        if most is not None and number >= most:
            raise _TooMany
        yield triple


def _graph_format(media_type: str) -> ox.RdfFormat:
    import pyoxigraph as ox

    found = ox.RdfFormat.from_media_type(media_type)
    assert found is not None, media_type
    return found


def _results_format(media_type: str) -> ox.QueryResultsFormat:
    import pyoxigraph as ox

    found = ox.QueryResultsFormat.from_media_type(media_type)
    assert found is not None, media_type
    return found
