"""The Python face of a store: ``kps.open("kps.store")`` and ask."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kps_graph import queries
from kps_graph.asking import Questions, likely
from kps_graph.errors import ResourceError
from kps_graph.model import Standard
from kps_graph.queries import Query
from kps_graph.store import EmbeddedStore, Manifest, Rows, Source, current
from kps_graph.terms import code_series, graph_iri, standard_iri

if TYPE_CHECKING:
    import rdflib

__all__ = ["KnowledgeGraph", "open"]


class KnowledgeGraph(Questions):
    """A store to ask: queries by name or in SPARQL, standards as graphs or as values.

    What occupations share is asked by the methods of :class:`kps_graph.asking.Questions`.

    Attributes:
        store: the engine.
        manifest: what it was built of.
    """

    __slots__ = ()

    def __init__(
        self, store: EmbeddedStore, manifest: Manifest, folder: Path | None = None
    ) -> None:
        self.store = store
        self.manifest = manifest
        self._folder = folder
        self._projection = None
        self._usages = {}

    def query(self, query: str | Query, /, **params: str | int) -> Rows | bool | bytes:
        """The answer to a query of the library by its name, or to SPARQL text.

        A SELECT gives :class:`Rows`, an ASK a bool, CONSTRUCT and DESCRIBE N-Triples.

        Raises:
            UnknownQuery: if ``query`` is one word and no query of the library.
            BadParameter: for a parameter that it does not take.
            ResourceError: for a standard that the store does not hold.
            QuerySyntax: for SPARQL that does not parse.
        """
        if isinstance(query, str):
            words = query.split()
            query = queries.get(query) if len(words) == 1 else Query.adhoc(query)
        for parameter in query.parameters:
            if parameter.kind == "standard" and parameter.name in params:
                params[parameter.name] = self._code(str(params[parameter.name]))
        return self.store.query(query.bind(**params).text)

    def _code(self, standard: str) -> str:
        """The code by which queries know a standard that is given by code, series or name."""
        return self.identities()[self.identity(standard)].code or standard

    def rows(self, query: str | Query, /, **params: str | int) -> Rows:
        """The rows of a SELECT, by name or in SPARQL."""
        answer = self.query(query, **params)
        if not isinstance(answer, Rows):
            raise ResourceError("this query gives no rows",
                                hint="use query() for ASK and CONSTRUCT")
        return answer

    def sources(self) -> list[Source]:
        """The documents that the store was built of, by name."""
        return [self.manifest.sources[p] for p in sorted(self.manifest.sources)]

    def identities(self) -> dict[str, Source]:
        """The standards in the store: their sources by local name."""
        return {s.identity: s for s in self.sources() if s.outcome == "loaded"}

    def identity(self, standard: str) -> str:
        """The local name of the standard with this local name, code, or (if unique) name.

        Raises:
            ResourceError: if there is none, or several, with what could be meant.
        """
        known = self.identities()
        if standard in known:
            return standard
        found = [i for i, s in known.items() if standard in (s.code, s.name, code_series(s.code))]
        if len(found) == 1:
            return found[0]
        if found:
            raise ResourceError(f"{standard!r} is the name of several standards", hint="say which: "
                                + ", ".join(f"{i} {known[i].name}" for i in found))
        names = [*known, *(s.name for s in known.values())]
        close = likely(standard, names)
        raise ResourceError(
            f"the store holds no standard {standard!r}",
            hint=f"did you mean {', '.join(close)}?" if close
            else "kps-graph query standards lists them",
        )

    def graph(self, standard: str, *, derived: bool = False) -> rdflib.Graph:
        """The named graph of a standard, by code, local name or name, as an rdflib Graph.

        Args:
            standard: as for :meth:`identity`.
            derived: with what is derived from it (inherited K, S and levels, competencies).
        """
        import rdflib

        from kps_graph.terms import PREFIXES

        name = self.identity(standard)
        iri = standard_iri(name, self.manifest.base)
        graph = rdflib.Graph(identifier=rdflib.URIRef(iri))
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        graph.parse(data=self.store.dump(iri), format="nt")
        if derived:
            inferred = graph_iri(f"inferred/{name}", self.manifest.base)
            graph.parse(data=self.store.dump(inferred), format="nt")
        return graph

    def standard(self, standard: str) -> Standard:
        """A standard as a value, by code, local name or name."""
        from kps_graph.rdf import Term, read

        iri = standard_iri(self.identity(standard), self.manifest.base)
        rows = self.store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
        return read(
            ((s.value, p.value, Term(o.value, o.datatype)) for s, p, o in rows.terms
             if s and p and o),
            iri,
        )

    def close(self) -> None:
        """Lets go of the store."""
        self.store = EmbeddedStore.memory()

    def __enter__(self) -> KnowledgeGraph:
        """The graph itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets go of the store."""
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self.identities())} standards>"


def open(store: str | Path = "kps.store") -> KnowledgeGraph:
    """Opens the store in the directory ``store`` for reading.

    Raises:
        StoreMissing, StoreVersion: if there is none, or one of another version.
    """
    generation = current(Path(store))
    manifest = generation.manifest()
    return KnowledgeGraph(EmbeddedStore.on_disk(generation.data), manifest, generation.path)
