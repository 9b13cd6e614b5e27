"""How well and how fast names are matched, against plain string equality and TF-IDF cosine.

    python -m benchmarks.matching                      quality and speed
    python -m benchmarks.matching --fit FILE [FILE …]  fit the model anew and print it
    python -m benchmarks.matching --folds 10 FILE …    cross-validated quality

The labelled pairs are TSV files with the columns ``kind a b label``; without any, the reference
pairs beside the corpus are used. The corpus is a folder of published standards as JSON, named by
the environment variable ``KPS_CORPUS_DIR``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler
from sparse_dot_topn import sp_matmul_topn

from kps_graph.align import Lexicon, Name, Pair, canonical, cluster, judge, learn, match
from kps_graph.align.features import FEATURES, measure, prepare
from kps_graph.align.judging import labels
from kps_graph.align.layers import refused, rule
from kps_graph.folding import fold

LABELS = ("same", "related", "different")
#: The reference pairs count this much, pairs labelled by the authors once.
REFERENCE_WEIGHT = 2.0
SECTIONS = (
    ("K", "competency_knowledge"), ("S", "competency_skills"), ("A", "competency_attitudes"),
)  # fmt: skip


def corpus() -> list[Name]:
    """Every K, S and A of the corpus."""
    folder = os.environ.get("KPS_CORPUS_DIR")
    if not folder or not (files := sorted(Path(folder).glob("*.json"))):
        sys.exit("KPS_CORPUS_DIR names no folder of standards: nothing to measure")
    names = []
    for number, file in enumerate(files):
        standard = json.loads(file.read_text(encoding="utf-8"))
        for kind, section in SECTIONS:
            for element in standard.get(section) or []:
                names.append(Name(kind, element.get("name") or "", str(number)))
    return names


def pairs_in(files: Sequence[Path]) -> tuple[list[Pair], np.ndarray, np.ndarray]:
    """Labelled pairs, their labels, and the number of the file of each."""
    pairs, truth, source = [], [], []
    for number, file in enumerate(files):
        with file.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                pairs.append(Pair(row["kind"], row["a"], row["b"]))
                truth.append(row["label"])
                source.append(number)
    return pairs, np.array(truth), np.array(source)


def scores(truth: np.ndarray, found: np.ndarray) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each label."""
    out = {}
    for label in LABELS:
        hits = float(((truth == label) & (found == label)).sum())
        precision = hits / max((found == label).sum(), 1)
        recall = hits / max((truth == label).sum(), 1)
        out[label] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
    return out


def show(title: str, kinds: np.ndarray, truth: np.ndarray, found: np.ndarray) -> None:
    """One line for all kinds together and one for each."""
    for kind in ("all", "K", "S", "A"):
        rows = np.ones(len(kinds), bool) if kind == "all" else kinds == kind
        if rows.any():
            by = scores(truth[rows], found[rows])
            cells = "   ".join(f"{by[x][0]:.2f} {by[x][1]:.2f} {by[x][2]:.3f}" for x in LABELS)
            macro = statistics.fmean(by[x][2] for x in LABELS)
            print(f"{title:<24}{kind:>4}{rows.sum():>5}   {cells}   {macro:.3f}")


def baselines(pairs: list[Pair], truth: np.ndarray, names: list[Name]) -> dict[str, np.ndarray]:
    """Plain string equality, and plain TF-IDF cosine with the thresholds that suit it best."""
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), lowercase=False)
    vectoriser.fit({n.text for n in names})
    a, b = (vectoriser.transform([getattr(p, x) for p in pairs]) for x in "ab")
    cosine = np.asarray(a.multiply(b).sum(axis=1)).ravel()
    grid = np.arange(0.1, 1.0, 0.02)
    cuts = [(hi, lo) for hi in grid for lo in grid if lo < hi]

    def cut(hi: float, lo: float) -> np.ndarray:
        return np.where(cosine >= hi, "same", np.where(cosine >= lo, "related", "different"))

    best = max(cuts, key=lambda c: statistics.fmean(s[2] for s in scores(truth, cut(*c)).values()))
    equal = np.array(["same" if p.a == p.b else "different" for p in pairs])
    folded = np.array(["same" if fold(p.a) == fold(p.b) else "different" for p in pairs])
    return {"string equality": equal, "normalised equality": folded, "TF-IDF cosine": cut(*best)}


