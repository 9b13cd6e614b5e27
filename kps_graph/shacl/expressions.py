"""Core constraints on one value, as SPARQL expressions that are true where they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kps_graph.shacl.model import SH
from kps_graph.shacl.supported import (
    BOUNDS,
    LISTS,
    NODE_KINDS,
    Unsupported,
    refuse_repeated,
    refuse_unknown,
)
from kps_graph.sparql import literal
from kps_graph.terms import PREFIXES

__all__ = ["Expressions", "constrains", "same", "written"]

_SH: Final = Namespace(SH)
_XSD: Final = PREFIXES["xsd"]
#: Datatypes whose lexical forms SPARQL can check by casting.
_CAST: Final = frozenset(["integer", "decimal", "double", "float", "boolean", "date", "dateTime"])
_HTML: Final = PREFIXES["rdf"] + "HTML"
#: What a shape that another refers to may have without its meaning being lost.
_SILENT: Final = frozenset(
    ("name", "description", "order", "group", "severity", "message", "deactivated", "flags")
)
_DEEPEST: Final = 10


def written(term: Node) -> str:
    """``term`` in SPARQL.

    Raises:
        Unsupported: for a blank node, which means nothing in a query.
    """
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, Literal):
        datatype = f"^^<{term.datatype}>" if term.datatype else ""
        return literal(str(term), term.language) + datatype
    raise Unsupported("a blank node as a value")


def constrains(graph: Graph, predicate: Node) -> bool:
    """Whether ``predicate`` is a parameter of SHACL's or of a constraint component in ``graph``."""
    return str(predicate).startswith(SH) or any(
        _SH.ConstraintComponent in graph.transitive_objects(kind, RDFS.subClassOf)
        for parameter in graph.subjects(_SH.path, predicate)
        for component in graph.subjects(_SH.parameter, parameter)
        for kind in graph.objects(component, RDF.type)
    )


def same(var: str, term: Node) -> str:
    """The expression that is true where ``var`` is ``term``, whatever the case of its tag."""
    if isinstance(term, Literal) and term.language:
        return (
            f"(isLiteral({var}) && STR({var}) = {literal(str(term))} && "
            f"LCASE(LANG({var})) = {literal(term.language.lower())})"
        )
    return f"SAMETERM({var}, {written(term)})"


@dataclass(frozen=True, slots=True)
class Expressions:
    """Writes what shapes demand of a value.

    Attributes:
        graph: the shapes graph.
        subclasses: of each class, the classes below it that the data knows of.
    """

    graph: Graph
    subclasses: Mapping[str, tuple[str, ...]]

    def holds(self, name: str, wanted: Node, shape: Node, var: str, depth: int = 0) -> str:
        """The expression that is true where ``var`` satisfies one parameter of ``shape``.

        Args:
            name: the parameter, by SHACL's local name.
            wanted: its value.
            shape: where it stands; sh:flags is looked up there.
            var: the variable.
            depth: how many shapes refer to this one.

        Raises:
            Unsupported: if there is no such expression.
        """
        refuse_unknown(self.graph, name, wanted, self.graph.value(shape, _SH.flags))
        each = [*self.graph.items(wanted)] if name in LISTS else []
        match name:
            case "nodeKind":
                return NODE_KINDS[str(wanted).removeprefix(SH)].format(v=var)
            case "class":
                names = (str(wanted), *self.subclasses.get(str(wanted), ()))
                return _any(f"EXISTS {{ {var} a <{c}> }}" for c in names)
            case "hasValue":
                return same(var, wanted)
            case "datatype":
                return _of_datatype(str(wanted), var)
            case _ if name in BOUNDS:
                return f"COALESCE({var} {BOUNDS[name]} {written(wanted)}, false)"
            case "minLength" | "maxLength":
                if name == "minLength" and int(str(wanted)) == 0:  # blank nodes have it too
                    return "true"
                sign = ">=" if name == "minLength" else "<="
                return f"(!isBlank({var}) && STRLEN(STR({var})) {sign} {int(str(wanted))})"
            case "pattern":
                return self._matches(str(wanted), shape, var)
            case "languageIn":
                return _any(
                    f"COALESCE(LANGMATCHES(LANG({var}), {literal(str(r))}), false)" for r in each
                )
            case "in":
                return _any(same(var, t) for t in each)
            case "not":
                return f"(!{self.conforms(wanted, var, depth + 1)})"
            case "node":
                return self.conforms(wanted, var, depth + 1)
            case "or":
                return _any(self.conforms(s, var, depth + 1) for s in each)
            case "and":
                return f"({' && '.join(self.conforms(s, var, depth + 1) for s in each)})"
            case "xone":
                ones = (f"IF({self.conforms(s, var, depth + 1)}, 1, 0)" for s in each)
                return f"(({' + '.join(ones)}) = 1)"
        raise Unsupported(f"<{name}>" if ":" in name else f"sh:{name}")

    def conforms(self, shape: Node, var: str, depth: int) -> str:
        """The expression that is true where ``var`` conforms to the node shape ``shape``.

        Raises:
            Unsupported: if the shape looks further than at the value itself.
        """
        if depth > _DEEPEST:
            raise Unsupported("shapes that refer to each other in a circle")
        if str(self.graph.value(shape, _SH.deactivated)) == "true":
            return "true"
        parts = []
        said = sorted(self.graph.predicate_objects(shape))
        refuse_repeated(str(p).removeprefix(SH) for p, _ in said)
        for predicate, value in said:
            name = str(predicate).removeprefix(SH)
            if name not in _SILENT and constrains(self.graph, predicate):
                parts.append(self.holds(name, value, shape, var, depth))
        return f"({' && '.join(parts)})" if parts else "true"

    def _matches(self, pattern: str, shape: Node, var: str) -> str:
        flags = self.graph.value(shape, _SH.flags)
        third = f", {literal(str(flags))}" if flags else ""
        return f"(!isBlank({var}) && REGEX(STR({var}), {literal(pattern)}{third}))"


def _any(expressions: Iterable[str]) -> str:
    return "(" + (" || ".join(expressions) or "false") + ")"


def _of_datatype(name: str, var: str) -> str:
    kind = f"isLiteral({var}) && DATATYPE({var}) = <{name}>"
    if name in (f"{_XSD}string", f"{PREFIXES['rdf']}langString"):
        return f"({kind})"
    if (
        not name.startswith((_XSD, PREFIXES["rdf"], PREFIXES["rdfs"])) or name == _HTML
    ):  # any text is one of it
        return f"({kind})"
    if name.removeprefix(_XSD) not in _CAST:
        raise Unsupported(f"sh:datatype <{name}>")
    # NaN is not equal to itself, but has a datatype
    return f"({kind} && COALESCE(DATATYPE(<{name}>(STR({var}))) = <{name}>, false))"
