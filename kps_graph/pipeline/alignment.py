"""Aligns what the standards of a store say: reads the names, learns, matches, applies decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kps_graph.align import (
    Cluster,
    Decision,
    Lexicon,
    Matching,
    Name,
    Pair,
    cluster,
    learn,
    match,
    parse_decisions,
    resolve,
)
from kps_graph.errors import SourceError, Undecodable
from kps_graph.report import Finding
from kps_graph.store import Store
from kps_graph.terms import kps, skos

__all__ = ["Alignment", "align", "lexicon_of", "names_in", "read_pairs"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a store's names are to each other, decisions applied.

    Attributes:
        findings: decisions that are stale or contradict each other.
    """

    matching: Matching
    clusters: tuple[Cluster, ...]
    findings: tuple[Finding, ...]


def names_in(store: Store) -> list[Name]:
    """Every K, S, A and sub-item of every standard: kind, text, and the standard's IRI."""
    rows = store.select(
        f"SELECT ?g ?c ?text WHERE {{ GRAPH ?i {{ ?x <{kps.expresses}> ?c }} "
        f"GRAPH ?g {{ ?x <{skos.prefLabel}> ?text }} }} ORDER BY ?g ?text ?c"
    )
    # the kind is the letter before the digest: .../concept/K-0123456789abcdef
    return [
        Name(str(r["c"]).rsplit("/", 1)[-1][:1], str(r["text"]), str(r["g"])) for r in rows
    ]


def lexicon_of(store: Store | None) -> Lexicon:
    """The weights of words in the names of ``store``; the built-in prior alone without one."""
    return learn(names_in(store)) if store is not None else Lexicon()


def align(store: Store, decisions: Path | None = None) -> Alignment:
    """Matches all names of ``store`` and gathers what is the same; decisions always win.

    Raises:
        SourceError: if the file of decisions cannot be read.
    """
    names = names_in(store)
    decided: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()
    if decisions is not None:
        given = parse_decisions(_text(decisions), decisions.name)
        known = dict.fromkeys((n.kind, n.text) for n in names)
        decided, findings = resolve(given, known, _places(store))
    matching = match(names, learn(names), decided)
    found = cluster(matching.forms, matching.links, matching.apart)
    return Alignment(matching, tuple(found), findings)


def _places(store: Store) -> dict[str, tuple[str, str]]:
    """Every element by IRI: its kind and text as they are today."""
    rows = store.select(
        f"SELECT ?x ?c ?text WHERE {{ ?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }}"
    )
    return {str(r["x"]): (str(r["c"]).rsplit("/", 1)[-1][:1], str(r["text"])) for r in rows}


def read_pairs(path: Path) -> list[Pair]:
    """The pairs in a TSV file with the columns ``kind``, ``a`` and ``b``, others ignored.

    Raises:
        Undecodable: with the line, if a column or a value is missing.
    """
    lines = _text(path).lstrip("\ufeff").split("\n")
    heads = [h.strip() for h in lines[0].rstrip("\r").split("\t")]
    missing = [h for h in ("kind", "a", "b") if h not in heads]
    if missing:
        raise Undecodable(f"the column {missing[0]!r} is missing", source=path.name, line=1,
                          hint="a tab separated file with the columns kind, a and b is expected")
    return [_pair(heads, line.rstrip("\r"), path.name, n)
            for n, line in enumerate(lines[1:], 2) if line.strip()]


def _pair(heads: Iterable[str], line: str, source: str, number: int) -> Pair:
    row = dict(zip(heads, line.split("\t"), strict=False))
    kind, a, b = (row.get(h, "").strip() for h in ("kind", "a", "b"))
    if kind not in ("K", "S", "A"):
        raise Undecodable(f"{kind!r} is no kind: K, S or A", source=source, line=number)
    if not a or not b:
        raise Undecodable("a pair needs two texts", source=source, line=number)
    return Pair(kind, a, b)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"the file cannot be read: {error}", source=str(path)) from error
