"""The sentences that the source raises errors with, read from it rather than from running it."""

import ast
from pathlib import Path

from kps_graph import errors

RAISED = {*errors.__all__, "Died"}


def sentences(package: Path) -> dict[str, str]:
    """Each sentence and hint, ``{}`` for a value in it, with the module that says it."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            t.id: n.value
            for n in tree.body
            if isinstance(n, (ast.Assign, ast.AnnAssign))
            for t in (n.targets if isinstance(n, ast.Assign) else [n.target])
            if isinstance(t, ast.Name) and n.value is not None
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _name(call.func) in RAISED:
                said = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "hint")]
                for part in said:
                    for text in _texts(part, constants):
                        found.setdefault(text, str(path.relative_to(package)))
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _texts(node: ast.expr, constants) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)]
    if isinstance(node, ast.BinOp):
        return [a + b for a in _texts(node.left, constants) for b in _texts(node.right, constants)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, constants) + _texts(node.orelse, constants)
    if isinstance(node, ast.Name) and node.id in constants:
        return _texts(constants[node.id], constants)
    return ["{}"]
