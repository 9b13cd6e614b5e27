"""What the parsers of SPARQL and Turtle say of a text, as sentences of ours."""

from __future__ import annotations

import re
from typing import Final

from kps_graph.words.language import Language
from kps_graph.words.sentence import Bilingual, Sentence

__all__ = ["sparql_reason", "turtle_reason"]

#: What Oxigraph lists among the words it expects, and is none.
_FAULTS: Final = {
    str(sentence): sentence
    for sentence in (
        Sentence("The SELECT contains a variable that is unbound"),
        Sentence("The SELECT contains an expression with a variable that is unbound"),
        Sentence("The SELECT overrides an existing variable using an expression"),
        Sentence("Duplicated variable name in SELECT"),
        Sentence("SELECT * is not authorized with GROUP BY"),
        Sentence("The query limit should be a non negative integer"),
        Sentence("The query offset should be a non negative integer"),
        Sentence("IRI parsing failed"),
        Sentence("Prefix not found"),
    )
}
_EXPECTED: Final = re.compile(r"expected (?:one of )?(.+)", re.DOTALL)
#: A word or sign of the language; what else the engine lists are classes of characters.
_WORD: Final = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Za-z_]{2,}\b(?![^\[]*\])')
#: Any character: what stood before it could have gone on in many ways.
_ANY: Final = "[_]"
_MOST: Final = 12
#: So much of the words of another engine is shown.
_LONG: Final = 160
_SOMETHING: Final = Sentence("something else is expected here")

#: A pattern of what rdflib says, and the sentence.
_TURTLE: Final = (
    (r'Prefix "(?P<prefix>[^"]*)" not bound', Sentence("the prefix {prefix} is not declared")),
    (r"EOF|[Ee]nd of file|found end", Sentence("the text ends too early")),
    (r"unterminated|newline found in string", Sentence("a text or IRI is not closed")),
    (r"objectList|property", Sentence("a statement is not complete")),
    (r"end of statement", Sentence("a statement does not end in a full stop")),
    (r"escape", Sentence("a wrong escape (\\)")),
    (r"list|item in", Sentence("a list is not well-formed")),
    (r"expected directive or statement", Sentence("no statement begins like this")),
    (r"expected <uri|expected qname", Sentence("a declaration of a prefix is not complete")),
    (r"Turtle mode", Sentence("this is Notation3, not Turtle")),
)
_UNKNOWN: Final = Sentence("what stands there is not well-formed")


def sparql_reason(text: str) -> Sentence | str:
    """What an engine found wrong with a query; the words of another engine as they are."""
    found = _EXPECTED.match(text)
    if not found:
        return text if len(text) < _LONG else f"{text[:_LONG]}…"
    for said, sentence in _FAULTS.items():
        if said in found[1]:
            return sentence
    words = list(dict.fromkeys(_WORD.findall(found[1])))
    if not words or _ANY in found[1]:
        return _SOMETHING
    shown = " ".join(words[:_MOST]) + (" …" if len(words) > _MOST else "")
    if len(words) == 1:
        return Sentence("{words} is expected here", words=shown)
    return Sentence("one of these is expected here: {words}", words=shown)


def turtle_reason(text: str) -> Sentence | Bilingual:
    """What rdflib found wrong with a file."""
    for pattern, sentence in _TURTLE:
        if found := re.search(pattern, text):
            return Sentence(sentence.template, **found.groupdict())
    return Bilingual(_UNKNOWN.in_words(Language.CHINESE), text)
