"""The parameters of an address: what they may be, as a schema and as they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from starlette.datastructures import QueryParams

from kps_graph.errors import BadParameter
from kps_graph.graph.choices import among
from kps_graph.queries.parameters import Parameter as OfQuery
from kps_graph.words import Bilingual, Sentence, closest, did_you_mean

__all__ = ["COMMON", "SLICE", "Given", "Parameter", "of_query", "read"]

Given: TypeAlias = "Mapping[str, Any]"

_MOST: Final = 1_000_000
#: What is white space to JavaScript or to Python: patterns of a schema are read by either.
_BLANK: Final = r"\s\u001c-\u001f\u0085\ufeff"
_TEXT: Final = f"[^{_BLANK}]"
_WORD: Final = f"^[^{_BLANK}]+$"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address.

    Attributes:
        name: what it is called.
        description: what it means.
        kind: ``string``, ``integer`` or ``boolean``.
        default: its value if it is not given.
        required: whether it must be given.
        many: how many times it must be given at least, if it may be given several times; else 0.
        choices: the values that it may have; any if there is none.
        least: the smallest number.
        most: the largest number.
        pattern: what a text must match.
        strict: whether nothing else is taken than what the pattern says.
    """

    name: str
    description: Bilingual
    kind: str = "string"
    default: str | int | bool | None = None
    required: bool = False
    many: int = 0
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = _MOST
    pattern: str = _TEXT
    strict: bool = True

    def schema(self) -> dict[str, Any]:
        """The values that it may have, as a JSON Schema."""
        said: dict[str, Any] = {"type": self.kind}
        if self.choices:
            said["enum"] = list(self.choices)
        elif self.kind == "integer":
            said |= {"minimum": self.least, "maximum": self.most}
        elif self.kind == "string":
            said["pattern"] = self.pattern
        if self.default is not None:
            said["default"] = self.default
        return {"type": "array", "items": said, "minItems": self.many} if self.many else said

    def value(self, text: str) -> str | int | bool:
        """What is meant by a text.

        Raises:
            BadParameter: if it is none of the values that the parameter may have.
        """
        if self.choices:
            among(self.name, text, self.choices)
        if self.kind == "boolean":
            among(self.name, text, ("true", "false"))
            return text == "true"
        if self.kind == "integer":
            return self._number(text)
        # in a schema, $ is the very end
        if self.strict and not re.search(self.pattern.replace("$", r"\Z"), text):
            raise BadParameter("{name} cannot be {value!r}", name=self.name, value=text)
        return text

    def _number(self, text: str) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
            raise BadParameter("{value!r} is not a whole number", value=text)
        if not self.least <= int(text) <= self.most:
            raise BadParameter(
                "{name} is {number}, and must be from {least} to {most}",
                name=self.name,
                number=int(text),
                least=self.least,
                most=self.most,
            )
        return int(text)


#: What every address takes.
COMMON: Final = (
    Parameter("lang", Bilingual("訊息的語言", "language of messages"), choices=("zh-Hant", "en")),
    Parameter(
        "format",
        Bilingual("答案的格式，代替 Accept", "form of the answer, in place of Accept"),
        choices=("json", "csv"),
    ),
)

#: A part of the corpus, as commands take it; its pattern names the plainest ways to write one.
SLICE: Final = Parameter(
    "in",
    Bilingual("語料的一部分，例如 category=K level=4-5", "a part, as category=K level=4-5"),
    pattern="^((category=[A-Za-z]{1,3} )?(level=[1-6](,[1-6])* )?status=(latest|historic|any))?$",
    strict=False,
)

#: How a kind of the library's parameters is described.
_SCHEMAS: Final[Mapping[str, dict[str, Any]]] = {
    "integer": {"kind": "integer", "least": -(10**18) + 1, "most": 10**18 - 1},
    "level": {"kind": "integer", "least": 1, "most": 6},
    "standard": {"pattern": _WORD},
    **{kind: {"pattern": _WORD} for kind in ("code", "unit", "part", "element")},
    "category": {"pattern": "^[A-Za-z]{1,3}$"},
    "occupation": {"pattern": "^[0-9]{1,4}$"},
    "industry": {"pattern": "^([A-Za-z]?(-?[0-9]+)*-?(45-46|47-48|[0-9]{2,4})|[A-Za-z])$"},
    "iri": {"pattern": "^https?://[A-Za-z0-9./#_~%-]+$"},
}


def of_query(parameter: OfQuery) -> Parameter:
    """A parameter of a query of the library, as its header says."""
    more = _SCHEMAS.get(parameter.kind, {})
    default: str | int | None = parameter.default
    if default is not None and more.get("kind") == "integer":
        default = int(default)
    return Parameter(
        parameter.name,
        Bilingual.of(parameter.description),
        default=default,
        required=default is None,
        choices=parameter.choices,
        **more,
    )


def read(parameters: Sequence[Parameter], given: QueryParams) -> dict[str, Any]:
    """The values that an address gives, and defaults for what it does not give.

    Raises:
        BadParameter: for a parameter that there is not, one that stands twice or is missing, or a
            value that it cannot have.
    """
    known = {p.name: p for p in parameters}
    for name in given:
        if name not in known:
            raise BadParameter(
                "there is no parameter {name!r}",
                name=name,
                hint=did_you_mean(closest(name, known))
                or Sentence("one of {names}", names=tuple(known)),
            )
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        texts = given.getlist(name)
        if len(texts) > 1 and not parameter.many:
            raise BadParameter("the parameter {name!r} stands twice", name=name)
        if not texts and parameter.required:
            raise BadParameter("the parameter {name!r} is missing", name=name)
        if len(texts) < parameter.many:
            raise BadParameter("the parameter {name!r} stands once", name=name)
        found = [parameter.value(text) for text in texts]
        if parameter.many:
            values[name] = found
        else:
            values[name] = found[0] if found else parameter.default
    return values
