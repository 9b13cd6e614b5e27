"""A user's shape that names a term of ours that is not there, or of another kind, is refused."""

from __future__ import annotations

from itertools import chain

import pytest
from rdflib import OWL, RDF, Graph

from kps_graph import shacl
from kps_graph.errors import BadShapes
from kps_graph.resources import ontology_graphs
from kps_graph.terms import kps
from kps_graph.words import Language

SHAPE = """
@prefix ex: <http://example.org/> .
@prefix kps: <https://w3id.org/kps-graph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
ex:S a sh:NodeShape ; dcterms:identifier "M1" ; {target} ;
    sh:property [ sh:path {path} ; sh:minCount 1 ; sh:message "字"@zh-Hant, "x"@en ] .
"""


def refused(folder, target, path="skos:prefLabel"):
    file = folder / "mine.ttl"
    file.write_text(SHAPE.format(target=target, path=path), "utf-8")
    with pytest.raises(BadShapes) as error:
        shacl.load_shapes([file])
    return (
        error.value.said.in_words(Language.ENGLISH),
        error.value.advice.in_words(Language.ENGLISH),
    )


@pytest.mark.parametrize(
    ("target", "path", "meant"),
    [
        ("sh:targetClass kps:Knowlege", "skos:prefLabel", "kps:Knowledge"),
        ("sh:targetClass kps:knowledge", "skos:prefLabel", "kps:Knowledge"),
        ("sh:targetSubjectsOf kps:hasKnowlege", "skos:prefLabel", "kps:hasKnowledge"),
        ("sh:targetClass kps:Knowledge", "kps:levle", "kps:level"),
    ],
)
def test_a_term_that_is_not_there_is_refused_with_the_nearest_one(tmp_path, target, path, meant):
    said, advice = refused(tmp_path, target, path)
    assert "is not in the vocabulary" in said
    assert advice.startswith(f"did you mean {meant}")


@pytest.mark.parametrize(
    ("target", "path", "kind", "meant"),
    [
        ("sh:targetClass kps:hasSkill", "skos:prefLabel", "class", "kps:Skill"),
        ("sh:targetSubjectsOf kps:Skill", "skos:prefLabel", "property", "kps:skillOf"),
        ("sh:targetClass kps:Activity", "kps:Indicator", "property", "kps:indicatorOf"),
    ],
)
def test_a_term_of_another_kind_is_refused_with_the_nearest_one(
    tmp_path, target, path, kind, meant
):
    said, advice = refused(tmp_path, target, path)
    assert f"which is no {kind}" in said
    assert meant in advice


def test_classes_begin_with_a_capital_letter_and_properties_do_not():
    graph = Graph()
    for file in chain(*ontology_graphs().values()):
        graph.parse(file)
    classes = {str(s) for s in graph.subjects(RDF.type, OWL.Class) if str(s).startswith(str(kps))}
    assert {str(kps) + name for name in kps if name[0].isupper()} == classes
