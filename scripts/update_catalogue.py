"""Brings the catalogue up to date with the source: python scripts/update_catalogue.py.

Takes every sentence that the source says to a person into the Chinese catalogue, drops what nobody
says any more, and compiles it. A new sentence is left without a translation: write it into the .po
and run this again. A test fails until that is done (``tests/words/test_catalogue.py``).

A sentence is the first text of ``Sentence(...)``, ``say(language, ...)`` and of every error; what a
command says of itself; and what click says in our name.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import kps_graph
from kps_graph import errors
from kps_graph.cli import COMMANDS, cli
from kps_graph.words.translation import DOMAIN, LOCALE

PACKAGE = Path(kps_graph.__file__).parent
PO = LOCALE / "zh_Hant" / "LC_MESSAGES" / f"{DOMAIN}.po"
#: What a sentence is given to, and where it stands among the arguments.
SAYING = {"Sentence": 0, "BadUsage": 0, "fault": 0, "say": 1, **dict.fromkeys(errors.__all__, 0)}
#: The modules of click that speak to the person at a command line.
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
#: What a person never meets: mistakes in the making of a command, and what we do not use of click.
NOT_MET = (
    "Could not determine name",
    "DeprecationWarning",
    "Name '{name}' defined twice",
    "No options defined",
    "Boolean option",
    "Arguments take exactly one",
    "Choice({choices})",
    "Unknown color",
    "Value must be an iterable",
)


def extracted() -> Catalog:
    """Everything that is said to a person, as a catalogue without translations."""
    catalogue = Catalog(locale="zh_Hant", domain=DOMAIN)
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE.parent).as_posix()
        for _, template in sentences(path.read_text("utf-8")):
            catalogue.add(template, locations=[(where, None)])
    for text in filter(None, spoken_by_commands()):
        catalogue.add(text, locations=[("kps_graph/cli", None)])
    for name in CLICK:
        spec = importlib.util.find_spec(f"click.{name}")
        assert spec is not None
        assert spec.origin is not None
        for _, text, _, _ in extract_from_file("python", spec.origin):
            said = text if isinstance(text, str) else text[0]
            if said and not said.startswith(NOT_MET):
                catalogue.add(text, locations=[(f"click/{name}", None)])
    return catalogue


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The sentences in the text of a module, each with its line."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and _name(call.func) in SAYING:
            given = call.args[SAYING[_name(call.func)] :]
            said = given[0].value if given and isinstance(given[0], ast.Constant) else None
            if said and isinstance(said, str):
                yield call.lineno, said


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def spoken_by_commands() -> Iterator[str]:
    """What commands and options say of themselves, as their help shows it."""
    yield "[OPTIONS]"
    yield "COMMAND [ARGS]..."
    yield from (text for _, text in COMMANDS.values())
    for command in (cli, *_commands(cli)):
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            yield paragraph if paragraph.startswith("\b") else " ".join(paragraph.split())
        for option in command.params:
            if isinstance(option, click.Option):
                said, *extras = f"  {option.help or ''}".split("  [")
                yield from (said.strip(), *(extra.removesuffix("]") for extra in extras))


def _commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


def compiled(catalogue: Catalog) -> bytes:
    """The .mo of a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def read() -> Catalog:
    """The Chinese catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hant", domain=DOMAIN)


def main() -> None:
    """Updates the .po and compiles the .mo."""
    catalogue = read()
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with PO.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, width=100)
    PO.with_suffix(".mo").write_bytes(compiled(read()))
    missing = [m.id for m in catalogue if m.id and not m.string]
    for template in missing:
        print(f"not translated: {template}")
    print(f"{len(catalogue)} sentences, {len(missing)} of them not translated")


if __name__ == "__main__":
    main()
