"""Every command of docs/validating.md runs, and prints what the page shows."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from kps_graph.formats import ReportFormat
from tests.support.checks import seed_docx, seed_odt
from tests.support.command import typed
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
    args = shlex.split(command)
    done = typed(command, folder, KPS_LANG="zh-Hant")
    # the examples have faults on purpose, at which --fail-on warning fails
    assert done.code == ("--fail-on" in args), done.err
    for option in ("-o", "--annotate"):
        if option in args:
            assert (folder / args[args.index(option) + 1]).stat().st_size > 500
    printed = iter(done.out.splitlines())
    for line in lines:
        assert line in printed, f"{command} does not print {line!r} here"


def test_the_page_has_every_format_with_its_ending():
    for format in ReportFormat:
        assert f"| `{format}` | `{format.extension}` |" in PAGE
