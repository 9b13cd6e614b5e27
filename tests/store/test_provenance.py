"""What a store was built of stands in the store: whoever can ask it can ask it that."""

import subprocess
import sys

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kps_graph
from kps_graph.document import Span
from kps_graph.errors import StoreVersion
from kps_graph.report import Finding, Severity
from kps_graph.store import (
    Aligned,
    Beside,
    Manifest,
    Opened,
    Source,
    current,
    memory,
    writing,
)
from kps_graph.store.manifest import FORMAT, note
from kps_graph.store.provenance import read, record
from kps_graph.terms import PREFIXES, graph_iri
from kps_graph.words import Bilingual, Language, Sentence
from tests.support.stores import built, document, manifest, opened, write

FINDING = Finding(
    "R07",
    Severity.WARNING,
    {"zh-Hant": "重複", "en": "twice"},
    "ZZZ1111-001v2",
    "K1",
    "甲\n乙",
    "https://x/K1",
    "skos:prefLabel",
    Span("a.md", 1, 2, 3, 4, 5),
)
LOADED = Source(
    "文件/a b.md",
    "0" * 64,
    "loaded",
    "markdown",
    "ZZZ1111-001v2~2",
    "ZZZ1111-001v2",
    "ZZZ1111-001v2",
    "甲員",
    None,
    10,
    9,
    1,
    99,
    note([FINDING]),
)
#: As a store gives a sentence back: in both languages.
EMPTY = Sentence("{text}", text=Bilingual("檔案是空的", "the file is empty"))
FAILED = Source("乙/b.pdf", "", "failed", message=EMPTY)
MANIFEST = Manifest(
    {s.path: s for s in (FAILED, LOADED)},
    "https://example.org/id/",
    "1.2.3",
    "f" * 64,
    Aligned(True, "/home/a/decisions.tsv", 'a\tb\r\n"c"\n', 3),
)
PROVENANCE = "https://example.org/graph/provenance"


def asked(store, text):
    """The rows of a query about the build, with the prefixes declared."""
    return store.texts("".join(f"PREFIX {p}: <{i}> " for p, i in PREFIXES.items()) + text)


# -- any store -------------------------------------------------------------------------------


def test_a_store_says_what_it_was_built_of(store):
    record(store, MANIFEST)
    found = read(store, "here")
    assert found == MANIFEST
    assert found.sources["文件/a b.md"].findings == (FINDING,)


def test_a_message_is_kept_in_both_languages(store):
    failed = Source("b.pdf", "", "failed", message=Sentence("the file is empty"))
    record(store, Manifest({failed.path: failed}, MANIFEST.base, "1"))
    message = read(store, "here").sources["b.pdf"].message
    assert message.in_words(Language.CHINESE) == failed.message.in_words(Language.CHINESE)
    assert str(message) == "the file is empty"
    assert message.in_words(Language.CHINESE) != str(message)


def test_what_it_says_replaces_what_it_said(store):
    record(store, MANIFEST)
    fewer = Manifest({FAILED.path: FAILED}, MANIFEST.base, "1.2.4")
    record(store, fewer)
    assert read(store, "here") == fewer


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NAME = TEXT.filter(bool)


def said(chinese, english):
    return Sentence("{text}", text=Bilingual(chinese, english))


SOURCES = st.builds(
    Source,
    path=NAME,
    sha256=TEXT,
    outcome=st.sampled_from(["loaded", "duplicate", "failed"]),
    format=TEXT,
    identity=st.from_regex(r"([A-Za-z0-9~-]{1,9})?", fullmatch=True),
    claim=TEXT,
    code=TEXT,
    name=TEXT,
    message=st.none() | st.builds(said, TEXT, TEXT),
    read=st.integers(0, 2**40),
    placed=st.integers(0, 2**40),
    unplaced=st.integers(0, 2**40),
    size=st.integers(0, 2**40),
)


@settings(
    max_examples=settings.default.max_examples * 3 // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sources=st.lists(SOURCES, max_size=3, unique_by=lambda s: s.path),
    aligned=st.builds(Aligned, st.booleans(), NAME, TEXT, st.integers(0, 9)),
)
def test_whatever_it_was_built_of_comes_back(sources, aligned):
    store = memory()
    said = Manifest({s.path: s for s in sources}, "https://e.org/id/", "1", "2", aligned)
    record(store, said)
    assert read(store, "here") == said


def test_a_store_without_a_file_beside_it_can_be_opened(example_store):
    """As one on a server has none: the face asks the store itself."""
    alone = Opened(opened(example_store), Beside(), "here")
    with kps_graph.KnowledgeGraph(alone) as graph, kps_graph.open(example_store) as usual:
        assert graph.manifest == usual.manifest
        assert graph.base == usual.base
        assert graph.identity("貿易經理") == "KPS1420-001v2"
        assert list(graph.shared(3)) == list(usual.shared(3))
        assert graph.nearest("KPS1420-001v2", 3) == usual.nearest("KPS1420-001v2", 3)
        assert len(graph.query("standards")) == len(usual.query("standards"))


def test_a_store_that_does_not_say_so_is_none_of_ours(store):
    with pytest.raises(StoreVersion, match="does not say what it was built of") as caught:
        read(store, "http://here/")
    assert caught.value.source == "http://here/"


def test_a_store_of_another_version_is_not_read(store):
    record(store, MANIFEST)
    store.load(
        f'<{PROVENANCE}> <{PREFIXES["kps"]}storeFormat> "99"'
        f"^^<{PREFIXES['xsd']}integer> <{PROVENANCE}> .\n".encode()
    )
    store.discard(
        f'<{PROVENANCE}> <{PREFIXES["kps"]}storeFormat> "{FORMAT}"'
        f"^^<{PREFIXES['xsd']}integer> <{PROVENANCE}> .\n".encode()
    )
    with pytest.raises(StoreVersion, match="has format 99"):
        read(store, "here")


