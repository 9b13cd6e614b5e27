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
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{ids(path)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_exception_is_caught_without_saying_which(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{ids(path)}:{node.lineno}"


def test_the_command_line_shows_text_through_its_one_guard():
    """What a document says reaches a terminal through cli/terminal alone, where it is made text."""
    for path in (PACKAGE / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if path.name != "terminal.py" and isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {
                    "click.echo",
                    "click.secho",
                    "click.style",
                    "print",
                    "Console",
                }


# -- the tests

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
#: Of what is no package: the house itself, the pages, the vocabulary.
BESIDE = {"architecture", "docs", "ontology"}


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_a_test_stands_where_what_it_tests_stands(path):
    folder = path.parent.relative_to(ROOT / "tests")
    if folder == Path():
        module = path.name.removeprefix("test_")
        assert module == "face.py" or (PACKAGE / module).exists()
    else:
        assert folder.name in BESIDE or (PACKAGE / folder).is_dir()


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_no_test_replaces_what_is_private(path):
    """What only a test has to choose is a parameter."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in ("setattr", "delattr", "getattr", "object"):
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                names = [t.rsplit(".", 1)[-1] for t in texts if isinstance(t, str)]
                assert not [n for n in names if n.startswith("_") and not n.endswith("__")]
