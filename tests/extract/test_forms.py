"""The forms that real documents and drafts take: every one is read, or said, as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kps_graph.extract import extract
from kps_graph.model import Attitude
from kps_graph.readers import read as read_file
from tests.support.document import NEW, OLD, document, read, rules

CASES = Path(__file__).parent.parent / "cases" / "reading"


def case(name):
    return extract(read_file((CASES / name).read_bytes(), name))


def found(extraction, *numbers):
    return [(f.rule, f.value) for f in extraction.findings if f.rule in numbers]


def units(extraction):
    return {u.code: u.name for u in extraction.standard.units()}


def elements(extraction):
    s = extraction.standard
    return {e.code: e.name for e in (*s.knowledge, *s.skills)}


ROW = "T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己"
ATTITUDE = NEW + "\t職能內涵 (A=attitude 態度)"


# -- attitudes in a column ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["A01 主動積極 A02 謹慎細心"], ["A01 主動積極", "A02 謹慎細心"]),
        (["A01 主動積極", "A01 主動積極<br>A02 謹慎細心"], ["A01 主動積極", "A02 謹慎細心"]),
        (["<p>主動積極</p><p>謹慎細心</p>", "主動積極"], ["None 主動積極", "None 謹慎細心"]),
        (["A01 主動積極", "", "A03 追求卓越"], ["A01 主動積極", "A03 追求卓越"]),
    ],
)
def test_attitudes_in_a_column_are_read_once_each(cells, expected):
    rows = [
        f"T1 甲|T1.{n} 乙|O1.{n}.1 丙|P1.{n}.1 丁|3|K01 戊|S01 己|{c}"
        for n, c in enumerate(cells, 1)
    ]
    attitudes = read(*rows, head=ATTITUDE).standard.attitudes
    assert [f"{a.code} {a.name}" for a in attitudes] == expected


def test_a_column_of_attitudes_and_a_list_of_them_are_one():
    after = (
        "#### 職能內涵 (A=attitude 態度)\n- A01 主動積極：自發做事。\n- A02 謹慎細心：考量細節。"
    )
    attitudes = read(f"{ROW}|A01 主動積極", head=ATTITUDE, after=after).standard.attitudes
    assert attitudes == (
        Attitude("A01", "主動積極", "自發做事。"),
        Attitude("A02", "謹慎細心", "考量細節。"),
    )


@pytest.mark.parametrize(
    "remark", ["註：本表由專家會議訂定。", "備註1：依共識訂定", "資料來源：本會", "合計"]
)
def test_a_remark_below_the_last_row_is_named_and_is_no_unit(remark):
    extraction = read(ROW, f"{remark}||||||", head=OLD)
    assert units(extraction) == {"T1": "甲", "T1.1": "乙"}
    assert found(extraction, "E01", "E04") == [("E01", remark)]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("合計|共2項|||||", "合計 共2項"),
        ("小計||1|1||1|1", "小計 1 1 1 1"),
        ("|總計：|||3||", "總計： 3"),
        ("Total|2 tasks|||||", "Total 2 tasks"),
    ],
)
def test_a_row_of_sums_is_named_once_and_is_no_unit(row, text):
    extraction = read(ROW, row, head=OLD)
    assert units(extraction) == {"T1": "甲", "T1.1": "乙"}
    assert [i.text for u in extraction.standard.units() for i in u.indicators] == ["丁"]
    assert found(extraction, "E01", "E04", "E41") == [("E01", text)]


def test_a_row_with_codes_is_no_row_of_sums():
    extraction = read(ROW, "小計|T1.2 庚|O1.2.1 辛|P1.2.1 壬|3|K01|S01", head=OLD)
    assert "T1.2" in units(extraction)


@pytest.mark.parametrize("dash", [" - ", " － ", "－", "—", " – ", "——"])
def test_a_dash_parts_the_name_of_an_attitude_from_its_definition(dash):
    after = f"#### 職能內涵 (A=attitude 態度)\n- A01 主動積極{dash}自發做事。"
    assert read(ROW, head=OLD, after=after).standard.attitudes == (
        Attitude("A01", "主動積極", "自發做事。"),
    )


@pytest.mark.parametrize("name", ["自我管理-情緒", "Self-management"])
def test_a_hyphen_within_the_name_of_an_attitude_is_part_of_it(name):
    after = f"#### 職能內涵 (A=attitude 態度)\n- A01 {name}"
    assert read(ROW, head=OLD, after=after).standard.attitudes == (Attitude("A01", name, None),)


def test_a_colon_parts_the_name_of_an_attitude_though_a_dash_stands_before_it():
    after = "#### 職能內涵 (A=attitude 態度)\n- A01 自我管理－情緒：冷靜應對。"
    assert read(ROW, head=OLD, after=after).standard.attitudes == (
        Attitude("A01", "自我管理－情緒", "冷靜應對。"),
    )


def _with_header_below(*others):
    """A file whose body and attitudes come first, then its header, then other lines."""
    head = "\n".join(document(head="").splitlines()[:3])
    body = f"{OLD}\n{ROW}".replace("|", "\t")
    attitudes = "#### 職能內涵 (A=attitude 態度)\n- A01 主動積極：自發做事。"
    text = "\n\n".join([body, attitudes, head, *others])
    return extract(read_file(text.encode(), "case.md"))


def test_the_only_header_below_the_body_is_the_standards_own():
    extraction = _with_header_below()
    standard = extraction.standard
    assert (standard.code, standard.name, standard.level) == ("ZZZ1234-001v1", "測試人員", 3)
    assert units(extraction) == {"T1": "甲", "T1.1": "乙"}
    assert [a.code for a in standard.attitudes] == ["A01"]
    assert found(extraction, "E29", "E01") == []


def test_a_header_below_a_body_with_another_body_below_it_is_of_another_standard():
    extraction = _with_header_below(f"{OLD}\n{ROW}".replace("|", "\t"))
    assert found(extraction, "E29") == [("E29", "測試人員")]


def test_units_below_a_duty_without_a_code_are_no_fault_of_their_own():
    rows = ("甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己", "|T1.2 庚|||3|K01|S01")
    assert found(read(*rows), "E04", "E07") == [("E04", "甲")]


def test_units_that_disagree_on_a_duty_without_a_code_are_named():
    rows = ("甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己", "|T2.1 庚|||3|K01|S01")
    assert found(read(*rows), "E07") == [("E07", "乙"), ("E07", "庚")]


def test_attitudes_headed_in_the_body_and_again_below_it_are_read():
    head = "<td colspan=7>職能內涵（A=attitude 態度）</td>"
    table = (
        "<table><tr>" + "".join(f"<th>{h}</th>" for h in OLD.split("\t")) + "</tr><tr>"
        "<td>T1 甲<td>T1.1 乙<td>O1.1.1 丙<td>P1.1.1 丁<td>3<td>K01 戊<td>S01 己</tr>"
        f"<tr>{head}</tr></table><table><tr>{head}</tr><tr><td>A01 主動積極：自發做事。</td></tr></table>"
    )
    extraction = extract(read_file(table.encode(), "a.html"))
    assert extraction.standard.attitudes == (Attitude("A01", "主動積極", "自發做事。"),)


@pytest.mark.parametrize("name", ["乙學（參考K02、K03）", "乙學(同K01、K02)", "乙學【K01、K03】"])
def test_codes_that_brackets_hold_belong_to_the_name(name):
    extraction = read(
        "T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 甲學<br>K02 丙學<br>K03 丁學|S01 己",
        f"|T1.2 庚|O1.2.1 辛|P1.2.1 壬|3|K04 {name}|S02 癸",
    )
    assert elements(extraction)["K04"] == name
    assert set(rules(extraction)) == {"E27"}


@pytest.mark.parametrize("level", ["職能等級", "等級", "職能級別(L)", "級別（L）"])
def test_a_column_of_levels_is_read_under_each_of_its_names(level):
    head = OLD.replace("職能級別", level)
    extraction = read("T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己", head=head)
    assert extraction.standard.tasks[0].units[0].level == 3
    assert rules(extraction) == []


def test_an_attitude_that_a_page_cuts_is_joined():
    extraction = read(
        f"{ROW}|A01 主動積極：不需他人指示或要求能自動",
        "",
        "||||||| 自發做事。 A02 謹慎細心",
        head=ATTITUDE,
    )
    assert extraction.standard.attitudes == (
        Attitude("A01", "主動積極", "不需他人指示或要求能自動自發做事。"),
        Attitude("A02", "謹慎細心"),
    )


def test_the_case_of_an_attitude_column():
    extraction = case("m01_attitude_column.md")
    assert [a.code for a in extraction.standard.attitudes] == ["A01", "A02"]
    assert not extraction.findings


# -- columns of one's own ----------------------------------------------------------------------


def test_remarks_are_said_once_for_a_column_and_are_no_fault():
    extraction = read(
        "1|" + ROW + "|同意|甲委員",
        "2|T1 甲|T1.2 乙|O1.2.1 丙|P1.2.1 丁|3|K01 戊|S01 己|再議|",
        head=f"項次\t{NEW}\t專家意見\t備註",
    )
    assert found(extraction, "E01", "E31", "E32") == [
        ("E31", "專家意見：同意；再議"),
        ("E31", "備註：甲委員"),
    ]
    assert {f.severity.name for f in extraction.findings if f.rule == "E31"} == {"INFO"}


def test_another_column_is_named_once_with_what_stands_in_it():
    extraction = read(
        f"{ROW}|磅秤", "T1 甲|T1.2 乙|O1.2.1 丙|P1.2.1 丁|3|K01|S01|烤箱", head=f"{NEW}\t所需設備"
    )
    assert found(extraction, "E01", "E32") == [("E32", "所需設備：磅秤；烤箱")]


@pytest.mark.parametrize("heading", ["預期績效表現", "表現標準", "P"])
def test_a_column_under_another_heading_is_what_its_codes_say(heading):
    extraction = read(ROW, head=NEW.replace("行為指標", heading))
    assert [p.code for p in next(iter(extraction.standard.units())).units[0].indicators] == [
        "P1.1.1"
    ]


def test_the_case_of_extra_columns():
    extraction = case("06-extra-columns.docx")
    assert [f.rule for f in extraction.findings] == ["E31", "E31"]


# -- codes in a column of their own ------------------------------------------------------------

CODES = (
    "主要職責代碼\t主要職責\t工作任務代碼\t工作任務\t工作產出\t編號\t行為指標\t職能級別\t"
    "職能內涵 (K=knowledge 知識)\t職能內涵 (S=skills 技能)"
)


def test_a_code_column_belongs_to_its_neighbour():
    extraction = read(
        "T1|甲|T1.1|乙|O1.1.1 丙|P1.1.1<br>P1.1.2|<p>丁</p><p>戊</p>|3|K01 己|S01 庚",
        "T1|甲|T1.2|辛|O1.2.1 壬|P1.2.1|癸|3|K01 己|S01 庚",
        head=CODES,
    )
    assert units(extraction) == {"T1": "甲", "T1.1": "乙", "T1.2": "辛"}
    first = extraction.standard.tasks[0].units[0]
    assert [(p.code, p.text) for p in first.indicators] == [("P1.1.1", "丁"), ("P1.1.2", "戊")]
    assert extraction.standard.layout == "主要職責/工作任務"
    assert rules(extraction) == []


def test_codes_behind_their_texts_are_found_too():
    head = "工作任務\t代碼\t工作產出\t行為指標\t職能級別\t知識\t代碼\t技能"
    extraction = read("甲任務|T1|O1.1 丙|P1.1 丁|3|戊學|K01|S01 己", head=head)
    assert units(extraction) == {"T1": "甲任務"}
    assert elements(extraction) == {"K01": "戊學", "S01": "己"}


def test_the_case_of_code_columns():
    extraction = case("code-columns.docx")
    assert not extraction.findings
    assert list(units(extraction)) == [
        "T1",
        "T1.1",
        "T1.2",
        "T2",
        "T2.1",
        "T2.2",
        "T3",
        "T3.1",
        "T3.2",
    ]


# -- a list at the end -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after",
    [
        "職能內涵一覽表\n代碼\t職能內涵\nK01\t甲學\nK02\t乙學\nS01\t丙力",
        "\n代碼\t名稱\t說明\nK01\t甲學\t\nK02\t乙學\t\nS01\t丙力\t",
        "#### 知識與技能清單\n- K01 甲學\n- K02 乙學\n- S01 丙力",
        "職能內涵對照表\n代碼\t知識\t代碼\t技能\nK01\t甲學\tS01\t丙力\nK02\t乙學\t\t",
        "List of knowledge and skills\nCode\tName\nK01\t甲學\nK02\t乙學\nS01\t丙力",
        "\nK01\t甲學\nK02\t乙學\nS01\t丙力",
        "職能內涵對照表\n項次\t代碼\t職能內涵\n1\tK01\t甲學\n2\tK02\t乙學\n3\tS01\t丙力",
        "職能內涵一覽表\n類別\t代碼\t名稱\n知識\tK01\t甲學\n\tK02\t乙學\n技能\tS01\t丙力",
        "代碼／職能內涵\t\nK01 甲學\t\nK02 乙學\t\nS01 丙力\t",
        "知識\n\n代碼\t知識\nK01\t甲學\nK02\t乙學\n\n技能\n\n代碼\t技能\nS01\t丙力",
    ],
)
def test_names_come_from_a_list_at_the_end(after):
    extraction = read("T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01、K02|S01", head=NEW, after=after)
    assert elements(extraction) == {"K01": "甲學", "K02": "乙學", "S01": "丙力"}
    task = extraction.standard.tasks[0].units[0]
    assert (task.knowledge, task.skills) == (("K01", "K02"), ("S01",))
    assert rules(extraction) == []


def test_the_case_of_a_list_at_the_end():
    extraction = case("ks-list-at-end.docx")
    assert len(elements(extraction)) == 22
    assert len(extraction.standard.notes) == 2


# -- bodies without a duty column, cells cut by a page -----------------------------------------


def test_the_headings_of_a_body_are_no_rest_of_the_header_above_them():
    header = "職能基準名稱\t\t職業\t測試人員\t\t\n基準級別\t\t4\t\t\t\n\n"
    body = "\n".join([NEW.split("\t", 1)[1], "T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己"])
    standard = extract(read_file((header + body.replace("|", "\t")).encode(), "a.md")).standard
    assert (standard.level, standard.layout) == (4, "工作任務")


def test_without_a_duty_column_a_name_goes_on_over_a_page():
    assert units(case("m11_no_duty_column_pagebreak.md")) == {
        "T1.1": "處理來件。",
        "T1.2": "登錄來件。",
        "T1.3": "負責資料整理與歸檔。",
        "T1.4": "指導新人。",
    }


def test_cells_cut_by_a_page_are_joined_in_every_column():
    extraction = read(
        "T1 規劃年度|T1.1 擬訂工作|O1.1.1 年度計|P1.1.1 依政策擬|3|K01 計畫管|S01 溝通協",
        "",
        "計畫|計畫書|畫書|訂計畫|| 理方法|調能力",
        head=NEW,
    )
    assert units(extraction) == {"T1": "規劃年度計畫", "T1.1": "擬訂工作計畫書"}
    unit = extraction.standard.tasks[0].units[0]
    assert unit.outputs[0].name == "年度計畫書"
    assert unit.indicators[0].text == "依政策擬訂計畫"
    assert elements(extraction) == {"K01": "計畫管理方法", "S01": "溝通協調能力"}


def test_items_without_codes_at_the_top_of_a_page_stay_apart():
    extraction = read(
        "T1 甲|T1.1 乙|O1.1.1 丙|<p>依規定辦理。</p>|3|K01 丁|S01 戊",
        "",
        "||| <p>留下紀錄。</p><p>追蹤改善。</p>|||",
        head=NEW,
    )
    indicators = extraction.standard.tasks[0].units[0].indicators
    assert [p.text for p in indicators] == ["依規定辦理。", "留下紀錄。", "追蹤改善。"]


# -- records of updates, other tables ----------------------------------------------------------


def test_a_record_of_updates_is_no_version_table():
    standard = case("m16_update_record.md").standard
    assert [v.code for v in standard.versions] == ["ZZZ1420-950v1"]
    assert [(n.text, [i.text for i in n.items]) for n in standard.notes[-2:]] == [
        ("版本", ["更新日期", "更新說明"]),
        ("V1", ["2014/10/02", "初版"]),
    ]


@pytest.mark.parametrize(
    "record",
    [
        "修訂次數\t修訂日期\t修訂摘要\t核准\n一\t2023/1/1\t改T1.1\t主任",
        "異動日期\t異動原因\n2024\t刪K03",
    ],
)
def test_a_record_of_updates_above_the_header_needs_no_title(record):
    extraction = extract(read_file(f"{record}\n\n{document(ROW, head=NEW)}".encode(), "case.md"))
    assert extraction.standard.versions == ()
    assert elements(extraction) == {"K01": "戊", "S01": "己"}
    assert found(extraction, "E01") == []


def test_a_version_table_says_code_name_or_status():
    assert [v.status for v in case("m14_two_latest.md").standard.versions] == ["最新版本"] * 2


# -- another standard --------------------------------------------------------------------------

SECOND = (
    "職能基準名稱\t\t職業\t另一人員\n工作描述\t\t做別的事。\n基準級別\t\t5\n\n"
    + NEW
    + "\nT1 子|T1.1 丑|O1.1.1 寅|P1.1.1 卯|5|K01 辰|S01 巳".replace("|", "\t")
)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "職能基準代碼\t\t\n",
        "職能基準代碼\t\tZZZ9999-001v1\n",
        "### 另一人員職能基準\n",
        "職能基準名稱\t另一人員\t基準級別\t5\n",
        "職能基準名稱：另一人員　基準級別：5\n",
        "### 另一人員職能基準\n版本\t職能基準代碼\t狀態\nV1\tZZZ9999-001v1\t最新版本\n\n",
    ],
)
def test_a_second_header_starts_a_second_standard(before):
    alone = read(ROW, head=NEW)
    both = read(ROW, head=NEW, after=before + SECOND)
    assert both.standard == alone.standard
    assert found(both, "E29") == [("E29", "另一人員")]
    assert rules(both) == [*rules(alone), "E29"]


def test_a_header_repeated_on_another_page_is_the_same_standards():
    header = "職能基準代碼\t\tZZZ1234-001v1\n職能基準名稱\t\t職業\t測試人員\n基準級別\t\t3\n\n"
    row = "T1 甲\tT1.2 子\tO1.2.1 丑\tP1.2.1 寅\t3\tK01 戊\tS01 己"
    extraction = read(ROW, head=NEW, after=f"{header}{NEW}\n{row}")
    assert units(extraction) == {"T1": "甲", "T1.1": "乙", "T1.2": "子"}
    assert rules(extraction) == []


def test_a_name_above_the_headings_of_a_body_starts_a_second_standard():
    row = ROW.replace("|", "\t")
    alone = read(ROW, head=NEW)
    both = read(ROW, head=NEW, after=f"職能基準名稱\t另一人員\n\n{NEW}\n{row}")
    assert both.standard == alone.standard
    assert found(both, "E29") == [("E29", "另一人員")]
    same = read(ROW, head=NEW, after=f"職能基準名稱\t測試人員\n\n{NEW}\n{row}")
    assert found(same, "E29") == []


def test_the_case_of_two_drafts_in_one_file():
    extraction = case("two-code-none.docx")
    assert [f.rule for f in extraction.findings] == ["E29"]
    assert extraction.standard.name == "咖啡烘焙師"
    assert len(extraction.standard.notes) == 2


# -- numbers instead of codes ------------------------------------------------------------------


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.", "2."),
        ("(1)", "(2)"),
        ("①", "②"),
        ("第1項", "第2項"),
        ("第一點：", "第二點："),
        ("一、", "二、"),
        ("１、", "２、"),
        ("1)", "2)"),
        ("（一）", "（二）"),
        ("a.", "b."),
        ("i.", "ii."),
        ("Ⅰ、", "Ⅱ、"),
        ("❶", "❷"),
        ("㈠", "㈡"),
        ("[1]", "[2]"),
        ("【1】", "【2】"),
        ("甲、", "乙、"),
        ("1", "2"),
        ("01", "02"),
        ("1-1", "1-2"),
    ],
)
def test_numbers_before_items_are_no_text(numbers):
    one, two = numbers
    extraction = read(
        f"T1 甲|T1.1 乙|O1.1.1 丙|<p>{one} 熟悉流程。</p><p>{two} 辦理來件。</p>|3|K01 丁|S01 戊",
        head=NEW,
    )
    unit = extraction.standard.tasks[0].units[0]
    assert [(p.code, p.text, p.raw_code) for p in unit.indicators] == [
        (None, "熟悉流程。", one),
        (None, "辦理來件。", two),
    ]
    (finding,) = (f for f in extraction.findings if f.rule == "E37")
    assert finding.message("zh-Hant") == f"本欄 2 項以 {one} {two} 編號，請改為 P1.1.1"
    assert "E04" not in rules(extraction)


def test_numbers_in_running_text_part_the_items():
    extraction = read("T1 甲|T1.1 乙|丙|1. 核對訂單。2. 安排出貨。|3|K01 丁|S01 戊", head=NEW)
    unit = extraction.standard.tasks[0].units[0]
    assert [p.text for p in unit.indicators] == ["核對訂單。", "安排出貨。"]


@pytest.mark.parametrize(
    "text",
    [
        "3D 建模。",
        "1.5 mm 板材加工。",
        "5S 活動推行。",
        "甲、乙兩案比較。",
        "2 氧化碳濃度監測。",
        "3 年內之資料彙整。",
        "IT、資安設備盤點。",
    ],
)
def test_what_is_no_number_of_a_list_stays(text):
    extraction = read(f"T1 甲|T1.1 乙|O1.1.1 丙|{text}|3|K01 丁|S01 戊", head=NEW)
    assert extraction.standard.tasks[0].units[0].indicators[0].text == text


def test_an_ordinal_in_a_text_is_no_number_before_it():
    row = "T1 甲|T1.1 乙|O1.1.1 丙|第一項目標達成後，通知客戶。|3|K01 丁|S01 戊"
    unit = read(row, head=NEW).standard.tasks[0].units[0]
    assert [p.text for p in unit.indicators] == ["第一項目標達成後，通知客戶。"]


def test_a_number_before_a_code_is_no_item():
    extraction = read(
        "T1 甲|T1.1 乙|O1.1.1 丙|<p>1. P1.1.1 丁</p><p>2. P1.1.2 戊</p>|3|K01 己|S01 庚", head=NEW
    )
    unit = extraction.standard.tasks[0].units[0]
    assert [(p.code, p.text) for p in unit.indicators] == [("P1.1.1", "丁"), ("P1.1.2", "戊")]
    assert rules(extraction) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("03b-numbers-no-codes.docx", "本欄 13 項以 1. 2. 編號，請改為 P1.1.1"),
        ("f6-typed1.docx", "本欄 1 項以 1. 編號，請改為 P2.1.1"),
        ("f6-paren.docx", "本欄 1 項以 (1) 編號，請改為 P2.1.1"),
    ],
)
def test_the_cases_of_numbers(name, message):
    (finding,) = case(name).findings
    assert (finding.rule, finding.message("zh-Hant")) == ("E37", message)


# -- what is struck out, drawn, laid over or written downwards ---------------------------------


@pytest.mark.parametrize(
    ("name", "struck"),
    [("strike-level.docx", "4"), ("strike-r10.docx", "P3.2.2 瞭解先進先出原則。")],
)
def test_the_cases_of_struck_text(name, struck):
    extraction = case(name)
    assert found(extraction, "E21") == [("E21", struck)]
    assert {u.level for u in extraction.standard.units()} <= {None, 3, 4}


@pytest.mark.parametrize(
    ("name", "cell"), [("image-cell.docx", (2, 7, 4)), ("10-strike-scan-link.docx", (None,) * 3)]
)
def test_the_cases_of_pictures(name, cell):
    (finding,) = (f for f in case(name).findings if f.rule == "E33")
    assert finding.value.startswith("scan.png")
    assert (finding.span.table, finding.span.row, finding.span.column) == cell


def test_the_case_of_text_written_downwards():
    assert units(case("m17_vertical.pdf")) == {"T1": "甲職責之規劃", "T1.1": "乙任務"}


def test_the_case_of_a_watermark():
    extraction = case("m18_watermark.pdf")
    assert [(f.rule, f.value) for f in extraction.findings] == [("E36", "草案僅供參考")]
    assert units(extraction) == {"T1": "甲職責之規劃", "T1.1": "乙任務"}


# -- English -----------------------------------------------------------------------------------

ENGLISH = "Duties\tTasks\tWork Outputs\tPerformance Indicators\tLevel\tKnowledge\tSkills"


def test_the_case_of_an_english_draft():
    standard = case("07-english.docx").standard
    assert (standard.name, standard.name_kind, standard.level) == ("Coffee Roaster", "職業", 4)
    assert standard.description == (
        "Plan and carry out the roasting of coffee and control its quality."
    )
    classes = standard.classification
    stated = (*classes.job_category, *classes.occupation, *classes.industry)
    assert [(c.code, c.name) for c in stated] == [
        ("TFB", "Food and beverage management"),
        ("5131", "Bartenders"),
        ("I5631", "Beverage shops"),
    ]
    assert standard.layout == "Main Duties/Tasks"
    assert [a.name for a in standard.attitudes] == ["Carefulness"]
    assert {u.code for u in standard.units()} == {"T1", "T1.1", "T1.2", "T2", "T2.1"}


def test_english_labels_with_their_values_in_lines():
    lines = (
        "Competency standard code: ZZZ1234-001v1",
        "Competency standard name: Baker",
        "Job description: Bakes bread.",
        "Level: 3",
    )
    body = f"{ENGLISH}\n{ROW}".replace("|", "\t")
    extraction = extract(read_file("\n\n".join([*lines, body]).encode(), "case.md"))
    standard = extraction.standard
    assert (standard.code, standard.name, standard.level) == ("ZZZ1234-001v1", "Baker", 3)
    assert standard.description == "Bakes bread."
    assert found(extraction, "E01", "E43") == []


def test_english_headings_and_labels():
    text = "\n".join(
        [
            "Occupational Competency Standard: Baker",
            "Version\tCompetency Standard Code\tName\tStatus\tUpdate note\tDate",
            "V1\tZZZ1234-001v1\tBaker\t最新版本\tnone\t2026/01/01",
            "",
            "OCS Code\tZZZ1234-001v1",
            "Occupation Name\tBaker",
            "Job Description\tBake bread.",
            "Base Level\t3",
            "",
            ENGLISH,
            "T1 Bake\tT1.1 Mix dough\tO1.1.1 Dough\tP1.1.1 Mix by recipe.\t3\tK01 Flour\tS01 Mixing",
            "",
            "Attitudes",
            "- A01 Care: is careful.",
            "",
            "Notes",
            "- High school.",
        ]
    )
    extraction = extract(read_file(text.encode(), "a.md"))
    standard = extraction.standard
    assert (standard.code, standard.name, standard.level) == ("ZZZ1234-001v1", "Baker", 3)
    assert standard.description == "Bake bread."
    assert [v.version for v in standard.versions] == ["V1"]
    assert units(extraction) == {"T1": "Bake", "T1.1": "Mix dough"}
    assert elements(extraction) == {"K01": "Flour", "S01": "Mixing"}
    assert [a.name for a in standard.attitudes] == ["Care"]
    assert [n.text for n in standard.notes] == ["High school."]
    assert not extraction.findings


# -- a competency unit -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name"),
    [("職能單元代碼", "職能單元名稱"), ("Competency Unit Code", "Competency Unit Name")],
)
def test_a_competency_unit_is_read_as_what_it_is(code, name):
    text = (
        f"{code}\tZZZ1234-U01\n{name}\t執行杯測\n職能級別\t4\n\n"
        + OLD
        + "\nT1 甲\tT1.1 乙\tO1.1.1 丙\tP1.1.1 丁\t3\tK01 戊\tS01 己"
    )
    extraction = extract(read_file(text.encode(), "a.md"))
    standard = extraction.standard
    assert (standard.code, standard.name, standard.name_kind) == (
        "ZZZ1234-U01",
        "執行杯測",
        "職能單元",
    )
    assert found(extraction, "E38") == [("E38", "執行杯測")]


# -- what colleagues write otherwise ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("(K01) 甲學 (K02) 乙學", {"K01": "甲學", "K02": "乙學"}),
        ("（K01）甲學、（K02）乙學", {"K01": "甲學", "K02": "乙學"}),
        ("【K01】甲學<br>【K02】乙學", {"K01": "甲學", "K02": "乙學"}),
        ("K-01 甲學 K-02 乙學", {"K01": "甲學", "K02": "乙學"}),
        ("K01_甲學<br>K02_乙學", {"K01": "甲學", "K02": "乙學"}),
        ("1.K01甲學 2.K02乙學", {"K01": "甲學", "K02": "乙學"}),
        ("① K01 甲學 ② K02 乙學", {"K01": "甲學", "K02": "乙學"}),
        ("K\u00ad01 甲學<br>K0\u200b2 乙學", {"K01": "甲學", "K02": "乙學"}),
        ("K01 甲學<br>KO2 乙學<br>K03 丙學", {"K01": "甲學", "K02": "乙學", "K03": "丙學"}),
        ("k01甲學<br>k02乙學", {"K01": "甲學", "K02": "乙學"}),
        ("K０１　甲學<br>K０２　乙學", {"K01": "甲學", "K02": "乙學"}),
    ],
)
def test_codes_in_brackets_with_hyphens_or_numbers_are_codes(cell, expected):
    extraction = read(f"T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|{cell}|S01 己", head=NEW)
    assert {e.code: e.name for e in extraction.standard.knowledge} == expected


def test_a_mistyped_code_that_is_not_taken_for_one_is_named():
    extraction = read("T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K0l 甲學 KO2 乙學|S01 己", head=NEW)
    assert ("E27", "KO2 乙學") in found(extraction, "E27")


@pytest.mark.parametrize("heading", ["修訂紀錄", "更新紀錄", "Revision history"])
@pytest.mark.parametrize(
    "record",
    [
        "修訂次數\t修訂日期\t修訂說明\t備註\n1\t2024/01/01\t初版\t",
        "版次\t日期\t修訂內容\t修訂人\nV1\t2024/01/01\t初版\t王",
    ],
)
def test_a_record_of_updates_below_the_body_is_kept_as_notes(heading, record):
    extraction = read(ROW, head=NEW, after=f"{heading}\n{record}")
    assert units(extraction) == {"T1": "甲", "T1.1": "乙"}
    assert len(extraction.standard.notes) == 2
    assert rules(extraction) == []


@pytest.mark.parametrize(
    ("code", "name"),
    [("單元代碼", "單元名稱"), ("Unit code", "Unit title"), ("OCU code", "OCU name")],
)
def test_a_unit_is_told_by_shorter_labels_too(code, name):
    text = f"{code}\tZZZ1234-U01\n{name}\t執行杯測\n\n{NEW}\n" + ROW.replace("|", "\t")
    standard = extract(read_file(text.encode(), "a.md")).standard
    assert (standard.code, standard.name, standard.name_kind) == (
        "ZZZ1234-U01",
        "執行杯測",
        "職能單元",
    )


# -- cells that a page cuts before the body, columns side by side ----------------------------------

HEADER = [
    "職能基準代碼|ZZZ1234-001v1",
    "職能基準名稱|職業|國際貿易人員",
    "所屬類別|職類別|行銷／銷售|職類別代碼|KPS",
    "|職業別|國際貿易|職業別代碼|1420",
    "工作描述|做國際貿易之工作。",
    "基準級別|4",
]
BODY = [
    "主要職責|工作任務|工作產出|行為指標|職能級別|職能內涵（K）|職能內涵（S）",
    "T1 甲|T1.1 乙|O1.1.1 表|P1.1.1 做。|4|K01 甲學|S01 甲力",
]


def from_tables(*tables):
    rows = ("".join(f"<td>{c}</td>" for c in row.split("|")) for table in tables for row in table)
    whole = iter([f"<tr>{row}</tr>" for row in rows])
    html = "".join("<table>" + "".join(next(whole) for _ in table) + "</table>" for table in tables)
    return extract(read_file(html.encode(), "case.html"))


@pytest.mark.parametrize(
    "tables",
    [
        ([*HEADER[:4], "工作描述|做國際貿"], ["|易之工作。", HEADER[5]], BODY),
        ([*HEADER[:4], "工作描|做國際貿"], ["述|易之工作。", HEADER[5]], BODY),
        ([HEADER[0], "職能基準名稱|職業|國際貿"], ["||易人員", *HEADER[2:]], BODY),
        ([*HEADER[:2], "所屬類別|職類別|行銷／銷|職類別代碼|KPS"], ["||售|||", *HEADER[3:]], BODY),
        (
            HEADER,
            ["主要|工作|工作|行為|職能|職能內涵|職能內涵"],
            ["職責|任務|產出|指標|級別|（K）|（S）", BODY[1]],
        ),
    ],
)
def test_cells_cut_by_a_page_before_the_body_are_joined(tables):
    cut, whole = from_tables(*tables), from_tables(HEADER, BODY)
    assert cut.standard == whole.standard
    assert rules(cut) == []
    assert (cut.placed, cut.unplaced) == (cut.read, 0)


def test_another_class_at_the_top_of_a_page_is_no_rest():
    found = from_tables(HEADER[:4], ["||製造業||C10", *HEADER[4:]], BODY)
    assert [c.name for c in found.standard.classification.occupation] == ["國際貿易"]
    assert ["製造業" in f.value for f in found.findings if f.rule == "E01"][:1] == [True]


def test_a_version_that_a_page_cuts_is_one():
    versions = [
        "版本|職能基準代碼|職能基準名稱|狀態|更新說明|發展更新日期",
        "V1|ZZZ1234-001v1|國際貿|歷史版本|已被《ZZZ1234-|2020/01/01",
    ]
    goes_on = ["||易人員||001v2》取代|", "V2|ZZZ1234-001v2|國際貿易人員|最新版本|略|2024/01/01"]
    found = from_tables(versions, goes_on, HEADER, BODY).standard.versions
    assert [(v.version, v.name, v.replaced_by) for v in found] == [
        ("V1", "國際貿易人員", "ZZZ1234-001v2"),
        ("V2", "國際貿易人員", None),
    ]


@pytest.mark.parametrize("headings", ["知識（K）\t知識（K）", "專業知識（K）\t一般知識（K）"])
def test_columns_of_one_kind_side_by_side_are_all_read(headings):
    head = f"主要職責\t工作任務\t工作產出\t行為指標\t職能級別\t{headings}\t技能（S）"
    found = read("T1 甲|T1.1 乙||P1.1.1 做。|4|K01 甲學|K02 乙學|S01 甲力", head=head)
    assert found.standard.tasks[0].units[0].knowledge == ("K01", "K02")
    assert rules(found) == []


@pytest.mark.parametrize("printed", ["K01)甲學", "K01）甲學", "K01] 甲學", "K01). 甲學"])
def test_a_bracket_that_only_closes_is_no_part_of_a_name(printed):
    found = read(f"T1 甲|T1.1 乙||P1.1.1 做。|4|{printed}|S01 甲力", head=NEW)
    assert [(k.code, k.name) for k in found.standard.knowledge] == [("K01", "甲學")]
    assert rules(found) == ["E03"]


def test_another_text_under_a_code_at_the_top_of_a_page_is_kept():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 做。|4|K01 甲學|S01 國際溝",
        "",
        "|||P1.1.2 做。||K02 乙學|S01 溝通能力",
        head=NEW,
    )
    assert [s.name for s in found.standard.skills] == ["國際溝", "溝通能力"]


def test_what_is_struck_out_is_said_once_for_a_column():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 做。~~P1.1.9 丁~~|4|K01 甲學|S01 甲力",
        "|T1.2 丙||P1.2.1 做。~~P1.2.9 戊~~|4|K02 ~~舊~~乙學|S01 甲力",
        head=NEW,
    )
    said = [(f.value, f.span.row, f.span.column) for f in found.findings if f.rule == "E21"]
    assert [(text, column) for text, _, column in said] == [
        ("P1.1.9 丁；P1.2.9 戊", 4),
        ("舊", 6),
    ]


def test_a_bullet_at_the_end_of_a_page_is_that_of_the_first_line_on_the_next():
    found = read(
        "T1 甲|T1.1 乙||P1.1.1 做。|4|K01 法規： •|S01 甲力",
        "",
        "||||| 消費者保護法 • 公平交易法|",
        head=NEW,
    )
    (element,) = found.standard.knowledge
    assert (element.name, [i.text for i in element.items]) == (
        "法規：",
        ["消費者保護法", "公平交易法"],
    )


CUT = "T1 甲|T1.1 擬訂工作|O1.1.1 年度計|P1.1.1 依政策擬|4|K01 計畫管|S01 溝通協"


@pytest.mark.parametrize("between", ["<br>", " "])
@pytest.mark.parametrize("number", ["1.2", "2.1"])
def test_cells_cut_by_a_page_are_joined_beside_whatever_begins_there(number, between):
    task = "T2 子" if number[0] == "2" else ""
    rests = ["計畫書", "畫書", "訂計畫。", "", "理方法", "調能力"]
    begun = [f"T{number} 丑", f"O{number}.1 寅", f"P{number}.1 卯", "4", "K02 辰", "S02 巳"]
    row = [f"{rest}{between if rest else ''}{new}" for rest, new in zip(rests, begun, strict=True)]
    found = read(CUT, "", "|".join([task, *row]), head=NEW)
    assert units(found)["T1.1"] == "擬訂工作計畫書"
    assert units(found)[f"T{number}"] == "丑"
    unit = found.standard.tasks[0].units[0]
    assert [o.name for o in unit.outputs] == ["年度計畫書"]
    assert [p.text for p in unit.indicators] == ["依政策擬訂計畫。"]
    assert elements(found) == {
        "K01": "計畫管理方法",
        "K02": "辰",
        "S01": "溝通協調能力",
        "S02": "巳",
    }
    assert rules(found) == []


@pytest.mark.parametrize(
    ("row", "joined"),
    [
        ("T2 子|T2.1 丑|畫書|P2.1.1 卯。|4|K02 辰|S02 巳", "O1.1.1"),
        ("T2 子|T2.1 丑|O2.1.1 寅|訂計畫。|4|K02 辰|S02 巳", "P1.1.1"),
        ("T2 子|T2.1 丑|O2.1.1 寅|P2.1.1 卯。|4|理方法|S02 巳", "K01"),
        ("T2 子|T2.1 丑|O2.1.1 寅|P2.1.1 卯。|4|K02 辰|調能力", "S01"),
    ],
)
def test_a_rest_that_stands_alone_beside_a_new_task_is_joined_and_said(row, joined):
    found = read(CUT, "", row, head=NEW)
    assert [(f.rule, f.code) for f in found.findings if f.rule != "E05"] == [("E27", joined)]


def test_an_item_without_a_code_beside_a_new_task_is_no_rest_of_a_finished_one():
    found = read(
        "T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 依規定辦理。|3|K01 丁|S01 戊",
        "",
        "T2 子|T2.1 丑|O2.1.1 寅|留下紀錄。|3|K02 辰|S02 巳",
        head=NEW,
    )
    assert [p.text for p in found.standard.tasks[1].units[0].indicators] == ["留下紀錄。"]
    assert rules(found) == ["E04"]


@pytest.mark.parametrize(
    ("fragment", "name"), [("度計畫", "規劃年度計畫"), ("第3頁，總共3頁", "規劃年")]
)
def test_a_page_that_begins_with_the_rest_of_the_first_column_alone(fragment, name):
    found = read(CUT.replace("T1 甲", "T1 規劃年"), "", fragment, head=NEW)
    assert units(found)["T1"] == name
    assert rules(found) == []


def test_a_text_over_all_columns_is_no_part_of_any():
    html = "<table><tr>{}</tr><tr>{}</tr><tr><td colspan=7>以下空白處供填寫</td></tr></table>"
    cells = (f"<td>{c}</td>" for row in BODY for c in row.split("|"))
    made = html.format("".join(next(cells) for _ in range(7)), "".join(cells))
    found = extract(read_file(made.encode(), "case.html"))
    assert found.standard.tasks == from_tables(BODY).standard.tasks
    assert rules(found) == ["E01"]
    assert found.read == found.placed + found.unplaced


@pytest.mark.parametrize(
    ("wide", "expected"),
    [
        ("<td colspan=2><p>K01 甲學</p><p>S01 甲力</p></td>", (["K01"], ["S01"])),
        ("<td colspan=2><p>K01 甲學</p><p>K02 乙學</p></td>", (["K01", "K02"], [])),
    ],
)
def test_a_cell_over_two_columns_is_read_once(wide, expected):
    head = "".join(f"<td>{c}</td>" for c in BODY[0].split("|"))
    row = "".join(f"<td>{c}</td>" for c in BODY[1].split("|")[:5])
    made = f"<table><tr>{head}</tr><tr>{row}{wide}</tr></table>"
    found = extract(read_file(made.encode(), "case.html"))
    standard = found.standard
    assert ([k.code for k in standard.knowledge], [s.code for s in standard.skills]) == expected
    assert found.read == found.placed + found.unplaced


@pytest.mark.parametrize("title", ["職能基準修訂歷程", "異動紀錄"])
def test_a_table_below_the_title_of_a_record_of_updates_is_one(title):
    record = "序號\t修訂日期\t修訂重點\t備考\n1\t2020/1/1\t增列T2\t甲協會"
    whole = read(ROW, head=NEW).standard
    for parts in ({"after": f"{title}\n{record}"}, {"before": f"{title}\n{record}"}):
        found = read(ROW, head=NEW, **parts)
        assert found.standard.tasks == whole.tasks
        assert [n.text for n in found.standard.notes] == ["序號", "1"]
        assert rules(found) == []


def test_a_second_header_with_the_shortest_labels_starts_a_second_standard():
    after = "名稱\t另一人員\n描述\t做別的事。\n級別\t5\n\n" + NEW + "\n" + ROW.replace("|", "\t")
    alone, both = read(ROW, head=NEW), read(ROW, head=NEW, after=after)
    assert both.standard == alone.standard
    assert found(both, "E29") == [("E29", "另一人員")]


def test_numbers_in_rings_part_items_without_a_blank():
    unit = read("T1 甲|T1.1 乙|①丙表②丁表|P1.1.1 戊|3|K01 己|S01 庚", head=NEW).standard.tasks[0]
    assert [o.name for o in unit.units[0].outputs] == ["丙表", "丁表"]


def test_the_letters_alone_may_head_the_columns_below_a_common_heading():
    above = "".join(f"<td rowspan=2>{h}</td>" for h in BODY[0].split("|")[:5])
    row = "".join(f"<td>{c}</td>" for c in f"{BODY[1]}|A01 謹慎".split("|"))
    made = (
        f"<table><tr>{above}<td colspan=3>職能內涵</td></tr>"
        f"<tr><td>K</td><td>S</td><td>A</td></tr><tr>{row}</tr></table>"
    )
    found = extract(read_file(made.encode(), "case.html"))
    assert elements(found) == {"K01": "甲學", "S01": "甲力"}
    assert [a.code for a in found.standard.attitudes] == ["A01"]
    assert rules(found) == []
