"""How often each rule fires on a corpus, and how often a reader found it right.

Needs ``KPS_CORPUS_DIR``. Prints ``docs/precision.md``. For the rules that read language, a sample
of the distinct texts that they object to, the first :data:`SAMPLE` by hash, has been read; the
judgements are kept in ``judgements.tsv`` by rule and hash, without the texts. ``--show RULE``
prints the sample to read, with what is judged already; ``--judge RULE right|wrong HASH...`` adds.

What a rule misses is estimated from the first :data:`PASSED` distinct texts by hash that it reads
and does not object to: ``--passed RULE`` prints them, ``--judge RULE missed|passed HASH...`` adds.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import corpus
from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.report import Finding
from kps_graph.rules import catalogue as rules
from kps_graph.store import Store
from kps_graph.terms import PREFIXES

#: The rules that judge language, and so can be wrong.
LANGUAGE = ("R10", "R11", "R12", "R13", "R15", "R16", "R17", "R18", "R23", "R25")
#: How many texts of each rule are read.
SAMPLE = 50
#: How many texts that a rule does not object to are read.
PASSED = 60
#: The verdicts: of a text that a rule objects to, and of one that it lets pass.
VERDICTS = ("right", "wrong", "missed", "passed")
#: What each of them reads.
_ANY = ("Task", "Activity", "Output", "Indicator", "Knowledge", "Skill", "Attitude")
READ = {
    "R10": ("Indicator",),
    "R11": ("Indicator",),
    "R12": ("Indicator",),
    "R13": ("Task", "Activity"),
    "R15": ("Output",),
    "R16": ("Knowledge",),
    "R17": ("Skill",),
    "R18": ("Attitude",),
    "R23": _ANY,
    "R25": ("Knowledge", "Skill"),
}
#: Rule 22 depends on the day of the check.
TODAY = datetime.date(2026, 11, 25)
JUDGEMENTS = Path(__file__).parent / "judgements.tsv"

INTRODUCTION = f"""\
# How often the rules fire, and how often they are right

Printed by `python -m benchmarks.precision` over 807 standards as a third party extracted them; so
what that extraction lost or damaged is counted too (R01–R06, R24). Severities are those of the
shapes.

The rules that read language are conservative. Of each, the first {SAMPLE} distinct texts by hash,
or all there are, were read by one reader who knows the rule; a rule that is wrong about more than
one in ten is tightened or lowered. The judgements are in `benchmarks/judgements.tsv`.

Right means that the text does what the rule says it should not. Of the 50 texts of R10, which all
begin with 瞭解, 熟悉, 具備, 掌握 or the like, some 12 go on to name an action: the advice to begin with
that action stands, and a reviewer may let them pass.

*Let pass* counts the distinct texts that a rule reads and does not object to; {PASSED} of them by
hash, or all there are, were read too. *Missed* are those that do what the rule is meant to find, in
whatever form: a K that is a deed though it does not end in 能力, an indicator without condition or
result of any length. *Recall* is the share of all such texts that the rule names, estimated from
the sample; where nothing was missed, the least that is likely (with three misses in the sample).
It is low on purpose: what cannot be told for sure from words alone is left to a reviewer
([review](review.md)). Nothing in this corpus breaks R12 (no indicator of level 5 or 6 is done on
instruction); that it finds a breach is shown by its case in `tests/cases/shapes` and by
`tests/pipeline/test_drafts.py`.

