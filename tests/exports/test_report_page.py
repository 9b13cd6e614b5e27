"""The page of a report: the document's own table, the findings on its cells, in a real browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kps_graph.exports.official_table import official_table
from kps_graph.exports.reports import write
from kps_graph.extract import extract
from kps_graph.formats import ReportFormat
from kps_graph.readers import read
from tests.support import docx
from tests.support.checks import HOSTILE, checked, hostile, seed_odt
from tests.support.document import OLD, document
from tests.support.pictures import opened, run

#: What a script in the page needs to see.
SEEN = """
const visible = (n) => n.getClientRects().length > 0 && getComputedStyle(n).visibility !== 'hidden';
const all = (s) => [...document.querySelectorAll(s)];
const shown = () => all('.list .finding').filter(visible).length;
const set = (n, v) => { if (n.type === 'checkbox') n.checked = v; else n.value = v;
  n.dispatchEvent(new Event('input', {bubbles: true})); };
"""


def page(outcome):
    return write(outcome, ReportFormat.HTML).decode()


class Cells(HTMLParser):
    """The text of each cell of the document, without the findings on it."""

    def __init__(self):
        super().__init__()
        self.cells, self._aside, self._inside = [], 0, False

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs).get("class", "") or ""
        if tag == "td" and not self._aside:
            self.cells.append("")
            self._inside = True
        if tag == "ul" and kind == "notes":
            self._aside += 1
        if tag == "p" and self._inside and not self._aside and self.cells[-1]:
            self.cells[-1] += "\n"

    def handle_endtag(self, tag):
        if tag == "ul" and self._aside:
            self._aside -= 1
        if tag == "td":
            self._inside = False

    def handle_data(self, data):
        if self._inside and not self._aside:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def seed(examples, tmp_path_factory):
    file = tmp_path_factory.mktemp("seed") / "draft.odt"
    file.write_bytes(seed_odt(examples))
    return checked(file, tables=True)


def test_every_cell_of_the_document_is_shown_as_it_stands(seed):
    cells = Cells()
    cells.feed(page(seed))
    (shown,) = seed.documents.values()
    wanted = [c.text for t in shown.tables for row in t.rows() for c in row]
    assert cells.cells == wanted


@pytest.mark.browser
def test_merged_cells_are_merged(seed, tmp_path):
    (shown,) = seed.documents.values()
    wanted = sum(c.rowspan * c.colspan for t in shown.tables for c in t.cells)
    assert (
        run(
            page(seed),
            """
        const cells = [...document.querySelectorAll('.content td')];
        return cells.reduce((sum, c) => sum + c.rowSpan * c.colSpan, 0);
    """,
            tmp_path,
        )
        == wanted
    )


def test_every_finding_stands_on_the_cell_it_is_about(seed):
    made = page(seed)
    for n, finding in enumerate(seed.report.findings):
        assert f'href="#f1-{n}"' in made
        assert f'id="f1-{n}"' in made
        assert finding.message("zh-Hant") in made
    (cell,) = (
        c
        for c in re.findall(r'<td[^>]*class="has warning"[^>]*>(.*?)</td>', made, re.S)
        if c.startswith('<p class="p">P1.2.1 ')
    )
    assert "<mark>依組織業績計畫，交付符合客戶規格的产品和服務</mark>" in cell
    assert "警告 R23" in cell


@pytest.mark.browser
def test_a_real_browser_filters_by_severity_rule_and_text(seed, tmp_path):
    total = len(seed.report.findings)
    warnings = seed.report.counts()["warning"]
    found = run(
        page(seed),
        SEEN
        + """
        const result = {form: visible(document.getElementById('filters')), all: shown()};
        set(document.querySelector('input[value=warning]'), false);
        result.others = shown();
        result.quiet = all('td.has.warning').every(
            (c) => c.classList.contains('quiet') || c.querySelector('.finding:not([hidden])'));
        set(document.querySelector('input[value=warning]'), true);
        set(document.getElementById('rule'), 'R07');
        result.rule = shown();
        result.notes = all('.notes .finding').filter(visible).length;
        set(document.getElementById('rule'), '');
        set(document.getElementById('search'), 'k24');
        result.text = shown();
        result.says = document.getElementById('shown').textContent;
        return result;
    """,
        tmp_path,
    )
    assert found == {
        "form": True,
        "all": total,
        "others": total - warnings,
        "quiet": True,
        "rule": 2,
        "notes": 2,
        "text": 1,
        "says": f"顯示 1 / {total}",
    }


@pytest.mark.browser
def test_the_keyboard_reaches_every_finding_and_its_explanation(seed, tmp_path):
    found = run(
        page(seed),
        SEEN
        + """
        const link = document.querySelector('.list a[href="#f1-3"]');
        link.focus();
        const focused = document.activeElement === link;
        location.hash = '#f1-3';
        window.dispatchEvent(new HashChangeEvent('hashchange'));
        const target = document.getElementById('f1-3');
        return {focused, moved: document.activeElement === target,
                open: target.querySelector('details').open,
                labels: all('input, select').every((n) => n.labels.length === 1),
                regions: all('.wide').every((n) => n.tabIndex === 0 && n.ariaLabel)};
    """,
        tmp_path,
    )
    assert set(found.values()) == {True}


def test_without_its_script_the_page_shows_everything(seed):
    made = page(seed)
    without = re.sub(r"<script>.*</script>", "", made, flags=re.S)
    assert "hidden" not in re.sub(
        r'<form id="filters"[^>]*hidden>', "", re.sub(r"<style>.*</style>", "", without, flags=re.S)
    )


@pytest.mark.browser
def test_print_unfolds_what_is_folded_on_the_screen(seed, tmp_path):
    assert run(
        page(seed),
        SEEN
        + """
        window.dispatchEvent(new Event('beforeprint'));
        const open = all('.notes details').every((d) => d.open);
        window.dispatchEvent(new Event('afterprint'));
        return [open, all('.notes details').some((d) => d.open)];
    """,
        tmp_path,
    ) == [True, False]


def test_the_page_asks_nothing_of_anyone(seed):
    made = page(seed)
    assert "default-src 'none'" in made
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#)", made)
    assert "url(" not in made
    assert "@import" not in made


@pytest.mark.browser
def test_the_script_runs_under_the_policy_of_the_page(seed, tmp_path):
    # the form is hidden until the script has run
    assert re.search(r'<form id="filters"[^>]*aria-label="篩選">', opened(page(seed), tmp_path))


@pytest.mark.browser
def test_hostile_text_is_shown_and_does_nothing(tmp_path):
    made = page(hostile())
    body = re.sub(r"<(style|script)>.*?</\1>", "", made, flags=re.S)
    assert "<script>" not in body
    assert not set(body) & {chr(c) for c in range(32) if chr(c) not in "\t\n\r"}
    found = run(
        made,
        SEEN
        + """
        return {scripts: all('script').length, first: document.body.innerText.includes(
            '<script>alert(1)</' + 'script>')};
    """,
        tmp_path,
    )
    assert found == {"scripts": 2, "first": True}  # its own, and the probe


def test_a_hostile_document_is_shown_as_text(tmp_path):
    file = tmp_path / "<img src=x>.md"
    text = "".join(c for t in HOSTILE[:9] for c in t if c not in "\x00\t|")
    file.write_text(document(f"T1 甲|T1.1 乙||P1.1.1 瞭解{text}|3|K01 丙|S01 丁"), encoding="utf-8")
    made = page(checked(file, tables=True))
    assert "<img" not in made
    assert made.count("<script>") == 1


def test_a_batch_lists_its_documents_and_tells_of_those_that_cannot_be_read(examples, tmp_path):
    (tmp_path / "broken.odt").write_bytes(b"PK\3\4")
    made = page(checked(examples, tmp_path / "broken.odt", tables=True))
    nav = re.search(r"<nav.*?</nav>", made, re.S)[0]
    assert nav.count('<a href="#d') == 7
    assert "無法讀取" in nav
    assert re.search(r'<p class="error" role="alert">[^<]*broken\.odt', made)
    ids = re.findall(r' id="([^"]+)"', made)
    assert len(ids) == len(set(ids))
    assert all(target in ids for target in re.findall(r'href="#([^"]+)"', made))


def test_a_finding_without_a_place_is_shown_in_full(tmp_path):
    file = tmp_path / "bare.docx"
    file.write_bytes(
        docx.to_docx(
            docx.table(
                *(
                    [docx.cell(t) for t in row]
                    for row in (
                        OLD.split("\t"),
                        ["T1 甲", "T1.1 乙", "", "P1.1.1 檢查", "3", "K01 丙", "S01 丁"],
                    )
                )
            )
        )
    )
    outcome = checked(file, tables=True)
    (finding,) = (f for f in outcome.report.findings if f.value == "職能基準代碼")
    made = page(outcome)
    n = outcome.report.findings.index(finding)
    assert f'id="f1-{n}"' in made
    assert "整份文件" in made


def test_the_page_is_in_english_too(examples):
    made = page(checked(examples / "ZZZ2431-902v1.yaml", tables=True, lang="en"))
    assert '<html lang="en">' in made
    assert "Check of competency standards" in made
    assert "warning R10" in made


# the structured form, which has no table of its own


def test_every_text_of_a_structured_standard_stands_in_the_official_table(examples):
    for file in sorted(examples.glob("*.yaml")):
        standard = extract(read(file.read_bytes(), file.name)).standard
        made = official_table(standard, file.name)
        text = "\n".join(p.text for t in made.tables for c in t.cells for p in c.paragraphs)
        for unit in standard.units():
            assert f"{unit.code} {unit.name}" in text
            for part in (*unit.outputs, *unit.indicators):
                assert part.code in text
                assert getattr(part, "name", None) or part.text in text
        for element in (*standard.knowledge, *standard.skills):
            assert f"{element.code} {element.name}" in text
            assert all(i.text in text for i in element.items)
        for attitude in standard.attitudes:
            assert attitude.name in text


@pytest.mark.parametrize("table", [1, 2])
def test_the_official_table_has_neither_holes_nor_overlaps(examples, table):
    for file in sorted(examples.glob("*.yaml")):
        standard = extract(read(file.read_bytes(), file.name)).standard
        (made,) = (t for t in official_table(standard, "a").tables if t.index == table)
        covered = [(r, c.column) for c in made.cells for r in range(c.row, c.row + c.rowspan)]
        assert len(covered) == len(set(covered))
        height, width = max(r for r, _ in covered), max(c for _, c in covered)
        assert len(covered) == height * width


def test_findings_of_a_structured_standard_stand_on_the_cells_of_their_lines(examples):
    outcome = checked(examples / "ZZZ2431-902v1.yaml", tables=True)
    made = page(outcome)
    for code in ("P1.1.3", "T2.3", "K15", "S08"):
        assert re.search(rf'<td[^>]*class="has [^>]*>(?:(?!</td>).)*{re.escape(code)}', made, re.S)
    assert "<mark>瞭解目標市場的節慶檔期與文化禁忌，以避免行銷內容引發爭議。</mark>" in made


def test_a_file_that_cannot_be_read_has_no_tables(tmp_path, examples):
    (tmp_path / "bad.md").write_bytes(b"")
    found = checked(tmp_path / "bad.md", examples / "KPS1420-001v2.md", tables=True).documents
    assert [name.rsplit("/", 1)[-1] for name in found] == ["KPS1420-001v2.md"]


@pytest.mark.browser
def test_columns_are_as_wide_as_in_the_document(seed, tmp_path):
    """Widths of the columns of the body, to each other, where no finding needs more room."""
    (shown,) = seed.documents.values()
    table = shown.tables[2]
    assert len(table.widths) == 7
    script = (
        "return [...document.querySelectorAll('.content table')[2].rows[0].cells]"
        ".map((c) => c.getBoundingClientRect().width);"
    )
    wide = run(page(seed), script, tmp_path, "--window-size=1600,900")
    ratios = [s / w for w, s in zip(table.widths, wide, strict=True)]
    assert max(ratios[0], ratios[1]) / min(ratios[0], ratios[1]) < 1.05
    assert wide.index(min(wide)) == table.widths.index(min(table.widths))


@pytest.mark.browser
@pytest.mark.parametrize("columns", [7, 14])
def test_no_column_collapses_on_a_small_screen(columns, tmp_path):
    """Neither beside long cells nor among many columns: a column holds some characters a line."""
    cells = "".join(f"<td>{'很長的內容' * (60 if n == 2 else 1)}</td>" for n in range(columns - 4))
    row = f"<tr><td>T1 a</td><td>T1.1 b</td><td>P1.1.1 c</td><td>3</td>{cells}</tr>"
    heads = "".join(
        f"<th>{head}</th>" for head in ("主要職責", "工作任務", "行為指標", "職能級別")
    ) + "".join(f"<th>備註{n}</th>" for n in range(columns - 4))
    draft = tmp_path / "draft.html"
    draft.write_text(f"<h1>x職能基準</h1><table><tr>{heads}</tr>{row}</table>", "utf-8")
    script = (
        "return [...document.querySelectorAll('.content td')]"
        ".map((c) => c.getBoundingClientRect().width);"
    )
    wide = run(page(checked(draft, tables=True)), script, tmp_path, "--window-size=360,800")
    assert min(wide) > 3 * 15
