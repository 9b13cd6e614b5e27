"""Generates standards as their authors write them, for property tests.

What is generated is *canonical*: level, K and S stand on the widest unit that they cover, in one
style per document, as a document can express it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from kps_graph.model import (
    Attitude,
    ClassCode,
    Classification,
    Element,
    Indicator,
    Item,
    Note,
    Output,
    Standard,
    Unit,
    Version,
    in_order,
)

VERBS = ["規劃", "執行", "評估", "彙整", "檢討", "協調", "建立", "追蹤", "確認", "改善"]
THINGS = [
    "客戶需求",
    "市場情報",
    "物流作業",
    "品質紀錄",
    "報關文件",
    "資訊系統",
    "教育訓練",
    "溫室氣體盤查",
    "維修計畫",
    "供應商合約",
    "預算",
    "展覽活動",
    "產品/服務規格",
]
TAILS = ["", "，以符合組織要求", "並提出報告", "(含國內、外)", "，如：進出口流程", "（依作業規範）"]
LATIN = [
    "",
    "",
    "",
    " ERP 系統",
    "S1000D 技術出版",
    "K8s 容器",
    "A4 紙張",
    " ISO 9001 標準",
    "T1.5 mm 鋼板",
    "P2P 網路",
    "O2O 模式",
    " key performance indicators 報表",
    "5S 活動",
]
SUFFIX = {"K": ["知識", "概論", "法規", "原理"], "S": ["能力", "技能", "操作", "技巧"]}


@dataclass(frozen=True)
class Style:
    """How one document is written."""

    layers: int
    padded: bool
    attach: str  # "task" or "activity"
    groups: bool  # whether some activities have groups of P with their own level


@st.composite
def texts(draw, tail=True):
    """A sentence such as standards hold; sometimes with Latin words that look like codes."""
    text = draw(st.sampled_from(VERBS)) + draw(st.sampled_from(THINGS))
    latin = draw(st.sampled_from(LATIN))
    if latin and draw(st.booleans()):
        text = text + latin
    if tail:
        text += draw(st.sampled_from(TAILS))
    return text.strip()


@st.composite
def element_texts(draw, kind):
    thing, suffix = draw(st.sampled_from(THINGS)), draw(st.sampled_from(SUFFIX[kind]))
    return draw(st.sampled_from(VERBS)) + thing + draw(st.sampled_from(LATIN)) + suffix


class Elements:
    """Numbers K or S in the order of first use, each with one text."""

    def __init__(self, draw, kind, padded):
        self.draw, self.kind, self.padded = draw, kind, padded
        self.made: list[Element] = []
        self.texts: set[str] = set()

    def code(self, number):
        return f"{self.kind}{number:02d}" if self.padded else f"{self.kind}{number}"

    def new(self):
        text = self.draw(element_texts(self.kind))
        number = len(self.made) + 1
        if text in self.texts:
            text = f"{text}之{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}類"
        self.texts.add(text)
        count = self.draw(st.sampled_from([0, 0, 0, 1, 3]))
        items = tuple(Item(self.draw(texts(tail=False))) for _ in range(count))
        if items:
            text += self.draw(st.sampled_from(["：", "，如："]))
        self.made.append(Element(self.code(number), text, items))
        return self.made[-1].code

    def some(self):
        """Codes for one cell: a few known ones, then new ones."""
        known = [e.code for e in self.made]
        some = st.lists(st.sampled_from(known), max_size=2, unique=True) if known else st.just([])
        reused = self.draw(some)
        fresh = [self.new() for _ in range(self.draw(st.integers(0 if reused else 1, 3)))]
        return tuple(sorted(reused, key=known.index)) + tuple(fresh)

    def fresh(self):
        return tuple(self.new() for _ in range(self.draw(st.integers(1, 4))))


@st.composite
def standards(draw):
    """A whole standard."""
    style = Style(
        layers=draw(st.sampled_from([2, 2, 2, 3])),
        padded=draw(st.booleans()),
        attach=draw(st.sampled_from(["task", "activity"])),
        groups=draw(st.booleans()),
    )
    knowledge = Elements(draw, "K", style.padded)
    skills = Elements(draw, "S", style.padded)
    count = draw(st.integers(1, 3))
    # at least one task with several activities shows what a cell covers
    sizes = [draw(st.integers(2, 3)), *(draw(st.integers(1, 3)) for _ in range(count - 1))]
    tasks = tuple(_task(draw, style, i, size, knowledge, skills) for i, size in enumerate(sizes, 1))
    code = f"ZZZ{draw(st.integers(1111, 9999))}-{draw(st.integers(1, 999)):03d}v2"
    name = draw(st.sampled_from(["物流專員", "行銷人員", "品保工程師"]))
    head = (
        "主要職責/工作任務/工作活動"
        if style.layers == 3
        else draw(st.sampled_from(["工作任務/工作活動", "主要職責/工作任務", "工作職責/工作任務"]))
    )
    return in_order(
        Standard(
            code=code,
            name=name,
            name_kind=draw(st.sampled_from(["職業", "職類"])),
            layout=head,
            description=draw(texts()) + "。",
            level=draw(st.integers(1, 6)),
            versions=(
                Version("V2", code, name, "最新版本", "略", "2024/12/21"),
                Version(
                    "V1", code[:-2], name, "歷史版本", f"已被《{code}》取代", "2020/12/31", code
                ),
            ),
            classification=Classification(
                (ClassCode("KPS", "行銷與銷售 / 專業銷售"),),
                (ClassCode("1420", "批發及零售場所經理人員"),),
                (ClassCode("H5210", "運輸及倉儲業 / 運輸輔助業"),),
            ),
            tasks=tasks,
            knowledge=tuple(knowledge.made),
            skills=tuple(skills.made),
            attitudes=tuple(
                Attitude(f"A{i:02d}", n, d)
                for i, (n, d) in enumerate(
                    [
                        ("謹慎細心", "對於任務的執行過程，能謹慎考量。"),
                        ("追求卓越", "主動投注心力。"),
                    ][: draw(st.integers(0, 2))],
                    1,
                )
            ),
            notes=(
                Note("本職能基準為測試資料。"),
                Note("建議擔任此職業之學歷：", (Item("大專以上畢業。"),)),
            ),
        )
    )


def _task(draw, style, i, size, knowledge, skills):
    units = tuple(
        _activity(draw, style, (i, j), knowledge, skills, style.layers) for j in range(1, size + 1)
    )
    task = Unit(f"T{i}", draw(texts(tail=False)), units=units)
    if style.attach == "task":
        task = replace(
            task, level=draw(st.integers(1, 6)), knowledge=knowledge.fresh(), skills=skills.fresh()
        )
    return task


def _activity(draw, style, numbers, knowledge, skills, layers):
    code = ".".join(map(str, numbers))
    name = draw(texts(tail=False))
    if len(numbers) < layers:
        size = draw(st.integers(2, 3))
        return Unit(
            f"T{code}",
            name,
            units=tuple(
                _activity(draw, style, (*numbers, k), knowledge, skills, layers)
                for k in range(1, size + 1)
            ),
        )
    outputs = tuple(
        Output(f"O{code}.{n}", draw(st.sampled_from(THINGS)) + "紀錄表")
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )
    indicators = tuple(
        Indicator(f"P{code}.{n}", draw(texts())) for n in range(1, draw(st.integers(1, 4)) + 1)
    )
    unit = Unit(f"T{code}", name, outputs=outputs, indicators=indicators)
    if style.attach == "task":
        return unit
    if style.groups and len(indicators) > 1 and draw(st.booleans()):
        cut = draw(st.integers(1, len(indicators) - 1))
        levels = draw(st.permutations(range(1, 7)))[:2]
        groups = []
        for level, group in zip(levels, (indicators[:cut], indicators[cut:]), strict=True):
            k, s = knowledge.fresh(), skills.fresh()
            groups += [replace(p, level=level, knowledge=k, skills=s) for p in group]
        return replace(unit, indicators=tuple(groups))
    return replace(
        unit, level=draw(st.integers(1, 6)), knowledge=knowledge.some(), skills=skills.some()
    )