class Labelled:
    """Labelled pairs, measured."""

    def __init__(self, files: Sequence[Path], lexicon: Lexicon) -> None:
        self.pairs, self.truth, self.source = pairs_in(files)
        self.kinds = np.array([p.kind for p in self.pairs])
        a = [canonical(p.kind, p.a) for p in self.pairs]
        b = [canonical(p.kind, p.b) for p in self.pairs]
        rows = np.arange(len(self.pairs))
        self.features = measure(prepare(a, lexicon), rows, prepare(b, lexicon), rows, lexicon)
        self.by_rule = np.array(
            [
                "same" if rule(p.kind, x, y) else "related" if refused(x, y) else ""
                for p, x, y in zip(self.pairs, a, b, strict=True)
            ]
        )
        self.groups = _connected(self.pairs)
        self.weight = np.where(self.source == 0, REFERENCE_WEIGHT, 1.0)

    def fit(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients (label × feature) and intercepts, fitted to what no rule decides."""
        rows = rows[self.by_rule[rows] == ""]
        scaler = StandardScaler().fit(self.features[rows])
        model = LogisticRegression(C=0.5, max_iter=5000)
        model.fit(
            scaler.transform(self.features[rows]), self.truth[rows], sample_weight=self.weight[rows]
        )
        order = [list(model.classes_).index(x) for x in LABELS]
        raw = model.coef_[order] / scaler.scale_
        intercept = model.intercept_[order] - raw @ scaler.mean_
        return raw - raw.mean(axis=0), intercept - intercept.mean()

    def predict(self, raw: np.ndarray, intercept: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """The labels by rule, else by a model."""
        logits = np.exp(self.features[rows] @ raw.T + intercept)
        by_model = labels(logits / logits.sum(axis=1, keepdims=True))
        found = self.by_rule[rows]
        return np.where(found == "", [str(x) for x in by_model], found)

    def cross_validated(self, folds: int, seed: int) -> np.ndarray:
        """Each pair as judged by a model that has seen neither it nor any pair with its names."""
        found = np.empty(len(self.truth), dtype="U9")
        splits = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
        for train, test in splits.split(self.features, self.truth, self.groups):
            found[test] = self.predict(*self.fit(train), test)
        return found


def _connected(pairs: Sequence[Pair]) -> np.ndarray:
    """For each pair the number of its group: pairs that share a name, or names that do, are one."""
    rows: dict[tuple[str, str], int] = {}
    a, b = (
        [
            rows.setdefault((p.kind, canonical(p.kind, t).text), len(rows))
            for p, t in ((p, getattr(p, x)) for p in pairs)
        ]
        for x in "ab"
    )
    shape = (len(rows), len(rows))
    found = connected_components(sparse.coo_array((np.ones(len(a)), (a, b)), shape=shape))[1]
    return found[a]


def quality(files: Sequence[Path], names: list[Name], lexicon: Lexicon, folds: int) -> None:
    """The quality table, cross-validated where ``folds`` is given, else of the shipped model."""
    print(f"{'':<33}   same P  R  F1      related P R F1   different P R F1  macro F1")
    known = Labelled(files, lexicon)
    repeats = [known.cross_validated(folds, seed) for seed in range(5)] if folds else []
    for number, file in enumerate(files):
        rows = np.flatnonzero(known.source == number)
        pairs, truth = [known.pairs[n] for n in rows], known.truth[rows]
        print(file.name)
        for title, found in baselines(pairs, truth, names).items():
            show(title, known.kinds[rows], truth, found)
        if folds:
            again = np.tile(rows, len(repeats))
            show(
                "kps-graph, held out",
                known.kinds[again],
                known.truth[again],
                np.concatenate([found[rows] for found in repeats]),
            )
        else:
            found = np.array([str(j.label) for j in judge(pairs, lexicon)])
            show("kps-graph, as shipped", known.kinds[rows], truth, found)


def plain(names: list[Name]) -> None:
    """The plain sparse TF-IDF product of the same texts, vectorising included."""
    for kind in "KSA":
        texts = list(dict.fromkeys(n.text for n in names if n.kind == kind))
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
        sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=10, threshold=0.3)


def _exchanges(names: list[Name], copies: int) -> list[dict[int, str]]:
    """For each copy of a corpus, what each character becomes: another about as frequent.

    So a copy has the statistics of the corpus, and names of its own; the first stays as it is.
    """
    counts = Counter(char for n in names for char in n.text if "\u4e00" <= char <= "\u9fff")
    ranked = [char for char, _ in counts.most_common()]
    return [
        {ord(char): ranked[(i + copy) % len(ranked)] for i, char in enumerate(ranked)}
        for copy in range(copies)
    ]


def speed(names: list[Name], rounds: int = 5) -> None:
    """Processor time as ratios to that of the plain product, each measured in turn with it."""
    last = sorted({n.standard for n in names})[-1]
    one, others = ([n for n in names if (n.standard == last) is x] for x in (True, False))
    tenfold = {
        "in other words": [
            Name(n.kind, n.text.translate(words), f"{n.standard}-{c}")
            for c, words in enumerate(_exchanges(names, 10))
            for n in names
        ],
        "each name in ten variants": [
            Name(n.kind, f"{n.text}{mark}", f"{n.standard}-{mark}")
            for mark in ("", *"甲乙丙丁戊己庚辛壬")
            for n in names
        ],
    }
    lexicon = learn(names)
    before = match(others, lexicon)
    whole = match(names, lexicon)
    steps: dict[str, Callable[[], object]] = {
        "plain TF-IDF product": lambda: plain(names),
        "learn and match": lambda: match(names, learn(names)),
        "match": lambda: match(names, lexicon),
        "cluster": lambda: cluster(whole.forms, whole.links, whole.apart),
        "one more standard": lambda: before.extended(one),
    }
    took: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            fold.cache_clear()
            canonical.cache_clear()
            start = time.process_time()
            step()
            took[name].append(time.process_time() - start)
    base = statistics.median(took["plain TF-IDF product"])
    for name, times in took.items():
        print(
            f"{name:<24}{statistics.median(times):8.3f} s   {statistics.median(times) / base:6.3f}"
        )
    full = statistics.median(took["learn and match"])
    print(f"learn and match take {full / base:.2f} times the plain product (aim: below 4)")
    share = statistics.median(took["match"]) / statistics.median(took["one more standard"])
    print(f"one more standard costs 1/{share:.0f} of matching all (aim: 1/50)")
    for how, ten in tenfold.items():
        fold.cache_clear()
        canonical.cache_clear()
        start = time.process_time()
        links = match(ten, learn(ten)).links
        ratio = (time.process_time() - start) / full
        print(
            f"ten times the corpus, {how}: {ratio:.1f} times as long, "
            f"{len(links) / len(whole.links):.1f} times the links"
        )
    print(
        f"{len(names)} names, {len(whole.forms)} forms, {len(whole.links)} links, "
        f"{len(cluster(whole.forms, whole.links, whole.apart))} clusters"
    )


def print_model(known: Labelled) -> None:
    """The model, as it stands in ``kps_graph/align/weights.py``."""
    raw, intercept = known.fit(np.arange(len(known.truth)))
    print("COEFFICIENTS: Final = {")
    for name, column in zip(FEATURES, raw.T, strict=True):
        print(f'    "{name}": ({", ".join(f"{x:.3f}" for x in column)}),')
    print("}\nINTERCEPT: Final = (" + ", ".join(f"{x:.3f}" for x in intercept) + ")")


def main() -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="labelled pairs; the reference first")
    parser.add_argument("--fit", action="store_true", help="fit the model and print it")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("--no-speed", action="store_true", help="only the quality")
    arguments = parser.parse_args()
    names = corpus()
    files = arguments.files or [Path(os.environ["KPS_CORPUS_DIR"]).parent / "gold" / "dev.tsv"]
    lexicon = learn(names)
    if arguments.fit:
        print_model(Labelled(files, lexicon))
        return
    quality(files, names, lexicon, arguments.folds)
    if not arguments.no_speed:
        speed(names)


if __name__ == "__main__":
    main()
