"""docs/questions.md: each command runs on the examples, and prints what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text("utf-8")
KPS = Path(sys.executable).with_name("kps-graph")


def shown():
    """The commands of the page in order, each with the lines shown of its output."""
    for block in re.findall(r"```\n(\$ .*?)```", PAGE, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *lines = part.rstrip().split("\n")
            yield command, [" ".join(line.split()) for line in lines if line.strip() != "…"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the examples, as the reader of the page stands in."""
    made = tmp_path_factory.mktemp("questions")
    shutil.copytree(ROOT / "examples", made / "examples")
    return made


def test_every_command_runs_and_prints_what_is_shown(folder):
    found = list(shown())
    assert len(found) > 15
    for command, lines in found:
        done = subprocess.run(
            [str(KPS), *shlex.split(command)[1:]],
            cwd=folder,
            text=True,
            capture_output=True,
            check=False,
            env={**os.environ, "KPS_LANG": "zh-Hant"},
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.strip(), command
        printed = [" ".join(line.split()) for line in done.stdout.splitlines()]
        for line in lines:
            assert line in printed, f"{command} does not print {line!r}"


def test_the_python_of_the_page_runs(folder, monkeypatch):
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    subprocess.run([str(KPS), "build", "examples"], cwd=folder, capture_output=True, check=True)
    monkeypatch.chdir(folder)
    exec(compile(block, "questions.md", "exec"), {})


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).exists(), target


def test_every_query_that_is_named_is_in_the_library():
    from kps_graph.queries import library as queries

    named = {
        name
        for line in re.findall(r"^SPARQL: (.*)$", PAGE, re.M)
        for name in re.findall(r"`([a-z-]+)`", line)
    }
    assert named
    assert named <= set(queries.library())
