"""pyshacl-turbo, written in Rust: a second referee beside pySHACL."""

from __future__ import annotations

import pyshacl_turbo

from kps_graph.shacl.findings import results
from kps_graph.shacl.lookup import look_in
from kps_graph.shacl.reference import read_report


def refereed(shapes, data, select):
    """The results of pyshacl-turbo for ``data``, an rdflib graph of what ``select`` asks."""
    _, report, _ = pyshacl_turbo.validate(data, shacl_graph=shapes.graph)
    return results(read_report(report, shapes), look_in(select))
