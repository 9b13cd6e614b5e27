"""No file can make a command hang, take the machine's memory, or be called our fault."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from tests.support.command import kps_graph
from tests.support.project import ROOT
from tests.support.sweeps import now_and_then

CASES = ROOT / "tests" / "cases" / "robustness"
#: A file that is refused or read, whatever its content: name, then what is said of it.
SAID = {
    "comments.md": "no competency standard",
    "comments.html": "no competency standard",
    "level6000.md": "",
    "formloop.pdf": "",
}


def hostile(command, folder, **environment):
    """A command as a user runs it: with workers, which the tests do without elsewhere."""
    return kps_graph(*command, cwd=folder, KPS_WORKERS="1", KPS_LANG="en", **environment)


@pytest.mark.parametrize("command", now_and_then(["validate", "parse", "review"], 3))
@pytest.mark.parametrize("name", now_and_then(SAID, 2))
def test_a_hostile_document_is_read_or_named_as_failed(tmp_path, command, name):
    done = hostile([command, str(CASES / name), "--memory", "512", "--timeout", "20"], tmp_path)
    assert done.code in (0, 1, 2), done.err
    assert SAID[name] in done.out + done.err
    assert "our fault" not in done.err


def test_one_hostile_file_leaves_the_others_of_a_batch_unharmed(tmp_path, examples):
    shutil.copy(CASES / "formloop.pdf", tmp_path)
    shutil.copy(examples / "KPS1420-001v2.md", tmp_path)
    done = hostile(["validate", ".", "--memory", "512", "--timeout", "20"], tmp_path)
    assert done.code == 2
    assert "formloop.pdf" in done.err
    assert "1 standards" in done.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")
@pytest.mark.parametrize("command", now_and_then(["validate", "parse", "review"], 3))
def test_a_pipe_is_refused_at_once(tmp_path, command):
    os.mkfifo(tmp_path / "pipe.md")
    done = hostile([command, "pipe.md"], tmp_path)
    assert done.code == 2
    assert "no regular file" in done.out + done.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/zero")
def test_a_device_is_refused_at_once(tmp_path):
    done = hostile(["validate", "/dev/zero"], tmp_path)
    assert done.code == 2
    assert "no regular file" in done.out + done.err


def test_a_level_of_six_thousand_digits_is_a_finding(tmp_path):
    done = hostile(["validate", str(CASES / "level6000.md")], tmp_path)
    assert done.code in (0, 1), done.err
    assert "R02" in done.out
