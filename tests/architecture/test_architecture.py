"""The house: imports run one way without circles, each library has one home, modules stay small."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import kps_graph

PACKAGE = Path(kps_graph.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


def imported(path):
    """The top-level names of what a module imports, type checking included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def ids(path):
    return path.relative_to(PACKAGE).as_posix()


def test_imports_run_one_way_without_circles_and_libraries_stay_at_home(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_logo=True) == 0, capsys.readouterr().out


def test_every_library_has_a_home():
    protected = {m for c in CONTRACTS["contracts"] for m in c.get("protected_modules", ())}
    homes = {module for module in protected if not module.startswith("kps_graph.")}
    used = {name for path in MODULES for name in imported(path)}
    assert used - set(sys.stdlib_module_names) - {"kps_graph"} == homes


def test_the_ground_floor_uses_the_standard_library_only():
    for path in PACKAGE.glob("*.py"):
        assert set(imported(path)) <= {*sys.stdlib_module_names, "kps_graph"}, ids(path)


def test_the_house_has_at_most_thirteen_modules_at_its_top():
    assert len(list(PACKAGE.glob("[a-z]*.py"))) <= 13


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_a_module_is_not_over_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_function_is_over_60_lines(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{ids(path)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_exception_is_caught_without_saying_which(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{ids(path)}:{node.lineno}"
