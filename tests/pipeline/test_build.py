"""A build brings the store up to date with its documents: in one step, and the same each way."""

import json
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kps_graph import open as open_store
from kps_graph.errors import SourceError, StoreVersion
from kps_graph.pipeline import builder
from kps_graph.pipeline.check import ACROSS
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.rdf.places import place
from kps_graph.resources import ontology_graphs
from kps_graph.shacl import load_shapes, validate_store
from kps_graph.store import current, filling, memory, nquads_of
from kps_graph.store.changing import ChangingStore
from kps_graph.terms import (
    DEFAULT_BASE,
    graph_iri,
    identity_in,
    kps,
    prov,
    schema,
    sh,
    standard_iri,
)
from kps_graph.workers.limits import Died
from kps_graph.workers.pool import in_process, run
from tests.support.described import assert_all_counts_are_those_of_count
from tests.support.stores import built, content, document, manifest, opened, outcomes, write

CODE = "ZZZ1111-001v2"
ONE = document()
OTHER = document(name="乙員", knowledge=("法規",))
SECOND = document("ZZZ2222-002v1", "丙員", ("風險管理", "統計"))
#: What is derived from all documents together.
DERIVED = tuple(f"<{graph_iri(n)}> ." for n in ("concepts", "matches", "alignment", "findings"))
BROKEN = '{"name": '


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path):
    return tmp_path / "kps.store"


@pytest.fixture
def fresh(tmp_path, folder):
    """The content of a new store built of the folder as it is."""

    def make():
        other = tmp_path / "fresh.store"
        built(other, folder, rebuild=True)
        return content(other)

    return make


# -- what is read ----------------------------------------------------------------------------


def test_a_store_holds_what_its_documents_say(folder, store):
    write(folder, a=ONE, b=SECOND)
    result = built(store, folder, run=run)
    assert outcomes(store) == {"a": ("loaded", CODE), "b": ("loaded", "ZZZ2222-002v1")}
    assert result.triples == len([q for q in content(store) if not q.endswith(DERIVED)])
    with open_store(store) as graph:
        assert graph.standard(CODE).knowledge[0].name == "風險管理"


def test_unchanged_files_are_skipped(folder, store):
    write(folder, a=ONE, b=SECOND)
    built(store, folder)
    before = current(store).path
    result = built(store, folder)
    assert (result.changed, result.removed) == ((), ())
    assert current(store).path == before


def test_a_changed_file_replaces_its_standard_and_only_that(folder, store, fresh):
    write(folder, a=ONE, b=SECOND)
    built(store, folder)
    write(folder, a=OTHER)
    result = built(store, folder)
    assert [n.rsplit("/")[-1] for n in result.changed] == ["a.json"]
    with open_store(store) as graph:
        assert graph.standard(CODE).name == "乙員"
    assert content(store) == fresh()


def test_sources_that_are_not_given_stay(folder, store):
    write(folder, a=ONE, b=SECOND)
    built(store, folder / "a.json")
    built(store, folder / "b.json")
    assert outcomes(store).keys() == {"a", "b"}


def test_prune_removes_the_sources_that_are_not_given(folder, store, fresh):
    write(folder, a=ONE, b=SECOND)
    built(store, folder)
    write(folder, b=None)
    result = built(store, folder, prune=True)
    assert [n.rsplit("/")[-1] for n in result.removed] == ["b.json"]
    assert outcomes(store).keys() == {"a"}
    assert content(store) == fresh()


def test_rebuild_starts_from_nothing(folder, store):
    write(folder, a=ONE, b=SECOND)
    built(store, folder)
    built(store, folder / "a.json", rebuild=True)
    assert outcomes(store).keys() == {"a"}


@pytest.mark.sweep
def test_the_order_of_the_arguments_does_not_matter(folder, store, tmp_path):
    write(folder, a=ONE, b=OTHER, c=SECOND)
    paths = [folder / f"{n}.json" for n in "abc"]
    built(store, *paths)
    other = tmp_path / "other.store"
    built(other, *reversed(paths))
    assert content(store) == content(other)
    assert outcomes(store) == outcomes(other)


def test_the_base_is_chosen_once(folder, store):
    write(folder, a=ONE)
    built(store, folder, base="https://example.org/id/")
    write(folder, b=SECOND)
    built(store, folder)
    assert all("https://example.org/" in quad for quad in content(store))
    with pytest.raises(StoreVersion, match=r"begin with https://example\.org/id/"):
        built(store, folder, base="https://example.com/id/")
    built(store, folder, base="https://example.com/id/", rebuild=True)
    assert manifest(store).base == "https://example.com/id/"


