"""The command line: ``kps-graph`` and ``kps``. Commands are shells over pipeline and queries."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Mapping
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import lang_option, language, slices_joined
from kps_graph.cli.speaking import BadUsage, Speaking, show_error, show_usage
from kps_graph.cli.terminal import echo
from kps_graph.errors import Ended, signal_of
from kps_graph.version import __version__
from kps_graph.words import Language, Sentence, reason, say
from kps_graph.words.translation import spoken_by_libraries

if TYPE_CHECKING:
    from kps_graph.errors import KpsError

__all__ = ["main"]

#: How many more objects there may be before garbage is looked for.
_GARBAGE: Final = 500_000
#: Command -> module that defines it, and its one-line help (shown without importing it).
COMMANDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "demo": ("demo", "Build the examples and show what the graph can do."),
        "parse": ("parse", "Read a document and print it as JSON, YAML or RDF."),
        "validate": ("validate", "Check documents against the rules."),
        "review": ("review", "Go through the 21 conditions of the certification."),
        "watch": ("watch", "Check a document again whenever it is saved."),
        "rules": ("rules", "List the rules, or explain one."),
        "build": ("build", "Build or update a store from documents."),
        "store": ("store", "See what a store holds, check it, copy it."),
        "push": ("moving", "Send a store to a SPARQL server."),
        "pull": ("moving", "Write the store on a server into a directory."),
        "sources": ("sources", "List what a store was built of."),
        "findings": ("findings", "What the build has found of the standards in a store."),
        "queries": ("query", "List the queries of the library."),
        "query": ("query", "Ask a query of the library, or any SPARQL."),
        "slices": ("slices", "Name parts of the corpus to ask of."),
        "search": ("search", "Find texts by a few of their characters."),
        "trace": ("explore", "Draw the tree of what a code touches."),
        "course": ("course", "Plan and check a course that a standard is the basis of."),
        "diff": ("diff", "What two versions of a standard have changed."),
        "versions": ("versions", "The versions of standards, through new codes and names."),
        "changes": ("versions", "The versions that came out, and what each has changed."),
        "courses": ("courses", "What a list of courses teaches of a standard."),
        "shared": ("questions", "Competencies that several occupations share."),
        "pairs": ("questions", "All pairs of occupations that share enough."),
        "nearest": ("occupations", "The occupations most like one, and why."),
        "compare": ("occupations", "What two or more occupations share, and what not."),
        "gap": ("occupations", "What a move between two occupations needs."),
        "path": ("occupations", "The smallest steps from one occupation to another."),
        "reuse": ("questions", "How widely each competency is reused."),
        "communities": ("questions", "Groups of like occupations or competencies."),
        "bridges": ("questions", "The competencies that join the groups."),
        "align": ("align", "Judge, match and curate which texts say the same."),
        "draw": ("draw", "Draw a standard, a map, an overlap, a competency."),
        "serve": ("serve", "Serve a store to programs and people."),
        "mcp": ("mcp", "Answer an assistant on standard input and output."),
        "site": ("site", "Write a store as pages for any web host."),
        "export": ("export", "Write a standard or network as GraphML or RDF."),
    }
)


class _Lazy(Speaking):
    """A group that imports a command's module when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kps_graph.cli.{COMMANDS[cmd_name][0]}")
        self.add_command(getattr(module, cmd_name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from kps_graph.words import closest

            close = tuple(map(repr, closest(name, COMMANDS)))
            refused = (
                BadUsage("No such command {name!r}. Did you mean {names}?", name=name, names=close)
                if close
                else BadUsage("No such command {name!r}.", name=name)
            )
            refused.ctx = ctx
            raise refused
        return super().resolve_command(ctx, args)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, text) for name, (_, text) in COMMANDS.items()]


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@lang_option
@click.version_option(__version__, prog_name="kps-graph")
def cli(debug: bool, lang: Language) -> None:
    """Competency standards (職能基準) as a validated, queryable knowledge graph.

    Begin with: kps-graph demo
    """


