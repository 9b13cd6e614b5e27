"""How often each rule fires on a corpus, and how often a reader found it right.

Needs ``KPS_CORPUS_DIR``. Prints ``docs/precision.md``. For the rules that read language, a sample
of the distinct texts that they object to, the first :data:`SAMPLE` by hash, has been read; the
judgements are kept in ``judgements.tsv`` by rule and hash, without the texts. ``--show RULE``
prints the sample to read, with what is judged already; ``--judge RULE right|wrong HASH...`` adds.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import corpus
from kps_graph import rules, shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.report import Finding

#: The rules that judge language, and so can be wrong.
LANGUAGE = ("R10", "R11", "R12", "R13", "R15", "R16", "R17", "R18", "R23", "R25")
#: How many texts of each rule are read.
SAMPLE = 50
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
begin with 瞭解, 熟悉, 具備 or the like, some 12 go on to name an action: the advice to begin with
that action stands, and a reviewer may let them pass. How much these rules miss is not measured.
R12 has nothing to read here.
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


def findings() -> list[Finding]:
    """What the rules, with the severities of their shapes, find in the corpus."""
    return shacl.validate_store(
        shacl.load_shapes(today=TODAY), load(find([corpus()]), ontology=True).store.select)


def sample(found: Iterable[Finding], rule: str) -> dict[str, str]:
    """The texts of ``rule`` to be read, by their hash."""
    texts = {_hash(f.value): f.value for f in found if f.rule == rule}
    return dict(sorted(texts.items())[:SAMPLE])


def judgements() -> dict[tuple[str, str], bool]:
    """Whether a rule was right about a text, by rule and hash."""
    lines = JUDGEMENTS.read_text("utf-8").splitlines()[1:]
    return {(rule, text): verdict == "right" for rule, text, verdict in
            (line.split("\t") for line in lines)}


def rows(found: list[Finding]) -> list[Row]:
    """One row for each of the 25 rules."""
    counts = Counter(f.rule for f in found)
    standards, texts = defaultdict(set), defaultdict(set)
    for f in found:
        standards[f.rule].add(f.focus.split("/id/")[-1].split("/")[0])
        texts[f.rule].add(f.value)
    judged, made = judgements(), []
    for rule in (r.number for r in rules.rules() if r.number.startswith("R")):
        read = [judged.get((rule, text)) for text in sample(found, rule)]
        read = read if rule in LANGUAGE else []
        made.append(Row(rule, counts[rule], len(standards[rule]), len(texts[rule]),
                        read.count(True), read.count(False), read.count(None)))
    return made


def page(found: list[Finding]) -> str:
    """The page of the documentation."""
    lines = [
        INTRODUCTION,
        "| rule | asks | findings | standards | texts | read | right | precision |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    titles = {r.number: r.title["zh-Hant"] for r in rules.rules()}
    for row in rows(found):
        read = row.right + row.wrong
        shown = (read, row.right, f"{row.right / read:.2f}") if read else ("", "", "")
        lines.append(f"| {row.rule} | {titles[row.rule]} | {row.findings} | {row.standards} "
                     f"| {row.texts} | {shown[0]} | {shown[1]} | {shown[2]} |")
    return "\n".join(lines) + "\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _judge(rule: str, verdict: str, texts: Iterable[str]) -> None:
    judged = {**judgements(), **{(rule, text): verdict == "right" for text in texts}}
    lines = ["rule\ttext\tverdict", *(f"{r}\t{text}\t{'right' if right else 'wrong'}"
                                      for (r, text), right in sorted(judged.items()))]
    JUDGEMENTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the page, a sample, or takes judgements down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="RULE", choices=LANGUAGE)
    parser.add_argument("--judge", nargs="+", metavar=("RULE", "right|wrong"))
    options = parser.parse_args()
    if options.judge:
        rule, verdict, *texts = options.judge
        if rule not in LANGUAGE or verdict not in ("right", "wrong"):
            parser.error("--judge RULE right|wrong HASH...")
        _judge(rule, verdict, texts)
        return
    found = findings()
    if options.show:
        judged = judgements()
        for key, text in sample(found, options.show).items():
            verdict = {True: "right", False: "wrong", None: "?"}[judged.get((options.show, key))]
            print(f"{key}\t{verdict}\t{text}")
    else:
        print(page(found), end="")


if __name__ == "__main__":
    main()
