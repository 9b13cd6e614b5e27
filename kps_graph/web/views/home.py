"""The first page."""

from __future__ import annotations

from collections import Counter
from typing import Final

from kps_graph.exports.site.frame import Frame
from kps_graph.exports.site.home import home_page
from kps_graph.web.views.asked import Asked
from kps_graph.web.views.checking import choices

__all__ = ["empty_page", "page"]

#: Words that a designer of courses may begin with.
_EXAMPLES: Final = ("抱怨", "外語", "專案管理", "溝通", "法規")


def empty_page(frame: Frame) -> str:
    """The first page where there is no store, or nothing in it: the draft, and how to build one."""
    return home_page(frame, [], [], None, choices(frame.lang))


def page(asked: Asked, frame: Frame) -> str:
    """The first page: search, the draft, the classes, the state of the store."""
    only = asked.held.only
    names = asked.categories
    counts = Counter(c for facts in asked.facts.values() for c in facts.category)
    return home_page(
        frame,
        [(code, names.get(code, ""), counts[code]) for code in sorted(counts)],
        [w for w in _EXAMPLES if asked.held.standards and len(asked.graph.suggest(w, 1))][:4],
        (only, asked.identities[only].name) if only else None,
        choices(frame.lang),
    )
