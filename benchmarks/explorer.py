"""How long the pages of a store take, in CPU time of the server's process.

uv run python -m benchmarks.explorer STORE
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from pathlib import Path

from starlette.testclient import TestClient

from kps_graph.graph.opened import open as open_graph
from kps_graph.web.app import application
from kps_graph.web.served import Settings

WORDS = (
    "抱怨",
    "外語",
    "專案管理",
    "風險",
    "程式",
    "品質管理",
    "客戶",
    "法規",
    "溝通",
    "設計 圖面",
    "資料分析",
    "安全衛生",
    "行銷",
    "製圖",
    "報告撰寫",
    "電腦操作",
    "成本 控制",
    "稽核",
    "焊接",
)
HEADERS = {"accept": "text/html", "accept-language": "zh-TW"}


def addresses(store: Path, count: int) -> dict[str, list[str]]:
    """Addresses of each kind of page, the same for every run."""
    with open_graph(store) as graph:
        standards = sorted(graph.identities())
        competencies = sorted(c.id.rsplit("/", 1)[-1] for c in graph.usage().competencies)
    chance = random.Random(7)

    def some(of: list[str], most: int = count) -> list[str]:
        return chance.sample(of, min(most, len(of)))

    pairs = list(zip(some(standards, 10), some(standards, 10), strict=True))
    return {
        "standard": [f"/id/{i}" for i in some(standards)],
        "competency": [f"/id/concept/{i}" for i in some(competencies)],
        "search": [f"/search?q={w}" for w in WORDS],
        "suggest": [f"/suggest?q={w}" for w in WORDS],
        "compare": [f"/compare?with={a}&with={b}" for a, b in pairs if a != b],
        "gap": [f"/gap?from={a}&to={b}" for a, b in pairs if a != b],
        "others": ["/", "/rules", "/glossary", "/about", "/queries"],
    }


def main() -> None:
    """Prints a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--count", type=int, default=40)
    given = parser.parse_args()
    with TestClient(application(Settings(given.store)), follow_redirects=True) as client:
        for kind, paths in addresses(given.store, given.count).items():
            times, largest = [], 0
            for path in paths[:2]:  # what all pages of a kind share is made once
                client.get(path, headers=HEADERS)
            for path in paths[2:]:
                begun = time.process_time()
                answer = client.get(path, headers=HEADERS)
                times.append(1000 * (time.process_time() - begun))
                assert answer.status_code == 200, (path, answer.status_code)
                largest = max(largest, len(answer.content))
            times.sort()
            late = times[int(0.95 * (len(times) - 1))]
            print(
                f"{kind:12} {len(times):4} pages, ms: median {statistics.median(times):6.1f}, "
                f"95% {late:6.1f}, most {times[-1]:6.1f}; largest {largest / 1000:.0f} KB",
                flush=True,
            )


if __name__ == "__main__":
    main()
