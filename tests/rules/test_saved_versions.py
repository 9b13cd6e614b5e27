"""Saved versions of one draft: after each, what is new, what is known and what is corrected."""

from __future__ import annotations

import pytest

from kps_graph.pipeline.check import check
from kps_graph.pipeline.reported import drafts, outcome
from kps_graph.pipeline.sources import find
from kps_graph.rules import baseline
from tests.support.draft import draft
from tests.support.office import convert

CODED = {"描述": "", "代碼": "FBS5131-001v1"}
WHOLE = {"描述": "依顧客需求沖煮咖啡，維護吧檯清潔。", "代碼": "FBS5131-001v2"}
GOOD_P = "P1.1.1 依檢查表，於營業前確認咖啡豆種類。"


def rows(
    p="P1.1.1 瞭解咖啡豆種類", k1="風味辨識能力", skill="", level="7", k3="", *, inserted=True
):
    """A body with a verb of knowing, an ability among the K, two blank cells and a level 7."""
    k = f"K01 {k1}\nK02 咖啡豆種類與特性"
    number = "T1.3" if inserted else "T1.2"
    between = [
        (None, "T1.2 清點物料", "", "P1.2.1 依清點表，於開店前清點物料數量。", "3", "K02", "S01")
    ]
    return [
        ("T1 沖煮咖啡", "T1.1 準備沖煮器具", "", p, "3", k, "S01 器具操作能力"),
        *(between if inserted else ()),
        (
            None,
            f"{number} 調製飲品",
            "",
            f"P{number[1:]}.1 依配方調製飲品，並確認風味。",
            "3",
            "K02",
            skill,
        ),
        (
            "T2 維護吧檯",
            "T2.1 清潔吧檯",
            "",
            "P2.1.1 依清潔表，於打烊前完成清潔。",
            level,
            k3,
            "S01",
        ),
    ]


FIRST = draft(rows(inserted=False), {"描述": ""})
WITH_ROW = draft(rows(), CODED)
#: What was saved, with what is new, known and corrected beside the version before, and beside the first.
VERSIONS = {
    "草稿.docx": (FIRST, (0, 6, 0), (0, 6, 0)),
    "renamed/草稿v2.docx": (FIRST, (0, 6, 0), (0, 6, 0)),
    # with a code, the job category wants one too
    "a code.docx": (draft(rows(inserted=False), CODED), (1, 6, 0), (1, 6, 0)),
    "a row put in.docx": (WITH_ROW, (0, 7, 0), (1, 6, 0)),
    "worded anew.docx": (draft(rows("P1.1.1 熟悉咖啡豆種類"), CODED), (1, 6, 1), (2, 5, 1)),
    "mended.docx": (draft(rows(GOOD_P), CODED), (0, 6, 1), (1, 5, 1)),
    "filled in.docx": (
        draft(rows(GOOD_P, skill="S02 調製能力"), {**CODED, "描述": WHOLE["描述"]}),
        (0, 4, 2),
        (1, 3, 3),
    ),
    "the next version.docx": (
        draft(rows(GOOD_P, "風味辨識概念", "S02 調製能力", "3", "K02"), WHOLE),
        (0, 1, 3),
        (1, 0, 6),
    ),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The check of each version, in their order."""
    folder = tmp_path_factory.mktemp("saved")
    checks = {}
    for name, (data, _, _) in VERSIONS.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        checks[name] = outcome(*check(find([file])))
    return checks


def counts(now, before):
    known = baseline.read_text(baseline.write(before.report.findings, drafts(before)).decode())
    compared = baseline.compare(now.report.findings, known, drafts(now))
    return len(compared.new), compared.in_baseline, compared.gone


@pytest.mark.parametrize("name", VERSIONS)
def test_a_baseline_counts_right_beside_the_version_before_and_beside_the_first(name, saved):
    names = list(VERSIONS)
    before = saved[names[max(0, names.index(name) - 1)]]
    _, expected, of_first = VERSIONS[name]
    assert counts(saved[name], before) == expected
    assert counts(saved[name], saved[names[0]]) == of_first


@pytest.mark.parametrize("name", VERSIONS)
def test_who_watches_is_told_the_same(name, saved):
    names = list(VERSIONS)
    before = saved[names[max(0, names.index(name) - 1)]]
    new, gone = baseline.change(before.report.findings, saved[name].report.findings)
    assert (len(new), len(gone)) == VERSIONS[name][1][::2]


def test_what_libreoffice_saved_and_saved_back_is_the_same_draft(office, saved, tmp_path):
    odt = convert({"x.docx": WITH_ROW}, "odt")["x.odt"]
    back = convert({"x.odt": odt}, "docx")["x.docx"]
    for name, data in (("草稿.odt", odt), ("草稿v6.docx", back)):
        (tmp_path / name).write_bytes(data)
        now = outcome(*check(find([tmp_path / name])))
        assert counts(now, saved["a row put in.docx"]) == (0, 7, 0)
        assert counts(now, saved["草稿.docx"]) == (1, 6, 0)


def test_a_blank_cell_in_a_row_put_in_is_new_and_that_of_the_row_below_is_not(tmp_path):
    file = tmp_path / "draft.docx"
    told = []
    for skill, inserted in (("", False), ("", True)):
        body = [list(row) for row in rows(skill=skill, inserted=inserted)]
        if inserted:
            body[1][6] = ""
        file.write_bytes(draft(body, {"描述": ""}))
        told.append(check(find([file]))[0].findings)
    new, gone = baseline.change(*told)
    assert [(f.rule, f.code, f.about) for f in new] == [("R01", "T1.2", "清點物料")]
    assert gone == ()


def test_a_baseline_of_a_folder_counts_as_corrected_only_what_was_of_the_draft_that_is_checked(
    tmp_path,
):
    for name in ("咖啡師", "調酒師"):
        (tmp_path / f"{name}.docx").write_bytes(draft(rows(), {"職業": name}))
    both = outcome(*check(find([tmp_path])))
    one = outcome(*check(find([tmp_path / "咖啡師.docx"])))
    new, known, gone = counts(one, both)
    assert (new, gone) == (0, 0)
    assert known == len(one.report.findings)
