"""The main paths without what only POSIX has, as far as that can be tried elsewhere.

Each command runs as a process of its own, with its workers, in a Python that has no ``fcntl``,
``resource``, ``termios`` or ``pwd`` (but for the libraries that lock and watch memory, which have a
way of their own on Windows), whose ``select`` takes sockets only, and which cannot fork.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest

from kps_graph.saving import refused_by_windows
from tests.support.project import ROOT

_LIKE_WINDOWS = """
import os, select, signal, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "resource", "termios", "pwd", "grp", "tty", "pty"):
            frame, ours = sys._getframe(), True
            while frame:
                file = frame.f_code.co_filename
                ours = ours and "filelock" not in file and "psutil" not in file
                frame = frame.f_back
            if ours:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in ("fcntl", "resource", "termios", "pwd", "grp", "tty", "pty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocked())
for name in ("fork", "forkpty", "getuid", "geteuid", "mkfifo"):
    delattr(os, name)
for name in ("SIGHUP", "SIGALRM", "SIGPIPE"):
    delattr(signal, name)
selecting = select.select

def of_sockets(reading, writing, failing, timeout=None):
    if sys.stdin in reading or 0 in reading:
        raise OSError(10038, "An operation was attempted on something that is not a socket")
    return selecting(reading, writing, failing, timeout)

select.select = of_sockets
"""


@pytest.fixture(scope="module")
def like_windows(tmp_path_factory):
    """The environment of a process that has as little as on Windows."""
    folder = tmp_path_factory.mktemp("like_windows")
    (folder / "sitecustomize.py").write_text(_LIKE_WINDOWS, "utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in ("USER", "LOGNAME", "LANG", "LC_ALL")}
    search = os.pathsep.join((str(folder), str(ROOT)))
    return {**kept, "PYTHONPATH": search, "KPS_WORKERS": "2", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, examples, like_windows):
    """Documents with the line ends and the mark of Windows, and a store built of them."""
    made = tmp_path_factory.mktemp("文件 與 空白")
    for name in ("KPS1420-001v2.md", "ZZZ4323-901v2.yaml"):
        text = (examples / name).read_text("utf-8")
        (made / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (made / "課程.csv").write_bytes("課程,代碼\r\n甲課,K01\r\n乙課,P1.1.1\r\n".encode("big5"))
    (made / "draft.docx").write_bytes((ROOT / "tests/cases/checking/00-clean.docx").read_bytes())
    (made / "mine.rq").write_bytes(b"\xef\xbb\xbfSELECT ?s\r\n{ ?s a kps:Standard }\r\n")
    (made / "mine.toml").write_bytes(b'\xef\xbb\xbf[off]\r\nR10 = "x"\r\n')
    built = run(like_windows, made, "build", ".", "--store", "kps.store")
    assert built.returncode == 0, built.stderr.decode()
    return made


def run(environment, folder, *command, encoding="cp950", stdin=b""):
    return subprocess.run(
        [sys.executable, "-m", "kps_graph", *command],
        cwd=folder,
        env={**environment, "PYTHONIOENCODING": encoding},
        input=stdin,
        capture_output=True,
        check=False,
        timeout=300,
    )


def test_the_process_has_as_little_as_on_windows(like_windows, tmp_path):
    asked = "import fcntl"
    done = subprocess.run([sys.executable, "-c", asked], env=like_windows, capture_output=True)
    assert done.returncode == 1
    assert b"No module named 'fcntl'" in done.stderr


COMMANDS = [
    (["parse", "KPS1420-001v2.md"], "KPS1420-001v2"),
    (["validate", "KPS1420-001v2.md", "ZZZ4323-901v2.yaml", "--profile", "mine.toml"], "2"),
    (["validate", "draft.docx", "--annotate", "copy.docx", "-o", "report.html"], ""),
    (["review", "draft.docx"], "3.1.1"),
    (["query", "overview"], "K"),
    (["query", "mine.rq", "--format", "csv"], "KPS1420-001v2"),
    (["shared"], "溝通"),
    (["trace", "K1", "--standard", "KPS1420-001v2"], "P1.3.4"),
    (["courses", "課程.csv", "--standard", "KPS1420-001v2"], "乙課"),
    (["courses", "課程.csv", "--standard", "KPS1420-001v2", "-o", "課程.xlsx"], "課程.xlsx"),
    (["draw", "KPS1420-001v2", "-o", "圖.svg"], "圖.svg"),
    (["align", "stats"], "K"),
    (["build", "KPS1420-001v2.md"], "kps.store"),
    (["search", "溝通"], "溝通"),
    (["diff", "KPS1420-001v2", "KPS1420-001v2.md"], ""),
    (["site", "-o", "網站"], "網站"),
    (["course", "check", "課程.csv", "--in", "KPS1420-001v2"], "課程單元 2 個"),
    (["course", "report", "課程.csv", "--in", "KPS1420-001v2", "-o", "報告.docx"], "報告.docx"),
    (["course", "template", "KPS1420-001v2", "-o", "課程表.xlsx"], "課程表.xlsx"),
    (["findings", "--format", "csv"], "KPS1420-001v2"),
    (["versions", "KPS1420-001v2"], "KPS1420-001v2"),
    (["changes"], ""),
    (["store", "check"], ""),
    (["store", "backup", "備份"], "備份"),
]
#: What a server is needed for, without one.
UNREACHED = [
    ["push", "--to", "http://127.0.0.1:9/sparql"],
    ["pull", "--from", "http://127.0.0.1:9/sparql", "--store", "pulled.store"],
]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param(*case, marks=[] if n % 8 == 2 else pytest.mark.sweep)
        for n, case in enumerate(COMMANDS)
    ],
    ids=lambda v: " ".join(v)[:40] if isinstance(v, list) else "",
)
def test_a_command_does_its_work(like_windows, folder, command, said):
    encoding = ("cp950", "cp1252")[len(command) % 2]
    done = run({**like_windows, "KPS_STORE": "kps.store"}, folder, *command, encoding=encoding)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert said in (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.sweep
@pytest.mark.parametrize("command", UNREACHED, ids=lambda c: c[0])
def test_a_server_that_is_not_there_is_named(like_windows, folder, command):
    done = run({**like_windows, "KPS_STORE": "kps.store"}, folder, *command)
    assert done.returncode == 2, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"127.0.0.1" in done.stderr


@pytest.mark.sweep
def test_a_store_is_served_and_ends_by_itself(like_windows, folder):
    serving = subprocess.Popen(
        [sys.executable, "-m", "kps_graph", "serve", "--store", "kps.store", "--port", "0"],
        cwd=folder,
        env={**like_windows, "PYTHONIOENCODING": "cp950"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        told = b""
        while serving.poll() is None and b"http://" not in told:
            told += serving.stdout.readline()
        address = re.search(rb"http://[\w.:]+\d", told)[0].decode()
        with urllib.request.urlopen(f"{address}/api/findings", timeout=60) as answer:
            assert "KPS1420-001v2" in answer.read().decode("utf-8")
    finally:
        serving.terminate()
        out, _ = serving.communicate(timeout=60)
    assert b"Traceback" not in told + out


def test_a_review_of_links_needs_no_name_of_a_user(like_windows, folder):
    done = run(
        {**like_windows, "KPS_STORE": "kps.store"},
        folder,
        "align",
        "review",
        "--decisions",
        "made.tsv",
        stdin=b"q",
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_draft_is_watched_and_enter_prints_the_report_again(like_windows, folder):
    """With a terminal as standard input, which no select can wait for."""
    pty = pytest.importorskip("pty", reason="the platform has no terminals to test with")
    ours, theirs = pty.openpty()
    watching = subprocess.Popen(
        [sys.executable, "-m", "kps_graph", "watch", "KPS1420-001v2.md"],
        cwd=folder,
        env=like_windows,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        shown = [watching.stdout.readline().decode()]
        while "KPS1420" not in shown[-1] and len(shown) < 200:
            shown.append(watching.stdout.readline().decode())
        until = time.monotonic() + 60
        os.write(ours, b"\n")
        again = ""
        while "KPS1420" not in again and time.monotonic() < until:
            again = watching.stdout.readline().decode()
        assert "KPS1420" in again
    finally:
        watching.kill()
        watching.communicate()
        os.close(ours)
        os.close(theirs)


def test_a_copy_is_written_beside_a_document_with_its_own_comments(folder):
    assert (folder / "copy.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "name",
    ["CON", "nul", "aux.html", "COM1.txt", "lpt9", "a:b.html", "a?.md", "x|y", "<x>", 'a"b', "ends.",
     "ends ", "a\tb", "con.tar.gz", "a*"],
)  # fmt: skip
def test_a_name_that_windows_has_not_is_known(name):
    assert refused_by_windows(name)


@pytest.mark.parametrize(
    "name",
    ["報告.html", "console.html", "com.txt", ".kps-1-ab", "a b.md", "nully", "v1.0", "COM10"],
)
def test_any_other_name_is_a_name(name):
    assert not refused_by_windows(name)


@pytest.mark.sweep
def test_all_that_the_tool_names_itself_are_names_on_windows(folder, like_windows, tmp_path):
    """Names of files that it writes come from people and from here, never from documents."""
    data = json.loads((ROOT / "tests/cases/robustness/injection.json").read_text("utf-8"))
    data |= {"code": None, "name": 'CON: a|b*?<>"\\/.'}
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    done = run(like_windows, tmp_path, "build", "a.json", "--store", "kps.store")
    assert done.returncode == 0, done.stderr.decode()
    for path in (tmp_path / "kps.store").rglob("*"):
        assert not refused_by_windows(path.name), path