def main(args: list[str] | None = None) -> None:
    """Runs the command line and exits.

    Exit codes: 0 clean; 1 findings at or above the threshold; 2 usage or unusable input; 3 our
    fault;
    130 interrupted, as 128 and the number of any signal that ends it.
    """
    # most of what a command makes lives until it ends: to look for garbage rarely is a fifth faster
    gc.set_threshold(_GARBAGE)
    sys.set_int_max_str_digits(0)  # a number of any length is read, and then refused for what it is
    given = sys.argv[1:] if args is None else args
    debug = "--debug" in given
    # the option may stand anywhere on the line
    given = slices_joined([a for a in given if a != "--debug"])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _listen()
    # a library that fails while it is cleared away prints its traceback
    if args is None and not debug:
        sys.unraisablehook = lambda unraisable: None
    wanted = language(given)
    with spoken_by_libraries(Language.of(wanted)):
        try:
            code = _run(given, wanted, debug)
        except KeyboardInterrupt as error:  # while an error was told of
            code = _ended_by(error)
        sys.exit(code)


def _ended_by(error: BaseException) -> int:
    """The exit code after an interruption; click raises its own error from that of a signal."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    cause = error if isinstance(error, Ended) else error.__cause__
    return 128 + signal_of(cause)


def _interrupted(error: BaseException, wanted: str) -> int:
    """Says that it was interrupted; the exit code."""
    echo(say(Language.of(wanted), "interrupted"), err=True)
    return _ended_by(error)


def _listen() -> None:
    """Takes the signals that ask to end for Ctrl-C; one that the caller ignores stays ignored.

    Ctrl-C itself too: Python ends by the signal, though it was heeded, if its own exception once
    passed through code that was given as text, as that of a dataclass is.
    """
    if threading.current_thread() is not threading.main_thread():
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # what the platform has
        number = getattr(signal, name, None)
        usual = (signal.SIG_DFL, signal.default_int_handler)
        if number is not None and signal.getsignal(number) in usual:
            signal.signal(number, end)


def _run(given: list[str], wanted: str, debug: bool) -> int:
    """Runs the command line in the language of the tag ``wanted``; its exit code."""
    try:
        code = cli.main(args=given, prog_name="kps-graph", standalone_mode=False, obj=wanted)
    except (click.exceptions.Abort, KeyboardInterrupt) as error:
        code = _interrupted(error, wanted)
    except click.ClickException as error:
        show_usage(error)
        code = 2
    except SystemExit as error:
        code = error.code
        if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            # a broken pipe, which click wraps and makes a 1 of: our reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 0
    except Exception as error:  # noqa: BLE001 - the last resort: nobody is shown a traceback
        code = _failed(error, debug, Language.of(wanted))
    except BaseExceptionGroup as group:  # of tasks, as mcp has them
        ended = group.subgroup(KeyboardInterrupt)
        if ended is None:
            raise
        code = _interrupted(ended, wanted)
    return code if isinstance(code, int) else 0


def _of_the_system(error: Exception) -> KpsError | None:
    """What the system could not do for us, which is no fault of ours."""
    from kps_graph.errors import KpsError, SourceError

    if isinstance(error, MemoryError):
        return KpsError(
            "there is not enough memory",
            hint=Sentence("close other programs, or give it less at a time"),
        )
    error = _of_a_file(error)
    if not isinstance(error, OSError):
        return None
    # the database says so in words alone
    if error.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(error):
        return KpsError(
            "there is no room left on the disk",
            hint=Sentence("make room, or write to another place"),
        )
    return SourceError(
        "the system refuses: {reason}", reason=reason(error), source=str(error.filename or "")
    )


def _of_a_file(error: Exception) -> Exception:
    """``error``, as one of the system where lxml has only its name: IO_EFBIG, IO_ENOSPC."""
    number = getattr(errno, str(error).removeprefix("IO_"), None)
    if type(error).__name__ != "SerialisationError" or not isinstance(number, int):
        return error
    return OSError(number, os.strerror(number))


def _failed(error: Exception, debug: bool, lang: Language) -> int:
    from kps_graph.errors import KpsError, ValidationAborted

    if debug:
        import traceback

        traceback.print_exception(error)
    error = _of_the_system(error) or error
    if isinstance(error, KpsError):
        show_error(error.sentence(), lang)
        return 3 if isinstance(error, ValidationAborted) else 2
    if not debug:
        failed = Sentence(
            "kps-graph failed: {kind}: {error}", kind=type(error).__name__, error=str(error)
        )
        ours = Sentence("this is our fault; run it again with --debug and report what it prints")
        echo(say(lang, "{message}\n  → {hint}", message=failed, hint=ours), err=True)
    return 3
