"""The C rules, which stand in ``shapes/courses.toml``: what is noticed of a course."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from kps_graph import resources
from kps_graph.document import Span
from kps_graph.report import Finding, Severity
from kps_graph.words import Bilingual, Language, Sentence

__all__ = ["CourseRule", "notice", "rules", "unknown_column"]

#: What fills a field of a message: a text of the documents, or one that has both languages.
Words: TypeAlias = "str | Sentence | Bilingual"
_FILE: Final = "courses.toml"


@dataclass(frozen=True, slots=True)
class CourseRule:
    """One C rule; texts by language tag.

    Attributes:
        number: ``C01``.
        severity: how much it matters.
        stage: A, D, I or E of ADDIE.
        basis: what it rests on: the official form, trained practice, our own reading.
        title: what it asks for.
        message: what is said of a breach; ``{}`` fields are filled by name.
        remedy: what to do.
        breach, fix: an example, in Chinese.
    """

    number: str
    severity: Severity
    stage: str
    basis: Mapping[str, str]
    title: Mapping[str, str]
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    breach: str
    fix: str


@cache
def rules() -> Mapping[str, CourseRule]:
    """All C rules by number; read once."""
    data = tomllib.loads((resources.folder("shapes") / _FILE).read_text("utf-8"))
    return {
        number: CourseRule(
            number,
            Severity.of(rule["severity"]),
            rule["stage"],
            data["basis"][rule["basis"]],
            rule["title"],
            rule["message"],
            rule["remedy"],
            rule["breach"],
            rule["fix"],
        )
        for number, rule in data["rule"].items()
    }


def notice(rule: str, span: Span, *, code: str = "", value: str = "", **values: Words) -> Finding:
    """The finding of a C rule at a cell.

    Args:
        rule: its number.
        span: the cell.
        code: of the standard, where one is concerned.
        value: the offending text.
        values: for the fields of the message.
    """
    broken = rules()[rule]
    texts = {"code": code, "value": value, **values}

    def said(templates: Mapping[str, str]) -> dict[str, str]:
        return {
            str(language): templates[language].format_map(
                {
                    name: text if isinstance(text, str) else text.in_words(language)
                    for name, text in texts.items()
                }
            )
            for language in Language
        }

    return Finding(
        rule,
        broken.severity,
        said(broken.message),
        code=code,
        value=value,
        span=span,
        remedy=said(broken.remedy),
    )


def unknown_column(span: Span, head: str = "", value: str = "") -> Finding:
    """What is said of a column: at its ``head``, or at the first ``value`` in one that has none."""
    column = (
        Bilingual(f"欄位「{head}」", f"The column “{head}”")
        if head
        else Bilingual(
            f"「{value}」所在的欄位（沒有欄名）", f"The column of “{value}”, which has no heading,"
        )
    )
    return notice("C21", span, value=head or value, column=column)
