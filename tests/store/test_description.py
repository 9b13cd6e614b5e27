"""What a store says of itself: counts that COUNT gives, examples, prefixes, schemes."""

import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Graph

import kps_graph
from kps_graph.queries.library import library
from kps_graph.resources import folder
from kps_graph.store import filling
from kps_graph.store.bounds import FREE
from kps_graph.store.changing import ChangingStore
from kps_graph.store.description import _ends
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.endpoint import Change, change
from kps_graph.store.filling import FillingStore
from kps_graph.terms import PREFIXES, kps, rdf, skos
from tests.support.described import (
    VOID,
    assert_all_counts_are_those_of_count,
    classes,
    counted_parts,
    numbers,
    parts,
    properties,
)

#: What SIB's editor asks an endpoint for, in our words: every branch of its three queries.
EXAMPLES = """SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment .
  ?sq sh:select|sh:ask|sh:construct|sh:describe ?query } ORDER BY ?sq"""
DECLARED = (
    "SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }"
)
STRUCTURE = """PREFIX ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?property ?target ?datatype WHERE {
  { ?cp void:class ?class ; void:propertyPartition ?pp . ?pp void:property ?property
    OPTIONAL { { ?pp void:classPartition [ void:class ?target ] }
      UNION { ?pp ext:datatypePartition [ ext:datatype ?datatype ] } } }
  UNION { ?links void:subjectsTarget [ void:class ?class ] ; void:linkPredicate ?property ;
    void:objectsTarget [ void:class ?target ] } }"""


def graphs():
    """Some N-Quads of few subjects, properties, classes and graphs: so they meet."""
    subject = st.sampled_from(("urn:a", "urn:b", "urn:c"))
    of_a_class = st.tuples(subject, st.just(rdf.type), st.sampled_from(("<urn:C>", "<urn:D>")))
    value = st.sampled_from(("<urn:a>", '"x"', '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'))
    other = st.tuples(subject, st.sampled_from(("urn:p", "urn:q")), value)
    quads = st.tuples(of_a_class | other, st.sampled_from(("urn:g", "urn:h")))
    return st.lists(quads, max_size=12).map(
        lambda some: "".join(f"<{s}> <{p}> {o} <{g}> .\n" for (s, p, o), g in some).encode()
    )


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def test_the_properties_of_each_class_are_counted_as_count_counts_them(graph):
    said = parts(graph)
    assert said == counted_parts(graph)
    assert said[kps.Standard, kps.hasTask] > 1
    assert (kps.Match, kps.matchScore) in said  # which wait, while a store is filled


def test_the_classes_are_counted_as_count_counts_them(graph):
    counted = numbers(graph, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert classes(graph) == counted


def test_the_properties_are_counted_as_count_counts_them(graph):
    said = properties(graph)
    assert said == numbers(graph, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    (total,) = graph.store.texts(f"SELECT ?n {{ ?d <{VOID}triples> ?n ; a <{VOID}Dataset> }}")
    assert int(total[0]) == sum(said.values())


def test_after_a_change_the_counts_are_those_of_the_store_as_it_is_now(tmp_path):
    drafts = tmp_path / "drafts"
    shutil.copytree(folder("examples"), drafts, ignore=shutil.ignore_patterns("*.ipynb", "*.toml"))
    paths = sorted(drafts.glob("*.md"))
    store = tmp_path / "kps.store"
    kps_graph.build(paths, store)
    paths[0].write_text(paths[0].read_text("utf-8").replace("| K01", "| K91"), "utf-8")
    kps_graph.build(paths, store)
    assert_all_counts_are_those_of_count(store)
    kps_graph.build(paths[:-1], store, prune=True)
    assert_all_counts_are_those_of_count(store)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:C>, <urn:D> ; <urn:p> 1, 2, <urn:b> } }",
        "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } GRAPH <urn:h> { <urn:a> <urn:p> 1 } }",
        "INSERT { GRAPH <urn:g> { ?s a <urn:C> } } WHERE { ?s a <http://rdfs.org/ns/void#Dataset> }",
        "DELETE WHERE { GRAPH ?g { ?s <http://www.w3.org/2004/02/skos/core#notation> ?o } }",
    ],
)
def test_after_an_update_the_counts_are_those_of_the_store_as_it_is_now(
    example_store, tmp_path, update
):
    store = Path(shutil.copytree(example_store, tmp_path / "kps.store"))
    change(Change(str(store), "update", update), FREE)
    assert_all_counts_are_those_of_count(store)


@given(graphs(), graphs(), graphs(), st.randoms(use_true_random=False))
def test_a_changing_store_knows_how_all_counts_have_changed(held, more, less, random):
    """Whatever is added to it, and removed from it: also twice, and what it does not hold."""
    store = ChangingStore.memory()
    EmbeddedStore.load(store, held)
    before = store.counted()
    steps = [partial(store.load, more), partial(store.discard, less)]
    steps += [partial(store.remove, ["urn:g"]), partial(store.forget, "urn:h", ["urn:a"])]
    random.shuffle(steps)
    for step in steps[: random.randint(1, 4)]:
        step()
    assert before + store.changes() == store.counted()


