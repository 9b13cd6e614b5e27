"""The scenarios of the protocol's own conformance tests that a server of tools can be asked.

What else they have is about what we do not offer: prompts with arguments, completions, sampling,
elicitation, images, and tools and resources of their own that a server is to have for them.
"""

import json
import re
import shutil
import subprocess

import pytest

from tests.support.served import serving

pytestmark = pytest.mark.oracle

#: Of the protocol of 2026-07-28; it wants a Node that is newer than many machines have.
_PACKAGES = {"@modelcontextprotocol/conformance": "0.2.0-alpha.12", "node": "22"}
_SCENARIOS = (
    "server-stateless",
    "tools-list",
    "caching",
    "http-header-validation",
    "dns-rebinding-protection",
    "sep-2164-resource-not-found",
)
#: They ask a tool of their own, which needs what the client does not have; ours need nothing of it.
_OF_A_TOOL_OF_THEIRS = {
    "sep-2575-server-rejects-undeclared-capability",
    "sep-2575-missing-capability-http-400",
}


@pytest.fixture(scope="module")
def conformance(tmp_path_factory):
    """The command of the tests, as npm fetches it."""
    if not shutil.which("npm"):
        pytest.skip("Node is not installed")
    folder = tmp_path_factory.mktemp("conformance")
    described = {"private": True, "dependencies": _PACKAGES}
    (folder / "package.json").write_text(json.dumps(described), "utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(command, cwd=folder, capture_output=True, timeout=600).returncode:
        pytest.skip("npm cannot fetch the tests of the protocol here")
    modules = folder / "node_modules"
    program = modules / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    return [modules / ".bin" / "node", program, "server", "--spec-version", "2026-07-28"]


@pytest.fixture(scope="module")
def address(small_store, tmp_path_factory):
    with serving(small_store(), tmp_path_factory.mktemp("mcp")) as running:
        yield f"{running.address}/mcp"


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_a_scenario_of_the_protocol_passes(conformance, address, scenario, tmp_path):
    command = [*conformance, "--url", address, "--scenario", scenario]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    said = re.sub("\x1b\\[[0-9;]*m", "", done.stdout)
    checks = re.findall(r"\[([\w.-]+) *\] (SUCCESS|FAILURE)", said)
    assert any(verdict == "SUCCESS" for _, verdict in checks), said + done.stderr
    failed = {check for check, verdict in checks if verdict == "FAILURE"}
    assert failed <= _OF_A_TOOL_OF_THEIRS, said
