"""Help in the language of the person who asks: click's pages, in Chinese where that is wanted.

Commands carry their help in English, beside their code; ``cli.chinese`` says it again in Chinese.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterable

import click

from kps_graph.cli.options import language

__all__ = ["Speaking", "show_usage_error"]


class _Context(click.Context):
    """A context that writes help in the language which its root was given."""

    def make_formatter(self) -> click.HelpFormatter:
        width, most = self.terminal_width, self.max_content_width
        if is_english(self):
            return click.HelpFormatter(width=width, max_width=most)
        return _Chinese(width=width, max_width=most)


def is_english(ctx: click.Context | None) -> bool:
    """Whether help is wanted in English: as the command line says, or the environment."""
    root = ctx.find_root().obj if ctx else None
    return (root if isinstance(root, str) else language(())) == "en"


class Speaking(click.Group):
    """A group whose commands explain themselves in the language that is asked for."""

    context_class = _Context

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, made to speak as the group does."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.context_class = _Context
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands, what each is for in full."""
        with formatter.section("Commands"):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Each command with the first paragraph of its help."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [
            (name, _paragraphs(command.help or "")[0])
            for name, command in commands
            if command is not None
        ]


def show_usage_error(error: click.ClickException) -> None:
    """Says in Chinese what is wrong with a command line, and where its help is."""
    from kps_graph.messages import in_chinese

    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        click.echo(f"請執行「{ctx.command_path} --help」看說明。\n", err=True)
    click.echo(f"{click.style('錯誤', fg='red')}：{in_chinese(error.format_message())}", err=True)


class _Chinese(click.HelpFormatter):
    """Writes what it is given in Chinese, as far as the catalogue knows it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[選項]"), prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_said(heading)}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for n, paragraph in enumerate(_paragraphs(text)):
            said = _said(paragraph)
            lines = (
                said.removeprefix("\b\n").split("\n")
                if said.startswith("\b")
                else _wrapped(said, self.width - self.current_indent)
            )
            self.write("\n" * bool(n) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        listed = list(rows)
        first = min(max(_width(name) for name, _ in listed), col_max) + col_spacing
        start = self.current_indent + first
        for name, text in listed:
            head = f"{'':>{self.current_indent}}{name}"
            fits = _width(head) + col_spacing <= start
            lines = _wrapped(_option(text), max(self.width - start, 10))
            self.write(head + " " * (start - _width(head)) if fits else head + "\n" + " " * start)
            self.write(("\n" + " " * start).join(lines) + "\n")


def _paragraphs(text: str) -> list[str]:
    return inspect.cleandoc(text).split("\n\n")


def _said(text: str) -> str:
    from kps_graph.cli.chinese import HELP

    plain = text if text.startswith("\b") else " ".join(text.split())
    return HELP.get(plain, text)


def _option(text: str) -> str:
    """The help of an option, which click ends with its default and environment variable."""
    from kps_graph.cli.chinese import EXTRAS

    bare, bracket, extra = text.rpartition("[")
    said = _said(text)
    if said == text and bracket:
        for english, chinese in EXTRAS.items():
            extra = extra.replace(english, chinese)
        said = f"{_option(bare.rstrip())} [{extra}".strip()
    return said


def _width(text: str) -> int:
    """Columns of a terminal that ``text`` takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(text: str, columns: int) -> list[str]:
    """``text`` in lines of so many columns, broken as Chinese and Latin are."""
    from kps_graph.exports.wrapping import wrap

    return list(wrap(text, columns / 2, 1))
