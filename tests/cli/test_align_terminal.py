"""``kps-graph align review`` as a person has it: in a terminal, key by key."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import time
from pathlib import Path

import pytest

from kps_graph.align import parse_decisions

PROMPT = "q end: "
PATIENCE = 60.0


@pytest.fixture
def store(example_store):
    return str(example_store)


def typed(keys, *arguments):
    """What a terminal shows, and the exit code, when each of ``keys`` answers a prompt."""
    command = Path(sys.executable).with_name("kps-graph")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command, [str(command), "align", "review", "--lang", "en", *arguments])
    shown, waiting, end = b"", list(keys), time.monotonic() + PATIENCE
    answered = 0
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # the other side is gone
                break
        elif waiting and shown.count(PROMPT.encode()) > answered and _listens(terminal):
            answered = shown.count(PROMPT.encode()) - (waiting[0] not in "srdqu \x03\x04")
            os.write(terminal, waiting.pop(0).encode())
    return shown.decode("utf-8", "replace"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _listens(terminal):
    """Whether a single key is read: what is typed before that is thrown away."""
    return not termios.tcgetattr(terminal)[3] & termios.ICANON


def test_one_key_decides_and_the_next_link_is_shown(store, tmp_path):
    path = tmp_path / "d.tsv"
    shown, code = typed("srq", "--store", str(store), "--decisions", str(path))
    assert code == 0
    assert shown.count(PROMPT) == 3
    assert sorted(str(d.label) for d in parse_decisions(path.read_text("utf-8"))) == [
        "related",
        "same",
    ]


@pytest.mark.parametrize("stop", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_keep_what_was_decided_and_say_how_to_go_on(store, tmp_path, stop):
    path = tmp_path / "d.tsv"
    shown, code = typed("d" + stop, "--store", str(store), "--decisions", str(path))
    assert code == 0
    assert "1 decisions" in shown
    assert "kps-graph align apply" in shown
    assert len(parse_decisions(path.read_text("utf-8"))) == 1


def test_a_key_without_a_meaning_asks_nothing_again(store, tmp_path):
    shown, _ = typed("xzq", "--store", str(store), "--decisions", str(tmp_path / "d.tsv"))
    assert shown.count(PROMPT) == 1


def test_where_nothing_was_decided_there_is_nothing_to_undo(store, tmp_path):
    shown, _ = typed("uq", "--store", str(store), "--decisions", str(tmp_path / "d.tsv"))
    assert "nothing to undo" in shown
