"""The command line as a person meets it: what it prints, and the code it exits with."""

import contextlib
import io
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from kps_graph.cli import main

SCRIPT = Path(sys.executable).with_name("kps-graph")


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    code: int
    out: str
    err: str


def invoke(capsys, monkeypatch, *args, stdin=""):
    """Runs ``kps-graph ARGS`` in this process."""
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    monkeypatch.setattr(sys, "stdin", given)
    capsys.readouterr()
    code = None
    try:
        main([str(a) for a in args])
    except SystemExit as error:
        code = error.code
    shown = capsys.readouterr()
    return Result(code, shown.out, shown.err)


def typed(line, folder, *, stdin="", **environment):
    """What ``line`` comes to, typed in ``folder``: run in this process, which starts no other.

    Args:
        line: a command as a page shows it, ``kps-graph`` first.
        folder: where it is typed.
        stdin: what is typed next.
        environment: variables of the shell.
    """
    program, *args = shlex.split(line)
    assert program == "kps-graph", line
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code = None
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "stdin", io.StringIO(stdin)),
    ):
        try:
            main(args)
        except SystemExit as error:
            code = error.code
    shown, said = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return Result(code or 0, shown, said)


def kps_graph(*args, cwd, **environment):
    """What ``kps-graph ARGS`` comes to as a process of its own, started in ``cwd``."""
    done = subprocess.run(
        [sys.executable, "-m", "kps_graph", *args],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return Result(done.returncode, done.stdout, done.stderr)
