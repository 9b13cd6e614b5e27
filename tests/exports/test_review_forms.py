"""The review as a form: people fill it in, and a second run keeps what they wrote."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from lxml import etree

from kps_graph.cli.review import review as command
from kps_graph.pipeline.reviewed import kept_in
from kps_graph.rules.checklist import checklist
from kps_graph.rules.opinions import Opinion
from tests.support import office, pictures
from tests.support.command import invoke
from tests.support.project import ROOT
from tests.support.sweeps import now_and_then

STYLES = ("docx", "odt", "xlsx", "html")
WRITTEN = {
    "1.1.1": Opinion("符合", "附上 <勞動部> 報告\n見附件一", "王小明", "2026-11-28"),
    "3.1.1": Opinion("不符合", "K10 與 K24 相同", "", ""),
    "3.4.2": Opinion("不適用", "", "Ann Lee", "115/11/30"),
    "3.4.3": Opinion("部分符合", "再議", "", ""),
}


def review(draft, form, *options):
    done = CliRunner().invoke(command, [str(draft), "-o", str(form), "--lang", "zh", *options])
    assert done.exit_code in (0, 1), done.output
    return done


def opinions(form):
    return {n: kept.opinion for n, kept in kept_in(form).kept.items() if kept.opinion.given}


def filled(form, written=None):
    """Writes into a form what a person would, with the means of its format."""
    written = WRITTEN if written is None else written
    data = form.read_bytes()
    form.write_bytes(
        {"docx": _docx, "odt": _odt, "xlsx": _xlsx, "html": _html}[form.suffix[1:]](data, written)
    )


def _docx(data, written):
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return _office(data, "word/document.xml", written, f"{w}tr", f"{w}tc", f"{w}p", _docx_text)


def _docx_text(cell, paragraph, text):
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    chosen = cell.find(f".//{w}sdtContent//{w}t")
    if chosen is not None:
        chosen.text = text or chosen.text
        return
    first, *others = cell.findall(paragraph)
    for other in others:
        cell.remove(other)
    for line in reversed(text.split("\n")):
        new = etree.Element(paragraph)
        etree.SubElement(etree.SubElement(new, f"{w}r"), f"{w}t").text = line
        first.addnext(new)
    cell.remove(first)


def _odt(data, written):
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    return _office(
        data,
        "content.xml",
        written,
        f"{table}table-row",
        f"{table}table-cell",
        f"{text}p",
        _odt_text,
    )


def _odt_text(cell, paragraph, text):
    if (chosen := cell.find(f".//{paragraph[:-1]}drop-down")) is not None:
        labels = {label.get(f"{paragraph[:-1]}value"): label for label in chosen}
        if text in labels:  # as Writer does
            for label in chosen:
                label.set(f"{paragraph[:-1]}current-selected", "false")
            labels[text].set(f"{paragraph[:-1]}current-selected", "true")
            chosen[-1].tail = text
        if text in labels or not text:
            return
    for old in cell.findall(paragraph):
        cell.remove(old)
    for line in text.split("\n"):
        etree.SubElement(cell, paragraph).text = line


def _office(data, member, written, row, cell, paragraph, write):
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    root = etree.fromstring(source.read(member))
    for found in root.iter(row):
        cells = found.findall(cell)
        opinion = written.get("".join(cells[0].itertext()).strip())
        if opinion is not None and len(cells) == 6:
            parts = (opinion.verdict, opinion.note, opinion.reviewer, opinion.date)
            for one, text in zip(cells[1:5], parts, strict=True):
                write(one, paragraph, text)
    with zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            target.writestr(
                info, etree.tostring(root) if info.filename == member else source.read(info)
            )
    return out.getvalue()


def _xlsx(data, written):
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=7):
        if opinion := written.get(row[1].value):
            parts = (opinion.verdict, opinion.note, opinion.reviewer, opinion.date)
            for cell, text in zip(row[5:9], parts, strict=True):
                cell.value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html(data, written):
    """The page as a browser has it when somebody has typed: see the test of the script."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    for row in root.iter("tr"):
        opinion = written.get("".join(row[0].itertext()).strip())
        if opinion is None:
            continue
        for option in row.iter("option"):
            option.attrib.pop("selected", None)
            if option.text == opinion.verdict:
                option.set("selected", "")
        if opinion.verdict not in [option.text for option in row.iter("option")]:
            etree.SubElement(next(row.iter("select")), "option", selected="").text = opinion.verdict
        next(row.iter("textarea")).text = opinion.note
        name, date = row.iter("input")
        name.set("value", opinion.reviewer)
        date.set("value", opinion.date)
    return b"<!DOCTYPE html>\n" + etree.tostring(root, method="html", encoding="utf-8")


@pytest.fixture
def draft(examples, tmp_path):
    """A draft that can be changed."""
    path = tmp_path / "draft.yaml"
    path.write_text((examples / "ZZZ2431-904v1.yaml").read_text("utf-8"), "utf-8")
    return path


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_form_has_a_blank_row_for_each_condition(style, lang, draft, tmp_path):
    form = tmp_path / f"form.{style}"
    review(draft, form, "--lang", lang)
    kept = kept_in(form)
    assert list(kept.kept) == [c.number for c in checklist()]
    assert not opinions(form)
    assert (kept.code, kept.name) == ("ZZZ2431-904v1", "市場研究分析師")


