"""SPARQL as text: its words, terms written safely into it, variables bound in it.

No engine is needed and none is assumed. A bound query is plain SPARQL 1.1, so that the embedded
store, a remote endpoint and rdflib all read the same thing. The engines' own binding is not used:
``substitutions`` of pyoxigraph 0.5.13 refuses every variable that the query does not project (it
follows SEP-0007), and a ``VALUES`` block at the top does not reach into subselects, ``HAVING`` or
the ``FILTER`` of a nested group. Replacing the variable wherever it stands as a *word* (never in
a string, an IRI or a comment) reaches all of these, and lets the engine plan with a constant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urljoin

from kps_graph.errors import BadParameter, QuerySyntax
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = [
    "Dataset",
    "Word",
    "bind",
    "dataset",
    "declare",
    "form",
    "integer",
    "iri",
    "is_iri",
    "literal",
    "projection",
    "quoted",
    "refuse_network",
    "refuse_unknown",
    "refuse_update",
    "variables",
    "words",
]

_WORD: Final = re.compile(
    r"""
      (?P<space>\s+|\#[^\r\n]*)
    | (?P<string>'''(?:(?:''?)?(?:[^'\\]|\\.))*'''|\"{3}(?:(?:""?)?(?:[^"\\]|\\.))*\"{3}
                |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<prefixed>(?:\w[\w.\-]{0,200})?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
           (?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)?)
    | (?P<name>\w+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
_ESCAPES: Final = (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t"))
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Words that open a part of a query in which a variable may stand differently.
_CLAUSES: Final = frozenset(
    ("SELECT", "WHERE", "FROM", "VALUES", "BY", "HAVING", "LIMIT", "OFFSET")
)
#: Words of the prologue, and how many words each takes.
_PROLOGUE: Final = {"PREFIX": 2, "BASE": 1}
_UPDATES: Final = frozenset(
    ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
)
_FORMS: Final = re.compile("(SELECT|ASK|CONSTRUCT|DESCRIBE).*")
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_FROM: Final = re.compile("from", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(.)")
#: An IRI that no reader can take for a comparison: ``?a<ex://`` is no expression.
_PLAIN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


class Word(NamedTuple):
    """A word of a query: its ``kind`` (a group of the pattern above), text and offset."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The text in capitals if it is a bare name, else an empty text."""
        return self.text.upper() if self.kind == "name" else ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a query is asked of.

    Attributes:
        default: IRIs of the graphs that are merged into its default graph.
        named: IRIs of the graphs that ``GRAPH`` looks into.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]


@lru_cache(maxsize=4)  # a query is looked at several times before it is asked
def words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` without white space and comments."""
    return tuple(
        Word(kind, match[0], match.start())
        for match in _WORD.finditer(text)
        if (kind := match.lastgroup) and kind != "space"
    )


def variables(text: str) -> frozenset[str]:
    """The names of the variables in ``text``, without their mark."""
    return frozenset(w.text[1:] for w in words(text) if w.kind == "variable")


def projection(text: str) -> tuple[str, ...]:
    """The names of the columns that the outermost ``SELECT`` lists; empty for ``*``."""
    names: list[str] = []
    brackets, opened, before = 0, False, ""
    for word in words(text):
        brackets += (word.text == "(") - (word.text == ")")
        if opened and (word.text == "{" or word.keyword in _CLAUSES):
            break
        if opened and word.kind == "variable" and (not brackets or before == "AS"):
            names.append(word.text[1:])
        opened, before = opened or word.keyword == "SELECT", word.keyword
    return tuple(names)


def quoted(text: str) -> str:
    """``text`` as a string of SPARQL, Turtle and N-Triples alike; nothing in it can end it."""
    for character, escape in _ESCAPES:  # a table takes ten times as long for Chinese
        text = text.replace(character, escape)
    return f'"{text}"'


def literal(value: str, lang: str | None = None) -> str:
    """``value`` as a SPARQL string; nothing in it can end the string.

    Raises:
        BadParameter: if it holds half of a surrogate pair, which no engine can be sent.
    """
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise BadParameter("{value!r} is not text: it holds half of a surrogate pair", value=value)
    return quoted(value) + (f"@{lang}" if lang else "")


def integer(value: int) -> str:
    """``value`` as a SPARQL number, in the one form that is legal wherever a term is."""
    if value >= 0:
        return str(value)
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def is_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI that can stand in angle brackets as it is."""
    return _IRI.fullmatch(text) is not None


def iri(value: str) -> str:
    """``value`` as an IRI in angle brackets.

    Raises:
        BadParameter: if it is not an absolute IRI.
    """
    if not is_iri(value):
        raise BadParameter(
            "{value!r} is not an absolute IRI", value=value, hint=Sentence("write it as https://…")
        )
    return f"<{value}>"


def declare(text: str, prefixes: Mapping[str, str]) -> str:
    """``text`` with a declaration of each of ``prefixes`` that it uses without declaring it.

    The declarations stand before the text on its first line, so that every line keeps its number.
    """
    found = words(text)
    declared = {after.text for word, after in itertools.pairwise(found) if word.keyword == "PREFIX"}
    used = {word.text.split(":", 1)[0] for word in found if word.kind == "prefixed"}
    missing = sorted(p for p in used if p in prefixes and f"{p}:" not in declared)
    return "".join(f"PREFIX {p}: {iri(prefixes[p])} " for p in missing) + text


def bind(text: str, terms: Mapping[str, str]) -> str:
    """``text`` with each variable of ``terms`` replaced by its term, which is SPARQL already.

    Where the grammar wants a variable, the term is dressed: in the list after ``SELECT`` as
    ``(term AS ?variable)``, so that the column stays; after ``GROUP BY`` and ``ORDER BY`` in
    brackets; ``BOUND(?variable)`` becomes ``true``.

    Raises:
        BadParameter: for a variable that the query itself gives a value (``AS``, ``VALUES``).
    """
    found = words(text)
    out: list[str] = []
    clause, brackets, braces, copied = "", 0, 0, 0
    for index, word in enumerate(found):
        if word.kind == "mark":
            brackets += (word.text == "(") - (word.text == ")")
            braces += (word.text == "{") - (word.text == "}")
        if word.text in ("{", "}") or word.keyword in _CLAUSES:
            clause, brackets = word.keyword, 0
        name = word.text[1:]
        if word.kind != "variable" or name not in terms:
            continue
        start, end, term = word.start, word.end, terms[name]
        before = found[index - 1] if index else word
        if before.keyword == "AS" or clause == "VALUES":
            raise BadParameter(
                "?{name} cannot be set: the query gives it a value itself", name=name
            )
        if clause == "SELECT" and not brackets:
            term = f"({term} AS ?{name})" if not braces else f"({term} AS ?bound_{name})"
        elif clause == "BY" and not brackets:
            term = f"({term})"
        elif before.text == "(" and index > 1 and found[index - 2].keyword == "BOUND":
            start, end, term = found[index - 2].start, found[index + 1].end, "true"
        out += text[copied:start], term
        copied = end
    return "".join(out) + text[copied:]


def dataset(text: str, base: str) -> Dataset | None:
    """The graphs that a query says it is asked of, with ``FROM`` and ``FROM NAMED``; None if none.

    ``FROM`` is a word of nothing else in SPARQL. Engines need no space before it (``ASKFROM<g>``).

    Args:
        text: a query.
        base: what relative IRIs are relative to, if the query does not say.
    """
    if not _FROM.search(text):
        return None
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    # two more, so that each word has two others behind it
    found = [*words(text), Word("", "", len(text)), Word("", "", len(text))]
    for word, second, third in zip(found, found[1:], found[2:], strict=False):
        if word.keyword == "BASE" and second.kind == "iri":
            base = urljoin(base, second.text[1:-1])
        elif word.keyword == "PREFIX" and third.kind == "iri":
            prefixes[second.text.removesuffix(":")] = urljoin(base, third.text[1:-1])
        elif word.keyword.endswith("FROM"):
            graph, graphs = (third, named) if second.keyword == "NAMED" else (second, default)
            graphs.append(_resolved(graph, prefixes, base))
    return Dataset(tuple(default), tuple(named)) if default or named else None


def _resolved(word: Word, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a word of a query stands for."""
    if word.kind == "iri":
        return urljoin(base, word.text[1:-1])
    prefix, _, local = word.text.partition(":")
    return prefixes.get(prefix, "") + _ESCAPE.sub(r"\1", local)


def form(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or another first word behind the prologue."""
    # engines need no space before FROM (ASKFROM<g>)
    return _FORMS.sub(r"\1", _first(text).keyword)


def _first(text: str) -> Word:
    """The first word behind the prologue."""
    prologue = 0
    for word in words(text):
        if not prologue and word.keyword not in _PROLOGUE:
            return word
        prologue = prologue - 1 if prologue else _PROLOGUE[word.keyword]
    return Word("", "", len(text))


def refuse_update(text: str) -> None:
    """Refuses SPARQL Update (``INSERT``, ``DROP``, ``LOAD``, …): a query only reads.

    Raises:
        QuerySyntax: with the place of the update.
    """
    word = _first(text)
    if word.keyword in _UPDATES:
        raise _refused(
            text,
            word,
            Sentence("{keyword} is an update, and queries only read", keyword=word.keyword),
            Sentence("the store is read-only: it is built from documents by kps-graph build"),
        )


def refuse_unknown(
    text: str, prefixes: Mapping[str, str], closed: Mapping[str, Iterable[str]]
) -> None:
    """Refuses a prefix that is neither known nor declared, and a term that its vocabulary lacks.

    Args:
        text: a query.
        prefixes: the namespaces of the prefixes that need no declaration.
        closed: the local names of all terms, of namespaces that have no others.

    Raises:
        QuerySyntax: with the place of the word and what may have been meant.
    """
    found = words(text)
    known = dict(prefixes)
    for word, name, iri_word in zip(found, found[1:], found[2:], strict=False):
        if word.keyword == "PREFIX":
            known[name.text.removesuffix(":")] = iri_word.text.strip("<>")
    for index, word in enumerate(found):
        prefix, _, local = word.text.partition(":")
        declared = index and found[index - 1].keyword == "PREFIX"
        if word.kind != "prefixed" or declared or prefix == "_":
            continue
        if prefix not in known:
            meant = did_you_mean(tuple(f"{p}:" for p in closest(prefix, known)))
            listed = Sentence("known without a declaration: {names}", names=tuple(sorted(prefixes)))
            raise _refused(
                text,
                word,
                Sentence("the prefix {prefix}: is not declared", prefix=prefix),
                Sentence("{meant} {listed}", meant=meant, listed=listed) if meant else listed,
            )
        terms = list(closed.get(known[prefix], ()))
        if terms and local and local not in terms:
            meant = did_you_mean(tuple(f"{prefix}:{term}" for term in closest(local, terms)))
            raise _refused(
                text,
                word,
                Sentence("{term} is no term of the vocabulary", term=word.text),
                meant or Sentence("docs/ontology.md lists the terms"),
            )


def refuse_network(text: str) -> None:
    r"""Refuses ``SERVICE``, which an embedded engine would follow over the network.

    The word counts only where an engine could read it as one: not in strings, IRIs, comments and
    the names of variables. Engines need no space around a word (``trueSERVICE<…>``,
    ``SERVICEex:p{``) and some decode ``\u0053`` before they read, so a text that can be read two
    ways is refused in either. ``FROM`` names graphs of the store and stays.

    Raises:
        QuerySyntax: with the place of the word.
    """
    decoded = _CODEPOINT.sub(lambda m: _character(m[1] or m[2]), text)
    for reading in dict.fromkeys((text, decoded)):
        if not _SERVICE.search(reading):
            continue
        found = list(words(reading))
        for before, word, after in zip([None, *found], found, [*found[1:], None], strict=False):
            if word.kind == "iri" and not _PLAIN_IRI.match(word.text):
                if "'" in word.text or "#" in word.text:  # or a comparison, a string, a comment
                    raise _refused(
                        reading,
                        word,
                        Sentence("this can be read as an IRI and as a comparison"),
                    )
            elif _SERVICE.search(word.text) and (
                word.kind == "name"
                or (
                    word.kind == "prefixed"
                    and after is not None
                    and after.text == "{"
                    and (before is None or before.keyword != "GRAPH")
                )
            ):
                raise _refused(reading, word, Sentence("SERVICE would ask another server"))


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


_ASK_ONLY: Final = Sentence(
    "ask only what the store holds; put spaces around < and > in comparisons"
)


def _refused(text: str, word: Word, said: Sentence, hint: Sentence = _ASK_ONLY) -> QuerySyntax:
    before = text[: word.start]
    return QuerySyntax(
        said,
        line=before.count("\n") + 1,
        column=word.start - (before.rfind("\n") + 1) + 1,
        hint=hint,
    )