def test_a_subject_with_thousands_of_parts_is_counted_like_any_other():
    """As the scheme of all competencies, which names each of them."""
    store = ChangingStore.memory()
    parts = [f"<urn:a> <urn:part> <urn:{n}> <urn:g> .\n" for n in range(2000)]
    types = [f"<urn:a> <{rdf.type}> <urn:C> <{graph}> .\n" for graph in ("urn:g", "urn:h")]
    EmbeddedStore.load(store, "".join([*parts, *types]).encode())
    before = store.counted()
    store.discard("".join(parts[:7]).encode())
    store.load(b"<urn:a> <urn:other> <urn:b> <urn:h> .\n")
    assert before + store.changes() == store.counted()


@given(graphs(), graphs(), graphs())
def test_what_waits_while_a_store_is_filled_is_counted_with_the_rest(held, one, two):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        whole, store = EmbeddedStore.memory(), FillingStore(Path(folder, "never"))
        patch.setattr(filling, "SAMPLE", 1)
        for graph, lines in (("urn:m", one), ("urn:n", two)):
            moved = [
                f"{line.rsplit(' ', 2)[0]} <{graph}> ." for line in lines.decode().split("\n")[:-1]
            ]
            store.replace(graph, moved, asked=False)
            whole.load("".join(f"{line}\n" for line in moved).encode())
        for each in (whole, store):
            each.load(held)
        assert store.counted() == whole.counted()
        store.close()


@pytest.mark.parametrize("property", ["dcterms:license", "owl:versionInfo", "dcterms:modified"])
def test_every_dataset_says_its_title_licence_date_and_version(graph, property):
    datasets = {row["d"] for row in graph.rows("SELECT DISTINCT ?d { ?d a void:Dataset }")}
    assert len(datasets) == 4
    said = graph.rows(
        f"SELECT DISTINCT ?d {{ ?d a void:Dataset ; {property} ?x ; dcterms:title ?t }}"
    )
    assert {row["d"] for row in said} == datasets


def test_the_editors_query_for_examples_gives_the_whole_library_in_both_languages(graph):
    found = graph.rows(EXAMPLES)
    assert len(found) == 2 * len(library())
    for row in found:
        graph.store.select(row["query"])


def test_the_editors_query_for_prefixes_gives_all_of_them(graph):
    assert {row["prefix"]: row["namespace"] for row in graph.rows(DECLARED)} == PREFIXES


def test_the_editors_query_for_structure_knows_what_a_standard_has(graph):
    found = {(r["class"], r["property"], r["target"]) for r in graph.rows(STRUCTURE)}
    assert (kps.Standard, kps.hasTask, kps.Task) in found
    assert (kps.Activity, kps.requiresSkill, kps.Skill) in found
    typed = {(r["class"], r["property"], r["datatype"]) for r in graph.rows(STRUCTURE)}
    assert (kps.Standard, kps.baseLevel, PREFIXES["xsd"] + "integer") in typed
    assert (kps.Standard, skos.prefLabel, PREFIXES["rdf"] + "langString") in typed


def test_every_competency_is_a_concept_of_one_scheme(graph):
    (lacking,) = graph.rows(
        "SELECT (COUNT(*) AS ?n) { ?c a kps:Competency OPTIONAL { ?c a skos:Concept ; "
        "skos:inScheme ?s ; skos:topConceptOf ?s ; skos:notation ?n ; skos:prefLabel ?l . "
        "?s skos:hasTopConcept ?c . "
        "?s a skos:ConceptScheme ; dcterms:title ?t } FILTER(!BOUND(?t)) }"
    )
    assert lacking["n"] == 0
    assert len(graph.rows("SELECT DISTINCT ?s { ?c a kps:Competency ; skos:inScheme ?s }")) == 1


def test_every_standard_leads_to_its_source_with_hash_type_and_time(graph):
    found = graph.rows(
        "SELECT DISTINCT ?s ?file { ?s a kps:Standard ; prov:wasDerivedFrom ?file . "
        "?file a prov:Entity ; schema:sha256 ?hash ; schema:encodingFormat ?type . "
        "?build prov:used ?file ; prov:endedAtTime ?time }"
    )
    assert {row["s"] for row in found} == {graph.base + i for i in graph.identities()}
    assert all(row["file"].isascii() for row in found)


def test_every_term_says_in_which_ontology_it_is_defined():
    core = Graph()
    for path in folder("ontology").rglob("*.ttl"):
        core.parse(path)
    said = {str(term): ontology for term, ontology in core.subject_objects(RDFS.isDefinedBy)}
    assert set(said) == {kps[n] for n in kps}
    assert set(said.values()) <= set(core.subjects(RDF.type, OWL.Ontology))


def test_what_a_property_points_at_is_the_same_in_whatever_order_it_is_looked_for():
    """Of two properties that few things of a class have, one thing has both."""
    store = EmbeddedStore.memory()
    typed = "".join(f"<urn:{n}> <{rdf.type}> <urn:C> <urn:g> .\n" for n in range(300))
    store.load(typed.encode())
    looked_at = {s for (s,) in store.texts("SELECT ?s { ?s a <urn:C> } LIMIT 200")}
    one, two, *_ = sorted({f"urn:{n}" for n in range(300)} - looked_at)
    rare = (f'<{one}> <urn:a> "x"', f'<{one}> <urn:b> "1"', f"<{two}> <urn:b> <urn:0>")
    store.load("".join(f"{said} <urn:g> .\n" for said in rare).encode())
    parts = [("urn:C", "urn:a"), ("urn:C", "urn:b")]
    assert _ends(store, parts) == _ends(store, parts[::-1])
