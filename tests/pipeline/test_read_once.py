"""Every file is read and extracted once per command, whatever is asked for."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from kps_graph.cli import watch
from kps_graph.extract import extract
from kps_graph.readers import read
from tests.support.stores import built

CHECKING = Path(__file__).parents[1] / "cases" / "checking"
STANDARD = "KPS1420-001v2"


def counted(do):
    """How often ``do`` reads each file, and how often it extracts a standard."""
    files, extracted = Counter(), 0

    def see(frame, event, _):
        nonlocal extracted
        if event == "call" and frame.f_code is read.__code__:
            files[frame.f_locals["name"]] += 1
        elif event == "call" and frame.f_code is extract.__code__:
            extracted += 1

    sys.setprofile(see)
    try:
        do()
    finally:
        sys.setprofile(None)
    return dict(files), extracted


@pytest.fixture
def reads(kps):
    """Runs a command, counted."""

    def run(*args):
        results = []
        count = counted(lambda: results.append(kps(*args)))
        assert results[0].code in (0, 1, None), results[0].err
        return count

    return run


@pytest.fixture
def draft(tmp_path, examples):
    """A draft that takes the code of a standard in the store, and is another one."""
    text = (examples / f"{STANDARD}.md").read_text("utf-8")
    file = tmp_path / "draft.md"
    file.write_text(text.replace("貿易經理", "貿易主任"), "utf-8")
    return file


@pytest.mark.parametrize("ending", ["txt", "html", "json"])
def test_validate_reads_a_document_once_whatever_the_report(reads, draft, tmp_path, ending):
    assert reads("validate", draft, "-o", tmp_path / f"report.{ending}") == ({"draft.md": 1}, 1)


def test_a_report_with_tables_and_a_copy_with_comments_come_of_one_reading(reads, tmp_path):
    file = tmp_path / "draft.docx"
    file.write_bytes(min(CHECKING.glob("*.docx")).read_bytes())
    report, copy = tmp_path / "report.html", tmp_path / "copy.docx"
    assert reads("validate", file, "-o", report, "--annotate", copy) == ({"draft.docx": 1}, 1)
    assert report.exists()
    assert copy.exists()


def test_a_draft_whose_code_the_store_holds_is_read_once(reads, draft, example_store, tmp_path):
    asked = ("validate", draft, "--store", example_store, "-o", tmp_path / "report.html")
    assert reads(*asked) == ({"draft.md": 1}, 1)


def test_copies_and_rivals_of_a_document_are_read_once_each(reads, draft, examples, tmp_path):
    for name in ("copy.md", "original.md"):
        (tmp_path / name).write_bytes(draft.read_bytes())
    (tmp_path / "rival.md").write_bytes((examples / f"{STANDARD}.md").read_bytes())
    files, extracted = reads("validate", tmp_path)
    assert files == dict.fromkeys(("draft.md", "copy.md", "original.md", "rival.md"), 1)
    assert extracted == 4


@pytest.mark.parametrize(
    "command",
    [
        ("parse", "{}"),
        ("review", "{}"),
        ("draw", "{}", "-o", "{folder}/picture.svg"),
        ("export", "{}", "-o", "{folder}/standard.ttl"),
        ("courses", "{folder}/courses.csv", "--standard", "{}"),
    ],
    ids=lambda command: command[0],
)
def test_a_command_that_is_given_a_document_reads_it_once(reads, draft, tmp_path, command):
    (tmp_path / "courses.csv").write_text("course,codes\n甲,K1 S1\n", "utf-8")
    args = [part.format(draft, folder=tmp_path) for part in command]
    assert reads(*args) == ({"draft.md": 1}, 1)


def test_watch_reads_a_document_once_each_time_it_is_saved(reads, draft, monkeypatch):
    monkeypatch.setattr(watch, "saves", lambda file: iter([True, True]))
    assert reads("watch", draft) == ({"draft.md": 2}, 2)


def test_a_build_reads_rivals_once_each(draft, examples, tmp_path):
    (tmp_path / "copy.md").write_bytes(draft.read_bytes())
    (tmp_path / "rival.md").write_bytes((examples / f"{STANDARD}.md").read_bytes())
    files, extracted = counted(lambda: built(tmp_path / "kps.store", tmp_path))
    assert files == dict.fromkeys(("draft.md", "copy.md", "rival.md"), 1)
    assert extracted == 3
