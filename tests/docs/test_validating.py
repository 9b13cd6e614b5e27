"""Every command of docs/validating.md runs, and prints what the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kps_graph.formats import ReportFormat
from tests.support.checks import seed_docx, seed_odt
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "validating.md").read_text("utf-8")


def commands():
    """Every command of the page, with the lines that it shows of the output."""
    for block in re.findall(r"```\n(.*?)```", PAGE, re.S):
        if block.startswith("$ "):
            command, *lines = block[2:].rstrip().split("\n")
            yield command, [line for line in lines if line != "…"]
        else:
            yield from ((line, []) for line in block.rstrip().split("\n"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory, examples, office):
    """What an author has: drafts in Word and ODT, a folder of them, and the examples."""
    made = tmp_path_factory.mktemp("author")
    (made / "draft.docx").write_bytes(seed_docx(examples))
    (made / "draft.odt").write_bytes(seed_odt(examples))
    shutil.copytree(examples, made / "examples")
    (made / "drafts").mkdir()
    shutil.copy(made / "draft.odt", made / "drafts")
    return made


@pytest.mark.parametrize(("command", "lines"), list(commands()))
def test_a_documented_command_does_what_the_page_says(folder, command, lines):
    program, *args = command.split()
    args = [a.strip("'") for a in args]
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KPS_LANG": "zh-Hant"},
    )
    # the examples have faults on purpose, at which --fail-on warning fails
    assert done.returncode == ("--fail-on" in args), done.stderr
    for option in ("-o", "--annotate"):
        if option in args:
            assert (folder / args[args.index(option) + 1]).stat().st_size > 500
    printed = iter(done.stdout.splitlines())
    for line in lines:
        assert line in printed, f"{command} does not print {line!r} here"


def test_the_page_has_every_format_with_its_ending():
    for format in ReportFormat:
        assert f"| `{format}` | `{format.extension}` |" in PAGE
