"""Parts of a corpus: how one is named, kept under a name, and which standards of a store it has.

A :class:`Slice` says which standards are meant, by what they state; :func:`selected` finds them in a
store. The slice that says nothing has the latest version of each occupation.
"""

from kps_graph.slices.described import Described, described
from kps_graph.slices.saved import keep, named, place, remove, saved
from kps_graph.slices.selected import Selection, class_codes, selected
from kps_graph.slices.slice import CRITERIA, Slice, parse

__all__ = [
    "CRITERIA",
    "Described",
    "Selection",
    "Slice",
    "class_codes",
    "described",
    "keep",
    "named",
    "parse",
    "place",
    "remove",
    "saved",
    "selected",
]
