"""What people decided about pairs: a table that is edited and reviewed in git, and always wins.

The file is an SSSOM mapping set as TSV. A decision names its texts (``subject_label``,
``object_label``) and their kinds, and may say where each stands (``subject_source``, the IRI of an
element): if a text is reworded, the decision follows its element to the new wording.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kps_graph.align.judging import KINDS, Label
from kps_graph.align.lexicon import key_of
from kps_graph.document import Span
from kps_graph.errors import SourceError
from kps_graph.report import Finding, Severity
from kps_graph.terms import DEFAULT_BASE, concept_iri, kps, skos
from kps_graph.words import Language, Sentence, Value

__all__ = ["Decision", "Ends", "parse_decisions", "resolve", "write_decisions"]

#: The two ends of a pair, each (kind, key), smaller first.
Ends = tuple[tuple[str, str], tuple[str, str]]

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "subject_category",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_category",
    "mapping_justification",
    "confidence",
    "reviewer_label",
    "mapping_date",
    "subject_source",
    "object_source",
    "comment",
)
_CATEGORIES: Final = {"K": "kps:Knowledge", "S": "kps:Skill", "A": "kps:Attitude"}
_PREDICATES: Final = {
    Label.SAME: "skos:exactMatch",
    Label.RELATED: "skos:relatedMatch",
    Label.DIFFERENT: "skos:exactMatch",
}
_BY_HAND: Final = "semapv:ManualMappingCuration"
_MATCHED: Final = "semapv:LexicalMatching"
_TITLES: Final = {
    "decisions": "What people decided about names that look alike",
    "links": "Which names say the same, as matched by kps-graph and decided by people",
}
_LABELS: Final = {
    "skos:exactMatch": Label.SAME,
    "skos:closeMatch": Label.SAME,
    "skos:relatedMatch": Label.RELATED,
    "skos:broadMatch": Label.RELATED,
    "skos:narrowMatch": Label.RELATED,
}
#: The columns that SSSOM lets stand above the table, once for all rows.
_PROPAGATED: Final = frozenset(("mapping_date", "subject_source", "object_source"))
#: The columns that no row may lack: a cut-off one would decide otherwise.
_DECIDING: Final = frozenset(
    ("subject_label", "object_label", "predicate_id", "predicate_modifier")
)
_SAID: Final = re.compile(r"#\s?(\w+):\s*(\S.*?)\s*$")
#: What says, in small letters, that a mapping does not hold: the value of SSSOM, and what it means.
_NEGATIONS: Final = frozenset(
    ("not", "sssom:negatedpredicate", "https://w3id.org/sssom/negatedpredicate")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two names.

    Attributes:
        kind_a: K, S or A.
        a: the text, as it was when the decision was made.
        label: same; related; or different, which also keeps the two out of one cluster.
        reviewer: who decided.
        confidence: how sure the reviewer is, 0 to 1.
        date: ``YYYY-MM-DD``.
        place_a: the IRI of an element that bears ``a``; "" if not recorded.
        predicate: the SKOS term, where it says more than the label (``skos:broadMatch``).
        by_hand: whether a person decided it; else the matcher found it.
        span: the line of the file.
    """

    kind_a: str
    a: str
    kind_b: str
    b: str
    label: Label
    reviewer: str = ""
    confidence: float = 1.0
    date: str = ""
    comment: str = ""
    place_a: str = ""
    place_b: str = ""
    predicate: str = ""
    by_hand: bool = True
    span: Span = field(default_factory=Span, compare=False, repr=False)

    @property
    def ends(self) -> Ends:
        """Both ends as (kind, key), in a fixed order."""
        one, two = sorted([(self.kind_a, key_of(self.a)), (self.kind_b, key_of(self.b))])
        return one, two


def write_decisions(
    decisions: Iterable[Decision], base: str = DEFAULT_BASE, *, title: str = "decisions"
) -> str:
    """The decisions as SSSOM TSV, sorted, so that a change is a small difference in git.

    The ``title`` says what the table holds: ``decisions``, or ``links`` with those of the matcher.
    """
    out = io.StringIO()
    for line in (
        f"mapping_set_id: https://w3id.org/kps-graph/mappings/{title}",
        f"mapping_set_description: {_TITLES[title]}",
        "license: https://creativecommons.org/publicdomain/zero/1.0/",
        "curie_map:",
        f"  concept: {base}concept/",
        f"  data: {base}",
        f"  kps: {kps}",
        f"  skos: {skos}",
        "  semapv: https://w3id.org/semapv/vocab/",
    ):
        out.write(f"#{line}\n")
    rows = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n")
    rows.writeheader()
    for d in sorted(decisions, key=lambda d: (d.ends, d.date)):
        rows.writerow(_row(d, base))
    return out.getvalue()


