"""The parameters of queries: their kinds, and how a value becomes a SPARQL term.

The kind decides the term, so that whoever asks writes ``KPS1420-001v2`` or ``KPS`` and never has
to know what is a string and what an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kps_graph import sparql
from kps_graph.errors import BadParameter
from kps_graph.folding import composed, pattern
from kps_graph.terms import LANG, class_iri, kps, level_iri

__all__ = ["CHOICE", "KINDS", "SHARING", "Parameter", "free_term"]

#: A kind that lists its values.
CHOICE: Final = re.compile(r"\w+(?:/\w+)+")
_TERM: Final = re.compile(r"<([^<>]*)>|\"(.*)\"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?", re.DOTALL)


def _code(value: str) -> str:
    if re.search(r"\s", value):
        raise BadParameter("{value!r} is not a code: it holds white space", value=value)
    return sparql.literal(value)


def _pattern(value: str) -> str:
    sparql.literal(value)  # refuses what is no text
    return sparql.literal(pattern(value))


def _integer(value: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise BadParameter("{value!r} is not a whole number", value=value)
    return sparql.integer(int(value))


def _level(value: str) -> str:
    if value not in ("1", "2", "3", "4", "5", "6"):
        raise BadParameter("{value!r} is not a level from 1 to 6", value=value)
    return sparql.iri(level_iri(int(value)))


def _class(scheme: str) -> Callable[[str], str]:
    def term(value: str) -> str:
        concept = class_iri(scheme, value.upper())
        if concept is None:
            raise BadParameter(
                "{value!r} is not a code of the scheme {scheme!r}", value=value, scheme=scheme
            )
        return sparql.iri(concept)

    return term


def free_term(value: str) -> str:
    """The value of a variable in a query without a header, which states no kind.

    ``<…>`` and ``https://…`` are IRIs, ``"…"`` and ``"…"@zh-Hant`` strings, digits a number,
    anything else a string.
    """
    if match := _TERM.fullmatch(value):
        inside, text, lang = match.groups()
        return sparql.iri(inside) if inside is not None else sparql.literal(text, lang)
    if re.fullmatch(r"https?://\S+", value):
        return sparql.iri(value)
    return _integer(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else sparql.literal(value)


def _sharing() -> Mapping[str, Mapping[str, str]]:
    """What counts as one competency, and the paths that lead to it.

    The paths, by the ending of the variable that they replace: "" from a standard to the
    competencies that it reaches, ``_own`` to those that are its own, ``_part`` from an element or
    item to the competency that it reaches, ``_part_own`` to its own.
    """
    uses, expresses = f"<{kps.uses}>", f"<{kps.expresses}>"
    same, expressed = f"<{kps.usesRepresentative}>", f"{expresses}/<{kps.representative}>"
    beside = f"<{kps.relatedTo}>?"
    endings = ("", "_own", "_part", "_part_own")
    paths = {
        "identical": (uses, uses, expresses, expresses),
        "same": (same, same, expressed, expressed),
        "related": (f"{same}/{beside}", same, f"{expressed}/{beside}", expressed),
    }
    return MappingProxyType(
        {
            word: MappingProxyType(dict(zip(endings, found, strict=True)))
            for word, found in paths.items()
        }
    )


#: The values of the kind ``sharing``, each with its paths.
SHARING: Final = _sharing()


def _word(value: str) -> str:
    if value not in SHARING:
        raise BadParameter("{value!r} is none of {names}", value=value, names=tuple(SHARING))
    return SHARING[value][""]


#: The kinds of parameters, each with the function that checks a value and writes its term.
KINDS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "standard": _code,
        "code": _code,
        "unit": _code,
        "part": _code,
        "element": _code,
        "text": sparql.literal,
        "words": _pattern,
        "label": lambda value: sparql.literal(value, LANG),
        "integer": _integer,
        "iri": sparql.iri,
        "level": _level,
        "sharing": _word,
        "category": _class("category"),
        "occupation": _class("occupation"),
        "industry": _class("industry"),
    }
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        name: the variable it binds.
        kind: one of :data:`KINDS`, or a choice (``any/K/S/A``).
        default: the value if none is given; None if one must be given.
        description: what it means, by language.
    """

    name: str
    kind: str
    default: str | None
    description: Mapping[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that are allowed; empty if the kind is no choice."""
        if self.kind == "sharing":
            return tuple(SHARING)
        return tuple(self.kind.split("/")) if CHOICE.fullmatch(self.kind) else ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that it may bind: its name, and for some kinds its name and an ending."""
        endings = SHARING["same"] if self.kind == "sharing" else ("",)
        return tuple(f"{self.name}{ending}" for ending in endings)

    def terms(self, value: str | int) -> dict[str, str]:
        """The SPARQL of each of :attr:`variables` for ``value``.

        Raises:
            BadParameter: if it is not of this parameter's kind.
        """
        term = self.term(value)
        if self.kind == "sharing":
            paths = SHARING[self._chosen(str(value).strip())]
            return {f"{self.name}{ending}": path for ending, path in paths.items()}
        return {self.name: term}

    def _chosen(self, text: str) -> str:
        """The one of the choices that ``text`` is, in any case.

        Raises:
            BadParameter: if it is none.
        """
        for choice in self.choices:
            if choice.casefold() == text.casefold():
                return choice
        raise BadParameter("{text!r} is none of {names}", text=text, names=self.choices)

    def term(self, value: str | int) -> str:
        """``value`` as a SPARQL term of this parameter's kind.

        Raises:
            BadParameter: if it is not of that kind.
        """
        text = composed(str(value).strip())
        try:
            if isinstance(value, bool) or not text:
                raise BadParameter("{value!r} is no value", value=value)
            if self.choices:
                text = self._chosen(text)
            return KINDS.get(self.kind, sparql.literal)(text)
        except BadParameter as error:
            raise BadParameter(
                "{place}: {message}", place=self.name, message=error.said, hint=error.advice
            ) from None
