"""The pages that explain, made of the files that the package comes with."""

from __future__ import annotations

from functools import cache

from kps_graph import resources
from kps_graph.exports.site import learning
from kps_graph.exports.site.frame import Frame
from kps_graph.rules import catalogue
from kps_graph.store import memory
from kps_graph.terms import kps, owl, rdfs, skos
from kps_graph.version import __version__
from kps_graph.web.views.asked import Asked

__all__ = ["about_page", "accessibility_page", "glossary_page", "rule_page", "rules_page"]


def rules_page(frame: Frame) -> str:
    """Every rule."""
    return learning.rules_page(frame, (*catalogue.rules(), *catalogue.course_rules()))


def rule_page(frame: Frame, number: str) -> str:
    """A rule by its number.

    Raises:
        UnknownRule: if there is none.
    """
    return learning.rule_page(frame, catalogue.get(number))


def glossary_page(frame: Frame) -> str:
    """The terms of the ontology."""
    terms = [
        (name, *((zh, en) if frame.lang.chinese else (en, zh)), said[not frame.lang.chinese])
        for name, zh, en, *said in _terms()
    ]
    return learning.glossary_page(frame, terms)


@cache
def _terms() -> tuple[tuple[str, str, str, str, str], ...]:
    """The classes of the ontology: local name, names and definitions in Chinese and English."""
    store = memory()
    store.load_files((path, str(kps)) for path in resources.files("ontology", "kps.ttl"))
    rows = store.texts(
        f"SELECT ?c ?zh ?en ?said ?says WHERE {{ ?c a <{owl.Class}> ; <{rdfs.label}> ?zh, ?en ; "
        f"<{skos.definition}> ?said, ?says "
        "FILTER(LANGMATCHES(LANG(?zh), 'zh') && LANGMATCHES(LANG(?en), 'en') "
        "&& LANGMATCHES(LANG(?said), 'zh') && LANGMATCHES(LANG(?says), 'en')) }"
    )
    return tuple(
        (row[0].removeprefix(str(kps)), row[1], row[2], row[3], row[4])
        for row in sorted(rows, key=lambda row: row[2])
        if row[0].startswith(str(kps))
    )


def about_page(asked: Asked, frame: Frame) -> str:
    """What this is, and what the store was built of."""
    sources = asked.graph.sources()
    failed = sum(s.outcome == "failed" for s in sources)
    return learning.about_page(frame, __version__, len(sources), failed)


def accessibility_page(frame: Frame) -> str:
    """How far the pages are accessible."""
    return learning.accessibility_page(frame)
