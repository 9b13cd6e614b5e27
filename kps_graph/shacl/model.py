"""What shapes are read into, and what checking them gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from kps_graph.errors import BadShapes, ValidationAborted
from kps_graph.report import Finding, Severity
from kps_graph.sparql import quoted

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "SH",
    "Messages",
    "Node",
    "Result",
    "Select",
    "Shape",
    "Shapes",
    "SparqlConstraint",
    "Table",
    "Targets",
    "Term",
]

#: The namespace of SHACL.
SH: Final = "http://www.w3.org/ns/shacl#"

#: Message templates: language tag ("" if none) and text.
Messages: TypeAlias = "tuple[tuple[str, str], ...]"


class Term(Protocol):
    """An RDF term of a query's answer."""

    @property
    def kind(self) -> str:
        """``iri``, ``literal`` or ``bnode``."""
        ...

    @property
    def value(self) -> str:
        """The IRI, the lexical form, or the label."""
        ...

    @property
    def datatype(self) -> str | None:
        """The datatype of a literal that is neither plain nor tagged."""
        ...

    @property
    def lang(self) -> str | None:
        """The language tag."""
        ...


class Table(Protocol):
    """The answer to a SELECT."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of the variables."""
        ...

    @property
    def terms(self) -> Sequence[Sequence[Term | None]]:
        """The rows."""
        ...


#: What the compiled shapes ask: a SELECT, evaluated over the union of all graphs.
Select: TypeAlias = "Callable[[str], Table]"


@dataclass(frozen=True, slots=True)
class Node:
    """A :class:`Term` of our own."""

    kind: str
    value: str
    datatype: str | None = None
    lang: str | None = None

    def ntriples(self) -> str:
        """The term in the syntax of N-Triples."""
        if self.kind != "literal":
            return f"<{self.value}>" if self.kind == "iri" else f"_:{self.value}"
        text = quoted(self.value)
        if self.lang:
            return f"{text}@{self.lang}"
        return f"{text}^^<{self.datatype}>" if self.datatype else text


@dataclass(frozen=True, slots=True)
class Targets:
    """What a shape is about: tuples of IRIs, of ``nodes`` in the syntax of N-Triples, literals too."""

    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.classes or self.subjects_of or self.objects_of or self.nodes)

    def terms(self) -> tuple[str, ...]:
        """Every IRI that has to be spelled right for the shape to meet anything."""
        return (*self.classes, *self.subjects_of, *self.objects_of)


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A constraint written as a SELECT: its text with prefixes, and its own messages."""

    select: str
    messages: Messages = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that is checked on its own: one with targets, or a property of such a shape.

    Attributes:
        node: its node in the shapes graph.
        rule: the number of its rule; the local name of its IRI if it has none.
        severity: how much a result matters.
        messages: its message templates by language.
        targets: what it is about.
        path: its path in SPARQL, with full IRIs; "" for a node shape.
        shown_path: the path for people: an IRI, or SPARQL with prefixes.
        constraints: the parameters of core constraints, by SHACL's local name (``minCount``),
            with the term in the shapes graph.
        sparql: its SPARQL constraints.
        root: the shape with targets that it belongs to; itself as a rule.
    """

    node: rdflib.term.Node
    rule: str
    severity: Severity
    messages: Messages
    targets: Targets
    path: str
    shown_path: str
    constraints: tuple[tuple[str, rdflib.term.Node], ...]
    sparql: tuple[SparqlConstraint, ...]
    root: str

    @property
    def id(self) -> str:
        """The IRI of the shape, or the label of its blank node."""
        return str(self.node)


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph, which is never changed after loading, and the shapes in it.

    Attributes:
        graph: all that the files say.
        shapes: those that are checked.
        source: the names of a user's files; "" for the shapes that come with kps-graph.
        idle: whether a shape may meet no node of the data, as SHACL allows.
    """

    graph: rdflib.Graph
    shapes: tuple[Shape, ...]
    source: str = ""
    idle: bool = False

    @property
    def fault(self) -> type[BadShapes | ValidationAborted]:
        """What it is if they cannot be applied: the fault of who wrote them, or ours."""
        return BadShapes if self.source else ValidationAborted


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result in the sense of SHACL, and the finding it amounts to."""

    finding: Finding
    focus: Node
    shape: str
    component: str
    value: Node | None = None
