"""What an author is told about a draft: every typical fault once, at the cell where it stands."""

from datetime import UTC, datetime

import pytest

from kps_graph.annotations import annotate
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from tests.support.checks import checked
from tests.support.draft import draft
from tests.support.office import convert
from tests.support.sweeps import now_and_then

T1, T11 = "T1 沖煮咖啡", "T1.1 準備沖煮器具"
OUT, P = "O1.1.1 器具檢查表", "P1.1.1 依開店檢查表，於營業前確認器具清潔完好。"
K, S = "K01 咖啡豆種類與特性", "S01 器具操作能力"
GOOD = (T1, T11, OUT, P, "3", K, S)


T12 = ("T1.2 調製飲品", "", "P1.2.1 依配方調製飲品，並確認風味。", "3")

GOOD2 = ("", "P2.1.1 依清潔表，於打烊前完成清潔。", "3", K, S)


def row(**changed):
    """The one row of the body, with other cells."""
    cells = dict(zip(("t", "u", "o", "p", "level", "k", "s"), GOOD, strict=True))
    return (*{**cells, **changed}.values(),)


#: What is wrong: the draft, and the findings as rule, code, table, row and column.
FAULTS = {
    "nothing": (draft([GOOD]), []),
    "no name": (draft([GOOD], {"職業": ""}), [("R01", "", 2, 3, 3)]),
    "no description": (draft([GOOD], {"描述": ""}), [("R01", "", 2, 7, 3)]),
    "no base level": (draft([GOOD], {"級別": ""}), [("R01", "", 2, 8, 3)]),
    "a base level that is a word": (draft([GOOD], {"級別": "七"}), [("R02", "", 2, 8, 3)]),
    "a base level that is not that of the work": (
        draft([GOOD], {"級別": "4"}),
        [("R08", "", 2, 8, 3)],
    ),
    "a simplified character in the description": (
        draft([GOOD], {"描述": "维護吧檯清潔，並依顧客需求沖煮咖啡。"}),
        [("R23", "", 2, 7, 3)],
    ),
    "a mark for none instead of a duty": (
        draft([GOOD, ("無", "T2.1 清潔器具", "O2.1.1 清潔表", *GOOD2[1:])]),
        [("R04", "T2.1", 3, 3, 2)],
    ),
    "an output still to come beside an indicator of another unit": (
        draft([GOOD, ("", "T1.2 清潔器具", "待補", *GOOD2[1:])]),
        [("E40", "", 3, 3, 3), ("R04", "P2.1.1", 3, 3, 4)],
    ),
    "a class without its code": (
        draft([GOOD], classes=[("", "職業別", "餐飲服務人員", "職業別代碼", "")]),
        [("R20", "", 2, 5, 5)],
    ),
    "a class without its name": (
        draft([GOOD], classes=[("", "職業別", "", "職業別代碼", "513")]),
        [("R20", "513", 2, 5, 3)],
    ),
    "no code of the job category though the standard has one": (
        draft([GOOD], {"代碼": "FBS5131-001v1"}),
        [("R20", "", 2, 4, 5)],
    ),
    "an old date": (
        draft([GOOD], version=("V1", "", "咖啡師", "最新版本", "略", "2019/01/15")),
        [("R22", "", 1, 2, 6)],
    ),
    "a date that is none": (
        draft([GOOD], version=("V1", "", "咖啡師", "最新版本", "略", "113年5月1日")),
        [("R22", "", 1, 2, 6)],
    ),
    "hints in the row of the version": (
        draft([GOOD], version=("待補", "", "（待補）", "請選擇", "請填寫更新說明", "2026/01/15")),
        [("E40", "", 1, 2, column) for column in (1, 3, 4, 5)],
    ),
    "a hint for the code of the version, which is issued": (
        draft([GOOD], version=("V1", "待核發", "咖啡師", "最新版本", "無", "2026/01/15")),
        [("E41", "", 1, 2, 2)],
    ),
    "a word for the date of the version": (
        draft([GOOD], version=("V1", "", "咖啡師", "最新版本", "略", "待定")),
        [("R22", "", 1, 2, 6)],
    ),
    "more spellings of what is no content": (
        draft([row(k=f"{K}\nK02 待 AI 產業專家確認", s=f"{S}\nS02 同 T1.2")]),
        [("R06", "T1.1", 3, 2, 6), ("R06", "T1.1", 3, 2, 7)],
    ),
    "a level that is a word": (draft([row(level="高")]), [("R02", "T1.1", 3, 2, 5)]),
    "two levels in one": (draft([row(level="34")]), [("R02", "T1.1", 3, 2, 5)]),
    "a wrong level for two tasks": (
        draft(
            [
                row(level="9"),
                (None, "T1.2 調製飲品", "", "P1.2.1 依配方調製飲品，並確認風味。", None, K, S),
                ("T2 維護吧檯", "T2.1 清潔吧檯", "", "P2.1.1 依清潔表，於打烊前完成。", "3", K, S),
            ]
        ),
        [("R02", "T1", 3, 2, 5)],
    ),
    "no indicator": (draft([row(p="")]), [("R03", "T1.1", 3, 2, 4)]),
    "nothing beside a task": (
        draft([GOOD, ("T2 盤點物料", "", "", "", "", "", "")]),
        [("R01", "T2", 3, 3, 2)],
    ),
    "an indicator of another task": (
        draft([row(p=f"{P}\nP1.3.1 依配方沖煮咖啡，並確認風味。")]),
        [("R04", "P1.3.1", 3, 2, 4)],
    ),
    "a code twice": (
        draft(
            [
                row(k=f"{K}\nK02 沖煮原理"),
                (
                    None,
                    "T1.2 調製飲品",
                    "",
                    "P1.2.1 依配方調製飲品，並確認風味。",
                    "3",
                    "K02 水溫控制",
                    S,
                ),
            ]
        ),
        [("R05", "K02", 3, 3, 6)],
    ),
    "a code twice in one cell": (draft([row(k=f"{K}\nK01 沖煮原理")]), [("R05", "K01", 3, 2, 6)]),
    "an attitude's code twice": (
        draft([GOOD], attitudes="A01 主動積極：自動自發做事。\nA01 謹慎細心：處理所有細節。"),
        [("R05", "A01", 4, 2, 1)],
    ),
    "a code without content": (draft([row(k=f"{K}\nK02")]), [("R06", "T1.1", 3, 2, 6)]),
    "nothing but a code without content": (
        draft([GOOD, (None, *T12, "K09", S)]),
        [("R06", "T1.2", 3, 3, 6)],
    ),
    "nothing but codes without content": (
        draft([GOOD, (None, *T12, K, "S08\nS09")]),
        [("R06", "T1.2", 3, 3, 7), ("R06", "T1.2", 3, 3, 7)],
    ),
    "a text twice": (draft([row(k=f"{K}\nK02 咖啡豆種類與特性")]), [("R07", "K02", 3, 2, 6)]),
    "a verb of knowing": (draft([row(p="P1.1.1 瞭解咖啡豆種類")]), [("R10", "P1.1.1", 3, 2, 4)]),
    "work of level 5 on instruction": (
        draft([row(level="5", p="P1.1.1 依主管指示，於營業前備妥器具。")], {"級別": "5"}),
        [("R12", "P1.1.1", 3, 2, 4)],
    ),
    "work of level 6 under guidance": (
        draft([row(level="6", p="P1.1.1 在專家指導下，依檢查表備妥器具。")], {"級別": "6"}),
        [("R12", "P1.1.1", 3, 2, 4)],
    ),
    "no level": (draft([row(level="")]), [("R02", "T1.1", 3, 2, 5)]),
    "a bare deed": (draft([row(p="P1.1.1 清洗器具。")]), [("R11", "P1.1.1", 3, 2, 4)]),
    "a deed as an output": (draft([row(o="O1.1.1 完成清洗")]), [("R15", "O1.1.1", 3, 2, 3)]),
    "an ability among the knowledge": (
        draft([row(k="K01 風味辨識能力")]),
        [("R16", "K01", 3, 2, 6)],
    ),
    "knowledge among the skills": (draft([row(s="S01 食品衛生知識")]), [("R17", "S01", 3, 2, 7)]),
    "an attitude of one's own": (
        draft([GOOD], attitudes="A01 親切有禮：待人和善。"),
        [("R18", "A01", 4, 2, 1)],
    ),
    "numbers skipped": (draft([row(s=f"{S}\nS05 風味辨識能力")]), [("R24", "S05", 3, 2, 7)]),
    "a number skipped for want of a code": (
        draft([row(k="K01 咖啡豆種類與特性\n沖煮原理\nK03 風味化學")]),
        [("E27", "K01", 3, 2, 6)],
    ),
    "a task that has the code of another one": (
        draft([GOOD, (None, "T1.1 調製飲品", *T12[1:], K, S)]),
        [("R05", "T1.1", 3, 3, 2)],
    ),
    "an indicator twice in a task": (
        draft([row(p=f"{P}\n{P.replace('P1.1.1', 'P1.1.2')}")]),
        [("R07", "P1.1.2", 3, 2, 4)],
    ),
    "no code": (draft([row(p="依開店檢查表，於營業前確認器具清潔完好。")]), [("E04", "", 3, 2, 4)]),
    "an attitude without a code": (
        draft([GOOD], attitudes="A01 主動積極：自動自發做事。\n謹慎細心：處理所有細節。"),
        [("E04", "", 4, 2, 1)],
    ),
    "a skill among the knowledge": (
        draft([row(k=f"{K}\nS02 風味辨識能力")]),
        [("E28", "S02", 3, 2, 6)],
    ),
    "nothing but skills among the knowledge": (
        draft([row(k="S02 風味辨識能力", s=f"{S}")]),
        [("R01", "", 3, 2, 6), ("E28", "S02", 3, 2, 6)],
    ),
    "a code of an indicator without its text": (
        draft([row(p=f"P1.1.2\n{P}")]),
        [("R06", "P1.1.2", 3, 2, 4)],
    ),
    "an invisible character in a text": (
        draft([row(k="K\u200b01 咖啡豆\u200b種類與特性")]),
        [("R23", "K01", 3, 2, 6)],
    ),
    "no job category": (
        draft([GOOD], classes=[("所屬類別", "職類別", "", "職類別代碼", "")]),
        [("R01", "", 2, 4, 3)],
    ),
    "no occupation and no industry": (
        draft(
            [GOOD],
            classes=[
                ("", "職業別", "", "職業別代碼", ""),
                ("", "行業別", "", "行業別代碼", ""),
            ],
        ),
        [("R01", "", 2, 5, 3), ("R01", "", 2, 6, 3)],
    ),
    "no knowledge at all": (draft([row(k="")]), [("R01", "", 3, 2, 6)]),
    "no skill at all": (draft([row(s="")]), [("R01", "", 3, 2, 7)]),
    "no knowledge of one unit": (
        draft([GOOD, (None, *T12, "", S)]),
        [("R01", "T1.2", 3, 3, 6)],
    ),
    "no skill of one unit": (
        draft([GOOD, (None, *T12, K, "")]),
        [("R01", "T1.2", 3, 3, 7)],
    ),
    "knowledge that two units share": (draft([GOOD, (None, *T12, None, None)]), []),
    "a blank cell that two units share": (
        draft(
            [
                row(k=""),
                (None, *T12, None, S),
                ("T2 維護吧檯", "T2.1 清潔吧檯", "", "P2.1.1 依清潔表，於打烊前完成。", "3", K, S),
            ]
        ),
        [("R01", "T1.1", 3, 2, 6)],
    ),
    "a printed hint for the description": (
        draft([GOOD], {"描述": "（請以50-100字說明主要工作內容）"}),
        [("R01", "", 2, 7, 3)],
    ),
    "a word for none for the description": (draft([GOOD], {"描述": "無"}), [("R01", "", 2, 7, 3)]),
    "a hint for the name": (draft([GOOD], {"職業": "（待補）"}), [("R01", "", 2, 3, 3)]),
    "a hint for the base level": (
        draft([GOOD], {"級別": "選擇一個項目。"}),
        [("R01", "", 2, 8, 3)],
    ),
    "a hint for the code, which is issued": (
        draft([GOOD], {"代碼": "（免填）"}),
        [("E41", "", 2, 1, 3)],
    ),
    "a hint for a class": (
        draft([GOOD], classes=[("", "職業別", "待補", "職業別代碼", "－")]),
        [("R01", "", 2, 5, 3), ("E41", "", 2, 5, 5)],
    ),
    "no task beside an indicator": (
        draft([row(u=""), (None, *T12, K, S)]),
        [("R01", "T1", 3, 2, 2)],
    ),
    "a mark for none as the task of an indicator": (
        draft([row(u="無"), (None, *T12, K, S)]),
        [("R01", "T1", 3, 2, 2)],
    ),
    "no duty": (
        draft([row(t=""), (None, *T12, K, S), ("T2 維護吧檯", "T2.1 清潔吧檯", *GOOD2)]),
        [("E07", "T1.1", 3, 2, 2)],
    ),
    "a mark for none as a duty": (
        draft([row(t="－"), (None, *T12, K, S), ("T2 維護吧檯", "T2.1 清潔吧檯", *GOOD2)]),
        [("E07", "T1.1", 3, 2, 2)],
    ),
    "a hint without a code for a duty": (
        draft([row(t="待補"), (None, *T12, K, S)]),
        [("R05", "", 3, 2, 1)],
    ),
    "a hint without a code for a task": (
        draft([row(u="待補")]),
        [("R05", "T1", 3, 2, 2)],
    ),
    "a date to come": (
        draft([GOOD], version=("V1", "", "咖啡師", "最新版本", "略", "2999/01/15")),
        [("R22", "", 1, 2, 6)],
    ),
    "a hint for a task": (draft([row(t="T1 （待補）")]), [("R05", "T1", 3, 2, 1)]),
    "a hint for a unit": (draft([row(u="T1.1 XXX")]), [("R05", "T1.1", 3, 2, 2)]),
    "a hint for an output": (draft([row(o="O1.1.1 ○○○報告")]), [("R06", "O1.1.1", 3, 2, 3)]),
    "a dash for an output, which may be absent": (draft([row(o="－")]), [("E41", "", 3, 2, 3)]),
    "a word that waits for an output": (draft([row(o="待補")]), [("E40", "", 3, 2, 3)]),
    "a hint for the only indicator": (
        draft([row(p="P1.1.1 （請填寫行為指標）")]),
        [("R03", "T1.1", 3, 2, 4)],
    ),
    "a hint for one indicator of two": (
        draft([row(p=f"{P}\nP1.1.2 按一下或點選這裡以輸入文字。")]),
        [("R06", "P1.1.2", 3, 2, 4)],
    ),
    "a dash for the level": (draft([row(level="－")]), [("R02", "T1.1", 3, 2, 5)]),
    "a hint for the only knowledge": (draft([row(k="K01 ＯＯＯ法規")]), [("R01", "", 3, 2, 6)]),
    "a word for none for the knowledge": (draft([row(k="無")]), [("R01", "", 3, 2, 6)]),
    "a hint for one skill of two": (
        draft([row(s=f"{S}\nS02 尚待確認")]),
        [("R06", "T1.1", 3, 2, 7)],
    ),
    "a hint for the attitudes, which are optional": (
        draft([GOOD], attitudes="（態度內涵將於後續職能應用時視需求納入考量）"),
        [("E40", "", 4, 2, 1)],
    ),
    "a hint for an attitude": (
        draft([GOOD], attitudes="A01 主動積極：自動自發做事。\nA02 待補"),
        [("R05", "A02", 4, 2, 1)],
    ),
    "words that only look like none": (
        draft([row(k="K01 無人機操作原理\nK02 無塵室規範", s="S01 請購作業能力\nS02 略圖繪製")]),
        [],
    ),
    "a mark within a text, which stays content": (
        draft([row(k="K01 倉儲原理（待補）")]),
        [("E42", "K01", 3, 2, 6)],
    ),
    "two names that say the same": (
        draft([row(s=f"{S}\nS02 庫存管理能力\nS03 存貨管理能力")]),
        [("R25", "S03", 3, 2, 7)],
    ),
    "grades of one name": (
        draft([row(s=f"{S}\nS02 拉花技術（基礎）\nS03 拉花技術（進階）")]),
        [],
    ),
    "an item without a code in the place of a number": (
        draft([row(p=f"{P}\nP1.1.3 依檢查表，於營業前備妥器具。")]),
        [("R24", "P1.1.3", 3, 2, 4)],
    ),
    "an indicator among the outputs": (
        draft([row(o=f"{OUT}\nP1.1.2 依檢查表，於營業前備妥器具。")]),
        [("E28", "P1.1.2", 3, 2, 3)],
    ),
}


