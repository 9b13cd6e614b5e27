"""A file is written whole or not at all, and what was there keeps its nature."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from kps_graph.errors import SourceError
from kps_graph.saving import replace_file


def test_a_file_keeps_its_mode(tmp_path):
    file = tmp_path / "report.html"
    file.write_text("old")
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    target = tmp_path / "elsewhere" / "report.html"
    target.parent.mkdir()
    target.write_text("old")
    link = tmp_path / "report.html"
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_dangling_link_makes_its_target(tmp_path):
    link = tmp_path / "report.html"
    link.symlink_to(tmp_path / "later.html")
    replace_file(link, b"new")
    assert (tmp_path / "later.html").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")
def test_a_pipe_is_written_through(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    replace_file(pipe, b"new")
    reader.join()
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the platform has no /dev/full")
def test_a_full_disk_is_a_clear_error():
    with pytest.raises(SourceError, match="cannot be written"):
        replace_file(Path("/dev/full"), b"new")


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    file = tmp_path / "report.html"
    file.write_text("old")

    def interrupted(file):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(file, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert file.read_text() == "old"


def test_a_folder_is_no_place_for_a_file(tmp_path):
    with pytest.raises(SourceError, match="cannot be written"):
        replace_file(tmp_path, b"new")
    assert list(tmp_path.iterdir()) == []