def test_what_it_says_is_told_if_a_part_is_missing(store):
    record(store, MANIFEST)
    store.forget(PROVENANCE, [f"{PROVENANCE}#software"])
    with pytest.raises(StoreVersion, match="not complete"):
        read(store, "here")


# -- as others read it -----------------------------------------------------------------------


def test_prov_and_void_say_when_by_what_and_of_what(store, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    record(store, MANIFEST)
    assert asked(
        store,
        "SELECT ?base ?time ?name ?version { ?store a void:Dataset ; void:uriSpace ?base ; "
        "prov:wasGeneratedBy ?build . ?build a prov:Activity ; prov:endedAtTime ?time ; "
        "prov:wasAssociatedWith [ a prov:SoftwareAgent ; dcterms:title ?name ; "
        "schema:softwareVersion ?version ] }",
    ) == [("https://example.org/id/", "2023-11-14T22:13:20Z", "kps-graph", "1.2.3")]
    assert asked(
        store,
        "SELECT ?path ?hash ?outcome ?standard { ?build prov:used ?file . ?file a kps:SourceFile ; "
        "dcterms:identifier ?path ; kps:outcome ?outcome OPTIONAL { ?file schema:sha256 ?hash } "
        "OPTIONAL { ?file schema:mainEntity ?standard } } ORDER BY ?path",
    ) == [
        ("乙/b.pdf", "", "failed", ""),
        ("文件/a b.md", "0" * 64, "loaded", "https://example.org/id/ZZZ1111-001v2~2"),
    ]


def test_the_graph_uses_declared_terms_only(store):
    record(store, MANIFEST)
    graph = rdflib.Graph().parse(data=store.dump(PROVENANCE), format="nt")
    declared = rdflib.Graph().parse("ontology/kps.ttl")
    used = {*graph.predicates(), *graph.objects(predicate=rdflib.RDF.type)} - {
        rdflib.RDF.type,
        rdflib.RDFS.comment,
    }
    assert used <= set(declared.subjects(rdflib.RDF.type))


def test_the_rules_and_questions_do_not_take_it_for_data(tmp_path):
    """A file that lies in a folder: its node is none of the standard's."""
    (tmp_path / "d").mkdir()
    write(tmp_path / "d", a=document(), b=document(name="乙員"))
    built(tmp_path / "store", tmp_path / "d", check=True)
    first = manifest(tmp_path / "store")
    write(tmp_path / "d", c=document("ZZZ3333-003v1"))
    built(tmp_path / "store", tmp_path / "d", check=True)
    again = manifest(tmp_path / "store")
    for path, source in first.sources.items():
        assert again.sources[path].findings == source.findings


# -- the same sources, the same graph --------------------------------------------------------


def provenance(place):
    """What a store says of itself, but for the time."""
    lines = opened(place).dump(graph_iri("provenance")).decode().splitlines()
    return sorted(line for line in lines if "endedAtTime" not in line)


def test_two_builds_of_the_same_sources_differ_in_nothing_but_the_time(tmp_path, monkeypatch):
    (tmp_path / "d").mkdir()
    write(tmp_path / "d", a=document(), b=document("ZZZ2222-002v1"))
    for name in ("one", "two"):
        built(tmp_path / name, tmp_path / "d")
    assert provenance(tmp_path / "one") == provenance(tmp_path / "two")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("three", "four"):
        built(tmp_path / name, tmp_path / "d")
    dumps = [opened(tmp_path / n).dump(graph_iri("provenance")) for n in ("three", "four")]
    assert sorted(dumps[0].splitlines()) == sorted(dumps[1].splitlines())


def test_a_changed_file_changes_what_is_said_of_it_alone(tmp_path):
    (tmp_path / "d").mkdir()
    write(tmp_path / "d", a=document(), b=document("ZZZ2222-002v1"), c=document("ZZZ3333-003v1"))
    built(tmp_path / "store", tmp_path / "d")
    before = provenance(tmp_path / "store")
    write(tmp_path / "d", b=document("ZZZ2222-002v1", name="乙員"))
    built(tmp_path / "store", tmp_path / "d")
    changed = set(before) ^ set(provenance(tmp_path / "store"))
    assert changed
    assert all("source/" in line and "b.json" in line for line in changed)


def test_an_unchanged_build_says_nothing_new(tmp_path):
    write(tmp_path, a=document())
    built(tmp_path / "store", tmp_path / "a.json")
    before = current(tmp_path / "store")
    built(tmp_path / "store", tmp_path / "a.json")
    assert current(tmp_path / "store") == before


# -- one writer ------------------------------------------------------------------------------

HOLD = (
    "import sys\nfrom pathlib import Path\nfrom kps_graph.store import writing\n"
    "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    input()\n"
)


def test_a_writer_that_is_killed_leaves_neither_lock_nor_store(tmp_path):
    place = tmp_path / "store"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with writing(place) as new:
        new.begin()
        new.finish(MANIFEST)
    assert manifest(place) == MANIFEST
    assert [p.name for p in place.glob("g*")] == ["g000002"]


def test_a_writing_that_is_not_finished_leaves_nothing(tmp_path):
    with writing(tmp_path / "store") as new:
        new.begin().load(b"<https://x/a> <https://x/b> <https://x/c> <https://x/g> .\n")
    assert not (tmp_path / "store").exists()
