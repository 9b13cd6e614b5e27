"""The traps of these documents, each by the smallest document that has it."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.extract.codes import candidates
from kps_graph.readers import read as read_file
from tests.support.document import NEW, read, rules


def codes(found):
    return [x.code for x in found]


def names(found):
    return [x.name for x in found]


# -- codes and what looks like them ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("K1 甲 K2 乙", {"K1": "甲", "K2": "乙"}),
        ("K01 甲<br>K02 乙", {"K01": "甲", "K02": "乙"}),
        ("<p><b>K1</b> 甲</p><p>K2乙</p>", {"K1": "甲", "K2": "乙"}),
        ("**K1** 甲 **K2** 乙", {"K1": "甲", "K2": "乙"}),
        ("Ｋ１ 甲 Ｋ２ 乙", {"K1": "甲", "K2": "乙"}),
        ("Ｋ０１ 甲<br>ｋ02 乙", {"K01": "甲", "K02": "乙"}),
        ("`K1` 甲 `K2` 乙", {"K1": "甲", "K2": "乙"}),
        ("[K1](#k1) 甲 [K2](https://a.tw/k2) 乙", {"K1": "甲", "K2": "乙"}),
        ("K1\\. 甲 K2\\. 乙\\*", {"K1": "甲", "K2": "乙*"}),
        ("K1 甲[^1] K2 乙[註](見附件)", {"K1": "甲", "K2": "乙[註](見附件)"}),
        ("K 1 甲 K 2 乙", {"K1": "甲", "K2": "乙"}),
        ("K1：甲 K2：乙", {"K1": "甲", "K2": "乙"}),
        ("K1. 甲 K2. 乙", {"K1": "甲", "K2": "乙"}),
        ("K1 K8s 容器編排 K2 S1000D 規範", {"K1": "K8s 容器編排", "K2": "S1000D 規範"}),
        ("K1 A4 紙張 K2 乙", {"K1": "A4 紙張", "K2": "乙"}),
        ("K1 使用 Intel K9 系列處理器 K2 乙", {"K1": "使用 Intel K9 系列處理器", "K2": "乙"}),
        ("K1 甲(K3 等級) K2 乙", {"K1": "甲(K3 等級)", "K2": "乙"}),
        ("K01 甲 K05 乙 K12 丙", {"K01": "甲", "K05": "乙", "K12": "丙"}),
        ("<p>K01 甲</p><p>K05 乙</p>", {"K01": "甲", "K05": "乙"}),
        ("K01Excel 試算表<br>K02 乙", {"K01": "Excel 試算表", "K02": "乙"}),
        ("K1 甲\u3000K2 乙", {"K1": "甲", "K2": "乙"}),
        ("K1 職業安全衛生【T1.1】 K2 乙", {"K1": "職業安全衛生【T1.1】", "K2": "乙"}),
    ],
)
def test_codes_are_told_from_look_alikes(cell, expected):
    found = read(f"T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|{cell}|S1 戊").standard.knowledge
    assert dict(zip(codes(found), names(found), strict=True)) == expected


@pytest.mark.parametrize("mark", ["-", "－", "–", "*", "‧", "•", "■"])
def test_the_mark_of_a_list_before_a_code_is_no_text_of_the_item_before_it(mark):
    cell = f"<p>{mark} K01 甲</p><p>{mark} K02 乙</p><p>{mark} K03 丙</p>"
    found = read(f"T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|{cell}|S1 戊")
    assert names(found.standard.knowledge) == ["甲", "乙", "丙"]
    assert rules(found) == []


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u2060", "\xad", "\u200e"])
def test_invisible_characters_do_not_hide_a_code_and_are_kept_inside_a_text(mark):
    found = read(f"{mark}T1{mark} 甲|T1.{mark}1 乙||P1.1.1{mark}丁|3|K{mark}01 己{mark}庚|S1 戊")
    (task,) = found.standard.tasks
    assert (task.code, task.name, task.units[0].code) == ("T1", "甲", "T1.1")
    assert [(k.code, k.raw_code, k.name) for k in found.standard.knowledge] == [
        ("K01", None, f"己{mark}庚")
    ]
    assert rules(found) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("K01-甲<br>K02－乙", ["甲", "乙"]),
        ("K1 甲、K2 乙；K3 丙", ["甲", "乙", "丙"]),
        ("<p>K01 \uf06c甲</p><p>K02 • 乙</p>", ["甲", "乙"]),
    ],
    ids=["a dash behind the code", "a running list", "a bullet before the only text"],
)
def test_what_stands_between_code_and_text_or_between_two_items_is_no_text(cell, expected):
    assert names(read(f"T1 甲|T1.1 乙||P1.1.1 丁|3|{cell}|S1 戊").standard.knowledge) == expected


@pytest.mark.parametrize("cell", ["K01、K02", "K01 K02", "K01,K02", "K01<br>K02"])
def test_a_cell_of_codes_alone_refers_to_what_they_stand_for(cell):
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K01 己 K02 庚|S1 戊", f"|T1.2 丙||P1.2.1 丁|3|{cell}|S1"
    ).standard
    assert names(found.knowledge) == ["己", "庚"]
    assert found.tasks[0].units[1].knowledge == ("K01", "K02")


@pytest.mark.parametrize("mark", ["無", "（無）", "略", "－", "N/A", "不適用"])
def test_a_mark_for_none_is_no_content(mark):
    found = read(f"T1 甲|T1.1 乙|{mark}|P1.1.1 丁|3|{mark}|S1 戊")
    assert found.standard.knowledge == found.standard.tasks[0].units[0].outputs == ()
    assert rules(found) == ["E41", "E41"]


@pytest.mark.parametrize(
    ("printed", "code", "raw"),
    [
        ("P1.1.1", "P1.1.1", None),
        ("P1.1.1.", "P1.1.1", "P1.1.1."),
        ("P 1.1.1", "P1.1.1", "P 1.1.1"),
        ("P.1.1.1", "P1.1.1", "P.1.1.1"),
        ("P1-1-1", "P1.1.1", "P1-1-1"),
        ("p1.1.1", "P1.1.1", "p1.1.1"),
        ("Ｐ１．１．１", "P1.1.1", "Ｐ１．１．１"),
        ("P1.1", "P1.1", None),
    ],
)
def test_numbering_variants_keep_the_code_as_printed(printed, code, raw):
    extraction = read(f"T1 甲|T1.1 乙|O1.1.1 丙|{printed} 丁|3|K1 己|S1 戊")
    (found,) = extraction.standard.tasks[0].units[0].indicators
    assert (found.code, found.text, found.raw_code) == (code, "丁", raw)
    assert rules(extraction) == (["E03"] if raw else [])


def test_a_zero_printed_for_the_letter_o_is_an_output_and_is_reported():
    extraction = read("T3 甲|T3.2 乙|會議記錄03.2.2顧客意見表|P3.2.1 丁|3|K1 己|S1 戊")
    outputs = extraction.standard.tasks[0].units[0].outputs
    assert [(o.code, o.name, o.raw_code) for o in outputs] == [
        (None, "會議記錄", None),
        ("O3.2.2", "顧客意見表", "03.2.2"),
    ]
    assert rules(extraction) == ["E04", "E03"]


def test_latin_text_in_indicators_is_text():
    text = "安裝 T1.5 mm 鋼板與 P2P、O2O 模組，依 S1000D 規範"
    extraction = read(f"T1 甲|T1.1 乙||P1.1.1 {text} P1.1.2 丁|3|K1 己|S1 戊")
    found = extraction.standard.tasks[0].units[0].indicators
    assert [p.text for p in found] == [text, "丁"]


# -- rows, pages, cells ------------------------------------------------------------------------


def test_a_text_cut_by_a_page_is_joined_without_a_space_in_chinese_and_with_one_in_latin():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 如消費者保護|S1 商業條款(International",
        "",
        "|||||法、公平交易法|Commercial Terms)",
    ).standard
    assert names(found.knowledge) == ["如消費者保護法、公平交易法"]
    assert names(found.skills) == ["商業條款(International Commercial Terms)"]


def test_an_item_in_the_wrong_row_is_placed_by_its_code_and_reported_with_its_place():
    extraction = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 戊",
        "|T1.2 丙||P1.1.2 庚<br>P1.2.1 辛|||",
    )
    first, second = extraction.standard.tasks[0].units
    assert codes(first.indicators) == ["P1.1.1", "P1.1.2"]
    assert codes(second.indicators) == ["P1.2.1"]
    (finding,) = (f for f in extraction.findings if f.rule == "E02")
    assert (finding.code, finding.span.table, finding.span.row, finding.span.column) == (
        "P1.1.2",
        2,
        3,
        4,
    )


def test_several_units_in_one_cell_share_what_stands_beside_them():
    found = read(
        "T1 甲|T1.1 乙<br>T1.2 丙||P1.1.1 丁<br>P1.2.1 戊|3|K1 己|S1 庚",
        "|T1.3 辛||P1.3.1 壬|4|K2 癸|S2 子",
    ).standard
    one, two, three = found.tasks[0].units
    assert codes(one.indicators) == ["P1.1.1"]
    assert codes(two.indicators) == ["P1.2.1"]
    assert one.knowledge == two.knowledge == ("K1",)
    assert (one.level, two.level, three.level) == (3, 3, 4)


def test_a_blank_cell_goes_on_with_the_cell_above_within_the_task():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        "|T1.2 丙||P1.2.1 戊|||",
        "T2 甲二|T2.1 乙二||P2.1.1 丁二||K2 辛|S2 壬",
    ).standard
    assert (found.tasks[0].level, found.tasks[0].knowledge) == (3, ("K1",))
    assert found.tasks[1].level is None
    assert found.tasks[1].units[0].level is None


def test_a_group_of_indicators_has_its_own_level():
    unit = (
        read(
            "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
            "|||P1.1.2 戊|4|K2 辛|S2 壬",
            "|T1.2 丙||P1.2.1 癸|3|K1 己|S1 庚",
        )
        .standard.tasks[0]
        .units[0]
    )
    assert [(p.level, p.knowledge, p.skills) for p in unit.indicators] == [
        (3, ("K1",), ("S1",)),
        (4, ("K2",), ("S2",)),
    ]
    assert unit.level is None


def test_the_third_layer_is_a_unit_below_its_activity():
    head = NEW.replace("主要職責\t工作任務", "主要職責\t工作任務\t工作活動")
    found = read(
        "T1 甲|T1.1 乙|T1.1.1 丙||P1.1.1.1 丁|3|K1 己|S1 庚",
        "||T1.1.2 辛||P1.1.2.1 壬|4|K1 己|S1 庚",
        head=head,
    ).standard
    assert found.layout == "主要職責/工作任務/工作活動"
    assert codes(found.tasks[0].units[0].units) == ["T1.1.1", "T1.1.2"]


def test_a_level_that_is_no_integer_is_kept_for_rule_2_to_find():
    extraction = read("T1 甲|T1.1 乙||P1.1.1 丁|3-4|K1 己|S1 庚")
    assert extraction.standard.tasks[0].units[0].level == "3-4"


def test_one_code_with_two_texts_is_kept_apart():
    extraction = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 市場分析|S1 庚",
        "|T1.2 丙||P1.2.1 戊|3|K1 財務報表|S1 庚",
    )
    assert names(extraction.standard.knowledge) == ["市場分析", "財務報表"]
    assert [u.knowledge for u in extraction.standard.tasks[0].units] == [("K1",), ("K1~2",)]


def test_blank_header_cells_are_filled_in_from_the_usual_order():
    head = "工作任務\t\t工作產出\t行為指標\t\t職能內涵 (K=knowledge 知識)\t"
    found = read("T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K1 己|S1 庚", head=head).standard
    assert (found.tasks[0].units[0].level, codes(found.skills)) == (3, ["S1"])


@pytest.mark.parametrize(
    "label",
    [
        "職類別代碼 MPM",
        "職類別代碼：MPM",
        "職類別代碼<br>MPM",
        "<b>職類別代碼</b> MPM",
        "職類別代碼MPM",
        "職類別代碼（MPM）",
        "職類別代碼\u200bMPM",
        "代碼\tMPM",
    ],
)
def test_a_label_and_its_value_may_share_a_cell(label):
    extraction = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        before=f"職類別\t製造／生產管理\t{label}\n工作描述\t職業別 一詞是文字。",
    )
    classes = extraction.standard.classification
    assert [(c.code, c.name) for c in classes.job_category] == [("MPM", "製造／生產管理")]
    assert extraction.standard.description == "職業別 一詞是文字。"


def test_a_header_may_be_lines_of_text_above_the_table():
    page = (
        "<h1>咖啡師</h1><p>職能基準代碼：</p><p>職能基準名稱：咖啡師</p>"
        "<p>職類別：餐飲管理　職類別代碼：</p><p>工作描述：沖煮咖啡。</p><p>基準級別：3</p>"
    )
    body = (
        "<table><tr>"
        + "".join(
            f"<td>{h}</td>"
            for h in ("工作任務", "工作活動", "工作產出", "行為指標", "職能級別", "知識", "技能")
        )
        + (
            "</tr><tr><td>T1 甲</td><td>T1.1 乙</td><td></td><td>P1.1.1 丁</td><td>3</td><td>K1 己</td>"
            "<td>S1 庚</td></tr></table>"
        )
    )
    extraction = extract(read_file(f"{page}{body}".encode(), "a.html"))
    found = extraction.standard
    assert (found.name, found.description, found.level) == ("咖啡師", "沖煮咖啡。", 3)
    assert [(c.code, c.name) for c in found.classification.job_category] == [("", "餐飲管理")]
    assert extraction.findings == ()
    assert extraction.read == extraction.placed + extraction.unplaced


def test_several_labels_with_their_values_may_share_a_line():
    extraction = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        before="職類別：製造／生產管理　職類別代碼：MPM\t\t\n工作描述：與職業別：有關的文字。\t\t",
    )
    classes = extraction.standard.classification
    assert [(c.code, c.name) for c in classes.job_category] == [("MPM", "製造／生產管理")]
    assert extraction.standard.description == "與職業別：有關的文字。"


@pytest.mark.parametrize("bullet", ["•", "●", "\uf09f", "\uf06c", "\uf06e", "■", "◆"])
def test_bulleted_sub_items_are_content_in_order(bullet):
    found = read(f"T1 甲|T1.1 乙||P1.1.1 丁|3|K1 法規，如： {bullet} 民法 {bullet} 刑法 K2 己|S1")
    assert [[i.text for i in k.items] for k in found.standard.knowledge] == [["民法", "刑法"], []]


def test_text_in_no_column_is_kept_as_a_finding():
    extraction = read("T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚|備註欄")
    (finding,) = (f for f in extraction.findings if f.rule == "E01")
    assert finding.value == "備註欄"
    assert extraction.read == extraction.placed + extraction.unplaced


# -- attitudes and notes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "after",
    [
        "#### 職能內涵 (A=attitude 態度)\n\n- A01 謹慎細心：能謹慎考量。\n- A02 自信心：相信自己。",
        "職能內涵（A=attitude態度）\tA01 謹慎細心：能謹慎考量。 A02 自信心：相信自己。",
    ],
)
def test_attitudes_are_read_from_a_list_or_a_table(after):
    found = read("T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚", after=after).standard.attitudes
    assert [(a.code, a.name, a.definition) for a in found] == [
        ("A01", "謹慎細心", "能謹慎考量。"),
        ("A02", "自信心", "相信自己。"),
    ]


def test_attitudes_may_stand_in_the_table_of_the_last_task():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        "職能內涵(A=attitude 態度)||||||",
        "A01 謹慎細心：能謹慎考量。||||||",
    ).standard
    assert [a.name for a in found.attitudes] == ["謹慎細心"]
    assert codes(found.tasks) == ["T1"]


def test_uncoded_attitudes_have_no_code_and_are_reported():
    extraction = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        after="#### 職能內涵 (A=attitude 態度)\n\n- 主動積極：自發做事。\n- 自信心：相信自己。",
    )
    assert [(a.code, a.name) for a in extraction.standard.attitudes] == [
        (None, "主動積極"),
        (None, "自信心"),
    ]
    assert rules(extraction) == ["E04", "E04"]


def test_a_note_that_announces_a_list_takes_the_items_after_a_repeated_heading():
    heading = "#### 說明與補充事項\n\n"
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚",
        after=f"{heading}- 說明。\n- 建議條件：\n\n{heading}- 大專畢業。\n- 三年經驗。",
    ).standard
    assert [(n.text, [i.text for i in n.items]) for n in found.notes] == [
        ("說明。", []),
        ("建議條件：", ["大專畢業。", "三年經驗。"]),
    ]


def test_several_industries_pair_up_with_their_codes():
    before = (
        "所屬類別\t職類別\t製造／生產管理\t職類別代碼\tMPMMIN\n"
        "\t行業別\t製造業／食品製造業<br>批發及零售業\t行業別代碼\tC0810<br>G45"
    )
    classes = read("T1 甲|T1.1 乙||P1.1.1 丁|3|K1 己|S1 庚", before=before).standard.classification
    assert [(c.code, c.name) for c in classes.industry] == [
        ("C0810", "製造業／食品製造業"),
        ("G45", "批發及零售業"),
    ]
    assert codes(classes.job_category) == ["MPM", "MIN"]


@pytest.mark.parametrize("bullet", ["• ", "‧ ", "· ", "\uf06c", "➢ ", "- ", "○"])
def test_a_code_may_stand_behind_any_bullet(bullet):
    found = candidates(f"{bullet}A01 謹慎細心：能謹慎考量。", "A", [(0, False)])
    assert [(c.code.text, c.first) for c in found] == [("A01", True)]


def test_attitudes_at_the_end_of_the_body_go_on_below_the_repeated_headings():
    heads = (
        "<tr>"
        + "".join(
            f"<td>{h}</td>"
            for h in (
                "工作任務",
                "工作活動",
                "工作產出",
                "行為指標",
                "職能級別",
                "職能內涵(K=knowledge 知識)",
                "職能內涵(S=skills 技能)",
            )
        )
        + "</tr>"
    )
    row = (
        "<tr><td>T1 管理</td><td>T1.1 規劃</td><td></td><td>P1.1.1 規劃路線</td><td>3</td>"
        "<td>K1 物流</td><td>S1 溝通</td></tr>"
    )
    pages = (
        f"<table>{heads}{row}<tr><td colspan=7>職能內涵(A=attitude 態度)</td></tr>"
        "<tr><td colspan=7>A01 謹慎細心：對於任務的執行過程，</td></tr></table>"
        f"<table>{heads}<tr><td colspan=7>能謹慎考量。<br>"
        "A02 追求卓越：主動投注心力。</td></tr>"
        "</table>"
    )
    standard = extract(read_file(f"<p>職能基準</p>{pages}".encode(), "a.html")).standard
    assert [(a.code, a.name, a.definition) for a in standard.attitudes] == [
        ("A01", "謹慎細心", "對於任務的執行過程，能謹慎考量。"),
        ("A02", "追求卓越", "主動投注心力。"),
    ]
    assert [u.name for u in standard.units()] == ["管理", "規劃"]


def test_headings_repeated_inside_a_table_begin_a_page():
    heads = (
        "<tr>"
        + "".join(
            f"<td>{h}</td>"
            for h in (
                "工作任務",
                "工作活動",
                "工作產出",
                "行為指標",
                "職能級別",
                "職能內涵(K=knowledge 知識)",
                "職能內涵(S=skills 技能)",
            )
        )
        + "</tr>"
    )
    page = (
        f"<table>{heads}<tr><td>T1 管理</td><td>T1.1 規劃</td><td></td><td>P1.1.1 規劃路</td>"
        f"<td>3</td><td>K1 物流</td><td>S1 溝通</td></tr>{heads}<tr><td></td><td></td><td></td>"
        "<td>線</td><td></td><td>概論</td><td></td></tr></table>"
    )
    standard = extract(read_file(page.encode(), "a.html")).standard
    (unit,) = standard.tasks[0].units
    assert [p.text for p in unit.indicators] == ["規劃路線"]
    assert names(standard.knowledge) == ["物流概論"]


def test_a_paragraph_that_names_another_attitude_is_one_and_any_other_is_named():
    page = (
        "<p>職能基準代碼：ZZZ1234-001v1</p><table><tr><td>職能內涵（A=attitude 態度）</td></tr>"
        "<tr><td><p>A01 主動積極：自發做事。</p><p>＊壓力容忍：冷靜應對。</p><p>其他</p></td>"
        "</tr></table>"
    )
    found = extract(read_file(page.encode(), "a.html"))
    assert [(a.name, a.definition) for a in found.standard.attitudes] == [
        ("主動積極", "自發做事。"),
        ("壓力容忍", "冷靜應對。其他"),
    ]
    assert [(f.rule, f.value) for f in found.findings if f.rule == "E27"] == [("E27", "其他")]


@pytest.mark.parametrize("paragraph", ["KO3 匯率", "匯率與報價"])
def test_a_paragraph_without_a_readable_code_is_named(paragraph):
    found = read(
        f"T1 管理|T1.1 規劃||P1.1.1 規劃路線|3|<p>K02 信用狀</p><p>{paragraph}</p>|S1 溝通"
    )
    assert [(f.rule, f.code, f.value) for f in found.findings if f.rule == "E27"] == [
        ("E27", "K02", paragraph)
    ]


@pytest.mark.parametrize(("typed", "meant"), [("KO3", "K03"), ("KO3：", "K03"), ("K0l", None)])
def test_a_letter_typed_for_a_digit_is_read_where_the_sequence_wants_it(typed, meant):
    found = read(
        "T1 管理|T1.1 規劃||P1.1.1 規劃路線|3|<p>K01 物流</p><p>K02 信用狀</p>"
        f"<p>{typed} 匯率</p><p>K04 報價</p>|S1 溝通"
    )
    assert [(k.code, k.raw_code) for k in found.standard.knowledge] == [
        ("K01", None),
        ("K02", None),
        *([(meant, "KO3")] if meant else []),
        ("K04", None),
    ]
    assert rules(found) == (["E03"] if meant else ["E27"])


def test_what_only_looks_mistyped_is_text():
    found = read(
        "T1 管理|T1.1 規劃||P1.1.1 規劃路線|3|K1 物流|<p>S01 檢測能力</p><p>SO2 與 NOx 的檢測</p>"
    )
    assert [s.name for s in found.standard.skills] == ["檢測能力SO2 與 NOx 的檢測"]


def test_a_line_that_may_go_on_is_no_paragraph_of_its_own():
    found = read("T1 管理|T1.1 規劃||P1.1.1 規劃路線|3|K02 信用狀<br>與匯率|S1 溝通")
    assert "E27" not in rules(found)


PAGE = (
    "<table><tr><td>職能基準代碼</td><td>{code}</td></tr>"
    "<tr><td>工作描述</td><td>敘述。</td></tr></table><table><tr>"
    + "".join(
        f"<td>{h}</td>"
        for h in (
            "項次",
            "工作任務",
            "工作活動",
            "工作產出",
            "行為指標",
            "職能級別",
            "知識",
            "技能",
        )
    )
    + "</tr><tr><td>1</td><td>T1 管理</td><td>T1.1 規劃{more}</td><td></td>"
    "<td>P1.1.{n} 規劃路線</td><td>3</td><td>K{n} 物流{n}</td><td>S1 溝通</td></tr></table>"
)


def test_a_second_standard_in_the_file_is_reported_and_never_merged_into_the_first():
    pages = PAGE.format(code="ZZZ1234-001v1", more="", n=1) + PAGE.format(
        code="ZZZ1234-002v1", more="", n=2
    )
    found = extract(read_file(pages.encode(), "a.html"))
    assert found.standard.code == "ZZZ1234-001v1"
    assert names(found.standard.knowledge) == ["物流1"]
    assert [(f.rule, f.value, f.span.table) for f in found.findings] == [
        ("E29", "ZZZ1234-002v1", 3)
    ]
    assert found.read == found.placed + found.unplaced


def test_a_header_repeated_on_every_page_is_the_same_standard():
    pages = PAGE.format(code="ZZZ1234-001v1", more="", n=1) + PAGE.format(
        code="ZZZ1234-001v1", more="（續）", n=2
    )
    found = extract(read_file(pages.encode(), "a.html"))
    (unit,) = found.standard.tasks[0].units
    assert [p.code for p in unit.indicators] == ["P1.1.1", "P1.1.2"]
    assert found.findings == ()


def test_a_column_that_counts_the_rows_is_no_unit():
    found = extract(read_file(PAGE.format(code="ZZZ1234-001v1", more="", n=1).encode(), "a.html"))
    assert codes(found.standard.units()) == ["T1", "T1.1"]
    assert found.findings == ()
