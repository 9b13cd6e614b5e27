"""The ontology and its schemes as graphs, and what tests ask of them."""

import subprocess
import sys

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kps_graph.resources import ontology_graphs
from kps_graph.terms import SCHEMES, kps
from tests.support.project import ROOT

CASES = ROOT / "tests" / "cases" / "ontology"
LANGUAGES = {"zh-Hant", "en"}
CORE_FILES, SCHEME_FILES = ontology_graphs().values()


def graph_of(*paths):
    """The Turtle files as one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


CORE = graph_of(ROOT / "ontology" / "kps.ttl", ROOT / "ontology" / "ext" / "courses.ttl")
ALIGNMENTS = graph_of(ROOT / "ontology" / "alignments.ttl")
CONCEPTS = graph_of(*SCHEME_FILES)
EXAMPLE = graph_of(CASES / "example.ttl")


def ours(terms):
    """Those of ``terms`` that are in our namespace, as names."""
    return {str(t).removeprefix(str(kps)) for t in terms if str(t).startswith(str(kps))}


def declared(kind):
    """The names of the terms of the core and its extensions that are of ``kind``."""
    return ours(CORE.subjects(RDF.type, kind))


def scheme(name):
    """The concepts of a scheme by notation."""
    inside = CONCEPTS.subjects(SKOS.inScheme, URIRef(SCHEMES + name))
    return {str(CONCEPTS.value(c, SKOS.notation)): c for c in inside}


def texts(graph, term, predicate):
    """The literals of a property by language."""
    return {o.language: str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal)}


def run_script(name, *arguments):
    """Runs one of the project's scripts as a person would."""
    subprocess.run([sys.executable, ROOT / "scripts" / name, *arguments], check=True, cwd=ROOT)
