"""The tests of W3C's SHACL test suite, each of which is a manifest in a file of its own.

https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlparse

import rdflib
from rdflib import RDF, XSD, Graph, Literal, Namespace

from kps_graph.shacl.paths import shown_path

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
SH = Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True)
class Case:
    """One test.

    Attributes:
        name: its path below the folder of the suite, without the ending.
        data: the file of the data.
        shapes: what the file of the shapes says, without the test.
        graph: what the file of the test says.
        result: the report that is expected.
    """

    name: str
    data: Path
    shapes: Graph
    graph: Graph
    result: rdflib.term.Node

    @property
    def fails(self) -> bool:
        """Whether an engine must refuse the shapes."""
        return self.result == SHT.Failure

    @property
    def conforms(self) -> bool:
        return bool(self.graph.value(self.result, SH.conforms).toPython())

    def results(self):
        """Of each expected result, what :func:`kps_graph.shacl.check_store` is to say of it."""
        return [
            tuple(self._said(r, name) for name in SAID)
            for r in self.graph.objects(self.result, SH.result)
        ]

    def messages(self):
        """The messages that the report must have."""
        results = self.graph.objects(self.result, SH.result)
        return {m for r in results for m in self.graph.objects(r, SH.resultMessage)}

    def _said(self, result, name):
        value = self.graph.value(result, SH[name])
        if value is not None and name == "resultPath":
            return Literal(shown_path(self.graph, value))
        return canonical(value)


#: The properties of a result that are compared.
SAID = (
    "focusNode",
    "resultPath",
    "value",
    "sourceConstraintComponent",
    "resultSeverity",
    "sourceShape",
)


def names(folder: Path) -> Iterator[str]:
    """The tests of the suite in ``folder``: the path of each, without the ending."""
    for file in sorted(folder.rglob("*.ttl")):
        if b"sht:Validate" in file.read_bytes():
            yield file.relative_to(folder).with_suffix("").as_posix()


def read(folder: Path, name: str) -> Case:
    """The test of the suite in ``folder`` with that name."""
    file = folder / f"{name}.ttl"
    with as_written():
        graph = parsed(file)
    (entries,) = graph.objects(None, MF.entries)
    (test,) = graph.items(entries)
    action = graph.value(test, MF.action)
    data, shapes = (_path(graph.value(action, SHT[n])) for n in ("dataGraph", "shapesGraph"))
    return Case(name, data, _without_test(parsed(shapes)), graph, graph.value(test, MF.result))


def canonical(term):
    """``term`` as a store keeps it: a decimal by its value."""
    if isinstance(term, Literal) and term.datatype == XSD.decimal:
        return Literal(format(Decimal(str(term)).normalize(), "f"), datatype=XSD.decimal)
    return term


def parsed(file: Path) -> Graph:
    return Graph().parse(file, format="turtle", publicID=file.resolve().as_uri())


@contextmanager
def as_written():
    """Literals as they are written, where rdflib would write "none"^^xsd:boolean as false."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _without_test(graph):
    """The shapes in a file alone, as a user would write them."""
    tests = [*graph.subjects(RDF.type, SHT.Validate), *graph.subjects(RDF.type, MF.Manifest)]
    reports = [*graph.objects(None, MF.result)]
    results = [r for report in reports for r in graph.objects(report, SH.result)]
    for node in (*tests, *graph.objects(None, MF.action), *reports, *results):
        graph.remove((node, None, None))
    return graph


def _path(iri):
    return Path(unquote(urlparse(str(iri)).path))
