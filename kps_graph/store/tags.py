"""Language tags in a query, as stores keep them: in lower case.

Documents and people write ``zh-Hant``; engines keep ``zh-hant``, which SPARQL's ``=`` holds to be
another text. What a query compares with ``LANG(…)`` is therefore written in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kps_graph.sparql import Word, words

__all__ = ["lower_tags"]


def lower_tags(text: str) -> str:
    """``text`` with the strings that are compared with ``LANG(…)`` in lower case; as long as before."""
    if "lang" not in text.lower():
        return text
    found = words(text)
    for place, word in enumerate(found):
        if word.keyword == "LANG":
            for tag in _compared(found, place):
                text = text[: tag.start] + tag.text.lower() + text[tag.end :]
    return text


def _compared(found: Sequence[Word], place: int) -> Iterator[Word]:
    """The strings that ``LANG ( x )`` at ``place`` is compared with."""
    before = found[max(0, place - 3) : place]
    if before and before[-1].text == "=":
        left = [w for w in before[:-1] if w.text != "!"]
        yield from (w for w in left[-1:] if w.kind == "string")
    close = next((n for n in range(place, len(found)) if found[n].text == ")"), len(found))
    after = [w for w in found[close + 1 : close + 5] if w.text != "!" and w.keyword != "NOT"]
    if len(after) > 1 and after[0].text == "=" and after[1].kind == "string":
        yield after[1]
    elif after and after[0].keyword == "IN":
        for word in found[found.index(after[0]) + 1 :]:
            if word.text == ")":
                return
            if word.kind == "string":
                yield word
