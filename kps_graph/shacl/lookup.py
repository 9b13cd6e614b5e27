"""What is asked of the data besides the constraints: codes and places, and if anything is met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from rdflib import Namespace

from kps_graph.shacl.compile import focus_pattern
from kps_graph.shacl.findings import About, Look
from kps_graph.shacl.model import SH, Select, Shapes, Targets
from kps_graph.shacl.wellformed import called
from kps_graph.terms import dcterms, kps, rdfs, skos
from kps_graph.words import Sentence

__all__ = ["look_in", "refuse_idle", "subclasses"]

_CLASS: Final = Namespace(SH)["class"]
#: How many nodes are asked about at once.
_BATCH: Final = 1000


def look_in(select: Select) -> Look:
    """The :data:`~kps_graph.shacl.findings.Look` of what ``select`` asks."""

    def look(nodes: Iterable[str]) -> Mapping[str, About]:
        iris = list(nodes)
        found: dict[str, About] = {}
        for start in range(0, len(iris), _BATCH):
            values = " ".join(f"<{iri}>" for iri in iris[start : start + _BATCH])
            rows = select(
                f"SELECT ?node ?code ?place ?standard ?value ?text ?name {{ VALUES ?node {{ {values} }} "
                f"OPTIONAL {{ ?node <{skos.notation}> ?code }} "
                f"OPTIONAL {{ ?node <{kps.place}> ?place }} "
                f"OPTIONAL {{ ?node <{kps.valuePlace}> ?value }} "
                f"OPTIONAL {{ ?node <{dcterms.description}> ?text }} "
                f"OPTIONAL {{ ?node <{skos.prefLabel}> ?name }} "
                f"OPTIONAL {{ ?node a ?standard . FILTER (?standard = <{kps.Standard}>) }} }}"
            )
            for node, code, place, standard, value, text, name in rows.terms:
                if node and (code or place or standard or value):
                    places = dict(found[node.value].values) if node.value in found else {}
                    if value:
                        valued, _, places[valued] = value.value.partition(";")
                    found[node.value] = About(
                        code.value if code else "",
                        place.value if place else "",
                        places,
                        text.value if text else "",
                        bool(standard),
                        name.value if name else "",
                    )
        return found

    return look


def subclasses(shapes: Shapes, select: Select) -> dict[str, tuple[str, ...]]:
    """The classes below each class that ``shapes`` names, as far as the data knows them."""
    named = {c for shape in shapes.shapes for c in shape.targets.classes}
    named.update(map(str, shapes.graph.objects(None, _CLASS)))
    if not named:
        return {}
    values = " ".join(f"<{c}>" for c in sorted(named))
    rows = select(
        f"SELECT DISTINCT ?class ?below {{ VALUES ?class {{ {values} }} "
        f"?below <{rdfs.subClassOf}>+ ?class }}"
    )
    below: dict[str, set[str]] = defaultdict(set)
    for above, sub in rows.terms:
        if above and sub and sub.kind == "iri":
            below[above.value].add(sub.value)
    return {above: tuple(sorted(subs)) for above, subs in below.items()}


def refuse_idle(shapes: Shapes, select: Select, below: Mapping[str, tuple[str, ...]]) -> None:
    """Silence is not conformance: a shape that meets no node has checked nothing.

    A draft may lack outputs, so a shape about a term of our vocabulary, which is spelled right,
    may meet nothing; only all of them together may not.

    Raises:
        BadShapes, ValidationAborted: if another shape meets no node, or none of the shapes does.
    """
    met = False
    for targets in dict.fromkeys(shape.targets for shape in shapes.shapes):
        ours = all(t.startswith(str(kps)) for t in targets.terms()) and not targets.nodes
        if met and ours:
            continue
        if _meets(targets, select, below):
            met = True
        elif not ours:
            idle = next(shape for shape in shapes.shapes if shape.targets == targets)
            raise shapes.fault(
                "the shape {shape} meets no node, so it checks nothing",
                shape=called(shapes.graph, idle.node),
                source=shapes.source or None,
                hint=Sentence(
                    "see whether its target is spelled right; if it may meet nothing, "
                    "write idle = true in the profile"
                )
                if shapes.source
                else Sentence("see whether its target is spelled right"),
            )
    if not met:
        raise shapes.fault(
            "no shape meets a node of the data, so nothing was checked",
            source=shapes.source or None,
            hint=Sentence("is this the graph of a standard?"),
        )


def _meets(targets: Targets, select: Select, below: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether there is such a node; of one that is named, whether the data says anything of it."""
    # a literal is checked by itself, whether the data has it or not
    said = (f"{node} ?p ?o" for node in targets.nodes if node.startswith("<"))
    others = replace(targets, nodes=())
    patterns = [*said, *([focus_pattern(others, below)] if others else [])]
    return all(select(f"SELECT * {{ {pattern} }} LIMIT 1").terms for pattern in patterns)