def test_no_documents_are_an_error(folder):
    with pytest.raises(SourceError, match="no documents were found"):
        find([folder])
    with pytest.raises(SourceError, match="no such file"):
        find([folder / "none.json"])


def test_a_folder_is_searched_for_documents_and_a_named_file_is_always_taken(folder):
    for name in ("a.json", "deep/b.md", ".hidden.md", "README.md", "c.xls", "~$d.docx"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (folder / "out.json").symlink_to("/etc/hostname")
    found = [f.path.name for f in find([folder, folder / "c.xls", folder / "a.json"])]
    assert found == ["a.json", "c.xls", "b.md"]


# -- one bad file never stops the rest -------------------------------------------------------


def test_a_file_that_cannot_be_read_is_noted_and_the_rest_is_loaded(folder, store):
    write(folder, a=BROKEN, b=ONE)
    built(store, folder)
    assert outcomes(store) == {"a": ("failed", ""), "b": ("loaded", CODE)}
    source = next(s for s in manifest(store).sources.values() if s.outcome == "failed")
    assert "not valid JSON" in str(source.message)
    assert source.sha256


def test_what_could_not_be_read_is_tried_again(folder, store):
    """The limits may be wider now, or the missing reader installed."""
    write(folder, a=BROKEN, b=ONE)
    built(store, folder)
    result = built(store, folder)
    assert [n.rsplit("/")[-1] for n in result.changed] == ["a.json"]


def test_a_file_whose_worker_died_fails_alone(folder, store):
    def losing_a(function, jobs, workers, limits):
        for task in jobs:
            yield task, Died("it died") if task.file.path.stem == "a" else function(task)

    write(folder, a=ONE, b=SECOND)
    built(store, folder, run=losing_a)
    assert outcomes(store) == {"a": ("failed", ""), "b": ("loaded", "ZZZ2222-002v1")}
    built(store, folder)
    assert outcomes(store)["a"] == ("loaded", CODE)


# -- who has a code --------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["a", "b"])
def test_two_documents_of_one_code_are_kept_apart_whichever_comes_first(folder, store, first):
    texts = {"a": ONE, "b": OTHER}
    write(folder, **{first: texts.pop(first)})
    built(store, folder)
    write(folder, **texts)
    built(store, folder)
    assert outcomes(store) == {"a": ("loaded", CODE), "b": ("loaded", f"{CODE}~2")}
    with open_store(store) as graph:
        assert [graph.standard(i).name for i in graph.identities()] == ["甲員", "乙員"]
        assert {graph.standard(i).code for i in graph.identities()} == {CODE}


@pytest.mark.sweep
def test_the_code_goes_back_to_the_one_that_is_left(folder, store, fresh):
    write(folder, a=ONE, b=OTHER)
    built(store, folder)
    write(folder, a=None)
    built(store, folder, prune=True)
    assert outcomes(store) == {"b": ("loaded", CODE)}
    assert content(store) == fresh()


def test_a_document_that_changes_its_code_gives_the_old_one_up(folder, store, fresh):
    write(folder, a=ONE, b=OTHER)
    built(store, folder)
    write(folder, a=SECOND)
    built(store, folder)
    assert outcomes(store) == {"a": ("loaded", "ZZZ2222-002v1"), "b": ("loaded", CODE)}
    assert content(store) == fresh()


def test_a_first_version_with_and_without_suffix_is_one_code(folder, store):
    write(folder, a=document("ZZZ1111-001"), b=document("ZZZ1111-001v1", "乙員"))
    built(store, folder)
    assert outcomes(store) == {"a": ("loaded", "ZZZ1111-001v1"), "b": ("loaded", "ZZZ1111-001v1~2")}


def test_the_same_content_in_another_format_is_not_loaded_twice(folder, store):
    write(folder, a=ONE)
    (folder / "b.yaml").write_text(ONE, "utf-8")
    built(store, folder)
    assert outcomes(store) == {"a": ("loaded", CODE), "b": ("duplicate", "")}
    source = next(s for s in manifest(store).sources.values() if s.identity == "")
    assert str(source.message).endswith("a.json")


def test_a_duplicate_takes_over_when_its_twin_goes(folder, store, fresh):
    write(folder, a=ONE, b=ONE)
    built(store, folder)
    write(folder, a=None)
    built(store, folder, prune=True)
    assert outcomes(store) == {"b": ("loaded", CODE)}
    assert content(store) == fresh()


def test_documents_without_a_code_are_drafts_of_their_own(folder, store):
    write(folder, a=document(None), b=document(None, knowledge=("統計",)))
    built(store, folder)
    (_, one), (_, two) = outcomes(store).values()
    assert one != two
    assert one.startswith("draft-")
    assert two.startswith("draft-")


def test_a_standard_whose_file_is_gone_keeps_its_content_when_its_code_is_claimed(
    folder, store, tmp_path, monkeypatch
):
    """What was read once is in the store: its file is not needed again."""
    monkeypatch.chdir(folder)
    write(folder, b=OTHER)
    built(store, "b.json")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    write(elsewhere, a=ONE)
    built(store, "a.json")
    assert outcomes(store) == {"a": ("loaded", CODE), "b": ("loaded", f"{CODE}~2")}
    with open_store(store) as graph:
        assert graph.standard(f"{CODE}~2").name == "乙員"


# -- incremental is fresh --------------------------------------------------------------------


TEXTS = [
    ONE,
    OTHER,
    SECOND,
    document("ZZZ2222-002v1", "丁員", ("風險 管理", "統計")),
    document(None, "戊員", ("風險管理。",)),
    BROKEN,
    None,
]


@pytest.mark.sweep
@given(
    steps=st.lists(
        st.dictionaries(st.sampled_from("abcd"), st.sampled_from(TEXTS), min_size=1),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=settings.default.max_examples // 5)
def test_any_history_of_builds_ends_in_what_one_build_gives(tmp_path_factory, steps):
    """Additions, changes, removals, disputes and duplicates: the dump, concepts included."""
    store, other = _after(steps, tmp_path_factory.mktemp("history"))
    assert content(store) == content(other)
    assert manifest(store).sources == manifest(other).sources
    assert_all_counts_are_those_of_count(store)


@pytest.mark.parametrize("room", [0, 6000])
def test_a_corpus_that_has_no_room_in_memory_is_built_to_the_same(
    folder, store, tmp_path, monkeypatch, room
):
    """What is checked chunk by chunk, on its way to the disk, is found all the same."""
    two_of_one_code = document(name="丁員", knowledge=("待補", "法規"))
    write(folder, a=ONE, b=SECOND, c=OTHER, d=two_of_one_code, e=ONE)
    built(store, folder, check=True)
    monkeypatch.setattr(filling, "ROOM", room)
    monkeypatch.setattr(builder, "CHUNK", 3000)
    other = tmp_path / "other"
    built(other, folder, check=True)
    assert manifest(other).sources == manifest(store).sources
    assert content(other) == content(store)
    assert any(finding.shape for s in manifest(other).sources.values() for finding in s.findings)


def test_after_a_change_only_the_statements_that_differ_are_written(folder, store, monkeypatch):
    write(folder, a=document(), b=SECOND)
    built(store, folder)
    write(folder, a=document(knowledge=("危機管理",)))
    written = Counter()

    def counting(name):
        method = getattr(ChangingStore, name)

        def counted(self, nquads):
            own = f"<{standard_iri(CODE)}> .".encode()
            written[name] += sum(line.endswith(own) for line in nquads.split(b"\n"))
            method(self, nquads)

        monkeypatch.setattr(ChangingStore, name, counted)

    counting("load")
    counting("discard")
    built(store, folder)
    assert written == {"load": 1, "discard": 1}  # what the K is called
    with open_store(store) as graph:
        assert [k.name for k in graph.standard(CODE).knowledge] == ["危機管理"]


def _after(steps, place, **options):
    """A store built after each step, and one built once in the end."""
    folder, store, other = place / "documents", place / "store", place / "fresh"
    folder.mkdir()
    write(folder, z=document("ZZZ9999-009v1", "己員"))
    for step in steps:
        write(folder, **step)
        built(store, folder, prune=True, **options)
    built(other, folder, **options)
    return store, other


def _versioned(code, status="", replaced=None, **more):
    """A standard whose version table has one row."""
    row = {"version": "V1", "code": code, "name": "甲員", "status": status, "replacedBy": replaced}
    return document(code, versions=[row], **more)


FAULTY = [
    document(),
    _versioned("ZZZ1111-001v1", "最新版本"),
    _versioned("ZZZ1111-001v2", "最新版本"),
    _versioned("ZZZ1111-001v1", "歷史版本", "ZZZ1111-001v2"),
    _versioned("ZZZ1111-001v2", "歷史版本", "ZZZ1111-001v1"),
    _versioned("ZZZ1111-001v2", "歷史版本", "ZZZ9999-999v9"),
    document(
        "ZZZ1111-001v2",
        "乙員",
        classification={"jobCategory": [{"code": "BLM", "name": "企業管理"}]},
    ),
    document("ZZZ2222-002v1", "丁員", ("風險管理", "風險管理")),
    None,
]


@pytest.mark.sweep
@given(
    steps=st.lists(
        st.dictionaries(st.sampled_from("abc"), st.sampled_from(FAULTY), min_size=1),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=settings.default.max_examples // 5)
def test_any_history_of_builds_finds_what_one_build_finds(tmp_path_factory, steps):
    """Also where one standard is at fault for what another one says."""
    store, other = _after(steps, tmp_path_factory.mktemp("history"), check=True)
    assert content(store) == content(other)
    assert manifest(store).sources == manifest(other).sources


def test_only_the_shapes_that_look_across_standards_see_another_one(tmp_path, examples):
    """So that after a change only those have to be asked of all standards again."""
    shapes = load_shapes()

    def found(store):
        results = validate_store(shapes, store.select)
        return {(f.shape, f.focus, f.value, f.path) for f in results}

    differing = set()
    for name, documents in {"all": FAULTY, "circle": FAULTY[3:5]}.items():
        (folder := tmp_path / name).mkdir()
        write(folder, **{f"f{n}": text for n, text in enumerate(documents)})
        others = examples.glob("ZZZ*.yaml") if name == "all" else ()
        together = load(find([folder, *others]), ontology=True, run=in_process)
        alone = set()
        for source in together.sources:
            part = memory()
            graphs = standard_iri(source.identity), graph_iri(f"inferred/{source.identity}")
            part.load(nquads_of(together.store, *ontology_graphs(), *graphs))
            alone |= found(part)
        differing |= {shape for shape, *_ in found(together.store) ^ alone}
    assert differing == ACROSS


def test_the_label_of_a_competency_is_its_most_used_form(folder, store):
    def label():
        rows = opened(store).select(
            "SELECT ?l { ?c a kps:Competency ; skos:prefLabel ?l . FILTER(CONTAINS(?l, '管理')) }".replace(
                "kps:Competency", "<https://w3id.org/kps-graph/ontology#Competency>"
            ).replace("skos:prefLabel", "<http://www.w3.org/2004/02/skos/core#prefLabel>")
        )
        return [r["l"] for r in rows]

    write(folder, a=document(knowledge=("風險 管理",)))
    built(store, folder)
    assert label() == ["風險 管理"]
    write(folder, b=document("B1v2"), c=document("C1v2"))
    built(store, folder)
    assert label() == ["風險管理"]


# -- Ctrl-C ----------------------------------------------------------------------------------


def _interrupting(after):
    def progress(done, total, name):
        if done == after:
            signal.raise_signal(signal.SIGINT)

    return progress


def test_an_interrupted_build_keeps_what_it_read_and_the_next_goes_on(folder, store, fresh):
    write(folder, a=ONE, b=SECOND, c=document("ZZZ3333-003v1"))
    first = built(store, folder, progress=_interrupting(1), run=run)
    assert first.interrupted
    assert list(outcomes(store)) == ["a"]
    second = built(store, folder)
    assert not second.interrupted
    assert [n.rsplit("/")[-1] for n in second.changed] == ["b.json", "c.json"]
    assert content(store) == fresh()


@pytest.mark.sweep
def test_an_interrupted_update_keeps_the_old_version_of_what_it_did_not_read(folder, store, fresh):
    write(folder, a=ONE, b=SECOND)
    built(store, folder)
    write(folder, a=OTHER, b=document("ZZZ2222-002v1", "新員"))
    built(store, folder, progress=_interrupting(1))
    with open_store(store) as graph:
        assert [s.name for s in graph.identities().values()] == ["乙員", "丙員"]
        assert graph.standard("ZZZ2222-002v1").name == "丙員"
    built(store, folder)
    assert content(store) == fresh()


def _interrupting_while_loading(calls):
    """Reads the second file, and presses Ctrl-C when it has been loaded for so many calls."""

    def run(function, jobs, workers, limits):
        first, second = in_process(function, jobs, workers, limits)
        yield first
        left = iter(range(calls))

        def count(frame, event, argument):
            if event == "call" and next(left, None) is None:
                sys.setprofile(None)
                signal.raise_signal(signal.SIGINT)

        sys.setprofile(count)
        yield second

    return run


@pytest.mark.sweep
@given(calls=st.integers(0, 150))
@settings(max_examples=15)
def test_a_document_is_loaded_whole_or_not_at_all_wherever_ctrl_c_falls(tmp_path_factory, calls):
    """The manifest and the graphs never disagree; else there is no store, as there was none."""
    place = tmp_path_factory.mktemp("interrupted")
    folder, store = place / "documents", place / "store"
    folder.mkdir()
    write(folder, a=ONE, b=SECOND)
    try:
        built(store, folder, run=_interrupting_while_loading(calls))
    except KeyboardInterrupt:
        assert not store.exists()
        return
    finally:
        sys.setprofile(None)
    with open_store(store) as graph:
        names = {identity: graph.standard(identity).name for identity in graph.identities()}
    assert names == {
        identity: {"a": "甲員", "b": "丙員"}[file]
        for file, (outcome, identity) in outcomes(store).items()
        if outcome == "loaded"
    }
    assert names[CODE] == "甲員"


def test_an_interruption_after_the_reading_gives_up_and_leaves_the_old_store(folder, store):
    def interrupting(done, total, stage):
        if stage == "check":
            signal.raise_signal(signal.SIGINT)

    write(folder, a=ONE)
    built(store, folder)
    before = content(store)
    write(folder, a=OTHER)
    with pytest.raises(KeyboardInterrupt):
        built(store, folder, check=True, progress=interrupting)
    assert content(store) == before
    assert sorted(p.name for p in store.iterdir()) == ["CURRENT", "LOCK", "g000001"]


# -- two at once -----------------------------------------------------------------------------


@pytest.mark.sweep
def test_a_build_that_another_one_overtakes_starts_from_what_that_one_left(
    folder, store, tmp_path, fresh
):
    """It has seen the old store when it reads the decisions: while it opens them, another builds."""
    write(folder, a=ONE)
    built(store, folder)
    write(folder, b=SECOND, c=document("ZZZ3333-003v1"))

    class Overtaking(type(Path())):
        def open(self, *args, **kwargs):
            built(store, folder / "b.json")
            return super().open(*args, **kwargs)

    decisions = tmp_path / "decisions.sssom.tsv"
    decisions.touch()
    built(store, folder / "c.json", decisions=Overtaking(decisions))
    assert content(store) == fresh()


def test_the_rules_are_applied_to_what_changed(folder, store):
    write(folder, a=document(level=None, description=None))
    built(store, folder, check=True)
    rules = {f["rule"] for s in manifest(store).sources.values() for f in json.loads(s.noted)}
    assert "R01" in rules


def test_what_was_found_is_in_the_store_as_the_report_of_shacl(folder, store):
    """Each finding of the manifest is a result: its rule, place, value and words in both languages."""
    write(folder, a=document(level=None, knowledge=("产品",)), b=SECOND)
    built(store, folder, check=True)
    rows = opened(store).select(
        f"""PREFIX kps: <{kps}> PREFIX prov: <{prov}> PREFIX schema: <{schema}> PREFIX sh: <{sh}>
        SELECT ?standard ?shape ?severity ?value ?place ?zh ?en WHERE {{
          ?report a sh:ValidationReport ; sh:result ?r ; prov:wasDerivedFrom/schema:mainEntity ?standard .
          ?r a sh:ValidationResult ; sh:focusNode ?focus ; sh:sourceConstraintComponent ?component ;
             sh:sourceShape ?shape ; sh:resultSeverity ?severity ; sh:resultMessage ?zh, ?en .
          FILTER(LANGMATCHES(LANG(?zh), "zh") && LANG(?en) = "en")
          OPTIONAL {{ ?r sh:value ?value }} OPTIONAL {{ ?r kps:place ?place }} }}"""
    )
    told = sorted(
        (
            identity_in(row["standard"], DEFAULT_BASE),
            row["shape"].rpartition("#")[2].partition("-")[0],
            row["severity"].rpartition("#")[2].lower(),
            row["value"] or "",
            row["place"] or "",
            row["zh"],
            row["en"],
        )
        for row in rows
    )
    assert told == sorted(
        (
            source.identity,
            f.rule,
            str(f.severity),
            f.value,
            place(f.span),
            f.messages["zh-Hant"],
            f.messages["en"],
        )
        for source in manifest(store).sources.values()
        for f in source.findings
    )
    assert {"R01", "R23"} <= {rule for _, rule, *_ in told}


def test_a_standard_without_findings_conforms(folder, store):
    write(folder, a=ONE)
    built(store, folder)
    assert not manifest(store).sources[str(folder / "a.json")].findings
    ask = f"ASK {{ ?r a <{sh.ValidationReport}> ; <{sh.conforms}> true }}"
    assert opened(store).query(ask) is True


def test_a_shape_is_called_by_the_number_of_its_rule():
    """So that a result says in its shape which rule it is about."""
    shapes = load_shapes().shapes
    assert shapes
    assert all(str(s.node).rpartition("#")[2].partition("-")[0] == s.rule for s in shapes)
