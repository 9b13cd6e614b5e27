"""The forms that codes take, each by the smallest document that has it."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from kps_graph.readers import read as read_file
from tests.support.document import NEW, document, read, rules
from tests.support.project import ROOT

CASES = ROOT / "tests" / "cases" / "reading"


def cells(t="T1 甲職責", u="T1.1 乙任務", o="", p="P1.1.1 依規定做。", k="K01 甲學", s="S01 甲力"):
    return "|".join((t, u, o, p, "4", k, s))


def coded(found):
    return [(x.code, x.name) for x in found]


def texts(found):
    return [(x.code, x.text) for x in found]


def named(extraction, *numbers):
    return [(f.rule, f.code, f.value) for f in extraction.findings if f.rule in numbers]


# -- gaps, glued names, what names begin with --------------------------------------------------


@pytest.mark.parametrize("between", [" ", "、", "；", "\u3000", "<br>", "，", "。"])
@pytest.mark.parametrize("numbers", [(10, 12, 15), (1, 3, 5), (2, 9, 14)])
def test_numbers_may_be_left_out_of_running_text(numbers, between):
    names = ("甲學", "乙學", "丙學")
    cell = between.join(f"K{n} {name}" for n, name in zip(numbers, names, strict=True))
    kept = [n + "。" * (between == "。") for n in names[:-1]] + ["丙學"]
    found = read(cells(k=cell), head=NEW)
    assert coded(found.standard.knowledge) == [
        (f"K{n}", name) for n, name in zip(numbers, kept, strict=True)
    ]
    assert rules(found) == []


@pytest.mark.parametrize(
    "name", ["RF模組", "AI訓練", "VR/AR設計", "CNC操作", "SOP文件", "S21量測", "A4紙張"]
)
def test_a_name_in_latin_letters_may_stand_directly_behind_a_code(name):
    row = cells(
        f"T1{name}", f"T1.1{name}", f"O1.1.1{name}", f"P1.1.1{name}。", f"K01{name}", f"S01{name}"
    )
    found = read(row, head=NEW)
    (task,) = found.standard.tasks
    (unit,) = task.units
    assert [(x.code, x.name) for x in (task, unit)] == [("T1", name), ("T1.1", name)]
    assert coded(unit.outputs) == [("O1.1.1", name)]
    assert texts(unit.indicators) == [("P1.1.1", f"{name}。")]
    assert coded(found.standard.knowledge) == [("K01", name)]
    assert coded(found.standard.skills) == [("S01", name)]
    assert rules(found) == []


@pytest.mark.parametrize("between", ["", " ", "<br>"])
def test_the_sequence_tells_codes_with_latin_names(between):
    cell = between.join(("K01甲學", "K02SQL語法", "K03乙學", "K10RF原理"))
    found = read(cells(k=cell), head=NEW)
    assert coded(found.standard.knowledge) == [
        ("K01", "甲學"),
        ("K02", "SQL語法"),
        ("K03", "乙學"),
        ("K10", "RF原理"),
    ]


@pytest.mark.parametrize(
    "name", ["3D建模", "5S管理", "5G通訊", "24小時照護", "110V配線", "2.4G無線", "4M1E分析"]
)
def test_the_digits_of_a_name_are_parted_from_those_of_its_code(name):
    row = cells(
        f"T1{name}",
        f"T1.1{name}",
        f"O1.1.1{name}",
        f"P1.1.1{name}。",
        f"K01{name}K02甲學",
        f"S01{name}",
    )
    found = read(row, head=NEW)
    (task,) = found.standard.tasks
    (unit,) = task.units
    assert [(x.code, x.name) for x in (task, unit)] == [("T1", name), ("T1.1", name)]
    assert coded(unit.outputs) == [("O1.1.1", name)]
    assert texts(unit.indicators) == [("P1.1.1", f"{name}。")]
    assert coded(found.standard.knowledge) == [("K01", name), ("K02", "甲學")]
    assert coded(found.standard.skills) == [("S01", name)]
    assert named(found, "E03") == []  # no other number would go on from those of the document


@pytest.mark.parametrize(
    ("cell", "doubts"),
    [
        ("P1.1.124小時照護。<br>P1.1.25S管理。", []),
        ("P1.1.1照護。<br>P1.1.324小時照護。", ["P1.1.3"]),  # or P1.1.32: neither goes on
        ("<br>".join(f"P1.1.{n}照護。" for n in range(1, 12)) + "<br>P1.1.125S管理。", []),
    ],
)
def test_digits_that_the_whole_document_does_not_settle_are_said(cell, doubts):
    found = read(cells(p=cell), head=NEW)
    assert [code for _, code, _ in named(found, "E03")] == doubts


def test_the_digits_of_numbers_without_padding_are_parted_by_the_sequence():
    cell = "".join(
        f"K{n}{name}" for n, name in enumerate(["甲學"] * 8 + ["3D建模", "5S管理", "2D圖"], 1)
    )
    found = read(cells(k=cell), head=NEW).standard.knowledge
    assert coded(found)[8:] == [("K9", "3D建模"), ("K10", "5S管理"), ("K11", "2D圖")]


def test_codes_that_repeat_and_go_back_are_all_read():
    found = read(
        cells("T4 甲", "T4.1 乙", p="P4.1.1做甲。P4.2.1做乙。P4.1.4做丙。P4.1.5做丁。P4.1.4做戊。"),
        head=NEW,
    )
    assert texts(found.standard.tasks[0].units[0].indicators) == [
        ("P4.1.1", "做甲。"),
        ("P4.2.1", "做乙。"),
        ("P4.1.4", "做丙。"),
        ("P4.1.5", "做丁。"),
        ("P4.1.4", "做戊。"),
    ]


def test_elements_of_a_cell_need_not_be_in_order():
    cell = "K15 甲學 K07 乙學 K02 丙學 K08 丁學"
    found = read(cells(k=cell), head=NEW).standard.tasks[0].units[0]
    assert found.knowledge == ("K02", "K07", "K08", "K15")


@pytest.mark.parametrize(
    "printed",
    [
        "K01：甲學 K02：乙學",
        "(K01)甲學<br>K02 乙學",
        "【K01】甲學<br>K02 乙學",
        "K01-甲學 K02-乙學",
        "K01.甲學 K02.乙學",
        "K01、甲學<br>K02、乙學",
    ],
)
def test_what_stands_around_a_code_is_no_text(printed):
    assert coded(read(cells(k=printed), head=NEW).standard.knowledge) == [
        ("K01", "甲學"),
        ("K02", "乙學"),
    ]


# -- the other letter, and none ----------------------------------------------------------------


@pytest.mark.parametrize("between", [" ", "", "<br>", "；"])
def test_a_code_of_the_other_letter_in_running_text_is_placed_by_it(between):
    found = read(cells(s=between.join(("S01 甲力", "K02 乙力", "S03 丙力"))), head=NEW)
    assert coded(found.standard.skills) == [("S01", "甲力"), ("S03", "丙力")]
    assert coded(found.standard.knowledge) == [("K01", "甲學"), ("K02", "乙力")]
    assert named(found, "E28") == [("E28", "K02", "乙力")]


def test_outputs_and_indicators_that_are_interchanged_are_placed_by_their_codes():
    found = read(
        cells(
            o="O1.1.1 丙報告 P1.1.2 丁報告 O1.1.3 戊報告",
            p="P1.1.1 做甲。 O1.1.2 做乙。 P1.1.3 做丙。",
        ),
        head=NEW,
    )
    (unit,) = found.standard.tasks[0].units
    assert sorted(coded(unit.outputs)) == [
        ("O1.1.1", "丙報告"),
        ("O1.1.2", "做乙。"),
        ("O1.1.3", "戊報告"),
    ]
    assert sorted(texts(unit.indicators)) == [
        ("P1.1.1", "做甲。"),
        ("P1.1.2", "丁報告"),
        ("P1.1.3", "做丙。"),
    ]
    assert rules(found) == ["E28", "E28"]


def test_a_number_whose_letter_is_missing_is_read_and_said():
    found = read(
        cells(
            u="T1.1 乙任務 1.1.1 丙步驟 1.1.2 丁步驟 T1.2 戊任務",
            p="P1.1.1 做甲。 1.1.2 做乙。",
            k="K01 甲學 02 乙學 K03 丙學",
        ),
        head=NEW,
    )
    first, second = found.standard.tasks[0].units
    assert [(u.code, u.name) for u in first.units] == [("T1.1.1", "丙步驟"), ("T1.1.2", "丁步驟")]
    assert (second.code, second.name) == ("T1.2", "戊任務")
    assert coded(found.standard.knowledge) == [("K01", "甲學"), ("K02", "乙學"), ("K03", "丙學")]
    assert [f.value for f in found.findings if f.rule == "E03"] == ["1.1.1", "1.1.2", "1.1.2", "02"]


@pytest.mark.parametrize(
    "cell",
    [
        "K01 法規：1. 民法 2. 刑法 3. 商法",
        "K01 設備規格 12 吋晶圓",
        "K01 具 3 年以上經驗",
        "K01 韌體 1.1.2 版",
        "<p>K1 法規：</p><p>1. 民法</p><p>2. 刑法</p>",
    ],
)
def test_a_number_of_the_text_is_no_code_without_its_letter(cell):
    assert len(read(cells(k=cell), head=NEW).standard.knowledge) == 1


# -- look-alikes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "使用 Intel K9 系列處理器",
        "K8s 容器與 A4 紙張",
        "S7 PLC 程式",
        "T1.5 mm 鋼板與 5S 活動",
        "S1000D 規範",
        "S45C 鋼材加工",
        "PM2.5 與 CO2 量測",
        "ISO 14644-2 與 IEC 61131-3",
        "P2P、O2O 模式",
        "職業安全衛生【T1.1】",
        "等級（K3 等級）",
    ],
)
@pytest.mark.parametrize("kind", ["K", "S"])
def test_plain_look_alikes_are_text_and_nothing_is_said(kind, name):
    cell = f"{kind}01 {name} {kind}02 乙項 {kind}03 丙項"
    found = read(cells(**{kind.lower(): cell}), head=NEW)
    elements = found.standard.knowledge if kind == "K" else found.standard.skills
    assert coded(elements) == [(f"{kind}01", name), (f"{kind}02", "乙項"), (f"{kind}03", "丙項")]
    assert rules(found) == []


def test_a_code_named_in_a_text_is_read_at_its_own_place_and_the_mention_is_said():
    cell = "S11 儀器測試能力(如：切換畫面(S11、S21、VSWR等)) S12 系統校準能力 S21 報告撰寫能力"
    found = read(cells(s=cell), head=NEW)
    assert [c for c, _ in coded(found.standard.skills)] == ["S11", "S12", "S21"]
    assert found.standard.skills[2].name == "報告撰寫能力"
    assert ("E27", "S11", "S21、VSWR等))") in named(found, "E27")


def test_a_mentioned_indicator_is_text_and_said():
    found = read(cells(p="P1.1.1 做甲。<br>P1.1.2 依P1.1.1之結果做乙。"), head=NEW)
    (unit,) = found.standard.tasks[0].units
    assert texts(unit.indicators) == [("P1.1.1", "做甲。"), ("P1.1.2", "依P1.1.1之結果做乙。")]
    assert named(found, "E27") == [("E27", "P1.1.2", "P1.1.1之結果做乙。")]


def test_what_is_known_of_other_cells_decides():
    found = read(
        cells(k="K01 甲學<br>K44 癸學"),
        "|T1.2 丙任務||P1.2.1 做。|4|K02 乙學使用材料K44癸學|S01",
        head=NEW,
    )
    assert found.standard.tasks[0].units[1].knowledge == ("K02", "K44")


# -- references and ranges ---------------------------------------------------------------------


DEFINED = cells(k="<br>".join(f"K0{n} {name}學" for n, name in enumerate("甲乙丙丁戊己庚辛", 1)))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("K03", ["K03"]),
        ("K03、K04", ["K03", "K04"]),
        ("K03 K04", ["K03", "K04"]),
        ("K03，K04；K05", ["K03", "K04", "K05"]),
        ("K06～K08", ["K06", "K07", "K08"]),
        ("K06~K08", ["K06", "K07", "K08"]),
        ("K06-K08", ["K06", "K07", "K08"]),
        ("K06至K08", ["K06", "K07", "K08"]),
        ("K06 – K08、K01", ["K06", "K07", "K08", "K01"]),
        ("K06～08", ["K06", "K07", "K08"]),
        ("K03、K04 丁學", ["K03", "K04"]),
        ("K04 丁學、K03", ["K04", "K03"]),
        ("K04 丁學 K03", ["K04", "K03"]),
        ("K04 丁學<br>K06～K08", ["K04", "K06", "K07", "K08"]),
        ("K06～K08<br>K04 丁學", ["K06", "K07", "K08", "K04"]),
        ("<p>K06～K08</p><p>K03</p>", ["K06", "K07", "K08", "K03"]),
    ],
)
def test_bare_codes_are_references(cell, expected):
    found = read(DEFINED, f"|T1.2 丙任務||P1.2.1 做。|4|{cell}|S01", head=NEW)
    assert list(found.standard.tasks[0].units[1].knowledge) == sorted(expected)
    assert len(found.standard.knowledge) == 8
    assert rules(found) == []


@pytest.mark.parametrize(
    "cell", ["K04 丁學、K14", "K04 丁學 K14", "K04 丁學；K14", "K14、K04 丁學", "K04、K14"]
)
def test_an_undefined_reference_is_no_name(cell):
    found = read(DEFINED, f"|T1.2 丙任務||P1.2.1 做。|4|{cell}|S01", head=NEW)
    assert set(found.standard.tasks[0].units[1].knowledge) == {"K04", "K14"}
    assert "K14" not in [k.code for k in found.standard.knowledge]
    assert [k.name for k in found.standard.knowledge if k.code == "K04"] == ["丁學"]


@pytest.mark.parametrize(
    ("column", "cell", "undefined"),
    [
        ("p", "P1.1.1 做甲。<br>P1.1", ["P1.1"]),
        ("p", "P1.1.1 做甲、P1.1", ["P1.1"]),
        ("p", "P1.1.1 做甲。P1.1.4", ["P1.1.4"]),
        ("p", "P1.1.1 做甲。<br>P1.1.2～P1.1.4", ["P1.1.2", "P1.1.3", "P1.1.4"]),
        ("o", "O1.1.1 報告、O1.1.2", ["O1.1.2"]),
    ],
)
def test_a_bare_code_of_an_item_that_is_nowhere_is_an_undefined_reference(
    tmp_path, column, cell, undefined
):
    path = tmp_path / "draft.md"
    path.write_text(document(cells(**{column: cell}), head=NEW), "utf-8")
    report, _ = check(find([path]))
    said = [(f.rule, f.code) for f in report.findings if f.rule in ("R04", "R05", "R06")]
    assert said == [("R06", code) for code in undefined]
    items = read(cells(**{column: cell}), head=NEW).standard.tasks[0].units[0]
    names = [o.name for o in items.outputs] + [p.text for p in items.indicators]
    assert not [n for n in names if any(code in n for code in undefined)]


@pytest.mark.parametrize("cell", ["K01 甲學、P1.1", "K01 甲學 O1.2", "K01 甲學；P1.1.2"])
def test_a_code_of_another_column_behind_a_text_is_named(cell):
    assert [rule for rule, *_ in named(read(cells(k=cell), head=NEW), "E27", "E28")] == ["E27"]


def test_a_range_of_indicators_refers_to_them():
    found = read(
        cells(p="<br>".join(f"P1.1.{n} 做{name}。" for n, name in enumerate("甲乙丙丁戊", 1))),
        "|||P1.1.1~5|4|K01|S01",
        head=NEW,
    )
    (unit,) = found.standard.tasks[0].units
    assert [p.code for p in unit.indicators] == [f"P1.1.{n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("file", "units", "undefined"),
    [
        (
            "11-joined-codes",
            {"T1.2": ("K03", "K04"), "T2.2": ("K06", "K07", "K08", "K14")},
            ["K14"],
        ),
        ("join-1", {"T2.2": ("K06", "K14")}, ["K14"]),
        ("join-2", {"T2.2": ("K06", "K07", "K14")}, ["K14"]),
        ("join-4", {"T2.2": ("K06", "K07", "K08", "K13")}, ["K07", "K08", "K13"]),
    ],
)
def test_word_files_with_joined_codes(file, units, undefined):
    path = CASES / f"{file}.docx"
    standard = extract(read_file(path.read_bytes(), path.name)).standard
    have = {u.code: u.knowledge for u in standard.units()}
    assert {code: have[code] for code in units} == units
    report, _ = check(find([path]))
    assert [
        f.value for f in report.findings if f.rule == "R06" and f.code.startswith("T")
    ] == undefined
    assert not [f for f in report.findings if f.rule == "R05"]


@pytest.mark.parametrize(
    "cell", ["S17<br>S21規劃技能", "<p>S16 排程</p><p>S17</p><p>S21規劃技能</p>"]
)
def test_a_code_that_may_begin_the_name_of_the_one_before_is_said(cell):
    found = read(cells(s=cell), head=NEW)
    assert named(found, "E03") == [("E03", "S21", "S17 S21規劃技能")]


# -- digits that are the code's or the name's ---------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["K13D列印|K25S活動", "K3品管"], {"K1": "3D列印", "K2": "5S活動", "K3": "品管"}),
        (
            [f"K{n}甲{n}學" for n in range(1, 18)] + ["K188D報告"],
            {f"K{n}": f"甲{n}學" for n in range(1, 18)} | {"K18": "8D報告"},
        ),
        (["K1甲學", "K224小時照護", "K3乙學"], {"K1": "甲學", "K2": "24小時照護", "K3": "乙學"}),
        (["K1P2P網路", "K2C語言", "K3cGMP"], {"K1": "P2P網路", "K2": "C語言", "K3": "cGMP"}),
        (["K01甲學", "K112D繪圖", "K123D建模"], {"K01": "甲學", "K11": "2D繪圖", "K12": "3D建模"}),
    ],
)
@pytest.mark.parametrize("between", ["<br>", "</p><p>"])
def test_digits_are_parted_by_what_the_whole_document_says(cells, expected, between):
    rows = [
        f"T1 甲|T1.{n} 乙|O1.{n}.1 丙|P1.{n}.1 丁|3|<p>{c.replace('|', between)}</p>|S1己"
        for n, c in enumerate(cells, 1)
    ]
    knowledge = read(*rows, head=NEW).standard.knowledge
    assert {e.code: e.name for e in knowledge} == expected


@pytest.mark.parametrize(
    ("printed", "doubts"),
    [("O1.1.3.2110 V 測試紀錄表", ["O1.1.3.2"]), ("O1.1.3.2110V 測試紀錄表", [])],
)
def test_more_digits_than_a_code_has_are_parted(printed, doubts):
    row = f"T1 甲|T1.1 乙|T1.1.3 丙|O1.1.3.1 報告<br>{printed}|P1.1.3.1 做。|4|K01 甲學|S01 甲力"
    found = read(row, head=NEW.replace("工作任務", "工作任務\t工作活動"))
    (unit,) = found.standard.tasks[0].units[0].units
    assert [o.code for o in unit.outputs] == ["O1.1.3.1", "O1.1.3.2"]
    assert [code for _, code, _ in named(found, "E03")] == doubts


def test_a_line_that_closes_a_bracket_is_no_item_of_its_own():
    found = read(cells(p="<p>P1.1.1 確認(含國內、</p><p>外)市場。</p>"), head=NEW)
    (indicator,) = found.standard.tasks[0].units[0].indicators
    assert indicator.text == "確認(含國內、外)市場。"
    assert rules(found) == []


def test_names_of_one_character_stand_between_glued_codes():
    found = read("T1甲|T1.1乙T1.2丙|O1.1.1表O1.2.1單|P1.1.1做P1.2.1記|4|K01天K02地|S01力", head=NEW)
    assert {u.code: u.name for u in found.standard.units()} == {
        "T1": "甲",
        "T1.1": "乙",
        "T1.2": "丙",
    }
    leaves = found.standard.tasks[0].units
    assert [[o.name for o in u.outputs] for u in leaves] == [["表"], ["單"]]
    assert [[p.text for p in u.indicators] for u in leaves] == [["做"], ["記"]]
    assert [k.name for k in found.standard.knowledge] == ["天", "地"]
    assert rules(found) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["T1 甲|T1.1 乙||P1.1.1 做。|3|S01 力<br>S02 能|K01 學"], {"K01": "學", "S01": "力", "S02": "能"}),
        (
            ["T1 甲|T1.1 乙||P1.1.1 做。|3|K01 學|S01 力", "", "|||P1.1.2 記。||K01 學 S02 能|S01 力"],
            {"K01": "學", "S01": "力", "S02": "能"},
        ),
    ],
)  # fmt: skip
def test_what_strays_into_a_column_is_read_whatever_else_stands_there(rows, expected):
    found = read(*rows, head=NEW).standard
    assert {e.code: e.name for e in (*found.knowledge, *found.skills)} == expected
    unit = found.tasks[0].units[0]
    holders = (unit, *unit.indicators)
    used = {c for holder in holders for c in (*holder.knowledge, *holder.skills)}
    assert used == set(expected)


@pytest.mark.parametrize("between", ["/", "／", " / ", "、 "])
def test_what_parts_the_items_of_a_list_is_no_part_of_a_name(between):
    found = read(cells(k=between.join(("K01 甲學", "K02 乙學", "K04 丙學"))), head=NEW).standard
    assert [k.name for k in found.knowledge] == ["甲學", "乙學", "丙學"]


def test_the_first_indicator_of_a_cell_is_seldom_a_high_one():
    found = read("T1甲|T1.1乙|O1.1.1丙|P1.1.43D檢討<br>P1.1.5丁|3|K01戊|S01己", head=NEW).standard
    unit = found.tasks[0].units[0]
    assert [(p.code, p.text) for p in unit.indicators] == [("P1.1.4", "3D檢討"), ("P1.1.5", "丁")]


def test_a_letter_for_the_last_digit_of_an_indicator_does_not_end_its_code():
    extraction = read("T1 甲|T1.1 乙|O1.1.1 丙|P1.1.l 丁<br>P1.1.2 戊|3|K01 己|S01 庚", head=NEW)
    indicators = extraction.standard.tasks[0].units[0].indicators
    assert [(p.code, p.text) for p in indicators] == [("P1.1.1", "丁"), ("P1.1.2", "戊")]
    assert [(f.rule, f.value) for f in extraction.findings] == [("E03", "P1.1.l")]


def test_the_next_number_right_behind_a_text_is_said():
    extraction = read("T1 甲|T1.1 乙|O1.1.1計畫書1.1.2預算表|P1.1.1 丁|3|K01 己|S01 庚", head=NEW)
    assert [(f.rule, f.value) for f in extraction.findings] == [("E27", "1.1.2預算表")]
    version = read("T1 甲|T1.1 乙|O1.1.1依1.1.1版之計畫書|P1.1.1 丁|3|K01 己|S01 庚", head=NEW)
    assert rules(version) == []


def test_a_wide_dot_between_a_code_and_the_digit_of_a_name_is_no_text():
    cell = "<br>".join(["K01．行銷學", "K02．3D建模", "K03．5S管理"])
    extraction = read(f"T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|{cell}|S01 庚", head=NEW)
    names = [k.name for k in extraction.standard.knowledge]
    assert names == ["行銷學", "3D建模", "5S管理"]
