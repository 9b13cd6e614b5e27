"""A file is written whole or not at all, and what was there keeps its nature.

Whatever a person names is read whole, or refused at once: pipes, devices, what has no end.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from kps_graph import saving
from kps_graph.errors import SourceError, TooLarge
from kps_graph.saving import content_of, digest_of, replace_file, text_of
from tests.support.command import kps_graph
from tests.support.project import ROOT


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


# -- what is read

STANDARD = str(ROOT / "examples" / "ZZZ4323-901v2.yaml")
#: Every command that reads a file of a person's, by the ending of its name.
READING = {
    "watch": ["watch", "pipe.md"],
    "build": ["build", "pipe.md"],
    "baseline": ["validate", STANDARD, "--baseline", "pipe.json"],
    "profile": ["validate", STANDARD, "--profile", "pipe.toml"],
    "shapes": ["validate", STANDARD, "--profile", "shapes.toml"],
    "queries": ["validate", STANDARD, "--profile", "queries.toml"],
    "query": ["query", "pipe.rq", "--store", "kps.store"],
    "courses": ["courses", "pipe.csv", "--standard", STANDARD],
    "pairs": ["align", "judge", "pipe.tsv"],
    "parse": ["parse", "pipe.md"],
    "review": ["review", "pipe.md"],
    "course check": ["course", "check", "pipe.csv", "--in", STANDARD],
    "course report": ["course", "report", "pipe.csv", "--in", STANDARD, "-o", "out.docx"],
    "course add": ["course", "add", "pipe.csv", "--in", "ZZZ4323-901v2"],
    "course watch": ["course", "watch", "pipe.csv"],
    "decisions": ["align", "import", "pipe.tsv", "--decisions", "made.tsv"],
}
#: Those that read the example store.
STORED = ("pairs", "decisions", "course add", "course watch")
posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")


@posix
@pytest.mark.parametrize("command", READING)
def test_no_command_waits_for_a_pipe(command, tmp_path, example_store):
    for ending in ("md", "json", "toml", "ttl", "rq", "csv", "tsv"):
        os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / "shapes.toml").write_text('shapes = ["pipe.ttl"]', "utf-8")
    (tmp_path / "queries.toml").write_text('queries = ["pipe.rq"]', "utf-8")
    environment = {"KPS_STORE": str(example_store)} if command in STORED else {}
    done = kps_graph(*READING[command], cwd=tmp_path, KPS_LANG="en", **environment)
    assert done.code == 2, done.err
    assert "this is no regular file" in done.out + done.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/zero")
@pytest.mark.parametrize("read", [content_of, text_of])
def test_a_device_without_end_is_refused(read, tmp_path):
    (tmp_path / "link.md").symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="no regular file"):
        read(tmp_path / "link.md")


def test_a_file_beyond_the_bound_is_refused_with_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 1000)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert len(content_of(tmp_path / "a")) == 1000
    (tmp_path / "a").write_bytes(b"x" * 1001)
    with pytest.raises(TooLarge, match="1,001 bytes, at most 1,000"):
        content_of(tmp_path / "a")


def test_a_digest_is_of_a_file_of_any_size_and_of_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 10)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert digest_of(tmp_path / "a") == sha256(b"x" * 1000).hexdigest()
    assert digest_of(tmp_path / "none") == digest_of(tmp_path) == ""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_has_neither_mark_nor_the_line_ends_of_its_platform(ends, tmp_path):
    (tmp_path / "a").write_bytes(f"\ufeff甲{ends}乙".encode())
    assert text_of(tmp_path / "a") == "甲\n乙"
