"""What the command line says, in the language of the person who asks: help, and what is wrong.

Commands carry their help in English, beside their code; the catalogue says it again in Chinese.
"""

from __future__ import annotations

import inspect
import io
import unicodedata
from collections.abc import Iterable
from typing import Final

import click

from kps_graph.cli.terminal import echo, styled
from kps_graph.words import Language, Sentence, Value, say

__all__ = ["BadUsage", "Speaking", "show_error", "show_usage", "spoken"]

#: The options by which a part of the corpus is asked.
_SLICED: Final = ("--in", "--all-versions")


def spoken(ctx: click.Context | None) -> Language:
    """The language of a command line: what it says itself, else the environment."""
    root = ctx.find_root().obj if ctx else None
    return Language.of(root) if isinstance(root, str) else Language.preferred()


class BadUsage(click.UsageError):
    """A command line that cannot be meant, as a template with its values."""

    def __init__(self, template: str, /, **values: Value) -> None:
        super().__init__(template)
        self.said = Sentence(template, **values)

    def format_message(self) -> str:
        """The sentence in the language of the command line."""
        return self.said.in_words(spoken(self.ctx))


def restated(error: click.ClickException) -> click.ClickException:
    """What click refuses in parts that no translation of its own can join in every language."""
    told: BadUsage | None = None
    if isinstance(error, click.MissingParameter):
        hint = error.param.get_error_hint(error.ctx) if error.param else error.param_hint
        kind = error.param.param_type_name if error.param else error.param_type
        name = hint if isinstance(hint, str) else " / ".join(hint or ())
        told = (
            BadUsage("Missing option {name}.", name=name)
            if kind == "option"
            else BadUsage("Missing argument {name}.", name=name)
        )
    elif isinstance(error, click.NoSuchOption) and error.option_name in _SLICED:
        told = BadUsage(
            "{command} has no {name}: it is about what is named, or about the whole store, not about "
            "a part of the corpus",
            command=error.ctx.command_path if error.ctx else "",
            name=error.option_name,
        )
    elif isinstance(error, click.NoSuchOption):
        told = (
            BadUsage(
                "No such option {name!r}. Did you mean {names}?",
                name=error.option_name,
                names=tuple(map(repr, error.possibilities)),
            )
            if error.possibilities
            else BadUsage("No such option {name!r}.", name=error.option_name)
        )
    if told is None:
        return error
    told.ctx = getattr(error, "ctx", None)
    return told


def show_usage(error: click.ClickException) -> None:
    """Says on standard error, as click words it, how a command line cannot be meant."""
    said = io.StringIO()
    restated(error).show(said)
    echo(said.getvalue(), err=True, nl=False)


def show_error(said: Sentence, language: Language) -> None:
    """Says on standard error what is wrong."""
    word, colon = say(language, "error"), say(language, ": ")
    echo(styled(word, fg="red"), colon, said.in_words(language), err=True)


class _Context(click.Context):
    """A context that writes help in the language which its root was given."""

    def make_formatter(self) -> click.HelpFormatter:
        width, most = self.terminal_width, self.max_content_width
        if spoken(self).chinese:
            return _Chinese(width=width, max_width=most)
        return click.HelpFormatter(width=width, max_width=most)


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
        with formatter.section(say(spoken(ctx), "Commands")):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Each command with the first paragraph of its help."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [
            (name, _paragraphs(command.help or "")[0])
            for name, command in commands
            if command is not None
        ]


class _Chinese(click.HelpFormatter):
    """Writes the help of commands and options, which are in English, in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for part in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(part, _said(part))
        super().write_usage(prog, args, prefix or _said("Usage:"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

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
    plain = text if text.startswith("\b") else " ".join(text.split())
    return say(Language.CHINESE, plain)


def _option(text: str) -> str:
    """The help of an option, behind which its default and environment variable stand in brackets.

    click has put into words what it has added itself.
    """
    said, *extras = f"  {text}".split("  [")
    parts = (_said(said.strip()), *(f"{_said(extra.removesuffix(']'))}]" for extra in extras))
    return " [".join(parts).strip()


def _width(text: str) -> int:
    """Columns of a terminal that ``text`` takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(text: str, columns: int) -> list[str]:
    """``text`` in lines of so many columns, broken as Chinese and Latin are."""
    from kps_graph.exports.wrapping import wrap

    return list(wrap(text, columns / 2, 1))
