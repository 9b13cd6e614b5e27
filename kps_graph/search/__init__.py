"""Finds texts by a few of their characters: an index beside the data of a store, and what asks it."""

from kps_graph.search.hits import Hit, Hits, Place
from kps_graph.search.index import Index, keep, opened
from kps_graph.search.searching import KINDS, search, suggest

__all__ = ["KINDS", "Hit", "Hits", "Index", "Place", "keep", "opened", "search", "suggest"]
