"""The wheel carries the ontology, shapes, queries and examples, and works without a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from kps_graph import resources
from tests.support.project import ROOT

FOLDERS = ("ontology", "shapes", "queries", "examples")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_a_checkout_finds_its_own_folders():
    for name in FOLDERS:
        assert resources.folder(name) == ROOT / name


@pytest.mark.sweep
def test_the_wheel_holds_the_same_data_files_as_the_checkout(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for folder in FOLDERS:
            files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.name[0] != "."]
            assert files
            for path in files:
                inner = f"kps_graph/_data/{path.relative_to(ROOT).as_posix()}"
                assert inner in names
                assert archive.read(inner) == path.read_bytes()


@pytest.mark.sweep
def test_the_wheel_works_in_a_clean_environment(wheel, tmp_path):
    where = tmp_path / "env"
    made = subprocess.run(
        ["uv", "venv", "--quiet", "--python", sys.executable, str(where)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("uv is not installed, or cannot make an environment")
    python = where / "bin" / "python"
    subprocess.run(
        ["uv", "pip", "install", "--quiet", "--python", str(python), str(wheel)],
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    shown = subprocess.run(
        [str(where / "bin" / "kps-graph"), "demo", "--lang", "en"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "6 standards" in shown
    assert subprocess.run(
        [str(where / "bin" / "kps"), "--version"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    ).stdout.startswith("kps-graph")