def test_a_code_without_content_is_said_by_its_code_and_not_as_a_blank_cell(tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(draft([GOOD, (None, *T12, "K09", S)]))
    (told,) = check(find([file]))[0].findings
    assert told.value == "K09"
    assert "代碼" in told.message()


def test_a_standard_of_nothing_but_codes_without_content_is_told_which(tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(draft([row(k="K09")]))
    (told,) = check(find([file]))[0].findings
    assert (told.rule, told.value) == ("R01", "K09")


@pytest.fixture(scope="module")
def odts(office):
    """Every draft as LibreOffice saves it."""
    return convert({f"{n}.docx": data for n, (data, _) in enumerate(FAULTS.values())}, "odt")


def findings(path):
    report, _ = check(find([path]))
    return [(f.rule, f.code, f.span.table, f.span.row, f.span.column) for f in report.findings]


@pytest.mark.parametrize("fault", now_and_then(FAULTS, 3))
def test_a_word_draft_is_told_each_fault_once_at_its_cell(fault, tmp_path):
    data, expected = FAULTS[fault]
    file = tmp_path / "draft.docx"
    file.write_bytes(data)
    assert findings(file) == expected


@pytest.mark.parametrize("fault", FAULTS)
def test_an_odt_draft_is_told_the_same(fault, odts, tmp_path):
    file = tmp_path / "draft.odt"
    file.write_bytes(odts[f"{list(FAULTS).index(fault)}.odt"])
    assert findings(file) == FAULTS[fault][1]


#: What the lines of narrow columns on a printed page cannot tell.
UNTOLD = {
    "an attitude without a code": [],
    "an invisible character in a text": [],
    "a number skipped for want of a code": [("R24", "K03", 3, 2, 6)],
}


@pytest.fixture(scope="module")
def pdfs(office):
    """Every draft as LibreOffice prints it, its columns of five characters."""
    return convert({f"{n}.docx": data for n, (data, _) in enumerate(FAULTS.values())}, "pdf")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_printed_draft_is_told_the_same_but_for_what_no_line_tells(fault, pdfs, tmp_path):
    file = tmp_path / "draft.pdf"
    file.write_bytes(pdfs[f"{list(FAULTS).index(fault)}.pdf"])
    assert findings(file) == UNTOLD.get(fault, FAULTS[fault][1])


@pytest.mark.parametrize(
    "header",
    [{"代碼": "FBS5130-001v1"}, {}, {"職業": ""}],
    ids=["a code", "no code", "no name either"],
)
def test_a_copy_with_comments_is_not_a_second_standard(header, tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(draft([row(level="9")], header))
    copy = annotate(file.read_bytes(), file.name, checked(file), datetime.now(UTC))
    (tmp_path / "draft-註解.docx").write_bytes(copy)
    report, sources = check(find([tmp_path]))
    assert [s.outcome for s in sources] == ["loaded", "loaded"]
    told = [
        [(f.rule, f.code, f.value) for f in report.findings if f.span.source == s.path]
        for s in sources
    ]
    assert told[0] == told[1] != []
    assert "R21" not in {f.rule for f in report.findings if "共用" in f.message()}


def test_two_drafts_of_one_name_that_differ_are_both_checked(tmp_path):
    for name, level in (("甲.docx", "8"), ("乙.docx", "9")):
        (tmp_path / name).write_bytes(draft([row(level=level)]))
    report, sources = check(find([tmp_path]))
    assert [s.outcome for s in sources] == ["loaded", "loaded"]
    assert len([f for f in report.findings if f.rule == "R02"]) == 2


def test_two_drafts_with_one_code_are_told_of_each_other_by_the_file(tmp_path):
    for name, level in (("甲.docx", "3"), ("乙.docx", "4")):
        (tmp_path / name).write_bytes(draft([row(level=level)], {"代碼": "FBS5131-001v1"}))
    report, _ = check(find([tmp_path]))
    shared = {
        f.span.source.rsplit("/")[-1]: f.message() for f in report.findings if "共用" in f.message()
    }
    assert "咖啡師（乙.docx）" in shared["甲.docx"]
    assert "咖啡師（甲.docx）" in shared["乙.docx"]
