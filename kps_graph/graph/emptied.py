"""Why SPARQL found nothing: what a query names that the store does not hold as it is written.

Each name, text and property of a query is asked for alone, which an index answers at once; what is
not there explains the empty answer, and what is there in its stead is what may have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kps_graph.sparql import Word, dataset, iri, is_iri, words
from kps_graph.sparql import literal as sparql_literal
from kps_graph.store import Rows, Store
from kps_graph.terms import PREFIXES, dcterms, kps, rdf, rdfs, skos, xsd
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["why_empty"]

#: The tags of the texts in a store.
_TAGS: Final = ("@zh-Hant", "@en")
#: How many nodes are looked at to say what a class has.
_LOOKED_AT: Final = 200
#: A code is in capitals but for what leads its version.
_VERSION: Final = re.compile(r"V(?=\d+$)")
#: A property with so many values at most has them listed.
_FEW: Final = 6
#: How many causes are said.
_MOST: Final = 5
_PREDICATES: Final = ("iri", "prefixed")
_VOCABULARIES: Final[Mapping[str, Iterable[str]]] = {
    str(v): v for v in (kps, skos, rdfs, dcterms, rdf)
}
_PATH: Final = frozenset("/|*+?^()!")


def why_empty(text: str, store: Store) -> tuple[Sentence, ...]:
    """The likely causes that a SELECT found no row, the likeliest first; none where none is seen.

    Args:
        text: a query that the store has answered.
        store: which one.
    """
    if dataset(text, "") is not None:  # what it asks of is not the whole store
        return ()
    found = words(text)
    names = _Names(found)
    causes = [
        *_terms(found, names, store),
        *_literals(found, names, store),
        *_properties(found, names, store),
    ]
    return tuple({str(cause): cause for cause in causes}.values())[:_MOST]


class _Names:
    """The IRIs that the words of a query stand for."""

    def __init__(self, found: Sequence[Word]) -> None:
        self._prefixes: dict[str, str] = dict(PREFIXES)
        self.declaring: set[int] = set()
        for n, word in enumerate(found[:-2]):
            if word.keyword == "PREFIX":
                self._prefixes[found[n + 1].text.removesuffix(":")] = found[n + 2].text[1:-1]
                self.declaring |= {n + 1, n + 2}
            elif word.keyword == "BASE":
                self.declaring.add(n + 1)

    def iri(self, word: Word) -> str:
        """What ``word`` names; "" if it names nothing, or a blank node."""
        if word.kind == "iri":
            named = word.text[1:-1]
        elif word.keyword == "A" and word.text == "a":
            named = str(rdf.type)
        else:
            prefix, _, local = word.text.partition(":")
            if word.kind != "prefixed" or prefix not in self._prefixes or "\\" in local:
                return ""
            named = self._prefixes[prefix] + local
        return named if is_iri(named) else ""


def _holds(store: Store, pattern: str) -> bool:
    return store.query(f"ASK {{ {pattern} }}") is True


def _terms(found: Sequence[Word], names: _Names, store: Store) -> Iterator[Sentence]:
    """The IRIs of a query that the store does not hold at all."""
    for n, word in enumerate(found):
        if word.kind not in _PREDICATES or n in names.declaring:
            continue
        named = names.iri(word)
        if not named or named.startswith(str(xsd)):  # a datatype is no node
            continue
        one = iri(named)
        if _holds(store, f"{{ {one} ?p ?o }} UNION {{ ?s ?p {one} }} UNION {{ ?s {one} ?o }}"):
            continue
        said = Sentence("the store does not hold {term}", term=word.text)
        yield _with(said, _alike(named, word, store))


def _alike(named: str, word: Word, store: Store) -> Sentence | None:
    """What of the same namespace may have been meant by an IRI, written as that was."""
    cut = max(named.rfind("#"), named.rfind("/")) + 1
    namespace, local = named[:cut], named[cut:]
    written = word.text[: len(word.text) - len(local) - (word.kind == "iri")]
    known: Iterable[str] = _VOCABULARIES.get(namespace, ())
    if not known:
        standards = store.texts(f"SELECT ?s {{ ?s a {iri(str(kps.Standard))} }}")
        known = [row[0][cut:] for row in standards if row[0].startswith(namespace)]
    end = ">" if word.kind == "iri" else ""
    return did_you_mean(tuple(f"{written}{name}{end}" for name in closest(local, known)))


def _literals(found: Sequence[Word], names: _Names, store: Store) -> Iterator[Sentence]:
    """The texts of a query that the store has otherwise: with a tag, without, or as a number."""
    of = {o.text: names.iri(p) for _, p, o in _triples(found) if o.kind == "variable"}
    for n, word in enumerate(found):
        number = word.text.isdecimal() and found[n - 1].kind in _PREDICATES
        if not (number or (word.kind == "string" and _is_term(found, n))):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after and after.text.startswith("^"):
            continue
        tag = after.text if after and after.kind == "tag" else ""
        property_ = of.get(_variable(found, n), "") or names.iri(found[n - 1])
        asked = iri(property_) if property_ else "?p"

        def held(literal: str, asked: str = asked) -> bool:
            return _holds(store, f"?s {asked} {literal}")

        if held(word.text + tag) or (number and held("?o FILTER(isNumeric(?o))")):
            continue
        others = () if number else ("", *_TAGS)
        forms = [form for form in others if form.lower() != tag.lower()]
        meant = [f"{word.text}{form}" for form in forms if held(word.text + form)]
        plain = word.text.strip("\"'")
        if plain.isdecimal() and held(plain):
            meant.append(plain)
        elif held(code := sparql_literal(_VERSION.sub("v", plain.upper()))):
            meant.append(code)
        text = word.text + tag
        said = (
            Sentence("no {property} is {text}", property=_short(property_), text=text)
            if property_
            else Sentence("no text of the store is {text}", text=text)
        )
        yield _with(
            said, did_you_mean(tuple(dict.fromkeys(meant))) or _instead(property_, plain, store)
        )


def _instead(property_: str, text: str, store: Store) -> Sentence:
    """What to ask for where a property has no such text: what it has, if that are few or IRIs."""
    part = Sentence("kps-graph search finds what holds a part of it")
    if not property_:
        return part
    some = f"SELECT DISTINCT ?o {{ ?s {iri(property_)} ?o }} LIMIT {_LOOKED_AT}"
    rows = store.query(some)
    terms = [term for row in rows.terms for term in row if term] if isinstance(rows, Rows) else []
    if terms and all(term.kind == "iri" for term in terms):
        named = {term.value.rpartition("/")[2].casefold(): term.value for term in terms}
        if text.casefold() in named:
            return did_you_mean((_short(named[text.casefold()]),)) or part
        return Sentence("its values are IRIs, such as {term}", term=_short(terms[0].value))
    if not 0 < len(terms) <= _FEW:
        return part
    listed = (
        _short(term.value)
        if term.kind == "iri"
        else term.value
        if term.datatype
        else sparql_literal(term.value, term.lang)
        for term in terms
    )
    return Sentence("its values are {names}", names=tuple(sorted(listed)))


def _variable(found: Sequence[Word], n: int) -> str:
    """The variable that the string at ``n`` is compared with, or a value of."""
    if found[n - 1].text == "=":
        return found[n - 2].text
    opening = next((i for i in range(n - 1, 1, -1) if found[i].text in ("{", "}")), 0)
    return found[opening - 1].text if found[opening - 2].keyword == "VALUES" else ""


def _is_term(found: Sequence[Word], n: int) -> bool:
    """Whether a string stands where it has to be a whole value: in a triple, ``VALUES`` or ``=``."""
    before = found[n - 1] if n else None
    if before is None or before.text in ("(", ",") or before.keyword in ("REGEX", "SEPARATOR"):
        return False
    if before.text == "=":  # STR(?x) = and LANG(?x) = compare what has no tag; != leaves it out
        return n > 1 and found[n - 2].kind == "variable"
    return before.kind in ("iri", "prefixed", "variable", "string", "tag") or before.text == "{"


def _properties(found: Sequence[Word], names: _Names, store: Store) -> Iterator[Sentence]:
    """The properties that a query asks of a class of which no node has them."""
    classes: dict[str, list[Word]] = {}
    asked: dict[str, list[Word]] = {}
    for subject, predicate, object_ in _triples(found):
        if names.iri(predicate) == str(rdf.type):
            if object_.kind in _PREDICATES:
                classes.setdefault(subject, []).append(object_)
        elif predicate.kind in _PREDICATES:
            asked.setdefault(subject, []).append(predicate)
    for subject, kinds in classes.items():
        for kind in kinds:
            for word in asked.get(subject, ()):
                yield from _lacking(kind, word, names, store)


def _lacking(kind: Word, word: Word, names: _Names, store: Store) -> Iterator[Sentence]:
    class_, property_ = names.iri(kind), names.iri(word)
    if not class_ or not property_ or not _holds(store, f"?s {iri(property_)} ?o"):
        return  # which is said of the term alone
    if _holds(store, f"?s a {iri(class_)} ; {iri(property_)} ?o"):
        return
    own = store.texts(
        f"SELECT DISTINCT ?p {{ {{ SELECT ?s {{ ?s a {iri(class_)} }} LIMIT {_LOOKED_AT} }} "
        "?s ?p ?o }"
    )
    have = store.texts(
        f"SELECT DISTINCT ?c {{ {{ SELECT ?s {{ ?s {iri(property_)} ?o }} LIMIT {_LOOKED_AT} }} "
        "?s a ?c }"
    )
    shorts = {row[0]: _short(row[0]) for row in (*own, *have)}
    local = word.text.rpartition(":")[2].rpartition("#")[2].rstrip(">")
    near = {shorts[row[0]].rpartition(":")[2]: shorts[row[0]] for row in own}
    said = Sentence(
        "no {kind} has {property}; what has it is {classes}",
        kind=_short(class_),
        property=_short(property_),
        classes=tuple(sorted(shorts[row[0]] for row in have)),
    )
    yield _with(said, did_you_mean(tuple(near[name] for name in closest(local, near))))


def _triples(found: Sequence[Word]) -> Iterator[tuple[str, Word, Word]]:
    """The simple triples of a query's patterns: variable, predicate, first object; paths are left out."""
    subject = ""
    for n, (word, predicate) in enumerate(pairwise(found)):
        if n + 2 >= len(found):
            return
        object_ = found[n + 2]
        if word.kind == "variable" and (n == 0 or found[n - 1].text in ("{", "}", ".", ")")):
            subject = word.text[1:]
        elif word.text != ";" or not subject:
            subject = subject if word.text not in ("{", "}", ".") else ""
            continue
        if (predicate.kind in _PREDICATES or predicate.text == "a") and object_.text not in _PATH:
            yield subject, predicate, object_


def _short(term: str) -> str:
    """An IRI by its prefix."""
    spaces: Mapping[str, str] = PREFIXES
    for prefix, namespace in spaces.items():
        if term.startswith(namespace):
            return f"{prefix}:{term[len(namespace) :]}"
    return f"<{term}>"


def _with(said: Sentence, hint: Sentence | None) -> Sentence:
    return Sentence("{said}; {hint}", said=said, hint=hint) if hint else said
