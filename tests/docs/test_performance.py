"""docs/performance.md has a line for every command that can be typed."""

import re
import shutil

import click
import pytest

from benchmarks.lines import KPS, UNTIMED, Place, commands
from kps_graph.cli import cli
from tests.support.project import ROOT

PAGE = ROOT / "docs" / "performance.md"


@pytest.fixture(scope="module")
def timed(example_store, tmp_path_factory):
    """The command lines that the benchmark times, over the examples."""
    place = Place(tmp_path_factory.mktemp("bench"), tmp_path_factory.mktemp("documents"))
    shutil.copytree(example_store, place.store)
    for name in "ab":
        (place.documents / f"{name}.json").write_text("{}", "utf-8")
    return commands(place)


def test_every_command_is_timed_or_stands_with_its_reason(timed):
    lines = [" ".join(c.line[1:]) for c in timed if c.line[0] == KPS]
    lacking = {
        name for name in _typed(cli) if not any(f"{at} ".startswith(f"{name} ") for at in lines)
    }
    assert lacking == UNTIMED.keys()
    assert all(UNTIMED.values())


def test_everything_that_is_timed_has_a_row_or_is_named_as_lacking_one(timed):
    page = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) +\|(?:  *[\d.]+ \|){5}$", page, re.M)
    (lacking,) = re.findall(r"^Not in that table yet: (.+?)\.$", page, re.M | re.S)
    named = re.findall(r"`([^`]+)`", lacking)
    assert rows[:2] == ["bulk load into memory", "bulk load on disk"]
    assert sorted([*rows[2:], *named]) == sorted(c.name for c in timed)


def _typed(group, before=""):
    """What can be typed: the commands of a group, those of the groups in it too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _typed(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"