def _row(d: Decision, base: str) -> dict[str, str]:
    curies = [
        f"concept:{concept_iri(k, key_of(t)).rsplit('/', 1)[-1]}"
        for k, t in ((d.kind_a, d.a), (d.kind_b, d.b))
    ]
    places = [f"data:{p.removeprefix(base)}" if p else "" for p in (d.place_a, d.place_b)]
    return {
        "subject_id": curies[0],
        "subject_label": d.a.replace("\n", "\\n"),
        "subject_category": _CATEGORIES[d.kind_a],
        "predicate_id": d.predicate or _PREDICATES[d.label],
        "predicate_modifier": "Not" if d.label is Label.DIFFERENT else "",
        "object_id": curies[1],
        "object_label": d.b.replace("\n", "\\n"),
        "object_category": _CATEGORIES[d.kind_b],
        "mapping_justification": _BY_HAND if d.by_hand else _MATCHED,
        "confidence": f"{d.confidence:g}",
        "reviewer_label": d.reviewer,
        "mapping_date": d.date,
        "subject_source": places[0],
        "object_source": places[1],
        "comment": d.comment,
    }


def parse_decisions(text: str, source: str = "", base: str = DEFAULT_BASE) -> tuple[Decision, ...]:
    """The decisions in the SSSOM TSV ``text``; columns other than ours are passed over.

    Raises:
        SourceError: if it is no such table, or a row lacks what a decision needs.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    top = next((n for n, line in enumerate(lines) if line.strip() and line[0] != "#"), None)
    if top is None:
        return ()
    header = lines[top].rstrip("\r").split("\t")
    if missing := {"subject_label", "object_label", "predicate_id"} - set(header):
        raise SourceError(
            "these decisions lack the columns {columns}",
            columns=tuple(sorted(missing)),
            source=source,
            line=top + 1,
            hint=Sentence("an SSSOM TSV file, as `kps-graph align export` writes it"),
        )
    shared = _shared(lines[:top])
    found = []
    for number, line in enumerate(lines[top + 1 :], top + 2):
        if line.strip() and not line.startswith("#"):
            cells = next(csv.reader([line.rstrip("\r")], delimiter="\t"))
            if len(cells) > len(header) or _DECIDING.intersection(header[len(cells) :]):
                raise SourceError(
                    "this line has {cells} cells, the head of the table {columns}",
                    cells=len(cells),
                    columns=len(header),
                    source=source,
                    line=number,
                    hint=Sentence("part the cells with tabs, a blank one too"),
                )
            row = {**shared, **dict(zip(header, cells, strict=False))}
            found.append(_decision(row, source, number, base))
    return tuple(found)


def _shared(top: Iterable[str]) -> dict[str, str]:
    """What the lines above the table say of all its rows: other programs write it once."""
    said = (_SAID.match(line) for line in top)
    return {m[1]: m[2].strip("'\"") for m in said if m and m[1] in _PROPAGATED}


def _decision(row: Mapping[str, str], source: str, line: int, base: str) -> Decision:
    def fault(template: str, **values: Value) -> SourceError:
        return SourceError(Sentence(template, **values), source=source, line=line)

    kinds = []
    for end in ("subject", "object"):
        category = row.get(f"{end}_category", "")
        kind = next((k for k, c in _CATEGORIES.items() if category in (c, k)), "")
        kind = kind or row.get(f"{end}_id", "").removeprefix("concept:")[:1]
        if kind not in KINDS:
            raise fault(
                "this decision has no {end}_category of kps:Knowledge, kps:Skill or kps:Attitude",
                end=end,
            )
        kinds.append(kind)
    a, b = (row[f"{end}_label"].replace("\\n", "\n") for end in ("subject", "object"))
    if not (a and b):
        raise fault("this decision lacks one of its two texts")
    predicate, label = row["predicate_id"], _label(row, fault)
    confidence = _confidence(row, fault)
    places = [row.get(f"{end}_source") or "" for end in ("subject", "object")]
    places = [base + p.removeprefix("data:") if p else "" for p in places]
    return Decision(
        kinds[0],
        a,
        kinds[1],
        b,
        label,
        row.get("reviewer_label") or "",
        confidence,
        row.get("mapping_date") or "",
        row.get("comment") or "",
        places[0],
        places[1],
        "" if predicate == _PREDICATES[label] else predicate,
        row.get("mapping_justification") != _MATCHED,
        span=Span(source=source, line=line),
    )


def _label(row: Mapping[str, str], fault: Callable[..., SourceError]) -> Label:
    """What a row decides: its predicate, or the opposite where that is negated."""
    predicate = row["predicate_id"]
    if predicate not in _LABELS:
        raise fault(
            "this decision has the predicate {predicate!r}; expected one of {names}",
            predicate=predicate,
            names=tuple(_LABELS),
        )
    modifier = row.get("predicate_modifier", "").strip()
    bare = modifier[1:-1] if modifier[:1] == "<" and modifier[-1:] == ">" else modifier
    if modifier and bare.casefold() not in _NEGATIONS:
        raise fault(
            "this decision has the predicate_modifier {modifier!r}; expected Not, or nothing",
            modifier=modifier,
        )
    return Label.DIFFERENT if modifier else _LABELS[predicate]


def _confidence(row: Mapping[str, str], fault: Callable[..., SourceError]) -> float:
    try:
        confidence = float(row.get("confidence") or 1)
    except ValueError as odd:
        raise fault(
            "this decision has a confidence that is no number: {value!r}", value=row["confidence"]
        ) from odd
    if not 0 <= confidence <= 1:
        raise fault(
            "this decision has a confidence that is not from 0 to 1: {value!r}",
            value=row["confidence"],
        )
    return confidence


def resolve(
    decisions: Iterable[Decision],
    competencies: Iterable[tuple[str, str]],
    places: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions as they stand today, at most one per pair, and what is odd about them.

    Args:
        decisions: as made; of two about one pair the later (by date, then by line) counts.
        competencies: every (kind, text) in the store.
        places: IRI of an element to its (kind, text), to follow a text that was reworded.
    """
    keys = {(kind, key_of(text)) for kind, text in competencies}
    found: list[Finding] = []
    today: dict[Ends, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.date, d.span.line or 0)):
        current = _follow(decision, keys, places or {}, found)
        if current is None:
            continue
        if (other := today.get(current.ends)) and other.label is not current.label:
            found.append(
                _finding(
                    "M02",
                    Severity.VIOLATION,
                    current,
                    f"與另一決定（{other.label}，{other.reviewer or '無署名'}）矛盾，以較晚者為準",
                    f"contradicts another decision ({other.label} by {other.reviewer or 'nobody'});"
                    " the later one counts",
                )
            )
        today[current.ends] = current
    found += _triangles(today)
    return tuple(today[e] for e in sorted(today)), tuple(found)


