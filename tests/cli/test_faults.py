"""No fault of a disk, a file or an environment is called ours: every command over every fault."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CODES
from tests.support.command import invoke
from tests.support.project import ROOT
from tests.support.sweeps import now_and_then

NINES = "9" * 6000
#: What reads a store, each with arguments with which it would succeed; the other questions ask as
#: `shared` does.
READING = [
    ["sources"],
    ["query", "overview"],
    ["trace", "K1", "--standard", CODES[0]],
    ["shared"],
    ["compare", *CODES],
    ["draw", "map", "-o", "out.svg"],
    ["draw", CODES[0], "-o", "out.html"],
    ["export", "store", "-o", "out.nq"],
    ["export", CODES[0], "-o", "out.ttl"],
    ["courses", "courses.csv", "--standard", CODES[0]],
    ["validate", "a.json", "--store", "kps.store"],
    ["align", "stats"],
    ["align", "clusters"],
    ["align", "export"],
    ["align", "apply"],
    ["align", "explain", "甲", "乙"],
    ["align", "review", "--decisions", "made.tsv"],
    ["align", "import", "decisions.tsv", "--decisions", "made.tsv"],
    ["build", "a.json"],
    ["findings"],
    ["versions", CODES[0]],
    ["changes"],
    ["search", "甲"],
    ["slices"],
    ["nearest", CODES[0]],
    ["gap", *CODES],
    ["path", *CODES],
    ["compare", "a.json", CODES[1]],
    ["diff", *CODES],
    ["store", "stats"],
    ["store", "check"],
    ["store", "graphs"],
    ["store", "compact"],
    ["store", "migrate"],
    ["store", "backup", "copy"],
    ["site", "-o", "site"],
    ["course", "check", "courses.csv", "--in", CODES[0]],
    ["course", "add", "courses.csv", "--in", CODES[0]],
    ["course", "remove", "courses"],
    ["course", "watch", "courses.csv"],
    ["course", "prepares", "courses.csv", "--in", CODES[0]],
    ["course", "suggest", CODES[0]],
    ["course", "template", CODES[0], "-o", "out.xlsx"],
    ["course", "report", "courses.csv", "--in", CODES[0], "-o", "out.docx"],
    ["course", "export", "courses.csv", "--in", CODES[0], "-f", "edx", "-o", "out.csv"],
    ["course", "migrate", "courses.xlsx", "--in", CODES[0], "--to", CODES[1]],
]
#: What reads documents or nothing.
OTHERS = [
    ["parse", "a.json"],
    ["validate", "a.json"],
    ["review", "a.json"],
    ["rules"],
    ["rules", "R01"],
    ["queries"],
    ["queries", "overview"],
    ["courses", "courses.csv", "--standard", "a.json"],
    ["align", "judge", "pairs.tsv"],
    ["diff", "a.json", "b.json"],
    ["course", "check", "courses.csv", "--in", "a.json"],
    ["course", "suggest", "a.json"],
    ["course", "report", "courses.csv", "--in", "a.json", "--fields"],
    ["--help"],
    ["validate", "--help"],
    ["--version"],
]
#: What writes a file, its name last.
WRITING = [
    ["parse", "a.json", "-o"],
    ["validate", "a.json", "-f", "html", "-o"],
    ["validate", "a.json", "-f", "xlsx", "-o"],
    ["validate", "a.json", "--baseline", "known.json", "--update-baseline", "-o"],
    ["review", "a.json", "-f", "html", "-o"],
    ["courses", "courses.csv", "--standard", "a.json", "-o"],
    ["export", CODES[0], "-o"],
    ["export", "store", "-o"],
    ["draw", CODES[0], "-o"],
    ["draw", "map", "-o"],
    ["align", "export", "-o"],
    ["align", "clusters", "-o"],
    ["build", "a.json", "--store"],
    ["diff", "a.json", "b.json", "-o"],
    ["review", "a.json", "-f", "docx", "-o"],
    ["course", "check", "courses.csv", "--in", "a.json", "-o"],
    ["course", "check", "courses.csv", "--in", "a.json", "--matrix"],
    ["course", "check", "courses.xlsx", "--in", "a.json", "--annotate"],
    ["course", "report", "courses.csv", "--in", "a.json", "-o"],
    ["course", "report", "courses.csv", "--in", "a.json", "--map"],
    ["course", "template", CODES[0], "-o"],
    ["course", "suggest", CODES[0], "-o"],
    ["course", "export", "courses.csv", "--in", "a.json", "-f", "edx", "-o"],
    ["course", "migrate", "courses.xlsx", "--in", CODES[0], "--to", CODES[1], "-o"],
    ["site", "-o"],
    ["store", "backup"],
]
#: Those that write a folder.
FOLDERS = ("build", "site", "store")


def shown(command):
    return " ".join(command)


def blameless(result):
    """Whether it ended as it may: clean, with findings, or with what is wrong and what to do."""
    assert result.code in (0, 1, 2), result.err
    assert "our fault" not in result.err
    assert "Traceback" not in result.err
    if result.code == 2:
        # by click, by us, or of one source or table
        assert "rror: " in result.err or "failed" in result.out or "courses.csv: " in result.err


# -- the store -----------------------------------------------------------------------------------


def _sides(store):
    return [p for p in store.rglob("*") if p.suffix in (".json", ".jsonl")]


def _overwrite(content):
    def damage(store):
        for path in _sides(store):
            path.write_bytes(content)

    return damage


def _halve(store):
    for path in store.rglob("*"):
        if path.is_file():
            os.truncate(path, path.stat().st_size // 2)


def _folders(store):
    for path in (*_sides(store), store / "CURRENT"):
        path.unlink()
        path.mkdir()


STORE = {
    "vanished": shutil.rmtree,
    "emptied": lambda store: [shutil.rmtree(store), store.mkdir()],
    "a file": lambda store: [shutil.rmtree(store), store.write_text("x")],
    "no generation": lambda store: shutil.rmtree(store / "g000001"),
    "no data": lambda store: shutil.rmtree(store / "g000001" / "data"),
    "CURRENT missing": lambda store: (store / "CURRENT").unlink(),
    "CURRENT binary": lambda store: (store / "CURRENT").write_bytes(bytes(range(256))),
    "CURRENT long": lambda store: (store / "CURRENT").write_text("g" + NINES),
    "CURRENT elsewhere": lambda store: (store / "CURRENT").write_text("../..\n"),
    "beside empty": _overwrite(b""),
    "beside binary": _overwrite(bytes(range(256))),
    "beside a list": _overwrite(b"[]"),
    "beside a number": _overwrite(b'{"format": ' + NINES.encode() + b"}\n"),
    "beside deep": _overwrite(b"[" * 100_000),
    "half of all": _halve,
    "folders": _folders,
}


@pytest.mark.parametrize("fault", STORE)
@pytest.mark.parametrize("command", now_and_then(READING, 4), ids=shown)
def test_a_damaged_store_is_no_fault_of_ours(kps, folder, command, fault):
    STORE[fault](folder / "kps.store")
    blameless(kps(*command))


# -- the disk ------------------------------------------------------------------------------------

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")


@needs_full
@pytest.mark.parametrize("command", READING + OTHERS, ids=shown)
def test_a_full_standard_output_is_no_fault_of_ours(capsys, folder, monkeypatch, command):
    monkeypatch.setenv("KPS_LANG", "en")
    with io.TextIOWrapper(FULL.open("wb", buffering=0), write_through=True) as full:
        monkeypatch.setattr(sys, "stdout", full)
        result = invoke(capsys, monkeypatch, *command)
    blameless(result)


@needs_full
@pytest.mark.parametrize("command", WRITING, ids=shown)
def test_a_full_disk_is_no_fault_of_ours(kps, folder, command):
    ending = _ending(command)
    (folder / f"full{ending}").symlink_to(FULL)
    result = kps(*command, f"full{ending}")
    assert result.code == 2
    blameless(result)


def _ending(command):
    """The ending of a name for what the command writes."""
    if command[0] == "export":
        return ".nq" if command[1] == "store" else ".ttl"
    if command[0] == "course":
        kinds = {"--map": ".svg", "report": ".docx", "export": ".csv"}
        return kinds.get(command[-1]) or kinds.get(command[1], ".xlsx")
    return {"draw": ".svg", "courses": ".xlsx", "diff": ".html"}.get(command[0], "")


PLACES = ["none/out", "a.json/out", "folder", "x" * 300, "/proc/out", "\udcff/out"]


@pytest.mark.parametrize("place", PLACES, ids=lambda p: repr(p)[:20])
@pytest.mark.parametrize("command", now_and_then(WRITING, 4), ids=shown)
def test_a_place_that_cannot_be_written_is_named(kps, folder, command, place):
    ending = _ending(command)
    (folder / f"folder{ending}").mkdir()
    (folder / f"folder{ending}" / "x").touch()
    result = kps(*command, f"{place}{ending}")
    blameless(result)
    # a folder that holds other things keeps them
    new = ("none/out", "\udcff/out", *(["folder"] if command[0] == "site" else ()))
    assert result.code == 2 or (command[0] in FOLDERS and place in new)
    assert (folder / f"folder{ending}" / "x").is_file()
    assert not list(folder.rglob(".kps-*"))


LIMITED = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); from kps_graph.cli import main; main()"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the size of files")
@pytest.mark.parametrize("command", now_and_then(WRITING[1:12:3] + WRITING[-1:], 5), ids=shown)
def test_a_limit_of_the_size_of_files_is_no_fault_of_ours(folder, command):
    name = f"out{_ending(command)}"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *command, name],
        env={**os.environ, "KPS_LANG": "en", "KPS_STORE": "kps.store"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    assert "our fault" not in done.stderr
    assert not list(folder.rglob(".kps-*"))
    assert not (folder / name).exists() or done.returncode != 2


# -- what people give besides documents -------------------------------------------------------------

GIVEN = {
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "half a character": "課程,代碼\n".encode()[:-3],
    "UTF-16 without its mark": "課程,代碼\n課,K01\n".encode("utf-16-le"),
    "deep JSON": b"[" * 200_000,
    "deep JSON object": b'{"a":' * 100_000,
    "deep TOML": b"a = " + b"[" * 50_000,
    "a number": NINES.encode(),
    "JSON numbers": b'{"format": %b, "name": "x", "level": %b, "K01": {"code": %b}}'
    % ((NINES.encode(),) * 3),
    "codes": f"課程,代碼\n課,K{NINES} P{NINES}.1.1 T1.{NINES} P1.1.1~{NINES} K1-K{NINES}\n".encode(),
    "TOML number": f"profile = {NINES}\n[rules]\nR01 = {NINES}\n".encode(),
    "SSSOM numbers": (
        f"#curie_map:\n#  kps: https://w3id.org/kps-graph/ontology#\nsubject_id\tpredicate_id\tobject_id\t"
        f"confidence\tmapping_date\nkps:a\tskos:exactMatch\tkps:b\t{NINES}\t{NINES}-01-01\n"
    ).encode(),
    "one line": b"x" * 300_000,
    "quotes": b'"' * 9_999,
    "nuls": b"\0" * 500,
    "a workbook of another encoding": (ROOT / "tests/cases/robustness/encoding.xlsx").read_bytes(),
    "half a workbook": (ROOT / "tests/cases/robustness/encoding.xlsx").read_bytes()[:500],
    "query": f"SELECT * {{ ?s ?p {NINES} FILTER(?o < {NINES}) }} LIMIT {NINES}".encode(),
    "deep query": b"SELECT * {" * 20_000,
}
TAKING = [
    ["courses", "{}", "--standard", "a.json"],
    ["courses", "{}.csv", "--standard", "a.json"],
    ["courses", "{}.xlsx", "--standard", "a.json"],
    ["validate", "a.json", "--profile", "{}.toml"],
    ["validate", "a.json", "--baseline", "{}"],
    ["align", "judge", "{}"],
    ["align", "apply", "--decisions", "{}"],
    ["align", "import", "{}", "--decisions", "made.tsv"],
    ["align", "review", "--decisions", "{}"],
    ["query", "{}.rq"],
    *(
        ["parse", f"{{}}.{ending}"]
        for ending in ("json", "yaml", "md", "html", "docx", "odt", "pdf", "txt")
    ),
    ["trace", "K1", "--standard", "{}"],
    ["build", "{}.json", "--store", "new"],
]


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("command", now_and_then(TAKING, 4), ids=shown)
def test_no_file_of_a_person_is_a_fault_of_ours(kps, folder, command, given):
    for name in (
        "x",
        *(
            f"x.{e}"
            for e in [
                "csv",
                "xlsx",
                "toml",
                "rq",
                "json",
                "yaml",
                "md",
                "html",
                "docx",
                "odt",
                "pdf",
                "txt",
            ]
        ),
    ):
        (folder / name).write_bytes(GIVEN[given])
    blameless(kps(*(part.format("x") for part in command)))


def _long(text):
    """``text`` with one number after the other made too long."""
    for match in list(re.finditer(r"\d+", text))[:120:3]:
        yield text[: match.start()] + NINES + text[match.end() :]


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["KPS1420-001v2.md", "ZZZ4323-901v2.yaml"])
def test_a_number_of_six_thousand_digits_anywhere_is_no_fault_of_ours(
    kps, tmp_path, examples, name
):
    """In this process, where what would end a worker is raised."""
    text = (examples / name).read_text("utf-8")
    numbers = list(re.finditer(r"\d+", text))
    for n, match in enumerate((*numbers[:16], *numbers[40:80:5], *numbers[-4:])):
        longer = text[: match.start()] + NINES + text[match.end() :]
        (tmp_path / f"{n}-{name}").write_text(longer, "utf-8")
    blameless(kps("validate", tmp_path))


ARGUMENTS = [
    ["trace", f"K{NINES}", "--standard", CODES[0]],
    ["trace", f"P{NINES}.1.1", "--standard", CODES[0]],
    ["trace", "K1", "--standard", NINES],
    ["rules", NINES],
    ["rules", f"R{NINES}"],
    ["shared", "--min", NINES],
    ["shared", "--limit", NINES],
    ["nearest", CODES[0], "--top", NINES],
    ["pairs", "--min", NINES],
    ["parse", "a.json", "--timeout", NINES],
    ["parse", "a.json", "--memory", NINES],
    ["validate", "a.json", "--timeout", "nan"],
    ["validate", "a.json", "--timeout", "inf"],
    ["build", "a.json", "--jobs", NINES, "--store", "new"],
    ["query", "shared", "-p", f"min_occupations={NINES}"],
    ["query", "overview", "--limit", NINES],
    ["query", f"SELECT * {{ ?s ?p ?o }} LIMIT {NINES}"],
    ["compare", NINES, NINES],
    ["parse", "a.json", "--base", NINES],
    ["parse", "a.json", "-f", "turtle", "--base", 'http://x/ <>"'],
    ["build", "a.json", "--base", "x y", "--store", "new"],
    ["align", "explain", NINES[:500], f"基礎{NINES[:500]}"],
    ["align", "explain", "", ""],
    ["parse", "x" * 5000],
    ["trace", "", "--standard", ""],
    ["nearest", ""],
    ["query", ""],
    ["draw", "", "-o", ""],
    ["draw", "competency", NINES, "-o", "x.svg"],
    ["draw", "overlap", "", "-o", "x.svg"],
]


@pytest.mark.parametrize("command", ARGUMENTS, ids=lambda c: shown(c)[:40])
def test_no_argument_is_a_fault_of_ours(kps, folder, command):
    blameless(kps(*command))


# -- the environment ----------------------------------------------------------------------------------

ENVIRONMENT = [
    {"LANG": "xx_YY.nonsense", "LC_ALL": "tlh"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "zh_TW.big5", "PYTHONUTF8": "0", "PYTHONIOENCODING": "big5"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONIOENCODING": "cp950:strict"},
    {"KPS_LANG": "\udcff"},
    {"KPS_WORKERS": "many"},
    {"KPS_STORE": "\udcff"},
    {"COLUMNS": "0"},
    {"COLUMNS": "many", "LINES": "-1"},
    {"TMPDIR": "/proc/none"},
    {"HOME": "/proc/none", "TERM": "nonsense", "NO_COLOR": ""},
]


@pytest.mark.skipif(sys.platform == "win32", reason="what Windows has of these is in test_windows")
@pytest.mark.parametrize("environment", now_and_then(ENVIRONMENT, 5), ids=repr)
def test_no_environment_is_a_fault_of_ours(folder, environment):
    done = subprocess.run(
        [sys.executable, "-m", "kps_graph", "shared"],
        env={**os.environ, "KPS_STORE": "kps.store", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    assert done.stdout.decode("utf-8") or done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_folder_that_is_gone_is_no_fault_of_ours(folder):
    script = (
        "import os, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); "
        "from kps_graph.cli import main; main()"
    )
    for command in (["validate", "."], ["build", ".", "--store", "s"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command],
            env={**os.environ, "PYTHONPATH": str(ROOT), "KPS_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
