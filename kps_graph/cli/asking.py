"""How the questions about what occupations share are asked at the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypedDict

import click

from kps_graph.cli.options import include_option, lang_option, slice_option, store_option
from kps_graph.cli.output import echo_json
from kps_graph.cli.tables import excel_option, limit_option, note, show
from kps_graph.cli.values import Choice
from kps_graph.store.rows import Rows
from kps_graph.words import Few, Language

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.graph.questions import Kind
    from kps_graph.sharing import Tabular
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["Asked", "asking"]

#: How many entries of a list a table shows in one cell.
_FEW: Final = 5


class _Of(TypedDict):
    kind: Kind
    include: Include


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say that every question has, and how its answer is shown.

    Attributes:
        kind: which competencies are looked at.
        include: what counts as one competency.
        store: where the store is.
        part: which part of it is asked.
        style: the format of the answer.
        limit: how many rows; 0 for all; None for as many as the format has unless told otherwise.
        lang: the language of headings and notes.
        long: whether a table has a row for each pair, with one value in each cell.
        excel: whether a file begins with the mark by which Excel knows that it is UTF-8.
    """

    kind: Kind
    include: Include
    store: Place
    part: Slice
    style: str
    limit: int | None
    lang: Language
    long: bool = False
    excel: bool = False

    @property
    def whole(self) -> bool:
        """Whether the answer is shown in a form that has all that is known, not in words."""
        return self.style == "json" or self.long

    def graph(self) -> KnowledgeGraph:
        """The part of the store that is asked."""
        import kps_graph

        return kps_graph.open(self.store).within(self.part)

    @property
    def of(self) -> _Of:
        """What is asked about, as the methods of the questions take it."""
        return {"kind": self.kind, "include": self.include}

    @property
    def in_table(self) -> bool:
        """Whether the answer is shown as a table, for people."""
        return self.style == "table"

    @property
    def most(self) -> Few | None:
        """How many entries of a list one cell has: few or all for people, None for programs."""
        if self.style not in ("table", "markdown"):
            return None
        return Few(_FEW if self.in_table and self.limit != 0 else sys.maxsize, self.lang)

    def show(self, answer: Tabular | Rows, graph: KnowledgeGraph, **words: Any) -> None:
        """Prints an answer and on which standards it stands; ``words``: see :func:`show`."""
        on = graph.selection
        if self.whole and not isinstance(answer, Rows):
            from kps_graph.graph.answered import answers_of
            from kps_graph.sharing import long_rows

            data = answers_of(answer, graph, self.include, self.kind)
            if self.style == "json":
                note(on.said().in_words(self.lang))
                echo_json(on.as_data(data[: self.limit or None]))
                return
            answer = long_rows(data)
        if not isinstance(answer, Rows):
            answer = answer.rows(self.most)
        show(answer, self.style, self.lang, self.limit, on=on, excel=self.excel, **words)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every question has, given to ``command`` as one value, ``asked``."""

    @wraps(command)
    def asked(
        kind: Kind,
        include: Include,
        store: Place,
        part: Slice,
        style: str,
        limit: int | None,
        lang: Language,
        long: bool,
        excel: bool,
        **of_this_question: Any,
    ) -> None:
        asked = Asked(kind, include, store, part, style, limit, lang, long, excel)
        command(asked=asked, **of_this_question)

    for option in (
        lang_option,
        excel_option,
        click.option("--long", is_flag=True, help="A row for each pair, one value in each cell."),
        limit_option,
        click.option(
            "--format",
            "-f",
            "style",
            default="table",
            show_default=True,
            type=Choice(["table", "csv", "tsv", "json", "markdown", "arrow", "parquet"]),
        ),
        store_option,
        slice_option,
        include_option,
        click.option(
            "--kind",
            type=Choice(["any", "K", "S", "A"]),
            default="any",
            show_default=True,
            help="Only knowledge, skills or attitudes.",
        ),
    ):
        asked = option(asked)
    return asked