def _follow(
    d: Decision,
    keys: set[tuple[str, str]],
    places: Mapping[str, tuple[str, str]],
    found: list[Finding],
) -> Decision | None:
    """``d`` with the wording of today; None, and a finding, if an end of it is gone."""
    for end in ("a", "b"):
        kind, text = getattr(d, f"kind_{end}"), getattr(d, end)
        if (kind, key_of(text)) in keys:
            continue
        now = places.get(getattr(d, f"place_{end}"))
        if now is None or now[0] != kind:
            found.append(
                _finding(
                    "M01",
                    Severity.WARNING,
                    d,
                    f"「{text}」已不存在，此決定無作用",
                    f"{text} no longer exists: the decision has no effect",
                )
            )
            return None
        found.append(
            _finding(
                "M03",
                Severity.INFO,
                d,
                f"「{text}」已改寫為「{now[1]}」，沿用決定，請確認",
                f"{text} now reads {now[1]}: the decision was carried over, confirm it",
            )
        )
        d = replace(d, a=now[1]) if end == "a" else replace(d, b=now[1])
    return d


def _triangles(today: Mapping[Ends, Decision]) -> list[Finding]:
    """A decided to be B, B to be C, and A not to be C."""
    same: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for (a, b), d in today.items():
        if d.label is Label.SAME:
            same.setdefault(a, set()).add(b)
            same.setdefault(b, set()).add(a)
    return [
        _finding(
            "M02",
            Severity.VIOLATION,
            d,
            "兩者分別被決定與同一名稱相同，卻又被決定為不同",
            "both were decided to be the same as a third name, and not as each other",
        )
        for (a, b), d in today.items()
        if d.label is Label.DIFFERENT and same.get(a, set()) & same.get(b, set())
    ]


def _finding(rule: str, severity: Severity, d: Decision, zh: str, en: str) -> Finding:
    messages: dict[str, str] = {Language.CHINESE: zh, Language.ENGLISH: en}
    return Finding(rule, severity, messages, value=f"{d.a} ↔ {d.b}", span=d.span)
