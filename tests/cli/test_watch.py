"""A watched document is checked whenever it is saved, however an editor saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from itertools import islice
from pathlib import Path
from queue import Empty, Queue

import pytest

from kps_graph.cli.watch import saves

COMMAND = Path(sys.executable).with_name("kps-graph")


def steps(file, *changes):
    """How often a save is reported while ``changes`` happen, one after each look."""
    waiting = iter(changes)

    def pause():
        change = next(waiting, None)
        if change is None:
            raise StopAsyncIteration
        return change()

    count = 0
    try:
        for saved in saves(file, pause):
            count += saved
    except StopAsyncIteration:
        return count


def test_a_file_is_checked_once_though_nothing_happens(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a")
    assert steps(file, *[lambda: None] * 5) == 1


def test_a_save_counts_when_the_content_has_settled(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a")
    parts = [
        lambda: file.write_text("b"),
        lambda: file.write_text("bc"),
        lambda: None,
        lambda: None,
    ]
    assert steps(file, *parts) == 2


def test_a_file_that_an_editor_replaces_is_followed(tmp_path):
    file, other = tmp_path / "a.md", tmp_path / "a.tmp"
    file.write_text("a")
    other.write_text("b")
    assert steps(file, file.unlink, lambda: other.rename(file), lambda: None, lambda: None) == 2


def test_who_asks_for_the_report_gets_it_without_a_save(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a")
    asked = iter([False, True, True])
    assert [*islice(saves(file, lambda: next(asked)), 3)] == [True, False, False]


def test_a_save_that_changes_nothing_is_no_save(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("a")
    assert (
        steps(file, lambda: file.write_text("a"), lambda: os.utime(file, (1, 1)), lambda: None) == 1
    )


def test_the_command_reports_each_save_survives_a_broken_one_and_ends_by_ctrl_c(examples, tmp_path):
    file = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-902v1.yaml").read_text("utf-8")
    file.write_text(text, "utf-8")
    running = subprocess.Popen(
        [str(COMMAND), "watch", str(file), "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    lines = Queue()
    threading.Thread(
        target=lambda: [lines.put(line) for line in running.stdout], daemon=True
    ).start()

    def until(words):
        seen = []
        while True:
            try:
                seen.append(lines.get(timeout=60))
            except Empty:
                pytest.fail(f"{words!r} was not said: {''.join(seen)}")
            if words in seen[-1]:
                return

    try:
        until("1 standards:")
        file.write_text("[broken", "utf-8")
        until("error")
        file.write_text(text.replace("P1.1.3", "P7.1.3"), "utf-8")
        until("1 new")
        until("P7.1.3")
        file.write_text(text, "utf-8")
        until("1 fixed")
        until("P7.1.3")
        until("1 standards:")
        running.send_signal(signal.SIGINT)
        until("ended")
        assert running.wait(60) == 0
    finally:
        running.kill()
