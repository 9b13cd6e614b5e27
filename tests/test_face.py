"""``import kps_graph as kps``: five functions, imported when used, as docs/python.md shows them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import kps_graph as kps
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")


def modules(code):
    """The modules that a fresh interpreter holds after ``code``."""
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_imports_nothing_else():
    assert modules("import kps_graph") - modules("") == {"kps_graph", "kps_graph.version"}


def test_the_face_names_what_there_is():
    for name in kps.__all__:
        assert getattr(kps, name), name


def test_every_block_of_the_page_runs(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "tests" / "cases" / "checking" / "r25-0.docx", tmp_path / "draft.docx")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    assert len(blocks) > 6
    scope = {}
    for block in blocks:
        exec(compile(block, "python.md", "exec"), scope)
    assert "貿易經理" in capsys.readouterr().out
    assert (tmp_path / "draft-checked.docx").stat().st_size > 1000
    assert (tmp_path / "overlap.svg").exists()
