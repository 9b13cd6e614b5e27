"""Reads Turtle as a person wrote it, and says where it is none."""

from __future__ import annotations

import logging
from pathlib import Path

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from kps_graph.errors import BadShapes
from kps_graph.rdf.turtle import fault
from kps_graph.saving import content_of
from kps_graph.words import Sentence, reason, turtle_reason

__all__ = ["parsed"]

# what it would print about an IRI is said as what makes the file no Turtle
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def parsed(path: Path) -> Graph:
    """The triples of a Turtle file.

    Raises:
        BadShapes: if it cannot be read, or is no Turtle.
    """
    try:
        text = content_of(path).decode("utf-8-sig")
    except OSError as error:
        raise BadShapes(
            "the shapes file cannot be read: {reason}",
            reason=reason(error),
            source=str(path),
            hint=Sentence("a path in a profile is from the folder of the profile"),
        ) from error
    except UnicodeDecodeError as error:
        raise BadShapes(
            "the shapes file is not UTF-8", source=str(path), hint=Sentence("save it as UTF-8")
        ) from error
    refused: Exception
    place: tuple[int | None, str]
    try:
        graph = Graph().parse(data=text, format="turtle")
        if (strict := fault(text)) is None:  # it lets through some that is no Turtle
            return graph
        refused, place = ValueError(strict[1]), strict
    except BadSyntax as error:
        refused, place = error, (error.lines + 1, error.message.partition(" at ^ in")[0])
    except Exception as error:  # noqa: BLE001 - its parser ends on much that is no Turtle by failing
        refused, place = error, fault(text) or (None, str(error))
    raise BadShapes(
        "the shapes file is not Turtle: {reason}",
        reason=turtle_reason(place[1]),
        source=str(path),
        line=place[0],
        hint=Sentence("see what stands in this line, and how the line before it ends"),
    ) from refused
