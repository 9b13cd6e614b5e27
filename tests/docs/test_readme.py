"""The commands of both READMEs run, in their order, as a new user types them."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.support.command import typed
from tests.support.project import ROOT


@pytest.fixture(params=["README.md", "README.zh-Hant.md"])
def readme(request):
    """The text of one README."""
    return (ROOT / request.param).read_text("utf-8")


def commands(text):
    """Every command of a README, in its order."""
    lines = [
        line.strip()
        for block in re.findall(r"```\n(.*?)```", text, re.S)
        for line in block.splitlines()
    ]
    return [
        line.split("#")[0].strip().removeprefix("uv run ").removeprefix("$ ")
        for line in lines
        if line.startswith(("uv run kps-graph", "$ kps-graph"))
    ]


def shown(text):
    """The commands that a README shows with their output: (command, lines); … stands for more."""
    for block in re.findall(r"```\n(\$ .*?)```", text, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *lines = part.rstrip().split("\n")
            yield command, [" ".join(line.split()) for line in lines if line.strip() != "…"]


def test_every_command_of_the_readme_runs_and_prints_what_is_shown(tmp_path, readme):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert len(commands(readme)) > 10
    printed = {}
    for command in commands(readme):
        done = typed(command, tmp_path, KPS_LANG="zh-Hant")
        # findings below a violation are no failure; nothing in the README fails
        assert done.code == 0, f"{command}: {done.err}"
        assert (done.out + done.err).strip(), command
        printed[command] = [" ".join(line.split()) for line in done.out.splitlines()]
    assert list(shown(readme))
    for command, lines in shown(readme):
        left = iter(printed[command])
        for line in filter(None, lines):
            assert line in left, f"{command} does not print {line!r} here"


def test_the_python_of_the_readme_runs(example_store, tmp_path, monkeypatch):
    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.S)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(example_store, tmp_path / "kps.store")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})


def test_links_of_the_readme_lead_somewhere(readme):
    for target in re.findall(r"\]\(([^)#]+)", readme):
        assert (ROOT / target).exists(), target
