"""What `deploy/` has is what a machine can start, as far as it can be told without doing so."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kps_graph.cli.serve import serve
from tests.support.served import KPS

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT = (DEPLOY / "kps-graph.service").read_text("utf-8")
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")


def test_both_start_the_server_with_options_that_it_has():
    started = re.search(r"^ExecStart=(.*)$", UNIT, re.M)[1].split()
    entry, more = (json.loads(t) for t in re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", IMAGE, re.M))
    known = {name for option in serve.params for name in option.opts}
    for command in (started, entry + more):
        assert command[1] == "serve"
        assert {word for word in command if word.startswith("--")} <= known


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_is_one(tmp_path):
    unit = tmp_path / "kps-graph.service"
    unit.write_text(UNIT.replace("/opt/kps-graph/bin/kps-graph", str(KPS)), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
