"""Help speaks the language of the person who asks; the Chinese is held to every command."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterator

import click
import pytest
from kps_graph.cli.chinese import EXTRAS, HELP

from kps_graph.cli import COMMANDS, cli


def _commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} ")


def _bare(text: str) -> str:
    """The help of an option without what is said of its default."""
    return text.partition("  [")[0] if not text.startswith("[") else ""


def _said() -> dict[str, str]:
    """Everything that commands say of themselves, and where."""
    said = {text: "kps-graph" for _, text in COMMANDS.values()}
    for name, command in [("kps-graph", cli), *_commands(cli)]:
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            plain = paragraph if paragraph.startswith("\b") else " ".join(paragraph.split())
            said[plain] = name
        for option in command.params:
            if isinstance(option, click.Option) and option.help and _bare(option.help):
                said[_bare(option.help)] = name
    return said


SAID = _said()
CLICK = {"Options", "Commands", "Show this message and exit.", "Show the version and exit."}


@pytest.mark.parametrize("text", SAID)
def test_what_a_command_says_of_itself_is_said_in_chinese_too(text):
    assert text in HELP, f"said by {SAID[text]}"


def test_the_catalogue_holds_nothing_that_nobody_says():
    assert set(HELP) - set(SAID) <= CLICK


def test_every_default_that_is_told_in_words_is_told_in_chinese():
    told = {
        option.help.partition("[")[2].rstrip("]")
        for _, command in _commands(cli)
        for option in command.params
        if isinstance(option, click.Option) and option.help and "[default" in option.help
    }
    assert told <= set(EXTRAS)


@pytest.mark.parametrize("name", [name for name, _ in _commands(cli)])
def test_chinese_help_has_no_english_sentence_and_fits_the_terminal(kps, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    kps("--version")  # sets the language of messages to English, which the next line undoes
    monkeypatch.setenv("KPS_LANG", "zh-Hant")
    shown = kps(*name.split(), "--help").out
    assert shown.startswith(f"用法：kps-graph {name}")
    assert "default" not in shown
    assert "[OPTIONS]" not in shown
    prose = [line for line in shown.splitlines()[1:] if "[" not in line]
    wide = [sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) for line in prose]
    assert max(wide) <= 80


def test_english_help_stays_english(kps):
    assert kps("draw", "--help").out.count("\n  overlap A B C ") == 1
    assert kps("--help").out.isascii() is False  # 職能基準 is named in its own words
    assert "Usage: kps-graph" in kps("--help").out


def test_a_wrong_command_line_is_explained_in_chinese(kps, monkeypatch):
    kps("--version")
    monkeypatch.setenv("KPS_LANG", "zh-Hant")
    result = kps("nearest")
    assert result.code == 2
    assert result.err.splitlines() == [
        "用法：kps-graph nearest [選項] OCCUPATION",
        "請執行「kps-graph nearest --help」看說明。",
        "",
        "錯誤：缺少引數 'OCCUPATION'。",
    ]
