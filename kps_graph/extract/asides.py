"""Comments in which an item stands that the document itself does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from kps_graph.document import Span
from kps_graph.extract.codes import Code, parse_code
from kps_graph.extract.findings import Notes
from kps_graph.extract.text import shortened
from kps_graph.model import Standard
from kps_graph.words import Sentence

__all__ = ["COMMENT", "only_in_comments"]

#: The rule of comments, under which readers note them all.
COMMENT: Final = "E45"

_Place: TypeAlias = tuple[str, tuple[int, ...]]

_CODE: Final = re.compile(
    r"(?P<code>[TOPKSA](?<![A-Za-z0-9.].)\s?\d{1,3}(?:[.．]\d{1,2}){0,3})(?![A-Za-z0-9]|\s?mm\b)"
)
#: What begins a line, or the text behind a quotation mark.
_FIRST: Final = re.compile(r"(?:^|(?<=[\n「『“\"：:；;，,、。\t]))\s*$", re.MULTILINE)


def only_in_comments(
    warnings: Iterable[tuple[str, str | Sentence, Span]], standard: Standard, notes: Notes
) -> None:
    """Notes each comment that names a code which ``standard`` does not have."""
    comments = [(str(text), span) for rule, text, span in warnings if rule == COMMENT]
    if not comments:
        return
    had = set(_places(standard))
    for text, span in comments:
        codes = [c.text for c in _codes(text) if (c.kind, c.numbers) not in had]
        if codes:
            named = "、".join(dict.fromkeys(codes))
            notes.add(COMMENT, span, value=shortened(text), code=codes[0], other=named)


def _places(standard: Standard) -> Iterator[_Place]:
    """Every code of a standard."""
    named = (*standard.knowledge, *standard.skills)
    texts = [*(e.code for e in named), *(a.code for a in standard.attitudes)]
    for unit in standard.units():
        texts += [unit.code, *(o.code for o in unit.outputs), *(i.code for i in unit.indicators)]
        # an undefined one is said by R06
        texts += [*unit.knowledge, *unit.skills]
        texts += (code for i in unit.indicators for code in (*i.knowledge, *i.skills))
    for text in texts:
        if text and (code := parse_code(text)) is not None:
            yield code.kind, code.numbers


def _codes(text: str) -> Iterator[Code]:
    """What in a comment can be nothing but a code, and what looks like one where items begin."""
    for match in _CODE.finditer(text):
        code = parse_code(match["code"])
        if code is None:
            continue
        certain = len(code.numbers) > 2 or (code.padded and len(code.numbers) == 1)
        # A4 is paper
        if certain or (code.kind != "A" and _FIRST.search(text, 0, match.start())):
            yield code
