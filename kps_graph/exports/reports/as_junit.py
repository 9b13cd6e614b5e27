"""JUnit XML, as build servers read it: a suite per file, a case per rule."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from kps_graph.exports.reports.checked import Checked
from kps_graph.printable import printable
from kps_graph.report import Finding
from kps_graph.store import Source

__all__ = ["write"]


def write(checked: Checked) -> bytes:
    """A case fails where the check does: on findings at or above the threshold.

    The other findings of a rule stand in ``system-out`` of its case; a rule that was not applied
    is ``skipped``, a file that cannot be read an ``error``.
    """
    root = ET.Element("testsuites", name="kps-graph validate")
    found = checked.by_source()
    for source in checked.sources:
        _suite(root, checked, source, found.get(source.path, []))
    if checked.said:
        ET.SubElement(root, "system-out").text = printable("\n".join(checked.said))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(s.get(name, "0")) for s in root)))
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode("utf-8", "replace")


def _suite(root: ET.Element, checked: Checked, source: Source, found: list[Finding]) -> None:
    suite = ET.SubElement(root, "testsuite", name=printable(source.path), time="0")
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_rule[finding.rule].append(finding)
    if source.outcome == "failed":
        case = _case(suite, source, checked.title("E16"), "E16")
        ET.SubElement(case, "error", message=printable(str(source.message)), type="unreadable")
    else:
        # rules of extraction are about what was noticed; those of a standard pass or fail
        off = checked.off.get(source.format, {})
        numbers = {n for n in checked.rules if n.startswith("R")} | set(by_rule) | set(off)
        for rule in sorted(numbers):
            if rule in off:
                case = _case(suite, source, checked.title(rule), rule)
                ET.SubElement(case, "skipped", message=printable(off[rule]))
                continue
            _rule(_case(suite, source, checked.title(rule), rule), checked, by_rule[rule])
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))


def _case(suite: ET.Element, source: Source, title: str, rule: str) -> ET.Element:
    return ET.SubElement(
        suite,
        "testcase",
        name=printable(f"{rule} {title}"),
        time="0",
        classname=printable(source.path),
        file=printable(source.path),
    )


def _rule(case: ET.Element, checked: Checked, found: list[Finding]) -> None:
    failing = [f for f in found if checked.fails(f)]
    if failing:
        first = failing[0]
        failure = ET.SubElement(
            case,
            "failure",
            type=str(max(f.severity for f in failing)),
            message=printable(_line(checked, first)),
        )
        failure.text = printable("\n".join(_line(checked, f) for f in failing))
    rest = [f for f in found if not checked.fails(f)]
    if rest:
        ET.SubElement(case, "system-out").text = printable(
            "\n".join(_line(checked, f) for f in rest)
        )


def _line(checked: Checked, finding: Finding) -> str:
    parts = (checked.place(finding), finding.code, checked.message(finding))
    text = " ".join(filter(None, parts))
    shown = finding.value and finding.value not in text
    return f"{text} 「{finding.value}」" if shown else text
