"""What a reasoner makes of the ontology: what it forbids, entails and permits."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, URIRef

from kps_graph.resources import files
from kps_graph.terms import kps
from tests.support.graphs import to_graph
from tests.support.ontology import (
    ALIGNMENTS,
    CASES,
    CONCEPTS,
    CORE,
    EXAMPLE,
    declared,
    graph_of,
    ours,
)
from tests.support.standards import standard_of

STANDARDS = sorted(path.name for path in files("examples", "*.yaml"))


def cases(folder):
    """The names of the cases of one kind; none would be a test of nothing."""
    found = sorted(path.stem for path in (CASES / folder).glob("*.ttl"))
    assert found, folder
    return found


def subjects():
    """What is reasoned over: by name, a graph."""
    yield "ontology", CORE
    yield "everything", CORE + ALIGNMENTS + CONCEPTS
    yield "example", CORE + EXAMPLE
    yield "not-dl", CORE + graph_of(CASES / "not-dl.ttl")
    for kind in ("contradictions", "entailments", "permitted"):
        for case in cases(kind):
            yield f"{kind}/{case}", CORE + EXAMPLE + graph_of(CASES / kind / f"{case}.ttl")
    for path in files("examples", "*.yaml"):
        standard = standard_of(yaml.safe_load(path.read_text("utf-8")), path.name)
        yield path.name, CORE + to_graph(standard, derived=True)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory, oracle):
    """What HermiT says of each subject; all of them in one run, since starting it takes longer."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 carries HermiT")
    java = shutil.which("java") or pytest.skip("java is not installed")
    folder = tmp_path_factory.mktemp("owl")
    names = {}
    for number, (name, graph) in enumerate(subjects()):
        names[f"{number}.owl"] = name
        graph.serialize(folder / f"{number}.owl", format="xml")
    hermit = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    done = subprocess.run(
        [java, "-cp", hermit, CASES / "Reasoner.java", *names],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = {name: [] for name in names.values()}
    for line in done.stdout.splitlines():
        file, _, verdict = line.partition("\t")
        found[names[file]].append(verdict)
    return found


@pytest.mark.parametrize("name", ["ontology", "everything", "example"])
def test_ontology_schemes_and_example_are_consistent_owl_2_dl(verdicts, name):
    """The profile checker has no complaint, and the reasoner finds a model."""
    assert verdicts[name] == ["consistent"]


@pytest.mark.parametrize("name", STANDARDS)
def test_the_example_standards_are_consistent_with_the_ontology(verdicts, name):
    """As the converter writes them, what it derives included."""
    assert verdicts[name] == ["consistent"]


def test_the_profile_checker_complains_where_it_should(verdicts):
    """A functional property that chains imply is no OWL 2 DL, so silence means something."""
    assert all(verdict.startswith("violation") for verdict in verdicts["not-dl"])
    assert verdicts["not-dl"]


@pytest.mark.parametrize("case", cases("contradictions"))
def test_a_contradiction_is_found(verdicts, case):
    """Each case breaks one axiom; its first line says which."""
    assert verdicts[f"contradictions/{case}"] == ["inconsistent"]


@pytest.mark.parametrize("case", cases("entailments"))
def test_a_consequence_is_drawn(verdicts, case):
    """Each case denies something that follows, so that it cannot stand."""
    assert verdicts[f"entailments/{case}"] == ["inconsistent"]


@pytest.mark.parametrize("case", cases("permitted"))
def test_what_does_not_follow_or_is_merely_wrong_can_be_stated(verdicts, case):
    """A document's mistakes are findings of the shapes, not contradictions."""
    assert verdicts[f"permitted/{case}"] == ["consistent"]


def test_the_example_has_a_node_of_every_class():
    """Of each class that has no subclass; the reasoner sees the whole model."""
    above = set(CORE.objects(predicate=RDFS.subClassOf))
    leaves = {n for n in declared(OWL.Class) if URIRef(kps[n]) not in above}
    assert ours(EXAMPLE.objects(predicate=RDF.type)) == leaves


def test_the_example_uses_every_property_that_data_write():
    """All but the superproperties and the inverses, which are entailed."""
    above = set(CORE.objects(predicate=RDFS.subPropertyOf)) - {
        URIRef(kps.needsKnowledge),
        URIRef(kps.needsSkill),
    }
    inverses = set(CORE.subjects(OWL.inverseOf))
    properties = declared(OWL.ObjectProperty) | declared(OWL.DatatypeProperty)
    expected = {kps[n] for n in properties if URIRef(kps[n]) not in above | inverses}
    used = {str(p) for p in EXAMPLE.predicates()}
    assert {p for p in used if p.startswith(str(kps))} == expected
