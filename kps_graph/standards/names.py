"""Names every node of a standard: which IRI stands for which unit, output, indicator, element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kps_graph.model import Element, Standard, Unit
from kps_graph.model import references as spelled
from kps_graph.terms import DEFAULT_BASE, identity_of, local_name, standard_iri

__all__ = ["Names", "kept_as", "names"]


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of one standard's nodes.

    Attributes:
        standard: of the standard itself, which is also its graph.
        nodes: by the identity (``id()``) of each unit, output, indicator, element and attitude
            value; only valid while the standard that was named is alive.
        references: by kind (K or S) and reference (``K03~2``, ``#1``), the element's IRI.
    """

    standard: str
    nodes: dict[int, str]
    references: dict[tuple[str, str], str]

    def needed(self, kind: str, reference: str) -> str:
        """The IRI that a reference to a K or S points at, defined or not."""
        iri = self.references.get((kind, reference))
        return iri or f"{self.standard}/undefined/{local_name(reference or '?')}"


def kept_as(standard: Standard, source: str = "") -> str:
    """The local name under which ``standard`` is kept: its code, else a digest of its name.

    A draft is known by its occupation, whatever its file is called; one without a name by
    ``source``, its file.
    """
    return identity_of(standard.code, standard.name or source or standard.span.source)


def names(standard: Standard, identity: str, base: str = DEFAULT_BASE) -> Names:
    """Names the nodes of ``standard``, which is kept as ``identity``.

    A code gives the last path segment; its second use gets ``~2``; a node without a code is
    named by its place among its siblings.
    """
    root = standard_iri(identity, base)
    nodes: dict[int, str] = {}
    used: dict[str, int] = {}
    taken: set[str] = set()

    def name(value: object, code: str | None, fallback: str) -> str:
        segment = local_name(code) if code else fallback
        count = used[segment] = used.get(segment, 0) + 1
        if count > 1:
            # a document may use such a spelling as a code of its own
            taken.update(() if taken else map(local_name, _codes(standard)))
            while f"{segment}~{count}" in taken:
                count += 1
            segment = f"{segment}~{count}"
            taken.add(segment)
        iri = nodes[id(value)] = f"{root}/{segment}"
        return iri

    def unit(value: Unit, fallback: str) -> None:
        iri = name(value, value.code, fallback)
        own = iri[len(root) + 1 :]
        for i, output in enumerate(value.outputs, 1):
            name(output, output.code, f"{own}/outputs/{i}")
        for i, indicator in enumerate(value.indicators, 1):
            name(indicator, indicator.code, f"{own}/indicators/{i}")
        for i, child in enumerate(value.units, 1):
            unit(child, f"{own}/units/{i}")

    for i, task in enumerate(standard.tasks, 1):
        unit(task, f"units/{i}")
    references: dict[tuple[str, str], str] = {}
    groups: tuple[tuple[str, str, Sequence[Element]], ...] = (
        ("K", "knowledge", standard.knowledge),
        ("S", "skills", standard.skills),
    )
    for kind, folder, elements in groups:
        made = spelled(elements)
        for i, (element, known) in enumerate(zip(elements, made, strict=True), 1):
            references[kind, known] = name(element, element.code, f"{folder}/{i}")
    for i, attitude in enumerate(standard.attitudes, 1):
        name(attitude, attitude.code, f"attitudes/{i}")
    return Names(root, nodes, references)


def _codes(standard: Standard) -> set[str]:
    """Every code in the standard."""
    found = [a.code for a in standard.attitudes]
    found += [e.code for e in (*standard.knowledge, *standard.skills)]
    for unit in standard.units():
        found += [unit.code, *(o.code for o in unit.outputs), *(p.code for p in unit.indicators)]
    return {code for code in found if code}
