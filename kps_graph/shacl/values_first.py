"""Queries that look for values at fault first, and ask afterwards whether a focus node has them.

Where a shape is about all that has some property, nearly every value belongs to a focus node, and
few are at fault: to read the values straight off the index is several times faster than to look
them up node by node.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kps_graph.shacl.model import Targets
from kps_graph.sparql import words

__all__ = ["filtered", "first"]

#: A property, or a choice of properties.
_PROPERTIES: Final = re.compile(r"<[^<>]*>(?:\|<[^<>]*>)*")
_THIS: Final = ("$this", "?this")
_PATH: Final = ("$PATH", "?PATH")


def filtered(
    targets: Targets, subclasses: Mapping[str, tuple[str, ...]], path: str, fault: str
) -> str:
    """The SELECT for the values of ``path`` at which ``fault`` is true; "" if it is not for this.

    Args:
        targets: which nodes are the focus nodes.
        subclasses: of each class, the classes below it.
        path: of the values.
        fault: a SPARQL expression about ``?value``.
    """
    if not _suits(targets, path):
        return ""
    found = f"{{ SELECT ?this ?value {{ {_values(path, '?value')} FILTER ({fault}) }} }}"
    return f"SELECT DISTINCT ?this ?value {{ {found} {_focus(targets, subclasses)} }}"


def first(text: str, targets: Targets, subclasses: Mapping[str, tuple[str, ...]], path: str) -> str:
    """The query of a constraint for all focus nodes, if it begins with ``$this $PATH ?value .``.

    "" if it does not, or is not one plain SELECT.
    """
    found = list(words(text))
    selects = [n for n, word in enumerate(found) if word.keyword == "SELECT"]
    if len(selects) != 1 or not _suits(targets, path):
        return ""
    if any(word.keyword in ("GROUP", "OPTIONAL", "UNION") for word in found):
        return ""
    begin = next(n for n, word in enumerate(found) if n > selects[0] and word.text == "{")
    this, way, value, stop = (word.text for word in found[begin + 1 : begin + 5])
    paths = sum(word.text in _PATH for word in found)
    if this not in _THIS or way not in _PATH or stop != "." or paths != 1:
        return ""
    if value[0] not in "?$":
        return ""
    values = f" {{ SELECT ?this {value} {{ {_values(path, value)} }} }} "
    end = _end(text, begin)
    body = text[found[begin + 4].end : end]
    return f"{text[: found[begin].end]}{values}{body}{_focus(targets, subclasses)} {text[end:]}"


def _end(text: str, begin: int) -> int:
    """Where the group ends that begins with the word number ``begin``."""
    depth = 0
    found = list(words(text))[begin:]
    for word in found:
        depth += (word.text == "{") - (word.text == "}")
        if not depth:
            return word.start
    return found[-1].end


def _suits(targets: Targets, path: str) -> bool:
    """Whether nearly every value of ``path`` may belong to a focus node."""
    others = targets.nodes or targets.objects_of
    return bool(targets.subjects_of and not others and _PROPERTIES.fullmatch(path))


def _values(path: str, var: str) -> str:
    return " UNION ".join(f"{{ ?this {one} {var} }}" for one in path.split("|"))


def _focus(targets: Targets, subclasses: Mapping[str, tuple[str, ...]]) -> str:
    """The filter that holds where ``?this`` is a focus node."""
    classes = dict.fromkeys(c for t in targets.classes for c in (t, *subclasses.get(t, ())))
    ways = [f"?this a <{c}>" for c in classes] + [
        f"?this <{p}> ?_object" for p in targets.subjects_of
    ]
    return f"FILTER ({' || '.join(f'EXISTS {{ {way} }}' for way in ways)})"
