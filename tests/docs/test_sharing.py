"""The commands and the Python of docs/sharing.md run, in its order, as a reader types them."""

from __future__ import annotations

import re
import shutil

from kps_graph.align import Decision, Label, write_decisions
from tests.support.command import typed
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "sharing.md").read_text("utf-8")
COMMANDS = [
    line.removeprefix("$ ").split("#")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ kps-graph")
]


def test_every_command_of_the_page_runs_and_applies_what_was_decided(tmp_path):
    """A review is answered with one key."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    theirs = [Decision("K", "風險管理", "K", "風險管理概念", Label.SAME, "林")]
    (tmp_path / "theirs.sssom.tsv").write_text(write_decisions(theirs), "utf-8")
    assert len(COMMANDS) > 8
    applied = ""
    for command in COMMANDS:
        done = typed(command, tmp_path, stdin="s")
        assert done.code == 0, f"{command}: {done.err}"
        assert done.out.strip(), command
        if "align apply" in command:
            applied = done.out
    assert "2 則" in applied or "2 decisions" in applied


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
