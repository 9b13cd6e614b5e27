"""Writes the courses of ``examples/``: one that is complete, and the same with planted faults."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl

from kps_graph.exports.course.template import template
from kps_graph.pipeline.reading import read_file
from kps_graph.pipeline.sources import SourceFile
from kps_graph.words import Language

EXAMPLES = Path(__file__).parents[1] / "examples"
#: By row of the template for T1 and T2: goal, hours, method, assessment, tool, prerequisite.
ROWS = (
    ("能訪談客戶，並把需求整理成服務計畫", 6, "講述教學、案例教學", "作業評量", "評量題目", ""),
    (
        "能說明品質監控的步驟，並協助同事處理困難",
        6,
        "討論教學",
        "口頭報告",
        "檢核表",
        "確保規劃達成內部和外部客戶要求",
    ),
    (
        "能設計客戶回饋表，並提出改善建議",
        9,
        "演練教學、專題教學",
        "實作評量",
        "檢核表",
        "確保交付產品和服務的品質",
    ),
    ("能由公開來源蒐集並整理市場情報", 9, "演練教學", "實作評量", "檢核表", ""),
    ("能以指標說明企業目前的績效與能力", 6, "案例教學", "測驗", "測驗卷", "蒐集市場情報"),
    (
        "能比較特定市場的趨勢、競爭與法規",
        9,
        "專題教學",
        "口頭報告、作業評量",
        "檢核表",
        "蒐集市場情報",
    ),
    ("能撰寫目標市場需求報告", 6, "專題教學", "作業評量", "評量題目", "評估特定市場"),
)
#: What is wrong in the second one, by cell.
FAULTS = {
    "A1": "課程名稱：貿易經理第五級認證班",
    "C7": 3,
    "D8": "能獨立操作客戶管理系統",
    "K8": "測驗",
    "F9": "K88、K10~K13",
    "I9": 12,
    "K10": None,
    "L11": "無",
    "M6": "監控、調整並評量客戶服務",
    "E12": "P2.4.1~P2.4.3",
}


def main() -> None:
    """Writes both workbooks."""
    seed = EXAMPLES / "KPS1420-001v2.md"
    standard = read_file(SourceFile.at(seed)).standard
    data = template(standard, ("T1", "T2"), Language.CHINESE)
    for name, faults in (("course.xlsx", {}), ("course-with-faults.xlsx", FAULTS)):
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book.worksheets[0]
        sheet["A1"] = "課程名稱：國際客戶服務與市場情報實務"
        sheet["D2"] = "課程總時數：51 小時"
        for number, texts in enumerate(ROWS, 6):
            for column, text in zip("DIJKLM", texts, strict=True):
                sheet[f"{column}{number}"] = text or None
        for cell, value in faults.items():
            sheet[cell] = value
        book.properties.created = book.properties.modified = datetime(2026, 11, 28)
        book.save(EXAMPLES / name)


if __name__ == "__main__":
    main()
