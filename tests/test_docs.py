"""The README's commands run, in its order, as a new user types them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def commands():
    text = (ROOT / "README.md").read_text("utf-8")
    lines = [line.strip() for block in re.findall(r"```\n(.*?)```", text, re.S)
             for line in block.splitlines()]
    return [line.split("#")[0].strip().removeprefix("uv run ") for line in lines
            if line.startswith("uv run kps-graph")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A folder with the examples, as the reader of the README stands in."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def test_the_readme_has_commands():
    assert len(commands()) > 5


def test_every_command_of_the_readme_runs_and_prints_something(checkout):
    for command in commands():
        name, *args = command.split()
        done = subprocess.run([str(Path(sys.executable).with_name(name)), *args], cwd=checkout,
                              capture_output=True, text=True, check=False)
        # findings below a violation are no failure; nothing in the README fails
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.strip(), command


def test_the_python_of_the_readme_runs(checkout, monkeypatch):
    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.S)
    monkeypatch.chdir(checkout)
    exec(compile(block, "README.md", "exec"), {})


def test_what_the_readme_shows_of_a_finding_is_what_is_printed(checkout):
    text = (ROOT / "README.md").read_text("utf-8")
    (shown,) = [b for b in re.findall(r"```\n(.*?)```", text, re.S) if "R07 K24" in b]
    done = subprocess.run(
        [str(Path(sys.executable).with_name("kps-graph")), "validate", "--lang", "zh",
         "examples/KPS1420-001v2.md"], cwd=checkout, capture_output=True, text=True, check=True)
    assert shown in done.stdout


def test_links_of_the_readme_lead_somewhere():
    text = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target
