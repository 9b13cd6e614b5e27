"""Findings as the report of SHACL (section 3): a named node for each result, in the store itself.

::

    id/KPS1420-001v2/findings     sh:ValidationReport of the standard, prov:wasDerivedFrom its file
    id/KPS1420-001v2/findings/1   sh:ValidationResult, in the order of the document

A shape's name begins with the number of its rule (``R13-verb-first``), and what reading notices has
a shape of that number alone, so that ``sh:sourceShape`` says which rule a result is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kps_graph.rdf.ntriples import Triple, iri, literal
from kps_graph.rdf.places import place
from kps_graph.report import Finding
from kps_graph.sparql import is_iri
from kps_graph.terms import SHAPES, kps, prov, rdf, sh, xsd

__all__ = ["report"]

_TYPE: Final = iri(rdf.type)
_RESULT: Final = iri(sh.ValidationResult)
#: What extraction notices is no constraint of a shape, and is a component of its own.
_NOTICED: Final = f"{SHAPES}ExtractionConstraintComponent"


def report(findings: Sequence[Finding], standard: str, source: str) -> Iterator[Triple]:
    """The report about the standard with the IRI ``standard``, read from the file ``source``."""
    me = f"{standard}/findings"
    conforms = str(not findings).lower()
    yield iri(me), _TYPE, iri(sh.ValidationReport)
    yield iri(me), iri(sh.conforms), literal(conforms, f"^^<{xsd.boolean}>")
    yield iri(me), iri(prov.wasDerivedFrom), iri(source)
    for number, finding in enumerate(findings, 1):
        yield from _result(finding, iri(me), iri(sh.result), f"{me}/{number}", standard)


def _result(finding: Finding, above: str, link: str, node: str, standard: str) -> Iterator[Triple]:
    me = iri(node)
    focus = finding.focus or standard
    yield above, link, me
    yield me, _TYPE, _RESULT
    # a node without a name is a literal, or one that no data of ours have
    yield me, iri(sh.focusNode), focus if focus.startswith('"') else iri(focus)
    yield me, iri(sh.resultSeverity), iri(sh[str(finding.severity).capitalize()])
    yield me, iri(sh.sourceConstraintComponent), iri(finding.component or _NOTICED)
    yield me, iri(sh.sourceShape), iri(finding.shape or f"{SHAPES}{finding.rule}")
    for tag, text in finding.messages.items():
        yield me, iri(sh.resultMessage), literal(text, f"@{tag.lower()}")
    if finding.value:
        yield me, iri(sh.value), finding.term or literal(finding.value)
    if "://" in finding.path and is_iri(
        finding.path
    ):  # a longer path is that of the shape, and would need nodes of its own
        yield me, iri(sh.resultPath), iri(finding.path)
    if where := place(finding.span):
        yield me, iri(kps.place), literal(where)
    for number, detail in enumerate(finding.details, 1):
        yield from _result(detail, me, iri(sh.detail), f"{node}/{number}", standard)
