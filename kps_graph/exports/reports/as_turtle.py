"""Turtle: the findings as a W3C validation report (SHACL, section 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kps_graph.exports.reports.checked import Checked
from kps_graph.report import Finding
from kps_graph.shacl.model import Node
from kps_graph.sparql import is_iri
from kps_graph.terms import PREFIXES, SHAPES, standard_iri

__all__ = ["path_in_turtle", "write"]

_TOKEN: Final = re.compile(r"<[^<>\s]*>|[\w.-]*:[\w.-]+|[()/|^*+?]")
_REPEATED: Final = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def write(checked: Checked) -> bytes:
    """One ``sh:ValidationResult`` per finding, with those that it says at once as ``sh:detail``.

    What extraction notices is about the standard as a whole, and is a component of its own
    (``ExtractionConstraintComponent``): the standard requires both of every result.
    """
    conforms = not checked.report.findings and not checked.failed
    results = [_result(f) for f in checked.report.findings]
    lines = [
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        "[] a sh:ValidationReport ;",
    ]
    end = " ;" if results else " ."
    lines.append(f'    sh:conforms "{str(conforms).lower()}"^^xsd:boolean{end}')
    if results:
        lines.append("    sh:result " + " ,\n        ".join(results) + " .")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _result(finding: Finding) -> str:
    focus = finding.focus or (standard_iri(finding.standard) if finding.standard else "")
    shape = finding.shape or f"{SHAPES}{finding.rule}"
    component = finding.component or f"{SHAPES}ExtractionConstraintComponent"
    said = [
        ("focusNode", focus if focus.startswith(('"', "_:")) else _iri(focus)),
        ("resultSeverity", f"sh:{str(finding.severity).capitalize()}"),
        ("sourceConstraintComponent", _iri(component)),
        ("sourceShape", _iri(shape)),
        *((("resultPath", path_in_turtle(finding.path)),) if finding.path else ()),
        *((("value", value),) if (value := _value(finding)) else ()),
        *(("resultMessage", _literal(text, tag)) for tag, text in finding.messages.items()),
    ]
    pairs = [(f"sh:{name}", value) for name, value in said]
    pairs += [("sh:detail", _result(detail)) for detail in finding.details]
    pairs += [(f"<{SHAPES}remedy>", _literal(text, tag)) for tag, text in finding.remedy.items()]
    body = " ;\n            ".join(f"{name} {value}" for name, value in pairs)
    return f"[ a sh:ValidationResult ;\n            {body} ]"


def _value(finding: Finding) -> str:
    return finding.term or (_literal(finding.value, "") if finding.value else "")


def _literal(text: str, tag: str) -> str:
    return Node("literal", text, lang=tag).ntriples()


def _iri(text: str) -> str:
    """An IRI, or the blank node that a shape of a user may be; "" is nothing that has a name."""
    if not text:
        return "[]"
    return f"<{text}>" if is_iri(text) else f"_:{re.sub(r'[^A-Za-z0-9]', '', text)}"


def path_in_turtle(path: str) -> str:
    """A path, an IRI or in the syntax of SPARQL with the usual prefixes, as SHACL states it."""
    whole = "<" not in path and ("://" in path or path.partition(":")[0] not in PREFIXES)
    if whole and is_iri(path):
        return f"<{path}>"
    tokens = iter([*_TOKEN.findall(path), ""])
    return _Path(tokens).alternatives()


class _Path:
    """Reads one path: alternatives of sequences of steps."""

    def __init__(self, tokens: Iterator[str]) -> None:
        self._tokens = tokens
        self._next = next(tokens)

    def _take(self) -> str:
        taken, self._next = self._next, next(self._tokens, "")
        return taken

    def alternatives(self) -> str:
        found = [self._sequence()]
        while self._next == "|":
            self._take()
            found.append(self._sequence())
        return found[0] if len(found) == 1 else f"[ sh:alternativePath ( {' '.join(found)} ) ]"

    def _sequence(self) -> str:
        found = [self._step()]
        while self._next == "/":
            self._take()
            found.append(self._step())
        return found[0] if len(found) == 1 else f"( {' '.join(found)} )"

    def _step(self) -> str:
        if self._next == "^":
            self._take()
            return f"[ sh:inversePath {self._step()} ]"
        token = self._take()
        if token == "(":
            made = self.alternatives()
            self._take()
        else:
            made = _named(token)
        while self._next in _REPEATED:
            made = f"[ sh:{_REPEATED[self._take()]} {made} ]"
        return made


def _named(token: str) -> str:
    if token.startswith("<"):
        return token
    prefix, _, local = token.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if prefix in PREFIXES else f"<{token}>"
