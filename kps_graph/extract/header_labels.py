"""Tells the labels of the header from their values, in cells of their own and in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kps_graph.extract.labels import BRIEF, FIELDS, field_of, fields_at, is_english
from kps_graph.extract.text import label

__all__ = ["SCHEMES", "field_labelled", "fields_in"]

#: What the English names of the two kinds of names also are the labels of.
_BOXES: Final[Mapping[str, str]] = {"occupation": "name:職業", "category": "name:職類"}


def _spaced(text: str) -> str:
    """A pattern for ``text`` with white space anywhere in it."""
    return r"\s*".join(map(re.escape, text))


SCHEMES: Final = ("category", "occupation", "industry")
_CODE_VALUE: Final = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９][^)）]*")
#: What stands before another label in one text: ``職類別：行銷　職類別代碼：KPS``.
_NEXT: Final = re.compile(
    rf"[\s、，,;；]+(?=(?:{'|'.join(_spaced(s) for s, k in FIELDS if k)})"
    r"\s*[:：])",
    re.IGNORECASE,
)


def field_labelled(text: str, within: str = "") -> str | None:
    """The field that ``text`` is the label of; "" for one that has no value, None if it is none.

    A mere 代碼 is that of the class that the row is about, ``within``; *Occupation* behind the label
    of the name is what the name is of.
    """
    name = label(text)
    if name.rstrip(":") in ("代碼", "code") and within in SCHEMES:
        return f"{within}_code"
    key = field_of(text)
    if key is None and (key := BRIEF.get(name.rstrip(":"))) is None:
        return None
    if any(_coded(name, start, k) for start, k in fields_at(name)):
        return None
    return _BOXES.get(key, key) if within.startswith("name") and name.isascii() else key


def _coded(name: str, start: str, key: str) -> bool:
    """Whether a code or level stands right behind its label: ``職類別代碼KPS``, ``…（KPS）``."""
    return (
        (key.endswith("code") or key == "level")
        and name.startswith(start)
        and (re.fullmatch(r"[:(]?[a-z0-9-]+\)?", rest := name[len(start) :]) is not None)
        and not is_english(rest)
    )


def fields_in(text: str) -> list[tuple[str, str]]:
    """Fields and values of a text like ``工作描述：……``, or ``職類別代碼 KPS`` in one cell."""
    name = label(text)
    for start, key in fields_at(name):
        if _coded(name, start, key):
            stated = re.match(rf"\s*{_spaced(start)}", text, re.I)
            if code := _CODE_VALUE.search(text, stated.end() if stated else 0):
                return [(key, code[0])]
        # short and English labels also begin ordinary words: only a colon makes labels of them
        wide = key.startswith(("name:職業", "name:職類")) or start.isascii()
        after = r"\s*[:：]\s*" if wide else r"(?:\s*[:：]\s*|\s+)"
        match = re.match(rf"\s*{_spaced(start)}{after}(\S.*)", text, re.S | re.I)
        if match and key:
            value = match[1].strip()
            following = None if key == "description" else _NEXT.search(value)
            if following is None:
                return [(key, value)]
            own = (key, value[: following.start()].strip())
            return [own, *fields_in(value[following.end() :])]
    return []
