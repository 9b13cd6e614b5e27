"""Finds texts by a few of their characters: an index beside the data of a store, and what asks it."""

from kps_graph.search.follow import follow
from kps_graph.search.hits import Hit, Hits, Place
from kps_graph.search.index import Index, keep, opened
from kps_graph.search.searching import KINDS, search, suggest
from kps_graph.search.things import THINGS, Thing, things

__all__ = [
    "KINDS",
    "THINGS",
    "Hit",
    "Hits",
    "Index",
    "Place",
    "Thing",
    "follow",
    "keep",
    "opened",
    "search",
    "suggest",
    "things",
]