R25 asks the matcher ([sharing](sharing.md)). By its layers that need no weighing it calls 89 pairs of K or S within
one standard of the corpus the same; 68 are reported. All 68 were read, and 67 are right (0.99; 廢棄物及廢棄物處理概念
beside 廢棄物處理方式 is not). The other 21 are two for the author who lists both: 16 differ in a grade (基礎 beside none,
通論／專論), 2 in brackets that narrow (電鍍、電鍍（二次銅）), 2 in words that are two where both stand (資訊分析、數據分析),
1 in knowing and using (機械常識、機械應用能力). Four names that had passed for right were judged again with the whole
standard at hand: each is a 專論, or one broken off, beside a 通論. Three more pairs are judged by the lexical layer alone
and are no pairs at all (安全防災、節能管理與健, broken off, with three longer names), so that at a precision of 0.95 that
layer has nothing to add. Of the 51 labelled pairs of K and S that its rule `canonical` calls the same, all are (`gold`).
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule over the corpus: findings, standards concerned, distinct texts, right and wrong."""

    rule: str
    findings: int
    standards: int
    texts: int
    right: int = 0
    wrong: int = 0
    unread: int = 0
    passing: int = 0
    missed: int = 0
    passed: int = 0

    @property
    def recall(self) -> str:
        """The share of the texts at fault that the rule names, as far as the sample tells.

        Where nothing in it was missed, the least that is likely (three in the sample at most).
        "" where nothing was named, or nothing read.
        """
        read = self.missed + self.passed
        judged = self.right + self.wrong
        if not read or not judged:
            return ""
        named = self.texts * self.right / judged
        whole = read >= self.passing  # all that it lets pass was read: nothing to estimate
        left = self.passing * (self.missed or (0 if whole else 3)) / read
        share = f"{named / (named + left):.2f}"
        return share if self.missed or whole else f"≥ {share}"


def checked() -> tuple[list[Finding], dict[str, set[str]]]:
    """What the rules find in the corpus, and the texts that each of :data:`LANGUAGE` lets pass."""
    loaded = load(find([corpus()]), ontology=True)
    store = loaded.store
    found = shacl.validate_store(shacl.load_shapes(today=TODAY), store.select)
    # rule 25 is asked of the matcher while a document is read
    found += [f for s in loaded.sources for f in s.findings if f.rule.startswith("R")]
    passing = {
        rule: _texts(store, rule) - {f.value for f in found if f.rule == rule} for rule in LANGUAGE
    }
    return found, passing


def _texts(store: Store, rule: str) -> set[str]:
    """The texts that a rule reads; rule 12 those of levels 5 and 6 alone."""
    graded = (
        '?x kps:atLevel ?level . FILTER (STRENDS(STR(?level), "/5") || STRENDS(STR(?level), "/6"))'
        if rule == "R12"
        else ""
    )
    return {
        str(row["text"])
        for kind in READ[rule]
        for row in store.select(
            f"PREFIX kps: <{PREFIXES['kps']}> PREFIX skos: <{PREFIXES['skos']}> "
            f"SELECT DISTINCT ?text {{ ?x a kps:{kind} ; skos:prefLabel ?text . {graded} }}"
        )
    }


def sample(found: Iterable[Finding], rule: str) -> dict[str, str]:
    """The texts of ``rule`` to be read, by their hash."""
    texts = {_hash(f.value): f.value for f in found if f.rule == rule}
    return dict(sorted(texts.items())[:SAMPLE])


def judgements() -> dict[tuple[str, str], str]:
    """The verdict on a text, by rule and hash."""
    lines = JUDGEMENTS.read_text("utf-8").splitlines()[1:]
    return {(rule, text): verdict for rule, text, verdict in (line.split("\t") for line in lines)}


def unobjected(passing: Iterable[str]) -> dict[str, str]:
    """Those of the texts that a rule lets pass which are to be read, by their hash."""
    texts = {_hash(text): text for text in passing}
    return dict(sorted(texts.items())[:PASSED])


def rows(found: list[Finding], passing: Mapping[str, Collection[str]]) -> list[Row]:
    """One row for each of the 25 rules."""
    counts = Counter(f.rule for f in found)
    standards, texts = defaultdict(set), defaultdict(set)
    for f in found:
        standards[f.rule].add(f.focus.split("/id/")[-1].split("/")[0])
        texts[f.rule].add(f.value)
    judged, made = judgements(), []
    for rule in (r.number for r in rules.rules() if r.number.startswith("R")):
        read, let = [], []
        if rule in LANGUAGE:
            read = [judged.get((rule, text)) for text in sample(found, rule)]
            let = [judged.get((rule, text)) for text in unobjected(passing[rule])]
        made.append(
            Row(
                rule,
                counts[rule],
                len(standards[rule]),
                len(texts[rule]),
                read.count("right"),
                read.count("wrong"),
                (read + let).count(None),
                len(passing.get(rule, ())),
                let.count("missed"),
                let.count("passed"),
            )
        )
    return made


def page(found: list[Finding], passing: Mapping[str, Collection[str]]) -> str:
    """The page of the documentation."""
    lines = [
        INTRODUCTION,
        "| rule | asks | findings | standards | texts | read | right | precision "
        "| let pass | read | missed | recall |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    titles = {r.number: r.title["zh-Hant"] for r in rules.rules()}
    for row in rows(found, passing):
        read = row.right + row.wrong
        shown = (read, row.right, f"{row.right / read:.2f}") if read else ("", "", "")
        let = row.missed + row.passed
        missed = (row.passing, let, row.missed, row.recall) if let else ("",) * 4
        listed = (
            row.rule,
            titles[row.rule],
            row.findings,
            row.standards,
            row.texts,
            *shown,
            *missed,
        )
        lines.append(f"| {' | '.join(map(str, listed))} |")
    return "\n".join(lines) + "\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _judge(rule: str, verdict: str, texts: Iterable[str]) -> None:
    judged = {**judgements(), **{(rule, text): verdict for text in texts}}
    lines = [
        "rule\ttext\tverdict",
        *(f"{r}\t{text}\t{said}" for (r, text), said in sorted(judged.items())),
    ]
    JUDGEMENTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the page, a sample, or takes judgements down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="RULE", choices=LANGUAGE)
    parser.add_argument("--passed", metavar="RULE", choices=LANGUAGE)
    parser.add_argument("--judge", nargs="+", metavar=("RULE", "VERDICT"))
    options = parser.parse_args()
    if options.judge:
        rule, verdict, *texts = options.judge
        if rule not in LANGUAGE or verdict not in VERDICTS:
            parser.error(f"--judge RULE {'|'.join(VERDICTS)} HASH...")
        _judge(rule, verdict, texts)
        return
    found, passing = checked()
    rule = options.show or options.passed
    if rule:
        judged = judgements()
        texts = sample(found, rule) if options.show else unobjected(passing[rule])
        for key, text in texts.items():
            print(f"{key}\t{judged.get((rule, key), '?')}\t{text}")
    else:
        print(page(found, passing), end="")


if __name__ == "__main__":
    main()
