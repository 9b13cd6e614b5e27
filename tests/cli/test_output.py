"""``-o -`` is standard output for every command, and an ending by a signal is as tidy as by Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.support.command import typed


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("parse {seed} --format yaml -o -", "code: KPS1420-001v2"),
        ("validate {seed} -o -", ""),
        ("validate {seed} --format json -o -", "{"),
        ("review {seed} --format markdown -o -", "# "),
        ("draw {seed} -o -", "<?xml"),
        ("export KPS1420-001v2 --store {store} -o -", "@prefix"),
        ("export occupations --store {store} -o -", "<?xml"),
        ("export store --store {store} -o -", "<"),
        ("align export --store {store} -o -", "#"),
    ],
)
def test_a_dash_is_standard_output(tmp_path, examples, example_store, line, begins):
    done = typed(
        "kps-graph " + line.format(seed=examples / "KPS1420-001v2.md", store=example_store),
        tmp_path,
    )
    assert done.code in (0, 1), done.err
    assert done.out.lstrip("\ufeff").startswith(begins), done.out[:80]
    assert len(done.out) > 300
    assert not list(tmp_path.iterdir())


def heeding():
    """Heeds the signals that whoever started the tests may have ignored, as nohup does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_command_with_its_number_and_a_word(tmp_path, examples, number):
    running = subprocess.Popen(
        [sys.executable, "-m", "kps_graph", "watch", str(examples / "KPS1420-001v2.md")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,
    )
    running.stdout.readline()
    time.sleep(0.2)
    running.send_signal(number)
    out, err = running.communicate(timeout=60)
    assert running.returncode in (0, 128 + number), err
    assert "Traceback" not in out + err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "line",
    [
        "build {drafts} --store s.store",
        pytest.param("validate {drafts} -o r.html", marks=pytest.mark.sweep),
    ],
)
def test_a_signal_in_the_middle_of_work_leaves_what_was_there_and_nothing_else(
    tmp_path, examples, example_store, line, number
):
    drafts, store = tmp_path / "drafts", tmp_path / "s.store"
    drafts.mkdir()
    shutil.copytree(example_store, store)
    for n in range(6):
        shutil.copy(examples / "KPS1420-001v2.md", drafts / f"{n}.md")
    before = sorted(p.name for p in tmp_path.iterdir())
    running = subprocess.Popen(
        [sys.executable, "-m", "kps_graph", *line.format(drafts=drafts).split()],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,
        start_new_session=True,
    )
    time.sleep(2)
    running.send_signal(number)
    out, err = running.communicate(timeout=120)  # ends with its workers, which hold its pipes
    assert running.returncode in (0, 1, 128 + number), err
    assert "Traceback" not in out + err
    left = {p.name for p in tmp_path.iterdir()} - set(before)
    assert left == ({"r.html"} if "-o" in line and running.returncode < 2 else set())
    assert not [p.name for p in store.rglob("*") if p.name.startswith((".tmp", "tmp"))]
    done = typed(f"kps-graph query levels --store {store} -f json", tmp_path)
    assert done.code == 0, done.err
