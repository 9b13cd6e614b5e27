"""The commands and the Python of docs/sharing.md run, in its order, as a reader types them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kps_graph.align import Decision, Label, write_decisions
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "sharing.md").read_text("utf-8")
COMMANDS = [
    line.removeprefix("$ ").split("#")[0].split()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ kps-graph")
]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Every command of the page with what it came to; a review is answered with one key."""
    folder = tmp_path_factory.mktemp("sharing")
    shutil.copytree(ROOT / "examples", folder / "examples")
    theirs = [Decision("K", "風險管理", "K", "風險管理概念", Label.SAME, "林")]
    (folder / "theirs.sssom.tsv").write_text(write_decisions(theirs), "utf-8")
    return [
        (
            " ".join(command),
            subprocess.run(
                [str(Path(sys.executable).with_name(command[0])), *command[1:]],
                cwd=folder,
                input="s",
                capture_output=True,
                text=True,
                check=False,
            ),
        )
        for command in COMMANDS
    ]


def test_every_command_of_the_page_runs_and_prints_something(done):
    assert len(done) > 8
    for command, result in done:
        assert result.returncode == 0, f"{command}: {result.stderr}"
        assert result.stdout.strip(), command


def test_what_was_decided_on_the_page_is_applied(done):
    applied = next(result for command, result in done if "align apply" in command)
    assert "2 則" in applied.stdout or "2 decisions" in applied.stdout


def test_the_python_of_the_page_prints_what_it_says(capsys):
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(block, "sharing.md", "exec"), {})
    shown = capsys.readouterr().out
    for said in re.findall(r"# (\S+)$", block, re.MULTILINE):
        assert said in shown


def test_links_of_the_page_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).exists(), target


def test_every_number_of_the_model_is_explained():
    from kps_graph.align.features import FEATURES

    for feature in FEATURES:
        assert f"`{feature}`" in PAGE
