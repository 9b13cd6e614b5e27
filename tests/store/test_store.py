"""The store: replaced in one step whatever happens, refused where it is none, and its answers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kps_graph import open as open_store
from kps_graph.aligned.align import lexicon_of
from kps_graph.aligned.materialise import apply
from kps_graph.document import Span
from kps_graph.errors import (
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreVersion,
)
from kps_graph.report import Finding, Severity
from kps_graph.store import LEXICON, Rows, Source, Term, Writing, current, memory, writing
from kps_graph.store.manifest import FORMAT, note
from tests.support.command import SCRIPT
from tests.support.stores import built, content, document, opened, write
from tests.support.sweeps import now_and_then

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
from kps_graph.store import Beside, Writing
from kps_graph.store.changing import ChangingStore
from kps_graph.store.embedded import EmbeddedStore

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def both(*args, **kwargs):
        function(*args, **kwargs)
        die()
    return both

def at_the_pointer(function, replace=Path.replace):
    return lambda path, to: (function if to.name == "CURRENT" else replace)(path, to)

match sys.argv[1]:
    case "before the copy": EmbeddedStore.copy_to = die
    case "after the copy": EmbeddedStore.copy_to = after(EmbeddedStore.copy_to)
    case "before loading": ChangingStore.load = die
    case "after loading": ChangingStore.load = after(ChangingStore.load)
    case "before the seal": Beside.seal = die
    case "after the seal": Beside.seal = after(Beside.seal)
    case "before the pointer": Path.replace = at_the_pointer(die)
    case "after the pointer": Path.replace = at_the_pointer(after(Path.replace))
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
    "before the seal": "old",
    "after the seal": "old",
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


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        pytest.param(*pair, id=pair[0], marks=[] if n == 7 else pytest.mark.sweep)
        for n, pair in enumerate(MOMENTS.items())
    ],
)
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


@pytest.mark.sweep
@pytest.mark.parametrize(
    "seen", now_and_then(["g000004/data/CURRENT", "g000004", "g000004/manifest.json"], 3)
)
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

    def full(self, manifest, before=None):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Writing, "finish", full)
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
        lambda p: (p / "g000001" / "data").mkdir(parents=True),
    ],
    ids=["nothing", "empty", "a file", "what a killed first build left"],
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
    now_and_then(
        [
            pytest.param(lambda d: json.dumps({**d, "format": FORMAT + 1}), id="newer"),
            pytest.param(
                lambda d: json.dumps({"format": 3, "sources": [], "base": "https://x/id/"}),
                id="older",
            ),
            pytest.param(lambda d: json.dumps({"format": FORMAT}), id="parts missing"),
            pytest.param(lambda d: json.dumps({**d, "data": 7}), id="a number"),
            pytest.param(
                lambda d: json.dumps({**d, "data": {"CURRENT": ["x", 1, 2]}}), id="a text"
            ),
            pytest.param(lambda d: "[]", id="a list"),
            pytest.param(lambda d: "{", id="cut off"),
            pytest.param(lambda d: "", id="emptied"),
        ],
        4,
    ),
)
def test_a_store_with_another_seal_is_neither_read_nor_written_but_can_be_rebuilt(
    folder, store, change
):
    _manifest(store, change)
    for use in (lambda: open_store(store), lambda: built(store, folder)):
        with pytest.raises((StoreVersion, StoreDamaged)) as caught:
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


# -- what is damaged -------------------------------------------------------------------------


def _generations(store):
    return sorted(p.name for p in store.glob("g*"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda pointer: pointer.unlink(),
        lambda pointer: pointer.write_bytes(b""),
        lambda pointer: pointer.write_bytes(b"\xff\n"),
        lambda pointer: pointer.write_text("g000009\n"),
        lambda pointer: pointer.write_text("../store/g000001\n"),
    ],
    ids=["missing", "empty", "no text", "names what is not there", "leads elsewhere"],
)
def test_a_store_whose_pointer_is_lost_is_refused_and_says_how_to_mend_it(folder, store, damage):
    before, kept = content(store), _generations(store)
    damage(store / "CURRENT")
    for use in (lambda: open_store(store), lambda: built(store, folder)):
        with pytest.raises(StoreDamaged, match="CURRENT") as caught:
            use()
        assert caught.value.source == str(store)
        assert f"write the line g000001 into {store / 'CURRENT'}" in caught.value.hint
    assert _generations(store) == kept
    (store / "CURRENT").write_text("g000001\n")
    assert content(store) == before


def test_a_store_whose_pointer_is_lost_can_be_rebuilt(folder, store):
    before = content(store)
    (store / "CURRENT").unlink()
    built(store, folder, rebuild=True)
    assert content(store) == before


def test_a_rebuild_that_fails_leaves_the_generations_of_a_lost_pointer(folder, store, monkeypatch):
    (store / "CURRENT").unlink()
    monkeypatch.setattr(Writing, "finish", lambda self, manifest, before=None: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        built(store, folder, rebuild=True)
    assert _generations(store) == ["g000001"]


DAMAGE = {
    "removed": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "lengthened": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "changed in one bit": lambda path: path.write_bytes(_flipped(path.read_bytes())),
    "overwritten": lambda path: path.write_bytes(b"\0" * path.stat().st_size),
}


def _flipped(content):
    half = len(content) // 2
    return content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]


@pytest.mark.parametrize(
    ("pattern", "damage"),
    [*(("*.sst", name) for name in DAMAGE), ("MANIFEST-*", "emptied"), ("CURRENT", "overwritten")],
)
def test_a_damaged_database_is_refused_and_says_what_to_do(folder, store, pattern, damage):
    """Whether the engine would notice, answer wrongly, or never end."""
    path = max(current(store).data.glob(pattern), key=lambda p: p.stat().st_size)
    DAMAGE[damage](path)
    for use in (lambda: open_store(store), lambda: built(store, folder)):
        with pytest.raises(StoreDamaged, match="data of the store are damaged") as caught:
            use()
        assert caught.value.source == str(path)
        assert "--rebuild" in caught.value.hint


def test_a_damaged_database_can_be_rebuilt(folder, store):
    before = content(store)
    next(current(store).data.glob("*.sst")).unlink()
    built(store, folder, rebuild=True)
    assert content(store) == before


def test_a_copy_of_a_store_is_as_good_as_the_store(store, tmp_path):
    """Its files have another time, so they are read once and found the same."""
    copy = tmp_path / "copy"
    shutil.copytree(store, copy, copy_function=shutil.copyfile)
    assert content(copy) == content(store)
    path = next(current(copy).data.glob("*.sst"))
    path.write_bytes(_flipped(path.read_bytes()))
    with pytest.raises(StoreDamaged):
        open_store(copy)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="only POSIX has modes of folders")
def test_a_copy_on_a_read_only_disk_can_be_read(store, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(store, copy, copy_function=shutil.copyfile)

    def read_only(path, mode="r", *args, **kwargs):
        if "r" not in mode:
            raise PermissionError(30, "Read-only file system", str(path))
        return opening(path, mode, *args, **kwargs)

    opening = Path.open
    monkeypatch.setattr(Path, "open", read_only)
    assert content(copy) == content(store)


@pytest.mark.parametrize("damage", [d for n, d in DAMAGE.items() if n != "removed"])
def test_damaged_weights_of_words_are_refused_where_they_are_needed(folder, store, damage):
    path = current(store).path / LEXICON.name
    damage(path)
    with pytest.raises(StoreDamaged, match="beside the data") as caught:
        lexicon_of(store)
    assert caught.value.source == str(path)
    assert "kps-graph align apply" in caught.value.hint
    apply(store)
    assert lexicon_of(store)


def test_a_build_learns_damaged_weights_of_words_anew(folder, store):
    path = current(store).path / LEXICON.name
    path.write_bytes(b"x")
    write(folder, b=document("ZZZ2222-002v1"))
    built(store, folder)
    assert lexicon_of(store)


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
    store = memory()
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
    assert rows.to_pandas().equals(frame)
    assert list(Rows(["a", "b"], []).to_frame().columns) == ["a", "b"]
    empty = Rows(["level", "similarity", "note"], [(None, None, None)]).to_frame()
    assert list(map(str, empty.dtypes)) == ["Int64", "float64", "object"]


def test_rows_are_a_polars_data_frame_whose_columns_have_types(answer):
    polars = pytest.importorskip("polars", reason="the extra polars is not installed")
    frame = answer.to_polars()
    assert frame.columns == list(answer.columns)
    assert frame["whole"].dtype == polars.Int64
    assert frame["part"].to_list() == [4.5, 1000.0]
    assert frame["yes"].to_list() == [True, False]
    assert frame["odd"].to_list() == ["7", "x"]
    assert frame["iri"].to_list()[1] is None
    assert Rows(["a", "b"], []).to_polars().columns == ["a", "b"]
    empty = Rows(["level", "similarity", "note"], [(None, None, None)]).to_polars()
    assert empty.dtypes == [polars.Int64, polars.Float64, polars.String]


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


def test_an_open_store_cannot_be_written_to(store):
    with pytest.raises(StoreError, match="cannot be written"):
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
