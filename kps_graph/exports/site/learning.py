"""The pages that explain: rules, terms, the project, how far it is accessible."""

from __future__ import annotations

from collections.abc import Sequence

from kps_graph.exports.site.frame import Frame, render
from kps_graph.rules.catalogue import Rule

__all__ = [
    "about_page",
    "accessibility_page",
    "api_page",
    "glossary_page",
    "rule_page",
    "rules_page",
]


def rules_page(frame: Frame, rules: Sequence[Rule]) -> str:
    """Every rule, in the order of their numbers."""
    return render("rules.html", frame, frame.word("rules"), rules=rules)


def rule_page(frame: Frame, rule: Rule) -> str:
    """A rule: an example of its breach and the fix, what it asks for, and on what basis."""
    return render("rule.html", frame, f"{rule.number} {rule.title[frame.lang]}", rule=rule)


def glossary_page(frame: Frame, terms: Sequence[tuple[str, str, str, str]]) -> str:
    """The terms: local name, in this language, in the other, and what each means."""
    return render("glossary.html", frame, frame.word("glossary"), terms=terms)


def about_page(frame: Frame, version: str, sources: int, failed: int) -> str:
    """What this is, and what the store was built of."""
    title = frame.word("about")
    return render("about.html", frame, title, version=version, sources=sources, failed=failed)


def accessibility_page(frame: Frame) -> str:
    """How far the pages are accessible, and what is not proven."""
    return render("accessibility.html", frame, frame.word("accessibility"))


def api_page(
    frame: Frame, questions: Sequence[tuple[str, str, Sequence[tuple[str, str, bool]]]]
) -> str:
    """What programs can ask.

    Args:
        frame: where the page stands.
        questions: the address of each, what it answers, and its parameters: name, meaning, and
            whether it must be given.
    """
    return render("api.html", frame, frame.word("api-title"), questions=questions)
