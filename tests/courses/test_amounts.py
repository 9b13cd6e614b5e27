"""Hours as people write them."""

import pytest

from kps_graph.courses.amounts import hours_in, levels_in, total_in


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("12", 12),
        ("３ 小時", 3),
        ("兩小時", 2),
        ("兩個小時", 2),
        ("半小時", 0.5),
        ("三小時半", 3.5),
        ("一個半小時", 1.5),
        ("3小時30分", 3.5),
        ("2h30m", 2.5),
        ("1.5hr", 1.5),
        ("90分鐘", 1.5),
        ("三小時三十分", 3.5),
        ("二十四小時", 24),
        ("一百二十小時", 120),
        ("1,200", 1200),
        ("講授 3 小時、實作 3 小時", 6),
        ("學科：2小時\n術科：4小時", 6),
        ("2+4", 6),
        ("學科4小時、術科8小時，共12小時", 12),
        ("每週3小時，共12小時", 12),
        ("十二小時（含評量 2 小時）", 12),
    ],
)
def test_a_cell_states_so_many_hours(text, hours):
    assert hours_in(text) == hours


@pytest.mark.parametrize("text", ["若干", "二三", "3-6", "6小時以上", "2天", "待定", "2+4=7", ""])
def test_what_is_no_number_of_hours_is_none(text):
    assert hours_in(text) is None


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("5", (5,)),
        ("第五級", (5,)),
        ("5-6", (5, 6)),
        ("4、5", (4, 5)),
        ("L3～L4", (3, 4)),
        ("第三級至第四級", (3, 4)),
        ("7", ()),
        ("高", ()),
    ],
)
def test_a_cell_states_a_level_or_both_ends_of_a_range(text, levels):
    assert levels_in(text) == levels


def test_a_line_states_a_sum_in_either_script():
    assert (total_in("總時數：一百二十小時"), total_in("合計 36 小時")) == (120, 36)
