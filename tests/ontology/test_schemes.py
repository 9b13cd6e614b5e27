"""The SKOS schemes of official lists, read as a specification."""

import csv
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
from tests.support.project import ROOT

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
    """prefLabel in zh-Hant, one English name at most, and SCHEME/CODE as IRI."""
    concepts = scheme(name)
    assert concepts
    for code, concept in concepts.items():
        assert str(concept) == f"{SCHEMES}{name}/{code}"
        assert (concept, RDF.type, SKOS.Concept) in CONCEPTS
        labels = [x.language for x in CONCEPTS.objects(concept, SKOS.prefLabel)]
        others = [x.language for x in CONCEPTS.objects(concept, SKOS.altLabel)]
        assert labels.count("zh-Hant") == 1
        assert set(labels) <= {"zh-Hant", "en"}
        assert (labels + others).count("en") <= 1
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
    found = [texts(CONCEPTS, c, SKOS.prefLabel)["zh-Hant"] for c in (concept, above)]
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


def test_major_groups_of_occupations_are_close_to_those_of_isco():
    """Each of the ten."""
    matched = {str(s) for s in ALIGNMENTS.subjects(SKOS.closeMatch) if str(s).startswith(SCHEMES)}
    assert matched == {f"{SCHEMES}occupation/{n}" for n in range(10)}


def evidence():
    """The matches of isco-08.sssom.tsv: code to its row."""
    lines = (ROOT / "ontology" / "schemes" / "isco-08.sssom.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
    return {r["subject_id"].removeprefix("occupation:"): r for r in rows}


def test_a_unit_group_is_close_to_that_of_isco_with_its_code_and_each_link_has_evidence():
    """Both names, the justification, and the target with the same code."""
    links = set(CONCEPTS.subject_objects(SKOS.closeMatch))
    rows = evidence()
    assert len(rows) > 200
    assert {str(s).removeprefix(f"{SCHEMES}occupation/") for s, _ in links} == set(rows)
    for concept, target in links:
        code = str(concept).rsplit("/", 1)[-1]
        assert (len(code), str(target).rsplit("/", 1)[-1]) == (4, f"C{code}")
        said = texts(CONCEPTS, concept, SKOS.prefLabel)
        assert (said["zh-Hant"], said["en"]) == (
            rows[code]["subject_label"],
            rows[code]["object_label"],
        )
        assert rows[code]["mapping_justification"] == "semapv:ManualMappingCuration"


@pytest.mark.parametrize(
    ("code", "isco"),
    [
        ("1321", "Manufacturing managers"),
        ("1341", "Child care service managers"),
        ("2162", "Landscape architects"),
        ("2230", "Traditional and complementary medicine professionals"),
        ("2433", "Technical and medical sales professionals (excluding ICT)"),
        ("4224", "Hotel receptionists"),
        ("7111", "House builders"),
        ("8171", "Pulp and papermaking plant operators"),
        ("9402", None),
    ],
)
def test_a_code_that_means_something_else_in_isco_is_no_match(code, isco):
    """The English name of such a class is ours, and not that of ISCO's class."""
    concept = scheme("occupation")[code]
    assert not list(CONCEPTS.objects(concept, SKOS.closeMatch))
    named = [str(x) for x in CONCEPTS.objects(concept, SKOS.altLabel) if x.language == "en"]
    assert len(named) == 1
    assert named != [isco]


@pytest.mark.parametrize(
    ("name", "published", "ours"),
    [("category", 0, 68), ("level", 6, 0), ("attitude", 0, 0), ("soft-skill", 0, 0)],
)
def test_an_english_name_of_ours_is_an_alternative_only(name, published, ours):
    """No English is published of categories, attitudes and soft skills."""
    concepts = scheme(name).values()
    counts = [
        sum(x.language == "en" for c in concepts for x in CONCEPTS.objects(c, p))
        for p in (SKOS.prefLabel, SKOS.altLabel)
    ]
    assert counts == [published, ours]


def test_every_class_that_standards_state_by_rule_has_an_english_name():
    """All occupations, categories and industries, down to the classes."""
    for name in ("occupation", "category", "industry"):
        for code, concept in scheme(name).items():
            both = (
                *CONCEPTS.objects(concept, SKOS.prefLabel),
                *CONCEPTS.objects(concept, SKOS.altLabel),
            )
            assert any(x.language == "en" for x in both), code


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
    evidence_file = ROOT / "ontology" / "schemes" / "isco-08.sssom.tsv"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in (*SCHEME_FILES, evidence_file)
    }
