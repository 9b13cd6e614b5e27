"""The Python face of a store: ``kps.open("kps.store")`` and ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from kps_graph.errors import BadParameter, QuerySyntax, ResourceError
from kps_graph.graph import history, records
from kps_graph.graph.chosen import Chosen, Kept
from kps_graph.graph.emptied import why_empty
from kps_graph.graph.questions import Questions
from kps_graph.graph.texts import Texts
from kps_graph.slices import Selection, Slice, named, parse
from kps_graph.store import (
    Addresses,
    Bounds,
    Manifest,
    Opened,
    Rows,
    RowStream,
    Store,
    Streamed,
    opened,
    whole,
)
from kps_graph.terms import graph_iri, standard_iri
from kps_graph.words import Language, Sentence, closest, did_you_mean

if TYPE_CHECKING:
    import rdflib

    from kps_graph.exports.pictures.picture import Picture
    from kps_graph.exports.pictures.standard_layout import Indicators
    from kps_graph.graph.traced import Trace
    from kps_graph.model import Standard
    from kps_graph.queries.library import Query
    from kps_graph.sharing.projected import Include

__all__ = ["KnowledgeGraph", "open"]

P = ParamSpec("P")
T = TypeVar("T")


def _asked(
    question: Callable[Concatenate[Questions, P], T],
) -> Callable[Concatenate[KnowledgeGraph, P], T]:
    """A question as a method of the graph: the same, asked of the graph's store."""

    @wraps(question)
    def ask(graph: KnowledgeGraph, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return question(graph.questions, *args, **kwargs)

    return ask


def _searched(
    search: Callable[Concatenate[Texts, P], T],
) -> Callable[Concatenate[KnowledgeGraph, P], T]:
    """A way to search as a method of the graph."""

    @wraps(search)
    def ask(graph: KnowledgeGraph, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return search(graph.texts, *args, **kwargs)

    return ask


class KnowledgeGraph:
    """A store to ask: queries by name or in SPARQL, standards as graphs or as values.

    Attributes:
        store: to ask in SPARQL.
        base: the namespace of its data IRIs.
        bounds: what a query may use: see :meth:`bounded`.
        questions: what is asked about occupations; each is a method of the graph too.
        texts: what is searched, by methods that the graph has too.
    """

    __slots__ = ("_chosen", "_opened", "base", "bounds", "questions", "store", "texts")

    def __init__(
        self,
        opened: Opened,
        bounds: Bounds = Bounds(),  # noqa: B008 - frozen
        chosen: Chosen | None = None,
    ) -> None:
        self._opened = opened
        self._chosen = chosen or Chosen(Kept(opened))
        self.bounds = bounds
        self.store: Store = opened.store
        self.base = opened.base
        self.questions = Questions(self._chosen)
        self.texts = Texts(self._chosen)

    @property
    def selection(self) -> Selection:
        """The standards that every question and query is asked of: see :meth:`within`.

        Raises:
            ResourceError: if the store has none of them.
        """
        return self._chosen.selection

    @property
    def manifest(self) -> Manifest:
        """What the store was built of, as it says itself."""
        return self._opened.manifest

    sources = _asked(Questions.sources)
    identities = _asked(Questions.identities)
    described = _asked(Questions.described)
    identity = _asked(Questions.identity)
    chosen = _asked(Questions.chosen)
    competency = _asked(Questions.competency)
    categories = _asked(Questions.categories)
    representatives = _asked(Questions.representatives)
    names = _asked(Questions.names)
    usage = _asked(Questions.usage)
    detailed = _asked(Questions.detailed)
    shared = _asked(Questions.shared)
    nearest = _asked(Questions.nearest)
    compare = _asked(Questions.compare)
    gap = _asked(Questions.gap)
    path = _asked(Questions.path)
    pairs = _asked(Questions.pairs)
    reuse = _asked(Questions.reuse)
    communities = _asked(Questions.communities)
    bridges = _asked(Questions.bridges)
    neighbourhood = _asked(Questions.neighbourhood)
    network = _asked(Questions.network)
    findings = _asked(records.findings)
    versions = _asked(history.versions)
    changes = _asked(history.changes)
    search = _searched(Texts.search)
    suggest = _searched(Texts.suggest)
    resolve = _searched(Texts.resolve)

    def query(self, query: str | Query, /, **params: str | int) -> Rows | bool | bytes:
        """The answer to a query of the library by its name, or to SPARQL text.

        A SELECT gives :class:`Rows`, an ASK a bool, CONSTRUCT and DESCRIBE N-Triples. SPARQL text
        is answered in a process of its own, so that Ctrl-C and the bounds of the graph end it.

        Raises:
            UnknownQuery: if ``query`` is one word and no query of the library.
            BadParameter: for a parameter that it does not take.
            ResourceError: for a standard that the store does not hold.
            QuerySyntax: for SPARQL that does not parse.
            QueryTimeout, QueryTooLarge: if it meets a bound.
        """
        asked = _named(query)
        if asked.group and self.bounds == Bounds():
            # what the library asks is known to end: to ask it here is faster
            return self._answered(asked, params, self.store.query)
        answer = whole(self.stream(asked, **params))
        if isinstance(answer, Rows) and not answer:
            answer.why = self.why_empty(asked, **params)
        return answer

    def why_empty(self, query: str | Query, /, **params: str | int) -> tuple[Sentence, ...]:
        """The likely causes that SPARQL found no row: ``rows.why`` of an answer without any.

        None for a query of the library, which refuses a value that the store does not hold.
        """
        asked = _named(query)
        if asked.group:
            return ()
        return self._answered(asked, params, lambda text: why_empty(text, self.store))

    def stream(self, query: str | Query, /, **params: str | int) -> Streamed:
        """The answer while it comes, which takes no more memory than a part of it.

        Raises as :meth:`query`, also while it is read.
        """
        asked = _named(query)
        return self._answered(asked, params, lambda text: self.store.stream(text, self.bounds))

    def within(
        self, *part: str | Slice, all_versions: bool = False, **criteria: str | int | Iterable[str]
    ) -> KnowledgeGraph:
        """This graph, every question and query asked of a part of it.

        ``graph.within("category=K level=4-5")`` is ``graph.within(category="K", level="4-5")``. Without
        any, it is the latest version of each occupation.

        Args:
            part: a slice, in the form that commands take, by the name it is saved under, or as a value.
            all_versions: whether past versions count too.
            criteria: see :class:`kps_graph.slices.Slice`.

        Raises:
            BadParameter: for a criterion or value that is none.
            ResourceError: for a class that there is not, or if no standard is in the slice.
        """
        texts = (str(p) for p in part)
        chosen = parse(
            *texts, named=named, **({"status": "any"} if all_versions else {}), **criteria
        )
        return KnowledgeGraph(self._opened, self.bounds, Chosen(self._chosen.kept, chosen))

    def bounded(
        self, timeout: float | None = None, memory: int = 0, rows: int | None = None
    ) -> KnowledgeGraph:
        """This graph with bounds for the queries that are asked of it.

        Args:
            timeout: seconds that an answer may be waited for.
            memory: bytes that the engine may use for a query; 0 for any number.
            rows: how many rows, or triples, are read of an answer.
        """
        return KnowledgeGraph(self._opened, Bounds(timeout, memory, rows), self._chosen)

    def _answered(
        self, query: Query, params: Mapping[str, str | int], ask: Callable[[str], T]
    ) -> T:
        from kps_graph.graph.parameters import known

        terms = known(query, params, self.questions, self.base)
        if query.sliced:
            query = query.within(self.selection.iris(self.base))
        elif not self._chosen.unlimited:
            query.within(())  # which says how a query can be
        before = 0
        try:
            bound = query.bind(**terms)
            before = bound.before
            answer = ask(bound.text)
        except QuerySyntax as error:
            error.source = query.source or error.source
            if error.line == 1 and error.column is not None:
                error.column = max(1, error.column - before)
            raise
        if isinstance(answer, (Rows, RowStream)):
            answer.lists = query.lists
        return answer

    def rows(self, query: str | Query, /, **params: str | int) -> Rows:
        """The rows of a SELECT, by name or in SPARQL."""
        answer = self.query(query, **params)
        if not isinstance(answer, Rows):
            hint = Sentence("use query() for ASK and CONSTRUCT")
            raise ResourceError("this query gives no rows", hint=hint)
        return answer

    def draw(
        self,
        what: str,
        *of: str,
        lang: Language = Language.CHINESE,
        indicators: Indicators = "text",
        include: Include = "same",
    ) -> Picture:
        """A picture, which a notebook shows; ``save`` writes it as SVG or as a page.

        Args:
            what: a standard, by code or name; or ``map``, all occupations; ``overlap``, how much
                those in ``of`` share (all if there is none); ``competency``, who uses the one in
                ``of`` and what is needed together with it.
            of: see there.
            lang: the language of headings.
            indicators: in a standard, written out (``text``) or by their codes alone (``code``).
            include: what counts as one competency.

        Raises:
            BadParameter: for too many or too few names.
            ResourceError: for a name that the store does not hold.
        """
        from kps_graph.exports.pictures import competency_star, occupation_map, overlap_matrix
        from kps_graph.exports.pictures.picture import KINDS, Picture
        from kps_graph.exports.pictures.standard_layout import layout

        if what == "overlap":
            chosen = [self.identity(o) for o in of]
            usage = self.usage(include, also=chosen)
            chosen = chosen or [o.id for o in usage.occupations]
            return Picture(overlap_matrix.layout(usage, chosen, lang))
        if what == "competency":
            if len(of) != 1:
                raise BadParameter("name one competency by its text")
            usage = self.usage(include)
            found = self.competency(of[0], usage).id
            usage = self.detailed(usage, usage.by(found))
            return Picture(competency_star.layout(usage, found, lang, self.categories(lang)))
        if of:
            if what == "map":
                raise BadParameter("the map shows all occupations: name none")
            raise BadParameter(
                "{what!r} is no picture of several: overlap, map or competency", what=what
            )
        if what == "map":
            return Picture(occupation_map.layout(self.usage(include), lang))
        try:
            return Picture(layout(self.standard(what), lang, indicators))
        except ResourceError as error:
            if close := closest(what, KINDS):
                raise ResourceError(error.said, hint=did_you_mean(close)) from error
            raise

    def graph(self, standard: str, *, derived: bool = False) -> rdflib.Graph:
        """The named graph of a standard, by code, local name or name, as an rdflib Graph.

        Args:
            standard: as for :meth:`identity`.
            derived: with what is derived from it (inherited K, S and levels, competencies).
        """
        import rdflib

        from kps_graph.terms import PREFIXES

        name = self.identity(standard)
        iri = standard_iri(name, self.base)
        graph = rdflib.Graph(identifier=rdflib.URIRef(iri))
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        graph.parse(data=self.store.dump(iri), format="nt")
        if derived:
            inferred = graph_iri(f"inferred/{name}", self.base)
            graph.parse(data=self.store.dump(inferred), format="nt")
        return graph

    def standard(self, standard: str) -> Standard:
        """A standard as a value, by code, local name or name."""
        from kps_graph.store.held import standard_in

        return standard_in(self.store, self.identity(standard), self.base)

    def trace(self, standard: str, code: str, *, include: Include = "same") -> Trace:
        """What ``code`` (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) of a standard touches.

        Args:
            standard: as for :meth:`identity`.
            code: in any case and padding.
            include: what counts as one competency where other standards say the same.

        Raises:
            ResourceError: if there is no such standard, or it has no such code.
        """
        from kps_graph.graph.traced import traced

        name = self.identity(standard)
        known = self.described()
        value = self.standard(name)
        within = self._chosen.within
        return traced(self.store, self.base, known, value, name, code, include, within)

    def close(self) -> None:
        """Lets go of the store."""
        self.store.close()

    def __enter__(self) -> KnowledgeGraph:
        """The graph itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets go of the store."""
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self.described())} standards>"


def _named(query: str | Query) -> Query:
    from kps_graph.queries.library import Query, get  # the methods that are questions need none

    if isinstance(query, Query):
        return query
    return get(query) if len(query.split()) == 1 else Query.adhoc(query)


def open(
    store: str | Path | Addresses = "kps.store",
    *,
    timeout: float | None = None,
    memory: int = 0,
    rows: int | None = None,
) -> KnowledgeGraph:
    """Opens a store for reading.

    Args:
        store: its directory, or the address of the server that keeps it.
        timeout: seconds that the answer to a query may be waited for.
        memory: bytes that the engine may use for a query; 0 for any number.
        rows: how many rows, or triples, are read of an answer.

    Raises:
        StoreMissing: if there is none.
        StoreVersion: if another version of kps-graph wrote it.
        StoreDamaged: if it is not what was written.
    """
    return KnowledgeGraph(opened(store), Bounds(timeout, memory, rows))
