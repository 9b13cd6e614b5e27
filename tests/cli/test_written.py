"""Every option that names a file to write obeys one set of rules, whichever command has it.

The commands are asked for their options, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import click
import pytest

from kps_graph.cli import cli, main
from tests.cli.conftest import CODES
from tests.support.commands import commands
from tests.support.project import ROOT
from tests.support.sweeps import now_and_then

SEED = str(ROOT / "examples" / "KPS1420-001v2.md")
COURSES = ("courses.csv", "--in", "a.json")
#: By command and option, what writes a file whose name ends so; the name is put last.
WRITING = {
    "parse --output": (("parse", "a.json", "-o"), ".json"),
    "validate --output": (("validate", "a.json", "-o"), ".html"),
    "validate --annotate": (("validate", "draft.docx", "--annotate"), ".docx"),
    "validate --write-baseline": (("validate", "a.json", "--write-baseline"), ".json"),
    "review --output": (("review", "a.json", "-f", "markdown", "-o"), ".md"),
    "findings --output": (("findings", "-o"), ".csv"),
    "query --output": (("query", "overview", "-o"), ".csv"),
    "trace --output": (("trace", "K1", "--standard", CODES[0], "-o"), ".csv"),
    "changes --output": (("changes", "-f", "jsonl", "-o"), ".jsonl"),
    "diff --output": (("diff", *CODES, "-o"), ".html"),
    "courses --output": (("courses", "courses.csv", "--standard", "a.json", "-o"), ".xlsx"),
    "course check --output": (("course", "check", *COURSES, "-o"), ".html"),
    "course check --annotate": (
        ("course", "check", "courses.xlsx", "--in", SEED, "--annotate"),
        ".xlsx",
    ),
    "course check --matrix": (("course", "check", *COURSES, "--matrix"), ".xlsx"),
    "course export --output": (("course", "export", *COURSES, "-f", "edx", "-o"), ".csv"),
    "course migrate --output": (
        ("course", "migrate", "courses.xlsx", "--in", CODES[0], "--to", CODES[1], "-o"),
        ".xlsx",
    ),
    "course report --output": (("course", "report", *COURSES, "-o"), ".docx"),
    "course report --map": (("course", "report", *COURSES, "--map"), ".svg"),
    "course tables --output": (("course", "tables", *COURSES, "-o"), ".odt"),
    "course tables --map": (("course", "tables", *COURSES, "--map"), ".svg"),
    "course suggest --output": (("course", "suggest", CODES[0], "-o"), ".xlsx"),
    "course template --output": (("course", "template", CODES[0], "-o"), ".xlsx"),
    "align clusters --output": (("align", "clusters", "-o"), ".csv"),
    "align export --output": (("align", "export", "-o"), ".tsv"),
    "draw --output": (("draw", CODES[0], "-o"), ".svg"),
    "export --output": (("export", CODES[0], "-o"), ".ttl"),
}
#: Those that read what they name, or keep a file up to date that they read first.
READING = {
    "validate --baseline",
    "build --decisions",
    "versions --decisions",
    "changes --decisions",
    "align apply --decisions",
    "align import --decisions",
    "align review --decisions",
}


def naming_files():
    """Every option whose value is the name of a file that need not be there."""
    return {
        f"{name} {option.opts[0]}"
        for name, command in commands(cli)
        for option in command.params
        if isinstance(option, click.Option)
        and isinstance(option.type, click.Path)
        and option.type.file_okay
        and not option.type.exists
        and not option.type.dir_okay
    }


def test_every_option_that_names_a_file_is_known_to_write_or_to_read():
    assert naming_files() == set(WRITING) | READING


def write(kps, option, name):
    command, ending = WRITING[option]
    result = kps(*command, f"{name}{ending}")
    assert result.code in (0, 1), result.err
    return Path(f"{name}{ending}")


OPTIONS = now_and_then(WRITING, 5)


@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_written_follows_a_link_and_keeps_the_mode(kps, folder, option):
    ending = WRITING[option][1]
    Path("there").mkdir()
    old = Path(f"there/old{ending}")
    old.touch()
    old.chmod(0o640)
    Path(f"link{ending}").symlink_to(old)
    link = write(kps, option, "link")
    assert link.is_symlink()
    assert old.stat().st_size > 0
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert list(Path("there").iterdir()) == [old]
    assert not list(Path().glob(".kps-*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no pipes with a name")
@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_written_goes_through_a_pipe(kps, folder, option):
    pipe = Path(f"pipe{WRITING[option][1]}")
    os.mkfifo(pipe)
    seen = []
    reader = threading.Thread(target=lambda: seen.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write(kps, option, "pipe")
    reader.join(timeout=60)
    assert seen[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("option", OPTIONS)
def test_a_full_disk_or_a_folder_that_is_none_ends_with_what_to_do(kps, folder, option):
    command, ending = WRITING[option]
    Path(f"full{ending}").symlink_to("/dev/full")
    for name in (f"full{ending}", f"none/out{ending}"):
        result = kps(*command, name)
        assert result.code == 2, result.err
        assert "our fault" not in result.err
        assert "rror: " in result.err
    assert not list(Path().rglob(".kps-*"))


@pytest.mark.parametrize("option", OPTIONS)
def test_a_dash_is_standard_output_for_o_and_no_file_for_any_other(
    capsysbinary, monkeypatch, folder, option
):
    monkeypatch.setenv("KPS_LANG", "en")
    before = {p.name for p in Path().iterdir()}
    with pytest.raises(SystemExit) as ended:
        main([*WRITING[option][0], "-"])
    out, err = capsysbinary.readouterr()
    if option.endswith("--output"):
        assert ended.value.code in (0, 1), err.decode()
        assert out
    else:
        assert ended.value.code == 2
        assert b"takes the name of a file; only -o can be -" in err
        assert not out
    assert {p.name for p in Path().iterdir()} == before
