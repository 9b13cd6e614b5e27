"""The store: replaced in one step whatever happens, refused where it is none, and its answers."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kps_graph import open as open_store
from kps_graph.document import Span
from kps_graph.errors import (
    QuerySyntax,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreVersion,
)
from kps_graph.report import Finding, Severity
from kps_graph.store import EmbeddedStore, Manifest, Rows, Source, Term, current, writing
from kps_graph.store.manifest import FORMAT, note
from kps_graph.words import Sentence
from tests.support.command import SCRIPT
from tests.support.stores import built, content, document, opened, write

OLD, NEW = document(), document(name="新員", knowledge=("統計",))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    write(made, a=OLD)
    return made


@pytest.fixture
def store(tmp_path, folder):
    """A store of one document."""
    built(tmp_path / "kps.store", folder)
    return tmp_path / "kps.store"


# -- a kill at any moment --------------------------------------------------------------------

#: Builds a store, and kills itself at the place that its first argument names.
KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from kps_graph.store import EmbeddedStore, Generation

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def both(*args, **kwargs):
        function(*args, **kwargs)
        die()
    return both

match sys.argv[1]:
    case "before the copy": EmbeddedStore.copy_to = die
    case "after the copy": EmbeddedStore.copy_to = after(EmbeddedStore.copy_to)
    case "before loading": EmbeddedStore.load = die
    case "after loading": EmbeddedStore.load = after(EmbeddedStore.load)
    case "before the manifest": Generation.write = die
    case "after the manifest": Generation.write = after(Generation.write)
    case "before the pointer": Path.replace = die
    case "after the pointer": Path.replace = after(Path.replace)
    case "in the cleaning": shutil.rmtree = die

from kps_graph.pipeline.build import build
from kps_graph.workers.pool import in_process
from kps_graph.pipeline.sources import find
build(find(sys.argv[3:]), Path(sys.argv[2]), check=False, run=in_process)
"""
MOMENTS = {
    "before the copy": "old",
    "after the copy": "old",
    "before loading": "old",
    "after loading": "old",
    "before the manifest": "old",
    "after the manifest": "old",
    "before the pointer": "old",
    "after the pointer": "new",
    "in the cleaning": "new",
}


@pytest.fixture
def versions(tmp_path, folder, store):
    """The content of the store before a change of its document, and after it."""
    before = content(store)
    # several generations, so that the next build has one to clean up
    write(folder, b=document("ZZZ2222-002v1"))
    built(store, folder)
    write(folder, b=None)
    built(store, folder, prune=True)
    assert content(store) == before
    write(folder, a=NEW)
    built(tmp_path / "new.store", folder)
    return {"old": before, "new": content(tmp_path / "new.store")}


@pytest.mark.parametrize(("moment", "left"), MOMENTS.items(), ids=MOMENTS)
def test_a_build_killed_at_a_known_moment_leaves_the_old_store_or_the_new(
    folder, store, versions, moment, left
):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, moment, store, folder],
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert content(store) == versions[left]
    built(store, folder)
    assert content(store) == versions["new"]
    write(folder, a=OLD)
    built(store, folder)
    assert content(store) == versions["old"]
    assert len(list(store.glob("g*"))) == 2, "what the killed build left is gone"


