"""What the libraries that read files say of them, as sentences of ours.

Exact words for the parsers of JSON and YAML; patterns for those that name what they met. A word
that none of these knows is said in English as the library says it, in Chinese only in general:
``--debug`` shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kps_graph.words.language import Language
from kps_graph.words.sentence import Bilingual, Sentence

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
#: For what none of these says.
_UNKNOWN: Final = Sentence("what stands there is not well-formed")
_BY_TEXT: Final[Mapping[str, Sentence]] = MappingProxyType({str(s): s for s in _SENTENCES})

#: Where in a text: what XML and TOML say at the end.
_AT: Final = re.compile(r"(?s)(.+?)(?:, line | \(at line )(\d+), column (\d+)\)?$")
_AT_END: Final = re.compile(r"(.+) \(at end of document\)$")

#: A pattern of what a library says, and the sentence; groups are its values. The first counts.
#: They are compiled when something is said: nearly no command comes to that.
_PATTERNS: Final = (
    # zipfile, zlib, struct
    (r"There is no item named '(?P<name>[^']+)'", Sentence("its part {name} is missing")),
    (
        r"compression (?:method|type)|strong encryption|patched data|zip file version|span multiple",
        Sentence("it is packed in a way that is not supported"),
    ),
    (
        r"Bad CRC-32|while decompressing|Error -\d|incomplete or truncated|end-of-stream",
        Sentence("one of its parts is damaged"),
    ),
    (
        r"not a zip file|[Tt]runcated|magic number|central directory|negative seek"
        r"|Corrupt|unpack requires|File name in directory|[Oo]verlapped entries",
        Sentence("its list of parts is damaged, or its end is missing"),
    ),
    # libxml2
    (r"Excessive depth|XML_PARSE_HUGE|[Hh]uge", Sentence("it is nested too deeply, or too large")),
    (
        r"tag mismatch|Premature end|Couldn't find end|Start tag|StartTag|Extra content"
        r"|Document is empty|^expected '>'|QName",
        Sentence("its tags do not match"),
    ),
    (r"xmlns|[Nn]amespace", Sentence("a namespace is not declared as it must be")),
    (r"[Ee]ntity", Sentence("an entity that is not declared")),
    (
        r"[Ee]ncoding|UTF-8|PCDATA|CharRef|Invalid character: Char|invalid character in attr",
        Sentence("a character that cannot stand there, or another encoding"),
    ),
    (
        r"AttValue|[Aa]ttribute|not (?:closed|started) expecting",
        Sentence("an attribute is not well-formed"),
    ),
    (
        r"XML declaration|Malformed declaration|Blank needed|standalone|Unsupported version"
        r"|PI\b|ParsePI|[Cc]omment|C[Dd][Aa][Tt][Aa]|Sequence '",
        Sentence("a declaration, comment or instruction is not well-formed"),
    ),
    # csv, openpyxl
    (r"field larger than field limit \((?P<limit>\d+)\)", Sentence("a cell of more than {limit} characters")),
    (r"unexpected end of data|new-line character seen", Sentence("a quotation mark is not closed")),
    (
        r"^expected <class|does not match|^(?:Max|Min) value|must be one of|invalid literal"
        r"|could not convert|not a valid",
        Sentence("a value that cannot stand there"),
    ),
    # tomllib
    (r"Expected '=' after a key", Sentence("'=' is expected behind the key")),
    (r"Expected newline or end", Sentence("the line goes on where its end is expected")),
    (r"Unclosed|Unterminated|Expected ", Sentence("a bracket or quotation mark is not closed")),
    (r"Cannot (?:overwrite|declare|mutate)|Duplicate", Sentence("the same stands twice")),
    (r"Invalid (?:value|hex|date)|Unescaped", Sentence("a value that cannot be read")),
    (r"Invalid (?:statement|initial)", Sentence("no key begins like this")),
    (r"Illegal character|invalid character", Sentence("a character that cannot stand there")),
    (r"integer string conversion", Sentence("a number of too many digits")),
    (r"recursion", Sentence("it is nested too deeply")),
    # YAML's reader
    (r"unacceptable character #x(?P<code>\w+)", Sentence("the character U+{code} cannot stand in a text")),
)  # fmt: skip


def parser_reason(text: str) -> Sentence | Bilingual:
    """What a library found wrong with a file."""
    if text in _BY_TEXT:
        return _BY_TEXT[text]
    if at := _AT.match(text):
        return Sentence(
            "{reason}, line {line}, column {column}",
            reason=parser_reason(at[1]),
            line=int(at[2]),
            column=int(at[3]),
        )
    if at := _AT_END.match(text):
        return Sentence("{reason}, at the end", reason=parser_reason(at[1]))
    for pattern, sentence in _PATTERNS:
        if found := re.search(pattern, text, re.DOTALL):
            return Sentence(sentence.template, **found.groupdict())
    return Bilingual(_UNKNOWN.in_words(Language.CHINESE), text)
