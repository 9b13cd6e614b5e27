"""What stands in the page headers and footers of office files: it is no part of the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kps_graph.document import Span
from kps_graph.readers.notices import PAGE_FOOTER, Notice

__all__ = ["left_out"]

#: Page numbers in any of their forms: 第3頁，總共3頁; - 3 -; Page 3 of 9.
_PAGE: Final = re.compile(
    r"(?:[\s\d０-９一二三四五六七八九十第頁页共總总計计之，,、/／|\-–—－~()（）.]|pages?|of)*",
    re.IGNORECASE,
)


def left_out(margins: Iterable[str], body: Collection[str], place: Span) -> Iterator[Notice]:
    """What is said of headers and footers: each text once.

    Page numbers, and what the text of the document says too, need no word.

    Args:
        margins: the text of each header and footer.
        body: the paragraphs of the document.
        place: of the document.
    """
    said = {"".join(text.split()) for text in body}
    for text in dict.fromkeys(" ".join(m.split()) for m in margins):
        bare = "".join(text.split())
        if not _PAGE.fullmatch(text) and bare not in said:
            said.add(bare)
            yield PAGE_FOOTER, text, place