@pytest.mark.parametrize("style", STYLES)
def test_a_second_run_keeps_what_people_wrote(style, draft, tmp_path):
    form = tmp_path / f"form.{style}"
    review(draft, form)
    filled(form)
    assert opinions(form) == WRITTEN
    done = review(draft, form)
    assert opinions(form) == WRITTEN
    assert "證據已變更" not in done.stderr
    before = form.read_bytes()
    review(draft, form)
    assert form.read_bytes() == before


@pytest.mark.parametrize("style", STYLES)
def test_verdicts_follow_the_language_of_the_form(style, draft, tmp_path):
    form = tmp_path / f"form.{style}"
    review(draft, form)
    filled(form)
    done = review(draft, form, "--lang", "en")
    assert "changed" not in done.stderr
    assert opinions(form)["1.1.1"].verdict == "met"
    review(draft, form, "--lang", "zh")
    assert opinions(form) == WRITTEN


@pytest.mark.parametrize("style", now_and_then(STYLES, 4))
def test_a_verdict_on_evidence_that_changed_is_marked_until_somebody_judges_again(
    style, draft, tmp_path
):
    form = tmp_path / f"form.{style}"
    review(draft, form)
    filled(form)
    text = draft.read_text("utf-8")
    draft.write_text(re.sub("(?m)^description: .*", "description: 另一段工作描述", text), "utf-8")
    for _ in range(2):  # a further run alone is nobody's judgement
        assert "1.1.1" in review(draft, form).stderr
        assert opinions(form) == WRITTEN
    assert "⚠" in _shown(form)
    filled(form, {"1.1.1": Opinion("符合", "附上新報告", "王小明", "2026-12-01")})
    assert "1.1.1" not in review(draft, form).stderr
    assert opinions(form)["1.1.1"].note == "附上新報告"


def _shown(form):
    data = form.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(form) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("content", [b"", b"my own notes", b"PK\3\4 torn"])
def test_what_is_no_form_is_not_written_over(style, content, draft, tmp_path, capsys, monkeypatch):
    form = tmp_path / f"form.{style}"
    form.write_bytes(content)
    done = invoke(capsys, monkeypatch, "review", str(draft), "-o", str(form))
    assert done.code == 2
    assert form.read_bytes() == content


def test_neither_is_a_draft(draft, tmp_path, capsys, monkeypatch):
    path = tmp_path / "draft.docx"
    path.write_bytes((ROOT / "tests" / "cases" / "checking" / "00-clean.docx").read_bytes())
    before = path.read_bytes()
    done = invoke(capsys, monkeypatch, "review", str(draft), "-o", str(path), "--lang", "en")
    assert done.code == 2
    assert "no review form" in done.err
    assert path.read_bytes() == before


def test_neither_is_the_form_of_another_standard(examples, draft, tmp_path, capsys, monkeypatch):
    form = tmp_path / "form.docx"
    review(draft, form)
    before = form.read_bytes()
    done = invoke(
        capsys,
        monkeypatch,
        "review",
        str(examples / "KPS1420-001v2.md"),
        "-o",
        str(form),
        "--lang",
        "en",
    )
    assert done.code == 2
    assert "another standard (ZZZ2431-904v1 市場研究分析師)" in done.err
    assert form.read_bytes() == before


def test_neither_is_a_form_that_lost_a_row(draft, tmp_path, capsys, monkeypatch):
    form = tmp_path / "form.html"
    review(draft, form)
    form.write_text(form.read_text("utf-8").replace("<td>3.4.2</td>", "<td></td>"), "utf-8")
    done = invoke(capsys, monkeypatch, "review", str(draft), "-o", str(form), "--lang", "en")
    assert done.code == 2
    assert "no row for 3.4.2" in done.err


@pytest.mark.office
@pytest.mark.parametrize(
    ("style", "to"),
    [("docx", "docx"), ("odt", "odt"), ("docx", "odt"), ("odt", "docx"), ("xlsx", "xlsx")],
)
def test_a_form_that_an_office_program_saved_is_read_back(style, to, draft, tmp_path):
    form = tmp_path / f"form.{style}"
    review(draft, form)
    filled(form)
    (saved,) = office.convert({form.name: form.read_bytes()}, to).values()
    again = tmp_path / f"again.{to}"
    again.write_bytes(saved)
    assert opinions(again) == WRITTEN
    assert "證據已變更" not in review(draft, again).stderr
    assert opinions(again) == WRITTEN


@pytest.mark.browser
def test_what_is_typed_into_the_page_is_saved_with_it(draft, tmp_path):
    form = tmp_path / "form.html"
    review(draft, form)
    typed = """
      const row = [...document.querySelectorAll('.entry tbody tr')].find(r => r.cells[0].textContent === '1.1.1');
      const [verdict, note, name, date] = row.querySelectorAll('select, textarea, input');
      const type = (field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); };
      type(verdict, '符合'); type(note, '附上 <勞動部> 報告\\n見附件一'); type(name, '王小明'); type(date, '2026-11-28');
    """
    page = form.read_text("utf-8")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    page = page.replace("</body>", f"<script>{typed}</script></body>")
    form.write_text(pictures.opened(page, tmp_path), "utf-8")
    assert opinions(form) == {"1.1.1": WRITTEN["1.1.1"]}
