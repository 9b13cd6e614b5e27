"""Which variable of a query the standards are: the comment ``# slice: ?s`` at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from kps_graph import sparql
from kps_graph.errors import BadHeader
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["LONG", "is_sliced", "refuse_unclear", "restricted"]

#: A line in whose place the standards of a slice stand.
_SLICE: Final = re.compile(r"^([ \t]*).*?# slice: \?(\w+)[ \t]*$", re.MULTILINE)
#: A comment that is meant to be one; ``#`` in an IRI or a text begins none.
_MEANT: Final = re.compile(
    r"^(?!#\s*(?:title|row|param|column)\b)"
    r"""(?:(?><[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|.))*?#\s*slice\b.*$""",
    re.MULTILINE | re.IGNORECASE,
)

#: An engine goes through a list for each row, which for long ones takes longer than to meet all
#: rows with a set; that is what a query inside the query is to it.
LONG: Final = 300


def is_sliced(text: str) -> bool:
    """Whether a query can be asked of a slice."""
    return _SLICE.search(text) is not None


def restricted(text: str, standards: Collection[str] | None) -> str:
    """The query asked of the standards with these IRIs alone; of all for None."""
    listed = "" if standards is None else " ".join(map(sparql.iri, standards))

    def line(match: re.Match[str]) -> str:
        indent, variable = match.groups()
        if standards is None:
            return indent
        values = f"VALUES ?{variable} {{ {listed} }}"
        if len(standards) < LONG:
            return indent + values
        return f"{indent}{{ SELECT DISTINCT ?{variable} WHERE {{ {values} }} }}"

    return _SLICE.sub(line, text)


def refuse_unclear(text: str) -> None:
    """Refuses what is meant to say which variable the standards are, and does not.

    Raises:
        BadHeader: with the line.
    """
    used = sorted(sparql.variables(text))
    for meant in _MEANT.finditer(text):
        line = text.count("\n", 0, meant.start()) + 1
        said = _SLICE.fullmatch(meant[0].rstrip("\r"))
        if said is None:
            raise BadHeader("expected '# slice: ?s' at the end of the line", line=line)
        if said[2] not in used:
            raise BadHeader(
                "the query has no variable ?{name} that could be the standards of a slice",
                name=said[2],
                line=line,
                hint=did_you_mean(closest(said[2], used))
                or Sentence("its variables: {names}", names=tuple(used)),
            )