@pytest.mark.parametrize("seen", ["g000004", "g000004/data/CURRENT", "g000004/manifest.json"])
def test_a_build_killed_from_outside_leaves_the_old_store_or_the_new(folder, store, versions, seen):
    """Killed as soon as a file of the next generation is there: wherever that finds it."""
    process = subprocess.Popen(
        [SCRIPT, "build", folder, "--store", store, "--no-check"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not (store / seen).exists():
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert content(store) in versions.values()
    built(store, folder)
    assert content(store) == versions["new"]


def test_a_build_that_fails_leaves_the_old_store_and_no_rubbish(folder, store, monkeypatch):
    before = content(store)
    write(folder, a=NEW)

    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(EmbeddedStore, "flush", full)
    with pytest.raises(OSError, match="No space"):
        built(store, folder)
    assert content(store) == before
    assert sorted(p.name for p in store.iterdir()) == ["CURRENT", "LOCK", "g000001"]


# -- readers ---------------------------------------------------------------------------------


def test_a_reader_goes_on_reading_what_it_opened(folder, store):
    with open_store(store) as reader:
        for name in ("一員", "二員", "三員"):
            write(folder, a=document(name=name))
            built(store, folder)
            assert reader.standard("ZZZ1111-001v2").name == "甲員"
    with open_store(store) as reader:
        assert reader.standard("ZZZ1111-001v2").name == "三員"


def test_a_store_can_be_opened_while_it_is_written(store):
    with writing(store), open_store(store) as reader:
        assert list(reader.identities()) == ["ZZZ1111-001v2"]


def test_a_build_changes_no_file_of_the_current_generation(folder, store):
    def files():
        return {p: p.read_bytes() for p in (store / "g000001").rglob("*") if p.is_file()}

    before = files()
    write(folder, a=NEW)
    built(store, folder)
    assert files() == before


def test_only_the_current_generation_and_the_one_before_it_are_kept(folder, store):
    for n in range(3):
        write(folder, a=document(name=f"員{n}"))
        built(store, folder)
    assert sorted(p.name for p in store.glob("g*")) == ["g000003", "g000004"]


# -- what is refused -------------------------------------------------------------------------


def test_a_store_that_another_process_writes_to_is_locked(folder, store):
    write(folder, a=NEW)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\n"
            "from kps_graph.store import writing\n"
            "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    input()\n",
            store,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreLocked, match="another process is writing"):
        built(store, folder)
    holder.kill()
    holder.communicate()
    built(store, folder)


def test_a_lock_dies_with_its_process(folder, store):
    write(folder, a=NEW)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom kps_graph.store import writing\n"
        "with writing(Path(sys.argv[1])):\n    os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, store], check=False)
    built(store, folder)
    assert "新員" in "\n".join(content(store))


@pytest.mark.parametrize(
    "make",
    [
        lambda p: None,
        lambda p: p.mkdir(),
        lambda p: p.write_text("x"),
        lambda p: (p.mkdir(), (p / "CURRENT").write_text("g000001\n")),
        lambda p: (p.mkdir(), (p / "CURRENT").write_bytes(b"\xff")),
    ],
    ids=["nothing", "empty", "a file", "no generation", "no name"],
)
def test_where_there_is_no_store_it_says_how_to_make_one(tmp_path, make):
    make(tmp_path / "store")
    with pytest.raises(StoreMissing, match="no store here") as caught:
        open_store(tmp_path / "store")
    assert "kps-graph build" in caught.value.hint


def _manifest(store, change):
    path = current(store).path / "manifest.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_text(change(data), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: json.dumps({**d, "format": FORMAT + 1}),
        lambda d: json.dumps({"format": FORMAT}),
        lambda d: "[]",
        lambda d: "{",
        lambda d: json.dumps({**d, "sources": [{"path": "a"}]}),
    ],
    ids=["a newer format", "parts missing", "a list", "cut off", "sources cut off"],
)
def test_a_store_of_another_version_is_neither_read_nor_written_but_can_be_rebuilt(
    folder, store, change
):
    _manifest(store, change)
    for use in (lambda: open_store(store), lambda: built(store, folder)):
        with pytest.raises(StoreVersion) as caught:
            use()
        assert "--rebuild" in caught.value.hint
    built(store, folder, rebuild=True)
    assert "甲員" in "\n".join(content(store))


