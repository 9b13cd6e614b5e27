"""examples/research.py: each cell runs, and shows a table or a picture in a notebook."""

from __future__ import annotations

import ast
import re
import shutil

import pytest

from tests.support.project import ROOT


@pytest.fixture
def folder(example_store, tmp_path, monkeypatch):
    shutil.copytree(example_store, tmp_path / "kps.store")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(cell, names):
    """What a notebook shows of a cell: the value of its last line, if that is an expression."""
    tree = ast.parse(cell)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "research.py", "exec"), names)
    return last and eval(compile(ast.Expression(last.value), "research.py", "eval"), names)


def test_every_cell_shows_a_table_with_rows_or_a_picture(examples, folder):
    text = (examples / "research.py").read_text("utf-8")
    cells = [
        c.partition("\n")[2] for c in text.split("# %%")[1:] if not c.startswith(" [markdown]")
    ]
    assert len(cells) > 15
    names: dict[str, object] = {}
    for cell in cells[:-1]:
        value = shown(cell, names)
        if hasattr(value, "_repr_svg_"):
            assert "<text" in value._repr_svg_(), cell
        else:
            assert value._repr_html_().count("<tr>") > 1, cell
    shown(cells[-1], names)
    assert names["network"].number_of_edges()
    assert "<svg" in (folder / "figure1.svg").read_text("utf-8")
    assert (folder / "table1.csv").read_text("utf-8").startswith("code,3,4,5")


@pytest.mark.parametrize(
    ("guide", "language"), [("researcher.md", 1), ("researcher.zh-Hant.md", 0)]
)
def test_the_notebook_asks_the_ten_questions_of_the_guide(examples, guide, language):
    asked = re.findall(
        r"^# ## (\d+\. \S*？|\d+\. .*？) (.*\?)$",
        (examples / "research.py").read_text("utf-8"),
        re.M,
    )
    page = (ROOT / "docs" / "guide" / guide).read_text("utf-8")
    wanted = re.findall(r"^## \d+\. (.*)$", page, re.M)
    assert len(wanted) == 10
    assert [(chinese.partition(". ")[2], english)[language] for chinese, english in asked] == wanted
