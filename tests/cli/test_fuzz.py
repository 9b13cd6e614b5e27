"""The fuzzer does what it says: damaged files of every format, each through a command, none our fault."""

from __future__ import annotations

import random

import pytest

from benchmarks import fuzz
from tests.support.stores import built


@pytest.fixture(scope="module")
def folder(tmp_path_factory, examples):
    made = tmp_path_factory.mktemp("fuzz")
    built(made / "kps.store", examples / "ZZZ4323-901v2.yaml", align=True)
    return made


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("kind", fuzz.KINDS)
def test_a_damaged_file_is_no_fault_of_ours(folder, monkeypatch, kind, number):
    here = folder / f"{kind}{number}"
    here.mkdir()
    code, said = fuzz.attempt(fuzz.case(kind, number, 13, here))
    assert code in (0, 1, 2), said


def test_a_case_is_the_same_wherever_it_runs(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        fuzz.case("docx", 3, 7, tmp_path / name)
    one, two = (sorted((tmp_path / n).iterdir()) for n in ("one", "two"))
    assert [p.name for p in one] == [p.name for p in two]
    damaged = fuzz.damaged(b"x" * 100, random.Random(1))
    assert damaged == fuzz.damaged(b"x" * 100, random.Random(1)) != b"x" * 100
