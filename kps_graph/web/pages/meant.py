"""What may have been meant by a name that the store does not hold, each as an address that goes on."""

from __future__ import annotations

from kps_graph.errors import KpsError
from kps_graph.exports.site.errors import Near
from kps_graph.exports.site.frame import Frame
from kps_graph.web.views.asked import Asked
from kps_graph.words import closest

__all__ = ["meant", "near"]

_MOST = 8


def near(asked: Asked, frame: Frame, sought: str) -> list[Near]:
    """The standards whose local names are like one that is not there."""
    known = asked.identities
    found = closest(sought, known, _MOST)
    return [Near(frame.href(f"/id/{i}"), i, known[i].name) for i in found]


def meant(asked: Asked, frame: Frame, error: KpsError) -> list[Near]:
    """The same page with each standard that may have been meant in the place of an unknown one.

    Args:
        asked: the store.
        frame: where the page stands that could not be made.
        error: why not.
    """
    said = dict(error.said.values).get("standard")
    if not isinstance(said, str) or said not in (value for _, value in frame.params):
        return []
    known = asked.identities
    called: dict[str, list[str]] = {}
    for identity, source in known.items():
        called.setdefault(source.name, []).append(identity)
        called.setdefault(identity, []).append(identity)
    names = [said] if said in called else closest(said, called, _MOST)
    found = dict.fromkeys(
        i for name in names for i in (called[name] if name == said else [asked.newest(name)])
    )
    listed = [i for i in found if i in known]
    return [
        Near(
            frame.listed(frame.path, [(k, i if v == said else v) for k, v in frame.params]),
            i,
            known[i].name,
        )
        for i in listed[:_MOST]
    ]
