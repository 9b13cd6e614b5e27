"""Whatever befalls a file of the store, the disk or the run: every command ends with a word.

The commands are asked for by introspection, so that a new one has to be tried here too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from kps_graph.cli import _run, cli
from kps_graph.errors import Ended
from tests.cli.conftest import CODES
from tests.support.commands import commands
from tests.support.project import ROOT
from tests.support.sweeps import now_and_then

SEED = str(ROOT / "examples" / "KPS1420-001v2.md")
NOWHERE = "http://127.0.0.1:9/"
COURSES = ("courses.csv", "--in", CODES[0])
#: With what each command is tried; all but those to a server would succeed.
GIVEN = {
    "demo": (),
    "parse": ("a.json", "-o", "new.yaml"),
    "validate": ("a.json", "--store", "kps.store", "-o", "new.html"),
    "review": ("a.json", "-f", "docx", "-o", "new.docx"),
    "rules": (),
    "build": ("a.json", SEED),
    "store backup": ("new.store",),
    "store check": (),
    "store compact": (),
    "store graphs": (),
    "store migrate": (),
    "store restore": ("kps.store", "--store", "new.store"),
    "store stats": (),
    "push": ("--to", NOWHERE),
    "pull": ("--from", NOWHERE, "--store", "new.store"),
    "sources": (),
    "findings": ("-o", "new.csv"),
    "queries": (),
    "query": ("overview", "-o", "new.csv"),
    "slices": (),
    "search": ("甲",),
    "trace": ("K1", "--standard", CODES[0], "-o", "new.csv"),
    "course add": COURSES,
    "course check": (*COURSES, "-o", "new.html"),
    "course export": (*COURSES, "-f", "edx", "-o", "new.csv"),
    "course migrate": ("courses.xlsx", "--in", CODES[0], "--to", CODES[1], "-o", "new.xlsx"),
    "course prepares": COURSES,
    "course remove": ("courses",),
    "course report": (*COURSES, "-o", "new.docx"),
    "course suggest": (CODES[0], "-o", "new.xlsx"),
    "course tables": (*COURSES, "-o", "new.odt"),
    "course template": (CODES[0], "-o", "new.xlsx"),
    "course watch": ("courses.csv",),
    "diff": (*CODES, "-o", "new.html"),
    "versions": (CODES[0],),
    "changes": ("-f", "jsonl", "-o", "new.jsonl"),
    "courses": ("courses.csv", "--standard", CODES[0], "-o", "new.xlsx"),
    "shared": (),
    "pairs": (),
    "nearest": (CODES[0],),
    "compare": CODES,
    "gap": CODES,
    "path": CODES,
    "reuse": (),
    "communities": (),
    "bridges": (),
    "align apply": (),
    "align clusters": ("-o", "new.csv"),
    "align explain": ("甲", "乙"),
    "align export": ("-o", "new.tsv"),
    "align import": ("decisions.tsv", "--decisions", "new.tsv"),
    "align judge": ("pairs.tsv",),
    "align review": ("--decisions", "new.tsv"),
    "align stats": (),
    "draw": (CODES[0], "-o", "new.svg"),
    "mcp": (),
    "site": ("-o", "new"),
    "export": (CODES[0], "-o", "new.ttl"),
}
#: Those that go on until they are ended; a process of its own tries each of them.
ENDLESS = {"watch", "serve"}
#: A demonstration asks no store of ours, and takes as long as all others together.
ASKING = {name: given for name, given in GIVEN.items() if name != "demo"}
BESIDE = ("CURRENT", "manifest.json", "standards.jsonl", "lexicon.jsonl", "usage.jsonl", "search.z")


def test_every_command_is_tried():
    assert {name for name, _ in commands(cli)} == set(GIVEN) | ENDLESS


@pytest.fixture
def run(kps, folder):
    """Runs a command by its name; it may end in any way but by our fault."""

    def run(name):
        result = kps(*name.split(), *GIVEN[name])
        said = result.out + result.err
        assert result.code in (0, 1, 2), said
        assert "our fault" not in said
        assert "Traceback" not in said
        if result.code == 2:
            assert "rror: " in result.err or "failed" in said or "courses.csv: " in said, said
        return result

    return run


def _folder(path):
    path.unlink()
    path.mkdir()


DAMAGE = {
    "absent": lambda path: path.unlink(),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "a folder": _folder,
}


@pytest.mark.parametrize("name", now_and_then(ASKING, 19))
@pytest.mark.parametrize("file", BESIDE)
def test_one_damaged_file_of_a_store_is_no_fault_of_ours(run, folder, made, file, name):
    for harm in DAMAGE.values():
        shutil.rmtree("kps.store")
        shutil.copytree(made / "kps.store", "kps.store")
        (hurt,) = (p for p in Path("kps.store").rglob(file) if p.parent.name != "data")
        harm(hurt)
        run(name)


def contents():
    """Every file below the folder, with what is in it."""
    return {
        str(path): path.read_bytes()
        for path in Path().rglob("*")
        if path.is_file() and path.name not in ("LOCK", "LOG") and not path.name.startswith("LOG.")
    }


@contextmanager
def read_only(folder):
    """A copy of a folder as the place to be, where this process may not write."""
    with tempfile.TemporaryDirectory() as place:
        here = Path(place, "here")
        shutil.copytree(folder, here)
        for path in (Path(place), here, *here.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        root = os.geteuid() == 0  # whom no mode keeps from writing
        with contextlib.chdir(here):
            if root:
                os.seteuid(65534)
            try:
                yield
            finally:
                if root:
                    os.seteuid(0)
        for path in (here, *here.rglob("*")):
            path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of folders")
@pytest.mark.parametrize("name", now_and_then(ASKING, 9))
def test_a_folder_in_which_nothing_may_be_written_is_no_fault_of_ours(run, folder, made, name):
    run(name)  # imports what it needs, from where nobody in particular may not read
    with read_only(made):
        before = contents()
        result = run(name)
        if "-o" in GIVEN[name] or "new.store" in GIVEN[name]:
            assert result.code == 2
        assert contents() == before


@pytest.fixture
def small_files():
    """No file grows beyond a kilobyte for the length of a test."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", now_and_then(ASKING, 9))
