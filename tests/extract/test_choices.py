"""Check boxes in the fields of the header: what is chosen is the value."""

import pytest

from kps_graph.extract import extract
from kps_graph.extract.choices import chosen
from kps_graph.readers import read
from tests.pipeline.test_drafts import GOOD
from tests.support.draft import draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("■咖啡師", ["咖啡師"]),
        ("□ 咖啡師", ["咖啡師"]),
        ("☑咖啡師　☐烘焙師", ["咖啡師"]),
        ("□餐飲管理 ■休閒與觀光旅遊 ■企業管理", ["休閒與觀光旅遊", "企業管理"]),
        ("\uf0fe4 \uf0a85", ["4"]),
        ("□咖啡師 □烘焙師", ["□咖啡師 □烘焙師"]),
        ("□□公司管理員", ["□□公司管理員"]),
        ("咖啡師（■專任）", ["咖啡師（■專任）"]),
        ("咖啡師", ["咖啡師"]),
        ("■", ["■"]),
        ("", [""]),
    ],
)
def test_what_is_ticked_is_chosen_and_what_is_undecided_stays(text, expected):
    assert chosen(text) == expected


def test_no_box_stays_in_the_name_the_classes_or_the_level_of_a_draft():
    data = draft(
        [GOOD],
        {"職業": "■咖啡師", "級別": "□2 ■3 □4"},
        classes=[("所屬類別", "職類別", "□企業管理 ■餐飲管理", "職類別代碼", "")],
    )
    found = extract(read(data, "draft.docx")).standard
    assert (found.name, found.name_kind, found.level) == ("咖啡師", "職業", 3)
    assert [c.name for c in found.classification.job_category] == ["餐飲管理"]


def test_boxes_in_a_description_are_its_bullets():
    text = "■沖煮咖啡。■維護吧檯。"
    assert extract(read(draft([GOOD], {"描述": text}), "a.docx")).standard.description == text
