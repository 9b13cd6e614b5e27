"""The words of the page for courses, in Chinese and English: see :mod:`.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["COURSES"]

#: The course drop, and what it answers.
COURSES: Final[Mapping[str, tuple[str, str]]] = {
    "course": ("檢核課程", "Check a course"),
    "course-lead": (
        "放上課程規劃表，看職能基準的哪些行為指標、知識與技能沒有教到或沒有評量，並下載官方報告書。",
        "Drop the table of a course to see what of a standard is not taught or not assessed, and take the official report along.",
    ),
    "course-drop": (
        "把課程規劃表拖到這裡，或從電腦選擇",
        "Drop the table of a course here, or choose it",
    ),
    "course-drop-help": (
        "Excel（XLSX）、ODS、CSV、YAML，或填好的報告書（Word、ODT）；20 MB 以內。",
        "Excel (XLSX), ODS, CSV, YAML, or a filled report (Word, ODT); up to 20 MB.",
    ),
    "course-standard": (
        "職能基準（空白：表中寫的那一個）",
        "Standard (blank: the one that the table names)",
    ),
    "course-standard-only": ("職能基準", "Standard"),
    "course-tasks-checked": (
        "工作任務（空白：規劃表所載的課程範圍，未載則全部）",
        "Tasks (blank: those that the table is for, else all)",
    ),
    "course-tasks": ("工作任務（空白：全部）", "Tasks (blank: all)"),
    "course-basis": (
        "或放上職能基準的文件（草稿亦可）",
        "Or the standard as a document, a draft too",
    ),
    "course-start": ("開始檢核", "Check"),
    "course-other": ("檢核另一份課程", "Check another course"),
    "course-refused": ("這份課程無法檢核", "This course cannot be checked"),
    "course-none": ("還沒有規劃表？", "No table yet?"),
    "course-none-how": (
        "選一個職能基準，下載規劃表：代碼與文字已填好，邊填邊算涵蓋。",
        "Choose a standard and take the workbook: codes and texts are filled in, and it counts what is taught while you type.",
    ),
    "course-propose": ("先填入建議的課程單元", "With modules proposed"),
    "course-template": ("下載規劃表（XLSX）", "Download the workbook (XLSX)"),
    "course-what-1": (
        "每一項行為指標、知識、技能：有沒有教、有沒有評量；多教了什麼。",
        "Each indicator, knowledge and skill: taught, assessed, both or neither; what is taught beyond.",
    ),
    "course-what-2": (
        "級別不合、時數合計不符、先修互為循環。",
        "Levels that do not fit, hours that do not add up, prerequisites in a circle.",
    ),
    "course-what-3": (
        "評量方式與教學方法不相稱、缺評量工具。",
        "Assessments that do not suit the teaching, or lack a tool.",
    ),
    "course-what-4": (
        "讀不懂的代碼與欄位，逐格指出。",
        "Codes and columns that are not understood, cell by cell.",
    ),
    "course-get-1": (
        "涵蓋矩陣，缺口在前；發現標在您的表格裡。",
        "The matrix of coverage, gaps first; findings in your own table.",
    ),
    "course-get-2": (
        "加了註解的規劃表，原內容不動。",
        "A copy of your table with comments; its content stays as it is.",
    ),
    "course-get-3": (
        "職能導向課程規劃與執行報告書（ODT、Word、Excel），已填好能填的部分。",
        "The official report (ODT, Word, Excel), filled as far as the table tells.",
    ),
    "course-report-of": ("課程檢核結果：{name}", "Result: {name}"),
    "course-for": ("：{tasks}", ": {tasks}"),
    "course-for-all": ("：全部工作任務", ": all tasks"),
    "course-gaps": (
        "有 {n} 項沒有教到。",
        "{n} part is not taught.|{n} parts are not taught.",
    ),
    "course-no-gaps": ("所選職能都教到了。", "All that was chosen is taught."),
    "course-again": (
        "要下載或改選任務，請再選一次這個檔案（不留存）",
        "To download or to choose other tasks, choose this file again (nothing was kept)",
    ),
    "course-which": ("課程要涵蓋的工作任務", "Tasks that the course is for"),
    "course-check-these": ("只檢核勾選的任務", "Check the ticked tasks"),
    "course-copy": ("下載加註解的規劃表", "Download with comments"),
    "course-matrix": ("涵蓋矩陣（XLSX）", "Matrices (XLSX)"),
    "course-report": ("報告書（{kind}）", "Official report ({kind})"),
    "course-fields": ("申請平台欄位（文字）", "Texts for the platform"),
    "course-cover": ("涵蓋", "Coverage"),
    "course-modules": ("{n} 個課程單元", "{n} module|{n} modules"),
    "course-needed": ("所選", "Chosen"),
    "course-legend": ("課程單元的編號", "Numbers of the modules"),
    "course-marks": (
        "● 教且評量，○ 只教；缺口在前。",
        "● taught and assessed, ○ taught; gaps come first.",
    ),
    "course-lists": (
        "教這一項的課程單元編號，○ 只教未評量；缺口在前。",
        "Numbers of the modules that teach it, ○ without assessment; gaps come first.",
    ),
    "course-text": ("內容", "Text"),
    "course-units": ("課程單元", "Modules"),
    "mark-both": ("教且評量", "taught and assessed"),
    "mark-taught": ("只教", "taught"),
    "state-gap": ("缺", "Gap"),
    "state-taught": ("未評量", "Not assessed"),
    "state-both": ("教且評量", "Taught and assessed"),
    "course-found": ("表格中的發現", "Findings in the table"),
    "course-hidden": (
        "另有 {n} 個工作表沒有讀到課程內容，也沒有發現，不列出。",
        "{n} other sheet holds nothing of the course and no finding, and is left out.|{n} other sheets hold nothing of the course and no finding, and are left out.",
    ),
    "course-table": ("您的表格：", "Your table: "),
    "course-design": ("設計課程", "Plan a course"),
}
