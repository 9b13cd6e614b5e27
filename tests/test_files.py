"""Whatever a person names is read whole, or refused at once: pipes, devices, what has no end."""

from __future__ import annotations

import os
import sys
from hashlib import sha256

import pytest

from kps_graph import files
from kps_graph.errors import SourceError, TooLarge
from kps_graph.files import content_of, digest_of, text_of
from tests.support.command import kps_graph
from tests.support.project import ROOT

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
    "decisions": ["align", "import", "pipe.tsv", "--decisions", "made.tsv"],
}
posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")


@posix
@pytest.mark.parametrize("command", READING)
def test_no_command_waits_for_a_pipe(command, tmp_path, example_store):
    for ending in ("md", "json", "toml", "ttl", "rq", "csv", "tsv"):
        os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / "shapes.toml").write_text('shapes = ["pipe.ttl"]', "utf-8")
    (tmp_path / "queries.toml").write_text('queries = ["pipe.rq"]', "utf-8")
    environment = {"KPS_STORE": str(example_store)} if command in ("pairs", "decisions") else {}
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
    monkeypatch.setattr(files, "MOST", 1000)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert len(content_of(tmp_path / "a")) == 1000
    (tmp_path / "a").write_bytes(b"x" * 1001)
    with pytest.raises(TooLarge, match="1,001 bytes, at most 1,000"):
        content_of(tmp_path / "a")


def test_a_digest_is_of_a_file_of_any_size_and_of_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST", 10)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert digest_of(tmp_path / "a") == sha256(b"x" * 1000).hexdigest()
    assert digest_of(tmp_path / "none") == digest_of(tmp_path) == ""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_has_neither_mark_nor_the_line_ends_of_its_platform(ends, tmp_path):
    (tmp_path / "a").write_bytes(f"\ufeff甲{ends}乙".encode())
    assert text_of(tmp_path / "a") == "甲\n乙"
