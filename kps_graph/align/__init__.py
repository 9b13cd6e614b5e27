"""Which K, S and A say the same, which are related, and why; corrected by people for good.

:func:`learn` reads the weight of words off all names of a store. :func:`judge` says what the two
names of a pair are to each other, :func:`explain` why. :func:`match` finds every link of a store,
:func:`cluster` gathers what is the same around its most used name. Decisions that people made
(:func:`parse_decisions`, :func:`resolve`) always win.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kps_graph.align.canonicalise import Canonical, canonical
    from kps_graph.align.clusters import Cluster, Member, cluster
    from kps_graph.align.decisions import Decision, parse_decisions, resolve, write_decisions
    from kps_graph.align.embedding import Embedding
    from kps_graph.align.embedding import load as load_embedding
    from kps_graph.align.explanation import Evidence, Explanation, explain
    from kps_graph.align.judging import Judgement, Label, Pair, judge
    from kps_graph.align.lexicon import Lexicon, Name, key_of, learn
    from kps_graph.align.matching import Form, Link, Matching, match

__all__ = [
    "Canonical",
    "Cluster",
    "Decision",
    "Embedding",
    "Evidence",
    "Explanation",
    "Form",
    "Judgement",
    "Label",
    "Lexicon",
    "Link",
    "Matching",
    "Member",
    "Name",
    "Pair",
    "canonical",
    "cluster",
    "explain",
    "judge",
    "key_of",
    "learn",
    "load_embedding",
    "match",
    "parse_decisions",
    "resolve",
    "write_decisions",
]

#: Where each name is at home: importing one of them does not import what the others need (numpy).
_HOMES: Final = {
    "Canonical": ("canonicalise", "Canonical"),
    "Cluster": ("clusters", "Cluster"),
    "Decision": ("decisions", "Decision"),
    "Embedding": ("embedding", "Embedding"),
    "Evidence": ("explanation", "Evidence"),
    "Explanation": ("explanation", "Explanation"),
    "Form": ("matching", "Form"),
    "Judgement": ("judging", "Judgement"),
    "Label": ("judging", "Label"),
    "Lexicon": ("lexicon", "Lexicon"),
    "Link": ("matching", "Link"),
    "Matching": ("matching", "Matching"),
    "Member": ("clusters", "Member"),
    "Name": ("lexicon", "Name"),
    "Pair": ("judging", "Pair"),
    "canonical": ("canonicalise", "canonical"),
    "cluster": ("clusters", "cluster"),
    "explain": ("explanation", "explain"),
    "judge": ("judging", "judge"),
    "key_of": ("lexicon", "key_of"),
    "learn": ("lexicon", "learn"),
    "load_embedding": ("embedding", "load"),
    "match": ("matching", "match"),
    "parse_decisions": ("decisions", "parse_decisions"),
    "resolve": ("decisions", "resolve"),
    "write_decisions": ("decisions", "write_decisions"),
}


def __getattr__(name: str) -> Any:
    """A name of this package, from its module, when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kps_graph.align' has no attribute {name!r}")
    module, own = _HOMES[name]
    return getattr(import_module(f"kps_graph.align.{module}"), own)
