"""Ten times the corpus: how much longer a build takes, what memory, and how each query grows.

Needs ``KPS_CORPUS_DIR``. Both builds are whole commands, rules and matching included. A copy has codes of
its own, so that its series are others; of its texts half are those of the corpus, as occupations share
what they say, and half are other words: each character but the first and last two is another of the
corpus, the same one all through the copy. So what is said once, and what is shared, grows with the number of documents.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.lines import KPS
from benchmarks.measure import Used, corpus, used

#: What of a document is told anew in a copy: tasks, their parts, K, S and A; the heads stay.
_TOLD: Final = (
    "competency_tasks",
    "competency_knowledge",
    "competency_skills",
    "competency_attitudes",
)
_NUMBER: Final = re.compile(r"(?<=-)\d{3}(?=v)")
_CODED: Final = frozenset(("code", "task_id", "level", "knowledge", "skills", "category"))


def main() -> None:
    """Prints the ratio of the builds, their memory, and the table of queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, metavar="N", help="only so many of the documents")
    parser.add_argument("--times", type=int, default=10, help="how many times as many")
    parser.add_argument("--rounds", type=int, default=3, help="of the queries")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the two stores")
    options = parser.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="kps-bench-"))
    try:
        found = sorted(corpus().rglob("*.json"))
        chosen = found[:: max(1, len(found) // (options.files or len(found)))][: options.files]
        one, many = (copies(work / str(n), chosen, n) for n in (1, options.times))
        once, often = (_built(folder) for folder in (one, many))
        ratio = often.seconds / once.seconds
        print(f"{len(chosen)} documents: {once.seconds:.1f} s of CPU, {once.peak / 2**30:.2f} GiB")
        print(
            f"{len(chosen) * options.times} documents: {often.seconds:.1f} s of CPU, "
            f"{often.peak / 2**30:.2f} GiB; {ratio:.1f} times the time\n",
            flush=True,
        )
        subprocess.run(
            [sys.executable, "-m", "benchmarks.growth", f"--rounds={options.rounds}"]
            + [f"{folder}.store" for folder in (one, many)],
            check=True,
        )
    finally:
        if not options.keep:
            shutil.rmtree(work)


def copies(folder: Path, files: Sequence[Path], times: int) -> Path:
    """A folder with so many times the documents ``files``, each copy told in its own words."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    documents = [json.loads(path.read_bytes()) for path in files]
    used = sorted({c for d in documents for key in _TOLD for c in _characters(d.get(key))})
    for n in range(times):
        words = dict(
            zip(used, used[97 * n % len(used) :] + used[: 97 * n % len(used)], strict=True)
        )
        told = str.maketrans(words)
        for path, document in zip(files, documents, strict=True):
            copy = _copy(document, n, told) if n else document
            text = json.dumps(copy, ensure_ascii=False)
            (folder / f"{n}-{path.name}").write_text(text, "utf-8")
    return folder


def _built(folder: Path) -> Used:
    """What a build of ``folder`` takes, its workers included."""
    store = folder.with_suffix(".store")
    shutil.rmtree(store, ignore_errors=True)
    return used((KPS, "build", str(folder), "--store", str(store)))


def _characters(value: Any) -> set[str]:
    """The Chinese characters of all texts in ``value``."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return set().union(*map(_characters, inner))
    return {c for c in value if "\u4e00" <= c <= "\u9fff"} if isinstance(value, str) else set()


def _copy(document: dict[str, Any], n: int, told: dict[int, str]) -> dict[str, Any]:
    """The ``n``-th copy of a document: another code and name, and half of its texts in other words."""
    head = dict(document["metadata"])
    # running numbers go up to 27
    head["code"] = _NUMBER.sub(lambda number: f"{int(number[0]) + 30 * n:03d}", head["code"])
    head["name"] += "甲乙丙丁戊己庚辛壬癸"[n % 10]
    parts = {key: _told(document[key], told) for key in _TOLD if key in document}
    return {**document, "metadata": head, **parts}


def _told(value: Any, told: dict[int, str]) -> Any:
    if isinstance(value, dict):
        return {k: v if k in _CODED else _told(v, told) for k, v in value.items()}
    if isinstance(value, list):
        return [_told(v, told) for v in value]
    if isinstance(value, str) and zlib.crc32(value.encode()) % 2:
        # how a text begins and ends says what kind of text it is: a verb, 能力
        end = max(2, len(value) - 2)
        return value[:2] + value[2:end].translate(told) + value[end:]
    return value


if __name__ == "__main__":
    main()
