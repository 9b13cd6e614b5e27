"""The SKOS schemes of official lists, read as a specification."""

import json
import os
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Literal, URIRef

from kps_graph.terms import PREFIXES, SCHEMES, class_iri, level_iri
from tests.support.ontology import (
    ALIGNMENTS,
    CONCEPTS,
    LANGUAGES,
    SCHEME_FILES,
    run_script,
    scheme,
    texts,
)

NAMES = ("level", "attitude", "soft-skill", "category", "occupation", "industry")


@pytest.mark.parametrize("name", NAMES)
def test_a_scheme_names_its_source(name):
    """Title in both languages; the source as text."""
    node, dcterms = URIRef(SCHEMES + name), PREFIXES["dcterms"]
    assert (node, RDF.type, SKOS.ConceptScheme) in CONCEPTS
    assert texts(CONCEPTS, node, URIRef(dcterms + "title")).keys() == LANGUAGES
    assert texts(CONCEPTS, node, URIRef(dcterms + "source"))


def test_there_are_no_other_schemes():
    """Every scheme file is one of the six."""
    schemes = set(CONCEPTS.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == {URIRef(SCHEMES + name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_concept_has_one_code_one_name_and_the_iri_of_its_code(name):
    """prefLabel in zh-Hant, and SCHEME/CODE as IRI."""
    concepts = scheme(name)
    assert concepts
    for code, concept in concepts.items():
        assert str(concept) == f"{SCHEMES}{name}/{code}"
        assert (concept, RDF.type, SKOS.Concept) in CONCEPTS
        labels = list(CONCEPTS.objects(concept, SKOS.prefLabel))
        assert [label.language for label in labels] == ["zh-Hant"]
        assert len(list(CONCEPTS.objects(concept, SKOS.notation))) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_hierarchy_has_no_loose_end_and_no_circle(name):
    """Going broader from any concept ends at a top concept of the same scheme."""
    concepts = set(scheme(name).values())
    for concept in concepts:
        seen, here = set(), concept
        while (above := CONCEPTS.value(here, SKOS.broader, any=False)) is not None:
            assert above in concepts, f"{here} is below {above}, which does not exist"
            assert above not in seen, f"{here} is below itself"
            seen.add(above)
            here = above
        assert (here, SKOS.topConceptOf, URIRef(SCHEMES + name)) in CONCEPTS


def test_both_directions_of_a_hierarchy_are_written():
    """narrower is broader turned round, and hasTopConcept is topConceptOf turned round."""
    for one, other in ((SKOS.broader, SKOS.narrower), (SKOS.topConceptOf, SKOS.hasTopConcept)):
        there = set(CONCEPTS.subject_objects(one))
        assert there
        assert there == {(s, o) for o, s in CONCEPTS.subject_objects(other)}


def test_official_definitions_stand_on_levels_and_attitudes():
    """Six levels, fourteen attitudes, each with its text."""
    assert list(scheme("level")) == list("123456")
    assert len(scheme("attitude")) == 14
    for concept in (*scheme("level").values(), *scheme("attitude").values()):
        assert texts(CONCEPTS, concept, SKOS.definition).keys() == {"zh-Hant"}


def test_an_older_name_of_an_attitude_finds_it():
    """親和關係 is now 親和力."""
    older = Literal("親和關係", lang="zh-Hant")
    assert CONCEPTS.value(predicate=SKOS.altLabel, object=older) == scheme("attitude")["A03"]


@pytest.mark.parametrize(
    ("name", "code", "labels"),
    [
        ("category", "KPS", ["專業銷售", "行銷與銷售"]),
        ("category", "SET", ["工程及技術", "科學、技術、工程、數學"]),
        ("category", "HBR", ["生技研發", "醫療保健"]),
        ("occupation", "1420", ["批發及零售場所經理人員"] * 2),
        ("industry", "H5210", ["報關業"] * 2),
    ],
)
def test_a_stated_code_leads_to_its_concept_and_what_is_above(name, code, labels):
    """From the code in a document, by the IRI that terms.py mints."""
    concept = URIRef(class_iri(name, code))
    above = CONCEPTS.value(concept, SKOS.broader)
    found = [str(CONCEPTS.value(c, SKOS.prefLabel)) for c in (concept, above)]
    assert found == labels


def test_a_level_leads_to_its_concept():
    """By the IRI that terms.py mints."""
    assert URIRef(level_iri(5)) == scheme("level")["5"]


@pytest.mark.parametrize(
    ("code", "above"), [("5210", "521"), ("0200", "020"), ("020", "02"), ("451", "45-46")]
)
def test_industry_groups_without_classes_have_the_class_that_repeats_them(code, above):
    """The official list writes group + 0; so do the documents."""
    industries = scheme("industry")
    assert CONCEPTS.value(industries[code], SKOS.broader) == industries[above]


def test_occupations_are_close_to_isco_at_the_top_only():
    """Below the major groups equal codes need not mean the same."""
    matched = {str(s) for s in ALIGNMENTS.subjects(SKOS.closeMatch) if str(s).startswith(SCHEMES)}
    assert matched == {f"{SCHEMES}occupation/{n}" for n in range(10)}


@pytest.fixture(scope="module")
def catalog_path():
    """The catalog of official lists beside the corpus; skips where there is none."""
    folder = os.environ.get("KPS_CORPUS_DIR")
    path = Path(folder).parent / "catalogs" / "icap_catalogs.json" if folder else None
    if path is None or not path.is_file():
        pytest.skip("KPS_CORPUS_DIR names no corpus with catalogs beside it")
    return path


def test_every_code_of_the_catalog_is_a_concept(catalog_path):
    """No code is lost on the way into a scheme."""
    catalog = json.loads(catalog_path.read_text("utf-8"))
    expected = {
        "level": set(catalog["levels"]),
        "attitude": {a["catalogCode"] for a in catalog["attitudes"]},
        "soft-skill": {s["catalogCode"] for s in catalog["softSkills"]},
        "category": {*catalog["clusters"], *catalog["categories"]},
        "occupation": set(catalog["occupation"]),
    }
    for name, codes in expected.items():
        assert set(scheme(name)) == codes
    added = set(scheme("industry")) - set(catalog["industry"])
    assert set(scheme("industry")) > set(catalog["industry"])
    assert all(code.endswith("0") and code[:-1] in scheme("industry") for code in added)


def test_building_the_schemes_again_changes_no_byte(catalog_path, tmp_path):
    """The committed files are what the script makes of the catalog."""
    run_script("build_schemes.py", catalog_path, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in SCHEME_FILES
    }
