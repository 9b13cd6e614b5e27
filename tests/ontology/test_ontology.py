"""The vocabulary, its JSON-LD context and its page, read as a specification."""

import json
import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from kps_graph.resources import ontology_graphs
from kps_graph.terms import PREFIXES, SCHEMES, graph_iri, kps
from tests.support.ontology import (
    ALIGNMENTS,
    CORE,
    CORE_FILES,
    EXAMPLE,
    LANGUAGES,
    declared,
    graph_of,
    run_script,
    texts,
)
from tests.support.project import ROOT

PROPERTIES = declared(OWL.ObjectProperty) | declared(OWL.DatatypeProperty)


def test_the_code_and_the_ontology_have_the_same_terms():
    """A term is in terms.py exactly if it is in kps.ttl or an extension."""
    assert declared(OWL.Class) | PROPERTIES == {kps[name].removeprefix(str(kps)) for name in kps}


def test_nothing_but_declared_terms_occurs_in_the_ontology():
    """A misspelled term in an axiom would otherwise be a new term."""
    for graph in (CORE, ALIGNMENTS):
        used = {n for triple in graph for n in triple if str(n).startswith(str(kps))}
        assert {str(n) for n in used} <= {kps[name] for name in kps} | {str(kps)}


@pytest.mark.parametrize("name", [*kps])
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_is_described_once_in_each_language(name, predicate):
    """Label and definition in Traditional Chinese and in English."""
    found = list(CORE.objects(URIRef(kps[name]), predicate))
    assert sorted(o.language for o in found) == sorted(LANGUAGES)
    assert all(o.strip() == str(o) != "" for o in found)


def test_a_class_is_named_once():
    """No two classes share a label in a language."""
    for language in LANGUAGES:
        labels = [texts(CORE, URIRef(kps[n]), RDFS.label)[language] for n in declared(OWL.Class)]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_every_property_has_a_domain_and_a_range(name):
    """Its own, or its partner's if it is an inverse."""
    term = URIRef(kps[name])
    partner = CORE.value(term, OWL.inverseOf) or term
    assert len(list(CORE.objects(partner, RDFS.domain))) == 1
    assert len(list(CORE.objects(partner, RDFS.range))) == 1


def test_every_part_property_has_an_inverse_that_allows_one_whole():
    """taskOf, below partOf, is functional and the inverse of hasTask, below hasPart."""
    downward = set(CORE.subjects(RDFS.subPropertyOf, URIRef(kps.hasPart)))
    upward = set(CORE.subjects(RDFS.subPropertyOf, URIRef(kps.partOf)))
    assert downward
    assert {CORE.value(p, OWL.inverseOf) for p in upward} == downward
    assert {p for p in upward if (p, RDF.type, OWL.FunctionalProperty) in CORE} == upward


@pytest.mark.parametrize("path", CORE_FILES, ids=lambda p: p.stem)
def test_an_ontology_says_what_it_is(path):
    """Title and description in both languages, creator, licence, and a version in its IRI."""
    graph = graph_of(path)
    ontology = graph.value(predicate=RDF.type, object=OWL.Ontology)
    dcterms = PREFIXES["dcterms"]
    for predicate in ("title", "description"):
        assert texts(graph, ontology, URIRef(dcterms + predicate)).keys() == LANGUAGES
    assert graph.value(ontology, URIRef(dcterms + "creator"))
    assert graph.value(ontology, URIRef(dcterms + "license"))
    version = graph.value(ontology, OWL.versionInfo)
    assert graph.value(ontology, OWL.versionIRI) == ontology + "/" + version


def test_an_ontology_imports_nothing():
    """Loading must not reach for the network."""
    assert not list((CORE + ALIGNMENTS).objects(predicate=OWL.imports))


def test_alignments_say_nothing_new_of_other_vocabularies():
    """Every statement beyond declarations is about a term or concept of ours."""
    own = (str(kps), SCHEMES, "https://w3id.org/kps-graph/ontology")
    foreign = [t for t in ALIGNMENTS if not str(t[0]).startswith(own)]
    assert foreign
    assert {p for _, p, _ in foreign} == {RDF.type}


def test_alignments_claim_no_exact_match():
    """None of the other vocabularies knows codes that are places in one document."""
    assert not list(ALIGNMENTS.subject_objects(SKOS.exactMatch))


CONTEXT = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]


@pytest.mark.parametrize("name", [*kps])
def test_the_context_has_every_term(name):
    """A property between nodes takes IRIs; the others take values as they are."""
    entry = CONTEXT[name]
    expected = f"kps:{name}"
    if (URIRef(kps[name]), RDF.type, OWL.ObjectProperty) in CORE:
        assert (entry["@id"], entry["@type"]) == (expected, "@id")
    else:
        assert entry == expected


def test_the_context_loses_nothing():
    """The example as JSON-LD with this context, and read back, is the same graph."""
    example = EXAMPLE
    written = example.serialize(format="json-ld", context=CONTEXT)
    assert isomorphic(Graph().parse(data=written, format="json-ld"), example)


def test_the_context_makes_json_plain():
    """With it, a text is a string, a level a number, a reference an IRI."""
    written = json.loads(EXAMPLE.serialize(format="json-ld", context=CONTEXT))
    node = next(n for n in written["@graph"] if n["id"].endswith("/T1.1"))
    assert node["type"] == "Activity"
    assert node["prefLabel"] == "評選茶葉"
    assert node["level"] == 4
    assert node["requiresSkill"] == ["https://w3id.org/kps-graph/id/ZZZ9999-001v2/S01"]


def test_the_context_refers_to_no_other_context():
    """It is used inline, never fetched."""
    assert not {"@import", "@context"} & set(re.findall(r"@\w+", json.dumps(CONTEXT)))


def test_the_files_are_grouped_by_graph_core_first():
    """graph/ontology and graph/schemes, below the chosen base."""
    found = ontology_graphs("https://example.org/id/")
    assert [*found] == [graph_iri(n, "https://example.org/id/") for n in ("ontology", "schemes")]
    core, schemes = found.values()
    assert [p.name for p in core] == ["kps.ttl", "alignments.ttl", "courses.ttl"]
    assert {p.parent.name for p in schemes} == {"schemes"}


PAGE = ROOT / "docs" / "ontology.md"


def test_the_tables_of_the_page_are_up_to_date(tmp_path):
    """Writing them again changes nothing."""
    copy = tmp_path / "ontology.md"
    copy.write_bytes(PAGE.read_bytes())
    run_script("build_ontology_page.py", copy)
    assert copy.read_text("utf-8") == PAGE.read_text("utf-8")


def test_the_diagram_names_only_terms_that_exist():
    """Each box is a class; each arrow that is ours is a property that fits both ends."""
    diagram = re.search(r"```mermaid\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
    arrows = re.findall(r"^ *(\w+) .*?[-.]{2}> .*?(\w+) : (\w+)$", diagram, re.MULTILINE)
    assert len(arrows) > 10
    for subject, target, name in arrows:
        assert {subject, target} <= declared(OWL.Class)
        assert name in declared(OWL.ObjectProperty)
