"""What the parsers of JSON and YAML say of a text, as sentences of ours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kps_graph.words.sentence import Sentence

__all__ = ["parser_reason"]

_SENTENCES: Final = (
    # json of the standard library
    Sentence("Expecting value"),
    Sentence("Expecting property name enclosed in double quotes"),
    Sentence("Expecting ':' delimiter"),
    Sentence("Expecting ',' delimiter"),
    Sentence("Extra data"),
    Sentence("Unterminated string starting at"),
    Sentence("Invalid control character at"),
    Sentence("Invalid \\escape"),
    Sentence("Invalid \\uXXXX escape"),
    Sentence("Illegal trailing comma before end of object"),
    Sentence("Illegal trailing comma before end of array"),
    # libyaml
    Sentence("did not find expected node content"),
    Sentence("did not find expected key"),
    Sentence("did not find expected ',' or ']'"),
    Sentence("did not find expected ',' or {brace}", brace="'}'"),
    Sentence("did not find expected '-' indicator"),
    Sentence("did not find expected <document start>"),
    Sentence("did not find expected comment or line break"),
    Sentence("did not find expected alphabetic or numeric character"),
    Sentence("could not find expected ':'"),
    Sentence("mapping values are not allowed in this context"),
    Sentence("block sequence entries are not allowed in this context"),
    Sentence("found character that cannot start any token"),
    Sentence("found a tab character that violates indentation"),
    Sentence("found unexpected end of stream"),
    Sentence("found unexpected document indicator"),
    Sentence("found unexpected ':'"),
    Sentence("found unknown escape character"),
    Sentence("found undefined tag handle"),
    Sentence("found duplicate %YAML directive"),
    Sentence("found undefined alias"),
    Sentence("but found another document"),
    Sentence("did not find the expected '>'"),
    Sentence("found incompatible YAML document"),
    Sentence("control characters are not allowed"),
)
_BY_TEXT: Final[Mapping[str, Sentence]] = MappingProxyType({str(s): s for s in _SENTENCES})


def parser_reason(text: str) -> Sentence | str:
    """What a parser found wrong; in its own words where they are none that we know."""
    return _BY_TEXT.get(text, text)
