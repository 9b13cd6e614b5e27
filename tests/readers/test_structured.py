"""JSON and YAML that are none: the place is named, in the reader's language."""

from __future__ import annotations

import pytest

from kps_graph.errors import Undecodable
from kps_graph.readers.structured import read_json, read_yaml
from kps_graph.words import Language

BROKEN = [
    (read_json, '{"code" 1}', "1:9"),
    (read_json, '{"code": "甲', "1:10"),
    (read_json, '{"code": "\\q"}', "1:11"),
    (read_json, '{"tasks": [1,]}', "1:14"),
    (read_yaml, "tasks: [", "2:1"),
    (read_yaml, "code: KPS1: a", "1:11"),
    (read_yaml, "code:\n\tname", "2:1"),
    (read_yaml, "- a\nb: c", "2:1"),
    (read_yaml, "name: @甲", "1:7"),
    (read_yaml, "name: *a", "1:7"),
]


@pytest.mark.parametrize(("reader", "text", "place"), BROKEN)
def test_what_is_wrong_is_said_in_chinese_at_its_place(reader, text, place):
    with pytest.raises(Undecodable) as raised:
        reader(text, "draft")
    said = raised.value.in_words(Language.CHINESE)
    assert said.startswith(f"draft:{place}：不是正確的 "), said
    reason = said.partition("：")[2].partition("：")[2]
    assert any("\u4e00" <= char <= "\u9fff" for char in reason), said
