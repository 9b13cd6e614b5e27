"""Standard <-> triples, without loss.

:func:`triples` and :func:`inferred` write N-Triples terms without any RDF library, :func:`read` takes
triples of any; :func:`serialise` writes any RDF format, the same bytes for the same standard.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kps_graph.rdf.derive import expressed, inferred
    from kps_graph.rdf.formats import serialise
    from kps_graph.rdf.ntriples import Triple, literal, nquads
    from kps_graph.rdf.reading import Term, read
    from kps_graph.rdf.write import triples

__all__ = [
    "Term",
    "Triple",
    "expressed",
    "inferred",
    "literal",
    "nquads",
    "read",
    "serialise",
    "triples",
]

#: Where each name is at home: a store, which writes a few statements, needs no model of a standard.
_HOMES: Final = {
    "Term": "reading",
    "Triple": "ntriples",
    "expressed": "derive",
    "inferred": "derive",
    "literal": "ntriples",
    "nquads": "ntriples",
    "read": "reading",
    "serialise": "formats",
    "triples": "write",
}


def __getattr__(name: str) -> Any:
    """A name of this package, from its module, when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kps_graph.rdf' has no attribute {name!r}")
    return getattr(import_module(f"kps_graph.rdf.{_HOMES[name]}"), name)
