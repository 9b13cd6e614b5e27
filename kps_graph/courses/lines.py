"""The rows of a course table that are no modules (sums, remarks, titles), and cells that refer to others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kps_graph.courses.plain import plain, traditional

__all__ = ["is_ditto", "is_footer", "is_remark", "is_subtotal", "is_title", "is_total"]

_TOTAL: Final = re.compile(
    r"(?:合計|總計|小計|共計|總時數|時數合計|合計時數|total|subtotal|sum)[:：]?"
)
_PART_OF: Final = re.compile("小計|subtotal")
_REMARK: Final = re.compile(r"(?:備註|附註|註\d*|說明|※|\*|注意|資料來源|製表|審核|note|remark)")
_REMARKS: Final = re.compile(
    r"(?:備註|附註|註\d*|說明|注意|資料來源|製表|審核|notes?|remarks?)\w{0,4}[:：]"
)
#: A line alone that heads what stands below it: the title of a table, a stage, a group.
_TITLE: Final = re.compile(
    r"表\s*\d+|[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十]+\s*、|\d+\s*、.*階段$"
    r"|第.{1,3}(?:階段|篇|部分)|(?:模組|階段|類別|課程群)\s*[一二三四五六七八九十\dA-Z]+(?:\s*[::].*)?$"
)
#: What says that a cell has what another has; from above it can be taken over.
_ABOVE: Final = re.compile(
    """(?:同|如)上[列欄格項]?|同前[列項]?|[〃"“”]+|[′']{2}|-*(?:ditto|do[.]?|idem)-*""",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile("(?:同|如)[左右下][列欄格項]?")
#: Who made, read and signed a table, and when, as it stands at its foot before a colon.
_SIGNED: Final = re.compile(
    r"(?:製表|制表|填表|填寫|填報|編製|編寫|撰寫|承辦|經辦|主辦|協辦|審核|審查|審閱|複核|覆核|複審|初審|核准|核定|核可|校對|會辦|批准|負責|聯絡)"
    r"(?:人員?|者|單位|主管|簽[名章])?(?:日期|簽[名章])?[:：].*"
    r"|(?:單位|部門|業務)?主管(?:簽[名章])?[:：].*|(?:簽名|簽章|蓋章|用印|日期|聯絡電話|電話|傳真|e-?mail)[:：].*"
    r"|(?:prepared|made|reviewed|approved|checked|signed)by[:：].*|(?:date|signature)[:：].*"
)


def is_footer(texts: Sequence[str]) -> bool:
    """Whether a row is who signed the table, by its filled cells: labels, or what stands behind one."""
    open_label = False
    for number, text in enumerate(map(plain, texts)):
        if _SIGNED.fullmatch(text):
            open_label = text.endswith((":", "："))
        elif number and open_label:
            open_label = False  # 製表人： | 王小明
        else:
            return False
    return bool(texts)


def is_ditto(text: str) -> str:
    """Where a cell says that its content stands: ``above``, ``beside``; "" for any other cell."""
    said = plain(text).strip("()[]「」『』。")
    if _ABOVE.fullmatch(said):
        return "above"
    return "beside" if _BESIDE.fullmatch(said) else ""


def is_total(label: str) -> bool:
    """Whether a row is a sum, by what stands in its first cell."""
    return _TOTAL.fullmatch(plain(label)) is not None


def is_subtotal(label: str) -> bool:
    """Whether that is the sum of some modules only."""
    return _PART_OF.match(plain(label)) is not None


def is_remark(label: str, alone: bool) -> bool:
    """Whether a row is a remark: a line of its own, or a label with the remark beside it."""
    label = traditional(label)
    return bool(_REMARK.match(label) and (alone or _REMARKS.fullmatch(label)))


def is_title(line: str) -> bool:
    """Whether a line alone may head what stands below it."""
    return _TITLE.match(line) is not None
