"""The house: imports run one way, each library has one home, modules stay small."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import kps_graph

PACKAGE = Path(kps_graph.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: From the ground up; a module may import from its own layer and those below.
LAYERS = (
    {"", "errors", "messages", "document", "model", "report"},
    {"baseline", "formats", "terms", "folding", "resources", "ontology", "saving"},
    {"readers", "extract", "rdf"},
    {"sparql", "parameters", "queries", "store", "shacl", "rules", "profiles", "review"},
    {"align", "networks", "exports", "annotate", "trace", "coverage"},
    {"asking", "graph", "pipeline"},
    {"cli"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

#: Third-party library -> where it may be imported.
HOMES = {
    "pyoxigraph": {"store", "rdf"},
    "rdflib": {"rdf", "shacl", "graph", "cli"},
    "pyshacl": {"shacl"},
    "networkx": {"networks", "exports"},
    "lxml": {"readers", "annotate"},
    "pypdfium2": {"readers"},
    "click": {"cli"},
    "rich": {"cli"},
    "yaml": {"readers", "exports"},
    "jsonschema": {"readers"},
    "xlsxwriter": {"exports"},
    "openpyxl": {"readers"},
    "pandas": {"store"},
    "numpy": {"align", "networks"},
    "scipy": {"align", "networks"},
    "sparse_dot_topn": {"align"},
    "sentence_transformers": {"align"},
}
#: Only these may be imported by the ground floor.
STANDARD = set(sys.stdlib_module_names)


def part(path):
    """The part of the house that a module belongs to: ``extract`` for extract/body.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imports(path):
    """Every module that ``path`` imports, type checking aside."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(n)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for n in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "kps_graph":
                yield from (f"kps_graph.{alias.name}" for alias in node.names)


def ids(path):
    return path.relative_to(PACKAGE).as_posix()


def test_every_part_of_the_house_has_a_layer():
    assert {part(p) for p in MODULES} == set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_never_point_upward(path):
    if part(path) == "":
        return  # the package's face: imports its parts when asked for them
    for name in imports(path):
        if name.startswith("kps_graph."):
            target = name.split(".")[1]
            if target in LEVEL:
                assert LEVEL[target] <= LEVEL[part(path)], f"{ids(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_a_library_is_imported_in_its_home_only(path):
    for name in imports(path):
        top = name.split(".")[0]
        if top == "kps_graph" or top in STANDARD:
            continue
        assert top in HOMES, f"{ids(path)} imports {top}, which has no home"
        assert part(path) in HOMES[top], f"{ids(path)} imports {top}"


def test_the_ground_floor_uses_the_standard_library_only():
    for path in MODULES:
        if part(path) in LAYERS[0] | LAYERS[1]:
            tops = {n.split(".")[0] for n in imports(path)}
            assert tops <= STANDARD | {"kps_graph"}, ids(path)


def test_extraction_and_matching_see_no_rdf_library():
    for path in MODULES:
        if part(path) in ("extract", "align"):
            assert not {n.split(".")[0] for n in imports(path)} & {"rdflib", "pyoxigraph"}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_a_module_is_not_over_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_exception_is_caught_without_saying_which(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{ids(path)}:{node.lineno}"
