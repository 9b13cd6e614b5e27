"""The command line as a person meets it: what it prints, and the code it exits with."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

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
    monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
    capsys.readouterr()
    code = None
    try:
        main([str(a) for a in args])
    except SystemExit as error:
        code = error.code
    shown = capsys.readouterr()
    return Result(code, shown.out, shown.err)
