"""SARIF 2.1.0 (OASIS), as code hosts show it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kps_graph.exports.reports.checked import NUMBERS, Checked
from kps_graph.formats import SourceFormat
from kps_graph.printable import json_text
from kps_graph.report import Finding, Severity
from kps_graph.rules.catalogue import Rule
from kps_graph.store import Source
from kps_graph.version import __version__
from kps_graph.words import say

__all__ = ["write"]

_LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT: Final = "%SRCROOT%"
_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def write(checked: Checked) -> bytes:
    """One run; files are named relative to the working directory wherever they lie below it."""
    index = {s.path: i for i, s in enumerate(checked.sources)}
    numbers = sorted({*checked.rules, *(f.rule for f in checked.report.findings)})
    seen: Counter[str] = Counter()
    results = []
    for finding in checked.report.findings:
        print_ = _fingerprint(finding)
        seen[print_] += 1
        results.append(_result(checked, finding, index, numbers, f"{print_}:{seen[print_]}"))
    run = {
        "tool": {
            "driver": {
                "name": "kps-graph",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": "https://w3id.org/kps-graph/ontology",
                "language": checked.lang,
                "rules": [_rule(checked, n) for n in numbers],
            }
        },
        "language": checked.lang,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {
                "description": {"text": say(checked.lang, "the folder in which kps-graph was run")}
            }
        },
        "artifacts": [{"location": _location(s.path), **_kind(s)} for s in checked.sources],
        "invocations": [
            {
                "executionSuccessful": not checked.failed,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": str(s.message)},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {
                                        **_location(s.path),
                                        "index": index[s.path],
                                    }
                                }
                            }
                        ],
                    }
                    for s in checked.failed
                ]
                + [{"level": "note", "message": {"text": text.strip()}} for text in checked.said],
            }
        ],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json_text(log, 1) + "\n").encode()


def _kind(source: Source) -> dict[str, Any]:
    kinds = {str(f): f.media_type for f in SourceFormat}
    return {"mimeType": kinds[source.format]} if source.format in kinds else {}


def _location(path: str) -> dict[str, Any]:
    """A file by its relative URI; by its whole one where it lies elsewhere."""
    file = Path(path)
    if file.is_absolute():
        if not file.is_relative_to(Path.cwd()):
            return {"uri": file.as_uri()}
        file = file.relative_to(Path.cwd())
    return {"uri": quote(file.as_posix()), "uriBaseId": _ROOT}


def _rule(checked: Checked, number: str) -> dict[str, Any]:
    known: Rule | None = checked.rules.get(number)
    title, basis, example = checked.title(number), checked.basis(number), checked.example(number)
    text = "\n".join(filter(None, (f"{number} {title}", basis, example)))
    severity = known.severity if known else Severity.WARNING
    return {
        "id": number,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": text, "markdown": text.replace("\n", "\n\n")},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["職能基準"],
            "problem.severity": {"error": "error", "warning": "warning", "note": "recommendation"}[
                _LEVELS[severity]
            ],
        },
    }


def _result(
    checked: Checked, finding: Finding, index: dict[str, int], numbers: list[str], print_: str
) -> dict[str, Any]:
    span = finding.span
    physical: dict[str, Any] = {
        "artifactLocation": {**_location(span.source), "index": index.get(span.source, -1)}
    }
    if span.line is not None:
        physical["region"] = {"startLine": span.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical := _logical(finding):
        location["logicalLocations"] = [logical]
    code = say(checked.lang, "{code}: ", code=finding.code)
    text = (code if finding.code else "") + checked.message(finding)
    if finding.value and finding.value not in text:
        text += f"「{finding.value}」"
    place = {n: v for n in NUMBERS if (v := getattr(span, n)) is not None}
    about = {
        "standard": finding.standard,
        "code": finding.code,
        "value": finding.value,
        "focus": finding.focus,
        "path": finding.path,
        "shape": finding.shape,
        "remedy": checked.remedy(finding),
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"kpsFinding/v1": print_},
        "properties": {**{k: v for k, v in about.items() if v}, "place": place},
    }


def _logical(finding: Finding) -> dict[str, str] | None:
    """The cell, and the code in it: a document's own addresses, which need no lines."""
    cell = [f"{n} {v}" for n in NUMBERS[1:4] if (v := getattr(finding.span, n)) is not None]
    cell += [finding.span.pointer] if finding.span.pointer else []
    parts = [*filter(None, [finding.standard]), *cell, *filter(None, [finding.code])]
    if not cell and not finding.code:
        return None
    return {
        "name": finding.code or cell[-1],
        "kind": "cell" if cell else "element",
        "fullyQualifiedName": "/".join(parts),
    }


def _fingerprint(finding: Finding) -> str:
    """What stays when text around a finding is added or moved: its file, rule, code and value."""
    parts = (
        Path(finding.span.source).name,
        finding.rule,
        finding.code,
        finding.path,
        finding.value,
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
