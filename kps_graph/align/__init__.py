"""Which K, S and A say the same, which are related, and why; corrected by people for good.

:func:`learn` reads the weight of words off all names of a store. :func:`judge` says what the two
names of a pair are to each other, :func:`explain` why. :func:`match` finds every link of a store,
:func:`cluster` gathers what is the same around its most used name. Decisions that people made
(:func:`parse_decisions`, :func:`resolve`) always win.
"""

from kps_graph.align.canonical import Canonical, canonical
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
