"""A draft without a code has none in any answer: its identity in the store is no code."""

from __future__ import annotations

import json
import re
import shlex
from xml.etree import ElementTree

import pytest

from kps_graph.pipeline.face import build
from tests.support.command import invoke

NAME = "海外市場分析師"
OTHER = "ZZZ2431-904v1"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
#: What a draft is kept under, where it is not a part of an IRI.
DIGEST = re.compile(r"(?<![/:])draft-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def store(examples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    text = (examples / f"{OTHER}.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^code: .*\n", "", text, count=1).replace("市場研究分析師", NAME)
    text = re.sub(r"(?ms)^versions:.*?(?=^\w)", "", text)
    (folder / "draft.yaml").write_text(text, "utf-8")
    build(
        [folder / "draft.yaml", *(examples / f"{n}.yaml" for n in (OTHER, "ZZZ1499-903v1"))],
        folder / "kps.store",
        jobs=1,
    )
    return folder / "kps.store"


ANSWERS = [
    "shared",
    "pairs",
    "reuse",
    "communities",
    "communities --members",
    "bridges",
    f"nearest {NAME}",
    f"nearest {OTHER}",
    f"nearest {OTHER} --reasons",
    f"compare {NAME} {OTHER}",
    f"compare {NAME} {OTHER} ZZZ1499-903v1",
    f"gap {OTHER} {NAME}",
    f"path {OTHER} {NAME}",
    f"path {NAME} ZZZ1499-903v1",
    f"trace K1 --standard {OTHER}",
    f"trace K1 --standard {NAME}",
    "search 市場",
    "search 市場 --places",
]


@pytest.mark.parametrize("command", ANSWERS)
@pytest.mark.parametrize("style", ["", "--format csv", "--format json"])
def test_no_answer_has_a_digest_for_a_code(command, style, store, capsys, monkeypatch):
    done = invoke(capsys, monkeypatch, *shlex.split(f"{command} {style}"), "--store", store)
    assert done.code == 0, done.err
    if "json" in style:  # data has the identity, to ask on with, and says that it is no code
        assert not [code for code in _codes(json.loads(done.out)) if DIGEST.search(str(code))]
        assert not DIGEST.search(done.err)
    else:
        assert not DIGEST.search(done.out + done.err)


def _codes(data, key=""):
    """Whatever stands under a key that is called a code."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _codes(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _codes(value, key)
    elif "code" in key:
        yield data


@pytest.mark.parametrize("command", ["sources", "align stats", "query standards", "trace K1"])
def test_no_list_and_no_message_does(command, store, capsys, monkeypatch):
    done = invoke(capsys, monkeypatch, *shlex.split(command), "--store", store)
    assert done.code in (0, 2)
    assert not DIGEST.search(done.out + done.err)


@pytest.mark.parametrize("what", ["overlap", "map", NAME, f"overlap {NAME} {OTHER}"])
def test_no_picture_does(what, store, tmp_path, capsys, monkeypatch):
    file = tmp_path / "picture.svg"
    invoke(capsys, monkeypatch, "draw", *what.split(), "-o", file, "--store", store)
    shown = re.findall(r">([^<]+)<", file.read_text("utf-8"))
    assert NAME in "".join(shown)
    assert not any(DIGEST.search(text) for text in shown)


@pytest.mark.parametrize("what", [NAME, "occupations", "uses"])
def test_in_graphml_a_digest_is_the_id_of_a_node_and_never_a_value(
    what, store, tmp_path, capsys, monkeypatch
):
    file = tmp_path / "a.graphml"
    invoke(capsys, monkeypatch, "export", what, "-o", file, "--store", store)
    values = [data.text or "" for data in ElementTree.parse(file).iter(f"{{{GRAPHML}}}data")]
    assert NAME in values
    assert not any(DIGEST.search(value) for value in values)


def test_in_the_network_of_occupations_those_with_a_code_state_it(
    store, tmp_path, capsys, monkeypatch
):
    file = tmp_path / "a.graphml"
    invoke(capsys, monkeypatch, "export", "uses", "-o", file, "--store", store)
    values = [data.text for data in ElementTree.parse(file).iter(f"{{{GRAPHML}}}data")]
    assert values.count(OTHER) == 1


@pytest.mark.parametrize("format", ["text", "csv", "junit", "html"])
def test_no_report_does(format, store, capsys, monkeypatch):
    draft = store.with_name("draft.yaml")
    done = invoke(capsys, monkeypatch, "validate", draft, "-f", format)
    assert not DIGEST.search(done.out + done.err)


def test_columns_of_a_comparison_are_called_by_code_or_name(store, capsys, monkeypatch):
    done = invoke(capsys, monkeypatch, "compare", NAME, OTHER, "-f", "csv", "--store", store)
    assert f"{NAME},{NAME}_level,{OTHER},{OTHER}_level,difference" in done.out