def test_a_directory_of_other_things_is_left_alone(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.odt").write_text("x")
    with pytest.raises(StoreVersion, match=r"holds other things \(thesis.odt\)"):
        built(other, folder, rebuild=True)
    assert [p.name for p in other.iterdir()] == ["thesis.odt"]


def test_a_file_is_no_place_for_a_store(folder, tmp_path):
    place = tmp_path / "file"
    place.write_text("x")
    with pytest.raises(StoreVersion, match="a file, not a store"):
        built(place, folder)
    with pytest.raises(StoreError, match="cannot be written"):
        built(place / "below", folder)
    assert place.read_text() == "x"


def test_a_damaged_database_is_an_error_that_names_its_place(store):
    for path in current(store).data.glob("MANIFEST-*"):
        path.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        open_store(store)
    assert str(store) in caught.value.source


# -- the manifest ----------------------------------------------------------------------------

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


def test_a_manifest_comes_back_as_it_was_written(tmp_path):
    sources = (
        Source(
            "a.md",
            "0" * 64,
            "loaded",
            "markdown",
            "ZZZ1111-001v2",
            "ZZZ1111-001v2",
            "ZZZ1111-001v2",
            "甲員",
            None,
            10,
            9,
            1,
            99,
            note([FINDING]),
        ),
        Source("乙/b.pdf", "", "failed", message=Sentence("the file is empty")),
    )
    manifest = Manifest({s.path: s for s in sources}, "https://example.org/id/", "1.2.3", "f" * 64)
    with writing(tmp_path / "store") as new:
        new.write(manifest)
    found = current(tmp_path / "store").manifest()
    assert found == manifest
    assert found.sources["a.md"].findings == (FINDING,)


def test_a_source_as_data_has_its_findings_as_validate_prints_them():
    source = Source("a.md", "", "loaded", noted=note([FINDING]))
    assert source.as_data()["findings"] == [FINDING.as_data()]


# -- what is asked ---------------------------------------------------------------------------

VALUES = """SELECT ?iri ?text ?tagged ?whole ?part ?yes ?day ?odd {
  VALUES (?iri ?text ?tagged ?whole ?part ?yes ?day ?odd) {
  (<https://example.org/甲> "a,\\"b\\"\\n<c>\\t\\\\" "字"@zh-Hant 42 4.5 true
   "2024-01-02"^^<http://www.w3.org/2001/XMLSchema#date>
   "07"^^<http://www.w3.org/2001/XMLSchema#int>)
  (UNDEF "" UNDEF -7 1.0e3 false UNDEF "x"^^<https://example.org/type>)
} }"""


@pytest.fixture(scope="module")
def answer():
    store = EmbeddedStore.memory()
    rows = store.select(VALUES)
    return Rows([*rows.columns, "blank"], [(*row, Term("bnode", "b0")) for row in rows.terms])


def test_rows_are_a_sequence_of_dicts(answer):
    rows = answer
    assert len(rows) == 2
    assert dict(rows[0]) == {
        "iri": "https://example.org/甲",
        "text": 'a,"b"\n<c>\t\\',
        "tagged": "字",
        "whole": 42,
        "part": 4.5,
        "yes": True,
        "day": "2024-01-02",
        "odd": 7,
        "blank": "b0",
    }
    assert rows[-1]["iri"] is None
    assert (rows[1]["part"], rows[1]["yes"], rows[1]["odd"]) == (1000.0, False, "x")
    assert rows.to_dicts() == list(rows)
    assert list(rows[1:]) == [rows[1]]


def test_rows_are_a_data_frame_if_pandas_is_there(answer):
    pandas = pytest.importorskip("pandas")
    rows = answer
    frame = rows.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(rows.columns)
    assert frame["whole"].tolist() == [42, -7]
    assert list(Rows(["a", "b"], []).to_frame().columns) == ["a", "b"]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Term("iri", "https://x/"), "https://x/"),
        (Term("literal", "1420"), "1420"),
        (Term("literal", "字", lang="zh-hant"), "字"),
        (Term("literal", "12", "http://www.w3.org/2001/XMLSchema#integer"), 12),
        (Term("literal", "x", "http://www.w3.org/2001/XMLSchema#integer"), "x"),
        (Term("literal", "1e400", "http://www.w3.org/2001/XMLSchema#double"), float("inf")),
        (Term("literal", "1", "http://www.w3.org/2001/XMLSchema#boolean"), True),
        (Term("literal", "2024", "http://www.w3.org/2001/XMLSchema#gYear"), "2024"),
    ],
)
def test_a_term_is_the_python_value_that_it_means(term, value):
    assert term.python() == value
    assert type(term.python()) is type(value)


def test_queries_see_all_graphs_as_one(store):
    kinds = opened(store).select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert len(kinds) == 6
    joined = (
        "SELECT ?l { ?s a <https://w3id.org/kps-graph/ontology#Knowledge> ; "
        "<https://w3id.org/kps-graph/ontology#expresses>/"
        "<http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
    )
    assert opened(store).select(joined).to_dicts() == [{"l": "風險管理"}]


def test_an_ask_is_a_truth_value_and_a_construct_is_ntriples(store):
    assert opened(store).query("ASK { ?s ?p ?o }") is True
    made = opened(store).query("CONSTRUCT { <x:a> <x:b> ?o } { VALUES ?o { 'é' } }")
    assert made.decode() == '<x:a> <x:b> "é" .\n'


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT ?x {", 1, 12),
        ("SELECT ?x\n\n  WHERE [}", 3, 9),
    ],
)
def test_a_syntax_error_has_its_position(text, line, column):
    with pytest.raises(QuerySyntax, match="not valid SPARQL") as caught:
        EmbeddedStore.memory().query(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_rows_are_wanted_where_a_select_is_asked_for():
    with pytest.raises(QuerySyntax, match="a SELECT query was expected"):
        EmbeddedStore.memory().select("ASK {}")


def test_an_open_store_cannot_be_written_to(store):
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        opened(store).remove(["https://w3id.org/kps-graph/id/ZZZ1111-001v2"])


def test_two_processes_may_read_one_store_at_once(store):
    code = "import sys, kps_graph; print(len(kps_graph.open(sys.argv[1]).identities()))"
    with open_store(store):
        done = subprocess.run(
            [sys.executable, "-c", code, store],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ,
        )
    assert done.stdout == "1\n"
