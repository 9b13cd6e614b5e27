"""Whatever the text, reading it ends in a standard or in an error that says why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kps_graph.errors import SourceError
from kps_graph.extract import extract
from kps_graph.readers import read
from tests.support.project import ROOT

SEED = (ROOT / "examples" / "KPS1420-001v2.md").read_text("utf-8")
#: What these documents are made of, to be put together wrongly.
PIECES = [
    "T1 甲",
    "T1.1 乙",
    "P1.1.1 丙",
    "P1.2.3",
    "K1 丁",
    "K01",
    "S1",
    "O1.1.1",
    "03.2.2",
    "5",
    "34",
    "•",
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</li>",
    "<b>",
    "\t",
    "\t\t\t",
    "\n",
    "\n\n",
    "工作任務",
    "工作活動\t行為指標\t職能級別\t職能內涵 (K=knowledge 知識)",
    "版本\t狀態",
    "職能基準代碼\tZZZ1111-001v1",
    "基準級別",
    "#### 職能內涵 (A=attitude 態度)",
    "#### 說明與補充事項",
    "- A01 甲：乙",
    "|",
    "**",
    "，",
    "第3頁，總共3頁",
]


def settle(data, name="fuzz.md"):
    try:
        found = extract(read(data, name))
    except SourceError:
        return
    assert found.read == found.placed + found.unplaced
    for finding in found.findings:
        assert finding.message("zh-Hant")


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_documents_put_together_wrongly(pieces):
    settle("".join(pieces).encode())


@given(st.data())
def test_the_real_document_cut_doubled_or_disturbed_anywhere(data):
    at = data.draw(st.integers(0, len(SEED)))
    to = data.draw(st.integers(at, min(len(SEED), at + 2000)))
    put = data.draw(
        st.one_of(st.sampled_from(PIECES), st.text(max_size=20), st.just(SEED[at:to] * 2))
    )
    settle((SEED[:at] + put + SEED[to:]).encode("utf-8", "replace"))


@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.json", "a.yaml", "a.html", "a.pdf"]))
def test_any_bytes_at_all(data, name):
    settle(data, name)