def test_a_limit_of_the_size_of_files_is_no_fault_of_ours(run, folder, small_files, name):
    before = contents()
    result = run(name)
    assert not list(Path().rglob(".kps-*"))
    if result.code == 2:
        assert contents().keys() == before.keys()


class Ending:
    """Ends a command, as the signal ``number`` does, at the call of a function that is ``at``."""

    def __init__(self, at, number=signal.SIGTERM):
        self.at, self.number, self.calls, self.within = at, number, 0, False

    def __call__(self, frame, event, arg):
        if frame.f_code is _run.__code__:
            self.within = event == "call"
        elif self.within and event == "call":
            self.calls += 1
            if self.calls == self.at:
                raise Ended(self.number)

    def __enter__(self):
        sys.setprofile(self)
        return self

    def __exit__(self, *error):
        sys.setprofile(None)


@pytest.mark.parametrize("name", now_and_then(ASKING, 9))
def test_a_signal_at_any_moment_leaves_what_was_there_and_nothing_else(kps, run, folder, name):
    run(name)  # imports what it needs
    moments = None
    for part in (None, 0.2, 0.4, 0.6, 0.8, 0.97):
        for path in Path().glob("new*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        with Ending(0 if part is None else int(moments * part)) as ending:
            result = kps(*name.split(), *GIVEN[name])
        if part is None:
            moments = ending.calls
            continue
        assert result.code in (128 + signal.SIGTERM, 0, 1), (part, result.err)
        assert "Traceback" not in result.out + result.err
        assert not list(Path().rglob(".kps-*"))
    assert kps("store", "check").code == 0
