"""The catalogue of rules: what each asks for, on what basis, an example of a breach and its fix.

The rules of a good standard (R01-R25) stand in ``shapes/rules.ttl``, beside the shapes that check
them; what extraction notices (E01-) in :mod:`kps_graph.extract.notices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kps_graph import resources
from kps_graph.courses.notices import rules as noticed_of_courses
from kps_graph.errors import UnknownRule
from kps_graph.extract.notices import RULES as NOTICED
from kps_graph.report import Severity
from kps_graph.store import memory
from kps_graph.terms import SHAPES
from kps_graph.words import Language, Sentence, closest, did_you_mean

__all__ = ["Rule", "course_rules", "get", "page", "rules"]

_PREFIXES: Final = (
    f"PREFIX : <{SHAPES}> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX sh: <http://www.w3.org/ns/shacl#>"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; texts by language tag.

    Attributes:
        number: ``R07``, ``E02``.
        title: what it asks for, or what was noticed.
        severity: the highest of its shapes; its own where none checks it.
        basis: the official rule with its page, or that it is our convention.
        breach: an example of a breach.
        fix: the example put right.
        shapes: the local names of the shapes that check it.
        remedy: what to do; the messages of shapes say so themselves, for the case at hand.
    """

    number: str
    title: Mapping[str, str]
    severity: Severity
    basis: Mapping[str, str]
    breach: str = ""
    fix: str = ""
    shapes: tuple[str, ...] = ()
    remedy: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The rule as JSON data."""
        return {
            "number": self.number,
            "title": dict(self.title),
            "severity": str(self.severity),
            "basis": dict(self.basis),
            "breach": self.breach,
            "fix": self.fix,
            "remedy": dict(self.remedy),
            "shapes": list(self.shapes),
        }


@cache
def rules() -> tuple[Rule, ...]:
    """All rules by number, those of extraction after those of a good standard; read once."""
    return (*_official(), *_noticed())


def get(number: str) -> Rule:
    """The rule ``number``, in any case, with or without padding (``R7``).

    Raises:
        UnknownRule: if there is none, with what could be meant.
    """
    wanted = number.strip().upper()
    if wanted[1:].isdigit() and len(wanted) < 9:
        wanted = f"{wanted[0]}{int(wanted[1:]):02d}"
    known = {r.number: r for r in (*rules(), *course_rules())}
    if wanted not in known:
        raise UnknownRule(
            "there is no rule {number!r}",
            number=number,
            hint=did_you_mean(closest(wanted, known)) or Sentence("kps-graph rules lists them"),
        )
    return known[wanted]


def _official() -> list[Rule]:
    store = memory()
    store.load_files((path, SHAPES) for path in resources.files("shapes", "*.ttl"))
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for number, predicate, text in store.select(
        f"{_PREFIXES} SELECT ?n ?p ?t WHERE {{ ?r a :Rule ; skos:notation ?n ; ?p ?t "
        "FILTER(?p IN (skos:prefLabel, dcterms:source, :breach, :fix, :remedy)) }"
    ).terms:
        if number is None or predicate is None or text is None:
            continue
        key = predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        tag = Language.of(text.lang or "")
        texts.setdefault(number.value, {}).setdefault(key, {})[tag] = text.value
    shapes: dict[str, list[tuple[str, Severity]]] = {}
    for row in store.select(
        f"{_PREFIXES} SELECT ?n ?s ?v WHERE {{ ?s dcterms:identifier|skos:notation ?n ; sh:severity ?v }}"
    ):
        shapes.setdefault(str(row["n"]), []).append(
            (str(row["s"]).removeprefix(SHAPES), Severity.of(str(row["v"])))
        )
    return [
        Rule(
            number,
            found["prefLabel"],
            max(s for _, s in shapes[number]),
            found["source"],
            found.get("breach", {}).get(Language.CHINESE, ""),
            found.get("fix", {}).get(Language.CHINESE, ""),
            tuple(sorted(name for name, _ in shapes[number] if name != number)),
            found["remedy"],
        )
        for number, found in sorted(texts.items())
    ]


def _noticed() -> list[Rule]:
    basis = _texts(("讀取文件時的發現", "noticed while reading the document"))
    return [
        Rule(
            number,
            _texts(known.title),
            known.severity,
            basis,
            known.breach,
            known.fix,
            remedy=_texts(known.remedy),
        )
        for number, known in sorted(NOTICED.items())
    ]


@cache
def course_rules() -> tuple[Rule, ...]:
    """The rules of courses (C01-), which stand in ``shapes/courses.toml``."""
    return tuple(
        Rule(r.number, r.title, r.severity, r.basis, r.breach, r.fix, remedy=r.remedy)
        for r in noticed_of_courses().values()
    )


def _texts(pair: tuple[str, str]) -> dict[str, str]:
    return dict(zip(Language, pair, strict=True))


def page() -> str:
    """The catalogue as a Markdown page."""
    lines = [
        "# Rules",
        "",
        "Generated from `shapes/rules.ttl` and the shapes by `kps-graph rules --format markdown`.",
        "",
    ]
    for rule in (*rules(), *course_rules()):
        lines += [
            f"## {rule.number} {rule.title[Language.CHINESE]}",
            "",
            rule.title[Language.ENGLISH],
            "",
            f"* severity: {rule.severity}",
            f"* basis: {rule.basis[Language.CHINESE]}",
        ]
        if rule.remedy:
            lines.append(f"* 處理：{rule.remedy[Language.CHINESE]}")
        lines += [f"* 違反之例：{rule.breach}", f"* 改正之例：{rule.fix}"]
        if rule.shapes:
            lines.append(f"* shapes: {', '.join(f'`{s}`' for s in rule.shapes)}")
        lines.append("")
    return "\n".join(lines)
