"""Help speaks the language of the person who asks; the Chinese is held to every command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import click
import pytest

from kps_graph.cli import cli


def _commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} ")


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


@pytest.mark.parametrize("line", [("--lang", "zh", "nearest"), ("nearest", "--lang=zh")])
def test_the_language_may_stand_before_or_after_the_command(kps, line):
    assert "缺少引數" in kps(*line).err


def test_what_stands_last_on_the_line_counts(kps, monkeypatch):
    assert "Missing argument" in kps("--lang", "zh", "nearest", "--lang", "en").err


@pytest.mark.parametrize("command", [("rules", "R99"), ("--help",), ("build", "--help")])
def test_a_language_before_the_command_is_that_of_all_it_says(kps, command):
    before, after = kps("--lang", "zh", *command), kps(*command, "--lang", "zh")
    assert (before.out, before.err) == (after.out, after.err)
    assert any(char >= "\u4e00" for char in before.out + before.err)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("nearst",), "沒有 'nearst' 這個指令，您是指 'nearest' 嗎？"),
        (("shared", "--mni", "3"), "沒有這個選項：'--mni'，您是指 '--min'、'--in' 嗎？"),
        (("shared", "--min", "x"), "'--min' / '-n' 的值不正確：'x' 不是正確的整數。"),
        (("shared", "--min", "0"), "'--min' / '-n' 的值不正確：0 不在範圍 x>=2 之內。"),
        (("shared", "--by", "x"), "'--by' 的值不正確：'x' 不在 'category'、'level' 之中。"),
        (("query", "gap", "--param", "x"), "--param 的值不正確：'x' 不是「名稱=值」的形式"),
        (("courses", "nowhere.csv"), "缺少選項 '--standard' / '--in'。"),
        (("build",), "缺少引數 'SOURCES...'。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_slip_on_the_command_line_is_answered_in_chinese(kps, slip, said):
    result = kps(*slip, "--lang", "zh")
    assert result.code == 2
    assert result.err.splitlines()[-1] == f"錯誤：{said}"
