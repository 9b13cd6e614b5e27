"""Checks graphs against shapes.

The shapes in ``shapes/`` are the one source of what is checked. :func:`check` hands them to
pySHACL, the reference. :func:`check_store` compiles them to SPARQL and asks a store, which gives
the same results some hundred times faster; a shape that says something the compiler does not know
(:func:`not_compiled` tells) goes to pySHACL all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kps_graph.report import Finding
from kps_graph.shacl.load import load_shapes, read_shapes
from kps_graph.shacl.model import Result, Select, Shapes

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "Result",
    "Select",
    "Shapes",
    "check",
    "check_store",
    "load_shapes",
    "not_compiled",
    "read_shapes",
    "validate",
    "validate_store",
]


def check(shapes: Shapes, data: rdflib.Graph) -> list[Result]:
    """What pySHACL reports for ``data``, which holds all that the shapes look at.

    Raises:
        ValidationAborted: if the engine fails, or the shapes meet no node of ``data``.
    """
    from kps_graph.shacl import lookup, reference, unmet
    from kps_graph.shacl.findings import results

    select = reference.select_in(data)
    if not shapes.idle:
        lookup.refuse_idle(shapes, select, lookup.subclasses(shapes, select))
        unmet.refuse_unmet(shapes, select)
    return results(reference.check(shapes, data), lookup.look_in(select))


def check_store(
    shapes: Shapes, select: Select, standards: Iterable[str] | None = None
) -> list[Result]:
    """The same for a store.

    Args:
        shapes: what to check.
        select: asks the store a SELECT, over the union of its graphs; from several threads at once.
        standards: the IRIs of the standards to check, each its own named graph; by default all
            there is. Rules that look across standards see the whole store either way.

    Raises:
        ValidationAborted: if an engine fails, or the shapes meet no node of the store.
    """
    from kps_graph.shacl import engine, lookup
    from kps_graph.shacl.findings import results

    return results(engine.check(shapes, select, standards), lookup.look_in(select))


def validate(shapes: Shapes, data: rdflib.Graph) -> list[Finding]:
    """The findings of :func:`check`, each once."""
    return _findings(check(shapes, data))


def validate_store(
    shapes: Shapes, select: Select, standards: Iterable[str] | None = None
) -> list[Finding]:
    """The findings of :func:`check_store`, each once."""
    return _findings(check_store(shapes, select, standards))


def not_compiled(shapes: Shapes) -> dict[str, str]:
    """The shapes that go to pySHACL in any case: IRI, and the construct that is not known.

    A shape without an IRI counts as part of the one that it belongs to.
    """
    from kps_graph.shacl.compile import compile_shapes

    return {shape.root: construct for shape, construct in compile_shapes(shapes).left}


def _findings(found: Iterable[Result]) -> list[Finding]:
    return list(dict.fromkeys(r.finding for r in found))
