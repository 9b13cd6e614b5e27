"""One closed vocabulary, and one way from a code to an IRI."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph import terms
from kps_graph.errors import ModelError
from tests.support import wild

VOCABULARIES = [
    terms.kps,
    terms.rdf,
    terms.rdfs,
    terms.owl,
    terms.xsd,
    terms.skos,
    terms.dcterms,
    terms.prov,
]


def test_a_term_is_its_iri():
    assert terms.kps.requiresSkill == "https://w3id.org/kps-graph/ontology#requiresSkill"
    assert terms.skos["prefLabel"] == "http://www.w3.org/2004/02/skos/core#prefLabel"


def test_a_misspelled_term_raises():
    with pytest.raises(AttributeError, match="'requiresSkil' is not a term"):
        terms.kps.requiresSkil  # noqa: B018 - the access is the test
    with pytest.raises(AttributeError, match="'preflabel' is not a term"):
        terms.skos["preflabel"]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=str)
def test_a_vocabulary_lists_its_terms_once_and_in_order(vocabulary):
    listed = list(vocabulary)
    assert listed
    assert listed == sorted(set(listed))
    assert all(vocabulary[name].startswith(str(vocabulary)) for name in listed)


def test_every_vocabulary_has_a_prefix():
    assert {str(v) for v in VOCABULARIES} <= set(terms.PREFIXES.values())


@pytest.mark.parametrize(
    ("code", "identity"),
    [
        ("KPS1420-001v2", "KPS1420-001v2"),
        ("KPS1420-001", "KPS1420-001v1"),
        ("BAS3322-001v1", "BAS3322-001v1"),
        ("乙級 1", "乙級%201v1"),
        ("乙級v3", "乙級v3"),
        ("v2", "v2v1"),
        ("a/b", "a%2Fbv1"),
    ],
)
def test_a_standard_is_kept_under_its_code_with_a_version(code, identity):
    assert terms.identity_of(code, "x.md") == identity


@pytest.mark.parametrize("code", [None, ""])
def test_without_a_code_it_is_kept_under_a_digest_of_its_source(code):
    one, two = terms.identity_of(code, "a.md"), terms.identity_of(code, "b.md")
    assert one != two
    assert one.startswith("draft-")
    assert one == terms.identity_of(None, "a.md")


@pytest.mark.parametrize(
    ("code", "series"),
    [
        ("KPS1420-001v2", "KPS1420-001"),
        ("KPS1420-001", "KPS1420-001"),
        ("乙級v12", "乙級"),
        ("v2", "v2"),
        ("KPS1420-001V2", "KPS1420-001V2"),
    ],
)
def test_a_series_is_the_code_without_its_version(code, series):
    assert terms.code_series(code) == series


@given(st.one_of(st.sampled_from(["KPS1420-001", "v1", "甲v"]), wild.plain.filter(bool)))
def test_a_standard_never_has_the_iri_of_its_series(code):
    assert terms.standard_iri(terms.identity_of(code, "x")) != terms.series_iri(code)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_one_path_segment_and_comes_back(text):
    name = terms.local_name(text)
    assert not set(name) & set('/?#<>"{}|^`\\ \n')
    assert terms.code_of(f"https://example.org/{name}") == text


def test_nothing_cannot_name_anything():
    with pytest.raises(ModelError):
        terms.local_name("")


@pytest.mark.parametrize(
    ("scheme", "code", "name"),
    [
        ("category", "KPS", "category/KPS"),
        ("category", "K", "category/K"),
        ("category", "MPMINMISDSET", None),
        ("category", "kps", None),
        ("occupation", "1420", "occupation/1420"),
        ("occupation", " 14 ", "occupation/14"),
        ("occupation", "14200", None),
        ("occupation", "1420、1430", None),
        ("industry", "H5210", "industry/5210"),
        ("industry", "H", "industry/H"),
        ("industry", "C-22-220-2203", "industry/2203"),
        ("industry", "G45-46", "industry/45-46"),
        ("industry", "G47", "industry/47-48"),
        ("industry", "G46", "industry/45-46"),
        ("occupation", "４７", "occupation/47"),
        ("industry", "Ｈ５２１０", "industry/5210"),
        ("industry", "0200", "industry/0200"),
        ("industry", "H5210H5220", None),
        ("industry", "", None),
    ],
)
def test_a_stated_class_points_at_a_concept_if_it_is_one_code(scheme, code, name):
    assert terms.class_iri(scheme, code) == (name and terms.SCHEMES + name)


def test_graphs_lie_beside_the_data_under_any_base():
    assert terms.graph_iri("concepts") == "https://w3id.org/kps-graph/graph/concepts"
    assert terms.graph_iri("x", "http://a/id/") == "http://a/graph/x"
    assert terms.graph_iri("x", "http://a/") == "http://a/graph/x"


def test_a_competency_is_named_by_kind_and_text():
    iri = terms.concept_iri("K", "風險管理")
    assert iri == terms.concept_iri("K", "風險管理")
    assert len({iri, terms.concept_iri("S", "風險管理"), terms.concept_iri("K", "風險")}) == 3
    assert iri.startswith(terms.DEFAULT_BASE + "concept/K-")
