"""docs/questions.md: each command runs on the examples, and prints what the page shows."""

from __future__ import annotations

import re
import shutil

from tests.support.command import typed
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text("utf-8")


def shown():
    """The commands of the page in order, each with the lines shown of its output."""
    for block in re.findall(r"```\n(\$ .*?)```", PAGE, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *lines = part.rstrip().split("\n")
            yield command, [" ".join(line.split()) for line in lines if line.strip() != "…"]


def test_every_command_runs_and_prints_what_is_shown(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    found = list(shown())
    assert len(found) > 15
    for command, lines in found:
        done = typed(command, tmp_path, KPS_LANG="zh-Hant")
        assert done.code == 0, f"{command}: {done.err}"
        assert done.out.strip(), command
        printed = [" ".join(line.split()) for line in done.out.splitlines()]
        for line in lines:
            assert line in printed, f"{command} does not print {line!r}"


def test_the_python_of_the_page_runs(example_store, tmp_path, monkeypatch):
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    shutil.copytree(example_store, tmp_path / "kps.store")
    monkeypatch.chdir(tmp_path)
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
