"""The commands of both READMEs run, in their order, as a new user types them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT


@pytest.fixture(scope="module", params=["README.md", "README.zh-Hant.md"])
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


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, readme):
    """A folder with the examples, as the reader of the README stands in."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.fixture(scope="module")
def walked(checkout, readme):
    """The folder after every command of the README, and what each of them came to."""
    done = {}
    for command in commands(readme):
        name, *args = command.split()
        done[command] = subprocess.run(
            [str(Path(sys.executable).with_name(name)), *args],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
        )
    return checkout, done


def test_every_command_of_the_readme_runs_and_says_something(walked):
    _, done = walked
    assert len(done) > 10
    for command, result in done.items():
        # findings below a violation are no failure; nothing in the README fails
        assert result.returncode == 0, f"{command}: {result.stderr}"
        assert (result.stdout + result.stderr).strip(), command


def test_the_python_of_the_readme_runs(walked, monkeypatch):
    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.S)
    monkeypatch.chdir(walked[0])
    exec(compile(block, "README.md", "exec"), {})


def shown(text):
    """The commands that a README shows with their output: (command, lines); … stands for more."""
    for block in re.findall(r"```\n(\$ .*?)```", text, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *lines = part.rstrip().split("\n")
            yield command, [" ".join(line.split()) for line in lines if line.strip() != "…"]


def test_what_the_readme_shows_of_a_command_is_what_it_prints(checkout, readme):
    assert list(shown(readme))
    for command, lines in shown(readme):
        name, *args = command.split()
        where = checkout / "shown"
        if not where.exists():
            shutil.copytree(ROOT / "examples", where / "examples")
        done = subprocess.run(
            [str(Path(sys.executable).with_name(name)), *args],
            cwd=where,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "KPS_LANG": "zh-Hant"},
        )
        printed = iter([" ".join(line.split()) for line in done.stdout.splitlines()])
        for line in filter(None, lines):
            assert line in printed, f"{command} does not print {line!r} here"


def test_links_of_the_readme_lead_somewhere(readme):
    for target in re.findall(r"\]\(([^)#]+)", readme):
        assert (ROOT / target).exists(), target
