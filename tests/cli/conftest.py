"""A folder of everything that commands name: documents, courses, decisions, a store."""

from __future__ import annotations

import shutil

import pytest

from tests.support.project import ROOT
from tests.support.stores import built, document

CODES = ("ZZZ1111-001v2", "ZZZ2222-001v1")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder of everything that the commands name."""
    folder = tmp_path_factory.mktemp("made")
    for name, code in zip("ab", CODES, strict=True):
        (folder / f"{name}.json").write_text(document(code, f"{name}員", ("甲學", "乙學")), "utf-8")
    (folder / "courses.csv").write_text("課程,代碼\n課,K01\n", "utf-8")
    draft = (ROOT / "tests/cases/checking/ks-blank.docx").read_bytes()
    (folder / "draft.docx").write_bytes(draft)
    (folder / "courses.xlsx").write_bytes((ROOT / "examples" / "course.xlsx").read_bytes())
    (folder / "pairs.tsv").write_text("kind\ta\tb\nK\t甲學\t甲學科\n", "utf-8")
    (folder / "decisions.tsv").write_text("subject_id\tpredicate_id\tobject_id\n", "utf-8")
    built(folder / "kps.store", folder / "a.json", folder / "b.json", align=True)
    return folder


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    """A copy of that folder, in which the commands run."""
    shutil.copytree(made, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("KPS_STORE", "kps.store")
    return tmp_path / "here"
