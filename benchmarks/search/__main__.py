"""How well and how fast a store is searched: ``python -m benchmarks.search STORE``.

Prints, for the labelled queries of ``queries.tsv``, the mean reciprocal rank of the first text that
answers (over the first ten) and how many found nothing; the recall of random parts of texts against
a scan of the raw texts; CPU milliseconds of a search; and CPU seconds and megabytes of the index: as
a build makes it, which has the data in memory; brought up to date with one changed standard; and of
data on disk, as the first search makes it where there is none.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from kps_graph.folding import searchable
from kps_graph.search import follow, keep, opened, search
from kps_graph.store import SEARCH, nquads_of
from kps_graph.store import opened as open_store
from kps_graph.store.embedded import EmbeddedStore

ONE = "SELECT ?s WHERE { ?s a <https://w3id.org/kps-graph/ontology#Standard> } ORDER BY ?s LIMIT 1"
QUERIES = Path(__file__).with_name("queries.tsv")


def main(store: str) -> None:
    """Makes the index of a store anew, and measures it."""
    with open_store(store) as held:
        on_disk = timed(keep, held.store, held.base, held.beside)
        size = (held.beside.folder / SEARCH.name).stat().st_size / 1e6
        index = opened(held.store, held.base, held.beside)
        one = [str(held.store.select(ONE)[0]["s"])]
        after = timed(follow, held.store, held.base, held.beside, held.beside, one)
        loaded = EmbeddedStore.memory()
        loaded.load(nquads_of(held.store))
        built = timed(keep, loaded, held.base, held.beside)
    print(f"index: {size:.1f} MB, {len(index.folded)} texts; CPU: {built:.1f} s in a build,")
    print(f"  {after:.2f} s after one changed standard, {on_disk:.1f} s of data on disk")
    ranked(index)
    parts(index)


def timed(work, *given) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def ranked(index) -> None:
    """Prints how early the labelled queries are answered."""
    by_kind: dict[str, list[float]] = {}
    empty = 0
    for line in QUERIES.read_text("utf-8").splitlines()[1:]:
        kind, typed, answer = line.split("\t")
        hits = search(index, [typed], 10)
        empty += not hits
        rank = next((n for n, hit in enumerate(hits, 1) if answers(hit, answer)), 0)
        by_kind.setdefault(kind, []).append(1 / rank if rank else 0.0)
        if rank != 1:
            print(f"  {typed}: {'rank ' + str(rank) if rank else 'not among the first ten'}")
    everything = [r for ranks in by_kind.values() for r in ranks]
    for kind, ranks in by_kind.items():
        print(f"{kind}: {sum(ranks) / len(ranks):.3f} of {len(ranks)}")
    mean = sum(everything) / len(everything)
    print(f"MRR@10 {mean:.3f} of {len(everything)} queries, {empty} without a hit")


def answers(hit, answer: str) -> bool:
    """Whether a hit is what a label says."""
    if answer.startswith("="):
        return any(place.standard == answer[1:] for place in hit.places)
    return searchable(answer) in searchable(hit.text)


def parts(index, count: int = 300, seed: int = 1) -> None:
    """Prints the recall and speed of random parts of texts."""
    texts = [index.text(n).text for n in range(len(index.folded))]
    drawn = random.Random(seed)
    times, held, missed = [], 0, 0
    while len(times) < count:
        text, length = drawn.choice(texts), drawn.randint(2, 6)
        at = drawn.randrange(max(1, len(text) - length + 1))
        part = text[at : at + length]
        if len(part) < length or part.split() != [part] or not searchable(part):
            continue
        start = time.process_time()
        search(index, [part])
        times.append(1000 * (time.process_time() - start))
        found = set(index.having(searchable(part)))
        wanted = {n for n, other in enumerate(texts) if part in other}
        held += len(wanted)
        missed += len(wanted - found)
    times.sort()
    print(f"{count} parts of 2 to 6 characters: recall {1 - missed / held:.4f} of {held} texts")
    print(f"a search: median {times[count // 2]:.1f} ms, p99 {times[int(0.99 * count)]:.1f} ms CPU")


if __name__ == "__main__":
    main(sys.argv[1])
